package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// methods are the HTTP methods to choose from.
var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions}

// request is what is sent.
type request struct {
	method, url string
	header      []field
	body        string
}

// field is a header's name and value.
type field struct{ name, value string }

// urlFault says what is wrong with a URL; "" when nothing is.
func urlFault(text string) string {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return "Enter a URL"
	case err != nil:
		return "This is no URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return "A URL begins with http:// or https://"
	case u.Hostname() == "":
		return "The URL names no host"
	}
	return ""
}

// ownHeaders are set by the client itself, from the URL and the body.
var ownHeaders = []string{"Connection", "Content-Length", "Host", "Transfer-Encoding", "Trailer", "Upgrade"}

// parseHeaders reads headers written one a line, as Name: value. Empty lines do
// not count.
func parseHeaders(text string) ([]field, error) {
	var out []field
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case !ok:
			return nil, fmt.Errorf("line %d: write a header as Name: value", n)
		case name == "" || strings.ContainsFunc(name, notToken):
			return nil, fmt.Errorf("line %d: %q is no header's name", n, name)
		case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
			return nil, fmt.Errorf("line %d: the value has characters that no header has", n)
		}
		for _, own := range ownHeaders {
			if strings.EqualFold(name, own) {
				return nil, fmt.Errorf("line %d: %s follows from the URL and the body, and cannot be given", n, own)
			}
		}
		out = append(out, field{name, value})
	}
	return out, nil
}

// notToken reports whether a character may not be in a header's name.
func notToken(r rune) bool {
	const signs = "!#$%&'*+-.^_`|~"
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(signs, r)
}

// build makes the request for the client.
func (r request) build(ctx context.Context) (*http.Request, error) {
	out, err := http.NewRequestWithContext(ctx, r.method, r.url, strings.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	if r.body == "" {
		out.Body, out.GetBody = http.NoBody, nil
	}
	for _, h := range r.header {
		out.Header.Add(h.name, h.value)
	}
	for _, usual := range []field{{"User-Agent", "awslab"}, {"Accept", "*/*"}} {
		if _, given := out.Header[usual.name]; !given {
			out.Header.Set(usual.name, usual.value)
		}
	}
	return out, nil
}

// line is the request's first line as it goes over the wire.
func (r request) line() string {
	u, err := url.Parse(r.url)
	if err != nil {
		return r.method
	}
	return r.method + " " + u.RequestURI()
}

// curl is the command that sends the same request.
func (r request) curl() string {
	words := []string{"curl", "-i"}
	switch {
	case r.method == http.MethodHead:
		words = append(words, "--head")
	case r.method != http.MethodGet || r.body != "":
		words = append(words, "-X", r.method)
	}
	for _, h := range r.header {
		text := h.name + ": " + h.value
		if h.value == "" {
			text = h.name + ";" // how curl sends a header without a value
		}
		words = append(words, "-H", quote(text))
	}
	if r.body != "" {
		words = append(words, "--data-raw", quote(r.body))
	}
	return strings.Join(append(words, quote(r.url)), " ")
}

// quote makes one word of a text for a POSIX shell.
func quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
