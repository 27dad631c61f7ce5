package s3

import (
	"fmt"
	"net/http"
)

// Error is a refusal of S3.
type Error struct {
	Operation   string // "GetObject", "PutObject"
	Bucket, Key string
	Status      int    // of HTTP, such as 404
	Code        string // AWS's name for what is wrong, such as "NoSuchKey"; may be ""
	Message     string // AWS's explanation; may be ""
}

func (e *Error) Error() string {
	code := e.Code
	if code == "" {
		code = http.StatusText(e.Status)
	}
	text := fmt.Sprintf("%s s3://%s/%s: %s (%d)", e.Operation, e.Bucket, e.Key, code, e.Status)
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}
