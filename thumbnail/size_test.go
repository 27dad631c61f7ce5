package thumbnail

import (
	"image"
	"testing"

	"pgregory.net/rapid"
)

// TestFit holds sizes that Pillow's Image.thumbnail gives.
func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, limit, wantW, wantH int }{
		{640, 480, 128, 128, 96},
		{1001, 333, 128, 128, 43},
		{1000, 667, 128, 128, 85},
		{1920, 1080, 128, 128, 72},
		{4000, 3000, 128, 128, 96},
		{3000, 4000, 128, 96, 128},
		{129, 128, 128, 128, 127},
		{128, 129, 128, 127, 128},
		{257, 255, 128, 128, 127},
		{255, 257, 128, 127, 128},
		{1000, 333, 128, 128, 43},
		{333, 1001, 128, 43, 128},
		{10000, 1, 128, 128, 1},
		{1, 10000, 128, 1, 128},
		{10000, 40, 128, 128, 1},
		{10000, 39, 128, 128, 1},
		{1000, 3, 128, 128, 1},
		{1000, 5, 128, 128, 1},
		{128, 128, 128, 128, 128},
		{127, 3, 128, 127, 3},
		{1, 1, 128, 1, 1},
		{600, 401, 100, 100, 67},
		{313, 217, 7, 7, 5},
		{5, 3, 1, 1, 1},
		{3, 2, 1, 1, 1},
		{199, 301, 64, 42, 64},
	} {
		if got, want := fit(image.Pt(c.w, c.h), c.limit), image.Pt(c.wantW, c.wantH); got != want {
			t.Errorf("fit(%d×%d, %d) = %v, want %v", c.w, c.h, c.limit, got, want)
		}
	}
}

func TestFitProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 70_000)
		size := image.Pt(side.Draw(t, "width"), side.Draw(t, "height"))
		limit := rapid.IntRange(1, 2000).Draw(t, "limit")
		got := fit(size, limit)
		if got.X < 1 || got.Y < 1 || got.X > limit || got.Y > limit {
			t.Fatalf("%v does not fit %d", got, limit)
		}
		if got.X > size.X || got.Y > size.Y {
			t.Fatalf("%v is larger than %v", got, size)
		}
		if got == size {
			return
		}
		if max(got.X, got.Y) != limit {
			t.Fatalf("%v does not fill %d", got, limit)
		}
		// The shorter side is within a pixel of the exact one.
		short, exact := got.Y, float64(limit)*float64(size.Y)/float64(size.X)
		if size.X < size.Y {
			short, exact = got.X, float64(limit)*float64(size.X)/float64(size.Y)
		}
		if off := float64(short) - exact; off <= -1 || off >= 1 {
			t.Fatalf("%v of %v: the short side should be about %.3f", got, size, exact)
		}
	})
}
