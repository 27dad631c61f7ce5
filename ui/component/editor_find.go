package component

import (
	"strconv"
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// startFinding opens the line that takes what to look for.
func (e *Editor) startFinding() {
	e.finding, e.missed, e.match = true, false, 0
	e.query.SetValue(e.query.Value())
	e.query.Bare = true
	e.query.Focus()
}

// findKey takes the keys while a text is looked for: letters look for it from
// where the cursor is, enter and ↓ for the next one, ↑ for the one before, and a
// colon and a number go to that line. Esc ends it.
func (e *Editor) findKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc":
		e.finding = false
		return nil, true
	case "enter", "down", "ctrl+f":
		e.look(e.after(e.cursor), false)
		return nil, true
	case "up":
		e.look(e.cursor, true)
		return nil, true
	case "tab", "shift+tab":
		e.finding = false
		return nil, false
	}
	was := e.query.Value()
	_, used := e.query.Key(msg)
	if e.query.Value() != was {
		e.look(e.cursor, false)
	}
	return nil, used
}

// look goes to the text looked for.
func (e *Editor) look(from spot, backward bool) {
	what := e.query.Value()
	if number, ok := strings.CutPrefix(what, ":"); ok {
		line, err := strconv.Atoi(number)
		if e.missed = err != nil && number != ""; err == nil {
			e.GoTo(line, 1)
		}
		return
	}
	at, ok := e.find(what, from, backward)
	e.missed = !ok && what != ""
	e.match = 0
	if ok {
		e.move(at)
		e.match = len(what)
	}
}

// findLine draws the line that takes what to look for, and says where its
// cursor is.
func (e *Editor) findLine(width int) (string, *Point) {
	note := "enter next · ↑ previous · :12 line 12 · esc close"
	style := theme.Faint
	if e.missed {
		note, style = "✗ not found", theme.Danger
	}
	e.query.Width = max(4, min(30, width-20))
	line, query := e.queryBlock(min(width, e.query.Width+boxWidth+5))
	left := width - line.Width
	return line.Lines[0] + spans(max(0, left), span{" " + note, style}), query
}

// queryBlock is the word Find and the field after it.
func (e *Editor) queryBlock(width int) (Block, *Point) {
	label := Text(min(5, width), theme.Focused.Render(" Find"))
	field := e.query.View(max(0, width-label.Width))
	b := Beside(1, label, field.Fit(field.Width, 1))
	return b.Fit(width, 1), b.Cursor
}
