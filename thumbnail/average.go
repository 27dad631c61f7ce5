package thumbnail

import (
	"image"
	"image/color"
	"image/draw"
)

// average shrinks a picture to size, which is no larger on either side: each
// pixel becomes the mean of the pixels that it covers.
func average(picture image.Image, size image.Point) *image.NRGBA {
	if m, ok := picture.(*image.Gray); ok {
		out := image.NewGray(image.Rectangle{Max: size})
		averagePlane(out.Pix, size, m.Pix, m.Stride, m.Rect.Size())
		return toNRGBA(out)
	}
	return averageRows(picture, size)
}

// averageYCbCr averages the three planes apart. In the result none is
// subsampled.
func averageYCbCr(m *image.YCbCr, size image.Point) *image.YCbCr {
	out := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio444)
	averagePlane(out.Y, size, m.Y[m.YOffset(m.Rect.Min.X, m.Rect.Min.Y):], m.YStride, m.Rect.Size())
	first := m.COffset(m.Rect.Min.X, m.Rect.Min.Y)
	last := m.COffset(m.Rect.Max.X-1, m.Rect.Max.Y-1) - first
	chroma := image.Pt(last%m.CStride+1, last/m.CStride+1)
	averagePlane(out.Cb, size, m.Cb[first:], m.CStride, chroma)
	averagePlane(out.Cr, size, m.Cr[first:], m.CStride, chroma)
	return out
}

// cell is the part of a length that the i-th of n equal pieces covers, in whole
// pixels and one at least. Pieces may share a pixel where a chroma plane is
// shorter than the result.
func cell(i, n, length int) (from, to int) {
	from = i * length / n
	return from, max((i+1)*length/n, from+1)
}

// averagePlane averages a plane of bytes of the size whole, with rows stride
// bytes apart, to one of the given size.
func averagePlane(dst []uint8, size image.Point, plane []uint8, stride int, whole image.Point) {
	sums := make([]uint64, size.X)
	for j := range size.Y {
		clear(sums)
		y0, y1 := cell(j, size.Y, whole.Y)
		for y := y0; y < y1; y++ {
			row := plane[y*stride:][:whole.X]
			for i := range sums {
				x0, x1 := cell(i, size.X, whole.X)
				var sum uint64
				for _, v := range row[x0:x1] {
					sum += uint64(v)
				}
				sums[i] += sum
			}
		}
		for i, sum := range sums {
			x0, x1 := cell(i, size.X, whole.X)
			dst[j*size.X+i] = mean(sum, uint64((x1-x0)*(y1-y0))) //nolint:gosec // a cell has a pixel at least
		}
	}
}

// mean divides, rounded to the nearest; of bytes it is a byte again.
func mean(sum, n uint64) uint8 {
	return uint8(min((sum+n/2)/n, 255))
}

// averageRows averages any picture, one row in memory at a time as RGBA: with
// alpha multiplied in, so that what cannot be seen gives no colour.
func averageRows(picture image.Image, size image.Point) *image.NRGBA {
	bounds := picture.Bounds()
	row := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), 1))
	read := rowReader(picture, row)
	out := image.NewNRGBA(image.Rectangle{Max: size})
	sums := make([][4]uint64, size.X)
	for j := range size.Y {
		clear(sums)
		y0, y1 := cell(j, size.Y, bounds.Dy())
		for y := y0; y < y1; y++ {
			read(bounds.Min.Y + y)
			for i := range sums {
				x0, x1 := cell(i, size.X, bounds.Dx())
				addPixels(&sums[i], row.Pix[4*x0:4*x1])
			}
		}
		for i := range sums {
			x0, x1 := cell(i, size.X, bounds.Dx())
			straight(out.Pix[j*out.Stride+4*i:][:4], &sums[i], uint64((x1-x0)*(y1-y0))) //nolint:gosec // a cell has a pixel at least
		}
	}
	return out
}

func addPixels(sum *[4]uint64, pix []uint8) {
	var r, g, b, a uint64
	for ; len(pix) >= 4; pix = pix[4:] {
		r += uint64(pix[0])
		g += uint64(pix[1])
		b += uint64(pix[2])
		a += uint64(pix[3])
	}
	sum[0] += r
	sum[1] += g
	sum[2] += b
	sum[3] += a
}

// straight writes the mean of n summed pixels with its alpha divided out.
func straight(dst []uint8, sum *[4]uint64, n uint64) {
	if sum[3] == 0 {
		return
	}
	for k := range 3 {
		dst[k] = mean(sum[k]*255, sum[3])
	}
	dst[3] = mean(sum[3], n)
}

// rowReader gives the function that fills row with the picture's row y.
func rowReader(picture image.Image, row *image.RGBA) func(y int) {
	m, ok := picture.(*image.Paletted)
	if !ok {
		left := picture.Bounds().Min.X
		return func(y int) { draw.Draw(row, row.Rect, picture, image.Pt(left, y), draw.Src) }
	}
	// As large as an index can be, so that one past the palette's end meets a
	// colour, too.
	var colours [256]color.RGBA
	for i, c := range m.Palette[:min(len(m.Palette), 256)] {
		r, g, b, a := c.RGBA()
		colours[i] = color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)} //nolint:gosec // the upper byte of 16 bits
	}
	return func(y int) {
		from := m.PixOffset(m.Rect.Min.X, y)
		for x, index := range m.Pix[from : from+m.Rect.Dx()] {
			c := colours[index]
			copy(row.Pix[4*x:], []uint8{c.R, c.G, c.B, c.A})
		}
	}
}
