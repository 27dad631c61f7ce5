package scaledjpeg

// zigzag tells where the frequencies, in their order in the file, are in a
// block: row × 8 + column.
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10,
	17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34,
	27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36,
	29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46,
	53, 60, 61, 54, 47, 55, 62, 63,
}

// fraction is how many bits the frequencies have below the point.
const fraction = 4

// The square root of 2 times the cosines of so many sixteenths of π, with
// cosineBits bits below the point.
const (
	cosineBits = 11

	cosine1 = 2841
	cosine2 = 2676
	cosine3 = 2408
	cosine5 = 1609
	cosine6 = 1108
	cosine7 = 565
)

// transform turns the lowest frequencies of a block, across columns of down
// rows, into as many samples. It is the inverse cosine transform of that size,
// whose samples are those of 8×8 put through a good low-pass.
func transform(block *[64]int32, across, down int, out []uint8, stride int) {
	for x := range across {
		line(block, x, blockSide, down)
	}
	for y := range down {
		line(block, y*blockSide, 1, across)
		row := out[y*stride:][:across]
		for x := range row {
			row[x] = sample(block[y*blockSide+x])
		}
	}
}

// sample makes a sample of eight times its difference to the middle, with
// fraction bits below the point.
func sample(n int32) uint8 {
	n = (n+4<<fraction)>>(3+fraction) + 128
	if uint32(n) > 255 { //nolint:gosec // what is below zero is above 255 then
		return uint8(^(n >> 31)) //nolint:gosec // 0 or 255
	}
	return uint8(n) //nolint:gosec // it was looked at
}

// line transforms 1, 2, 4 or 8 values in place, that many apart from the first.
// It is eight times too large, the root of that for each of a block's two sides.
func line(b *[64]int32, first, step, count int) {
	switch count {
	case 2:
		v0, v1 := &b[first&63], &b[(first+step)&63]
		*v0, *v1 = *v0+*v1, *v0-*v1
	case 4:
		v0, v1, v2, v3 := &b[first&63], &b[(first+step)&63], &b[(first+2*step)&63], &b[(first+3*step)&63]
		*v0, *v1, *v2, *v3 = four(*v0, *v1, *v2, *v3)
	case 8:
		v0, v1, v2, v3 := &b[first&63], &b[(first+step)&63], &b[(first+2*step)&63], &b[(first+3*step)&63]
		v4, v5, v6, v7 := &b[(first+4*step)&63], &b[(first+5*step)&63], &b[(first+6*step)&63], &b[(first+7*step)&63]
		e0, e1, e2, e3 := four(*v0, *v2, *v4, *v6)
		f1, f3, f5, f7 := *v1, *v3, *v5, *v7
		o0 := (f1*cosine1 + f3*cosine3 + f5*cosine5 + f7*cosine7) >> cosineBits
		o1 := (f1*cosine3 - f3*cosine7 - f5*cosine1 - f7*cosine5) >> cosineBits
		o2 := (f1*cosine5 - f3*cosine1 + f5*cosine7 + f7*cosine3) >> cosineBits
		o3 := (f1*cosine7 - f3*cosine5 + f5*cosine3 - f7*cosine1) >> cosineBits
		*v0, *v1, *v2, *v3 = e0+o0, e1+o1, e2+o2, e3+o3
		*v4, *v5, *v6, *v7 = e3-o3, e2-o2, e1-o1, e0-o0
	}
}

func four(f0, f1, f2, f3 int32) (int32, int32, int32, int32) {
	e0, e1 := f0+f2, f0-f2
	o0 := (f1*cosine2 + f3*cosine6) >> cosineBits
	o1 := (f1*cosine6 - f3*cosine2) >> cosineBits
	return e0 + o0, e1 + o1, e1 - o1, e0 - o0
}
