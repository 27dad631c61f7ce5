package python

import (
	"bytes"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/disintegration/imaging"

	"awslab/thumbnail"
)

// jpegQuality is Pillow's default.
const jpegQuality = 75

// filters are imaging's names for Pillow's numbers: NEAREST, LANCZOS, BILINEAR,
// BICUBIC, BOX. Pillow's HAMMING, which imaging has not, is as wide as BILINEAR.
var filters = []imaging.ResampleFilter{
	imaging.NearestNeighbor, imaging.Lanczos, imaging.Linear, imaging.CatmullRom, imaging.Box, imaging.Linear,
}

// transpositions are by Pillow's numbers, from FLIP_LEFT_RIGHT to TRANSVERSE.
// Both count angles counter-clockwise.
var transpositions = []func(image.Image) *image.NRGBA{
	imaging.FlipH, imaging.FlipV, imaging.Rotate90, imaging.Rotate180, imaging.Rotate270,
	imaging.Transpose, imaging.Transverse,
}

func render(body []byte) (reply, error) {
	request, source, err := parseRequest(body)
	if err != nil {
		return reply{}, err
	}
	contentType := thumbnail.Format(request.Format).ContentType()
	if size, ok := request.onlyThumbnail(source); ok {
		var out bytes.Buffer
		_, err := thumbnail.Make(&out, bytes.NewReader(source), thumbnail.Options{Max: size})
		return reply{contentType, out.Bytes()}, err
	}
	var picture decoded
	if len(request.Steps) == 0 || request.Steps[0].Do != "new" {
		if picture, err = decode(source); err != nil {
			return reply{}, err
		}
	}
	for _, s := range request.Steps {
		picture.pixels = s.apply(picture.pixels)
	}
	out, err := request.encode(picture)
	return reply{contentType, out}, err
}

// onlyThumbnail tells whether a request is what package thumbnail does, and the
// side of the thumbnail: by far the most frequent request, and the quickest way.
func (r pictureRequest) onlyThumbnail(source []byte) (int, bool) {
	if len(r.Steps) != 1 || r.Steps[0].Do != "thumbnail" || r.Quality != 0 && r.Quality != jpegQuality {
		return 0, false
	}
	most := r.Steps[0].Max
	c, id, err := recognise(source)
	if err != nil || string(c.format) != r.Format || id.Mode == "CMYK" {
		return 0, false
	}
	return most[0], most[0] == most[1] && most[0] > 0
}

// apply carries out one step. Its size is bounded by check.
func (s step) apply(m *image.NRGBA) *image.NRGBA {
	size := image.Rect(0, 0, s.Size[0], s.Size[1])
	fill := color.NRGBA{s.Fill[0], s.Fill[1], s.Fill[2], s.Fill[3]}
	switch s.Do {
	case "new":
		out := image.NewNRGBA(size)
		draw.Draw(out, size, image.NewUniform(fill), image.Point{}, draw.Src)
		return out
	case "resize", "thumbnail":
		filter := imaging.CatmullRom
		if s.Filter >= 0 && s.Filter < len(filters) {
			filter = filters[s.Filter]
		}
		return imaging.Resize(m, size.Dx(), size.Dy(), filter)
	case "crop":
		return window(m, image.Pt(s.Box[0], s.Box[1]), size, fill)
	case "rotate":
		turned := imaging.Rotate(m, s.Angle, fill)
		middle := turned.Rect.Size().Sub(size.Size()).Div(2)
		return window(turned, middle, size, fill)
	case "transpose":
		return transpositions[s.Method](m)
	case "convert":
		return convert(m, s.Mode)
	}
	return m
}

// window gives the part of a picture that begins at a point, filled where it
// reaches outside.
func window(m *image.NRGBA, at image.Point, size image.Rectangle, fill color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(size)
	draw.Draw(out, size, image.NewUniform(fill), image.Point{}, draw.Src)
	draw.Draw(out, m.Rect.Sub(at), m, image.Point{}, draw.Src)
	return out
}

// convert leaves of the pixels what a mode can hold.
func convert(m *image.NRGBA, mode string) *image.NRGBA {
	if mode == "1" {
		return blackAndWhite(m)
	}
	out := imaging.Clone(m)
	for i := 0; i < len(out.Pix); i += 4 {
		p := out.Pix[i : i+4 : i+4]
		if mode == "L" || mode == "LA" {
			luma := luminance(p)
			p[0], p[1], p[2] = luma, luma, luma
		}
		if mode == "L" || mode == "RGB" {
			p[3] = 0xff // as in Pillow, colours that were hidden appear
		}
	}
	return out
}

// luminance is Pillow's, after ITU-R 601-2.
func luminance(p []uint8) uint8 {
	return uint8((uint32(p[0])*19595 + uint32(p[1])*38470 + uint32(p[2])*7471 + 0x8000) >> 16) //nolint:gosec // at most 255
}

// blackAndWhite dithers a picture to two colours.
func blackAndWhite(m *image.NRGBA) *image.NRGBA {
	two := image.NewPaletted(m.Rect, color.Palette{color.Black, color.White})
	draw.FloydSteinberg.Draw(two, m.Rect, flat(m), image.Point{})
	out := image.NewNRGBA(m.Rect)
	draw.Draw(out, m.Rect, two, image.Point{}, draw.Src)
	return out
}

// flat gives a picture in shades of grey without alpha.
func flat(m *image.NRGBA) *image.Gray {
	out := image.NewGray(m.Rect)
	for i := range out.Pix {
		out.Pix[i] = luminance(m.Pix[i*4 : i*4+3])
	}
	return out
}

// encode writes the picture.
func (r pictureRequest) encode(picture decoded) ([]byte, error) {
	var m image.Image = picture.pixels
	switch r.Mode {
	case "1", "L":
		m = flat(picture.pixels)
	case "P":
		m = picture.paletted()
	case "RGB":
		m = opaque(picture.pixels)
	}
	var out bytes.Buffer
	var err error
	switch thumbnail.Format(r.Format) {
	case thumbnail.JPEG:
		quality := r.Quality
		if quality == 0 {
			quality = jpegQuality
		}
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	case thumbnail.PNG:
		err = png.Encode(&out, m)
	case thumbnail.GIF:
		err = gif.Encode(&out, picture.paletted(), nil)
	}
	return out.Bytes(), err
}

// opaque gives the colours of a picture without its alpha.
func opaque(m *image.NRGBA) *image.RGBA {
	out := &image.RGBA{Pix: bytes.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = 0xff
	}
	return out
}

// paletted gives a picture in its own palette, else in a general one.
func (d decoded) paletted() *image.Paletted {
	colours := d.palette
	if len(colours) == 0 {
		colours = append(append(color.Palette{}, palette.WebSafe...), color.Transparent)
	}
	out := image.NewPaletted(d.pixels.Rect, colours)
	draw.FloydSteinberg.Draw(out, out.Rect, d.pixels, image.Point{})
	return out
}
