package assets

import (
	"bytes"
	"flag"
	"image"
	"image/jpeg"
	"os"
	"testing"
)

var draw = flag.Bool("draw", false, "draw HappyFace.jpg anew")

// TestHappyFaceIsDrawn: the picture is what this package draws, but for what JPEG
// loses. It is kept as a file since drawing it takes longer than all else at a
// sandbox's first start.
func TestHappyFaceIsDrawn(t *testing.T) {
	t.Parallel()
	drawn := drawFace()
	if *draw {
		var file bytes.Buffer
		if err := jpeg.Encode(&file, drawn, &jpeg.Options{Quality: 90}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(HappyFaceName, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		happyFace = file.Bytes()
	}
	kept, err := jpeg.Decode(bytes.NewReader(HappyFace()))
	if err != nil || kept.Bounds() != drawn.Bounds() {
		t.Fatalf("%v, want %v: %v", kept.Bounds(), drawn.Bounds(), err)
	}
	if off := difference(kept, drawn); off > 2 {
		t.Errorf("the picture is off by %.2f of 255 on the average: draw it anew (-draw)", off)
	}
}

// difference is by how much the colours of two pictures of one size differ on the
// average, 0 to 255.
func difference(a, b image.Image) float64 {
	apart := func(x, y uint32) uint32 { return (max(x, y) - min(x, y)) >> 8 }
	sum, size := uint32(0), a.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			sum += apart(r1, r2) + apart(g1, g2) + apart(b1, b2)
		}
	}
	return float64(sum) / float64(3*size.Dx()*size.Dy())
}
