package component

import (
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Button is a command to press: with enter, with space, or by a click. Its
// block is as wide as its text, or the width when that is less.
type Button struct {
	part
	Label     string
	Shortcut  string // the shortcut, shown after the label; "" for none
	Primary   bool   // the screen's main action
	Dangerous bool   // it deletes or overwrites
	Disabled  string // why it cannot be pressed; "" when it can
	Press     func() tea.Cmd
}

// NewButton makes a button.
func NewButton(label string, press func() tea.Cmd) *Button {
	return &Button{Label: label, Press: press}
}

// BindingButton makes the button of an action.
func BindingButton(b keys.Binding) *Button {
	button := &Button{}
	button.Bind(b)
	return button
}

// Bind makes the button that of an action, as it is now.
func (b *Button) Bind(to keys.Binding) {
	b.Label, b.Shortcut = to.Label, ""
	if len(to.Keys) > 0 {
		b.Shortcut = keys.Name(to.Keys[0])
	}
	b.Primary, b.Dangerous = to.Primary, to.Dangerous
	b.Disabled, b.Press = to.Disabled, to.Run
}

// Natural is the width of the whole button in cells.
func (b *Button) Natural() int {
	n := measure(Clean(b.Label)) + 4
	if b.Shortcut != "" {
		n += measure(Clean(b.Shortcut)) + 1
	}
	return n
}

// View draws the button: [ Run ctrl+r ], and ( Run ) when it is disabled.
func (b *Button) View(width int) Block {
	width = max(0, min(width, b.Natural()))
	text, side, style := Clean(b.Label), "[]", b.style()
	if b.Shortcut != "" {
		text += " " + Clean(b.Shortcut)
	}
	if b.Disabled != "" {
		side = "()"
	}
	out := Block{Width: width, Lines: []string{spans(width, span{side[:1] + " " + text + " " + side[1:], style})}}
	return out.All(Zone{
		Role: RoleButton, Label: Clean(b.Label), Focused: b.focused, Disabled: b.Disabled,
		Click: func(int, int) tea.Cmd { return b.press() },
	})
}

func (b *Button) style() theme.Style {
	switch {
	case b.focused:
		return theme.Pressed
	case b.Disabled != "":
		return theme.Disabled
	case b.Dangerous:
		return theme.Danger
	case b.Primary:
		return theme.Primary
	}
	return theme.Button
}

// Key presses the button.
func (b *Button) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "enter", "space":
		return b.press(), true
	}
	return nil, false
}

func (b *Button) press() tea.Cmd {
	if b.Disabled != "" {
		return why(b.Label, b.Disabled)
	}
	return run(b.Press)
}

// Link goes somewhere: with enter, or by a click. Its block is as wide as its
// text, or the width when that is less.
type Link struct {
	part
	Label  string
	Follow func() tea.Cmd
}

// NewLink makes a link.
func NewLink(label string, follow func() tea.Cmd) *Link {
	return &Link{Label: label, Follow: follow}
}

// View draws the link.
func (l *Link) View(width int) Block {
	label := Clean(l.Label)
	width = max(0, min(width, measure(label)))
	style := theme.Link
	if l.focused {
		style = theme.Pressed
	}
	out := Block{Width: width, Lines: []string{spans(width, span{label, style})}}
	return out.All(Zone{
		Role: RoleLink, Label: label, Focused: l.focused,
		Click: func(int, int) tea.Cmd { return run(l.Follow) },
	})
}

// Key follows the link.
func (l *Link) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if msg.String() == "enter" {
		return run(l.Follow), true
	}
	return nil, false
}
