package lambda

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"awslab/aws"
	"awslab/aws/fake/lambda/deployment"
)

// maxZip is the size of the largest zip file that a request may hold, in bytes;
// it must be smaller. One in S3 is bounded by what it unpacks to.
const maxZip = 52428800

// source is where a request's code is.
type source struct {
	zip         []byte
	bucket, key string
}

// check checks that there is code, in one place.
func (c source) check() error {
	switch {
	case c.zip != nil && (c.bucket != "" || c.key != ""):
		return badParameter("Please do not provide other FunctionCode parameters when providing a ZipFile.")
	case c.zip != nil && len(c.zip) == 0:
		return badParameter("Uploaded file must be a non-empty zip")
	case len(c.zip) >= maxZip:
		return fault(codeTooLarge, "Zipped size must be smaller than %d bytes", maxZip)
	case c.zip == nil && (c.bucket == "" || c.key == ""):
		return badParameter("Please provide a source for function code.")
	}
	return nil
}

// keep takes the code in. It is pinned: the caller releases it, unless there was
// an error.
func (s *Service) keep(ctx context.Context, c source) (code string, size int64, err error) {
	if c.zip != nil {
		code, size, err = s.code.add(bytes.NewReader(c.zip), maxZip)
		if err != nil {
			return "", 0, codeFault(err)
		}
		return code, size, nil
	}
	if s.config.Objects == nil {
		return "", 0, fault(codeService, "This sandbox has no S3 to read code from.")
	}
	object, err := s.config.Objects(ctx, aws.GetObjectInput{Bucket: c.bucket, Key: c.key})
	if err != nil {
		return "", 0, c.objectFault(err)
	}
	defer func() {
		if closed := object.Body.Close(); closed != nil && err == nil {
			s.code.release(code)
			err = fmt.Errorf("read the function's code: %w", closed)
		}
	}()
	// A file of stored, not compressed, entries is about as long as they are.
	if object.ContentLength > deployment.MaxUnzipped {
		return "", 0, tooLong()
	}
	code, size, err = s.code.add(whileAlive{ctx, object.Body}, deployment.MaxUnzipped)
	switch {
	case errors.Is(err, errTooLong):
		return "", 0, tooLong()
	case err != nil:
		return "", 0, codeFault(err)
	}
	return code, size, nil
}

// objectFault words a failure of S3's GetObject as Lambda does.
func (c source) objectFault(err error) error {
	var failure *aws.Error
	switch {
	case !errors.As(err, &failure) || failure.Code == aws.CodeStorage || failure.Status == 0:
		return fmt.Errorf("read the function's code: %w", err)
	case errors.Is(err, aws.ErrAccessDenied):
		return fault(codeDenied, "Your access has been denied by S3, please make sure your request credentials have permission to GetObject for %s/%s. "+
			"S3 Error Code: %s. S3 Error Message: %s", c.bucket, c.key, failure.Code, failure.Message)
	}
	return badParameter("Error occurred while GetObject. S3 Error Code: %s. S3 Error Message: %s", failure.Code, failure.Message)
}

// whileAlive reads as long as the context lives.
type whileAlive struct {
	ctx  context.Context // a reader has no other way to get one
	data io.Reader
}

func (r whileAlive) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.data.Read(p)
}
