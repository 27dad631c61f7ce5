package component

import (
	"slices"
	"strings"
)

// spot is a place in a text: a line from 0, and a byte of it.
type spot struct{ y, x int }

// buffer is a text by lines that can be edited, with undo and redo. The cost of
// an edit is that of the lines it touches.
type buffer struct {
	lines      []string
	size       int // bytes, line ends included
	undo, redo []edit

	// applied is told of each change: the lines from ≤ y ≤ to became from ≤ y ≤ now.
	applied func(from, to, now int)
}

// edit is one change: at a place, text went and text came.
type edit struct {
	at            spot
	removed, text string
	before        spot // where the cursor was
	typed         bool // letter by letter: the next letter joins it
}

// The bounds of what can be undone: edits, and bytes of their texts. The last edit
// can be undone however large it is.
const (
	mostUndo      = 1000
	mostUndoBytes = 64 << 20
)

func newBuffer(text string) buffer {
	return buffer{lines: strings.Split(text, "\n"), size: len(text)}
}

// text is all of it.
func (b *buffer) text() string { return strings.Join(b.lines, "\n") }

// end is the place after the last character.
func (b *buffer) end() spot {
	y := len(b.lines) - 1
	return spot{y, len(b.lines[y])}
}

// clamp is the nearest place that there is.
func (b *buffer) clamp(s spot) spot {
	s.y = max(0, min(s.y, len(b.lines)-1))
	s.x = snap(b.lines[s.y], max(0, min(s.x, len(b.lines[s.y]))))
	return s
}

// before and after are the places one glyph away.
func (b *buffer) before(s spot) spot {
	switch {
	case s.x > 0:
		return spot{s.y, before(b.lines[s.y], s.x)}
	case s.y > 0:
		return spot{s.y - 1, len(b.lines[s.y-1])}
	}
	return s
}

func (b *buffer) after(s spot) spot {
	switch {
	case s.x < len(b.lines[s.y]):
		return spot{s.y, next(b.lines[s.y], s.x)}
	case s.y < len(b.lines)-1:
		return spot{s.y + 1, 0}
	}
	return s
}

// between is the text from one place to another.
func (b *buffer) between(from, to spot) string {
	if from.y == to.y {
		return b.lines[from.y][from.x:to.x]
	}
	parts := make([]string, 0, to.y-from.y+1)
	parts = append(parts, b.lines[from.y][from.x:])
	parts = append(parts, b.lines[from.y+1:to.y]...)
	parts = append(parts, b.lines[to.y][:to.x])
	return strings.Join(parts, "\n")
}

// replace puts text in the place of what is between two places, and returns the
// place after it.
func (b *buffer) replace(from, to spot, text string, cursor spot, typed bool) spot {
	e := edit{at: from, removed: b.between(from, to), text: text, before: cursor, typed: typed}
	if e.removed == "" && text == "" {
		return from
	}
	b.redo = nil
	if last := len(b.undo) - 1; typed && last >= 0 && b.undo[last].typed && past(b.undo[last]) == from && e.removed == "" {
		b.undo[last].text += text
	} else {
		b.undo = append(b.undo, e)
		b.forget()
	}
	return b.apply(from, to, text)
}

// forget drops the oldest edits that are too many, or too large together.
func (b *buffer) forget() {
	keep, bytes := 0, 0
	for i := len(b.undo) - 1; i >= 0 && keep < mostUndo; i-- {
		if bytes += len(b.undo[i].removed) + len(b.undo[i].text); keep > 0 && bytes > mostUndoBytes {
			break
		}
		keep++
	}
	b.undo = slices.Delete(b.undo, 0, len(b.undo)-keep)
}

