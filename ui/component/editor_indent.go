package component

import (
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// indent is the cells of a step in.
func (e *Editor) indent() int {
	const usual = 2
	if step := languages[e.Language].indent; step > 0 {
		return step
	}
	return usual
}

// opened reports whether the next line is a step further in: what is before the
// cursor ends with an opening character, comments and space left aside.
func (e *Editor) opened() bool {
	openers := languages[e.Language].openers
	if openers == "" {
		return false
	}
	head, at := e.lines[e.cursor.y][:e.cursor.x], 0
	last := byte(0)
	for _, t := range e.tokens(e.cursor.y) {
		text := head[min(at, len(head)):min(t.end, len(head))]
		at = t.end
		if code := strings.TrimRight(text, " \t"); code != "" && t.style != theme.CodeComment {
			last = code[len(code)-1]
			if t.style == theme.CodeString {
				last = 0
			}
		}
	}
	return last != 0 && strings.IndexByte(openers, last) >= 0
}

// newLine breaks the line and indents the next one: deeper after an opening
// character, with the closing one on a line of its own.
func (e *Editor) newLine() tea.Cmd {
	at := e.cursor
	line := e.lines[at.y]
	indent := line[:min(at.x, len(line)-len(strings.TrimLeft(line, " \t")))]
	if !e.opened() {
		return e.insert("\n"+indent, false)
	}
	step := e.indent()
	text := "\n" + indent + Spaces(step)
	if at.x < len(line) && strings.IndexByte("}])", line[at.x]) >= 0 {
		cmd := e.insert(text+"\n"+indent, false)
		e.move(spot{at.y + 1, len(indent) + step})
		return cmd
	}
	return e.insert(text, false)
}

// closing types a closing bracket, one step out where the line is still empty.
func (e *Editor) closing(bracket string) tea.Cmd {
	at, step := e.cursor, e.indent()
	head := e.lines[at.y][:at.x]
	if languages[e.Language].openers != "" && len(head) >= step && strings.Trim(head, " ") == "" {
		return e.change(spot{at.y, at.x - step}, at, bracket, false)
	}
	return e.insert(bracket, true)
}
