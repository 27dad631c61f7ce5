package component

import (
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// TextField is a field for one line of text. Its value is kept to the byte:
// line ends and invisible characters in it show as symbols, and stay.
type TextField struct {
	part
	Label       string
	Hint        string // what is allowed, under the field
	Placeholder string // shown while the field is empty
	Bare        bool   // the label is not drawn, since the screen says it elsewhere
	Width       int    // cells of the input; 0 for what the row allows, at most 60
	Disabled    string // why it cannot be edited; "" when it can
	Error       string // an error from outside, a service's; an edit clears it

	// Check says what is wrong with a value; "" when nothing is. What it says
	// shows once the field was left, or Validate was called.
	Check func(string) string
	// Changed is called after every edit.
	Changed func() tea.Cmd
	// Submit is called for enter; when nil, the field leaves enter alone.
	Submit func() tea.Cmd

	value   string
	cursor  int // byte of value, at a glyph's start
	left    int // byte of value that the view begins with
	cells   int // of the input, as drawn last
	edited  bool
	checked bool // what Check says is shown
	problem string
}

// NewTextField makes an empty field.
func NewTextField(label string) *TextField { return &TextField{Label: label} }

// Value is the field's text.
func (f *TextField) Value() string { return f.value }

// SetValue replaces the text, as the program does: the cursor goes to its end,
// and the field counts as untouched.
func (f *TextField) SetValue(value string) {
	f.value, f.cursor, f.left = value, len(value), 0
	f.edited, f.checked, f.problem = false, false, ""
}

// Validate checks the value, shows what is wrong with it, and returns that.
func (f *TextField) Validate() string {
	f.checked = true
	f.check()
	return f.problem
}

func (f *TextField) check() {
	f.problem = ""
	if f.checked && f.Check != nil {
		f.problem = f.Check(f.value)
	}
}

// Blur leaves the field; its value is checked now.
func (f *TextField) Blur() {
	if f.focused && (f.edited || f.value != "") {
		f.Validate()
	}
	f.focused = false
}

// Editing is true: letters are text to a field that can be edited.
func (f *TextField) Editing() bool { return f.Disabled == "" }

// mostCells is how wide an input is drawn when its width is not set.
const mostCells = 60

// View draws the label, the input, what is wrong, and the hint.
func (f *TextField) View(width int) Block {
	width = max(0, width)
	fr := frame{
		label: f.Label, hint: f.Hint, problem: f.problem, disabled: f.Disabled,
		bare: f.Bare, focused: f.focused,
	}
	if f.Error != "" {
		fr.problem = f.Error
	}
	lines := fr.top(width)
	y := len(lines)
	lines = append(lines, f.input(width, fr))
	high := len(lines)
	out := Block{Width: width, Lines: append(lines, fr.bottom(width)...)}
	if f.focused && f.Disabled == "" {
		x := gutterWidth + 2 + measure(f.value[f.left:f.cursor])
		out.Cursor = &Point{max(0, min(x, width-1)), y}
	}
	return out.Zone(Zone{
		W: width, H: high, Role: RoleField, Label: Clean(f.Label), Value: f.value, Focused: f.focused, Disabled: f.Disabled,
		Click: func(x, row int) tea.Cmd {
			if row == y {
				f.point(x - gutterWidth - 2)
			}
			return nil
		},
	})
}

// input draws the field itself, with an arrow in its side where text goes on.
func (f *TextField) input(width int, fr frame) string {
	f.cells = mostCells
	if f.Width > 0 {
		f.cells = f.Width
	}
	f.cells = max(1, min(f.cells, width-boxWidth))
	f.reveal()
	text, style := "", theme.Faint
	if f.Placeholder != "" {
		text = "(" + f.Placeholder + ")" // without colours it must not look like a value
	}
	left, right := fr.edges()
	if f.value != "" {
		style = theme.Plain
		shown, more := visibleRun(f.value[f.left:], f.cells)
		text = shown
		if f.left > 0 {
			left = "‹ "
		}
		if more {
			right = " ›"
		}
	}
	if f.Disabled != "" {
		style = theme.Disabled
	}
	return spans(width, fr.mark(), span{left, fr.side()}, span{pad(text, f.cells, false), style}, span{right, fr.side()})
}

// visibleRun is the glyphs of a text that fit a width, and whether there are more.
func visibleRun(s string, width int) (string, bool) {
	if n := plainRun(s[:min(len(s), width+1)]); n == len(s) || n > width {
		return s[:min(n, width)], n > width
	}
	var b strings.Builder
	for cells := 0; s != ""; {
		g := first(s)
		if cells += g.width; cells > width {
			return b.String(), true
		}
		b.WriteString(g.show)
		s = s[g.size:]
	}
	return b.String(), false
}

// reveal moves the view so that the cursor is in sight, and full when it can be.
func (f *TextField) reveal() {
	if f.cursor < f.left {
		f.left = f.cursor
	}
	// The farthest left that the view may begin: the cursor takes a cell itself.
	start, room := f.cursor, f.cells-1
	for start > 0 {
		at := before(f.value, start)
		w := first(f.value[at:]).width
		if w > room {
			break
		}
		start, room = at, room-w
	}
	if f.left < start || f.left > start && f.fits(start) {
		f.left = start
	}
}

// fits reports whether all the text from a byte on fits the view.
func (f *TextField) fits(from int) bool {
	room := f.cells - 1
	for s := f.value[from:]; s != ""; {
		g := first(s)
		if room -= g.width; room < 0 {
			return false
		}
		s = s[g.size:]
	}
	return true
}

// point puts the cursor at a cell of the input.
func (f *TextField) point(x int) {
	at := f.left
	for at < len(f.value) && x > 0 {
		g := first(f.value[at:])
		if x -= g.width; x < 0 {
			break
		}
		at += g.size
	}
	f.cursor = at
}

// Paste inserts text at the cursor.
func (f *TextField) Paste(text string) tea.Cmd {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), standIn)
	return f.insert(strings.TrimRight(text, "\r\n"))
}

