package thumbnail

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"testing"
)

// TestPNGAlpha has a red disc's worth of opaque pixels in a clear surround that
// hides green: the green must not leak into the edge.
func TestPNGAlpha(t *testing.T) {
	t.Parallel()
	for _, side := range []int{300, 700} { // resampled only, and averaged first
		m := image.NewNRGBA(image.Rect(0, 0, side, side))
		draw.Draw(m, m.Rect, image.NewUniform(color.NRGBA{0, 255, 0, 0}), image.Point{}, draw.Src)
		for y := side / 3; y < side-side/5; y++ {
			for x := side / 3; x < side-side/5; x++ {
				m.SetNRGBA(x, y, color.NRGBA{255, 0, 0, 255})
			}
		}
		// A quarter of it shines through.
		for y := side / 2; y < side-side/5; y++ {
			for x := side / 2; x < side-side/5; x++ {
				m.SetNRGBA(x, y, color.NRGBA{255, 0, 0, 128})
			}
		}
		got, _ := made(t, encoded(t, PNG, m), Options{})
		for at, want := range map[image.Point]uint8{{5, 5}: 0, {50, 50}: 255, {85, 85}: 128, {120, 120}: 0} {
			if c := color.NRGBAModel.Convert(got.At(at.X, at.Y)).(color.NRGBA); c.A != want { //nolint:errcheck // the model's own type
				t.Errorf("%d: alpha at %v is %d, want %d", side, at, c.A, want)
			}
		}
		for y := range 128 {
			for x := range 128 {
				if c := color.NRGBAModel.Convert(got.At(x, y)).(color.NRGBA); c.A > 8 && c.G > 8 { //nolint:errcheck // the model's own type
					t.Fatalf("%d: %v at %d,%d", side, c, x, y)
				}
			}
		}
	}
}

// TestSmallPicturesStayTheSame compares every pixel of what fits already.
func TestSmallPicturesStayTheSame(t *testing.T) {
	t.Parallel()
	clearish := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range clearish.Pix {
		clearish.Pix[i] = uint8(i * 7)
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 9, 9))
	for i := range deep.Pix {
		deep.Pix[i] = uint8(i * 5)
	}
	dots := image.NewPaletted(image.Rect(0, 0, 31, 17), color.Palette{red, color.RGBA{}, blue, white})
	for i := range dots.Pix {
		dots.Pix[i] = uint8(i % 4)
	}
	for _, c := range []struct {
		format  Format
		picture image.Image
	}{{PNG, clearish}, {PNG, deep}, {PNG, dots}, {GIF, dots}} {
		got, _ := made(t, encoded(t, c.format, c.picture), Options{})
		for y := range c.picture.Bounds().Dy() {
			for x := range c.picture.Bounds().Dx() {
				r, g, b, a := c.picture.At(x, y).RGBA()
				if r2, g2, b2, a2 := got.At(x, y).RGBA(); r != r2 || g != g2 || b != b2 || a != a2 {
					t.Fatalf("%s %T at %d,%d: %v, want %v", c.format, c.picture, x, y, got.At(x, y), c.picture.At(x, y))
				}
			}
		}
	}
}

func TestGrayStaysGray(t *testing.T) {
	t.Parallel()
	for _, side := range []int{100, 300, 700} {
		m := image.NewGray(image.Rect(0, 0, side, side))
		for i := range m.Pix {
			m.Pix[i] = uint8(i % side * 255 / side)
		}
		for _, format := range []Format{JPEG, PNG} {
			thumb, _ := made(t, encoded(t, format, m), Options{})
			gray, ok := thumb.(*image.Gray)
			if !ok {
				t.Errorf("%s of %d: %T", format, side, thumb)
				continue
			}
			w := gray.Rect.Dx()
			if got := gray.GrayAt(w/2, w/2).Y; got < 122 || got > 132 {
				t.Errorf("%s of %d: the middle is %d", format, side, got)
			}
		}
	}
}

func TestGIFKeepsItsPalette(t *testing.T) {
	t.Parallel()
	for _, side := range []int{400, 700} {
		palette := color.Palette{red, blue, color.RGBA{}, white}
		m := image.NewPaletted(image.Rect(0, 0, side, side), palette)
		for y := range side {
			for x := range side {
				m.SetColorIndex(x, y, uint8(2*y/side*2+2*x/side))
			}
		}
		thumb, _ := made(t, encoded(t, GIF, m), Options{})
		got, ok := thumb.(*image.Paletted)
		if !ok || len(got.Palette) != len(palette) {
			t.Fatalf("%T", thumb)
		}
		for i, want := range palette {
			if r, g, b, a := want.RGBA(); a != 0 {
				if r2, g2, b2, _ := got.Palette[i].RGBA(); r != r2 || g != g2 || b != b2 {
					t.Errorf("colour %d is %v, want %v", i, got.Palette[i], want)
				}
			}
		}
		for at, want := range map[image.Point]uint8{{20, 20}: 0, {100, 20}: 1, {20, 100}: 2, {100, 100}: 3} {
			if c := got.ColorIndexAt(at.X, at.Y); c != want {
				t.Errorf("%d: colour at %v is %d, want %d", side, at, c, want)
			}
		}
	}
}

// TestGIFFirstFrame has a first frame that is smaller than the canvas, and a
// second one in another colour.
func TestGIFFirstFrame(t *testing.T) {
	t.Parallel()
	first := image.NewPaletted(image.Rect(200, 100, 300, 200), color.Palette{red, color.RGBA{}})
	second := image.NewPaletted(image.Rect(0, 0, 400, 200), color.Palette{blue, white})
	var file bytes.Buffer
	err := gif.EncodeAll(&file, &gif.GIF{
		Image:  []*image.Paletted{first, second},
		Delay:  []int{1, 1},
		Config: image.Config{Width: 400, Height: 200},
	})
	if err != nil {
		t.Fatal(err)
	}
	thumb, result := made(t, file.Bytes(), Options{})
	if result.Size != image.Pt(128, 64) {
		t.Fatalf("size %v", result.Size)
	}
	if got := corner(thumb.At(80, 48)); got != "red" {
		t.Errorf("the frame is %s", got)
	}
	if _, _, _, a := thumb.At(10, 10).RGBA(); a != 0 {
		t.Errorf("around the frame alpha is %d", a)
	}
}
