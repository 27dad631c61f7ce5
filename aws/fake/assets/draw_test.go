package assets

import (
	"image"
	"math"
)

// distance tells how far a point is from the edge of a shape, in pixels: below
// zero within it.
type distance func(x, y float64) float64

// circle is a disc around a point.
func circle(cx, cy, radius float64) distance {
	return func(x, y float64) float64 { return math.Sqrt((x-cx)*(x-cx)+(y-cy)*(y-cy)) - radius }
}

// ellipse is one with its axes along the picture's. Its distance is right at
// the edge, and near enough around it for a soft one.
func ellipse(cx, cy, rx, ry float64) distance {
	return func(x, y float64) float64 {
		u, v := (x-cx)/rx, (y-cy)/ry
		length := math.Sqrt(u*u + v*v)
		slope := math.Sqrt(u*u/(rx*rx) + v*v/(ry*ry))
		if slope == 0 {
			return -min(rx, ry)
		}
		return length * (length - 1) / slope
	}
}

// both is what two shapes have in common.
func both(a, b distance) distance {
	return func(x, y float64) float64 { return max(a(x, y), b(x, y)) }
}

// outside is all but a shape.
func outside(a distance) distance {
	return func(x, y float64) float64 { return -a(x, y) }
}

// rgb is a colour with channels from 0 to 255.
type rgb [3]float64

// toward mixes a colour with another: 0 leaves it, 1 replaces it.
func (c rgb) toward(other rgb, part float64) rgb {
	for k := range c {
		c[k] += (other[k] - c[k]) * part
	}
	return c
}

// paint tells the colour at a point.
type paint func(x, y float64) rgb

func plain(c rgb) paint { return func(_, _ float64) rgb { return c } }

// downward changes from one colour at the height top to another at bottom.
func downward(top, bottom float64, from, to rgb) paint {
	return func(_, y float64) rgb { return from.toward(to, smooth((y-top)/(bottom-top))) }
}

// smooth goes from 0 to 1 as its argument does, without a kink at either end.
func smooth(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}

// layer is a painted shape.
type layer struct {
	bounds  image.Rectangle // what it may touch
	shape   distance
	soft    float64 // pixels over which its edge fades; 1 just smooths it
	opacity float64 // from 0 to 1
	paint   paint
}

// draw lays it over a picture.
func (l *layer) draw(m *image.RGBA) {
	bounds := l.bounds.Intersect(m.Rect)
	for py := bounds.Min.Y; py < bounds.Max.Y; py++ {
		for px := bounds.Min.X; px < bounds.Max.X; px++ {
			x, y := float64(px)+0.5, float64(py)+0.5
			cover := 0.5 - l.shape(x, y)/l.soft
			if cover <= 0 {
				continue
			}
			if l.soft > 1 {
				cover = smooth(cover)
			}
			at := m.Pix[m.PixOffset(px, py):][:4]
			old := rgb{float64(at[0]), float64(at[1]), float64(at[2])}
			c := old.toward(l.paint(x, y), min(cover, 1)*l.opacity)
			for k := range c {
				at[k] = uint8(min(max(c[k]+0.5, 0), 255))
			}
		}
	}
}

// ground fills a picture with a paint that is the same along each row.
func ground(m *image.RGBA, p paint) {
	for y := range m.Rect.Dy() {
		c := p(0, float64(y)+0.5)
		row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
		for x := 0; x < len(row); x += 4 {
			row[x], row[x+1], row[x+2], row[x+3] = uint8(c[0]+0.5), uint8(c[1]+0.5), uint8(c[2]+0.5), 255
		}
	}
}
