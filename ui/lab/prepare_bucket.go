package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"awslab/aws"
	"awslab/ui/lab/spec"
)

// The reasons why a file cannot be put into its bucket.
var (
	errNoAssets    = errors.New("this awslab has no files to hand out")
	errOlderBucket = errors.New("the bucket was there before the lab, and is left alone: put the file there yourself")
)

// bucketParts are a bucket of the lab's own and the files in it.
func (p Preparation) bucketParts(ctx context.Context, need spec.Need) ([]Part, error) {
	k := bucketKind()
	standing, err := p.stands(ctx, k, need.Bucket)
	if err != nil {
		return nil, err
	}
	parts := []Part{{Title: k.title + " " + need.Bucket, Standing: standing, Cost: k.cost, make: func(ctx context.Context) error {
		return p.create(k, need.Bucket, func() (string, error) {
			in := aws.CreateBucketInput{Bucket: need.Bucket}
			if region := p.Cloud.Place.Region; region != "us-east-1" { // which must not be named
				in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{LocationConstraint: region}
			}
			_, err := p.Cloud.S3.CreateBucket(ctx, in)
			return "", err
		})
	}}}
	for _, key := range p.files(ctx, need) {
		part := Part{Title: "the file " + key + " in it", part: true, make: func(ctx context.Context) error {
			if standing == Older {
				return errOlderBucket
			}
			return p.upload(ctx, need.Bucket, key)
		}}
		if standing != Missing {
			_, err := p.Cloud.S3.HeadObject(ctx, aws.HeadObjectInput{Bucket: need.Bucket, Key: key})
			switch {
			case err == nil:
				part.Standing = standing
			case !errors.Is(err, aws.ErrNotFound):
				return nil, fmt.Errorf("%s in %s: %w", key, need.Bucket, err)
			}
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// files are the keys of those in a bucket.
func (p Preparation) files(ctx context.Context, need spec.Need) []string {
	keys := slices.Clone(need.Files)
	for _, key := range need.Also {
		if p.Assets != nil && p.Assets.Offers(ctx, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// upload puts a file into the lab's bucket. It has to be written down nowhere: it
// goes with the bucket.
func (p Preparation) upload(ctx context.Context, bucket, key string) error {
	if p.Assets == nil {
		return errNoAssets
	}
	content, err := p.Assets.Asset(ctx, key)
	if err != nil {
		return err
	}
	_, err = p.Cloud.S3.PutObject(ctx, aws.PutObjectInput{
		Bucket: bucket, Key: key, Body: bytes.NewReader(content), ContentLength: aws.Some(int64(len(content))),
		ObjectHeaders: aws.ObjectHeaders{ContentType: http.DetectContentType(content)},
	})
	return err
}
