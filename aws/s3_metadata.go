package aws

import (
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// EncodeMetadata is a value of S3's metadata as it stands in a header: as in mails
// (RFC 2047), in one word of whatever length. It is as it is when it is plain, by bytes
// when it has more than those to encode, and all of it in base64 when some of it cannot
// be printed.
func EncodeMetadata(text string) string {
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

// DecodeMetadata undoes EncodeMetadata, and other forms of the like; what cannot be
// read is as it came.
func DecodeMetadata(value string) string {
	text, err := new(mime.WordDecoder).DecodeHeader(value)
	if err != nil {
		return value
	}
	return strings.ToValidUTF8(text, string(utf8.RuneError))
}
