package s3

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"iter"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// between walks the keys that begin with prefix and are greater than after, in
// order.
func between(c store.Cursor, prefix, after string) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		from := max(prefix, after)
		for key, value := c.Seek([]byte(from)); bytes.HasPrefix(key, []byte(prefix)) && key != nil; key, value = c.Next() {
			if string(key) == after {
				continue
			}
			if !yield(key, value) {
				return
			}
		}
	}
}

// past is the first text that is greater than all that begin with prefix; "" if
// there is none.
func past(prefix string) string {
	for n := len(prefix) - 1; n >= 0; n-- {
		if prefix[n] != 0xff {
			return prefix[:n] + string([]byte{prefix[n] + 1})
		}
	}
	return ""
}

// token makes a continuation token of the last key or common prefix of a page.
func token(last string) string {
	sum := crc32.ChecksumIEEE([]byte(last))
	return base64.URLEncoding.EncodeToString(append(binary.BigEndian.AppendUint32(nil, sum), last...))
}

// readToken gives what a token was made of; "" for none.
func readToken(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	raw, err := base64.URLEncoding.DecodeString(text)
	if err != nil || len(raw) < 4 || token(string(raw[4:])) != text {
		return "", fault{"InvalidArgument", "The continuation token provided is incorrect"}.about("ArgumentName", "continuation-token")
	}
	return string(raw[4:]), nil
}

// owner is whose the account's buckets are: S3 knows accounts by an id of its own.
func (s *Service) owner() aws.Owner {
	id := sha256.Sum256([]byte("canonical user of " + s.config.AccountID))
	return aws.Owner{ID: hex.EncodeToString(id[:])}
}
