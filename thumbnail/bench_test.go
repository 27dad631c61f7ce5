package thumbnail

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"testing"
	"time"
)

// BenchmarkMake tells for each thumbnail how the time compares with what the
// standard library needs to decode the same file, and do nothing else.
func BenchmarkMake(b *testing.B) {
	for _, size := range []image.Point{{640, 480}, {1920, 1080}, {4000, 3000}} {
		picture := photo(size.X, size.Y)
		for _, format := range []Format{JPEG, PNG, GIF} {
			file := encoded(b, format, picture)
			b.Run(fmt.Sprintf("%s/%dx%d", format, size.X, size.Y), func(b *testing.B) {
				alone := decodingAlone(b, format, file)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Make(io.Discard, bytes.NewReader(file), Options{}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(alone), "×decode")
			})
		}
	}
}

// decodingAlone is the shortest of several times that the standard library
// takes to decode a file.
func decodingAlone(b *testing.B, format Format, file []byte) time.Duration {
	b.Helper()
	shortest := time.Duration(1<<63 - 1)
	for range 5 {
		begin := time.Now()
		if _, err := codecs[format].decode(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
		shortest = min(shortest, time.Since(begin))
	}
	return shortest
}