// apply changes the lines.
func (b *buffer) apply(from, to spot, text string) spot {
	head, tail := b.lines[from.y][:from.x], b.lines[to.y][to.x:]
	removed := to.x - from.x
	for y := from.y; y < to.y; y++ {
		removed += len(b.lines[y]) + 1
	}
	b.size += len(text) - removed
	if !strings.Contains(text, "\n") && from.y == to.y {
		b.lines[from.y] = head + text + tail
		b.tell(from.y, to.y, from.y)
		return spot{from.y, from.x + len(text)}
	}
	parts := strings.Split(text, "\n")
	last := len(parts) - 1
	parts[0] = head + parts[0]
	end := spot{from.y + last, len(parts[last])}
	parts[last] += tail
	b.lines = slices.Replace(b.lines, from.y, to.y+1, parts...)
	b.tell(from.y, to.y, end.y)
	return end
}

func (b *buffer) tell(from, to, now int) {
	if b.applied != nil {
		b.applied(from, to, now)
	}
}

// past is the place after what an edit put in.
func past(e edit) spot {
	n := strings.Count(e.text, "\n")
	if n == 0 {
		return spot{e.at.y, e.at.x + len(e.text)}
	}
	return spot{e.at.y + n, len(e.text) - strings.LastIndexByte(e.text, '\n') - 1}
}

// back undoes the last edit, and returns where the cursor was before it.
func (b *buffer) back() (spot, bool) {
	if len(b.undo) == 0 {
		return spot{}, false
	}
	e := b.undo[len(b.undo)-1]
	b.undo = b.undo[:len(b.undo)-1]
	b.redo = append(b.redo, e)
	b.apply(e.at, past(e), e.removed)
	return e.before, true
}

// again does the edit once more that was undone last.
func (b *buffer) again() (spot, bool) {
	if len(b.redo) == 0 {
		return spot{}, false
	}
	e := b.redo[len(b.redo)-1]
	b.redo = b.redo[:len(b.redo)-1]
	e.typed = false
	b.undo = append(b.undo, e)
	return b.apply(e.at, past(edit{at: e.at, text: e.removed}), e.text), true
}

// find looks for a text from a place on, round the end to where it began; case
// counts only for letters beyond ASCII.
func (b *buffer) find(what string, from spot, backward bool) (spot, bool) {
	if what == "" {
		return from, false
	}
	n := len(b.lines)
	for i := range n + 1 {
		y := from.y + i
		if backward {
			y = from.y - i
		}
		y = ((y % n) + n) % n
		line := b.lines[y]
		var x int
		switch {
		case backward && i == 0:
			x = lastFold(line[:min(from.x, len(line))], what)
		case backward:
			x = lastFold(line, what)
		case i == 0:
			if x = indexFold(line[min(from.x, len(line)):], what); x >= 0 {
				x += from.x
			}
		default:
			x = indexFold(line, what)
		}
		if x >= 0 {
			return spot{y, x}, true
		}
	}
	return from, false
}

// indexFold is strings.Index without regard to the case of ASCII letters.
func indexFold(s, what string) int {
	if what == "" {
		return 0
	}
	small, large := lower(what[0]), upper(what[0])
	nextSmall, nextLarge := indexFrom(s, small, 0), indexFrom(s, large, 0)
	for {
		i := min(nextSmall, nextLarge)
		if i+len(what) > len(s) {
			return -1
		}
		if sameFold(s[i:i+len(what)], what) {
			return i
		}
		if nextSmall == i {
			nextSmall = indexFrom(s, small, i+1)
		}
		if nextLarge == i {
			nextLarge = indexFrom(s, large, i+1)
		}
	}
}

// indexFrom is the first place of a byte from a place on; the end for none.
func indexFrom(s string, c byte, from int) int {
	if i := strings.IndexByte(s[from:], c); i >= 0 {
		return from + i
	}
	return len(s)
}

// lastFold is indexFold from the end.
func lastFold(s, what string) int {
	for i := len(s) - len(what); i >= 0; i-- {
		if sameFold(s[i:i+len(what)], what) {
			return i
		}
	}
	return -1
}

func sameFold(a, b string) bool {
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		c -= 'a' - 'A'
	}
	return c
}
