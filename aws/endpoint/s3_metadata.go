package endpoint

import (
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// latin1 reads the bytes of a header as S3 does, one a character.
func latin1(header string) string {
	text := make([]rune, 0, len(header))
	for _, b := range []byte(header) {
		text = append(text, rune(b))
	}
	return string(text)
}

// mailed is the text of a value that may come as in a mail's header (RFC 2047); as it
// came when it cannot be read.
func mailed(value string) string {
	text, err := new(mime.WordDecoder).DecodeHeader(value)
	if err != nil {
		return value
	}
	return strings.ToValidUTF8(text, string(utf8.RuneError))
}

// mailSafe is a text as mails' headers have it, in one word of whatever length: as it
// is when it is plain, by bytes when it has more than those to encode, and all of it in
// base64 when some of it cannot be printed.
func mailSafe(text string) string {
	coded := func(r rune) bool { return r != '\t' && (r < ' ' || r > '~') }
	if !strings.ContainsFunc(text, coded) {
		return text
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || unicode.Is(unicode.C, r) }) {
		return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(text)) + "?="
	}
	var word strings.Builder
	for _, b := range []byte(text) {
		switch {
		case b == ' ':
			word.WriteByte('_')
		case b == '=' || b == '?' || b == '_' || coded(rune(b)):
			fmt.Fprintf(&word, "=%02X", b)
		default:
			word.WriteByte(b)
		}
	}
	return "=?UTF-8?Q?" + word.String() + "?="
}
