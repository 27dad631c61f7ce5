package dynamodb

import (
	"fmt"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// panel is what all pages here are made on: the controls, of which one has the
// focus, and a button for each binding that is shown as one.
type panel struct {
	env     page.Env
	ring    *component.Ring
	scroll  *component.Scroll
	buttons map[keys.ID]*component.Button
}

func newPanel(env page.Env) panel {
	return panel{
		env: env, ring: component.NewRing(), scroll: component.NewScroll(),
		buttons: make(map[keys.ID]*component.Button),
	}
}

// Key offers a key to the focused control; PgUp and PgDn scroll the page where
// that does not use them.
func (p *panel) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	const lines = 10
	if cmd, used := p.ring.Key(msg); used {
		return cmd, true
	}
	switch msg.String() {
	case "pgup":
		p.scroll.By(-lines)
	case "pgdown":
		p.scroll.By(lines)
	default:
		return nil, false
	}
	return nil, true
}

// Paste offers pasted text to the focused control.
func (p *panel) Paste(text string) tea.Cmd { return p.ring.Paste(text) }

// Editing reports whether typed letters are text.
func (p *panel) Editing() bool { return p.ring.Editing() }

// Unsaved says that nothing would be lost; pages with forms say otherwise.
func (p *panel) Unsaved() string { return "" }

// button is the one button of a binding, as the binding is now.
func (p *panel) button(b keys.Binding) *component.Button {
	button, ok := p.buttons[b.ID]
	if !ok {
		button = component.NewButton(b.Label, b.Run)
		p.buttons[b.ID] = button
	}
	button.Bind(b)
	return button
}

// buttonsOf lists the buttons of some of a page's bindings, in the order of the ids.
func (p *panel) buttonsOf(bindings []keys.Binding, ids ...keys.ID) []component.Control {
	var out []component.Control
	for _, id := range ids {
		for _, b := range bindings {
			if b.ID == id {
				out = append(out, p.button(b))
			}
		}
	}
	return out
}

// show draws controls of the ring, each as wide as it needs; buttons do not stretch.
func (p *panel) show(controls ...component.Control) []component.Block {
	out := make([]component.Block, len(controls))
	for i, c := range controls {
		width := 40
		if b, ok := c.(*component.Button); ok {
			width = b.Natural()
		}
		out[i] = p.ring.View(c, width)
	}
	return out
}

// heading is a page's first line: its title at the left, its buttons at the
// right, or below when there is no room beside.
func (p *panel) heading(width int, title string, buttons []component.Control) component.Block {
	blocks := p.show(buttons...)
	text := component.Text(len([]rune(title))+1, theme.Title.Render(title))
	needed := text.Width
	for _, b := range blocks {
		needed += b.Width + 1
	}
	if needed > width {
		return component.Stack(width, component.Text(width, theme.Title.Render(title)), component.Row(width, 1, blocks...))
	}
	gap := component.Blank(width-needed, 1)
	return component.Row(width, 1, append([]component.Block{component.Beside(1, text, gap)}, blocks...)...)
}

// styled renders each line of a text, wrapped to a width.
func styled(width int, style theme.Style, text string) component.Block {
	lines := component.Wrap(text, max(1, width))
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return component.Text(width, lines...)
}

// flow writes parts with dots between them; what does not fit a line goes on
// to the next as a whole.
func flow(width int, style theme.Style, parts ...string) component.Block {
	var lines []string
	line := parts[0]
	for _, part := range parts[1:] {
		if component.Width(line)+3+component.Width(part) > width {
			lines = append(lines, style.Render(line))
			line = "  " + part
			continue
		}
		line += " · " + part
	}
	return component.Text(width, append(lines, style.Render(line))...)
}

// validate asks each text field for its fault. It gives the first field that
// has one, and says so in a line.
func validate(fields []component.Control) (component.Control, string) {
	var first *component.TextField
	var text string
	more := 0
	for _, c := range fields {
		f, ok := c.(*component.TextField)
		if !ok {
			continue
		}
		switch problem := f.Validate(); {
		case problem == "":
		case first == nil:
			first, text = f, f.Label+": "+problem
		default:
			more++
		}
	}
	if first == nil {
		return nil, ""
	}
	if more > 0 {
		text += fmt.Sprintf(" (and %s)", counted(more, "more field"))
	}
	return first, text
}

// footView is what stays in sight under a form: what is wrong with it, and
// its buttons at the right.
func (p *panel) footView(width int, faults []string, fault error, what string, buttons []component.Control) component.Block {
	var parts []component.Block
	for _, f := range faults {
		parts = append(parts, styled(width, theme.Danger, "✗ "+f))
	}
	if fault != nil {
		parts = append(parts, faultBlock(width, what, fault))
	}
	row := component.Row(width, 1, p.show(buttons...)...)
	return component.Stack(width, append(parts, row)...)
}
