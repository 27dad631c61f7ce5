package scaledjpeg

import "image"

// scan reads a scan: the blocks of one component or of several, in units.
type scan struct {
	decoder *decoder
	reader

	blocks    []unitBlock
	units     image.Point
	refines   bool      // of a progressive file: adds one bit to each mean
	shift     int       // of a progressive file: by how many bits the means are short
	frequency [64]int32 // of the block that is being read
	untilNext int       // units until the next restart marker
	restarts  byte      // the next restart marker
}

// unitBlock is one block of a unit.
type unitBlock struct {
	*component
	dc, ac *table
	x, y   int // in the unit
	h, v   int // blocks in the scan's unit, of this component
	at     int // in the plane, or in the means: where the next one goes
	step   int // from one to the next

	factors *[64]int32 // what the frequencies are to be multiplied by
	read    func(*scan, *unitBlock) bool
}

// scan reads the header of a scan, then the scan.
func (d *decoder) scan(header []byte) error {
	if d.frame == nil {
		return BrokenError("a scan comes before the frame")
	}
	if len(header) < 6 || len(header) != 4+2*int(header[0]) || int(header[0]) > len(d.frame.components) {
		return BrokenError("a scan header has a wrong length")
	}
	count := int(header[0])
	s := &scan{decoder: d, reader: reader{data: d.file, next: d.at}}
	if d.frame.progressive {
		first, last, high, low := header[1+2*count], header[2+2*count], header[3+2*count]>>4, header[3+2*count]&15
		if first > 0 {
			return nil // no means in here; the search for a marker passes over it
		}
		if last != 0 || low > 13 || high != 0 && high != low+1 {
			return BrokenError("a progressive scan has bad bounds")
		}
		s.refines, s.shift = high != 0, int(low)
	}
	for i := range count {
		if err := s.add(header[1+2*i], header[2+2*i], count); err != nil {
			return err
		}
	}
	if err := s.read(); err != nil {
		return err
	}
	d.at = s.next
	return nil
}

// add puts a component of the frame in the scan, which has so many of them.
func (s *scan) add(id, tables byte, of int) error {
	var c *component
	for i := range s.decoder.frame.components {
		if s.decoder.frame.components[i].id == id {
			c = &s.decoder.frame.components[i]
		}
	}
	if c == nil {
		return BrokenError("a scan has an unknown component")
	}
	for _, b := range s.blocks {
		if b.component == c {
			return BrokenError("a scan has a component twice")
		}
	}
	if tables>>4 > 3 || tables&15 > 3 {
		return BrokenError("a scan has a bad table number")
	}
	block := unitBlock{component: c, dc: s.decoder.tables[classDC][tables>>4], ac: s.decoder.tables[classAC][tables&15], h: c.h, v: c.v}
	if block.dc == nil && !s.refines || block.ac == nil && !s.decoder.frame.progressive {
		return BrokenError("a scan's table is missing")
	}
	c.seen = true
	s.units = s.decoder.frame.units
	if of == 1 {
		// On its own, its units are single blocks, and only those that show.
		first := s.decoder.frame.components[0]
		block.h, block.v = 1, 1
		s.units = image.Pt(blocks(s.decoder.frame.size.X*c.h, first.h), blocks(s.decoder.frame.size.Y*c.v, first.v))
	}
	for block.y = range block.v {
		for block.x = range block.h {
			s.blocks = append(s.blocks, block)
		}
	}
	if of > 1 && len(s.blocks) > 10 {
		return BrokenError("a scan has too many blocks in a unit")
	}
	return nil
}

const errDamaged = BrokenError("a scan's data are damaged")

// read reads the scan's data.
func (s *scan) read() error {
	for i := range s.blocks {
		b := &s.blocks[i]
		b.before = 0
		b.step = b.h * b.across
		b.factors = &s.decoder.quantizer[b.quantizer]
		b.read = s.how(b.component)
		if b.dc != nil {
			b.dc.withValues()
		}
		if b.ac != nil {
			b.ac.withValues()
			b.ac.withSkips()
		}
	}
	s.untilNext, s.restarts = s.decoder.interval, markerRestart
	for y := range s.units.Y {
		for i := range s.blocks {
			s.blocks[i].startRow(y, s.decoder.frame.progressive)
		}
		for range s.units.X {
			if err := s.unit(); err != nil {
				return err
			}
		}
		if s.left() < 0 {
			return errTruncated
		}
	}
	return nil
}

