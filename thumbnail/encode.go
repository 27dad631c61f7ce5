package thumbnail

import (
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
)

// jpegQuality is Pillow's default; imaging's would be 95, twice the bytes.
const jpegQuality = 75

func encodeJPEG(w io.Writer, thumb, source image.Image) error {
	thumb = likeSource(thumb, source)
	if m, ok := thumb.(*image.NRGBA); ok {
		// A JPEG has no alpha, and with every pixel opaque the two types hold
		// the same bytes; the encoder is quick with only one of them.
		thumb = &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
	}
	return jpeg.Encode(w, thumb, &jpeg.Options{Quality: jpegQuality})
}

func encodePNG(w io.Writer, thumb, source image.Image) error {
	return png.Encode(w, likeSource(thumb, source))
}

// likeSource takes the colour channels from a thumbnail whose source is in
// shades of grey: they would say the same three times.
func likeSource(thumb, source image.Image) image.Image {
	switch source.(type) {
	case *image.Gray, *image.Gray16:
	default:
		return thumb
	}
	m, ok := thumb.(*image.NRGBA)
	if !ok {
		return thumb
	}
	gray := image.NewGray(image.Rectangle{Max: m.Rect.Size()})
	for y := range gray.Rect.Dy() {
		for x := range gray.Rect.Dx() {
			gray.Pix[y*gray.Stride+x] = m.Pix[y*m.Stride+x*4]
		}
	}
	return gray
}

func encodeGIF(w io.Writer, thumb, source image.Image) error {
	from, ok := source.(*image.Paletted)
	if _, done := thumb.(*image.Paletted); !done && ok {
		thumb = dither(thumb, from.Palette)
	}
	return gif.Encode(w, thumb, nil)
}

// dither draws a thumbnail in the colours of a palette. A GIF's own palette was
// chosen for what it shows, so it suits the small picture too.
func dither(thumb image.Image, palette color.Palette) *image.Paletted {
	r := image.Rectangle{Max: thumb.Bounds().Size()}
	solid := image.NewNRGBA(r)
	draw.Draw(solid, r, thumb, thumb.Bounds().Min, draw.Src)
	// A pixel of a GIF is there or not. What is between is decided here, or
	// the dithering would fray every edge.
	for i := 0; i < len(solid.Pix); i += 4 {
		if solid.Pix[i+3] < 0x80 {
			clear(solid.Pix[i : i+4])
		} else {
			solid.Pix[i+3] = 0xff
		}
	}
	out := image.NewPaletted(r, palette)
	draw.FloydSteinberg.Draw(out, r, solid, image.Point{})
	return out
}

// onCanvas puts a GIF's frame where it belongs on a canvas of the given size,
// around it the transparent colour, or the palette's first if none is: Pillow's
// choice. Any other picture is its own canvas.
func onCanvas(picture image.Image, size image.Point) image.Image {
	frame, ok := picture.(*image.Paletted)
	canvas := image.Rectangle{Max: size}
	if !ok || frame.Rect == canvas {
		return picture
	}
	out := image.NewPaletted(canvas, frame.Palette)
	if around := transparent(frame.Palette); around > 0 {
		for i := range out.Pix {
			out.Pix[i] = around
		}
	}
	for y := frame.Rect.Min.Y; y < frame.Rect.Max.Y; y++ {
		from := frame.PixOffset(frame.Rect.Min.X, y)
		copy(out.Pix[out.PixOffset(frame.Rect.Min.X, y):], frame.Pix[from:from+frame.Rect.Dx()])
	}
	return out
}

// transparent gives the place of a palette's transparent colour, 0 if none is.
func transparent(palette color.Palette) uint8 {
	for i, c := range palette[:min(len(palette), 256)] {
		if _, _, _, a := c.RGBA(); a == 0 {
			return uint8(i)
		}
	}
	return 0
}
