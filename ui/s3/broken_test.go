package s3

import (
	"context"
	"errors"
	"io"

	"awslab/aws"
)

// keeper is an S3 that lets no object be deleted.
type keeper struct{ aws.S3 }

// DeleteObjects refuses each.
func (keeper) DeleteObjects(_ context.Context, in aws.DeleteObjectsInput) (out aws.DeleteObjectsOutput, _ error) {
	for _, o := range in.Delete.Objects {
		out.Errors = append(out.Errors, aws.DeleteError{Key: o.Key, Code: "AccessDenied", Message: "Access Denied"})
	}
	return out, nil
}

// tearing is an S3 whose objects break off in the middle.
type tearing struct{ aws.S3 }

// GetObject gives half of an object.
func (s tearing) GetObject(ctx context.Context, in aws.GetObjectInput) (aws.GetObjectOutput, error) {
	out, err := s.S3.GetObject(ctx, in)
	if err == nil {
		out.Body = torn{io.LimitReader(out.Body, out.ContentLength/2), out.Body}
	}
	return out, err
}

// torn is a body that ends too soon.
type torn struct {
	io.Reader
	io.Closer
}

// Read reads as long as there is something.
func (t torn) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
