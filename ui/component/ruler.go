package component

import "slices"

// ruler remembers where the cells of long lines are, so that a place far into
// one is not measured from its start again for every key.
type ruler map[int][]notch // by line

// notch is a glyph's start: its byte, and the cells before it.
type notch struct{ x, cells int }

// notchEvery is the bytes between notches. Shorter lines have none.
const notchEvery = 2048

// cellsTo is the cells before a byte of a line.
func (r ruler) cellsTo(lines []string, y, x int) int {
	line := lines[y]
	x = min(x, len(line))
	if x < notchEvery {
		return cellsTo(line, x)
	}
	at := r.nearest(y, func(n notch) bool { return n.x <= x })
	for at.x+notchEvery <= x {
		at = r.carve(line, y, at)
	}
	if at.x > x {
		at = r.nearest(y, func(n notch) bool { return n.x <= x })
	}
	return at.cells + cellsTo(line[at.x:], x-at.x)
}

// byteAt is the glyph at a cell of a line, as its byte and its own first cell;
// the line's end when it is shorter.
func (r ruler) byteAt(lines []string, y, cell int) (x, at int) {
	line := lines[y]
	if len(line) < notchEvery {
		return byteAt(line, cell)
	}
	n := r.nearest(y, func(n notch) bool { return n.cells <= cell })
	for n.x+notchEvery <= len(line) {
		further := r.carve(line, y, n)
		if further.cells > cell {
			break
		}
		n = further
	}
	x, at = byteAt(line[n.x:], cell-n.cells)
	return x + n.x, at + n.cells
}

// nearest is the last notch of a line for which before still holds.
func (r ruler) nearest(y int, before func(notch) bool) notch {
	notches := r[y]
	i, _ := slices.BinarySearchFunc(notches, true, func(n notch, _ bool) int {
		if before(n) {
			return -1
		}
		return 1
	})
	if i == 0 {
		return notch{}
	}
	return notches[i-1]
}

// carve makes the notch after one, if it is not there yet, and returns it.
func (r ruler) carve(line string, y int, after notch) notch {
	if i, _ := slices.BinarySearchFunc(r[y], after.x+1, func(n notch, x int) int { return n.x - x }); i < len(r[y]) {
		return r[y][i]
	}
	n := after
	for n.x < len(line) && n.x < after.x+notchEvery {
		if run := plainRun(line[n.x:min(len(line), after.x+notchEvery+1)]); run > 0 {
			run = min(run, after.x+notchEvery-n.x)
			n = notch{n.x + run, n.cells + run}
			continue
		}
		g := editorGlyph(line[n.x:])
		n = notch{n.x + g.size, n.cells + g.width}
	}
	r[y] = append(r[y], n)
	return n
}

// forget drops what an edit at a place has made wrong. The glyph before the
// place may have changed, too.
func (r ruler) forget(line string, at spot) {
	for y := range r {
		if y > at.y {
			delete(r, y)
		}
	}
	from := before(line, at.x)
	i, _ := slices.BinarySearchFunc(r[at.y], from, func(n notch, x int) int { return n.x - x })
	if i == 0 {
		delete(r, at.y)
		return
	}
	r[at.y] = r[at.y][:i]
}
