// Package answers is how all services of the sandbox answer: an operation whose
// context is over does not begin, and what goes wrong is told as *aws.Error, with
// the service, the operation and a request id.
package answers

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"

	"awslab/aws"
)

// Form is how one service tells what went wrong.
type Form struct {
	Service aws.Service
	// Status is the HTTP status that goes with an error; nil leaves the status
	// that the error has.
	Status func(code string) int
	// RequestID makes a request id in the service's own form.
	RequestID func() string
}

// Of runs an operation. What it returns as an error is always *aws.Error.
func Of[Out any](ctx context.Context, form Form, operation string, do func() (Out, error)) (Out, error) {
	err := ctx.Err()
	if err == nil {
		var out Out
		if out, err = do(); err == nil {
			return out, nil
		}
	}
	var none Out
	return none, form.Failure(operation, err)
}

// Failure is an error as the service tells it: its own as it is, a canceled
// request as that, and all else as a sandbox that cannot reach its files.
func (f Form) Failure(operation string, err error) error {
	var failure *aws.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		failure = &aws.Error{Code: "RequestCanceled", Message: "the request was canceled: " + err.Error(), Cause: err}
	case errors.As(err, &failure) && failure.Service == "":
		told := *failure // many calls may fail with the same one
		failure = &told
		if f.Status != nil {
			failure.Status = f.Status(failure.Code)
		}
	default:
		failure = &aws.Error{Code: aws.CodeStorage, Message: err.Error(), Status: http.StatusInternalServerError, Cause: err}
	}
	failure.Service, failure.Operation, failure.RequestID = f.Service, operation, f.RequestID()
	return failure
}

// BadRequest is the status of all errors of some services.
func BadRequest(string) int { return http.StatusBadRequest }

// Random is where a service's ids come from; many goroutines may call it.
type Random func() uint64

// Bytes gives n random bytes.
func (r Random) Bytes(n int) []byte {
	out := make([]byte, 0, n+7)
	for len(out) < n {
		out = binary.BigEndian.AppendUint64(out, r())
	}
	return out[:n]
}

// UUID makes a random (version 4) UUID.
func (r Random) UUID() string {
	b := r.Bytes(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
