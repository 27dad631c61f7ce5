package component

import (
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Scroll is a view of a block that may be higher than the place for it. It
// follows the focus: when the focused zone or the cursor moves, it comes into
// sight; the wheel moves the view away from it, and it stays there.
type Scroll struct {
	top    int
	height int    // of the view, as drawn last
	high   int    // of the content, as drawn last
	seen   target // what the view followed last
}

// target is the part of the content to keep in sight.
type target struct {
	x, y, h int
	label   string
	ok      bool
}

// NewScroll makes a view of the content's top.
func NewScroll() *Scroll { return &Scroll{} }

// ToTop goes to the content's first line.
func (s *Scroll) ToTop() { s.top, s.seen = 0, target{} }

// Top is the content's line that the view begins with.
func (s *Scroll) Top() int { return s.top }

// By moves the view by lines, down positive, as far as there is content.
func (s *Scroll) By(lines int) { s.top = max(0, min(s.top+lines, s.high-s.height)) }

// View shows a part of the content as high as height. It is as wide as the
// content, whose last column gives way to a scrollbar when there is more than
// fits. Zones out of sight stay, with Reveal.
func (s *Scroll) View(content Block, height int) Block {
	height = max(0, height)
	s.height, s.high = height, len(content.Lines)
	if now := focusOf(content); now != s.seen {
		s.seen = now
		if now.ok {
			s.follow(now)
		}
	}
	s.By(0)
	out := Block{Width: content.Width, Lines: make([]string, height)}
	bar := scrollbar(height, s.top, len(content.Lines))
	for y := range out.Lines {
		switch at := s.top + y; {
		case at >= len(content.Lines):
			out.Lines[y] = Spaces(out.Width)
		case len(content.Lines) > height && out.Width > 0:
			out.Lines[y] = lastColumn(content.Lines[at], out.Width, bar[y])
		default:
			out.Lines[y] = content.Lines[at]
		}
	}
	if c := content.Cursor; c != nil && c.Y >= s.top && c.Y < s.top+height {
		out.Cursor = &Point{c.X, c.Y - s.top}
	}
	if len(content.Lines) > height {
		out = out.All(Zone{Role: RoleScroll, Wheel: func(_, dy int) tea.Cmd { s.By(dy); return nil }})
	}
	for _, z := range content.Zones {
		out.Zones = append(out.Zones, s.clip(z))
	}
	return out
}

// clip is a zone of the content as it is in the view.
func (s *Scroll) clip(z Zone) Zone {
	y, h := z.Y, z.H
	z.Y -= s.top
	if z.Y >= s.height || z.Y+z.H <= 0 || z.Reveal != nil {
		inner := z.Reveal
		z.Y, z.H = max(0, min(z.Y, s.height-1)), min(z.H, s.height)
		z.Reveal = func() tea.Cmd {
			s.show(y, h)
			return run(inner)
		}
		return z
	}
	if hidden := -z.Y; hidden > 0 {
		z.Y, z.H = 0, z.H-hidden
		if click := z.Click; click != nil {
			z.Click = func(x, y int) tea.Cmd { return click(x, y+hidden) }
		}
		if drag := z.Drag; drag != nil {
			z.Drag = func(x, y int) tea.Cmd { return drag(x, y+hidden) }
		}
	}
	z.H = min(z.H, s.height-z.Y)
	return z
}

// follow brings the focus into sight, with what belongs to it around it: a
// label above, a hint or an error below.
func (s *Scroll) follow(focus target) {
	const around = 2
	if s.height >= focus.h+2*around {
		s.show(max(0, focus.y-around), focus.h+2*around)
	} else {
		s.show(focus.y, focus.h)
	}
}

// show brings lines of the content into sight; the first of them when they are
// too many.
func (s *Scroll) show(y, h int) {
	if y+h > s.top+s.height {
		s.top = y + h - s.height
	}
	if y < s.top || h > s.height {
		s.top = y
	}
}

// focusOf finds what has the focus in a block: the cursor's line within the
// focused zone, if there is a cursor.
func focusOf(b Block) target {
	if c := b.Cursor; c != nil {
		return target{x: c.X, y: c.Y, h: 1, ok: true, label: "|"}
	}
	for _, z := range b.Zones {
		if z.Focused && z.Reveal == nil {
			return target{x: z.X, y: z.Y, h: z.H, label: z.Label, ok: true}
		}
	}
	return target{}
}

// scrollbar is the cells of a bar, one for each line of a view of some lines
// from a top; all │ when there is nothing to scroll.
func scrollbar(height, top, total int) []string {
	bar := make([]string, max(0, height))
	for y := range bar {
		bar[y] = "│"
	}
	if total <= height || height <= 0 {
		return bar
	}
	size := max(1, min(height-1, height*height/total))
	from := 0
	if span := total - height; span > 0 {
		from = (height - size) * min(top, span) / span
	}
	if top > 0 && from == 0 && height > 1 {
		from = min(1, height-size)
	}
	for y := from; y < min(height, from+size); y++ {
		bar[y] = "┃"
	}
	return bar
}

// lastColumn puts a scrollbar's cell in the place of a line's last one.
func lastColumn(line string, width int, cell string) string {
	const edge = "│" + ansi.ResetStyle
	switch {
	case strings.HasSuffix(line, " "):
		return line[:len(line)-1] + theme.Border.Render(cell)
	case strings.HasSuffix(line, edge):
		return strings.TrimSuffix(line, edge) + cell + ansi.ResetStyle
	}
	return cut(line, 0, width-1, "") + theme.Border.Render(cell)
}
