package scaledjpeg

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// stored reads one of the files in testdata: 168×120 pixels, or 161×115, made
// with libjpeg's cjpeg and Pillow.
func stored(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// whole decodes a file with the standard library.
func whole(t testing.TB, file []byte) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// psnr compares a decoded picture with the means of what each of its pixels
// stands for in the whole one, in decibels.
func psnr(small, whole image.Image, scale int) float64 {
	side := blockSide / scale
	size, bounds := small.Bounds().Size(), whole.Bounds()
	var squares, n float64
	for y := range size.Y {
		for x := range size.X {
			cell := image.Rect(x*side, y*side, (x+1)*side, (y+1)*side).Intersect(bounds)
			if cell.Empty() {
				continue
			}
			want, got := mean(whole, cell), mean(small, image.Rect(x, y, x+1, y+1))
			for k := range want {
				squares += (want[k] - got[k]) * (want[k] - got[k])
				n++
			}
		}
	}
	return 10 * math.Log10(255*255*n/max(squares, 1e-9))
}

func mean(m image.Image, r image.Rectangle) (rgb [3]float64) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			cr, cg, cb, _ := m.At(x, y).RGBA()
			for k, v := range [...]uint32{cr, cg, cb} {
				rgb[k] += float64(v) / 257 / float64(r.Dx()*r.Dy())
			}
		}
	}
	return rgb
}

// TestDecode compares every kind of file at every scale with the whole picture.
func TestDecode(t *testing.T) {
	t.Parallel()
	gray, ycc, rgba, cmyk := color.GrayModel, color.YCbCrModel, color.RGBAModel, color.CMYKModel
	for _, c := range []struct {
		name    string
		model   color.Model
		atLeast [3]float64 // decibels at 1/8, 1/4 and 1/2; 0: not for this decoder
	}{
		{"gray.jpg", gray, [3]float64{59, 43, 42}},
		{"ycc1x1.jpg", ycc, [3]float64{53, 41, 40}},
		{"ycc2x1.jpg", ycc, [3]float64{45, 40, 41}},
		{"ycc1x2.jpg", ycc, [3]float64{45, 40, 41}},
		{"ycc2x2.jpg", ycc, [3]float64{44, 41, 42}},
		{"ycc4x1.jpg", ycc, [3]float64{44, 42, 41}},
		{"ycc4x2.jpg", ycc, [3]float64{44, 42, 41}},
		{"best.jpg", ycc, [3]float64{43, 40, 42}},
		{"optimized.jpg", ycc, [3]float64{44, 41, 42}},
		{"restart.jpg", ycc, [3]float64{44, 41, 42}},
		{"extended.jpg", ycc, [3]float64{49, 45, 52}},
		{"rgb.jpg", rgba, [3]float64{58, 41, 39}},
		{"cmyk.jpg", cmyk, [3]float64{58, 41, 39}},
		{"ycck.jpg", cmyk, [3]float64{34, 33, 34}},
		{"progressive.jpg", ycc, [3]float64{29, 0, 0}},
		{"progressive1x1.jpg", ycc, [3]float64{53, 0, 0}},
	} {
		file := stored(t, c.name)
		full := whole(t, file)
		for i, target := range []image.Point{{7, 5}, {20, 14}, {42, 30}} {
			scale := 1 << i
			m, err := Decode(file, target)
			if c.atLeast[i] == 0 {
				if !errors.Is(err, ErrUnsupported) {
					t.Errorf("%s at %d/8: %v", c.name, scale, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s at %d/8: %v", c.name, scale, err)
				continue
			}
			if want := image.Pt(168*scale/8, 120*scale/8); m.Bounds() != (image.Rectangle{Max: want}) || m.ColorModel() != c.model {
				t.Errorf("%s at %d/8: %v of type %T", c.name, scale, m.Bounds(), m)
				continue
			}
			if got := psnr(m, full, scale); got < c.atLeast[i] {
				t.Errorf("%s at %d/8: %.1f dB, want %.0f at least", c.name, scale, got, c.atLeast[i])
			}
		}
	}
}

// TestOddSize has files of 161×115 pixels, whose last blocks are cut off.
func TestOddSize(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"odd2x2.jpg", "separate.jpg"} {
		file := stored(t, name)
		full := whole(t, file)
		for target, want := range map[image.Point]image.Point{
			{1, 1}:   {20, 14}, // nearer to the whole number than matters for one pixel
			{3, 2}:   {40, 29}, // the smaller scale would stretch it
			{30, 20}: {0, 0},   // each of them would
			{50, 40}: {0, 0},   // none is large enough
		} {
			m, err := Decode(file, target)
			if want == (image.Point{}) {
				if !errors.Is(err, ErrUnsupported) {
					t.Errorf("%s for %v: %v", name, target, err)
				}
				continue
			}
			if err != nil || m.Bounds().Size() != want {
				t.Errorf("%s for %v: %T, %v", name, target, m, err)
				continue
			}
			scale := (want.X*blockSide + 80) / 161
			if got := psnr(m, full, scale); got < 39 {
				t.Errorf("%s for %v: %.1f dB", name, target, got)
			}
		}
	}
}

func TestUnsupported(t *testing.T) {
	t.Parallel()
	plain := stored(t, "cmyk.jpg")
	at := bytes.Index(plain, []byte("Adobe"))
	plain[at] = 'B' // without that name, nobody knows what the inks mean
	deep := stored(t, "gray.jpg")
	deep[bytes.Index(deep, []byte{0xff, markerBaseline})+4] = 12 // bits
	for name, file := range map[string][]byte{"arithmetic": stored(t, "arithmetic.jpg"), "12 bits": deep, "inks": plain} {
		if m, err := Decode(file, image.Pt(7, 5)); m != nil || !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %T, %v", name, m, err)
		}
	}
}

