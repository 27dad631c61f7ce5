package component

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Editor is a field for text of several lines: JSON and code are coloured and
// indented, ctrl+z undoes and ctrl+y does again, ctrl+f finds, ctrl+o goes to a
// line. Shift with the keys that move selects, so does the mouse; ctrl+a selects
// all, alt+y copies what is selected, and what is typed or pasted replaces it. The
// tab key indents; esc and then tab, or shift+tab, goes on to the next control.
type Editor struct {
	part
	Label    string // above the text; "" for none
	Language string // "json", "python" or "javascript"; any other is plain text
	Height   int    // lines to draw in all; the page sets it before View
	ReadOnly bool
	Changed  func() tea.Cmd // called after every edit

	buffer
	ruler  ruler
	crlf   bool // lines end as on Windows, and will again
	cursor spot
	want   int  // the cell that ↑ and ↓ keep to; -1 for the cursor's own
	loose  bool // esc was pressed: tab leaves

	selecting bool // what is between anchor and cursor is selected
	anchor    spot

	top, left int // the first line and cell in sight
	moved     bool
	cells     int // of the text, as drawn last
	rows      int // of text, as drawn last

	paired [2]spot // brackets in sight that belong together; twice the same for none

	fault   fault
	finding bool
	search  search
	match   int // bytes at the cursor that were found
	value   string
	fresh   bool // value is the buffer's text
	states  lineStates
	spoken  string // the language that states and colours are of
	colours map[coloured][]token
}

// coloured is a line's text, and what it begins in.
type coloured struct {
	text  string
	state codeState
}

// fault is what is wrong with the text, and where.
type fault struct {
	at      spot
	message string
}

// NewEditor makes an empty editor.
func NewEditor() *Editor {
	e := &Editor{Height: 10, search: newSearch()}
	e.SetValue("")
	return e
}

// Value is the text.
func (e *Editor) Value() string {
	if !e.fresh {
		e.value, e.fresh = e.text(), true
		if e.crlf {
			e.value = strings.ReplaceAll(e.value, "\n", "\r\n")
		}
	}
	return e.value
}

// Holds reports whether the text is this one. It is quicker than to compare
// Value: the lines are not joined, and texts of other sizes not looked at.
func (e *Editor) Holds(text string) bool {
	ends := 0
	if e.crlf {
		ends = len(e.lines) - 1
	}
	if e.fresh || e.size+ends != len(text) {
		return e.fresh && e.value == text
	}
	for y, line := range e.lines {
		if !strings.HasPrefix(text, line) {
			return false
		}
		if text = text[len(line):]; y == len(e.lines)-1 {
			break
		}
		end := "\n"
		if e.crlf {
			end = "\r\n"
		}
		if !strings.HasPrefix(text, end) {
			return false
		}
		text = text[len(end):]
	}
	return text == ""
}

// SetValue replaces the text, as the program does: what was done before cannot
// be undone, and the cursor goes to the start.
func (e *Editor) SetValue(text string) {
	ends := strings.Count(text, "\r\n")
	e.crlf = ends > 0 && ends == strings.Count(text, "\n")
	e.value, e.fresh = text, true
	if e.crlf {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	e.buffer, e.ruler, e.states = newBuffer(text), make(ruler), lineStates{}
	e.applied = func(from, to, now int) { e.states.edit(from, to, now) }
	e.cursor, e.want, e.top, e.left, e.match = spot{}, -1, 0, 0, 0
	e.unselect()
	e.stopFinding()
	e.ClearError()
}

// MarkError shows that something is wrong at a line and a column, both from 1,
// the column in bytes, until the next edit.
func (e *Editor) MarkError(line, column int, message string) {
	e.fault = fault{e.clamp(spot{line - 1, column - 1}), message}
}

// ClearError shows no error any more.
func (e *Editor) ClearError() { e.fault = fault{} }

// GoTo puts the cursor at a line and a column, both from 1, the column in bytes.
func (e *Editor) GoTo(line, column int) { e.move(e.clamp(spot{line - 1, column - 1})) }

// Line and Column are where the cursor is, from 1; the column in cells.
func (e *Editor) Line() int { return e.cursor.y + 1 }

// Column is the cursor's cell in its line, from 1.
func (e *Editor) Column() int { return e.ruler.cellsTo(e.lines, e.cursor.y, e.cursor.x) + 1 }

// Editing is true while letters are text: unless the editor is only read.
func (e *Editor) Editing() bool { return !e.ReadOnly || e.finding }

// Focus gives the editor the focus.
func (e *Editor) Focus() tea.Cmd {
	e.focused, e.loose, e.moved = true, false, true
	return nil
}

// Blur takes the focus away.
func (e *Editor) Blur() {
	e.focused, e.loose = false, false
	e.stopFinding()
}

// Paste puts text at the cursor, in the place of what is selected; one undo
// takes it away.
func (e *Editor) Paste(text string) tea.Cmd {
	if e.finding {
		return e.pasteSought(text)
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, standIn), "\r\n", "\n")
	return e.insert(strings.ReplaceAll(text, "\r", "\n"), false)
}

// insert puts text at the cursor, in the place of what is selected.
func (e *Editor) insert(text string, typed bool) tea.Cmd {
	from, to, some := e.selection()
	if !some {
		from, to = e.cursor, e.cursor
	}
	return e.change(from, to, text, typed)
}

