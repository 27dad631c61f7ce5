package thumbnail

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"testing"
)

// FuzzMake feeds Make files that nobody meant it to get. It must end without a
// panic, with a thumbnail that can be decoded or with one of its own errors.
func FuzzMake(f *testing.F) {
	for _, format := range []Format{JPEG, PNG, GIF} {
		f.Add(encoded(f, format, photo(40, 30)))
		f.Add(claim(f, format, 300, 200))
		f.Add(claim(f, format, 60_000, 60_000))
	}
	f.Add(withSegment(encoded(f, JPEG, photo(20, 10)), exifSegment(binary.LittleEndian, 6)))
	f.Add(encoded(f, PNG, image.NewNRGBA64(image.Rect(0, 0, 30, 3))))
	f.Add(encoded(f, PNG, image.NewGray(image.Rect(0, 0, 3, 30))))
	f.Add([]byte("II*\x00"))
	opts := Options{Max: 8, MaxPixels: 100_000, MaxBytes: 1 << 20}
	f.Fuzz(func(t *testing.T, file []byte) {
		var out bytes.Buffer
		result, err := Make(&out, bytes.NewReader(file), opts)
		if err != nil {
			var unsupported *UnsupportedError
			var pixels *TooManyPixelsError
			var long *TooManyBytesError
			var broken *BrokenError
			if !errors.As(err, &unsupported) && !errors.As(err, &pixels) && !errors.As(err, &long) && !errors.As(err, &broken) {
				t.Fatalf("an error of no type: %v", err)
			}
			return
		}
		thumb, err := codecs[result.Format].decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		if size := thumb.Bounds().Size(); size != result.Size || size.X > opts.Max || size.Y > opts.Max {
			t.Fatalf("%v, told %v", size, result)
		}
	})
}
