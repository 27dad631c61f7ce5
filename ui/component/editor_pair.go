package component

import (
	"strings"

	"awslab/ui/theme"
)

// brackets are pairs: each opening one is followed by its closing one.
const brackets = "(){}[]"

// pair is the bracket at the cursor, or before it, and the one that belongs to it,
// among the lines in sight.
func (e *Editor) pair() (at, other spot, ok bool) {
	if !e.focused || languages[e.Language].openers == "" {
		return at, other, false
	}
	for _, at = range []spot{e.cursor, {e.cursor.y, e.cursor.x - 1}} {
		if e.isBracket(at) {
			other, ok = e.partner(at)
			return at, other, ok
		}
	}
	return at, other, false
}

// isBracket reports whether there is a bracket of code at a place.
func (e *Editor) isBracket(at spot) bool {
	line := e.lines[at.y]
	return at.x >= 0 && at.x < len(line) && strings.IndexByte(brackets, line[at.x]) >= 0 && e.isCode(at)
}

// isCode reports whether a place is in no text and no comment.
func (e *Editor) isCode(at spot) bool {
	for _, t := range e.tokens(at.y) {
		if at.x < t.end {
			return t.style != theme.CodeString && t.style != theme.CodeComment && t.style != theme.CodeName
		}
	}
	return false
}

// partner looks for the bracket that belongs to one.
func (e *Editor) partner(at spot) (spot, bool) {
	kind := strings.IndexByte(brackets, e.lines[at.y][at.x])
	step := 1
	if kind%2 == 1 {
		step = -1
	}
	own, its := brackets[kind], brackets[kind^1]
	depth := 0
	for y := at.y; y >= e.top && y < min(e.top+e.rows, len(e.lines)); y += step {
		line := e.lines[y]
		if len(line) > longLine {
			return at, false
		}
		x := at.x
		switch {
		case y != at.y && step > 0:
			x = 0
		case y != at.y:
			x = len(line) - 1
		}
		for ; x >= 0 && x < len(line); x += step {
			c := line[x]
			if c != own && c != its || !e.isCode(spot{y, x}) {
				continue
			}
			if depth++; c == its {
				if depth -= 2; depth == 0 {
					return spot{y, x}, true
				}
			}
		}
	}
	return at, false
}
