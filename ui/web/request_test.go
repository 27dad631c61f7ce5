package web

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"

	"pgregory.net/rapid"
)

var epoch = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestHeadersAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"\n  \n":                 "",
		"A: b":                   "A=b",
		" A :  b: c \r\nD:":      "A=b: c D=",
		"A b: c":                 "✗ line 1",
		"\n: c":                  "✗ line 2",
		"word":                   "✗ line 1: write a header as Name: value",
		"A: b\x00":               "✗ line 1: the value",
		"A: b\ncontent-length:1": "✗ line 2: Content-Length",
		"Host: example.com":      "✗ line 1: Host",
	} {
		var got []string
		all, err := parseHeaders(text)
		if err != nil {
			got = []string{"✗ " + err.Error()}
		}
		for _, h := range all {
			got = append(got, h.name+"="+h.value)
		}
		if told := strings.Join(got, " "); told != want && (err == nil || !strings.HasPrefix(told, want) || want == "") {
			t.Errorf("%q: %q, not %q", text, told, want)
		}
	}
}

// FuzzRequest: what the form takes can be sent, and goes out as one request.
func FuzzRequest(f *testing.F) {
	f.Add("http://127.0.0.1:1/a b?c=d#e", "A: b", "{}")
	f.Add("https://user:pass@host/%zz", "X-Y: \tz", "")
	f.Add("http://[::1]:80", "A: b\r\nB: c", "x")
	f.Fuzz(func(t *testing.T, url, headers, content string) {
		header, err := parseHeaders(headers)
		if err != nil || urlFault(url) != "" {
			return
		}
		r := request{method: "POST", url: url, header: header, body: content}
		out, err := r.build(t.Context())
		if err != nil {
			return // the client refuses it, and says why
		}
		if r.curl() == "" || r.line() == "" {
			t.Error("the request reads as nothing")
		}
		var wire bytes.Buffer
		if err := out.Write(&wire); err != nil {
			return
		}
		head, sent, _ := strings.Cut(wire.String(), "\r\n\r\n")
		if sent != content {
			t.Errorf("the body went out as %q", sent)
		}
		// the first line, Host, Content-Length, User-Agent, Accept, and those given
		if lines := strings.Count(head, "\r\n"); lines > 5+len(header) {
			t.Errorf("%d lines of headers:\n%s", lines, head)
		}
	})
}

// FuzzAnswer: no body, whatever it says it is, does harm.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"message":"x"}`), "application/json")
	f.Add([]byte("caf\xe9"), "text/plain; charset=latin1")
	f.Add([]byte{0}, ";")
	f.Fuzz(func(t *testing.T, data []byte, kind string) {
		b := readBody(data, kind)
		v := newVisit(pagetest.New(t, Pages(), aws.Cloud{}).Env, nav.Route{}, nil)
		v.answer = exchange{status: 200, body: b}
		v.body.Show(b.reading)
		view := v.View(60, 20)
		if len(view.Lines) != 20 || b.kind == "" {
			t.Errorf("%d lines, %q", len(view.Lines), b.kind)
		}
	})
}

// TestQuotedWordsAreOneWord: what a shell makes of a quoted text is the text.
func TestQuotedWordsAreOneWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if got := unquote(quote(text)); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

// unquote reads a word as a POSIX shell does, as far as single quotes and
// backslashes go.
func unquote(word string) string {
	var out strings.Builder
	quoted := false
	for i := 0; i < len(word); i++ {
		switch {
		case word[i] == '\'':
			quoted = !quoted
		case word[i] == '\\' && !quoted:
			i++
			out.WriteByte(word[i])
		default:
			out.WriteByte(word[i])
		}
	}
	return out.String()
}
