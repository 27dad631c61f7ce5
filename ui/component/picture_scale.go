package component

import (
	"image"
	"image/draw"
)

// fitted is the largest size of an aspect that fits a room, and is no larger
// than the original. It is a pixel at least.
func fitted(size, room image.Point) image.Point {
	if size.X <= room.X && size.Y <= room.Y {
		return size
	}
	if size.X*room.Y >= size.Y*room.X {
		return image.Pt(room.X, max(1, (size.Y*room.X+size.X/2)/size.X))
	}
	return image.Pt(max(1, (size.X*room.Y+size.Y/2)/size.Y), room.Y)
}

// average scales an image to a size: each pixel becomes the mean of those it
// covers, with alpha multiplied in, so that what cannot be seen gives no colour.
// Of the image, only one row at a time is converted.
func average(from image.Image, size image.Point) *image.RGBA {
	bounds := from.Bounds()
	out := image.NewRGBA(image.Rectangle{Max: size})
	if bounds.Empty() || out.Rect.Empty() {
		return out
	}
	row := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), 1))
	edges := make([]int, size.X+1)
	for x := range edges {
		edges[x] = x * bounds.Dx() / size.X
	}
	sums := make([][4]uint32, size.X)
	for y := range size.Y {
		clear(sums)
		top := y * bounds.Dy() / size.Y
		bottom := max((y+1)*bounds.Dy()/size.Y, top+1)
		for at := top; at < bottom; at++ {
			draw.Draw(row, row.Rect, from, image.Pt(bounds.Min.X, bounds.Min.Y+at), draw.Src)
			gather(sums, row.Pix, edges)
		}
		for x, sum := range sums {
			n := uint32((max(edges[x+1], edges[x]+1) - edges[x]) * (bottom - top)) //nolint:gosec // pixels under one pixel
			for c, v := range sum {
				out.Pix[out.PixOffset(x, y)+c] = uint8((v + n/2) / n) //nolint:gosec // the mean of bytes
			}
		}
	}
	return out
}

// gather adds a row's pixels to the sums of the cells between edges.
func gather(sums [][4]uint32, pix []uint8, edges []int) {
	for x := range sums {
		from, to := edges[x], max(edges[x+1], edges[x]+1)
		sum := &sums[x]
		for p := pix[4*from : 4*to]; len(p) >= 4; p = p[4:] {
			sum[0] += uint32(p[0])
			sum[1] += uint32(p[1])
			sum[2] += uint32(p[2])
			sum[3] += uint32(p[3])
		}
	}
}
