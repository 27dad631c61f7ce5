package component

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// LogEvent is a message at a time.
type LogEvent struct {
	Time    time.Time
	Message string // of one line or several
}

// LogRows is what a LogList shows. It may grow between frames.
type LogRows interface {
	// Len is the number of events known so far.
	Len() int
	// Event is an event from 0; ok is false for one that is known but not loaded.
	Event(i int) (e LogEvent, ok bool)
}

// LogList shows events, a line each, of which only those in sight cost anything.
// Enter, space or a click shows the whole message of one in place, and hides it
// again. It can follow the end; moving up pauses that, and coming back to the end
// goes on with it.
type LogList struct {
	part
	Rows     LogRows
	Height   int            // lines to draw, header included; the page sets it before View
	Empty    []string       // shown when there are no events
	Loading  bool           // without events, says that they are being loaded
	Frame    int            // the spinner's picture while loading, counted up by the owner
	Location *time.Location // of the times shown; nil for UTC

	// Need is called for events in sight that are not loaded, from ≤ i < to.
	Need func(from, to int) tea.Cmd
	// Start and End are called when the first or the last event known is in
	// sight, unless Loading.
	Start, End func() tea.Cmd
	// Changed is called when following has begun, or has ended.
	Changed func() tea.Cmd

	current int
	top     place // the first line in sight
	follow  following
	open    map[int]struct{} // the events whose whole messages are shown
	bodies  map[int][]bodyLine
	width   int // that bodies are made for
	asked   [2]int
}

// place is a line of an event: 0 is its own, the others are its message's.
type place struct{ row, line int }

// following says whether the end is followed: paused is on again at the end.
type following int

const (
	followOff following = iota
	followOn
	followPaused
)

// NewLogList makes a list of events.
func NewLogList(rows LogRows) *LogList {
	return &LogList{Rows: rows, Height: 10, open: make(map[int]struct{}), bodies: make(map[int][]bodyLine)}
}

// Follow reports whether the list stays at its end while events come.
func (l *LogList) Follow() bool { return l.follow == followOn }

// SetFollow begins to follow the end, or stops.
func (l *LogList) SetFollow(on bool) {
	l.follow = followOff
	if on {
		l.follow = followOn
		l.settle()
	}
}

// Current is the event that keys act on, from 0; -1 when there are none.
func (l *LogList) Current() int {
	l.settle()
	return min(l.current, l.len()-1)
}

// SetCurrent makes an event the current one; following pauses.
func (l *LogList) SetCurrent(i int) {
	l.pause()
	l.current = i
	l.settle()
	l.show()
}

// Expanded reports whether the whole message of an event is shown.
func (l *LogList) Expanded(i int) bool {
	_, ok := l.open[i]
	return ok
}

// Toggle shows the whole message of an event, or hides it again; following
// pauses.
func (l *LogList) Toggle(i int) {
	if i < 0 || i >= l.len() {
		return
	}
	l.pause()
	if l.Expanded(i) {
		delete(l.open, i)
		delete(l.bodies, i)
	} else {
		l.open[i] = struct{}{}
	}
	l.settle()
	if i == l.current {
		l.show()
	}
}

// CollapseAll hides all messages but for their first lines.
func (l *LogList) CollapseAll() {
	clear(l.open)
	clear(l.bodies)
	l.settle()
}

// Shifted says that so many events were put before the first one, or, below 0,
// were taken away there: the place in the list stays.
func (l *LogList) Shifted(n int) {
	moved := make(map[int]struct{}, len(l.open))
	for i := range l.open {
		if i+n >= 0 {
			moved[i+n] = struct{}{}
		}
	}
	l.open = moved
	clear(l.bodies)
	l.current, l.top.row = l.current+n, l.top.row+n
	l.settle()
}

// Reset goes back to the start, as for other events altogether.
func (l *LogList) Reset() {
	l.CollapseAll()
	l.current, l.top, l.asked = 0, place{}, [2]int{}
	l.settle()
}

// CopyText is the message of the current event.
func (l *LogList) CopyText() string {
	i := l.Current()
	if i < 0 {
		return ""
	}
	e, _ := l.Rows.Event(i)
	return e.Message
}

// Check asks for what the events in sight lack. The owner calls it when events
// have come, or the height has changed: the list itself only looks when it moves.
func (l *LogList) Check() tea.Cmd {
	l.asked = [2]int{}
	l.settle()
	return l.need()
}

func (l *LogList) len() int {
	if l.Rows == nil {
		return 0
	}
	return max(0, l.Rows.Len())
}

// lines is how many lines there are for events.
func (l *LogList) lines() int { return max(1, l.Height-1) }

// settle brings the place in line with events that may have changed.
func (l *LogList) settle() {
	n := l.len()
	if n == 0 {
		return // a refresh under way: the place is kept for what comes
	}
	if l.follow == followOn {
		l.current = n - 1
		l.top = l.bottom()
		return
	}
	l.current = max(0, min(l.current, n-1))
	if l.top.row >= n || l.top.row < 0 {
		l.top = place{row: max(0, min(l.top.row, n-1))}
	}
	l.top.line = max(0, min(l.top.line, l.high(l.top.row)-1))
	if end := l.bottom(); end.before(l.top) {
		l.top = end
	}
}

func (p place) before(q place) bool { return p.row < q.row || p.row == q.row && p.line < q.line }

