package thumbnail

import (
	"image"
	"image/draw"

	"github.com/disintegration/imaging"
)

// keep is how many pixels of a picture, along each side, are left for a pixel
// of the thumbnail when it is averaged before it is resampled. Averaging is
// cheap, and as long as it leaves so many it blurs nothing that the resampling
// would keep.
const keep = 3

// shrink resamples a picture to size, then turns it upright. A picture that
// needs neither is given back as it is; of the others, *image.YCbCr stays what it
// is, without subsampling, and the rest comes as *image.NRGBA.
func shrink(picture image.Image, size image.Point, turn orientation) image.Image {
	bounds := picture.Bounds()
	if bounds.Size() == size && turn == upright {
		return picture
	}
	between := image.Pt(between(bounds.Dx(), size.X), between(bounds.Dy(), size.Y))
	if m, ok := picture.(*image.YCbCr); ok {
		// Mixing colours is the same sum in whatever primaries, so that few
		// pixels need to be converted, or none.
		if between != bounds.Size() {
			m = averageYCbCr(m, between)
		}
		return unpacked(turn.apply(resample(packed(m), size)))
	}
	m, ok := picture.(*image.NRGBA)
	if between != bounds.Size() {
		m = average(picture, between)
	} else if !ok {
		m = toNRGBA(picture)
	}
	return turn.apply(resample(m, size))
}

func resample(m *image.NRGBA, size image.Point) *image.NRGBA {
	if m.Rect.Size() == size {
		return m
	}
	// Pillow's default, too. imaging is always given this one type: its
	// goroutines trust their input, and a panic there ends the process.
	return imaging.Resize(m, size.X, size.Y, imaging.CatmullRom)
}

// packed puts the three planes of a picture in the place of red, green and blue.
func packed(m *image.YCbCr) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: m.Rect.Size()})
	even := m.SubsampleRatio == image.YCbCrSubsampleRatio444
	for y := range out.Rect.Dy() {
		row := out.Pix[y*out.Stride:][:out.Stride]
		luma := m.Y[m.YOffset(m.Rect.Min.X, m.Rect.Min.Y+y):][:len(row)/4]
		first := m.COffset(m.Rect.Min.X, m.Rect.Min.Y+y)
		for x, v := range luma {
			chroma := first + x
			if !even {
				chroma = m.COffset(m.Rect.Min.X+x, m.Rect.Min.Y+y)
			}
			pixel := row[4*x:][:4:4]
			pixel[0], pixel[1], pixel[2], pixel[3] = v, m.Cb[chroma], m.Cr[chroma], 0xff
		}
	}
	return out
}

// unpacked undoes packed.
func unpacked(m *image.NRGBA) *image.YCbCr {
	out := image.NewYCbCr(m.Rect, image.YCbCrSubsampleRatio444)
	for i := range out.Y {
		out.Y[i], out.Cb[i], out.Cr[i] = m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2]
	}
	return out
}

// between gives the length to average to on the way from one to another. It
// goes by whole pixels: pieces of one width, but for a remainder, are averaged
// without jitter.
func between(from, to int) int {
	width := from / (keep * to)
	if width <= 1 {
		return from
	}
	return from / width
}

// toNRGBA gives a picture as one with 8-bit channels and straight alpha.
func toNRGBA(picture image.Image) *image.NRGBA {
	r := image.Rectangle{Max: picture.Bounds().Size()}
	switch m := picture.(type) {
	case *image.NRGBA:
		return m
	case *image.Gray, *image.CMYK:
		// image/draw is quick only towards RGBA, and without alpha that is
		// byte for byte the same.
		opaque := image.NewRGBA(r)
		draw.Draw(opaque, r, picture, picture.Bounds().Min, draw.Src)
		return &image.NRGBA{Pix: opaque.Pix, Stride: opaque.Stride, Rect: r}
	}
	out := image.NewNRGBA(r)
	draw.Draw(out, r, picture, picture.Bounds().Min, draw.Src)
	return out
}
