package value

import (
	"encoding/binary"
	"errors"
	"fmt"

	"awslab/aws"
)

// ErrCorruptItem is what DecodeItem gives for bytes that EncodeItem never wrote.
var ErrCorruptItem = errors.New("the stored item is corrupt")

// DecodeItem reads what EncodeItem wrote, all of src. It keeps no part of src.
// Anything else is ErrCorruptItem, and a form of a later version too.
func DecodeItem(src []byte) (aws.Item, error) {
	if len(src) == 0 || src[0] != codecVersion {
		return nil, fmt.Errorf("%w: not of version %d", ErrCorruptItem, codecVersion)
	}
	// One copy of it all, of which every name and string is then a part.
	d := decoder{text: string(src), at: 1}
	item := decodeMap[aws.Item](&d, 1)
	if !d.failed && d.at != len(d.text) {
		d.fail()
	}
	if d.failed {
		return nil, fmt.Errorf("%w: at byte %d of %d", ErrCorruptItem, d.at, len(src))
	}
	return item, nil
}

// decoder reads text from at on. Once it has failed it gives zero values, so
// that what uses it need look only once.
type decoder struct {
	text   string
	at     int
	failed bool
}

func (d *decoder) fail() { d.failed = true }

func (d *decoder) left() int { return len(d.text) - d.at }

func (d *decoder) byte() byte {
	if d.failed || d.left() == 0 {
		d.fail()
		return 0
	}
	b := d.text[d.at]
	d.at++
	return b
}

// length reads a count of things that take a byte or more each.
func (d *decoder) length() int {
	n := 0
	for shift := 0; shift < 7*binary.MaxVarintLen32; shift += 7 {
		b := d.byte()
		n |= int(b&0x7F) << shift
		if b < 0x80 {
			if n < 0 || n > d.left() {
				break
			}
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) string() string {
	n := d.length()
	if d.failed {
		return ""
	}
	d.at += n
	return d.text[d.at-n : d.at]
}

func decodeMap[M ~map[string]aws.AttributeValue](d *decoder, level int) M {
	n := d.length()
	out := make(M, min(n, d.left()/2)) // an entry takes two bytes or more
	last := ""
	for i := 0; i < n && !d.failed; i++ {
		name := d.string()
		if i > 0 && name <= last {
			d.fail()
		}
		last = name
		out[name] = d.value(level)
	}
	return out
}

func (d *decoder) value(level int) aws.AttributeValue {
	if level > MaxNesting {
		d.fail()
		return nil
	}
	switch d.byte() {
	case tagS:
		return aws.S(d.string())
	case tagN:
		return aws.N(d.string())
	case tagB:
		return aws.B(d.string())
	case tagTrue:
		return aws.BOOL(true)
	case tagFalse:
		return aws.BOOL(false)
	case tagNull:
		return aws.NULL(true)
	case tagM:
		return decodeMap[aws.M](d, level+1)
	case tagL:
		out := make(aws.L, d.length())
		for i := 0; i < len(out) && !d.failed; i++ {
			out[i] = d.value(level + 1)
		}
		return out
	case tagSS:
		return aws.SS(decodeMembers[string](d))
	case tagNS:
		return aws.NS(decodeMembers[string](d))
	case tagBS:
		return aws.BS(decodeMembers[[]byte](d))
	}
	d.fail()
	return nil
}

func decodeMembers[T string | []byte](d *decoder) []T {
	out := make([]T, d.length())
	for i := range out {
		out[i] = T(d.string())
	}
	return out
}
