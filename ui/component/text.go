package component

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes a text safe to show on one line: terminal sequences and controls,
// bidi overrides and invisible characters are gone, tabs are spaces, line ends
// are ⏎, and every character is as wide on one terminal as on the next.
func Clean(text string) string {
	if plainRun(text) == len(text) {
		return text
	}
	var b strings.Builder
	clean(&b, text, math.MaxInt)
	return b.String()
}

// CleanLines is Clean for a text of several lines.
func CleanLines(text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Clean(strings.TrimSuffix(line, "\r"))
	}
	return lines
}

// tabStop is how many cells tabs are apart.
const tabStop = 4

// clean writes a text (to nowhere when b is nil), clean, while it fits the
// width, and reports the cells that took and whether text was left over. The
// cost is that of what is shown, however long the text.
func clean(b *strings.Builder, text string, width int) (cells int, more bool) {
	last, altered := "", false // the glyph shown before; whether it is not what was read
	for limit := len(text) - readAhead(width); text != ""; {
		if len(text) < limit {
			return cells, true
		}
		if n := sequence(text); n > 0 {
			text, altered = text[n:], true
			continue
		}
		g := first(text)
		switch {
		case g.hidden:
			text, altered = text[g.size:], true
			continue
		case altered && joined(last, g.show):
			g.show, g.width = standIn+g.show, 1+g.width
		case text[0] == '\t':
			g.width = tabStop - cells%tabStop
			g.show = Spaces(g.width)
		}
		if g.width > width-cells {
			return cells, true
		}
		if b != nil {
			b.WriteString(g.show)
		}
		cells += g.width
		last, altered = g.show, g.show != text[:g.size]
		text = text[g.size:]
	}
	return cells, false
}

// joined reports whether two glyphs would grow together when what stood between
// them is gone.
func joined(one, other string) bool {
	both := one + other
	for len(one) > 0 {
		raw, _ := ansi.FirstGraphemeCluster(both, ansi.GraphemeWidth)
		if len(raw) > len(one) {
			return true
		}
		one, both = one[len(raw):], both[len(raw):]
	}
	return false
}

// readAhead is how many bytes may be read to fill a width: text that shows
// nothing for longer than that is given up.
func readAhead(width int) int {
	const perCell, atLeast = 64, 4096
	if width > math.MaxInt/(2*perCell) {
		return width
	}
	return width*perCell + atLeast
}

// elide is a text clean and cut to a width, with an ellipsis when it is longer,
// and the cells that it takes.
func elide(text string, width int) (string, int) {
	if width <= 0 {
		return "", 0
	}
	switch n := plainRun(text[:min(len(text), width+2)]); {
	case n == len(text) && n <= width:
		return text, n
	case n > width:
		return text[:width-1] + "…", width
	}
	var b strings.Builder
	cells, more := clean(&b, text, width)
	if !more {
		return b.String(), cells
	}
	b.Reset()
	cells, _ = clean(&b, text, width-1)
	b.WriteString("…")
	return b.String(), cells + 1
}

// cellsOf is the cells that a text takes when clean; most when it takes more.
func cellsOf(text string, most int) int {
	if n := plainRun(text[:min(len(text), most+1)]); n == len(text) || n >= most {
		return min(n, most)
	}
	cells, more := clean(nil, text, most)
	if more {
		return most
	}
	return cells
}

// pad is elide, filled up with spaces to the width, on the left when right.
func pad(text string, width int, right bool) string {
	show, cells := elide(text, width)
	switch {
	case cells == width:
		return show
	case right:
		return Spaces(width-cells) + show
	}
	return show + Spaces(width-cells)
}

// sequence is the length of the terminal sequence that a text begins with; 0
// when there is none. One that does not end is no sequence: it must not swallow
// what follows.
func sequence(s string) int {
	kind, n := byte(0), 0
	switch {
	case s[0] == ansi.ESC && len(s) > 1:
		kind, n = s[1], 2
	case s[0] == 0xc2 && len(s) > 1 && s[1] >= 0x80 && s[1] <= 0x9f:
		kind, n = s[1]-0x40, 2 // a C1 control is ESC and a letter
	default:
		return 0
	}
	switch kind {
	case '[':
		for i := n; i < len(s); i++ {
			if c := s[i]; c >= '@' && c <= '~' {
				return i + 1
			} else if c < ' ' || c > '?' {
				return 0
			}
		}
	case ']', 'P', '_', '^', 'X':
		return stringEnd(s, n)
	}
	return 0
}

// stringEnd is where the string of an OSC, DCS, APC, PM or SOS ends.
func stringEnd(s string, from int) int {
	const far = 4096
	for i := from; i < min(len(s), far); i++ {
		switch {
		case s[i] == ansi.BEL:
			return i + 1
		case s[i] == ansi.ESC && i+1 < len(s) && s[i+1] == '\\':
			return i + 2
		case s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		case s[i] < ' ' && s[i] != '\t', s[i] == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0:
			return 0 // another control
		}
	}
	return 0
}
