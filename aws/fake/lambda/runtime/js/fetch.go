package js

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxFetch is the most an answer may hold: the sandbox's own limits are lower.
const maxFetch = 64 << 20

// fetcher does what the function's fetch asks, on the sandbox's endpoint only: nothing else can be reached.
type fetcher struct {
	host   string
	client *http.Client
}

// fetchRequest is what the prelude asks, as JSON; Body is base64.
type fetchRequest struct {
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Headers [][2]string `json:"headers"`
	Body    string      `json:"body"`
}

// fetchAnswer is what the prelude gets, as JSON; Body is base64.
type fetchAnswer struct {
	Status     int         `json:"status"`
	StatusText string      `json:"statusText"`
	Headers    [][2]string `json:"headers"`
	Body       string      `json:"body"`
}

func newFetcher(endpoint string) *fetcher {
	f := &fetcher{}
	if u, err := url.Parse(endpoint); err == nil {
		f.host = u.Host
	}
	f.client = &http.Client{
		Transport:     &http.Transport{DisableCompression: true},
		CheckRedirect: func(req *http.Request, _ []*http.Request) error { return f.allowed(req.URL) },
	}
	return f
}

// allowed says whether an address is the sandbox's, and if not, why it cannot be had.
func (f *fetcher) allowed(u *url.URL) error {
	if f.host == "" || u.Host != f.host || u.Scheme != "http" {
		return fmt.Errorf("getaddrinfo ENOTFOUND %s", u.Hostname())
	}
	return nil
}

func (f *fetcher) do(ctx context.Context, ask fetchRequest) (fetchAnswer, error) {
	u, err := url.Parse(ask.URL)
	if err != nil {
		return fetchAnswer{}, err
	}
	if err := f.allowed(u); err != nil {
		return fetchAnswer{}, err
	}
	req, err := http.NewRequestWithContext(ctx, ask.Method, ask.URL, strings.NewReader(string(fromBase64([]any{ask.Body}, 0))))
	if err != nil {
		return fetchAnswer{}, err
	}
	for _, h := range ask.Headers {
		req.Header.Add(h[0], h[1])
		if strings.EqualFold(h[0], "host") {
			req.Host = h[1]
		}
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return fetchAnswer{}, err
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxFetch+1))
	if err != nil {
		return fetchAnswer{}, err
	}
	if len(body) > maxFetch {
		return fetchAnswer{}, errors.New("the answer is too large")
	}
	answer := fetchAnswer{Status: resp.StatusCode, StatusText: http.StatusText(resp.StatusCode), Body: toBase64(body)}
	for name, values := range resp.Header {
		for _, v := range values {
			answer.Headers = append(answer.Headers, [2]string{strings.ToLower(name), v})
		}
	}
	return answer, nil
}

// hostFetch(id, request) starts a request; __complete tells its end.
func (e *engine) hostFetch(args []any) (any, error) {
	var ask fetchRequest
	if err := json.Unmarshal([]byte(text(args, 1)), &ask); err != nil {
		return nil, err
	}
	id := int(number(args))
	e.pending++
	go func() {
		answer, err := e.fetcher.do(context.Background(), ask)
		if err != nil {
			e.completed <- completion{id: id, failed: true, json: fmt.Sprintf("%q", reason(err))}
			return
		}
		told, err := json.Marshal(answer)
		if err != nil {
			told = []byte("null")
		}
		e.completed <- completion{id: id, failed: err != nil, json: string(told)}
	}()
	return nil, nil
}

// reason is the innermost text of an error: what Node calls the cause of "fetch failed".
func reason(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}
