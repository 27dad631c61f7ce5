package endpoint

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"

	"awslab/aws"
)

// How large a request may be, in bytes: what services say of themselves, and for
// a function's code what Lambda takes of a zip file of 50 MB in base64.
const (
	maxBody     = 16 << 20
	maxCodeBody = 70_167_211
)

// readBody reads a request's whole body, out of its compression.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, tooLarge()
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, limit), r.ContentLength)
	if err == nil && strings.EqualFold(r.Header.Get("Content-Encoding"), "gzip") {
		body, err = inflated(body, limit)
	}
	var failed *aws.Error
	if exceeded := (*http.MaxBytesError)(nil); errors.As(err, &exceeded) {
		return nil, tooLarge()
	} else if err != nil && !errors.As(err, &failed) {
		return nil, fault(http.StatusBadRequest, "SerializationException", "")
	}
	return body, err
}

// readAll reads a stream of a length, which is below zero when it is not known.
func readAll(from io.Reader, length int64) ([]byte, error) {
	if length < 0 {
		return io.ReadAll(from)
	}
	// What is claimed is not yet there: memory is taken as it comes.
	const atOnce = 1 << 20
	if length > atOnce {
		var buffer bytes.Buffer
		buffer.Grow(atOnce)
		_, err := buffer.ReadFrom(from)
		return buffer.Bytes(), err
	}
	body := make([]byte, length)
	_, err := io.ReadFull(from, body)
	return body, err
}

// inflated is what a gzip stream holds.
func inflated(body []byte, limit int64) ([]byte, error) {
	from, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(from, limit+1))
	if err == nil && int64(len(out)) > limit {
		return nil, tooLarge()
	}
	return out, err
}

func tooLarge() *aws.Error {
	return fault(http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", "The request is larger than this service takes")
}
