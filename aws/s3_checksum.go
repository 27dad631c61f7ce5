package aws

import (
	"crypto/sha1" //nolint:gosec // one of the checksums that S3 offers, against damage and not against forgery
	"crypto/sha256"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"iter"
)

// ChecksumAlgorithms are those by which S3 holds content against damage, and which
// this program knows.
var ChecksumAlgorithms = []string{"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"}

// CRC64NVME is the polynomial of the algorithm of that name, its bits reversed.
const CRC64NVME = 0x9a6c9329ac4bc9b5

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	nvme       = crc64.MakeTable(CRC64NVME)
)

// NewChecksum begins a checksum by an algorithm; nil when there is none of that
// name.
func NewChecksum(algorithm string) hash.Hash {
	switch algorithm {
	case "CRC32":
		return crc32.NewIEEE()
	case "CRC32C":
		return crc32.New(castagnoli)
	case "CRC64NVME":
		return crc64.New(nvme)
	case "SHA1":
		return sha1.New() //nolint:gosec // likewise
	case "SHA256":
		return sha256.New()
	}
	return nil
}

// The types of checksums: of all of the content, or of the checksums of the parts
// of a multipart upload, then with "-" and their number at the end.
const (
	ChecksumFullObject = "FULL_OBJECT"
	ChecksumComposite  = "COMPOSITE"
)

// Checksums is the checksum of some content, in base64, under the algorithm that
// made it. AWS has them side by side; one at most is set.
type Checksums struct {
	ChecksumCRC32     string `json:",omitempty"`
	ChecksumCRC32C    string `json:",omitempty"`
	ChecksumCRC64NVME string `json:",omitempty"`
	ChecksumSHA1      string `json:",omitempty"`
	ChecksumSHA256    string `json:",omitempty"`
}

// Set sets the checksum of an algorithm. It reports whether there is such an
// algorithm.
func (c *Checksums) Set(algorithm, value string) bool {
	member := c.member(algorithm)
	if member != nil {
		*member = value
	}
	return member != nil
}

// Of gives the checksum of an algorithm; "" when it is not set.
func (c Checksums) Of(algorithm string) string {
	if member := c.member(algorithm); member != nil {
		return *member
	}
	return ""
}

// All gives the checksums that are set, with their algorithms.
func (c Checksums) All() iter.Seq2[string, string] {
	return func(yield func(algorithm, value string) bool) {
		for _, algorithm := range ChecksumAlgorithms {
			if value := c.Of(algorithm); value != "" && !yield(algorithm, value) {
				return
			}
		}
	}
}

func (c *Checksums) member(algorithm string) *string {
	switch algorithm {
	case "CRC32":
		return &c.ChecksumCRC32
	case "CRC32C":
		return &c.ChecksumCRC32C
	case "CRC64NVME":
		return &c.ChecksumCRC64NVME
	case "SHA1":
		return &c.ChecksumSHA1
	case "SHA256":
		return &c.ChecksumSHA256
	}
	return nil
}