// change replaces a part of the text.
func (e *Editor) change(from, to spot, text string, typed bool) tea.Cmd {
	if e.ReadOnly || from == to && text == "" {
		return nil
	}
	e.ruler.forget(e.lines[from.y], from)
	at := e.replace(from, to, text, e.cursor, typed)
	return e.changed(e.settled(at))
}

// settled is a place after an edit: what was put in may have grown together
// with what follows it.
func (e *Editor) settled(at spot) spot {
	line := e.lines[at.y]
	if x := snap(line, at.x); x != at.x {
		at.x = next(line, x)
	}
	return at
}

// changed takes note of an edit.
func (e *Editor) changed(cursor spot) tea.Cmd {
	e.fresh = false
	e.ClearError()
	e.move(cursor)
	return run(e.Changed)
}

// move puts the cursor somewhere; nothing is selected then.
func (e *Editor) move(to spot) {
	e.cursor, e.want, e.moved, e.match = to, -1, true, 0
	e.unselect()
}

// Key edits, moves, undoes and finds.
func (e *Editor) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if e.finding {
		return e.findKey(msg)
	}
	key := msg.String()
	loose := e.loose
	e.loose = false
	if cmd, used := e.selectKey(key); used {
		return cmd, true
	}
	if e.moveKey(key) {
		return nil, true
	}
	if cmd, used := e.overwrite(key); used {
		return cmd, true
	}
	switch {
	case key == "ctrl+f":
		e.startFinding(e.wanted())
		return nil, true
	case key == "ctrl+o":
		e.startFinding(":")
		return nil, true
	case e.ReadOnly:
		return nil, false
	case key == "tab":
		if loose {
			return nil, false
		}
		return e.insert(Spaces(e.indent()), false), true
	case key == "esc" && !loose:
		e.loose = true
		return nil, true
	}
	if cmd, used := e.editKey(key); used {
		return cmd, true
	}
	if msg.Text == "" {
		return nil, false
	}
	if _, _, some := e.selection(); !some && (msg.Text == "}" || msg.Text == "]" || msg.Text == ")") {
		return e.closing(msg.Text), true
	}
	return e.insert(msg.Text, true), true
}

// editKey does the keys that change the text.
func (e *Editor) editKey(key string) (tea.Cmd, bool) {
	at := e.cursor
	line := e.lines[at.y]
	switch key {
	case "enter":
		return e.newLine(), true
	case "backspace", "ctrl+h", "shift+backspace":
		return e.change(e.before(at), at, "", false), true
	case "delete":
		return e.change(at, e.after(at), "", false), true
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		if at.x == 0 {
			return e.change(e.before(at), at, "", false), true
		}
		return e.change(spot{at.y, wordLeft(line, at.x)}, at, "", false), true
	case "alt+d", "alt+delete", "ctrl+delete":
		if at.x == len(line) {
			return e.change(at, e.after(at), "", false), true
		}
		return e.change(at, spot{at.y, wordRight(line, at.x)}, "", false), true
	case "ctrl+u":
		return e.change(spot{at.y, 0}, at, "", false), true
	case "ctrl+z":
		if to, ok := e.back(); ok {
			clear(e.ruler)
			return e.changed(to), true
		}
		return nil, true
	case "ctrl+y", "ctrl+shift+z":
		if to, ok := e.again(); ok {
			clear(e.ruler)
			return e.changed(to), true
		}
		return nil, true
	}
	return nil, false
}

// moveKey does the keys that only move the cursor.
func (e *Editor) moveKey(key string) bool {
	at := e.cursor
	line := e.lines[at.y]
	switch key {
	case "up":
		e.vertical(-1)
	case "down":
		e.vertical(1)
	case "pgup":
		e.vertical(-max(1, e.rows-1))
	case "pgdown":
		e.vertical(max(1, e.rows-1))
	case "left":
		e.move(e.before(at))
	case "right":
		e.move(e.after(at))
	case "home":
		indent := len(line) - len(strings.TrimLeft(line, " \t"))
		if at.x == indent {
			indent = 0
		}
		e.move(spot{at.y, indent})
	case "end":
		e.move(spot{at.y, len(line)})
	case "ctrl+home":
		e.move(spot{})
	case "ctrl+end":
		e.move(e.end())
	case "ctrl+left", "alt+left", "alt+b":
		if at.x == 0 {
			e.move(e.before(at))
			break
		}
		e.move(spot{at.y, wordLeft(line, at.x)})
	case "ctrl+right", "alt+right", "alt+f":
		if at.x == len(line) {
			e.move(e.after(at))
			break
		}
		e.move(spot{at.y, wordRight(line, at.x)})
	default:
		return false
	}
	return true
}

// vertical moves by lines, and keeps to the column where it can.
func (e *Editor) vertical(by int) {
	want := e.want
	if want < 0 {
		want = e.ruler.cellsTo(e.lines, e.cursor.y, e.cursor.x)
	}
	y := max(0, min(e.cursor.y+by, len(e.lines)-1))
	x, _ := e.ruler.byteAt(e.lines, y, want)
	e.move(spot{y, x})
	e.want = want
}
