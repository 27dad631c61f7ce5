package sdk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"awslab/aws"
)

// getFunction tells about a function, and how to read its code.
func (a *Account) getFunction(ctx context.Context, op aws.Operation, in aws.GetFunctionInput) (any, error) {
	out, err := sendAs[aws.GetFunctionOutput](ctx, a, op, in)
	if err != nil {
		return nil, err
	}
	location := out.Code.Location
	out.Code.Open = func(ctx context.Context) (io.ReadCloser, error) { return a.read(ctx, location) }
	return out, nil
}

// read reads what a URL of AWS's leads to. The URL needs no credentials.
func (a *Account) read(ctx context.Context, url string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := a.download.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		err := fmt.Errorf("the code cannot be had: %s", answer.Status)
		return nil, errors.Join(err, answer.Body.Close())
	}
	return answer.Body, nil
}
