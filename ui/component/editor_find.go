package component

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// search is what an editor looks for, and what it puts in its place.
type search struct {
	query, with *TextField
	kept        bool // the query is that of the last time: typing begins a new one
	replacing   bool // with has the keys
	missed      bool // the text looked for is not there
	done        string

	hits []spot // where it is, in order, up to mostHits
	more bool   // there are more than these
}

// mostHits is how many places are counted.
const mostHits = 10_000

func newSearch() search {
	s := search{query: NewTextField("Find"), with: NewTextField("Replace with")}
	s.query.Bare, s.with.Bare = true, true
	return s
}

// startFinding opens the line that takes what to look for. Without a text it is
// what was looked for last.
func (e *Editor) startFinding(text string) {
	s := &e.search
	if text == "" && !strings.HasPrefix(s.query.Value(), ":") {
		text, s.kept = s.query.Value(), true
	}
	s.query.SetValue(text)
	e.finding, s.missed, s.done, e.match = true, false, "", 0
	e.turn(false)
	e.count()
}

// wanted is the text that is selected, when it can be looked for.
func (e *Editor) wanted() string {
	from, to, some := e.selection()
	if !some || from.y != to.y {
		return ""
	}
	text := e.Selected()
	e.move(from)
	return text
}

// turn gives the keys to one of the two fields.
func (e *Editor) turn(replacing bool) {
	s := &e.search
	s.replacing = replacing
	s.query.focused, s.with.focused = !replacing, replacing
}

// stopFinding closes the line.
func (e *Editor) stopFinding() {
	e.finding, e.search.kept, e.search.hits = false, false, nil
}

// findKey takes the keys while a text is looked for: letters look for it from
// where the cursor is, enter and ↓ for the next one, ↑ for the one before, and a
// colon and a number go to that line, where enter ends it. Tab goes on to what replaces it. Esc ends
// it.
func (e *Editor) findKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	key, s := msg.String(), &e.search
	switch key {
	case "esc":
		e.stopFinding()
		return nil, true
	case "down", "ctrl+f":
		e.look(e.after(e.cursor), false)
		return nil, true
	case "up", "shift+enter":
		e.look(e.cursor, true)
		return nil, true
	case "ctrl+o":
		e.startFinding(":")
		return nil, true
	case "tab", "shift+tab":
		if !e.ReadOnly && s.replacing == (key == "shift+tab") {
			e.turn(!s.replacing)
			return nil, true
		}
		e.stopFinding()
		return nil, false
	}
	if s.replacing {
		return e.replaceKey(msg)
	}
	if key == "enter" {
		if strings.HasPrefix(s.query.Value(), ":") && !s.missed {
			e.stopFinding() // the cursor is at that line
			return nil, true
		}
		e.look(e.after(e.cursor), false)
		return nil, true
	}
	return nil, e.queryKey(msg)
}

// queryKey edits what is looked for.
func (e *Editor) queryKey(msg tea.KeyPressMsg) bool {
	s := &e.search
	was := s.query.Value()
	if s.kept && msg.Text != "" {
		s.query.SetValue("")
	}
	s.kept = false
	_, used := s.query.Key(msg)
	if s.query.Value() != was {
		e.sought()
	}
	return used
}

// pasteSought pastes into the field that has the keys.
func (e *Editor) pasteSought(text string) tea.Cmd {
	if e.search.replacing {
		return e.search.with.Paste(text)
	}
	e.search.query.Paste(text)
	e.sought()
	return nil
}

// sought goes to the first place of another text.
func (e *Editor) sought() {
	e.search.done = ""
	e.count()
	e.look(e.cursor, false)
}

// look goes to the text looked for.
func (e *Editor) look(from spot, backward bool) {
	what := e.search.query.Value()
	if number, ok := strings.CutPrefix(what, ":"); ok {
		line, err := strconv.Atoi(number)
		if e.search.missed = err != nil && number != ""; err == nil {
			e.GoTo(line, 1)
		}
		return
	}
	at, ok := e.find(what, from, backward)
	e.search.missed = !ok && what != ""
	e.match = 0
	if ok {
		e.move(at)
		e.match = len(what)
	}
}

// count finds all places of what is looked for, so that a frame need not.
func (e *Editor) count() {
	s := &e.search
	what := s.query.Value()
	s.hits, s.more = s.hits[:0], false
	if what == "" || strings.HasPrefix(what, ":") {
		return
	}
	for y, line := range e.lines {
		for x := 0; ; x += len(what) {
			at := indexFold(line[x:], what)
			if at < 0 {
				break
			}
			if s.more = len(s.hits) == mostHits; s.more {
				return
			}
			x += at
			s.hits = append(s.hits, spot{y, x})
		}
	}
}

// tally says which of how many places the cursor is at.
func (e *Editor) tally() string {
	s := &e.search
	total := strconv.Itoa(len(s.hits))
	if s.more {
		total += "+"
	}
	at, found := slices.BinarySearchFunc(s.hits, e.cursor, func(hit, cursor spot) int {
		switch {
		case hit == cursor:
			return 0
		case hit.before(cursor):
			return -1
		}
		return 1
	})
	switch {
	case len(s.hits) == 0:
		return ""
	case found && e.match > 0:
		return fmt.Sprintf("%d of %s", at+1, total)
	}
	return total + " found"
}

// findLine draws the line that takes what to look for, and says where its
// cursor is.
func (e *Editor) findLine(width int) (string, *Point) {
	s := &e.search
	line, cursor := e.findFields(width)
	said, style := s.done, theme.Success
	switch {
	case s.missed:
		said, style = "✗ not found", theme.Danger
	case said == "":
		said, style = e.tally(), theme.Plain
	}
	keys := "enter next · ↑ previous · tab replace · :12 line 12 · esc close"
	switch {
	case e.ReadOnly:
		keys = "enter next · ↑ previous · :12 line 12 · esc close"
	case s.replacing:
		keys = "enter replace · alt+enter all · esc close"
	}
	if said != "" {
		keys = " · " + keys
	}
	return line.Lines[0] + spans(max(0, width-line.Width), span{" " + said, style}, span{keys, theme.Faint}), cursor
}

// findFields are the fields of the line: both where there is room.
func (e *Editor) findFields(width int) (Block, *Point) {
	const wide = 110
	s := &e.search
	field := func(label string, f *TextField) Block {
		f.Width = max(4, min(30, width-len(label)-16))
		head := Text(min(len(label)+1, width), theme.Focused.Render(" "+label))
		b := f.View(max(0, min(width, head.Width+f.Width+boxWidth+1)-head.Width))
		return Beside(1, head, b.Fit(b.Width, 1)).Fit(min(width, head.Width+b.Width), 1)
	}
	if !s.replacing {
		b := field("Find", s.query)
		return b, b.Cursor
	}
	b := field("Replace with", s.with)
	if width >= wide {
		b = Beside(1, field("Find", s.query), b)
	}
	return b.Fit(min(width, b.Width), 1), b.Cursor
}
