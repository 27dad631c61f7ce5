package component

import (
	"fmt"
	"strconv"
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// View draws the label, the lines in sight with their numbers, and a line that
// tells the place, what is wrong, or what is looked for.
func (e *Editor) View(width int) Block {
	width = max(0, width)
	f := frame{label: e.Label, focused: e.focused}
	top := f.top(width)
	if rows := max(1, e.Height-len(top)-1); rows != e.rows {
		// What becomes lower must not lose the cursor, unless the wheel has.
		e.moved = e.moved || e.cursor.y >= e.top && e.cursor.y < e.top+e.rows
		e.rows = rows
	}
	digits := len(strconv.Itoa(len(e.lines)))
	margin := digits + 4
	if width < margin+8 {
		margin = 0
	}
	e.cells = max(1, width-margin-1)
	e.scroll()
	e.paired = [2]spot{}
	if at, other, ok := e.pair(); ok {
		e.paired = [2]spot{at, other}
	}
	out := Block{Width: width}
	out.Lines = append(out.Lines, top...)
	bar := scrollbar(e.rows, e.top, len(e.lines))
	for row := range e.rows {
		y := e.top + row
		line := ""
		if y < len(e.lines) {
			line = e.number(y, digits, margin) + e.line(y)
		} else {
			line = Spaces(margin + e.cells)
		}
		edge := " "
		if len(e.lines) > e.rows {
			edge = theme.Border.Render(bar[row])
		}
		if width < margin+e.cells+1 {
			edge = ""
		}
		out.Lines = append(out.Lines, line+edge)
	}
	if width < 2 {
		for i := range out.Lines {
			out.Lines[i] = Spaces(width)
		}
	}
	status, query := e.status(width)
	out.Lines = append(out.Lines, status)
	e.place(&out, len(top), margin, query)
	return out.Zone(e.zone(width, len(top), margin))
}

// place puts the terminal's cursor into the text, or into what is looked for.
func (e *Editor) place(out *Block, top, margin int, query *Point) {
	switch y := e.cursor.y - e.top; {
	case !e.focused:
	case e.finding && query != nil:
		out.Cursor = &Point{max(0, min(query.X, out.Width-1)), len(out.Lines) - 1}
	case y >= 0 && y < e.rows:
		if x := e.ruler.cellsTo(e.lines, e.cursor.y, e.cursor.x) - e.left; x >= 0 && x <= e.cells {
			out.Cursor = &Point{max(0, min(margin+x, out.Width-1)), top + y}
		}
	}
}

func (e *Editor) zone(width, top, margin int) Zone {
	const mostValue = 1 << 16 // bytes that are worth joining for each frame
	z := Zone{
		Y: 0, W: width, H: top + e.rows, Role: RoleText, Label: Clean(e.Label), Focused: e.focused,
		Click: func(x, y int) tea.Cmd { e.click(x-margin, y-top); return nil },
		Drag:  func(x, y int) tea.Cmd { e.drag(x-margin, y-top); return nil },
		Wheel: func(dx, dy int) tea.Cmd {
			e.top = max(0, min(e.top+dy, len(e.lines)-e.rows))
			e.left = max(0, e.left+dx)
			return nil
		},
	}
	if e.size <= mostValue {
		z.Value = e.Value()
	}
	return z
}

// click puts the cursor at a cell of the text in sight.
func (e *Editor) click(x, y int) {
	if y < 0 {
		return
	}
	y = min(e.top+y, len(e.lines)-1)
	at, _ := e.ruler.byteAt(e.lines, y, max(0, e.left+x))
	e.loose = false
	e.stopFinding()
	e.move(spot{y, at})
}

// scroll keeps the view within the text, and the cursor in sight when it has moved.
func (e *Editor) scroll() {
	if e.moved {
		e.moved = false
		y := e.cursor.y
		e.top = max(min(e.top, y), y-e.rows+1)
		x := e.ruler.cellsTo(e.lines, y, e.cursor.x)
		if x < e.left {
			e.left = max(0, x-e.cells/3)
		}
		if x >= e.left+e.cells {
			e.left = x - e.cells + 1 + e.cells/4
		}
		if x < e.cells {
			e.left = 0
		}
	}
	e.top = max(0, min(e.top, len(e.lines)-e.rows))
}

// number is the margin of a line: its number, and a mark where something is wrong.
func (e *Editor) number(y, digits, margin int) string {
	if margin == 0 {
		return ""
	}
	mark, style := " ", theme.Faint
	switch {
	case e.fault.message != "" && e.fault.at.y == y:
		mark, style = "✗", theme.Danger
	case y == e.cursor.y && e.focused:
		style = theme.Strong
	}
	number := strconv.Itoa(y + 1)
	return style.Render(mark+Spaces(digits-len(number))+number) + theme.Border.Render(" │ ")
}

// line draws what is in sight of a line, exactly as wide as the text.
func (e *Editor) line(y int) string {
	text := e.lines[y]
	from, at := e.ruler.byteAt(e.lines, y, e.left)
	var b strings.Builder
	cells := 0
	if at < e.left && from < len(text) { // the view begins within a wide character
		start := from
		from = next(text, from)
		cells = min(e.cells, at+editorGlyph(text[start:]).width-e.left)
		b.WriteString(Spaces(cells))
	}
	for _, t := range e.marked(y, e.tokens(y)) {
		if t.end <= from {
			continue
		}
		shown, n, all := editorRun(text[from:t.end], e.cells-cells)
		b.WriteString(t.style.Render(shown))
		cells += n
		if from = t.end; !all {
			break
		}
	}
	if mark, some := e.endMark(y); some && from >= len(text) && cells < e.cells {
		b.WriteString(mark)
		cells++
	}
	return b.String() + Spaces(e.cells-cells)
}

// tokens is a line's colours, remembered by its text and what it begins in.
func (e *Editor) tokens(y int) []token {
	text := e.lines[y]
	known := languages[e.Language]
	if !known.scan && e.Language != "json" {
		return []token{{len(text), theme.Plain}}
	}
	if e.spoken != e.Language {
		e.spoken, e.states, e.colours = e.Language, lineStates{}, nil
	}
	line := coloured{text: text}
	if known.scan {
		line.state = e.states.at(y, e.lines, known)
	}
	if t, ok := e.colours[line]; ok {
		return t
	}
	const most = 4096 // lines
	if e.colours == nil || len(e.colours) > most {
		e.colours = make(map[coloured][]token)
	}
	var t []token
	if known.scan {
		t, _ = known.tokens(text, line.state)
	} else {
		t = jsonTokens(text)
	}
	e.colours[line] = t
	return t
}

// marked is a line's tokens with what is selected, was found, or is wrong, standing out.
func (e *Editor) marked(y int, tokens []token) []token {
	text := e.lines[y]
	from, to, _, some := e.selectedPart(y)
	switch {
	case some:
		return cutOut(tokens, from, to, theme.Selected)
	case e.match > 0 && y == e.cursor.y:
		return cutOut(tokens, e.cursor.x, min(len(text), e.cursor.x+e.match), theme.Selected)
	case e.fault.message != "" && e.fault.at.y == y && e.fault.at.x < len(text):
		return cutOut(tokens, e.fault.at.x, next(text, e.fault.at.x), theme.Pressed)
	}
	if e.paired[0] != e.paired[1] {
		for _, at := range e.paired {
			if at.y == y {
				tokens = cutOut(tokens, at.x, at.x+1, theme.Key)
			}
		}
	}
	return tokens
}

// cutOut gives the bytes from ≤ i < to a style of their own.
func cutOut(tokens []token, from, to int, style theme.Style) []token {
	var out []token
	start := 0
	for _, t := range tokens {
		if start < from {
			out = append(out, token{min(t.end, from), t.style})
		}
		if t.end >= to && start < to {
			out = append(out, token{to, style})
		}
		if t.end > to {
			out = append(out, token{t.end, t.style})
		}
		start = t.end
	}
	return out
}

// status is the editor's last line, and where the cursor is in it when a text
// is looked for.
func (e *Editor) status(width int) (string, *Point) {
	if e.finding {
		return e.findLine(width)
	}
	at := fmt.Sprintf("Ln %d, Col %d", e.Line(), e.Column())
	if name := languages[e.Language].name; name != "" {
		at += " · " + name
	}
	left := span{"  " + e.hints(), theme.Faint}
	if e.fault.message != "" {
		left = span{fmt.Sprintf("✗ line %d, column %d: %s", e.fault.at.y+1, e.ruler.cellsTo(e.lines, e.fault.at.y, e.fault.at.x)+1, e.fault.message), theme.Danger}
	}
	room := width - cellsOf(at, width) - 2
	if room < 16 || e.fault.message != "" && cellsOf(left.text, width) > room {
		return spans(width, left), nil
	}
	return spans(width, span{pad(left.text, room, false), left.style}, span{"  " + at, theme.Faint}), nil
}

// hints are the keys that serve now.
func (e *Editor) hints() string {
	switch size := e.selectionSize(); {
	case size != "":
		return size + " · alt+y copy · esc drops the selection"
	case e.loose:
		return "tab: next field"
	case e.ReadOnly:
		return "read-only · ctrl+f find · ctrl+o line"
	case e.focused:
		return "ctrl+f find · ctrl+o line · ctrl+z undo · esc, tab: next field"
	}
	return "ctrl+f find"
}

// glyphs of an editor are those of other texts, but for tabs.
func editorGlyph(s string) glyph {
	if s[0] == '\t' {
		return glyph{1, blanks[:tabStop], tabStop, false}
	}
	return first(s)
}

// editorRun is the part of a text that fits a width, the cells it takes, and
// whether that is all.
func editorRun(s string, width int) (string, int, bool) {
	if n := plainRun(s[:min(len(s), max(0, width)+1)]); n == len(s) && n <= width {
		return s, n, true
	}
	var b strings.Builder
	cells := 0
	for s != "" {
		g := editorGlyph(s)
		if cells+g.width > width {
			return b.String(), cells, false
		}
		b.WriteString(g.show)
		cells += g.width
		s = s[g.size:]
	}
	return b.String(), cells, true
}

// cellsTo is the cells before a byte of a line.
func cellsTo(line string, x int) int {
	line = line[:min(x, len(line))]
	cells := plainRun(line)
	for line = line[cells:]; line != ""; {
		g := editorGlyph(line)
		cells += g.width
		line = line[g.size:]
	}
	return cells
}

// byteAt is the glyph at a cell of a line, as its byte and its own first cell;
// the line's end when it is shorter.
func byteAt(line string, cell int) (x, at int) {
	n := plainRun(line[:min(len(line), max(0, cell)+1)])
	if x = min(n, max(0, cell)); x == cell {
		return x, x
	}
	for at = x; x < len(line); {
		g := editorGlyph(line[x:])
		if at+g.width > cell {
			return x, at
		}
		at += g.width
		x += g.size
	}
	return x, at
}
