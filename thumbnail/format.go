package thumbnail

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
)

// Format is a picture format that thumbnails are made from and in.
type Format string

// The formats.
const (
	JPEG Format = "JPEG"
	PNG  Format = "PNG"
	GIF  Format = "GIF"
)

// ContentType is the media type of the format, such as "image/jpeg"; "" for
// the zero Format.
func (f Format) ContentType() string { return codecs[f].contentType }

// codec reads and writes a format.
type codec struct {
	contentType string
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
	// encode writes a thumbnail; source is the picture that it was made of.
	encode func(w io.Writer, thumb, source image.Image) error
}

var codecs = map[Format]codec{
	JPEG: {"image/jpeg", jpeg.DecodeConfig, jpeg.Decode, encodeJPEG},
	PNG:  {"image/png", png.DecodeConfig, png.Decode, encodePNG},
	GIF:  {"image/gif", gif.DecodeConfig, gif.Decode, encodeGIF},
}

// signatures are the bytes by which files are told apart, at an offset from
// their start; the first that fits counts. Those with no format are the ones
// refused by name.
var signatures = []struct {
	offset int
	bytes  string
	name   string
	format Format
}{
	{0, "\xff\xd8\xff", "JPEG", JPEG},
	{0, "\x89PNG\r\n\x1a\n", "PNG", PNG},
	{0, "GIF87a", "GIF", GIF},
	{0, "GIF89a", "GIF", GIF},
	{0, "II*\x00", "TIFF", ""},
	{0, "MM\x00*", "TIFF", ""},
	{0, "II+\x00", "TIFF", ""},
	{0, "MM\x00+", "TIFF", ""},
	{0, "BM", "BMP", ""},
	{8, "WEBP", "WebP", ""},
	{4, "ftypavif", "AVIF", ""},
	{4, "ftypavis", "AVIF", ""},
	{4, "ftyphei", "HEIC", ""},
	{4, "ftyphev", "HEIC", ""},
	{4, "ftypmif1", "HEIF", ""},
	{0, "\xff\x0a", "JPEG XL", ""},
	{4, "JXL ", "JPEG XL", ""},
	{4, "jP  ", "JPEG 2000", ""},
	{0, "\x00\x00\x01\x00", "ICO", ""},
	{0, "8BPS", "Photoshop", ""},
	{0, "%PDF", "PDF", ""},
	{0, "<svg", "SVG", ""},
}

// sniff tells the format of a picture by its first bytes; names of files and
// content types are only claims.
func sniff(data []byte) (Format, error) {
	if len(data) == 0 {
		return "", fmt.Errorf("the file is empty: %w", &UnsupportedError{})
	}
	for _, s := range signatures {
		if len(data) < s.offset || !bytes.HasPrefix(data[s.offset:], []byte(s.bytes)) {
			continue
		}
		if s.format == "" {
			return "", &UnsupportedError{Format: s.name}
		}
		return s.format, nil
	}
	return "", &UnsupportedError{}
}
