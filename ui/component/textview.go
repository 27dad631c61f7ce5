package component

import (
	"sort"
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Reading is a text made ready for a TextView. It is immutable.
type Reading struct {
	text  string
	lines []string // clean
	json  bool
}

// Read makes a text ready to be shown: it is cleaned, and a JSON object or array
// is laid out and will be coloured. It is the slow part for a long text, and can
// be done beside the program.
func Read(text string) Reading {
	r := Reading{text: text}
	if pretty, ok := prettyJSON(text); ok {
		text, r.json = pretty, true
	}
	r.lines = CleanLines(strings.TrimRight(text, "\r\n"))
	return r
}

// JSON reports whether the text is a JSON object or array.
func (r Reading) JSON() bool { return r.json }

// Empty reports whether there is nothing to read.
func (r Reading) Empty() bool { return r.text == "" }

// TextView shows a text to read: lines that are too long go on under themselves,
// and ↑, ↓, PgUp, PgDn and the wheel scroll.
type TextView struct {
	part
	Label  string // names the text; it is not drawn
	Height int    // lines to draw; the page sets it before View

	reading Reading
	top     int
	width   int // that rows are for; 0 for none
	rows    []textRow
	colours map[int][]token // of the lines that were in sight
}

// textRow is a part of a line that is shown in one row.
type textRow struct{ line, from, to, indent int }

// NewTextView makes an empty view.
func NewTextView(label string) *TextView { return &TextView{Label: label, Height: 10} }

// Show shows another text from its beginning.
func (v *TextView) Show(r Reading) {
	v.reading, v.top, v.width = r, 0, 0
	v.colours = make(map[int][]token)
}

// mostIndent bounds how far the rows of a line that goes on are moved in.
const mostIndent = 24

// lay breaks the lines into rows of a width.
func (v *TextView) lay(width int) {
	if width = max(1, width); width == v.width {
		return
	}
	at := 0
	if v.top < len(v.rows) {
		at = v.rows[v.top].line
	}
	v.width, v.rows = width, v.rows[:0]
	for i, line := range v.reading.lines {
		lead := len(line) - len(strings.TrimLeft(line, " "))
		indent := 0
		for from := 0; from == 0 || from < len(line); {
			to := from + breakAt(line[from:], width-indent)
			v.rows = append(v.rows, textRow{i, from, to, indent})
			if from = to; from == 0 {
				break // an empty line
			}
			if indent = lead; v.reading.json {
				indent += 2
			}
			if indent > min(mostIndent, width/2) {
				indent = 0
			}
		}
	}
	v.top = sort.Search(len(v.rows), func(i int) bool { return v.rows[i].line >= at })
}

// breakAt is how many bytes of a clean line fit a width: up to the last space if
// there is one, else as many glyphs as fit, one at least.
func breakAt(line string, width int) int {
	size := fit(line, max(1, width))
	if size == len(line) {
		return size
	}
	if space := strings.LastIndexByte(line[:size], ' '); space > size/3 && snap(line, space+1) == space+1 {
		return space + 1
	}
	return size
}

// View draws the rows in sight.
func (v *TextView) View(width int) Block {
	width, height := max(0, width), max(1, v.Height)
	v.lay(width - gutterWidth - 1)
	v.top = max(0, min(v.top, len(v.rows)-height))
	bar := scrollbar(height, v.top, len(v.rows))
	out := Block{Width: width, Lines: make([]string, height)}
	for y := range height {
		edge, style := " ", theme.Border
		if len(v.rows) > height {
			edge = bar[y]
		}
		if v.focused {
			style = theme.Focused
		}
		pieces := []span{gutter(v.focused && y == 0)}
		if at := v.top + y; at < len(v.rows) {
			pieces = append(pieces, v.pieces(v.rows[at])...)
		}
		if out.Lines[y] = spans(max(0, width-1), pieces...); width > 0 {
			out.Lines[y] += style.Render(edge)
		}
	}
	return out.All(Zone{
		Role: RoleText, Label: Clean(v.Label), Value: v.reading.text, Focused: v.focused,
		Click: func(int, int) tea.Cmd { return nil },
		Wheel: func(_, dy int) tea.Cmd { v.scroll(dy); return nil },
	})
}

// pieces is a row in its colours.
func (v *TextView) pieces(row textRow) []span {
	line := v.reading.lines[row.line]
	tokens, ok := v.colours[row.line]
	if !ok {
		tokens = []token{{len(line), theme.Plain}}
		if v.reading.json {
			tokens = jsonTokens(line)
		}
		if v.colours == nil || len(v.colours) > 1000 {
			v.colours = make(map[int][]token)
		}
		v.colours[row.line] = tokens
	}
	out := []span{{Spaces(row.indent), theme.Plain}}
	start := 0
	for _, t := range tokens {
		if from, to := max(start, row.from), min(t.end, row.to); from < to {
			out = append(out, span{line[from:to], t.style})
		}
		start = t.end
	}
	return out
}

func (v *TextView) scroll(by int) { v.top = max(0, min(v.top+by, len(v.rows)-v.Height)) }

// Key scrolls. A key that would scroll beyond an end is left to the page.
func (v *TextView) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	before := v.top
	switch msg.String() {
	case "up":
		v.scroll(-1)
	case "down":
		v.scroll(1)
	case "pgup":
		v.scroll(-max(1, v.Height-1))
	case "pgdown":
		v.scroll(max(1, v.Height-1))
	case "home":
		v.scroll(-len(v.rows))
	case "end":
		v.scroll(len(v.rows))
	}
	return nil, v.top != before
}
