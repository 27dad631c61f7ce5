package thumbnail

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"testing"
)

// BenchmarkMake runs beside the decoding alone, which is the least that a
// thumbnail can cost with the same decoder.
func BenchmarkMake(b *testing.B) {
	for _, size := range []image.Point{{640, 480}, {1920, 1080}, {4000, 3000}} {
		picture := photo(size.X, size.Y)
		for _, format := range []Format{JPEG, PNG, GIF} {
			file := encoded(b, format, picture)
			name := fmt.Sprintf("%s/%dx%d", format, size.X, size.Y)
			b.Run(name+"/thumbnail", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Make(io.Discard, bytes.NewReader(file), Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(name+"/decode-only", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := codecs[format].decode(bytes.NewReader(file)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
