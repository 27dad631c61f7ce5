package endpoint

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"

	"awslab/aws"
)

// body is a request's content, out of the framing of its transfer, and its
// length as the client says it. Its SHA-256, if the client told it, and a checksum
// that comes after it are verified at its end: reading then fails, so that nothing
// is kept.
func (c call) body() (io.Reader, aws.Option[int64], error) {
	r := c.request
	length := aws.Option[int64]{}
	if r.ContentLength >= 0 {
		length = aws.Some(r.ContentLength)
	}
	if err := c.unmeasured(); err != nil {
		return nil, length, err
	}
	var body io.Reader = r.Body
	digest := r.Header.Get("X-Amz-Content-Sha256")
	if strings.HasPrefix(digest, "STREAMING-") {
		decoded, err := strconv.ParseInt(r.Header.Get("X-Amz-Decoded-Content-Length"), 10, 64)
		if err != nil || decoded < 0 {
			return nil, length, fault(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
		}
		length = aws.Some(decoded)
		algorithm, err := c.trailed()
		framed := newChunks(body)
		if err != nil || algorithm == "" {
			return framed, length, err
		}
		return checksummed(framed, algorithm, func() string { return framed.trailer[strings.ToLower(checksumPrefix+algorithm)] }), length, nil
	}
	switch {
	case digest == "" || digest == "UNSIGNED-PAYLOAD":
	case !signatureForm.MatchString(digest):
		return nil, length, fault(http.StatusBadRequest, "InvalidArgument",
			"x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.")
	default:
		body = &verifier{
			from: body, hash: sha256.New(), want: func() string { return digest }, encode: hex.EncodeToString,
			mismatch: fault(http.StatusBadRequest, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed."),
		}
	}
	return body, length, nil
}

// unmeasured is why a body is refused whose length the client does not tell: S3 takes
// none such.
func (c call) unmeasured() error {
	r := c.request
	told := r.Header.Get("Content-Length") != "" || r.Header.Get("X-Amz-Decoded-Content-Length") != ""
	switch {
	case r.Method != http.MethodPut || told || r.ContentLength > 0:
		return nil
	case r.ContentLength < 0:
		return unknownHeader
	}
	return fault(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
}
