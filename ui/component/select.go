package component

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Select is a choice of one in a list that drops down: enter, space, ↓ or a
// click opens it; in it the arrows and typed letters move, enter chooses, esc
// leaves all as it was.
type Select struct {
	part
	Label    string
	Hint     string
	Bare     bool   // the label is not drawn, since the screen says it elsewhere
	Width    int    // cells of the input; 0 for its widest option, at most 60
	Disabled string // why it cannot be changed; "" when it can
	Error    string // an error from outside; a choice clears it
	Options  []Option
	Changed  func() tea.Cmd

	chosen int
	open   bool
	at     int // the option that the open list is at
	top    int // the option that the open list begins with
	typed  string
}

// NewSelect makes a select with its first option chosen.
func NewSelect(label string, options ...Option) *Select {
	return &Select{Label: label, Options: options}
}

// Value is the value of the option chosen.
func (s *Select) Value() string { return s.Chosen().Value }

// Chosen is the option chosen; the zero Option when there are none.
func (s *Select) Chosen() Option {
	if s.chosen < 0 || s.chosen >= len(s.Options) {
		return Option{}
	}
	return s.Options[s.chosen]
}

// SetValue chooses the option with a value; an unknown value changes nothing.
func (s *Select) SetValue(value string) {
	if i := indexOf(s.Options, value); i >= 0 {
		s.chosen = i
	}
}

// Blur closes the list.
func (s *Select) Blur() { s.focused, s.open = false, false }

// Editing is true while the list is open: letters then find options.
func (s *Select) Editing() bool { return s.open }

// listHeight is how many options of an open list are in sight.
const listHeight = 8

// View draws the select, and its list when that is open.
func (s *Select) View(width int) Block {
	width = max(0, width)
	f := frame{label: s.Label, hint: s.Hint, problem: s.Error, disabled: s.Disabled, bare: s.Bare, focused: s.focused}
	style, arrow := theme.Plain, "▾"
	if s.Disabled != "" {
		style = theme.Disabled
	}
	if s.open {
		arrow = "▴"
	}
	cells := s.cells(width)
	left, right := f.edges()
	lines := append(f.top(width), spans(width, f.mark(), span{left, f.side()},
		span{pad(s.Chosen().label(), cells-2, false), style}, span{" " + arrow + right, f.side()}))
	out := Block{Width: width, Lines: lines}.All(Zone{
		Role: RoleSelect, Label: Clean(s.Label), Value: s.Chosen().label(), Focused: s.focused, Disabled: s.Disabled,
		Click: func(int, int) tea.Cmd { return s.toggle() },
	})
	if s.open {
		out = Stack(width, out, s.list(width, cells, f.side()))
	}
	return Stack(width, out, Text(width, f.bottom(width)...))
}

// cells is the width of the input.
func (s *Select) cells(width int) int {
	n := s.Width
	if n == 0 {
		n = 4
		for _, o := range s.Options {
			w := measure(o.label()) + 2
			if note := cmp.Or(o.Disabled, o.Detail); note != "" {
				w += measure(Clean(note)) + 3
			}
			n = max(n, min(w+2, mostCells))
		}
	}
	return max(1, min(n, width-boxWidth))
}

// list draws the open list.
func (s *Select) list(width, cells int, side theme.Style) Block {
	s.clamp()
	out := Block{Width: width}
	height := min(listHeight, len(s.Options))
	bar := scrollbar(height, s.top, len(s.Options))
	for i, o := range s.Options {
		zone := Zone{X: min(width, gutterWidth), W: max(0, min(cells+4, width-gutterWidth)), H: 1, Role: RoleOption, Label: o.label(), Focused: i == s.at, Disabled: o.Disabled}
		zone.Click = func(int, int) tea.Cmd { return s.choose(i) }
		zone.Wheel = func(_, dy int) tea.Cmd { s.scroll(dy); return nil }
		if i == s.chosen {
			zone.Value = "on"
		}
		if y := i - s.top; y < 0 || y >= height {
			zone.Y, zone.Reveal = max(0, min(y, height-1)), func() tea.Cmd { s.at = i; return nil }
		} else {
			zone.Y = y
			out.Lines = append(out.Lines, s.option(i, width, cells, side, bar[y]))
		}
		out.Zones = append(out.Zones, zone)
	}
	out.Lines = append(out.Lines, spans(width, span{"  └" + strings.Repeat("─", cells+2) + "┘", side}))
	return out
}

