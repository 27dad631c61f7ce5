package scaledjpeg

import (
	"bytes"
	"encoding/binary"
)

// reader reads the bits of a scan. In the file, a byte 0xff among them has 0x00
// behind it; with anything else, it is a marker, and the bits end there.
type reader struct {
	data  []byte
	next  int    // in data: what comes into the buffer next
	ended bool   // a marker does, or data are at an end
	plain []byte // the buffer: bytes without the zeros behind 0xff
	whole int    // how many of these are of data; those behind are made-up zeros
	pos   uint   // in plain, in bits: what is read next
}

const (
	// peeked is how many bits are sure to be right when some are looked at. No
	// code with its value is longer than longestCode.
	peeked      = 57
	longestCode = 16 + 15
	// ahead is how many bytes are in the buffer at least when a unit begins. No
	// unit is longer: ten blocks of 64 codes with their values.
	ahead = 10*64*longestCode/8 + 8
	// chunk is about how many bytes come into the buffer at once: so many that
	// it takes no time, and so few that they stay in the processor's cache.
	chunk = 32 << 10
)

// zeros come behind the data.
var zeros [ahead]byte

// peek gives the next bits, from the highest on.
func peek(plain []byte, pos uint) uint64 {
	return binary.BigEndian.Uint64(plain[pos>>3:]) << (pos & 7)
}

// scarce tells whether the buffer may not have enough for a unit.
func (r *reader) scarce() bool { return len(r.plain)-int(r.pos>>3) < ahead }

// load brings more bytes into the buffer.
func (r *reader) load() {
	if r.plain == nil {
		r.plain = make([]byte, 0, chunk+2*ahead)
	}
	read := int(r.pos >> 3)
	r.plain = r.plain[:copy(r.plain[:cap(r.plain)], r.plain[read:])]
	r.whole -= read
	r.pos &= 7
	for !r.ended && len(r.plain) < chunk {
		rest := r.data[r.next:min(r.next+chunk-len(r.plain), len(r.data))]
		run := bytes.IndexByte(rest, 0xff)
		if run < 0 {
			run = len(rest)
		}
		r.plain = append(r.plain, rest[:run]...)
		r.next += run
		switch rest = r.data[r.next:]; {
		case len(rest) > 1 && rest[0] == 0xff && rest[1] == 0:
			r.plain = append(r.plain, 0xff)
			r.next += 2
		case len(rest) == 0 || rest[0] == 0xff:
			r.ended = true
			r.whole = len(r.plain)
		}
	}
	if r.ended {
		r.plain = append(r.plain, zeros[:]...)
	} else {
		r.whole = len(r.plain)
	}
}

// left is how many bits of the file are not read, as far as the buffer goes;
// below zero when made-up ones were.
func (r *reader) left() int { return r.whole*8 - int(r.pos) }

// restart moves past a restart marker, which must come next.
func (r *reader) restart(marker byte) bool {
	if !r.ended {
		r.load()
	}
	// The last byte may be padded; another one would be data too many.
	padding, rest := r.left(), r.data[r.next:]
	if !r.ended || padding < 0 || padding >= 8 || len(rest) < 2 || rest[1] != marker {
		return false
	}
	*r = reader{data: r.data, next: r.next + 2, plain: r.plain[:0]}
	return true
}
