package component

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A line is finished text: glyphs, and the sequences that style them.

// Width is how many cells a line takes, its styles not counted.
func Width(line string) int {
	cells := 0
	for line != "" {
		n := plainRun(line)
		cells, line = cells+n, line[n:]
		if line == "" {
			break
		}
		size, w := lineGlyph(line)
		cells, line = cells+w, line[size:]
	}
	return cells
}

// lineGlyph is the size in bytes and the width in cells of what a line begins
// with: a glyph, or a sequence without a width.
func lineGlyph(line string) (size, width int) {
	if c := line[0]; c < utf8.RuneSelf {
		switch {
		case c == ansi.ESC:
			return max(1, sequence(line)), 0
		case c < ' ' || c == 0x7f:
			return 1, 0
		case stands(line[1:]):
			return 1, 1
		}
	} else if r, size := utf8.DecodeRuneInString(line); simple(r) > 0 && stands(line[size:]) {
		return size, simple(r)
	}
	raw, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
	return len(raw), width
}

// cut is the cells from ≤ i < to of a line, in the styles that they have there,
// with a tail in the last one's style. A wide character that is cut in half
// gives way to a space.
func cut(line string, from, to int, tail string) string {
	var b strings.Builder
	open := "" // the styles in force
	at, inside := 0, from <= 0
	for line != "" && at < to {
		size, w := lineGlyph(line)
		piece := line[:size]
		line = line[size:]
		switch {
		case piece == ansi.ResetStyle, piece == "\x1b[0m":
			if inside && open != "" {
				b.WriteString(piece)
			}
			open = ""
			continue
		case piece[0] == ansi.ESC && size > 1:
			open += piece
			if inside {
				b.WriteString(piece)
			}
			continue
		case w > 0 && at+w > from && !inside:
			b.WriteString(open)
			inside = true
		}
		switch {
		case at+w > to:
			b.WriteString(Spaces(to - max(at, from)))
		case inside && at < from:
			b.WriteString(Spaces(at + w - from))
		case inside:
			b.WriteString(piece)
		}
		at += w
	}
	b.WriteString(tail)
	if inside && open != "" {
		b.WriteString(ansi.ResetStyle)
	}
	return b.String()
}

// FitLine cuts a line to the width, with an ellipsis, or pads it with spaces.
func FitLine(line string, width int) string {
	switch n := Width(line); {
	case n == width:
		return line
	case n < width:
		return line + Spaces(width-n)
	case width <= 0:
		return ""
	}
	return cut(line, 0, width-1, "…")
}

// splice puts a line of some width into another at a cell.
func splice(base string, width int, line string, x, w int) string {
	from, to := max(0, -x), min(w, width-x)
	if from >= to {
		return base
	}
	if to-from < w {
		line = cut(line, from, to, "")
	}
	return cut(base, 0, x, "") + line + cut(base, x+to, width, "")
}

// Wrap breaks a line that has no styles into lines of a width, at spaces where
// it can.
func Wrap(line string, width int) []string {
	if width <= 0 {
		return nil
	}
	if Width(line) <= width && !strings.Contains(line, "\n") {
		return []string{line}
	}
	return strings.Split(ansi.Wrap(line, width, ""), "\n")
}
