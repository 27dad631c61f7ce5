package scaledjpeg

// first reads the difference of a block's first frequency to that of the block
// before.
func (r *reader) first(dc *table) (difference int32, ok bool) {
	bits := peek(r.plain, r.pos)
	v := dc.values[bits>>(64-window)]
	if v == 0 {
		return r.firstSlowly(dc, bits)
	}
	r.pos += uint(v & 0xff)
	return int32(v) >> 16, true //nolint:gosec // two's complement
}

func (r *reader) firstSlowly(dc *table, bits uint64) (difference int32, ok bool) {
	c := dc.long(bits)
	if c.length == 0 {
		return 0, false
	}
	r.pos += uint(c.length + c.symbol)
	return extend(bits<<c.length, c.symbol), true
}

// pair reads a number of zeros and the frequency that stands behind them. That
// may be a zero, too: the 16th, or, with none before it, the first of zeros up to
// the block's end.
func (r *reader) pair(ac *table) (zeros int, n int32, ok bool) {
	bits := peek(r.plain, r.pos)
	if v := ac.values[bits>>(64-window)]; v != 0 {
		r.pos += uint(v & 0xff)
		zeros, n = int(v>>8&0xff), int32(v)>>16 //nolint:gosec // two's complement
	} else {
		c := ac.long(bits)
		if c.length == 0 {
			return 0, 0, false
		}
		r.pos += uint(c.length + c.symbol&15)
		zeros, n = int(c.symbol>>4), extend(bits<<c.length, c.symbol&15)
	}
	return zeros, n, n != 0 || zeros == 0 || zeros == 15
}

// skip passes over a block's frequencies from the k-th on. It is most of what
// decoding to an eighth consists of: so it has all in registers, and looks up as
// often as there surely are bits, without counting those that are left.
func (r *reader) skip(ac *table, k int) bool {
	skips, plain, pos := ac.skips, r.plain, r.pos
	for {
		bits := peek(plain, pos)
		for range peeked / longestSkip {
			s := skips[bits>>(64-window)]
			next := k + int(s>>8)
			if next < 64 {
				bits <<= s & 63
				pos += uint(s & 63)
				k = next
				continue
			}
			if s < stuck && s>>8 >= endOfBlock && next-endOfBlock < 64 {
				r.pos = pos + uint(s&63)
				return true
			}
			r.pos = pos
			return r.skipSlowly(ac, k)
		}
	}
}

// skipSlowly passes over them one by one: near the block's end, or where a code
// is long.
func (r *reader) skipSlowly(ac *table, k int) bool {
	for k < 64 {
		c := ac.long(peek(r.plain, r.pos))
		size := c.symbol & 15
		if c.length == 0 || size == 0 && c.symbol != symbolEnd && c.symbol != symbolZero {
			return false
		}
		r.pos += uint(c.length + size)
		if c.symbol == symbolEnd {
			return true
		}
		k += int(c.symbol>>4) + 1
	}
	return k == 64
}

// lowest reads the frequencies of a block from the second to the last that is
// needed, times their factors, into their places, and passes over the others.
func (r *reader) lowest(ac *table, last int, factors, block *[64]int32) bool {
	k := 1
	for k <= last {
		zeros, n, ok := r.pair(ac)
		k += zeros
		if !ok || k > 63 {
			return false
		}
		if n == 0 && zeros == 0 {
			return true // all the others are zero
		}
		block[zigzag[k]] = n * factors[k] << fraction
		k++
	}
	return r.skip(ac, k)
}
