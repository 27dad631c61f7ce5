package endpoint_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// execute tells what it was asked for.
func execute(w http.ResponseWriter, r *http.Request, api, stage, path string) {
	fmt.Fprintf(w, "%s %s|%s|%s?%s", r.Method, api, stage, path, r.URL.RawQuery)
}

// ask sends a plain request to a Host.
func (l *lab) ask(host, path string, headers ...string) answer {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, l.url+path, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return l.send(r)
}

func TestInvokeURLs(t *testing.T) {
	t.Parallel()
	l := open(t)
	for _, c := range []struct{ host, path, want string }{
		{"127.0.0.1:4566", "/_aws/execute-api/abc/prod/FAQ", "GET abc|prod|/FAQ?"},
		{"localhost:4566", "/_aws/execute-api/abc/prod/FAQ?a=b&a=c", "GET abc|prod|/FAQ?a=b&a=c"},
		{"[::1]:4566", "/_aws/execute-api/abc/prod", "GET abc|prod|?"},
		{"localhost", "/_aws/execute-api/abc/prod/", "GET abc|prod|/?"},
		{"localhost", "/_aws/execute-api/abc", "GET abc||?"},
		{"localhost", "/_aws/execute-api/", "GET ||?"},
		{"localhost", "/_aws/execute-api/abc/prod//a%2Fb/%20", "GET abc|prod|//a%2Fb/%20?"},
		{"abc.execute-api.localhost:4566", "/prod/FAQ", "GET abc|prod|/FAQ?"},
		{"ABC.execute-api.localhost.", "/prod", "GET abc|prod|?"},
		{"abc.execute-api.us-west-2.localhost", "/", "GET abc||?"},
	} {
		if got := l.ask(c.host, c.path); got.body != c.want || got.status != http.StatusOK {
			t.Errorf("%s%s: %d %s, want %s", c.host, c.path, got.status, got.body, c.want)
		}
	}
	for _, host := range []string{"a.b.execute-api.localhost", "execute-api.localhost", "abc.execute-api.localhost.example.com"} {
		if got := l.ask(host, "/prod/FAQ"); strings.HasPrefix(got.body, "GET ") {
			t.Errorf("%s went to an API: %s", host, got.body)
		}
	}
}

// TestInvokeURLsAreForThisMachine has pages of other origins and names that were
// made to resolve here call in: they are refused before any API hears of it.
func TestInvokeURLsAreForThisMachine(t *testing.T) {
	t.Parallel()
	l := open(t)
	const path = "/_aws/execute-api/abc/prod/FAQ"
	for name, a := range map[string]answer{
		"a page of another origin":       l.ask("127.0.0.1:4566", path, "Origin", "https://example.com"),
		"a file's page":                  l.ask("127.0.0.1:4566", path, "Origin", "null"),
		"another origin's picture":       l.ask("127.0.0.1:4566", path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"),
		"a name that was rebound":        l.ask("rebound.example.com:4566", path),
		"an API's name that was rebound": l.ask("abc.execute-api.us-west-2.example.com", "/prod/FAQ"),
		"another machine's address":      l.ask("192.168.1.7:4566", path),
	} {
		if a.status != http.StatusForbidden || strings.HasPrefix(a.body, "GET ") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	for name, a := range map[string]answer{
		"a page of this machine":  l.ask("127.0.0.1:4566", path, "Origin", "http://localhost:3000", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"),
		"a link that is followed": l.ask("127.0.0.1:4566", path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"),
		"the address bar":         l.ask("127.0.0.1:4566", path, "Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"),
	} {
		if a.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}
