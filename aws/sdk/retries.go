package sdk

import (
	"context"

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

// tellRetries has retried told of each attempt after the first.
func (a *Account) tellRetries(retried func(op aws.Operation, attempt int, err error)) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		var before error
		attempts := 0 // the stack is made for one call
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("TellRetries", func(
			ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
		) (middleware.FinalizeOutput, middleware.Metadata, error) {
			attempts++
			if attempts > 1 {
				op := described(ctx)
				retried(op, attempts, a.failure(ctx, op, before))
			}
			out, metadata, err := next.HandleFinalize(ctx, in)
			before = err
			return out, metadata, err
		}), "Retry", middleware.After)
	}
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
