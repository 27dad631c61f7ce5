package component

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRulerMeasuresAsFromTheStart(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{strings.Repeat("x", 3000), strings.Repeat("日", 900), strings.Repeat("e\u0301", 800), "a\u0301", "\t", "👩‍🚀", "{\"a\": 1}", "\u0301"})
	rapid.Check(t, func(t *rapid.T) {
		e := NewEditor()
		e.SetValue(strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "line"), "") + "\n" + strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "next"), ""))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			y := rapid.IntRange(0, len(e.lines)-1).Draw(t, "y")
			line := e.lines[y]
			x := snap(line, rapid.IntRange(0, len(line)).Draw(t, "x"))
			cells := cellsTo(line, x)
			if got := e.ruler.cellsTo(e.lines, y, x); got != cells {
				t.Fatalf("byte %d is at cell %d, want %d", x, got, cells)
			}
			cell := rapid.IntRange(0, cells+3).Draw(t, "cell")
			wantX, wantAt := byteAt(line, cell)
			if gotX, gotAt := e.ruler.byteAt(e.lines, y, cell); gotX != wantX || gotAt != wantAt {
				t.Fatalf("cell %d is byte %d at %d, want byte %d at %d", cell, gotX, gotAt, wantX, wantAt)
			}
			if rapid.Bool().Draw(t, "edit") {
				e.move(spot{y, x})
				switch rapid.IntRange(0, 3).Draw(t, "what") {
				case 0:
					pressAll(e, "ctrl+z")
				case 1:
					pressAll(e, "backspace")
				default:
					e.Paste(piece.Draw(t, "paste"))
				}
			}
		}
	})
}
