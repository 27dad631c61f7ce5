package thumbnail

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// claim makes a small file that says it is a picture of another size.
func claim(t testing.TB, format Format, w, h int) []byte {
	t.Helper()
	file := encoded(t, format, photo(8, 8))
	switch format {
	case PNG:
		binary.BigEndian.PutUint32(file[16:], uint32(w))
		binary.BigEndian.PutUint32(file[20:], uint32(h))
		binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	case GIF:
		binary.LittleEndian.PutUint16(file[6:], uint16(w))
		binary.LittleEndian.PutUint16(file[8:], uint16(h))
	case JPEG:
		at := bytes.Index(file, []byte{0xff, 0xc0})
		binary.BigEndian.PutUint16(file[at+5:], uint16(h))
		binary.BigEndian.PutUint16(file[at+7:], uint16(w))
	}
	return file
}

func TestBombs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format Format
		w, h   int
	}{{PNG, 50_000, 50_000}, {PNG, 1<<31 - 1, 1}, {PNG, 1 << 30, 1 << 30}, {JPEG, 65_500, 65_500}, {GIF, 65_535, 65_535}} {
		var out bytes.Buffer
		_, err := Make(&out, bytes.NewReader(claim(t, c.format, c.w, c.h)), Options{})
		var tooMany *TooManyPixelsError
		var broken *BrokenError // image/png has a cap of its own
		switch {
		case errors.As(err, &tooMany):
			if tooMany.Width != c.w || tooMany.Height != c.h || tooMany.Limit != DefaultMaxPixels {
				t.Errorf("%s: %v", c.format, err)
			}
		case c.w == 1<<30 && errors.As(err, &broken):
		default:
			t.Errorf("%s of %d×%d: %v", c.format, c.w, c.h, err)
		}
		if out.Len() != 0 {
			t.Errorf("%s: %d bytes written", c.format, out.Len())
		}
	}
}

func TestMaxPixels(t *testing.T) {
	t.Parallel()
	file := encoded(t, PNG, photo(30, 20))
	if _, err := Make(io.Discard, bytes.NewReader(file), Options{MaxPixels: 600}); err != nil {
		t.Error(err)
	}
	_, err := Make(io.Discard, bytes.NewReader(file), Options{MaxPixels: 599})
	if want := "thumbnail: the picture has 30×20 pixels; no more than 599 in all are accepted"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestMaxBytes(t *testing.T) {
	t.Parallel()
	file := encoded(t, PNG, photo(30, 20))
	size := int64(len(file))
	if _, err := Make(io.Discard, bytes.NewReader(file), Options{MaxBytes: size}); err != nil {
		t.Error(err)
	}
	endless := io.MultiReader(bytes.NewReader(file), endlessZeros{})
	for _, src := range []io.Reader{bytes.NewReader(file), endless} {
		var tooLong *TooManyBytesError
		if _, err := Make(io.Discard, src, Options{MaxBytes: size - 1}); !errors.As(err, &tooLong) || tooLong.Limit != size-1 {
			t.Errorf("%v", err)
		}
	}
}

type endlessZeros struct{}

func (endlessZeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestUnsupported(t *testing.T) {
	t.Parallel()
	for start, name := range map[string]string{
		"II*\x00\x08\x00\x00\x00":            "TIFF",
		"MM\x00*\x00\x00\x00\x08":            "TIFF",
		"BM\x46\x00\x00\x00":                 "BMP",
		"RIFF\x24\x00\x00\x00WEBPVP8 ":       "WebP",
		"\x00\x00\x00\x20ftypavif":           "AVIF",
		"\x00\x00\x00\x18ftypheic":           "HEIC",
		"<svg xmlns=":                        "SVG",
		"":                                   "",
		"RIFF":                               "",
		"hello, this is not a picture":       "",
		"\x89PNG\n\x1a\n changed in transit": "",
	} {
		_, err := Make(io.Discard, strings.NewReader(start), Options{})
		var unsupported *UnsupportedError
		if !errors.As(err, &unsupported) || unsupported.Format != name {
			t.Errorf("%q: %v", start, err)
			continue
		}
		if !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "JPEG, PNG and GIF") {
			t.Errorf("%q: %v", start, err)
		}
	}
}

// TestTruncated cuts files of each format in many places. A cut is an error, or
// was behind all that a decoder needs; then the thumbnail is right.
func TestTruncated(t *testing.T) {
	t.Parallel()
	for _, format := range []Format{JPEG, PNG, GIF} {
		file := encoded(t, format, photo(90, 60))
		broke := 0
		for n := 8; n < len(file); n += 1 + len(file)/200 {
			var out bytes.Buffer
			result, err := Make(&out, bytes.NewReader(file[:n]), Options{})
			var broken *BrokenError
			switch {
			case err == nil && result.Size == image.Pt(90, 60) && n > len(file)*9/10:
			case errors.As(err, &broken) && broken.Format == format && broken.Unwrap() != nil && out.Len() == 0:
				broke++
			default:
				t.Errorf("%s cut after %d of %d bytes: %v, %v", format, n, len(file), result, err)
			}
		}
		if broke < 100 {
			t.Errorf("%s: only %d cuts were errors", format, broke)
		}
	}
}

func TestPanicIsAnError(t *testing.T) {
	t.Parallel()
	err := guard(PNG, func() error { panic("index out of range") })
	var broken *BrokenError
	if !errors.As(err, &broken) || err.Error() != "the PNG picture is broken: the decoder gave up: index out of range" {
		t.Errorf("%v", err)
	}
}

func TestFaultsOfReaderAndWriter(t *testing.T) {
	t.Parallel()
	fault := errors.New("the line is dead")
	if _, err := Make(io.Discard, iotest.ErrReader(fault), Options{}); !errors.Is(err, fault) {
		t.Errorf("reading: %v", err)
	}
	if _, err := Make(deadWriter{fault}, bytes.NewReader(encoded(t, PNG, photo(9, 9))), Options{}); !errors.Is(err, fault) {
		t.Errorf("writing: %v", err)
	}
}

type deadWriter struct{ err error }

func (w deadWriter) Write([]byte) (int, error) { return 0, w.err }
