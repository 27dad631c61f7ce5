package js

import (
	"testing"
	"unicode/utf8"
)

func TestDecodeUTF8(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                         "",
		"aü€😀":                     "aü€😀",
		"\xff\xfe":                 "\uFFFD\uFFFD",
		"\xe2\x82A":                "\uFFFDA",
		"\xe2\x82":                 "\uFFFD",
		"\xf0\x9f\x98":             "\uFFFD",
		"\xc0\x80":                 "\uFFFD\uFFFD",
		"\xed\xa0\x80":             "\uFFFD\uFFFD\uFFFD",
		"\xf4\x90\x80\x80":         "\uFFFD\uFFFD\uFFFD\uFFFD",
		"\xe0\x80":                 "\uFFFD\uFFFD",
		"\xf0\x90\xe2\x82\xac\x80": "\uFFFD€\uFFFD",
	} {
		if got := decodeUTF8([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzDecodeUTF8(f *testing.F) {
	f.Add([]byte("\xf0\x9f\x98"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got := decodeUTF8(b)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no text", got)
		}
		if utf8.Valid(b) && got != string(b) {
			t.Fatalf("%q became %q", b, got)
		}
	})
}