// TestCut cuts files in many places.
func TestCut(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ycc2x2.jpg", "restart.jpg", "separate.jpg", "progressive.jpg"} {
		file := stored(t, name)
		for n := 0; n < len(file)-2; n += 1 + n/100 {
			m, err := Decode(file[:n], image.Pt(1, 1))
			var broken BrokenError
			if m != nil || !errors.As(err, &broken) || err.Error() == "scaledjpeg: " {
				t.Fatalf("%s cut after %d of %d bytes: %v", name, n, len(file), err)
			}
		}
	}
}

// TestDamage changes some bytes. A picture may come of it, of the right size.
func TestDamage(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	names := []string{"ycc2x2.jpg", "ycc4x1.jpg", "restart.jpg", "separate.jpg", "progressive.jpg", "cmyk.jpg", "best.jpg"}
	for _, name := range names {
		files[name] = stored(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		file := bytes.Clone(files[rapid.SampledFrom(names).Draw(t, "file")])
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			file[rapid.IntRange(0, len(file)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(file))
		if err != nil || config.Width*config.Height > 1<<20 {
			return
		}
		target := rapid.SampledFrom([]image.Point{{1, 1}, {7, 5}, {20, 14}, {42, 30}}).Draw(t, "target")
		checkAccepted(t, file, target, image.Pt(config.Width, config.Height))
	})
}

// checkAccepted decodes a file; if that works, the picture must have the right
// size, and pixels throughout.
func checkAccepted(t interface{ Fatalf(string, ...any) }, file []byte, target, size image.Point) {
	m, err := Decode(file, target)
	var broken BrokenError
	if err != nil {
		if m != nil || !errors.Is(err, ErrUnsupported) && !errors.As(err, &broken) {
			t.Fatalf("%T, %v", m, err)
		}
		return
	}
	got := m.Bounds().Size()
	scale := 1
	for scale < 4 && got != image.Pt(scaled(size.X, scale), scaled(size.Y, scale)) {
		scale *= 2
	}
	if got != image.Pt(scaled(size.X, scale), scaled(size.Y, scale)) || got.X < 2*target.X || got.Y < 2*target.Y {
		t.Fatalf("%v of %v for %v", got, size, target)
	}
	m.At(0, 0)
	m.At(got.X-1, got.Y-1)
}

func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob("testdata/*.jpg")
	if err != nil || len(names) < 10 {
		f.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		f.Add(stored(f, filepath.Base(name)), uint8(7), uint8(5))
	}
	f.Fuzz(func(t *testing.T, file []byte, width, height uint8) {
		target := image.Pt(int(width), int(height))
		config, err := jpeg.DecodeConfig(bytes.NewReader(file))
		if target.X == 0 || target.Y == 0 || err == nil && config.Width*config.Height > 1<<20 {
			return
		}
		if err != nil {
			// What the standard library does not even measure never gets here.
			if config.Width != 0 {
				t.Fatalf("%v of %v", config, err)
			}
			return
		}
		checkAccepted(t, file, target, image.Pt(config.Width, config.Height))
	})
}
