package component

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// replaceKey edits what replaces the text, and replaces it: enter here, and on to
// the next one; alt+enter everywhere.
func (e *Editor) replaceKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "enter":
		return e.replaceHere(), true
	case "alt+enter":
		return e.replaceAll(), true
	}
	_, used := e.search.with.Key(msg)
	return nil, used
}

func (e *Editor) replaceHere() tea.Cmd {
	var cmd tea.Cmd
	if e.match > 0 {
		cmd = e.change(e.cursor, spot{e.cursor.y, e.cursor.x + e.match}, e.search.with.Value(), false)
		e.count()
	}
	e.look(e.cursor, false)
	return cmd
}

// replaceAll replaces the text everywhere, as one edit.
func (e *Editor) replaceAll() tea.Cmd {
	what, with := e.search.query.Value(), e.search.with.Value()
	if what == "" || strings.HasPrefix(what, ":") {
		return nil
	}
	first, last, count := -1, -1, 0
	var lines []string
	for y, line := range e.lines {
		n := 0
		line, n = replaceFold(line, what, with)
		if n > 0 && first < 0 {
			first = y
		}
		if n > 0 {
			last, count = y, count+n
		}
		if first >= 0 {
			lines = append(lines, line)
		}
	}
	if count == 0 {
		e.search.missed = true
		return nil
	}
	text := strings.Join(lines[:last-first+1], "\n")
	cmd := e.change(spot{first, 0}, spot{last, len(e.lines[last])}, text, false)
	e.count()
	e.search.done = fmt.Sprintf("%d replaced", count)
	return cmd
}

// replaceFold is strings.ReplaceAll without regard to the case of ASCII letters;
// it counts, too.
func replaceFold(line, what, with string) (string, int) {
	var b strings.Builder
	n := 0
	for {
		x := indexFold(line, what)
		if x < 0 {
			break
		}
		b.WriteString(line[:x])
		b.WriteString(with)
		line, n = line[x+len(what):], n+1
	}
	if n == 0 {
		return line, 0
	}
	return b.String() + line, n
}
