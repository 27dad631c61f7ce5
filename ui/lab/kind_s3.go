package lab

import (
	"context"
	"fmt"

	"awslab/aws"
)

func bucketKind() kind {
	return kind{
		id: "s3:bucket", title: "S3 bucket", with: "with all its objects", cost: "the storage of its objects, and each request", creates: []string{"s3:CreateBucket"},
		name: func(in any) string {
			create, _ := in.(aws.CreateBucketInput)
			return create.Bucket
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreateBucketInput)
			configuration := aws.CreateBucketConfiguration{}
			if create.CreateBucketConfiguration != nil {
				configuration = *create.CreateBucketConfiguration
			}
			configuration.Tags = inList(configuration.Tags, tag)
			create.CreateBucketConfiguration = &configuration
			return create
		},
		find: findBucket, delete: deleteBucket, list: listBuckets,
	}
}

// findBucket finds a bucket of the learner's own.
func findBucket(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	if cloud.S3 == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.S3.ListBuckets(ctx, aws.ListBucketsInput{Prefix: name})
	if err != nil {
		return found{}, err
	}
	for _, b := range out.Buckets { // by name: the one of the very name is first
		if b.Name == name {
			return found{created: b.CreationDate}, nil
		}
	}
	return found{}, aws.ErrNotFound
}

func listBuckets(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	if cloud.S3 == nil {
		return nil, errAbsentService
	}
	return pages(func(token string) ([]string, string, error) {
		out, err := cloud.S3.ListBuckets(ctx, aws.ListBucketsInput{MaxBuckets: aws.Some(1000), ContinuationToken: token})
		names := make([]string, len(out.Buckets))
		for i, b := range out.Buckets {
			names[i] = b.Name
		}
		return names, out.ContinuationToken, err
	})
}

// deleteBucket empties a bucket, of all versions and delete markers if it keeps them,
// and deletes it.
func deleteBucket(ctx context.Context, cloud aws.Cloud, name string) error {
	for {
		page, err := cloud.S3.ListObjectVersions(ctx, aws.ListObjectVersionsInput{Bucket: name})
		if err != nil {
			return err
		}
		var all []aws.ObjectIdentifier
		for _, v := range page.Versions {
			all = append(all, aws.ObjectIdentifier{Key: v.Key, VersionID: v.VersionID})
		}
		for _, m := range page.DeleteMarkers {
			all = append(all, aws.ObjectIdentifier{Key: m.Key, VersionID: m.VersionID})
		}
		if len(all) == 0 {
			break
		}
		if err := deleteObjects(ctx, cloud, name, all); err != nil {
			return err
		}
	}
	_, err := cloud.S3.DeleteBucket(ctx, aws.DeleteBucketInput{Bucket: name})
	return err
}

// deleteObjects deletes a page of objects. It fails if one of them could not be
// deleted, so that whoever lists them again gets on.
func deleteObjects(ctx context.Context, cloud aws.Cloud, bucket string, objects []aws.ObjectIdentifier) error {
	out, err := cloud.S3.DeleteObjects(ctx, aws.DeleteObjectsInput{
		Bucket: bucket, Delete: aws.ObjectsToDelete{Objects: objects, Quiet: true},
	})
	if err != nil {
		return err
	}
	for _, e := range out.Errors {
		return fmt.Errorf("%s: %s: %s", e.Key, e.Code, e.Message)
	}
	return nil
}
