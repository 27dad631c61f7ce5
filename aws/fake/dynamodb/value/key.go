package value

import (
	"bytes"
	"errors"
	"fmt"

	"awslab/aws"
)

// ErrKeyType is a value, or a type, that cannot be a key: keys are S, N or B.
var ErrKeyType = errors.New("not a type of key")

// ErrCorruptKey is what DecodeKey gives for bytes that AppendKey never wrote.
var ErrCorruptKey = errors.New("the encoded key is corrupt")

// A string or binary is written with each zero byte escaped, then a terminator
// that sorts before anything that could follow instead.
const (
	zero       = 0x00
	escaped    = 0xFF // after zero: a zero byte of the value
	terminator = 0x00 // after zero: the end of the value
)

// AppendKey appends v (S, N or B) to dst so that the byte order of keys is the
// order of Compare. It is self-delimiting: what is appended next sorts within
// equal values, so a partition key and a sort key make one key. Its faults are
// ErrKeyType and those of a number.
func AppendKey(dst []byte, v aws.AttributeValue) ([]byte, error) {
	switch v := v.(type) {
	case aws.S:
		return append(appendEscaped(dst, v), zero, terminator), nil
	case aws.B:
		return append(appendEscaped(dst, v), zero, terminator), nil
	case aws.N:
		n, fault := parseNumber(string(v))
		if fault != nil {
			return dst, fault
		}
		return n.appendKey(dst), nil
	}
	return dst, keyTypeError(v)
}

// AppendKeyPrefix appends the bytes with which the key of every value begins
// that begins with v (S or B), and no other key of that type: what begins_with
// seeks.
func AppendKeyPrefix(dst []byte, v aws.AttributeValue) ([]byte, error) {
	switch v := v.(type) {
	case aws.S:
		return appendEscaped(dst, v), nil
	case aws.B:
		return appendEscaped(dst, v), nil
	}
	return dst, keyTypeError(v)
}

func keyTypeError(v aws.AttributeValue) error {
	if v == nil {
		return fmt.Errorf("no value: %w", ErrKeyType)
	}
	return fmt.Errorf("%s: %w", v.Type(), ErrKeyType)
}

func appendEscaped[T ~string | ~[]byte](dst []byte, v T) []byte {
	for i := 0; i < len(v); i++ {
		dst = append(dst, v[i])
		if v[i] == zero {
			dst = append(dst, escaped)
		}
	}
	return dst
}

// DecodeKey reads one value of type t that AppendKey wrote off the front of
// src, and gives what follows it. Numbers come back in their normal form.
func DecodeKey(src []byte, t aws.AttributeType) (v aws.AttributeValue, rest []byte, err error) {
	switch t {
	case aws.TypeS:
		raw, rest, err := decodeEscaped(src)
		return aws.S(raw), rest, err
	case aws.TypeB:
		raw, rest, err := decodeEscaped(src)
		return aws.B(raw), rest, err
	case aws.TypeN:
		n, rest, err := decodeNumberKey(src)
		return aws.N(n.text()), rest, err
	default:
		return nil, src, fmt.Errorf("%s: %w", t, ErrKeyType)
	}
}

func decodeEscaped(src []byte) (raw, rest []byte, err error) {
	raw = []byte{}
	for {
		at := bytes.IndexByte(src, zero)
		if at < 0 || at+1 >= len(src) {
			return nil, src, ErrCorruptKey
		}
		raw = append(raw, src[:at]...)
		mark := src[at+1]
		src = src[at+2:]
		switch mark {
		case terminator:
			return raw, src, nil
		case escaped:
			raw = append(raw, zero)
		default:
			return nil, src, ErrCorruptKey
		}
	}
}

// A number's key is its sign, then its exponent in one byte, then its digits
// two by two, each pair plus one, then zero. Of a negative number all but the
// first byte is complemented, which turns its order around.
const (
	keyNegative = 0x01
	keyZero     = 0x02
	keyPositive = 0x03
	keyEnd      = 0x00
)

func (n *number) appendKey(dst []byte) []byte {
	if n.count == 0 {
		return append(dst, keyZero)
	}
	sign, mask := byte(keyPositive), byte(0)
	if n.negative {
		sign, mask = keyNegative, 0xFF
	}
	exponent := byte(n.exponent - minExponent) //nolint:gosec // 0 to 255, by the range of a number
	dst = append(dst, sign, exponent^mask)
	for i := 0; i < n.count; i += 2 {
		pair := n.digits[i] * 10
		if i+1 < n.count {
			pair += n.digits[i+1]
		}
		dst = append(dst, (pair+1)^mask)
	}
	return append(dst, keyEnd^mask)
}

func decodeNumberKey(src []byte) (n number, rest []byte, err error) {
	if len(src) == 0 {
		return number{}, src, ErrCorruptKey
	}
	sign, src := src[0], src[1:]
	mask := byte(0)
	switch sign {
	case keyZero:
		return number{}, src, nil
	case keyNegative:
		n.negative, mask = true, 0xFF
	case keyPositive:
	default:
		return number{}, src, ErrCorruptKey
	}
	end := bytes.IndexByte(src, keyEnd^mask)
	if end == 0 && len(src) > 1 { // the exponent may look like the end
		end = 1 + bytes.IndexByte(src[1:], keyEnd^mask)
	}
	if end < 2 || end-1 > maxDigits/2 {
		return number{}, src, ErrCorruptKey
	}
	n.exponent = int(src[0]^mask) + minExponent
	for _, b := range src[1:end] {
		pair := b ^ mask - 1
		if pair > 99 {
			return number{}, src, ErrCorruptKey
		}
		n.digits[n.count], n.digits[n.count+1] = pair/10, pair%10
		n.count += 2
	}
	if n.digits[n.count-1] == 0 {
		n.count--
	}
	if n.digits[0] == 0 || n.digits[n.count-1] == 0 {
		return number{}, src, ErrCorruptKey
	}
	return n, src[end+1:], nil
}
