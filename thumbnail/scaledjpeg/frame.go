package scaledjpeg

import (
	"encoding/binary"
	"fmt"
	"image"
)

// blockSide is the side of a block in samples, at full size.
const blockSide = 8

// frame is a picture: its size, its scale and its colour components.
type frame struct {
	size        image.Point // in pixels, at full size
	progressive bool
	scale       int         // pixels along the side of a block, instead of eight
	units       image.Point // how many the picture has each way; a unit is h×v blocks of each component
	components  []component
}

// component is one of the colours, on a plane of its own.
type component struct {
	id        byte
	h, v      int // blocks in a unit
	quantizer int
	across    int // samples that a block leaves, across
	down      int // and down
	last      int // the last of the frequencies, in their order in the file, that these need
	stride    int
	plane     []uint8
	means     []int32 // of a progressive file: the first frequency of each block
	seen      bool    // a scan had it
	before    int32   // the first frequency of the block before
}

// startFrame reads a frame's header.
func (d *decoder) startFrame(body []byte, progressive bool) error {
	if d.frame != nil {
		return BrokenError("the file has two pictures")
	}
	if len(body) < 6 || len(body) != 6+3*int(body[5]) {
		return BrokenError("the frame header has a wrong length")
	}
	f := &frame{
		size:        image.Pt(int(binary.BigEndian.Uint16(body[3:])), int(binary.BigEndian.Uint16(body[1:]))),
		progressive: progressive,
	}
	if count := body[5]; body[0] != 8 || f.size.X == 0 || f.size.Y == 0 || count != 1 && count != 3 && count != 4 {
		return fmt.Errorf("%w: %d bits, %v pixels, %d components", ErrUnsupported, body[0], f.size, count)
	}
	for spec := body[6:]; len(spec) > 0; spec = spec[3:] {
		c := component{id: spec[0], h: int(spec[1] >> 4), v: int(spec[1] & 15), quantizer: int(spec[2])}
		if c.quantizer > 3 {
			return BrokenError("a component has a bad quantization table")
		}
		f.components = append(f.components, c)
	}
	if !f.sampled() {
		return fmt.Errorf("%w: its sampling", ErrUnsupported)
	}
	if f.scale = f.suitable(d.target); f.scale == 0 {
		return fmt.Errorf("%w: no scale suits", ErrUnsupported)
	}
	f.allocate()
	d.frame = f
	return nil
}

// sampled tells whether the components' sampling is one of the usual: the first
// has most samples, the second and third (of four) a half or a quarter of them.
func (f *frame) sampled() bool {
	first := &f.components[0]
	if len(f.components) == 1 {
		// On its own, a component's units are blocks, whatever is claimed.
		first.h, first.v = 1, 1
		return true
	}
	for i := range f.components {
		c := &f.components[i]
		for _, n := range [...]int{c.h, c.v} {
			if n != 1 && n != 2 && n != 4 {
				return false
			}
		}
		if c.h > first.h || c.v > first.v {
			return false
		}
	}
	second, third := f.components[1], f.components[2]
	if second.h != third.h || second.v != third.v {
		return false
	}
	return len(f.components) < 4 || f.components[3].h == first.h && f.components[3].v == first.v
}

// suitable gives the smallest scale that leaves enough for the target; 0 if
// there is none.
func (f *frame) suitable(target image.Point) int {
	if f.progressive {
		if suits(f.size.X, 1, target.X, 6) && suits(f.size.Y, 1, target.Y, 6) {
			return 1
		}
		return 0
	}
	for scale := 1; scale < blockSide; scale *= 2 {
		if suits(f.size.X, scale, target.X, 4) && suits(f.size.Y, scale, target.Y, 4) {
			return scale
		}
	}
	return 0
}

// suits tells whether a length, scaled, leaves halves/2 times the target, and
// is near enough to a whole number: rounded, it must not move what is at the
// picture's edge by more than 1/20 pixel of the target.
func suits(length, scale, target, halves int) bool {
	exact := length * scale // in eighths
	moved := scaled(length, scale)*blockSide - exact
	return 2*exact >= halves*blockSide*target && max(moved, -moved)*target*20 <= exact
}

// scaled is a length at a scale, rounded to the nearest.
func scaled(length, scale int) int { return (length*scale + blockSide/2) / blockSide }

// allocate makes the planes. A component with fewer samples is scaled down
// less, so that, as long as a block holds enough, all planes come out alike.
func (f *frame) allocate() {
	first := f.components[0]
	f.units.X = blocks(f.size.X, first.h)
	f.units.Y = blocks(f.size.Y, first.v)
	for i := range f.components {
		c := &f.components[i]
		c.across, c.down = f.scale, f.scale
		if !f.progressive {
			c.across = min(f.scale*first.h/c.h, blockSide)
			c.down = min(f.scale*first.v/c.v, blockSide)
		}
		for k, at := range zigzag {
			if int(at)%blockSide < c.across && int(at)/blockSide < c.down {
				c.last = k
			}
		}
		c.stride = f.units.X * c.h * c.across
		c.plane = make([]uint8, c.stride*f.units.Y*c.v*c.down)
		if f.progressive {
			c.means = make([]int32, f.units.X*c.h*f.units.Y*c.v)
		}
	}
}

// blocks is how many runs of n blocks a length takes.
func blocks(length, n int) int { return (length + blockSide*n - 1) / (blockSide * n) }
