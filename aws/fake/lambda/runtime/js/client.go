package js

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// runtimeAPI is a client of the Lambda Runtime API on one kept-alive connection.
type runtimeAPI struct {
	base   string
	client *http.Client
}

// invocation is one event: its JSON text, and the headers that describe it, their names in lower case.
type invocation struct {
	Body    string
	Headers map[string]string
}

func newRuntimeAPI(hostport string) *runtimeAPI {
	return &runtimeAPI{
		base:   "http://" + hostport + "/2018-06-01/runtime",
		client: &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1, MaxIdleConnsPerHost: 1}},
	}
}

// next waits for the next event (GET /invocation/next).
func (a *runtimeAPI) next(ctx context.Context) (invocation, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+"/invocation/next", nil)
	if err != nil {
		return invocation{}, err
	}
	body, header, err := a.do(req)
	if err != nil {
		return invocation{}, fmt.Errorf("next invocation: %w", err)
	}
	headers := make(map[string]string, len(header))
	for name := range header {
		headers[strings.ToLower(name)] = header.Get(name)
	}
	return invocation{Body: string(body), Headers: headers}, nil
}

// post sends a response or an error; errorType, when there is one, goes into Lambda-Runtime-Function-Error-Type.
func (a *runtimeAPI) post(ctx context.Context, path, body, errorType string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if errorType != "" {
		req.Header.Set("Lambda-Runtime-Function-Error-Type", strings.ToValidUTF8(errorType, "?"))
	}
	if _, _, err := a.do(req); err != nil {
		return fmt.Errorf("post %s: %w", path, err)
	}
	return nil
}

func (a *runtimeAPI) do(req *http.Request) ([]byte, http.Header, error) {
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, nil, err
	}
	return body, resp.Header, nil
}
