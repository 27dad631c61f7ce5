package sdk

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"awslab/aws"

	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// abortWithin is how long an upload that failed may take to be forgotten.
const abortWithin = 30 * time.Second

// putObject sends an object. A body that can be sought goes at once, so that it
// can be sent again; any other one is collected in parts by the SDK's transfer
// manager, which makes a multipart upload of it from 16 MiB on. With a digest, which
// is of the whole, it waits in a temporary file instead.
func (a *Account) putObject(ctx context.Context, op aws.Operation, in aws.PutObjectInput) (any, error) {
	if in.ContentType == "" {
		in.ContentType = "binary/octet-stream" // S3's default; the SDK has another
	}
	if in.Body != nil && !isSeeker(in.Body) && in.ContentMD5 == "" {
		return a.transfer(ctx, op, in)
	}
	body, err := a.body(op, in.Body, in.ContentLength)
	if err != nil {
		return nil, err
	}
	in.Body = body.Reader
	out, err := sendAs[aws.PutObjectOutput](ctx, a, op, in)
	if err = errors.Join(err, body.end()); err != nil {
		return nil, err
	}
	out.Size = body.size
	return out, nil
}

// transfer sends an object by the transfer manager.
func (a *Account) transfer(ctx context.Context, op aws.Operation, in aws.PutObjectInput) (any, error) {
	counted := &counted{Reader: in.Body, op: op, said: in.ContentLength}
	in.Body = counted
	var input transfermanager.UploadObjectInput
	if err := a.converters.convert(&input, in); err != nil {
		return nil, a.refused(op, err)
	}
	asked := a.regions.of(in.Bucket)
	answer, err := a.clients.upload(ctx, &input, asked)
	if counted.broken != nil {
		return nil, counted.broken
	}
	if err != nil {
		// What was read is gone: it is for the caller to try again, there.
		a.regions.learn(in.Bucket, cmp.Or(asked, a.Cloud.Place.Region), err)
		return nil, a.failure(ctx, op, err)
	}
	var out aws.PutObjectOutput
	if err := a.converters.convert(&out, *answer); err != nil {
		return nil, a.refused(op, err)
	}
	out.Size = counted.size
	return out, nil
}

// uploadPart sends a part.
func (a *Account) uploadPart(ctx context.Context, op aws.Operation, in aws.UploadPartInput) (any, error) {
	body, err := a.body(op, in.Body, in.ContentLength)
	if err != nil {
		return nil, err
	}
	in.Body = body.Reader
	answer, err := a.send(ctx, op, in)
	if err = errors.Join(err, body.end()); err != nil {
		return nil, err
	}
	return answer, nil
}

// counted counts what is read, and keeps the error that ends it. Fewer or more bytes
// than were said are one: the transfer manager would send them all the same.
type counted struct {
	io.Reader
	op     aws.Operation
	said   aws.Option[int64]
	size   int64
	broken error
}

// Read reads and counts.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.size += int64(n)
	said, ended := c.said.Or(c.size), errors.Is(err, io.EOF)
	switch {
	case err != nil && !ended:
		c.broken = unread(c.op, err)
	case c.size > said || ended && c.size < said:
		c.broken = incomplete(c.op, otherLength, nil)
	default:
		return n, err
	}
	return n, c.broken
}

// presigner signs URLs with the account's credentials.
type presigner struct{ account *Account }

// PresignGetObject makes a URL that reads an object. It is good for no longer than
// the credentials that sign it.
func (p presigner) PresignGetObject(ctx context.Context, in aws.PresignGetObjectInput) (string, error) {
	op, _ := aws.OperationNamed(aws.ServiceS3, "GetObject")
	url, err := p.account.clients.presign(ctx, &s3.GetObjectInput{Bucket: &in.Bucket, Key: &in.Key}, in.Expires, p.account.regions.of(in.Bucket))
	if err != nil {
		return "", p.account.failure(ctx, op, err)
	}
	return url, nil
}
