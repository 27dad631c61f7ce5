package js

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// text is the i-th argument as a string; "" when it is none.
func text(args []any, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}

// number is the first argument as a number; 0 when it is none.
func number(args []any) float64 {
	if len(args) == 0 {
		return 0
	}
	switch n := args[0].(type) {
	case int:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

// truth is the i-th argument as a truth value.
func truth(args []any, i int) bool {
	if i >= len(args) {
		return false
	}
	b, _ := args[i].(bool)
	return b
}

// Bytes cross between Go and JavaScript as base64.

// fromBase64 is the i-th argument as bytes; the prelude sends nothing but base64.
func fromBase64(args []any, i int) []byte {
	b, err := base64.StdEncoding.DecodeString(text(args, i))
	if err != nil {
		return nil
	}
	return b
}

func toBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// decodeUTF8 is bytes as text; each longest part that could have begun a character becomes one U+FFFD, as in browsers.
func decodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	s.Grow(len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = max(1, begun(b))
		}
		s.WriteRune(r)
		b = b[n:]
	}
	return s.String()
}

// begun is how many bytes at the start of b are a character cut short, 0 when its first byte begins none.
func begun(b []byte) int {
	for n := min(3, len(b)); n > 0; n-- {
		if !utf8.FullRune(b[:n]) { // what is wrong counts as full
			return n
		}
	}
	return 0
}
