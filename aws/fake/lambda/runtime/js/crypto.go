package js

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // functions ask for it by name
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // likewise
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"

	"modernc.org/quickjs"
)

// hashes are the algorithms of createHash and createHmac.
var hashes = map[string]func() hash.Hash{
	"md5":    md5.New,
	"sha1":   sha1.New,
	"sha224": sha256.New224,
	"sha256": sha256.New,
	"sha384": sha512.New384,
	"sha512": sha512.New,
}

// maxRandom bounds one request for random bytes.
const maxRandom = 16 << 20

// cryptoFunctions are the prelude's host functions for the crypto module; all bytes are base64.
var cryptoFunctions = map[string]quickjs.HostFunc{
	// hash(algorithm, data)
	"hash": func(args []any) (any, error) {
		algorithm, ok := hashes[text(args, 0)]
		if !ok {
			return nil, nil
		}
		h := algorithm()
		h.Write(fromBase64(args, 1))
		return toBase64(h.Sum(nil)), nil
	},
	// hmac(algorithm, key, data)
	"hmac": func(args []any) (any, error) {
		algorithm, ok := hashes[text(args, 0)]
		if !ok {
			return nil, nil
		}
		h := hmac.New(algorithm, fromBase64(args, 1))
		h.Write(fromBase64(args, 2))
		return toBase64(h.Sum(nil)), nil
	},
	// random(size)
	"random": func(args []any) (any, error) {
		n := int(number(args))
		if n < 0 || n > maxRandom {
			return nil, fmt.Errorf("random bytes: %d is out of range", n)
		}
		bytes := make([]byte, n)
		if _, err := rand.Read(bytes); err != nil {
			return nil, err
		}
		return toBase64(bytes), nil
	},
}
