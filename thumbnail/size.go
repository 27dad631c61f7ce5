package thumbnail

import (
	"image"
	"math"
)

// fit gives the size that a picture takes in a square of side limit: its aspect
// kept as well as whole pixels can, never larger than the picture, never
// without a pixel. It rounds as Pillow's Image.thumbnail does: of the two whole
// numbers next to the exact one, that which comes nearer to the aspect.
func fit(size image.Point, limit int) image.Point {
	if size.X <= limit && size.Y <= limit {
		return size
	}
	side := float64(limit)
	aspect := float64(size.X) / float64(size.Y)
	if aspect <= 1 {
		width := nearer(side*aspect, func(n float64) float64 {
			return math.Abs(aspect - n/side)
		})
		return image.Pt(width, limit)
	}
	height := nearer(side/aspect, func(n float64) float64 {
		if n == 0 {
			return 0
		}
		return math.Abs(aspect - side/n)
	})
	return image.Pt(limit, height)
}

// nearer rounds to the neighbour with the smaller error, the lower one if they
// are level, and to 1 at least.
func nearer(exact float64, fault func(float64) float64) int {
	n := math.Floor(exact)
	if up := math.Ceil(exact); fault(up) < fault(n) {
		n = up
	}
	return max(int(n), 1)
}
