package sdk

import (
	"context"
	"errors"
	"net"
	"net/http"

	"awslab/aws"

	"github.com/aws/smithy-go/middleware"
)

// leaveValidation takes the SDK's own checks of a request out: AWS makes them, in
// its own words.
func leaveValidation(stack *middleware.Stack) error {
	const validation = "OperationInputValidation"
	if _, ok := stack.Initialize.Get(validation); !ok {
		return nil
	}
	_, err := stack.Initialize.Remove(validation)
	return err
}

// tellRetries has retried, unless it is nil, told of each attempt after the first.
// It marks the errors of those that follow an attempt that may have been carried out.
func (a *Account) tellRetries(retried func(ctx context.Context, attempt int, err error)) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		var before error
		attempts, uncertain := 0, false // the stack is made for one call
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("TellRetries", func(
			ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
		) (middleware.FinalizeOutput, middleware.Metadata, error) {
			attempts++
			if attempts > 1 {
				failed := a.failure(ctx, described(ctx), before)
				uncertain = uncertain || unsettled(failed)
				if retried != nil {
					retried(ctx, attempts, failed)
				}
			}
			out, metadata, err := next.HandleFinalize(ctx, in)
			before = err
			if err != nil && uncertain {
				err = &afterwardsError{err}
			}
			return out, metadata, err
		}), "Retry", middleware.After)
	}
}

// afterwardsError is the error of an attempt after one that may have been carried
// out.
type afterwardsError struct{ err error }

func (e *afterwardsError) Error() string { return e.err.Error() }
func (e *afterwardsError) Unwrap() error { return e.err }

// unsettled reports whether a failed attempt may have been carried out: it was sent
// and got no answer, or half of one, or one of a fault at AWS.
func unsettled(err error) bool {
	var failed *aws.Error
	if !errors.As(err, &failed) || errors.Is(err, aws.ErrThrottled) {
		return false
	}
	unconnected := (*net.OpError)(nil)
	if errors.As(err, &unconnected) && unconnected.Op == "dial" {
		return false
	}
	return failed.Status >= http.StatusInternalServerError || failed.Status < http.StatusMultipleChoices
}

// described is the operation that a context of the SDK is for.
func described(ctx context.Context) aws.Operation {
	service, name := middleware.GetServiceID(ctx), middleware.GetOperationName(ctx)
	for _, op := range aws.Operations() {
		// The SDK names services as the console does.
		if op.Name == name && op.Service.Title() == service {
			return op
		}
	}
	return aws.Operation{Name: name}
}
