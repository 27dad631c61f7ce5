package scaledjpeg

import "slices"

// window is how many bits are looked up at once.
const window = 12

// table is a Huffman table, ready for looking up what the next bits mean. A
// symbol is one byte: the upper half is a number of zeros, the lower one the
// size in bits of the value that stands behind the code.
type table struct {
	symbols [256]byte
	count   [17]int32           // codes of each length
	known   [1 << window]code   // by the next bits
	skips   *[1 << window]skip  // by the next bits; nil until it is needed
	values  *[1 << window]value // by the next bits; nil until it is needed
}

// code is what the next bits begin with; of length 0 if that is longer than
// the window.
type code struct {
	length, symbol uint8
}

// value is a code with the value behind it, if both are in the window: the bits
// they take in the lowest byte, the zeros before it in the next, the value above.
// 0 means that they are not.
type value uint32

// skip is as many codes, and what stands behind them, as begin in the window:
// the bits they take in the low byte, the frequencies they are for above. With
// endOfBlock added, the last of them says that all others are zero. stuck means
// that not even one code is whole.
type skip uint16

const (
	longestSkip      = 18 // bits
	endOfBlock       = 64
	stuck       skip = 0xff00
)

// longestDifference is the most bits that the difference of two means has, with
// 8 bits a sample.
const longestDifference = 11

// The symbols without a value.
const (
	symbolEnd  = 0x00 // all further frequencies are zero
	symbolZero = 0xf0 // 16 are
)

// defineTables reads Huffman tables.
func (d *decoder) defineTables(body []byte) error {
	for len(body) > 0 {
		if len(body) < 17 {
			return BrokenError("a Huffman table is cut short")
		}
		class, which := body[0]>>4, body[0]&15
		if class > 1 || which > 3 {
			return BrokenError("a Huffman table has a bad number")
		}
		t := &table{}
		total := 0
		for length := 1; length <= 16; length++ {
			t.count[length] = int32(body[length])
			total += int(body[length])
		}
		if total == 0 || total > 256 || len(body) < 17+total {
			return BrokenError("a Huffman table has a wrong length")
		}
		copy(t.symbols[:], body[17:17+total])
		if class == classDC && slices.Max(t.symbols[:total]) > longestDifference {
			return BrokenError("a Huffman table has an impossible size")
		}
		if !t.fill() {
			return BrokenError("a Huffman table has too many codes")
		}
		d.tables[class][which] = t
		body = body[17+total:]
	}
	return nil
}

// fill makes the look-up of codes; false if the codes do not fit their lengths.
func (t *table) fill() bool {
	next, symbol := int32(0), 0
	for length := 1; length <= 16; length++ {
		if next+t.count[length] > 1<<length {
			return false
		}
		for range t.count[length] {
			if length <= window {
				first := int(next) << (window - length)
				for i := range 1 << (window - length) {
					t.known[first+i] = code{uint8(length), t.symbols[symbol]}
				}
			}
			next++
			symbol++
		}
		next <<= 1
	}
	return true
}

// long finds a code that may be longer than the window, bit by bit. bits has it
// at its highest; the length is 0 if there is no such code.
func (t *table) long(bits uint64) code {
	first, before := int32(0), int32(0)
	for length := 1; length <= 16; length++ {
		if at := int32(bits>>(64-length)) - first; at < t.count[length] { //nolint:gosec // 16 bits at most
			return code{uint8(length), t.symbols[before+at]}
		}
		before += t.count[length]
		first = (first + t.count[length]) << 1
	}
	return code{}
}

// extend makes a signed number of the first size bits: those that begin with 0
// are negative.
func extend(bits uint64, size uint8) int32 {
	n := int32(bits >> 1 >> (63 - size)) //nolint:gosec // 15 bits at most
	if size > 0 && n < 1<<(size-1) {
		n += -1<<size + 1
	}
	return n
}

// withValues makes the look-up of values.
func (t *table) withValues() {
	if t.values != nil {
		return
	}
	t.values = new([1 << window]value)
	for i := range t.values {
		c := t.known[i]
		used := c.length + c.symbol&15
		if c.length == 0 || used > window {
			continue
		}
		n := extend(uint64(i)<<(64-window+c.length), c.symbol&15)
		t.values[i] = value(used) | value(c.symbol>>4)<<8 | value(uint16(n))<<16 //nolint:gosec // two's complement
	}
}

// withSkips makes the look-up of skips.
func (t *table) withSkips() {
	if t.skips != nil {
		return
	}
	t.skips = new([1 << window]skip)
	for i := range t.skips {
		t.skips[i] = t.skipAt(i)
	}
}

// skipAt puts together what can be skipped when the next bits are those of i.
func (t *table) skipAt(i int) skip {
	bits, far := 0, 0
	for bits < window {
		c := t.known[i<<bits&(1<<window-1)]
		size := int(c.symbol & 15)
		if c.length == 0 || bits+int(c.length) > window || bits+int(c.length)+size > longestSkip {
			break
		}
		if c.symbol == symbolEnd {
			return skip(bits+int(c.length)) | skip(far+endOfBlock)<<8 //nolint:gosec // far below 65,536
		}
		step := int(c.symbol>>4) + 1
		if size == 0 && c.symbol != symbolZero || far+step >= 64 {
			break
		}
		bits += int(c.length) + size
		far += step
	}
	if bits == 0 {
		return stuck
	}
	return skip(bits) | skip(far)<<8
}
