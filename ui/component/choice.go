package component

import (
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Option is one of the things to choose from.
type Option struct {
	Value    string // what the program knows it by
	Label    string // how it reads; the value when empty
	Detail   string // a line of explanation
	Disabled string // why it cannot be chosen; "" when it can
}

func (o Option) label() string {
	if o.Label == "" {
		return Clean(o.Value)
	}
	return Clean(o.Label)
}

// indexOf finds the option with a value; -1 when there is none.
func indexOf(options []Option, value string) int {
	for i, o := range options {
		if o.Value == value {
			return i
		}
	}
	return -1
}

// step finds the option to go to from one, passing over the disabled ones;
// the same when there is none.
func step(options []Option, from, by int) int {
	for i := from + by; i >= 0 && i < len(options); i += by {
		if options[i].Disabled == "" {
			return i
		}
	}
	return from
}

// Checkbox is a choice of yes and no: space, enter, or a click.
type Checkbox struct {
	part
	Label, Detail string
	Disabled      string // why it cannot be changed; "" when it can
	Changed       func() tea.Cmd

	on bool
}

// NewCheckbox makes a checkbox that is off.
func NewCheckbox(label string) *Checkbox { return &Checkbox{Label: label} }

// On reports whether the box is ticked.
func (c *Checkbox) On() bool { return c.on }

// Set ticks the box or empties it.
func (c *Checkbox) Set(on bool) { c.on = on }

// View draws [x] or [ ], the label, and the detail under it.
func (c *Checkbox) View(width int) Block {
	width = max(0, width)
	box, state, style := "[ ] ", "", theme.Plain
	if c.on {
		box, state = "[x] ", "on"
	}
	switch {
	case c.Disabled != "":
		style = theme.Disabled
	case c.focused:
		style = theme.Focused
	}
	lines := append(
		[]string{spans(width, gutter(c.focused), span{box, style}, span{c.Label, style})},
		details(width, gutterWidth+4, c.Detail, c.Disabled)...)
	return Block{Width: width, Lines: lines}.All(Zone{
		Role: RoleCheckbox, Label: Clean(c.Label), Value: state, Focused: c.focused, Disabled: c.Disabled,
		Click: func(int, int) tea.Cmd { return c.toggle() },
	})
}

// details is the lines of explanation under a choice.
func details(width, indent int, texts ...string) []string {
	var lines []string
	for _, text := range texts {
		for _, line := range wrap(text, width-indent, 4) {
			lines = append(lines, spans(width, span{Spaces(indent), theme.Plain}, span{line, theme.Faint}))
		}
	}
	return lines
}

// Key ticks the box or empties it.
func (c *Checkbox) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "space", "enter":
		return c.toggle(), true
	}
	return nil, false
}

func (c *Checkbox) toggle() tea.Cmd {
	if c.Disabled != "" {
		return why(c.Label, c.Disabled)
	}
	c.on = !c.on
	return run(c.Changed)
}

// Radio is a choice of one among a few that all show: the arrows move and
// choose. Options without details share a line, others have one each.
type Radio struct {
	part
	Label    string // above the options; "" for none
	Options  []Option
	Disabled string // why it cannot be changed; "" when it can
	Changed  func() tea.Cmd

	chosen int
}

// NewRadio makes a radio with its first option chosen.
func NewRadio(label string, options ...Option) *Radio {
	return &Radio{Label: label, Options: options}
}

// Value is the value of the option chosen.
func (r *Radio) Value() string { return r.Chosen().Value }

// Chosen is the option chosen; the zero Option when there are none.
func (r *Radio) Chosen() Option {
	if r.chosen < 0 || r.chosen >= len(r.Options) {
		return Option{}
	}
	return r.Options[r.chosen]
}

// SetValue chooses the option with a value; an unknown value changes nothing.
func (r *Radio) SetValue(value string) {
	if i := indexOf(r.Options, value); i >= 0 {
		r.chosen = i
	}
}

// View draws the options: ○ Scan  ● Query.
func (r *Radio) View(width int) Block {
	width = max(0, width)
	f := frame{label: r.Label, disabled: r.Disabled, focused: r.focused}
	parts := make([]Block, len(r.Options))
	tall := false
	for i, o := range r.Options {
		tall = tall || o.Detail != ""
		parts[i] = r.option(i, max(0, width-gutterWidth))
	}
	mark := Block{Width: gutterWidth, Lines: []string{spans(gutterWidth, f.mark())}}
	var body Block
	if tall {
		body = Stack(max(0, width-gutterWidth), parts...)
	} else {
		body = Row(max(0, width-gutterWidth), 2, parts...)
	}
	body = Beside(len(body.Lines), mark, body)
	return Stack(width, Text(width, f.top(width)...), body, Text(width, f.bottom(width)...))
}

// option draws one option, with its details under it.
func (r *Radio) option(i, width int) Block {
	o := r.Options[i]
	mark, state, style := "○ ", "", theme.Plain
	if i == r.chosen {
		mark, state, style = "● ", "on", theme.Strong
	}
	reason := o.Disabled
	if r.Disabled != "" {
		reason = r.Disabled
	}
	switch {
	case reason != "":
		style = theme.Disabled
	case r.focused && i == r.chosen:
		style = theme.Selected
	}
	width = min(width, 2+max(measure(o.label()), measure(Clean(o.Detail)), measure(Clean(o.Disabled))))
	lines := append(
		[]string{spans(width, span{mark, theme.Plain}, span{o.label(), style})},
		details(width, 2, o.Detail, o.Disabled)...)
	return Block{Width: width, Lines: lines}.All(Zone{
		Role: RoleRadio, Label: o.label(), Value: state, Focused: r.focused && i == r.chosen, Disabled: reason,
		Click: func(int, int) tea.Cmd { return r.choose(i) },
	})
}

// Key moves and chooses.
func (r *Radio) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "left", "up":
		return r.choose(step(r.Options, r.chosen, -1)), true
	case "right", "down":
		return r.choose(step(r.Options, r.chosen, 1)), true
	}
	return nil, false
}

func (r *Radio) choose(i int) tea.Cmd {
	switch {
	case i < 0 || i >= len(r.Options) || i == r.chosen:
		return nil
	case r.Disabled != "":
		return why(r.Options[i].label(), r.Disabled)
	case r.Options[i].Disabled != "":
		return why(r.Options[i].label(), r.Options[i].Disabled)
	}
	r.chosen = i
	return run(r.Changed)
}
