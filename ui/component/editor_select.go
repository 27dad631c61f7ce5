package component

import (
	"fmt"
	"strings"

	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// selection is the text between the anchor and the cursor; some is false when
// nothing is selected.
func (e *Editor) selection() (from, to spot, some bool) {
	from, to = e.anchor, e.cursor
	if to.before(from) {
		from, to = to, from
	}
	return from, to, e.selecting && from != to
}

// before reports whether a place comes before another.
func (s spot) before(other spot) bool { return s.y < other.y || s.y == other.y && s.x < other.x }

// Selected is the text that is selected; "" for none.
func (e *Editor) Selected() string {
	from, to, some := e.selection()
	if !some {
		return ""
	}
	return e.between(from, to)
}

// SelectAll selects the whole text. The view stays where it is.
func (e *Editor) SelectAll() {
	moved := e.moved
	e.move(e.end())
	e.anchor, e.selecting, e.moved = spot{}, true, moved
}

// unselect drops the selection; the text and the cursor stay.
func (e *Editor) unselect() { e.selecting = false }

// selectKey does the keys that select: those that move, with shift, and ctrl+a;
// and what the selection is for: alt+y copies it, esc drops it, ← and → leave it
// at its ends.
func (e *Editor) selectKey(key string) (tea.Cmd, bool) {
	if move, shifted := strings.CutPrefix(strings.Replace(key, "+shift+", "+", 1), "shift+"); shifted || move != key {
		anchor := e.cursor
		if e.selecting {
			anchor = e.anchor
		}
		if !e.moveKey(move) {
			return nil, false
		}
		e.anchor, e.selecting = anchor, true
		return nil, true
	}
	from, to, some := e.selection()
	switch {
	case key == "ctrl+a":
		e.SelectAll()
	case !some:
		return nil, false
	case key == "esc":
		e.unselect()
	case key == "left":
		e.move(from)
	case key == "right":
		e.move(to)
	case e.copies(key):
		return nav.Send(nav.Copy{Text: e.copied(), What: "the selection"}), true
	default:
		return nil, false
	}
	return nil, true
}

// copies reports whether a key copies the selection: those of the action, as far
// as they are no text here.
func (e *Editor) copies(key string) bool {
	for _, k := range keys.Lookup(keys.Copy).Keys {
		if k == key && (!e.Editing() || !keys.Typed(key)) {
			return true
		}
	}
	return false
}

// copied is the selection with the line ends that the text has.
func (e *Editor) copied() string {
	if e.crlf {
		return strings.ReplaceAll(e.Selected(), "\n", "\r\n")
	}
	return e.Selected()
}

// overwrite does the keys that change the text in another way while something is
// selected: those that delete take the selection away, tab moves whole lines in.
// All else replaces the selection; see change.
func (e *Editor) overwrite(key string) (tea.Cmd, bool) {
	from, to, some := e.selection()
	if !some || e.ReadOnly {
		return nil, false
	}
	switch key {
	case "backspace", "ctrl+h", "shift+backspace", "delete", "shift+delete", "ctrl+w", "alt+backspace", "ctrl+backspace",
		"alt+d", "alt+delete", "ctrl+delete", "ctrl+u":
		return e.change(from, to, "", false), true
	case "enter":
		return e.insert("\n", false), true
	case "tab":
		if from.y == to.y {
			return e.insert(Spaces(e.indent()), false), true
		}
		return e.indentLines(from, to), true
	}
	return nil, false
}

// indentLines moves the lines of a selection a step in; they stay selected.
func (e *Editor) indentLines(from, to spot) tea.Cmd {
	last := to.y
	if to.x == 0 {
		last-- // of it nothing is selected
	}
	step := Spaces(e.indent())
	lines := make([]string, 0, last-from.y+1)
	for _, line := range e.lines[from.y : last+1] {
		if line != "" {
			line = step + line
		}
		lines = append(lines, line)
	}
	cmd := e.change(spot{from.y, 0}, spot{last, len(e.lines[last])}, strings.Join(lines, "\n"), false)
	end := spot{last, len(e.lines[last])}
	if to.x == 0 {
		end = spot{to.y, 0}
	}
	e.move(end)
	e.anchor, e.selecting = spot{from.y, 0}, true
	return cmd
}

// selectedPart is the bytes of a line that are selected, and whether the line's
// end is.
func (e *Editor) selectedPart(y int) (from, to int, end, some bool) {
	first, last, some := e.selection()
	if !some || y < first.y || y > last.y {
		return 0, 0, false, false
	}
	to = len(e.lines[y])
	if y == first.y {
		from = first.x
	}
	if y == last.y {
		return from, last.x, false, true
	}
	return from, to, true, true
}

// selectionSize tells how much is selected; "" for nothing.
func (e *Editor) selectionSize() string {
	from, to, some := e.selection()
	switch {
	case !some:
		return ""
	case from.y == to.y:
		return fmt.Sprintf("%d selected", len([]rune(e.lines[from.y][from.x:to.x])))
	}
	return fmt.Sprintf("%d lines selected", to.y-from.y+1)
}

// drag selects up to a cell of the text in sight, or beside it: the text moves on
// there.
func (e *Editor) drag(x, y int) {
	anchor := e.cursor
	if e.selecting {
		anchor = e.anchor
	}
	row := max(0, min(e.top+y, len(e.lines)-1))
	at, _ := e.ruler.byteAt(e.lines, row, max(0, e.left+x))
	e.move(spot{row, at})
	e.anchor, e.selecting = anchor, true
}

// endMark is what is drawn after a line for what is at its end: the end of a
// selected line, or an error.
func (e *Editor) endMark(y int) (string, bool) {
	if _, _, end, _ := e.selectedPart(y); end {
		return theme.Selected.Render(" "), true
	}
	if at := e.fault; at.message != "" && at.at.y == y && at.at.x >= len(e.lines[y]) {
		return theme.Pressed.Render(" "), true
	}
	return "", false
}
