package s3

import (
	"context"
	"time"

	"awslab/aws"
)

// listBuckets lists all of the caller's buckets.
func listBuckets(ctx context.Context, service aws.S3) ([]aws.Bucket, error) {
	var all []aws.Bucket
	in := aws.ListBucketsInput{}
	for {
		out, err := service.ListBuckets(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Buckets...)
		if in.ContinuationToken = out.ContinuationToken; in.ContinuationToken == "" {
			return all, nil
		}
	}
}

// listFunctions lists all functions, which events can go to.
func listFunctions(ctx context.Context, service aws.Lambda) ([]aws.FunctionConfiguration, error) {
	var all []aws.FunctionConfiguration
	in := aws.ListFunctionsInput{}
	for {
		out, err := service.ListFunctions(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Functions...)
		if in.Marker = out.NextMarker; in.Marker == "" {
			return all, nil
		}
	}
}

// wholeTime is a time as the console writes it out.
func wholeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("January 2, 2006, 15:04:05 (UTC-07:00)")
}

// shortTime is a time in a table.
func shortTime(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format(time.DateTime)
}