// option draws a line of the open list.
func (s *Select) option(i, width, cells int, side theme.Style, bar string) string {
	o := s.Options[i]
	text := "  " + o.label()
	if i == s.chosen {
		text = "● " + o.label()
	}
	note, style := o.Detail, theme.Plain
	if o.Disabled != "" {
		note, style = o.Disabled, theme.Disabled
	}
	if note != "" {
		note = " – " + Clean(note)
	}
	if i == s.at {
		return spans(width, span{"  │▸", side}, span{pad(text+note, cells, false), theme.Selected}, span{" " + bar, side})
	}
	label, used := elide(text, cells)
	return spans(width, span{"  │ ", side}, span{label, style}, span{pad(note, cells-used, false), theme.Faint}, span{" " + bar, side})
}

// clamp keeps the list's place within the options and in sight.
func (s *Select) clamp() {
	s.at = max(0, min(s.at, len(s.Options)-1))
	s.top = max(s.at-listHeight+1, min(s.top, s.at))
	s.top = max(0, min(s.top, len(s.Options)-listHeight))
}

// scroll moves the list under the wheel.
func (s *Select) scroll(by int) {
	s.top = max(0, min(s.top+by, len(s.Options)-listHeight))
	s.at = max(s.top, min(s.at, s.top+listHeight-1))
}

func (s *Select) toggle() tea.Cmd {
	if s.Disabled != "" {
		return why(s.Label, s.Disabled)
	}
	s.open, s.at, s.typed = !s.open, s.chosen, ""
	return nil
}

func (s *Select) choose(i int) tea.Cmd {
	if i < 0 || i >= len(s.Options) {
		s.open = false
		return nil
	}
	if reason := s.Options[i].Disabled; reason != "" {
		return why(s.Options[i].label(), reason)
	}
	changed := i != s.chosen
	s.open, s.chosen, s.Error = false, i, ""
	if !changed {
		return nil
	}
	return run(s.Changed)
}

// Key opens the list, and moves and chooses in it.
func (s *Select) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	key := msg.String()
	if !s.open {
		switch key {
		case "enter", "space", "down":
			return s.toggle(), true
		}
		return nil, false
	}
	if key != "space" && msg.Text != "" || key == "space" && s.typed != "" {
		s.find(msg.Text)
		return nil, true
	}
	s.typed = ""
	switch key {
	case "up":
		s.at--
	case "down":
		s.at++
	case "pgup":
		s.at -= listHeight
	case "pgdown":
		s.at += listHeight
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.Options) - 1
	case "enter", "space":
		return s.choose(s.at), true
	case "esc":
		s.open = false
	default:
		return nil, false
	}
	s.clamp()
	return nil, true
}

// find goes to the option that begins with what was typed, or has it within when
// none begins so; the same letter again goes to the next that begins with it.
func (s *Select) find(letters string) {
	if s.typed != letters {
		s.typed += letters
	}
	typed := strings.ToLower(s.typed)
	single := utf8.RuneCountInString(typed) == 1
	if s.goTo(single, func(label string) bool { return strings.HasPrefix(label, typed) }) {
		return
	}
	if !single && s.goTo(false, func(label string) bool { return strings.Contains(label, typed) }) {
		return
	}
	if s.typed != letters {
		s.typed = ""
		s.find(letters)
	}
}

// goTo goes to the first option whose label fits, in small letters, from the current
// one or the one after it; it reports whether there is one.
func (s *Select) goTo(after bool, fits func(label string) bool) bool {
	from := s.at
	if after {
		from++
	}
	for n := range s.Options {
		if i := (from + n) % len(s.Options); fits(strings.ToLower(s.Options[i].label())) {
			s.at = i
			return true
		}
	}
	return false
}
