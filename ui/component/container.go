package component

import (
	"cmp"
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// ContainerSides is how many cells of a container's width its body does not
// have: a border and a space on each side.
const ContainerSides = 4

// Container is a titled box. Its actions stand at the right of the title, or
// under it when there is no room; its body has the width less ContainerSides.
func Container(width int, title string, actions []Block, body Block) Block {
	width = max(0, width)
	if width < ContainerSides {
		return Stack(width, Text(width, Clean(title)), Row(width, 1, actions...), body)
	}
	inner := width - ContainerSides
	buttons := Row(inner, 1, actions...)
	needed := 0
	for _, a := range actions {
		needed += a.Width + 1
	}
	var top Block
	switch room := width - 6 - needed; {
	case needed > 0 && room >= min(measure(Clean(title)), 12):
		top = borderTop(width-needed-2, title, "")
		top = Beside(1, append([]Block{top, Blank(1, 1)}, append(spaced(actions), Text(1, theme.Border.Render("┐")))...)...)
	default:
		top = borderTop(width, title, "┐")
		if needed > 0 {
			body = Stack(inner, buttons, body)
		}
	}
	body = body.Fit(inner, len(body.Lines))
	side := theme.Border.Render("│")
	middle := Block{Width: width}
	for _, line := range body.Lines {
		middle.Lines = append(middle.Lines, side+" "+line+" "+side)
	}
	middle.adopt(body, 2, 0)
	bottom := Text(width, theme.Border.Render("└"+strings.Repeat("─", max(0, width-2))+"┘"))
	return Stack(width, top, middle, bottom)
}

// spaced puts a space after each block.
func spaced(blocks []Block) []Block {
	out := make([]Block, 0, 2*len(blocks))
	for _, b := range blocks {
		out = append(out, b, Blank(1, 1))
	}
	return out
}

// borderTop is a container's first line, with its title in it.
func borderTop(width int, title, corner string) Block {
	room := width - 4 - len([]rune(corner))
	text, cells := elide(title, max(0, room))
	if text == "" {
		return Text(width, theme.Border.Render("┌"+strings.Repeat("─", max(0, width-1-len([]rune(corner))))+corner))
	}
	rest := max(0, width-4-cells-len([]rune(corner)))
	return Text(width, theme.Border.Render("┌─ ")+theme.Heading.Render(text)+" "+theme.Border.Render(strings.Repeat("─", rest)+corner))
}

// Pair is a label and its value.
type Pair struct {
	Label, Value string
	Style        theme.Style // of the value
}

// narrowPair is the least cells that a pair gets before columns are given up.
const narrowPair = 18

// KeyValues shows pairs, each label above its value, in up to so many columns.
func KeyValues(width, columns int, pairs ...Pair) Block {
	width = max(0, width)
	columns = max(1, min(columns, (width+columnGap)/(narrowPair+columnGap), len(pairs)))
	each := (width - columnGap*(columns-1)) / columns
	var rows []Block
	for i := 0; i < len(pairs); i += columns {
		row := make([]Block, 0, 2*columns)
		height := 0
		for n, p := range pairs[i:min(i+columns, len(pairs))] {
			if n > 0 {
				row = append(row, Blank(columnGap, 1))
			}
			b := pair(each, p)
			row = append(row, b)
			height = max(height, len(b.Lines))
		}
		rows = append(rows, Beside(height, row...))
	}
	return Stack(width, rows...)
}

func pair(width int, p Pair) Block {
	lines := wrap(cmp.Or(p.Value, "–"), width, 3)
	for i, line := range lines {
		lines[i] = p.Style.Render(line)
	}
	return Stack(width, Text(width, spans(width, span{p.Label, theme.Heading})), Text(width, lines...))
}

// Section is a heading that opens and closes what belongs under it.
type Section struct {
	part
	Title   string
	Changed func() tea.Cmd

	open bool
}

// NewSection makes a closed section.
func NewSection(title string) *Section { return &Section{Title: title} }

// Open reports whether what belongs under the heading shows.
func (s *Section) Open() bool { return s.open }

// SetOpen opens or closes the section.
func (s *Section) SetOpen(open bool) { s.open = open }

// View draws the heading: ▸ when closed, ▾ when open.
func (s *Section) View(width int) Block {
	width = max(0, width)
	mark, state, style := "▸ ", "", theme.Heading
	if s.open {
		mark, state = "▾ ", "on"
	}
	if s.focused {
		style = theme.Pressed
	}
	return Text(width, spans(width, span{mark + s.Title, style})).All(Zone{
		Role: RoleButton, Label: Clean(s.Title), Value: state, Focused: s.focused,
		Click: func(int, int) tea.Cmd { return s.toggle() },
	})
}

// Key opens and closes.
func (s *Section) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "enter", "space":
		return s.toggle(), true
	case "right":
		if !s.open {
			return s.toggle(), true
		}
	case "left":
		if s.open {
			return s.toggle(), true
		}
	}
	return nil, false
}

func (s *Section) toggle() tea.Cmd {
	s.open = !s.open
	return run(s.Changed)
}
