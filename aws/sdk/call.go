package sdk

import (
	"context"
	"fmt"
	"reflect"

	"awslab/aws"
)

// cloud is the account's services. None has methods of its own: each call, whatever
// the operation, ends in call.
func (a *Account) cloud() aws.Cloud {
	return aws.Intercept(aws.Cloud{
		DynamoDB:        struct{ aws.DynamoDB }{},
		DynamoDBStreams: struct{ aws.DynamoDBStreams }{},
		S3:              struct{ aws.S3 }{},
		Lambda:          struct{ aws.Lambda }{},
		APIGateway:      struct{ aws.APIGateway }{},
		Logs:            struct{ aws.Logs }{},
		CloudWatch:      struct{ aws.CloudWatch }{},
		IAM:             struct{ aws.IAM }{},
		STS:             struct{ aws.STS }{},
		Presign:         presigner{a},
	}, a.call)
}

// call runs an operation at AWS.
func (a *Account) call(ctx context.Context, op aws.Operation, in any, _ func(context.Context) (any, error)) (any, error) {
	switch in := in.(type) {
	case aws.PutObjectInput:
		return a.putObject(ctx, op, in)
	case aws.UploadPartInput:
		return a.uploadPart(ctx, op, in)
	case aws.GetFunctionInput:
		return a.getFunction(ctx, op, in)
	}
	return a.send(ctx, op, in)
}

// send runs an operation by the SDK's method of its name.
func (a *Account) send(ctx context.Context, op aws.Operation, in any) (any, error) {
	theirs, ok := a.clients.operations[op.Service][op.Name]
	if !ok {
		return nil, a.refused(op, fmt.Errorf("there is no %s of %s here", op.Name, op.Service.Title()))
	}
	input := reflect.New(theirs.in)
	if err := a.converters.convert(input.Interface(), in); err != nil {
		return nil, a.refused(op, err)
	}
	encodeNames(input.Interface())
	answer, err := a.invoke(ctx, theirs, input.Interface())
	if err != nil {
		return nil, a.failure(ctx, op, err)
	}
	output := reflect.New(op.Out)
	if err = decodeNames(answer); err == nil {
		err = a.converters.convert(output.Interface(), reflect.ValueOf(answer).Elem().Interface())
	}
	if err != nil {
		return nil, a.refused(op, fmt.Errorf("the answer cannot be understood: %w", err))
	}
	return output.Elem().Interface(), nil
}

// sendAs is send, for an operation whose output's type is known.
func sendAs[Out any](ctx context.Context, a *Account, op aws.Operation, in any) (Out, error) {
	answer, err := a.send(ctx, op, in)
	out, _ := answer.(Out)
	return out, err
}
