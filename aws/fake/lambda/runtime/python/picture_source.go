package python

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"awslab/thumbnail"
)

// codec reads a format.
type codec struct {
	format    thumbnail.Format
	signature string // the bytes that files begin with
	config    func(io.Reader) (image.Config, error)
	decode    func(io.Reader) (image.Image, error)
}

var codecs = []codec{
	{thumbnail.JPEG, "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{thumbnail.PNG, "\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{thumbnail.GIF, "GIF87a", gif.DecodeConfig, gif.Decode},
	{thumbnail.GIF, "GIF89a", gif.DecodeConfig, gif.Decode},
}

// identity is what is known of a picture before its pixels are decoded.
type identity struct {
	Format thumbnail.Format `json:"format"`
	Mode   string           `json:"mode"` // in Pillow's words
	Width  int              `json:"width"`
	Height int              `json:"height"`
}

func identify(body []byte) (reply, error) {
	_, id, err := recognise(body)
	if err != nil {
		return reply{}, err
	}
	return asJSON(id), nil
}

// recognise tells a picture's format by its first bytes, and measures it.
func recognise(body []byte) (codec, identity, error) {
	for _, c := range codecs {
		if !bytes.HasPrefix(body, []byte(c.signature)) {
			continue
		}
		var config image.Config
		err := guard(func() (err error) {
			config, err = c.config(bytes.NewReader(body))
			return err
		})
		if err != nil || config.Width <= 0 || config.Height <= 0 {
			// Pillow, too, takes a file with a broken head for none of its formats.
			return c, identity{}, &refusal{"unidentified", fmt.Sprintf("the head of the %s is broken: %v", c.format, err)}
		}
		return c, identity{c.format, mode(c.format, body, config), config.Width, config.Height}, nil
	}
	return codec{}, identity{}, &thumbnail.UnsupportedError{}
}

// pngModes are Pillow's modes by the colour type in a PNG's header.
var pngModes = map[byte]string{0: "L", 2: "RGB", 3: "P", 4: "LA", 6: "RGBA"}

// mode is the one in which Pillow opens a picture.
func mode(format thumbnail.Format, body []byte, config image.Config) string {
	switch {
	case format == thumbnail.GIF:
		return "P"
	case format == thumbnail.PNG:
		const depth, colour = 24, 25 // where the header says it
		switch {
		case body[colour] == 0 && body[depth] == 1:
			return "1"
		case body[colour] == 0 && body[depth] == 16:
			return "I;16"
		}
		return pngModes[body[colour]]
	case config.ColorModel == color.GrayModel:
		return "L"
	case config.ColorModel == color.CMYKModel:
		return "CMYK"
	}
	return "RGB"
}

// decoded is a picture's pixels, and the palette that they came with, if any.
type decoded struct {
	pixels  *image.NRGBA
	palette color.Palette
}

// decode gives the pixels of a picture that is not too large.
func decode(body []byte) (decoded, error) {
	c, id, err := recognise(body)
	if err != nil {
		return decoded{}, err
	}
	if id.Width > thumbnail.DefaultMaxPixels/id.Height {
		return decoded{}, &thumbnail.TooManyPixelsError{Width: id.Width, Height: id.Height, Limit: thumbnail.DefaultMaxPixels}
	}
	var out decoded
	err = guard(func() error {
		picture, err := c.decode(bytes.NewReader(body))
		if err != nil {
			return err
		}
		if p, ok := picture.(*image.Paletted); ok {
			out.palette = p.Palette
		}
		out.pixels = straight(picture, image.Pt(id.Width, id.Height))
		return nil
	})
	if err != nil {
		return out, broken(err)
	}
	return out, nil
}

// truncations are how decoders say that a file ends within the picture.
var truncations = []string{"EOF", "short Huffman data", "not enough pixel data", "not enough image data"}

// broken puts a decoder's error in Pillow's words. All that there is of a file
// that is cut short has been read.
func broken(err error) *refusal {
	for _, text := range truncations {
		if strings.Contains(err.Error(), text) {
			return &refusal{"broken", "image file is truncated (0 bytes not processed)"}
		}
	}
	return &refusal{"broken", "broken data stream when reading image file: " + err.Error()}
}

// straight gives a picture with 8-bit channels and straight alpha, the only
// kind that is given to imaging: a panic in its goroutines ends the process. A
// GIF's frame is set where it belongs on a canvas of the given size.
func straight(picture image.Image, size image.Point) *image.NRGBA {
	bounds := image.Rectangle{Max: size}
	out := image.NewNRGBA(bounds)
	frame := picture.Bounds()
	switch picture.(type) {
	case *image.YCbCr, *image.Gray, *image.CMYK:
		// image/draw is quick towards RGBA, and without alpha that is the same.
		draw.Draw(&image.RGBA{Pix: out.Pix, Stride: out.Stride, Rect: bounds}, bounds, picture, frame.Min, draw.Src)
	case *image.Paletted:
		draw.Draw(out, frame.Intersect(bounds), picture, frame.Min, draw.Src)
	default:
		draw.Draw(out, bounds, picture, frame.Min, draw.Src)
	}
	return out
}

// guard runs a decoder on a stranger's picture: a panic in it means that the
// picture is broken in a way that it did not expect.
func guard(work func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the decoder gave up: %v", fault)
		}
	}()
	return work()
}
