package endpoint

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"strconv"
	"strings"

	"awslab/aws"
)

// body is a request's content, out of the framing of its transfer, and its
// length as the client says it. What the client promised of it (its SHA-256, a
// checksum) is verified at its end: reading then fails, so that nothing is kept.
func (c call) body() (io.Reader, aws.Option[int64], error) {
	r := c.request
	length := aws.Option[int64]{}
	if r.ContentLength >= 0 {
		length = aws.Some(r.ContentLength)
	}
	var body io.Reader = r.Body
	digest := r.Header.Get("X-Amz-Content-Sha256")
	if strings.HasPrefix(digest, "STREAMING-") {
		decoded, err := strconv.ParseInt(r.Header.Get("X-Amz-Decoded-Content-Length"), 10, 64)
		if err != nil || decoded < 0 {
			return nil, length, fault(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
		}
		return trailing(newChunks(body), r.Header.Get("X-Amz-Trailer")), aws.Some(decoded), nil
	}
	if signatureForm.MatchString(digest) {
		body = &verifier{
			from: body, hash: sha256.New(), want: func() string { return digest }, encode: hex.EncodeToString,
			mismatch: fault(http.StatusBadRequest, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed."),
		}
	}
	for name, sum := range checksums {
		if value := r.Header.Get(checksumPrefix + name); value != "" {
			body = checksummed(body, name, sum(), func() string { return value })
		}
	}
	return body, length, nil
}

// verifier hands a stream on and fails at its end when its hash is not the one
// promised.
type verifier struct {
	from     io.Reader
	hash     hash.Hash
	want     func() string // asked at the end
	encode   func([]byte) string
	mismatch error
}

// Read reads on.
func (v *verifier) Read(p []byte) (int, error) {
	n, err := v.from.Read(p)
	_, _ = v.hash.Write(p[:n]) // a hash never fails
	if err == io.EOF {
		if want := v.want(); want != "" && v.encode(v.hash.Sum(nil)) != want {
			return n, v.mismatch
		}
	}
	return n, err
}
