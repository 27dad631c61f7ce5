package s3

import (
	"crypto/sha1" //nolint:gosec // for its size
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc32"
	"strconv"
	"strings"

	"awslab/aws"
)

// algorithm makes checksums. Their numbers are stored: they stay as they are.
type algorithm byte

const (
	noChecksum algorithm = iota
	checksumCRC32
	checksumCRC32C
	checksumCRC64
	checksumSHA1
	checksumSHA256
)

// defaultChecksum is of objects whose sender gave none.
const defaultChecksum = checksumCRC64

// algorithms are what is known of each.
var algorithms = [...]struct {
	name string
	size int // of a checksum, in bytes
	// polynomial is of those whose checksums can be joined; reversed.
	polynomial uint64
}{
	checksumCRC32:  {"CRC32", 4, crc32.IEEE},
	checksumCRC32C: {"CRC32C", 4, crc32.Castagnoli},
	checksumCRC64:  {"CRC64NVME", 8, aws.CRC64NVME},
	checksumSHA1:   {"SHA1", sha1.Size, 0},
	checksumSHA256: {"SHA256", sha256.Size, 0},
}

// algorithmNamed finds an algorithm; none for "".
func algorithmNamed(name string) (algorithm, error) {
	for number, a := range algorithms {
		if a.name == name {
			return algorithm(number), nil
		}
	}
	return noChecksum, invalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
}

func (a algorithm) String() string { return algorithms[a].name }

// header is how S3 calls the algorithm in headers and most messages; "null" for
// none.
func (a algorithm) header() string {
	if a == noChecksum {
		return "null"
	}
	return strings.ToLower(a.String())
}

func (a algorithm) hash() hash.Hash { return aws.NewChecksum(a.String()) }

// of is the checksum of some bytes.
func (a algorithm) of(content []byte) checksum {
	h := a.hash()
	_, _ = h.Write(content) // a hash never fails
	return checksum{algorithm: a, value: h.Sum(nil)}
}

// checksum is what is stored of a checksum; its zero value is none.
type checksum struct {
	algorithm
	composite bool // of the parts' checksums
	value     []byte
}

// kind is the checksum's type as S3 calls it.
func (c checksum) kind() string {
	switch {
	case c.algorithm == noChecksum:
		return ""
	case c.composite:
		return aws.ChecksumComposite
	}
	return aws.ChecksumFullObject
}

// out is the checksum as S3 tells it, of content that came in so many parts.
func (c checksum) out(parts int) (out aws.Checksums) {
	if c.algorithm != noChecksum {
		text := base64.StdEncoding.EncodeToString(c.value)
		if c.composite {
			text += "-" + strconv.Itoa(parts)
		}
		out.Set(c.String(), text)
	}
	return out
}

// names is the algorithm as lists of objects tell it.
func (c checksum) names() []string {
	if c.algorithm == noChecksum {
		return nil
	}
	return []string{c.String()}
}

// promised is the checksum that a sender gives of what comes: with its value, or
// only by its algorithm, or not at all.
func promised(name string, given aws.Checksums) (c checksum, err error) {
	if c.algorithm, err = algorithmNamed(name); err != nil {
		return c, err
	}
	for name, text := range given.All() {
		if c.value != nil {
			return c, invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
		}
		c.algorithm, _ = algorithmNamed(name) // it is one
		c.value, err = base64.StdEncoding.DecodeString(text)
		if err != nil || len(c.value) != algorithms[c.algorithm].size {
			return c, invalidRequest("Value for x-amz-checksum-" + c.header() + " header is invalid.")
		}
	}
	return c, nil
}

// joined is the checksum of two contents, the second so many bytes long, one after
// the other. Only a CRC's can be had from theirs.
func (c checksum) joined(second checksum, length int64) checksum {
	a := algorithms[c.algorithm]
	if c.algorithm != second.algorithm || a.polynomial == 0 {
		return checksum{}
	}
	f := field{polynomial: a.polynomial, one: 1 << (8*a.size - 1)}
	sum := f.times(f.shift(length), number64(c.value)) ^ number64(second.value)
	whole := binary.BigEndian.AppendUint64(nil, sum)
	return checksum{algorithm: c.algorithm, value: whole[len(whole)-a.size:]}
}

// number64 reads a CRC.
func number64(value []byte) (n uint64) {
	for _, b := range value {
		n = n<<8 | uint64(b)
	}
	return n
}

// field is the polynomials modulo a CRC's, their bits reversed as in the CRC.
type field struct{ polynomial, one uint64 }

// times multiplies.
func (f field) times(a, b uint64) (product uint64) {
	for bit := f.one; bit > 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		b = f.timesX(b)
	}
	return product
}

func (f field) timesX(a uint64) uint64 {
	if a&1 != 0 {
		return a>>1 ^ f.polynomial
	}
	return a >> 1
}

// shift is what a CRC is multiplied by when so many bytes follow.
func (f field) shift(length int64) uint64 {
	power, out := f.one, f.one
	for range 8 {
		power = f.timesX(power) // one byte
	}
	for ; length > 0; length >>= 1 {
		if length&1 != 0 {
			out = f.times(out, power)
		}
		power = f.times(power, power)
	}
	return out
}

// mismatch is the error of content that has not the checksum that was promised.
func (c checksum) mismatch() error {
	return fault{badDigest.code, fmt.Sprintf("The %s you specified did not match the calculated checksum.", c)}.err()
}

func invalidRequest(message string) error {
	return &aws.Error{Code: "InvalidRequest", Message: message}
}
