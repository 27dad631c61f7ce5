package component

import (
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// unseen is the alpha below which a pixel counts as not there: what is under it
// is the terminal's own background, whatever its colour.
const unseen = 32

// ink is a pixel over a background, and whether it is to be seen at all.
func ink(p, under color.RGBA) (color.RGBA, bool) {
	if p.A < unseen {
		return color.RGBA{}, false
	}
	through := 255 - uint16(p.A)
	over := func(c, below uint8) uint8 { return uint8(min(255, uint16(c)+(uint16(below)*through+127)/255)) }
	return color.RGBA{over(p.R, under.R), over(p.G, under.G), over(p.B, under.B), 255}, true
}

// halfBlocks draws an image with two pixels a cell, one above the other.
func halfBlocks(m *image.RGBA, under color.RGBA) []string {
	lines := make([]string, (m.Rect.Dy()+1)/2)
	var b strings.Builder
	for y := range lines {
		b.Reset()
		open := ""
		for x := range m.Rect.Dx() {
			upper, hasUpper := ink(m.RGBAAt(x, 2*y), under)
			lower, hasLower := ink(m.RGBAAt(x, 2*y+1), under) // below the image: nothing
			style, block := "", " "
			switch {
			case hasUpper && hasLower:
				style, block = dye(&upper, &lower), "▀"
			case hasUpper:
				style, block = dye(&upper, nil), "▀"
			case hasLower:
				style, block = dye(&lower, nil), "▄"
			}
			if style != open {
				if open != "" {
					b.WriteString(ansi.ResetStyle)
				}
				b.WriteString(style)
				open = style
			}
			b.WriteString(block)
		}
		if open != "" {
			b.WriteString(ansi.ResetStyle)
		}
		lines[y] = b.String()
	}
	return lines
}

// dye is the sequence for a foreground and perhaps a background.
func dye(fore, back *color.RGBA) string {
	b := make([]byte, 0, 40)
	channels := func(c *color.RGBA) {
		for _, v := range []uint8{c.R, c.G, c.B} {
			b = append(b, ';')
			b = strconv.AppendUint(b, uint64(v), 10)
		}
	}
	b = append(b, "\x1b[38;2"...)
	channels(fore)
	if back != nil {
		b = append(b, ";48;2"...)
		channels(back)
	}
	return string(append(b, 'm'))
}

// ramp is characters from dark to bright, as they look on a dark screen.
const ramp = " .:-=+*#%@"

// shades draws an image without colours, one pixel a cell.
func shades(m *image.RGBA, under color.RGBA) []string {
	lines := make([]string, m.Rect.Dy())
	line := make([]byte, m.Rect.Dx())
	for y := range lines {
		for x := range line {
			line[x] = ramp[0]
			if c, ok := ink(m.RGBAAt(x, y), under); ok {
				light := (299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000
				line[x] = ramp[light*(len(ramp)-1)/255]
			}
		}
		lines[y] = string(line)
	}
	return lines
}
