// Package component holds the parts that screens are made of: blocks of
// finished text, the zones in them that a mouse or a script can use, and the
// controls (fields, buttons, tables, editors, …) that make them. Components
// know no AWS service, and do no I/O.
//
// A control is a pointer with imperative methods, changed only by the program's
// Update; its View makes a Block. Everything a person can act on is a Zone with
// a role and a visible label: the mouse is hit-tested against zones, and the
// driver that plays labs finds its targets among them.
package component

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Block is a rectangle of finished text: every line is exactly Width cells wide.
type Block struct {
	Width  int
	Lines  []string
	Zones  []Zone
	Cursor *Point // where the terminal's cursor belongs; nil for nowhere
}

// Point is a cell of a block, from its top left corner.
type Point struct{ X, Y int }

// Role says what a zone is to a person.
type Role string

// The roles.
const (
	RoleButton   Role = "button"
	RoleLink     Role = "link"
	RoleField    Role = "field"
	RoleSelect   Role = "select"
	RoleOption   Role = "option" // of a select, a menu, a palette
	RoleRadio    Role = "radio"
	RoleCheckbox Role = "checkbox"
	RoleTab      Role = "tab"
	RoleRow      Role = "row"
	RoleHeader   Role = "header" // of a table's column
	RoleText     Role = "text"   // several lines of text to edit
	RoleChart    Role = "chart"
	RoleScroll   Role = "scroll" // an area that a wheel scrolls
)

// Zone is a part of a block that can be acted on, named as it is on the screen.
type Zone struct {
	X, Y, W, H int
	Role       Role
	Label      string // as it reads on the screen
	Value      string // a field's text, a choice's state ("on"), a row's cells
	Focused    bool
	Disabled   string // why it cannot be used; "" when it can

	// Click acts on the zone at a cell of it, counted from its top left corner.
	Click func(x, y int) tea.Cmd
	// Drag follows the mouse to a cell, counted likewise and perhaps outside, while
	// the button that clicked the zone is held.
	Drag func(x, y int) tea.Cmd
	// Wheel scrolls by lines (dy) and columns (dx), down and right positive.
	Wheel func(dx, dy int) tea.Cmd
	// Reveal scrolls a zone that is out of sight into view; nil when it is in sight.
	Reveal func() tea.Cmd
}

// Contains reports whether a cell of the block is in the zone and in sight.
func (z Zone) Contains(x, y int) bool {
	return z.Reveal == nil && x >= z.X && x < z.X+z.W && y >= z.Y && y < z.Y+z.H
}

// Text makes a block of lines, cut or padded to the width.
func Text(width int, lines ...string) Block {
	width = max(0, width)
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = FitLine(line, width)
	}
	return Block{Width: width, Lines: out}
}

// Blank is an empty block.
func Blank(width, height int) Block {
	return Block{Width: max(0, width)}.Fit(width, height)
}

const blanks = "                                                                                                                                "

// Spaces is a string of n spaces.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Height is the number of lines.
func (b Block) Height() int { return len(b.Lines) }

// Zone adds a zone and returns the block.
func (b Block) Zone(z Zone) Block {
	b.Zones = append(b.Zones[:len(b.Zones):len(b.Zones)], z) // other blocks may share the zones
	return b
}

// All adds a zone over the whole block and returns it.
func (b Block) All(z Zone) Block {
	z.X, z.Y, z.W, z.H = 0, 0, b.Width, len(b.Lines)
	return b.Zone(z)
}

// Stack puts blocks under each other, each cut or padded to the width.
func Stack(width int, blocks ...Block) Block {
	out := Block{Width: max(0, width)}
	height := 0
	for _, b := range blocks {
		height += len(b.Lines)
	}
	out.Lines = make([]string, 0, height)
	for _, b := range blocks {
		y := len(out.Lines)
		if b.Width != out.Width {
			b = b.Fit(out.Width, len(b.Lines))
		}
		out.Lines = append(out.Lines, b.Lines...)
		out.adopt(b, 0, y)
	}
	return out
}

