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
// needs neither is given back as it is; the others come as *image.NRGBA.
func shrink(picture image.Image, size image.Point, turn orientation) image.Image {
	bounds := picture.Bounds()
	if bounds.Size() == size && turn == upright {
		return picture
	}
	between := image.Pt(between(bounds.Dx(), size.X), between(bounds.Dy(), size.Y))
	var m *image.NRGBA
	if between == bounds.Size() {
		m = toNRGBA(picture)
	} else {
		m = average(picture, between)
	}
	if m.Rect.Size() != size {
		// Pillow's default, too. imaging is always given this one type: its
		// goroutines trust their input, and a panic there ends the process.
		m = imaging.Resize(m, size.X, size.Y, imaging.CatmullRom)
	}
	return turn.apply(m)
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
	case *image.YCbCr, *image.Gray, *image.CMYK:
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
