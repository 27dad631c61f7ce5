package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"awslab/ui/component"
)

// The bounds of an exchange: how long it may take, how much of a body is read,
// and how many redirects are followed.
const (
	mostTime  = 30 * time.Second
	mostBody  = 1 << 20 // bytes
	mostHops  = 10
	mostHead  = 1 << 20 // bytes of headers
	slowStart = 10 * time.Second
)

// exchange is a request and its answer.
type exchange struct {
	request request
	hops    []hop // the redirects on the way
	proto   string
	status  int
	reason  string // the status in words, "OK"
	header  http.Header
	fields  component.Reading // the status line and the headers, to read
	body    body
	took    time.Duration
}

// hop is an answer that led on to another URL.
type hop struct {
	status int
	method string // of the request that followed
	url    string // where it led
}

// errRedirects is more redirects than are followed.
var errRedirects = fmt.Errorf("the answer leads on to another URL more than %d times", mostHops)

// errSlow is an answer that did not come in time.
var errSlow = fmt.Errorf("no answer came within %d seconds", int(mostTime.Seconds()))

// newTransport makes the connections. What is on this computer is reached
// directly, whatever proxy the environment names, and so are names that end in
// .localhost, which not every resolver knows.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: slowStart}
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			if local(r.URL.Hostname()) {
				return nil, nil
			}
			return http.ProxyFromEnvironment(r)
		},
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(address)
			if err == nil && strings.HasSuffix(strings.ToLower(host), ".localhost") {
				address = net.JoinHostPort("127.0.0.1", port)
			}
			return dialer.DialContext(ctx, network, address)
		},
		TLSHandshakeTimeout: slowStart, MaxResponseHeaderBytes: mostHead, ForceAttemptHTTP2: true,
		MaxIdleConns: 2, IdleConnTimeout: mostTime,
	}
}

// local reports whether a host is this computer.
func local(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// send sends a request, follows redirects, and reads the answer. The exchange is
// as far as it came when it fails.
func send(ctx context.Context, transport http.RoundTripper, now func() time.Time, r request) (exchange, error) {
	ctx, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	out := exchange{request: r}
	client := http.Client{Transport: transport, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if len(via) > mostHops {
			return errRedirects
		}
		out.hops = append(out.hops, hop{next.Response.StatusCode, next.Method, next.URL.String()})
		return nil
	}}
	asked, err := r.build(ctx)
	if err != nil {
		return out, err
	}
	start := now()
	answer, err := client.Do(asked)
	if err != nil {
		return out, cause(ctx, err)
	}
	defer answer.Body.Close()
	out.proto, out.status, out.header = answer.Proto, answer.StatusCode, answer.Header
	out.reason = strings.TrimSpace(strings.TrimPrefix(answer.Status, fmt.Sprint(answer.StatusCode)))
	data, err := io.ReadAll(io.LimitReader(answer.Body, mostBody+1))
	out.took = now().Sub(start)
	out.fields = component.Read(out.headerText())
	out.body = readBody(data, answer.Header.Get("Content-Type"))
	if err != nil {
		return out, cause(ctx, fmt.Errorf("the answer broke off: %w", err))
	}
	return out, nil
}

// headerText is the answer's first line and its headers.
func (e exchange) headerText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s\n", e.proto, e.status, e.reason)
	for _, name := range slices.Sorted(maps.Keys(e.header)) {
		for _, value := range e.header[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	return b.String()
}

// cause is why an exchange failed, without what the client says around it.
func cause(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return errSlow
	}
	var around *url.Error
	if errors.As(err, &around) {
		return around.Err
	}
	return err
}