// Beside puts blocks next to each other, all cut or padded to the height.
func Beside(height int, blocks ...Block) Block {
	var out Block
	parts := make([]Block, len(blocks))
	for i, b := range blocks {
		parts[i] = b.Fit(b.Width, height)
		out.adopt(parts[i], out.Width, 0)
		out.Width += b.Width
	}
	out.Lines = make([]string, max(0, height))
	var line strings.Builder
	for y := range out.Lines {
		line.Reset()
		for _, p := range parts {
			line.WriteString(p.Lines[y])
		}
		out.Lines[y] = line.String()
	}
	return out
}

// Row puts blocks next to each other at their natural heights, with a gap of
// spaces between them; blocks that do not fit the width go on to the next line.
func Row(width, gap int, blocks ...Block) Block {
	var rows []Block
	var row []Block
	used := 0
	flush := func() {
		if len(row) == 0 {
			return
		}
		height := 0
		for _, b := range row {
			height = max(height, len(b.Lines))
		}
		rows = append(rows, Beside(height, row...))
		row, used = nil, 0
	}
	for _, b := range blocks {
		if used > 0 && used+gap+b.Width > width {
			flush()
		}
		if used > 0 {
			row = append(row, Blank(gap, 1))
			used += gap
		}
		row = append(row, b)
		used += b.Width
	}
	flush()
	return Stack(width, rows...)
}

// adopt takes over a block's zones and cursor at an offset.
func (b *Block) adopt(from Block, x, y int) {
	for _, z := range from.Zones {
		z.X += x
		z.Y += y
		b.Zones = append(b.Zones, z)
	}
	if from.Cursor != nil {
		b.Cursor = &Point{from.Cursor.X + x, from.Cursor.Y + y}
	}
}

// Fit cuts or pads the block to a size. Zones outside of it are dropped.
func (b Block) Fit(width, height int) Block {
	width, height = max(0, width), max(0, height)
	if b.Width == width && len(b.Lines) == height {
		return b
	}
	out := Block{Width: width, Lines: make([]string, height)}
	for y := range out.Lines {
		switch {
		case y >= len(b.Lines):
			out.Lines[y] = Spaces(width)
		case b.Width == width:
			out.Lines[y] = b.Lines[y]
		default:
			out.Lines[y] = FitLine(b.Lines[y], width)
		}
	}
	for _, z := range b.Zones {
		if z.Reveal != nil || (z.X < width && z.Y < height) {
			z.W, z.H = max(0, min(z.W, width-z.X)), max(0, min(z.H, height-z.Y))
			out.Zones = append(out.Zones, z)
		}
	}
	if c := b.Cursor; c != nil && c.X < width && c.Y < height {
		out.Cursor = c
	}
	return out
}

// inside cuts the zones to the block, in place.
func (b Block) inside() Block {
	for i, z := range b.Zones {
		x, y := min(z.X, b.Width), min(z.Y, len(b.Lines))
		z.X, z.W = x, max(0, min(z.W, b.Width-x))
		z.Y, z.H = y, max(0, min(z.H, len(b.Lines)-y))
		b.Zones[i] = z
	}
	return b
}

// Indent moves the block right by n cells, keeping its text.
func (b Block) Indent(n int) Block { return Beside(len(b.Lines), Blank(n, 1), b) }

// Over lays the block on a base at a place; what reaches beyond the base is
// cut. The base's zones stay when modal is false, but for what the block
// covers; its cursor never does.
func (b Block) Over(base Block, x, y int, modal bool) Block {
	out := Block{Width: base.Width, Lines: slices.Clone(base.Lines)}
	for i, line := range b.Lines {
		if at := y + i; at >= 0 && at < len(out.Lines) {
			out.Lines[at] = splice(out.Lines[at], base.Width, line, x, b.Width)
		}
	}
	if !modal {
		nothing := func(int, int) tea.Cmd { return nil }
		cover := Zone{X: x, Y: y, W: b.Width, H: len(b.Lines), Click: nothing, Wheel: nothing}
		out.Zones = append(slices.Clone(base.Zones), cover)
	}
	out.adopt(b, x, y)
	return out
}

// At finds the topmost zone at a cell that answers to want.
func (b Block) At(x, y int, want func(Zone) bool) (Zone, bool) {
	for i := len(b.Zones) - 1; i >= 0; i-- {
		if z := b.Zones[i]; z.Contains(x, y) && want(z) {
			return z, true
		}
	}
	return Zone{}, false
}

// String is the block as text, styles and all.
func (b Block) String() string { return strings.Join(b.Lines, "\n") }
