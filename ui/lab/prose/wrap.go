package prose

import (
	"strings"

	"awslab/ui/component"
	"awslab/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// word is what stays together on a line: pieces without a space between them.
type word struct {
	pieces []run
	cells  int
	ends   bool // the line ends before it
}

// wrap draws runs in lines of the drawing's width.
func (d *drawing) wrap(runs []run, p prefix) {
	room := max(1, d.width-p.cells)
	var line strings.Builder
	used := 0
	flush := func() {
		d.lines = append(d.lines, p.first+line.String())
		line.Reset()
		used, p = 0, p.after()
	}
	for _, w := range words(runs) {
		if w.ends || used > 0 && used+1+w.cells > room {
			flush()
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		for _, piece := range w.pieces {
			used = d.put(&line, piece, used, room, flush)
		}
	}
	if used > 0 || p.first != p.rest {
		flush()
	}
}

// put writes a piece; one that is wider than a line goes on in the next.
func (d *drawing) put(line *strings.Builder, piece run, used, room int, flush func()) int {
	rest := piece.text
	for component.Width(rest) > room-used {
		part := ansi.Truncate(rest, room-used, "")
		if part == "" && used == 0 {
			return used // a character wider than the line
		}
		line.WriteString(piece.style.Render(part))
		rest = rest[len(part):]
		flush()
		used = 0
	}
	line.WriteString(piece.style.Render(rest))
	return used + component.Width(rest)
}

// words cuts runs at their spaces.
func words(runs []run) []word {
	var out []word
	var now word
	open := false
	push := func() {
		if open {
			out = append(out, now)
		}
		now, open = word{}, false
	}
	for _, r := range runs {
		if r.text == hardBreak {
			push()
			now.ends, open = true, true
			continue
		}
		for i, part := range strings.Split(component.Clean(r.text), " ") {
			if i > 0 {
				push()
			}
			if part == "" {
				continue
			}
			now.pieces = append(now.pieces, run{part, r.style})
			now.cells += component.Width(part)
			open = true
		}
	}
	push()
	return out
}

// Wrap draws plain text, as it is, in lines of at most width cells.
func Wrap(text string, width int) []string {
	d := drawing{width: max(width, narrowest)}
	d.wrap([]run{{text, theme.Plain}}, prefix{})
	return d.lines
}
