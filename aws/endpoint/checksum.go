package endpoint

import (
	"crypto/md5" //nolint:gosec // S3's digest is MD5
	"encoding/base64"
	"hash"
	"io"
	"net/http"
	"slices"
	"strings"

	"awslab/aws"
)

const checksumPrefix = "X-Amz-Checksum-"

// checksumOf reads the algorithm in the name of a header that a checksum comes in,
// "x-amz-checksum-crc32".
func checksumOf(header string) (algorithm string, ok bool) {
	if len(header) <= len(checksumPrefix) || !strings.EqualFold(header[:len(checksumPrefix)], checksumPrefix) {
		return "", false
	}
	algorithm = strings.ToUpper(header[len(checksumPrefix):])
	return algorithm, !slices.Contains([]string{"ALGORITHM", "MODE", "TYPE"}, algorithm)
}

// checksums are those that a request's headers promise.
func (c call) checksums() (out aws.Checksums, err error) {
	for name, values := range c.request.Header {
		if algorithm, ok := checksumOf(name); ok && !out.Set(algorithm, values[0]) {
			return out, unknownHeader
		}
	}
	return out, nil
}

// trailed is the algorithm of the checksum that comes after a request's body; "" for
// none.
func (c call) trailed() (string, error) {
	algorithm, ok := checksumOf(c.request.Header.Get("X-Amz-Trailer"))
	switch {
	case !ok:
		return "", nil
	case !slices.Contains(aws.ChecksumAlgorithms, algorithm):
		return "", unknownHeader
	}
	return algorithm, nil
}

// promised are the checksums in a request's headers, and the algorithm of the one
// that comes after its body.
func (c call) promised() (sums aws.Checksums, trailed string, err error) {
	if sums, err = c.checksums(); err == nil {
		trailed, err = c.trailed()
	}
	return sums, trailed, err
}

// unknownHeader refuses a header that S3, too, does not take.
var unknownHeader = fault(http.StatusNotImplemented, "NotImplemented", "A header you provided implies functionality that is not implemented")

// checksummed verifies that a body has a checksum, which is known at its end.
func checksummed(body io.Reader, algorithm string, want func() string) io.Reader {
	return &verifier{
		from: body, hash: aws.NewChecksum(algorithm), want: want, encode: base64.StdEncoding.EncodeToString,
		mismatch: fault(http.StatusBadRequest, "BadDigest", "The "+algorithm+" you specified did not match the calculated checksum."),
	}
}

// verified verifies a document by the digest and the checksums of its headers.
func (c call) verified(document io.Reader) (io.Reader, error) {
	if digest := c.request.Header.Get("Content-Md5"); digest != "" {
		if sum, err := base64.StdEncoding.DecodeString(digest); err != nil || len(sum) != md5.Size {
			return nil, fault(http.StatusBadRequest, "InvalidDigest", "The Content-MD5 you specified was invalid.")
		}
		document = &verifier{
			from: document, hash: md5.New(), want: func() string { return digest }, encode: base64.StdEncoding.EncodeToString, //nolint:gosec // S3's digest is MD5
			mismatch: fault(http.StatusBadRequest, "BadDigest", "The Content-MD5 you specified did not match what we received."),
		}
	}
	sums, err := c.checksums()
	for algorithm, value := range sums.All() {
		document = checksummed(document, algorithm, func() string { return value })
	}
	return document, err
}

// checksumsXML is a checksum in a document.
type checksumsXML struct {
	ChecksumCRC32     string `xml:",omitempty"`
	ChecksumCRC32C    string `xml:",omitempty"`
	ChecksumCRC64NVME string `xml:",omitempty"`
	ChecksumSHA1      string `xml:",omitempty"`
	ChecksumSHA256    string `xml:",omitempty"`
}

// tellChecksums tells of a checksum in an answer's headers.
func tellChecksums(h http.Header, sums aws.Checksums, kind string) {
	for algorithm, value := range sums.All() {
		h.Set(checksumPrefix+strings.ToLower(algorithm), value)
	}
	if kind != "" {
		h.Set("x-amz-checksum-type", kind)
	}
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
		switch want := v.want(); {
		case want == "":
			return n, fault(http.StatusBadRequest, "MalformedTrailerError",
				"The request contained trailing data that was not well-formed or did not conform to our published schema.")
		case v.encode(v.hash.Sum(nil)) != want:
			return n, v.mismatch
		}
	}
	return n, err
}
