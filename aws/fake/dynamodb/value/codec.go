package value

import (
	"encoding/binary"
	"slices"

	"awslab/aws"
)

// codecVersion leads every encoded item, so that the form may change.
const codecVersion = 1

// The first byte of an encoded value.
const (
	tagS byte = iota + 1
	tagN
	tagB
	tagTrue
	tagFalse
	tagNull
	tagM
	tagL
	tagSS
	tagNS
	tagBS
)

// EncodeItem appends a normalised item to dst in the form that DecodeItem
// reads. Equal items become equal bytes: the attributes are sorted by name. An
// absent value (nil), which Normalize refuses, becomes NULL.
func EncodeItem(dst []byte, item aws.Item) []byte {
	return appendMap(append(dst, codecVersion), item)
}

func appendMap[M ~map[string]aws.AttributeValue](dst []byte, m M) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(m)))
	var buf [24]string // enough for most items without touching the heap
	names := buf[:0]
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		dst = appendText(dst, name)
		dst = appendValue(dst, m[name])
	}
	return dst
}

func appendValue(dst []byte, v aws.AttributeValue) []byte {
	switch v := v.(type) {
	case aws.S:
		return appendText(append(dst, tagS), v)
	case aws.N:
		return appendText(append(dst, tagN), v)
	case aws.B:
		return appendText(append(dst, tagB), v)
	case aws.BOOL:
		if v {
			return append(dst, tagTrue)
		}
		return append(dst, tagFalse)
	case aws.M:
		return appendMap(append(dst, tagM), v)
	case aws.L:
		dst = binary.AppendUvarint(append(dst, tagL), uint64(len(v)))
		for _, element := range v {
			dst = appendValue(dst, element)
		}
		return dst
	case aws.SS:
		return appendMembers(append(dst, tagSS), v)
	case aws.NS:
		return appendMembers(append(dst, tagNS), v)
	case aws.BS:
		return appendMembers(append(dst, tagBS), v)
	}
	return append(dst, tagNull)
}

func appendMembers[T ~string | ~[]byte](dst []byte, members []T) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(members)))
	for _, member := range members {
		dst = appendText(dst, member)
	}
	return dst
}

func appendText[T ~string | ~[]byte](dst []byte, text T) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	return append(dst, text...)
}