func (f *TextField) insert(text string) tea.Cmd {
	if f.Disabled != "" || text == "" {
		return nil
	}
	return f.replace(f.cursor, f.cursor, text)
}

// replace puts text in the place of a part of the value, and the cursor after it.
func (f *TextField) replace(from, to int, text string) tea.Cmd {
	if from == to && text == "" {
		return nil
	}
	f.value = f.value[:from] + text + f.value[to:]
	f.cursor = min(from+len(text), len(f.value))
	if from < len(f.value) {
		f.cursor = snap(f.value, f.cursor)
		if f.cursor < from+len(text) {
			f.cursor = next(f.value, f.cursor) // it grew together with what follows
		}
	}
	f.left = snap(f.value, min(f.left, f.cursor))
	f.edited, f.Error = true, ""
	f.check()
	return run(f.Changed)
}

// Key edits the value and moves in it.
func (f *TextField) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if msg.String() == "enter" && f.Submit != nil && f.Disabled == "" {
		f.Validate()
		return f.Submit(), true
	}
	if f.Disabled != "" {
		return nil, false
	}
	switch msg.String() {
	case "left", "right", "home", "end", "ctrl+a", "ctrl+left", "alt+left", "alt+b", "ctrl+right", "alt+right", "alt+f":
		f.move(msg.String())
		return nil, true
	case "backspace", "ctrl+h", "shift+backspace":
		return f.replace(before(f.value, f.cursor), f.cursor, ""), true
	case "delete":
		return f.replace(f.cursor, next(f.value, f.cursor), ""), true
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		return f.replace(wordLeft(f.value, f.cursor), f.cursor, ""), true
	case "alt+d", "alt+delete", "ctrl+delete":
		return f.replace(f.cursor, wordRight(f.value, f.cursor), ""), true
	case "ctrl+u":
		return f.replace(0, f.cursor, ""), true
	}
	if msg.Text == "" {
		return nil, false
	}
	return f.insert(msg.Text), true
}

func (f *TextField) move(key string) {
	switch key {
	case "left":
		f.cursor = before(f.value, f.cursor)
	case "right":
		f.cursor = next(f.value, f.cursor)
	case "home", "ctrl+a":
		f.cursor = 0
	case "end":
		f.cursor = len(f.value)
	case "ctrl+left", "alt+left", "alt+b":
		f.cursor = wordLeft(f.value, f.cursor)
	default:
		f.cursor = wordRight(f.value, f.cursor)
	}
}
