package page

import (
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Panel is what pages of fields, tables and buttons are made on: the controls,
// of which one has the focus, and a button for each binding that is shown as
// one. A page embeds it and adds Init, View, Bindings and Title.
type Panel struct {
	Env     Env
	Ring    *component.Ring
	Scroll  *component.Scroll
	buttons map[keys.ID]*component.Button
}

// NewPanel makes an empty panel.
func NewPanel(env Env) Panel {
	return Panel{
		Env: env, Ring: component.NewRing(), Scroll: component.NewScroll(),
		buttons: make(map[keys.ID]*component.Button),
	}
}

// Key offers a key to the focused control; PgUp and PgDn scroll the page where
// that does not use them.
func (p *Panel) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	const lines = 10
	if cmd, used := p.Ring.Key(msg); used {
		return cmd, true
	}
	switch msg.String() {
	case "pgup":
		p.Scroll.By(-lines)
	case "pgdown":
		p.Scroll.By(lines)
	default:
		return nil, false
	}
	return nil, true
}

// Paste offers pasted text to the focused control.
func (p *Panel) Paste(text string) tea.Cmd { return p.Ring.Paste(text) }

// Editing reports whether typed letters are text.
func (p *Panel) Editing() bool { return p.Ring.Editing() }

// Unsaved says that nothing would be lost; pages with forms say otherwise.
func (p *Panel) Unsaved() string { return "" }

// button is the one button of a binding, as the binding is now.
func (p *Panel) button(b keys.Binding) *component.Button {
	button, ok := p.buttons[b.ID]
	if !ok {
		button = component.NewButton(b.Label, b.Run)
		p.buttons[b.ID] = button
	}
	button.Bind(b)
	return button
}

// IsButtonOf reports whether a control is the button of an action.
func (p *Panel) IsButtonOf(c component.Control, id keys.ID) bool { return c == p.buttons[id] }

// ButtonsOf lists the buttons of some of a page's bindings, in the order of the ids.
func (p *Panel) ButtonsOf(bindings []keys.Binding, ids ...keys.ID) []component.Control {
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

// Show draws controls of the ring, each as wide as it needs; buttons do not stretch.
func (p *Panel) Show(controls ...component.Control) []component.Block {
	out := make([]component.Block, len(controls))
	for i, c := range controls {
		width := 40
		if b, ok := c.(*component.Button); ok {
			width = b.Natural()
		}
		out[i] = p.Ring.View(c, width)
	}
	return out
}

// Heading is a page's first line: its title at the left, its buttons at the
// right, or below when there is no room beside.
func (p *Panel) Heading(width int, title string, buttons []component.Control) component.Block {
	blocks := p.Show(buttons...)
	text := component.Text(component.Width(title)+1, theme.Title.Render(title))
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

// Foot is what stays in sight under a form: what is wrong with it, and its
// buttons at the right.
func (p *Panel) Foot(width int, faults []string, fault error, what string, buttons []component.Control) component.Block {
	var parts []component.Block
	for _, f := range faults {
		parts = append(parts, Styled(width, theme.Danger, "✗ "+f))
	}
	if fault != nil {
		parts = append(parts, Fault(width, what, fault))
	}
	row := component.Row(width, 1, p.Show(buttons...)...)
	return component.Stack(width, append(parts, row)...)
}
