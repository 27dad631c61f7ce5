package command

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
)

// TestLinesAreSafe: what another program sends does not reach the terminal as a
// command, and the line says what it asked for.
func TestLinesAreSafe(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	r := &record{out: &out}
	const evil = "\x1b[2J\x1b]0;owned\a"
	r.refused(&http.Request{
		Method: http.MethodGet, URL: &url.URL{Path: "/" + evil}, Header: http.Header{"X-Amz-Target": {"DynamoDB_20120810.Fly" + evil}},
	}, errors.New("unknown"+evil+"\nnext"))
	if err := r.failure(); err != nil {
		t.Fatal(err)
	}
	if at := strings.IndexFunc(out.String(), func(c rune) bool { return unicode.IsControl(c) && c != '\n' }); at >= 0 {
		t.Errorf("a control character is printed: %q", out.String())
	}
	for _, want := range []string{"GET /%1B%5B2J", "DynamoDB_20120810.Fly", "unknown", "next"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q lacks %q", out.String(), want)
		}
	}
}

// TestReadyComesFirst, whatever other programs ask for before.
func TestReadyComesFirst(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	r := &record{out: &out, waiting: true}
	for _, event := range []string{"refused", "warning", "ready", "refused"} {
		r.put(line{Event: event, Request: event, Warnings: []string{event}})
	}
	at := 0
	for _, want := range []string{"awslab is ready", "✗ refused", "warning: warning", "✗ refused"} {
		next := strings.Index(out.String()[at:], want)
		if next < 0 {
			t.Fatalf("%q lacks %q after %d", out.String(), want, at)
		}
		at += next + len(want)
	}
	if err := r.failure(); err != nil {
		t.Error(err)
	}
}
