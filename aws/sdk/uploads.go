package sdk

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// sends is a method of S3's client.
type sends[In, Out any] func(context.Context, *In, ...func(*s3.Options)) (*Out, error)

// uploads is S3's client as far as the transfer manager uploads by it.
type uploads struct {
	transfermanager.S3APIClient // nil: nothing is downloaded

	put      sends[s3.PutObjectInput, s3.PutObjectOutput]
	create   sends[s3.CreateMultipartUploadInput, s3.CreateMultipartUploadOutput]
	part     sends[s3.UploadPartInput, s3.UploadPartOutput]
	complete sends[s3.CompleteMultipartUploadInput, s3.CompleteMultipartUploadOutput]
	abort    sends[s3.AbortMultipartUploadInput, s3.AbortMultipartUploadOutput]
	region   string
}

// PutObject sends a small object.
func (u uploads) PutObject(ctx context.Context, in *s3.PutObjectInput, options ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	return u.put(ctx, in, u.there(options)...)
}

// CreateMultipartUpload begins a large one.
func (u uploads) CreateMultipartUpload(ctx context.Context, in *s3.CreateMultipartUploadInput, options ...func(*s3.Options)) (*s3.CreateMultipartUploadOutput, error) {
	return u.create(ctx, in, u.there(options)...)
}

// UploadPart sends a part of it.
func (u uploads) UploadPart(ctx context.Context, in *s3.UploadPartInput, options ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	return u.part(ctx, in, u.there(options)...)
}

// CompleteMultipartUpload ends it.
func (u uploads) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, options ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	return u.complete(ctx, in, u.there(options)...)
}

// AbortMultipartUpload forgets it.
func (u uploads) AbortMultipartUpload(ctx context.Context, in *s3.AbortMultipartUploadInput, options ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	return u.abort(ctx, in, u.there(options)...)
}

// there has a call go to the region.
func (u uploads) there(options []func(*s3.Options)) []func(*s3.Options) {
	return append([]func(*s3.Options){askIn(u.region)}, options...)
}
