package endpoint

import (
	"crypto/sha1" //nolint:gosec // one of the checksums that S3 offers, against damage and not against forgery
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"hash/crc32"
	"io"
	"net/http"
	"strings"
)

const checksumPrefix = "X-Amz-Checksum-"

// checksums are those of a request's body that are verified; CRC64NVME, which
// clients may send too, is taken unseen.
var checksums = map[string]func() hash.Hash{
	"Crc32":  func() hash.Hash { return crc32.NewIEEE() },
	"Crc32c": func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) },
	"Sha1":   sha1.New,
	"Sha256": sha256.New,
}

func checksummed(body io.Reader, name string, sum hash.Hash, want func() string) io.Reader {
	return &verifier{
		from: body, hash: sum, want: want, encode: base64.StdEncoding.EncodeToString,
		mismatch: fault(http.StatusBadRequest, "BadDigest", "The "+strings.ToUpper(name)+" you specified did not match the calculated checksum."),
	}
}

// trailing verifies a checksum that comes after the body, if there is one.
func trailing(body *chunks, trailer string) io.Reader {
	for name, sum := range checksums {
		if strings.EqualFold(trailer, checksumPrefix+name) {
			return checksummed(body, name, sum(), func() string { return body.trailer[strings.ToLower(trailer)] })
		}
	}
	return body
}
