package thumbnail

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"

	"awslab/thumbnail/scaledjpeg"
)

// TestQuickIsAsGood compares the thumbnails of JPEGs that are decoded to a
// fraction of their size with those of the same files decoded whole. Both are
// held to a resampling of all pixels, after what a JPEG itself loses.
func TestQuickIsAsGood(t *testing.T) {
	t.Parallel()
	type file struct {
		bytes []byte
		max   int
	}
	gray := image.NewGray(image.Rect(0, 0, 640, 480))
	draw.Draw(gray, gray.Rect, photo(640, 480), image.Point{}, draw.Src)
	files := map[string]file{
		"photo, an eighth": {encoded(t, JPEG, photo(1200, 800)), 60},
		"photo, a quarter": {encoded(t, JPEG, photo(640, 480)), 60},
		"photo, a half":    {encoded(t, JPEG, photo(320, 240)), 60},
		"gray, a quarter":  {encoded(t, JPEG, gray), 60},
	}
	for _, name := range []string{"ycc1x1", "ycc2x1", "ycc1x2", "ycc2x2", "ycc4x1", "rgb", "cmyk", "progressive", "progressive1x1"} {
		stored, err := os.ReadFile(filepath.Join("scaledjpeg", "testdata", name+".jpg"))
		if err != nil {
			t.Fatal(err)
		}
		files[name+", small"] = file{stored, 7}
		if name != "progressive" && name != "progressive1x1" {
			files[name] = file{stored, 21}
		}
	}
	for name, f := range files {
		whole, err := jpeg.Decode(bytes.NewReader(f.bytes))
		if err != nil {
			t.Fatal(err)
		}
		size := fit(whole.Bounds().Size(), f.max)
		quick, err := scaledjpeg.Decode(f.bytes, size)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := imaging.Resize(imaging.Clone(whole), size.X, size.Y, imaging.CatmullRom)
		got := psnr(lossy(t, shrink(quick, size, upright)), want)
		before := psnr(lossy(t, shrink(whole, size, upright)), want)
		t.Logf("%s: %.2f dB, decoded whole %.2f dB", name, got, before)
		if got < before-0.1 {
			t.Errorf("%s: %.2f dB, decoded whole %.2f dB", name, got, before)
		}
	}
}
