package ui

import (
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// overlay is what lies above the page and has the keyboard: a dialog, a menu, a
// text to read. esc closes it.
type overlay interface {
	// view draws it, no larger than width by height.
	view(width, height int) component.Block
	key(tea.KeyPressMsg) tea.Cmd
	paste(string) tea.Cmd
	bindings() []keys.Binding
}

func (c *Console) push(o overlay) { c.overlays = append(c.overlays, o) }

// pop closes the overlay on top.
func (c *Console) pop() {
	n := len(c.overlays)
	if n == 0 {
		return
	}
	top := c.overlays[n-1]
	c.overlays = c.overlays[:n-1]
	if told, ok := top.(interface{ gone() tea.Cmd }); ok {
		c.parting = tea.Batch(c.parting, told.gone())
	}
}

// closing is the binding that every overlay has.
func closing(pop func()) keys.Binding {
	b := keys.Bind(keys.Back, func() tea.Cmd { pop(); return nil }).As("close")
	b.Quiet = false // here it is the way out
	return b
}

// box frames a body with a title.
func box(width int, title string, body component.Block) component.Block {
	line := lipgloss.RoundedBorder()
	edge := func(left, fill, right string) component.Block {
		return component.Text(width, theme.Border.Render(left+strings.Repeat(fill, max(0, width-2))+right))
	}
	side := func(border string, height int) component.Block {
		lines := make([]string, height)
		for i := range lines {
			lines[i] = theme.Border.Render(border)
		}
		return component.Text(1, lines...)
	}
	framed := func(b component.Block) component.Block {
		h := b.Height()
		return component.Beside(h, side(line.Left, h), component.Blank(1, h), b.Fit(width-boxedWidth, h), component.Blank(1, h), side(line.Right, h))
	}
	return component.Stack(width,
		edge(line.TopLeft, line.Top, line.TopRight),
		framed(component.Text(width-boxedWidth, theme.Title.Render(title))),
		edge(line.MiddleLeft, line.Top, line.MiddleRight),
		framed(body),
		edge(line.BottomLeft, line.Bottom, line.BottomRight),
	)
}

// boxed is how much width and height a box takes around its body.
const boxedWidth, boxedHeight = 4, 4