// startRow goes to the first unit of a row.
func (b *unitBlock) startRow(row int, progressive bool) {
	y := row*b.v + b.y
	if progressive {
		b.at = y*b.stride + b.x
		return
	}
	b.at = y*b.down*b.stride + b.x*b.across
}

// unit reads the next unit.
func (s *scan) unit() error {
	if s.decoder.interval > 0 {
		if s.untilNext == 0 {
			if err := s.nextInterval(); err != nil {
				return err
			}
		}
		s.untilNext--
	}
	if s.scarce() {
		s.load()
	}
	for i := range s.blocks {
		b := &s.blocks[i]
		if !b.read(s, b) {
			return errDamaged
		}
		b.at += b.step
	}
	return nil
}

// nextInterval goes past a restart marker. What is behind it does not depend on
// what is before.
func (s *scan) nextInterval() error {
	if !s.restart(s.restarts) {
		return BrokenError("a restart marker is not where it should be")
	}
	if s.restarts++; s.restarts > markerLastRestart {
		s.restarts = markerRestart
	}
	s.untilNext = s.decoder.interval
	for _, b := range s.blocks {
		b.before = 0
	}
	return nil
}

// how gives what reads a component's blocks in this scan.
func (s *scan) how(c *component) func(*scan, *unitBlock) bool {
	switch {
	case s.refines:
		return (*scan).meanBit
	case s.decoder.frame.progressive:
		return (*scan).progressiveMean
	case c.across == 1 && c.down == 1:
		return (*scan).mean
	case c.across == 2 && c.down == 2:
		return (*scan).quarters
	}
	return (*scan).low
}

// meanBit reads one more bit of a mean of a progressive file.
func (s *scan) meanBit(b *unitBlock) bool {
	if peek(s.plain, s.pos)>>63 != 0 {
		b.means[b.at] |= 1 << s.shift
	}
	s.pos++
	return true
}

// progressiveMean reads a mean of a progressive file, or its upper bits.
func (s *scan) progressiveMean(b *unitBlock) bool {
	difference, ok := s.first(b.dc)
	b.before += difference
	b.means[b.at] = b.before << s.shift
	return ok
}

// mean reads a block that becomes one sample.
func (s *scan) mean(b *unitBlock) bool {
	difference, ok := s.first(b.dc)
	b.before += difference
	b.plane[b.at] = sample(b.before * b.factors[0] << fraction)
	return ok && s.skip(b.ac, 1)
}

// quarters reads a block that becomes 2×2 samples. It does what low does, and
// quicker: of most photographs, these are the colours.
func (s *scan) quarters(b *unitBlock) bool {
	difference, ok := s.first(b.dc)
	b.before += difference
	if !ok {
		return false
	}
	var f [5]int32
	k := 1
	for k < len(f) {
		zeros, n, ok := s.pair(b.ac)
		k += zeros
		if !ok {
			return false
		}
		if n == 0 && zeros == 0 {
			k = 64
			break
		}
		if k < len(f) {
			f[k] = n
		}
		k++
	}
	mean := b.before * b.factors[0] << fraction
	right, lower, both := f[1]*b.factors[1]<<fraction, f[2]*b.factors[2]<<fraction, f[4]*b.factors[4]<<fraction
	out := b.plane[b.at:]
	out[0] = sample(mean + right + lower + both)
	out[1] = sample(mean - right + lower - both)
	out = out[b.stride:]
	out[0] = sample(mean + right - lower - both)
	out[1] = sample(mean - right - lower + both)
	return k == 64 || k < 64 && s.skip(b.ac, k)
}

// low reads a block that becomes several samples.
func (s *scan) low(b *unitBlock) bool {
	difference, ok := s.first(b.dc)
	b.before += difference
	if !ok {
		return false
	}
	clear(s.frequency[:])
	s.frequency[0] = b.before * b.factors[0] << fraction
	if !s.lowest(b.ac, b.last, b.factors, &s.frequency) {
		return false
	}
	transform(&s.frequency, b.across, b.down, b.plane[b.at:], b.stride)
	return true
}
