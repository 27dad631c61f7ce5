// Package thumbnail makes small pictures of large ones: a JPEG, PNG or GIF in,
// the same format out, fitted into a square, its aspect kept, never cropped and
// never enlarged.
//
// It takes files from strangers. The bytes read and the pixels decoded are
// capped, a picture is measured before it is decoded, and whatever a decoder
// makes of a broken file ends as an error.
package thumbnail

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"io/fs"
	"math"

	"awslab/thumbnail/scaledjpeg"
)

// What Options that are left at zero mean.
const (
	DefaultMax       = 128              // pixels, either side of a thumbnail
	DefaultMaxPixels = 50_000_000       // pixels of a source, width × height
	DefaultMaxBytes  = 50 * 1024 * 1024 // bytes of a source
)

// Options says how large a thumbnail may be, and how large its source. A field
// at zero or below takes its default.
type Options struct {
	// Max is the side in pixels of the square that a thumbnail fits into.
	Max int
	// MaxPixels is the most pixels, width × height, that a source may claim.
	// It bounds memory: a decoder takes 1.5 bytes a pixel for the usual photo, 8
	// for a PNG with 16-bit channels, 15 and more for a progressive JPEG.
	MaxPixels int
	// MaxBytes is the most bytes that a source may have; all are held in memory.
	MaxBytes int64
}

func (o Options) withDefaults() Options {
	if o.Max <= 0 {
		o.Max = DefaultMax
	}
	if o.MaxPixels <= 0 {
		o.MaxPixels = DefaultMaxPixels
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	return o
}

// Result tells what Make made.
type Result struct {
	Format Format      // of the source and of the thumbnail
	Source image.Point // the source's size in pixels, as it is stored
	Size   image.Point // the thumbnail's size in pixels, the right way up
}

// Make reads a picture from src and writes its thumbnail to dst, in the same
// format: JPEG in quality 75, PNG with its transparency, GIF as a still of its
// first frame in the colours of its palette. The size is the one that Pillow's
// Image.thumbnail gives. A JPEG that its EXIF data calls turned is set upright;
// no metadata is carried over.
//
// An error is one of [UnsupportedError], [TooManyPixelsError],
// [TooManyBytesError] and [BrokenError], or wraps that of src or dst. Nothing
// is written to dst before the thumbnail is complete.
func Make(dst io.Writer, src io.Reader, opts Options) (Result, error) {
	opts = opts.withDefaults()
	data, err := read(src, opts.MaxBytes)
	if err != nil {
		return Result{}, fmt.Errorf("thumbnail: %w", err)
	}
	small, result, err := render(data, opts)
	if err != nil {
		return Result{}, fmt.Errorf("thumbnail: %w", err)
	}
	if _, err := dst.Write(small); err != nil {
		return Result{}, fmt.Errorf("thumbnail: writing the thumbnail: %w", err)
	}
	return result, nil
}

// read takes all of src, unless it is longer than limit bytes.
func read(src io.Reader, limit int64) ([]byte, error) {
	// One byte past the limit tells a source of just that size from a longer one.
	more := limit
	if more < math.MaxInt64 {
		more++
	}
	data := bytes.NewBuffer(make([]byte, 0, room(src, limit)))
	if _, err := data.ReadFrom(io.LimitReader(src, more)); err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	if int64(data.Len()) > limit {
		return nil, &TooManyBytesError{Limit: limit}
	}
	return data.Bytes(), nil
}

// room is how many bytes to make ready for a source: as many as it says that it
// has, if it can say so, and a few with which its end is found without more.
func room(src io.Reader, limit int64) int64 {
	size := int64(0)
	switch s := src.(type) {
	case interface{ Len() int }:
		size = int64(s.Len())
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := s.Stat(); err == nil {
			size = info.Size()
		}
	}
	return min(max(size, 0), limit) + bytes.MinRead
}

// render turns the bytes of a picture into those of its thumbnail.
func render(data []byte, opts Options) ([]byte, Result, error) {
	format, err := sniff(data)
	if err != nil {
		return nil, Result{}, err
	}
	size, err := measure(data, format, opts.MaxPixels)
	if err != nil {
		return nil, Result{}, err
	}
	var thumb, picture image.Image
	err = guard(format, func() error {
		var err error
		turn, small := upright, fit(size, opts.Max)
		if format == JPEG {
			turn = exifOrientation(data)
		}
		if picture, err = decode(data, format, small); err != nil {
			return &BrokenError{Format: format, Err: err}
		}
		picture = onCanvas(picture, size)
		thumb = shrink(picture, small, turn)
		return nil
	})
	if err != nil {
		return nil, Result{}, err
	}
	var out bytes.Buffer
	if err := codecs[format].encode(&out, thumb, picture); err != nil {
		return nil, Result{}, fmt.Errorf("encoding the thumbnail: %w", err)
	}
	return out.Bytes(), Result{Format: format, Source: size, Size: thumb.Bounds().Size()}, nil
}

// decode decodes a picture; a JPEG to no larger a size than it takes to make a
// thumbnail of the given one.
func decode(data []byte, format Format, small image.Point) (image.Image, error) {
	if format == JPEG {
		// This decoder takes only what it can do well. The standard library's
		// then takes the rest, or says what is wrong with it.
		if picture, err := scaledjpeg.Decode(data, small); err == nil {
			return picture, nil
		}
	}
	return codecs[format].decode(bytes.NewReader(data))
}

// guard runs what works on a stranger's picture. The decoders are not ours: a
// panic in them means that the picture is broken in a way they did not expect.
func guard(format Format, work func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = &BrokenError{Format: format, Err: fmt.Errorf("the decoder gave up: %v", fault)}
		}
	}()
	return work()
}

// measure tells the size that a picture claims, unless that is over limit
// pixels. It comes before decoding, because a decoder believes the claim and
// asks for the memory: a few bytes can ask for gigabytes.
func measure(data []byte, format Format, limit int) (image.Point, error) {
	var config image.Config
	err := guard(format, func() error {
		var err error
		if config, err = codecs[format].config(bytes.NewReader(data)); err != nil {
			return &BrokenError{Format: format, Err: err}
		}
		return nil
	})
	if err != nil {
		return image.Point{}, err
	}
	if config.Width <= 0 || config.Height <= 0 {
		err := fmt.Errorf("its size is %d×%d pixels", config.Width, config.Height)
		return image.Point{}, &BrokenError{Format: format, Err: err}
	}
	// Dividing cannot overflow, as the product of two sizes could.
	if config.Width > limit/config.Height {
		return image.Point{}, &TooManyPixelsError{Width: config.Width, Height: config.Height, Limit: limit}
	}
	return image.Pt(config.Width, config.Height), nil
}
