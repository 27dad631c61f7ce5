package thumbnail

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"github.com/disintegration/imaging"
	"pgregory.net/rapid"
)

// photo draws what resembles one: waves of several lengths in each channel.
func photo(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	wave := func(a, b float64) uint8 { return uint8(128 + 60*math.Sin(a) + 60*math.Cos(b)) }
	for y := range h {
		v := float64(y) / float64(h)
		for x := range w {
			u := float64(x) / float64(w)
			m.SetRGBA(x, y, color.RGBA{wave(u*40+v*7, v*90), wave(u*13, v*31+u*80), wave(u*v*200, u*9), 255})
		}
	}
	return m
}

func encoded(t testing.TB, format Format, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch format {
	case JPEG:
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 85})
	case PNG:
		err = png.Encode(&out, m)
	case GIF:
		err = gif.Encode(&out, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// made makes a thumbnail and decodes it; it must be in the format that is told.
func made(t testing.TB, file []byte, opts Options) (image.Image, Result) {
	t.Helper()
	var out bytes.Buffer
	result, err := Make(&out, bytes.NewReader(file), opts)
	if err != nil {
		t.Fatal(err)
	}
	thumb, name, err := image.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if want := "image/" + name; result.Format.ContentType() != want {
		t.Errorf("told %q, made %q", result.Format.ContentType(), want)
	}
	if thumb.Bounds().Size() != result.Size {
		t.Errorf("told %v, made %v", result.Size, thumb.Bounds())
	}
	return thumb, result
}

func TestMake(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ from, want image.Point }{
		{image.Pt(1001, 333), image.Pt(128, 43)},
		{image.Pt(320, 240), image.Pt(128, 96)},
		{image.Pt(150, 700), image.Pt(27, 128)},
		{image.Pt(128, 128), image.Pt(128, 128)},
		{image.Pt(64, 32), image.Pt(64, 32)},
		{image.Pt(1, 1), image.Pt(1, 1)},
		{image.Pt(10000, 1), image.Pt(128, 1)},
		{image.Pt(1, 10000), image.Pt(1, 128)},
	} {
		picture := photo(size.from.X, size.from.Y)
		for _, format := range []Format{JPEG, PNG, GIF} {
			_, result := made(t, encoded(t, format, picture), Options{})
			if want := (Result{Format: format, Source: size.from, Size: size.want}); result != want {
				t.Errorf("%v, want %v", result, want)
			}
		}
	}
}

func TestMax(t *testing.T) {
	t.Parallel()
	if _, result := made(t, encoded(t, PNG, photo(600, 401)), Options{Max: 100}); result.Size != image.Pt(100, 67) {
		t.Errorf("size %v", result.Size)
	}
}

// psnr tells how alike two pictures are, in decibels; it ignores alpha.
func psnr(a, b image.Image) float64 {
	var squares, n float64
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y).RGBA()
			r2, g2, b2, _ := b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y).RGBA()
			for _, d := range [...]float64{float64(r1) - float64(r2), float64(g1) - float64(g2), float64(b1) - float64(b2)} {
				squares += d * d / 257 / 257
				n++
			}
		}
	}
	return 10 * math.Log10(255*255*n/max(squares, 1e-9))
}

// lossy gives a picture as it comes back from a JPEG of a thumbnail's quality.
func lossy(t *testing.T, m image.Image) image.Image {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, &jpeg.Options{Quality: jpegQuality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestLikeness holds what Make makes to a resampling of the whole picture, so
// that no step on the way shifts, stretches or recolours it.
func TestLikeness(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		format  Format
		picture image.Image
		atLeast float64 // decibels
	}{
		{"JPEG, resampled only", JPEG, photo(400, 300), 30},
		{"JPEG, averaged first", JPEG, photo(900, 601), 28},
		{"JPEG, averaged one way", JPEG, photo(1300, 100), 26},
		{"PNG, resampled only", PNG, photo(400, 300), 50},
		{"PNG, averaged first", PNG, photo(900, 601), 36},
		{"GIF, averaged first", GIF, photo(800, 200), 20},
	} {
		file := encoded(t, c.format, c.picture)
		whole, _, err := image.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		thumb, result := made(t, file, Options{})
		var want image.Image = imaging.Resize(imaging.Clone(whole), result.Size.X, result.Size.Y, imaging.CatmullRom)
		if c.format == JPEG {
			// What the format itself loses is not the question.
			want = lossy(t, want)
		}
		got := psnr(thumb, want)
		t.Logf("%s: %.1f dB", c.name, got)
		if got < c.atLeast {
			t.Errorf("%s: %.1f dB, want %.0f at least", c.name, got, c.atLeast)
		}
	}
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		side := rapid.IntRange(1, 300)
		size := image.Pt(side.Draw(rt, "width"), side.Draw(rt, "height"))
		format := rapid.SampledFrom([]Format{JPEG, PNG, GIF}).Draw(rt, "format")
		limit := rapid.IntRange(1, 40).Draw(rt, "limit")
		picture := image.NewPaletted(image.Rectangle{Max: size}, color.Palette{red, blue})
		thumb, result := made(t, encoded(t, format, picture), Options{Max: limit})
		if result.Source != size || result.Size != fit(size, limit) {
			rt.Fatalf("%v of %v", result, size)
		}
		// A picture of one colour stays one, whatever its size.
		for y := range result.Size.Y {
			for x := range result.Size.X {
				if got := corner(thumb.At(x, y)); got != "red" {
					rt.Fatalf("%v: pixel %d,%d is %s", result, x, y, got)
				}
			}
		}
	})
}
