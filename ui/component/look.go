package component

import (
	"strings"

	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// part is what controls share: whether they have the focus. A control that says
// nothing else takes no keys, pastes or letters.
type part struct{ focused bool }

// Focus gives the control the focus.
func (p *part) Focus() tea.Cmd { p.focused = true; return nil }

// Blur takes the focus away.
func (p *part) Blur() { p.focused = false }

// Paste does nothing: the control takes no text.
func (p *part) Paste(string) tea.Cmd { return nil }

// Editing is false: letters are no text to the control.
func (p *part) Editing() bool { return false }

// span is a piece of a line in one style.
type span struct {
	text  string
	style theme.Style
}

// spans makes a line of pieces, clean, cut or padded to the width.
func spans(width int, pieces ...span) string {
	var b strings.Builder
	left := width
	for _, p := range pieces {
		if left <= 0 {
			break
		}
		show, cells := elide(p.text, left)
		b.WriteString(p.style.Render(show))
		left -= cells
	}
	b.WriteString(Spaces(left))
	return b.String()
}

// gutter is the two cells before a control, with a mark when it has the focus.
func gutter(focused bool) span {
	if focused {
		return span{"▸ ", theme.Focused}
	}
	return span{"  ", theme.Plain}
}

// gutterWidth is the width of the gutter, boxWidth that of a field's own sides
// and the gutter.
const (
	gutterWidth = 2
	boxWidth    = gutterWidth + 4
)

// frame is what fields share around their input: a label above it, what is
// wrong and what is allowed below it.
type frame struct {
	label, hint, problem, disabled string
	bare, focused                  bool
}

// top is the frame's lines above the input.
func (f frame) top(width int) []string {
	if f.bare || f.label == "" {
		return nil
	}
	style := theme.Heading
	switch {
	case f.disabled != "":
		style = theme.Disabled
	case f.focused:
		style = theme.Focused
	}
	return []string{spans(width, gutter(f.focused), span{f.label, style})}
}

// mark is the gutter of the input itself.
func (f frame) mark() span { return gutter(f.focused && (f.bare || f.label == "")) }

// edges are the sides of the input; broken ones mark that it cannot be edited.
func (f frame) edges() (left, right string) {
	if f.disabled != "" {
		return "┆ ", " ┆"
	}
	return "│ ", " │"
}

// side is the style of the input's sides.
func (f frame) side() theme.Style {
	switch {
	case f.disabled != "":
		return theme.Disabled
	case f.problem != "":
		return theme.Danger
	case f.focused:
		return theme.Focused
	}
	return theme.Border
}

// bottom is the frame's lines below the input.
func (f frame) bottom(width int) []string {
	lines := wrap(f.problem, width-gutterWidth-2, 4)
	for i, text := range lines {
		lines[i] = spans(width, span{lead(i, "  ✗ ") + text, theme.Danger})
	}
	note := f.hint
	if f.disabled != "" {
		note = f.disabled
	}
	for _, text := range wrap(note, width-gutterWidth, 3) {
		lines = append(lines, spans(width, span{"  ", theme.Plain}, span{text, theme.Faint}))
	}
	return lines
}

// lead is what stands before the lines of a paragraph: first on the first, and
// as many spaces on the others.
func lead(line int, first string) string {
	if line == 0 {
		return first
	}
	return Spaces(measure(first))
}

// wrap breaks a text at spaces into at most so many lines of a width; what is
// left over is cut with an ellipsis.
func wrap(text string, width, most int) []string {
	if text = Clean(text); text == "" || width <= 0 {
		return nil
	}
	var lines []string
	for text != "" && len(lines) < most-1 {
		at, cells, space := 0, 0, 0
		for at < len(text) {
			g := first(text[at:])
			if cells += g.width; cells > width {
				break
			}
			if text[at] == ' ' {
				space = at
			}
			at += g.size
		}
		switch {
		case at == len(text):
			return append(lines, text)
		case text[at] == ' ':
		case space > 0:
			at = space
		case at == 0:
			at = next(text, 0)
		}
		lines = append(lines, text[:at])
		text = strings.TrimLeft(text[at:], " ")
	}
	if text != "" {
		last, _ := elide(text, width)
		lines = append(lines, last)
	}
	return lines
}

// why tells the user why something cannot be done now.
func why(what, reason string) tea.Cmd {
	return nav.Send(nav.Notify{Level: nav.Information, Title: Clean(what) + " is not available", Text: reason})
}

// run calls a handler that may be missing.
func run(handler func() tea.Cmd) tea.Cmd {
	if handler == nil {
		return nil
	}
	return handler()
}