// bottom is the first line in sight when the last one is.
func (l *LogList) bottom() place {
	n := l.len()
	return l.step(place{n - 1, l.high(n-1) - 1}, 1-l.lines())
}

// step is the place so many lines further, as far as there are lines.
func (l *LogList) step(p place, by int) place {
	for n := l.len(); by > 0; {
		left := l.high(p.row) - 1 - p.line
		if by <= left || p.row >= n-1 {
			return place{p.row, p.line + min(by, left)}
		}
		by -= left + 1
		p = place{row: p.row + 1}
	}
	for by < 0 {
		if -by <= p.line || p.row == 0 {
			return place{p.row, max(0, p.line+by)}
		}
		by += p.line + 1
		p = place{p.row - 1, l.high(p.row-1) - 1}
	}
	return p
}

// show brings the current event into sight, its first line above all.
func (l *LogList) show() {
	first := place{row: l.current}
	end := place{l.current, l.high(l.current) - 1}
	if last := l.step(l.top, l.lines()-1); last.before(end) {
		l.top = l.step(end, 1-l.lines())
	}
	if first.before(l.top) {
		l.top = first
	}
}

// pause stops following until the end is reached again.
func (l *LogList) pause() {
	if l.follow == followOn {
		l.follow = followPaused
	}
}

// resume goes on following when it was paused and the end is in sight.
func (l *LogList) resume() {
	if l.follow == followPaused && l.len() > 0 && l.top == l.bottom() && l.current == l.len()-1 {
		l.follow = followOn
	}
}

// need asks for events in sight that are not loaded, and for more at the ends.
func (l *LogList) need() tea.Cmd {
	var cmds []tea.Cmd
	n := l.len()
	if n == 0 {
		return nil
	}
	to := l.step(l.top, l.lines()-1).row + 1
	if l.Need != nil {
		var missing [2]int
		for i := l.top.row; i < to; i++ {
			if _, ok := l.Rows.Event(i); !ok {
				if missing[1] == 0 {
					missing[0] = i
				}
				missing[1] = i + 1
			}
		}
		if missing[1] > 0 && missing != l.asked {
			l.asked = missing
			cmds = append(cmds, l.Need(missing[0], missing[1]))
		}
	}
	if l.Start != nil && !l.Loading && l.top == (place{}) {
		cmds = append(cmds, l.Start())
	}
	if l.End != nil && !l.Loading && to == n {
		cmds = append(cmds, l.End())
	}
	return tea.Batch(cmds...)
}

// Key moves, shows messages and follows.
func (l *LogList) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if l.len() == 0 {
		return nil, false
	}
	was := l.Follow()
	l.settle()
	key := msg.String()
	switch {
	case slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end"}, key):
		l.moveKey(key)
	case key == "enter", key == "space", key == "right" && !l.Expanded(l.current), key == "left" && l.Expanded(l.current):
		l.Toggle(l.current)
		return l.told(was), true
	case key == "f":
		l.SetFollow(!l.Follow())
	default:
		return nil, false
	}
	return l.moved(was), true
}

// moved is what is to be done after a move: was is whether the end was followed.
func (l *LogList) moved(was bool) tea.Cmd {
	l.resume()
	return l.told(was)
}

// told tells the owner whether the end is followed, if that has changed.
func (l *LogList) told(was bool) tea.Cmd {
	if l.Follow() != was {
		return tea.Batch(l.need(), run(l.Changed))
	}
	return l.need()
}

func (l *LogList) moveKey(key string) {
	switch key {
	case "up":
		l.pause()
		l.up()
	case "down":
		l.down()
	case "pgup":
		l.scroll(1 - l.lines())
	case "pgdown":
		l.scroll(max(1, l.lines()-1))
	case "home":
		l.pause()
		l.current, l.top = 0, place{}
	case "end":
		l.current = l.len() - 1
		l.top = l.bottom()
	}
}

// up goes to the event before, through all lines of a message that is higher
// than the view.
func (l *LogList) up() {
	if l.top.row == l.current && l.top.line > 0 {
		l.top.line--
		return
	}
	if l.current == 0 {
		return
	}
	l.current--
	end := place{l.current, l.high(l.current) - 1}
	switch {
	case end.before(l.top):
		l.top = l.step(end, -min(l.lines(), l.high(l.current))+1)
	case place{row: l.current}.before(l.top) && l.high(l.current) > l.lines():
		// Its last lines are in sight; the next steps go up through the others.
	default:
		l.show()
	}
}

// down goes to the next event, through all lines of a message that is higher
// than the view.
func (l *LogList) down() {
	end := place{l.current, l.high(l.current) - 1}
	if l.step(l.top, l.lines()-1).before(end) {
		l.top = l.step(l.top, 1)
		return
	}
	if l.current < l.len()-1 {
		l.current++
		l.show()
	}
}

// scroll moves the view by lines; the current event is taken along so as to
// stay in sight, and to the end when there is no further to go.
func (l *LogList) scroll(by int) {
	if by < 0 {
		l.pause()
	}
	was := l.top
	l.top = l.step(l.top, by)
	if end := l.bottom(); end.before(l.top) {
		l.top = end
	}
	first, last := l.top.row, l.step(l.top, l.lines()-1).row
	switch {
	case l.top == was && by > 0:
		l.current = last
	case l.top == was && by < 0:
		l.current = first
	default:
		l.current = max(first, min(l.current, last))
	}
}
