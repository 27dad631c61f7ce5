package assets

import (
	"image"
	"math"
)

// The colours of the face and of what is behind it.
var (
	sky      = rgb{142, 214, 246}
	deepSky  = rgb{44, 122, 190}
	white    = rgb{255, 255, 255}
	lemon    = rgb{255, 242, 140}
	yellow   = rgb{255, 214, 48}
	amber    = rgb{240, 158, 8}
	brown    = rgb{74, 40, 12}
	blush    = rgb{250, 110, 80}
	throat   = rgb{92, 18, 22}
	lip      = rgb{142, 34, 30}
	tongue   = rgb{244, 112, 112}
	midnight = rgb{8, 36, 72}
)

// Where the face is.
const (
	faceX, faceY, faceRadius = 400.0, 292.0, 238.0
)

// drawFace draws the happy face: 800×600 pixels.
func drawFace() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 800, 600))
	ground(m, downward(0, 600, sky, deepSky))
	for _, part := range [][]layer{bubbles(), head(), eyes(), mouth()} {
		for i := range part {
			part[i].draw(m)
		}
	}
	return m
}

// around is a rectangle that holds all within a distance of a point.
func around(x, y, dx, dy float64) image.Rectangle {
	return image.Rect(int(x-dx)-1, int(y-dy)-1, int(x+dx)+2, int(y+dy)+2)
}

// blob is a soft ellipse of one colour.
func blob(x, y, rx, ry, soft, opacity float64, c rgb) layer {
	return layer{
		bounds:  around(x, y, rx+soft, ry+soft),
		shape:   ellipse(x, y, rx, ry),
		soft:    soft,
		opacity: opacity,
		paint:   plain(c),
	}
}

// bubbles float in the background.
func bubbles() []layer {
	var out []layer
	for _, b := range [...]struct{ x, y, radius, opacity float64 }{
		{88, 112, 52, 0.20}, {168, 500, 74, 0.14}, {38, 336, 30, 0.18}, {708, 92, 70, 0.17},
		{752, 312, 40, 0.16}, {664, 520, 58, 0.13}, {610, 46, 22, 0.22}, {196, 40, 18, 0.22},
	} {
		out = append(out, blob(b.x, b.y, b.radius, b.radius, 3, b.opacity, white))
	}
	return out
}

// head is a ball lit from above on the left, and its shadow.
func head() []layer {
	lit := func(x, y float64) rgb {
		away := math.Hypot(x-320, y-190) / 390
		if away < 0.5 {
			return lemon.toward(yellow, smooth(away/0.5))
		}
		return yellow.toward(amber, smooth((away-0.5)/0.5))
	}
	rim := both(circle(faceX, faceY, faceRadius), outside(circle(faceX-5, faceY-8, faceRadius-4)))
	all := around(faceX, faceY, faceRadius, faceRadius)
	return []layer{
		blob(faceX+8, 548, 190, 22, 46, 0.45, midnight),
		{all, circle(faceX, faceY, faceRadius), 1, 1, lit},
		{all, rim, 10, 0.35, plain(rgb{196, 104, 0})},
		blob(342, 142, 88, 34, 56, 0.55, white),
	}
}

// eyes come with brows and, further down, with cheeks.
func eyes() []layer {
	var out []layer
	for _, side := range [...]float64{-1, 1} {
		x := faceX + side*82
		brow := both(circle(x, 198, 56), outside(circle(x, 207, 56)))
		out = append(out,
			layer{image.Rect(int(x)-36, 130, int(x)+36, 172), brow, 1.5, 0.85, plain(brown)},
			blob(x, 238, 27, 41, 1.2, 1, brown),
			blob(x-8, 222, 9, 13, 2, 0.95, white),
			blob(x+9, 258, 5, 6, 2, 0.5, white),
			blob(faceX+side*158, 326, 34, 22, 36, 0.50, blush),
		)
	}
	return out
}

// mouth laughs, with teeth and a tongue.
func mouth() []layer {
	upper := circle(faceX, 60, 270)
	open := both(circle(faceX, 286, 152), outside(upper))
	bounds := image.Rect(230, 270, 570, 450)
	return []layer{
		{bounds, open, 1.2, 1, downward(320, 440, throat, lip)},
		{bounds, both(open, circle(faceX, 474, 84)), 1.5, 1, downward(390, 440, tongue, rgb{222, 74, 84})},
		{bounds, both(open, circle(faceX, 60, 298)), 1.2, 1, downward(300, 360, white, rgb{226, 232, 240})},
	}
}
