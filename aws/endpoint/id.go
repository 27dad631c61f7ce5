package endpoint

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// requestID makes an id as S3's are: 16 letters and digits.
func requestID() string {
	return strings.ToUpper(hex.EncodeToString(random(8)))
}

// hostID makes the second id of S3's answers.
func hostID() string {
	return base64.StdEncoding.EncodeToString(random(48))
}

// idOf makes an id as those of a service are: DynamoDB's have 52 letters and
// digits, the others are UUIDs.
func idOf(of *language) string {
	if of != nil && of.isDynamoDB() {
		return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(random(32))
	}
	id := random(16)
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	text := hex.EncodeToString(id)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

func random(n int) []byte {
	out := make([]byte, n)
	_, _ = rand.Read(out) // it never fails
	return out
}
