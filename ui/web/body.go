package web

import (
	"encoding/json"
	"mime"
	"strings"
	"unicode/utf8"

	"awslab/ui/component"
)

// body is an answer's body as far as it was read, and what it is.
type body struct {
	data    []byte
	cut     bool              // there is more than was read
	kind    string            // what it is in words, "JSON", "text", "image/png"
	reading component.Reading // empty when it is no text
	message string            // of an API Gateway's error, {"message": …}
}

// readBody finds out what a body is. A text of another encoding than UTF-8 is
// shown with the characters that can be told.
func readBody(data []byte, contentType string) body {
	b := body{data: data, cut: len(data) > mostBody}
	if b.cut {
		b.data = data[:mostBody]
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = ""
	}
	text := string(b.data)
	switch {
	case text == "":
		b.kind = "empty"
		return b
	case utf8.ValidString(text) && !strings.Contains(text, "\x00"):
	case strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "json") || strings.HasSuffix(media, "xml"), b.cut && isTextCut(text):
		text = strings.ToValidUTF8(text, "�")
	default:
		b.kind = "binary"
		if media != "" {
			b.kind += " (" + media + ")"
		}
		return b
	}
	b.reading = component.Read(text)
	if b.kind = "text"; media != "" {
		b.kind = media
	}
	if b.reading.JSON() {
		b.kind = "JSON"
		b.message = messageOf(b.data)
	}
	return b
}

// isTextCut reports whether a text is UTF-8 but for a character that was cut off
// at its end.
func isTextCut(text string) bool {
	for n := range utf8.UTFMax {
		if n <= len(text) && utf8.ValidString(text[:len(text)-n]) {
			return !strings.Contains(text, "\x00")
		}
	}
	return false
}

// messageOf is the message of an error as AWS writes it; "" when a body is
// something else.
func messageOf(data []byte) string {
	const most = 4096 // bytes; errors are short
	if len(data) > most {
		return ""
	}
	var failed struct {
		Message string `json:"message"` // also for Message
	}
	if json.Unmarshal(data, &failed) != nil {
		return ""
	}
	return failed.Message
}
