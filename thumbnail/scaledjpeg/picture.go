package scaledjpeg

import (
	"fmt"
	"image"
	"image/draw"
)

// picture puts the planes together.
func (d *decoder) picture() (image.Image, error) {
	f := d.frame
	if f == nil {
		return nil, BrokenError("the file has no picture")
	}
	for i := range f.components {
		c := &f.components[i]
		if !c.seen {
			return nil, BrokenError("a component has no data")
		}
		for k, mean := range c.means {
			c.plane[k] = sample(mean * d.quantizer[c.quantizer][0] << fraction)
		}
	}
	rect := image.Rect(0, 0, scaled(f.size.X, f.scale), scaled(f.size.Y, f.scale))
	first := &f.components[0]
	if len(f.components) == 1 {
		return &image.Gray{Pix: first.plane, Stride: first.stride, Rect: rect}, nil
	}
	ratio, ok := f.ratio()
	if !ok {
		return nil, fmt.Errorf("%w: its sampling", ErrUnsupported)
	}
	second, third := &f.components[1], &f.components[2]
	colours := &image.YCbCr{
		Y: first.plane, YStride: first.stride,
		Cb: second.plane, Cr: third.plane, CStride: second.stride,
		SubsampleRatio: ratio, Rect: rect,
	}
	switch {
	case len(f.components) == 4:
		return d.inks(colours)
	case d.isRGB():
		return interleaved(colours, nil)
	}
	return colours, nil
}

// ratio gives the name of how many samples the first plane has for one of the
// second and third.
func (f *frame) ratio() (image.YCbCrSubsampleRatio, bool) {
	first, second := f.components[0], f.components[1]
	across := first.h * first.across / (second.h * second.across)
	down := first.v * first.down / (second.v * second.down)
	switch (image.Point{X: across, Y: down}) {
	case image.Pt(1, 1):
		return image.YCbCrSubsampleRatio444, true
	case image.Pt(2, 1):
		return image.YCbCrSubsampleRatio422, true
	case image.Pt(2, 2):
		return image.YCbCrSubsampleRatio420, true
	case image.Pt(1, 2):
		return image.YCbCrSubsampleRatio440, true
	case image.Pt(4, 1):
		return image.YCbCrSubsampleRatio411, true
	case image.Pt(4, 2):
		return image.YCbCrSubsampleRatio410, true
	}
	return 0, false
}

// isRGB tells whether three components are red, green and blue.
func (d *decoder) isRGB() bool {
	c := d.frame.components
	if d.jfif {
		return false
	}
	return d.adobe && d.transform == 0 || c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B'
}

// inks gives a picture of four components. Only Adobe's are known, which hold
// how much of each ink is missing.
func (d *decoder) inks(colours *image.YCbCr) (image.Image, error) {
	if !d.adobe {
		return nil, fmt.Errorf("%w: four components, not of Adobe", ErrUnsupported)
	}
	black := &d.frame.components[3]
	var m *image.RGBA
	if d.transform == 0 {
		var err error
		if m, err = interleaved(colours, invert); err != nil {
			return nil, err
		}
	} else {
		// Red is how much cyan is missing, and that is what is asked for twice
		// inverted.
		m = image.NewRGBA(colours.Rect)
		draw.Draw(m, m.Rect, colours, image.Point{}, draw.Src)
	}
	for y := range m.Rect.Dy() {
		row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
		for x, v := range black.plane[y*black.stride:][:m.Rect.Dx()] {
			row[4*x+3] = 255 - v
		}
	}
	return &image.CMYK{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, nil
}

func invert(v uint8) uint8 { return 255 - v }

// interleaved gives three planes of one size as the first three channels of a
// picture, each sample put through change, if that is not nil; the fourth is 255.
func interleaved(planes *image.YCbCr, change func(uint8) uint8) (*image.RGBA, error) {
	if planes.SubsampleRatio != image.YCbCrSubsampleRatio444 {
		return nil, fmt.Errorf("%w: its sampling", ErrUnsupported)
	}
	m := image.NewRGBA(planes.Rect)
	for y := range m.Rect.Dy() {
		row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
		for k, plane := range [...][]uint8{planes.Y, planes.Cb, planes.Cr} {
			for x, v := range plane[y*planes.YStride:][:m.Rect.Dx()] {
				if change != nil {
					v = change(v)
				}
				row[4*x+k] = v
			}
		}
		for x := 3; x < len(row); x += 4 {
			row[x] = 255
		}
	}
	return m, nil
}
