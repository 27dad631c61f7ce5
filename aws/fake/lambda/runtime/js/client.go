package js

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// runtimeAPI is a client of the Lambda Runtime API on one kept-alive connection. It writes and reads on the caller's
// goroutine: net/http's own client has goroutines in between, each a thread to be woken at every turn, since the
// engine's goroutine is bound to its thread.
type runtimeAPI struct {
	host string
	conn io.ReadWriteCloser // nil: to be made
	in   *bufio.Reader
	out  *bufio.Writer
}

// invocation is one event: its JSON text, and the headers that describe it, their names in lower case.
type invocation struct {
	Body    string
	Headers map[string]string
}

func newRuntimeAPI(hostport string) *runtimeAPI { return &runtimeAPI{host: hostport} }

// next waits for the next event (GET /invocation/next).
func (a *runtimeAPI) next(ctx context.Context) (invocation, error) {
	body, header, err := a.do(ctx, http.MethodGet, "/invocation/next", nil, "")
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
	if _, _, err := a.do(ctx, http.MethodPost, path, strings.NewReader(body), errorType); err != nil {
		return fmt.Errorf("post %s: %w", path, err)
	}
	return nil
}

func (a *runtimeAPI) do(ctx context.Context, method, path string, body io.Reader, errorType string) ([]byte, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+a.host+"/2018-06-01/runtime"+path, body)
	if err != nil {
		return nil, nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if errorType != "" {
		req.Header.Set("Lambda-Runtime-Function-Error-Type", strings.ToValidUTF8(errorType, "?"))
	}
	if err := a.connect(ctx); err != nil {
		return nil, nil, err
	}
	answer, header, keep, err := a.roundTrip(req)
	if err != nil || !keep {
		_ = a.conn.Close() // all that matters was read
		a.conn = nil
	}
	return answer, header, err
}

func (a *runtimeAPI) connect(ctx context.Context) (err error) {
	if a.conn != nil {
		return nil
	}
	a.conn, err = dial(ctx, a.host)
	if err != nil {
		a.conn = nil
		return err
	}
	a.in, a.out = bufio.NewReader(a.conn), bufio.NewWriter(a.conn)
	return nil
}

// roundTrip sends a request and reads its answer; keep says whether the connection can take another.
func (a *runtimeAPI) roundTrip(req *http.Request) (body []byte, header http.Header, keep bool, err error) {
	sent := errors.Join(req.Write(a.out), a.out.Flush())
	resp, err := http.ReadResponse(a.in, req) // the answer to a body that is too large may come before its end
	if err != nil {
		return nil, nil, false, errors.Join(sent, err)
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	body, err = io.ReadAll(resp.Body)
	return body, resp.Header, sent == nil && !resp.Close, err
}
