package component

import (
	"strings"
	"testing"
)

// TestUndoIsBounded: in edits and in bytes; the last edit can be undone anyhow.
func TestUndoIsBounded(t *testing.T) {
	t.Parallel()
	b := newBuffer("")
	for range 2 * mostUndo {
		b.replace(spot{}, spot{}, "x\n", spot{}, false)
	}
	if len(b.undo) != mostUndo {
		t.Errorf("%d edits can be undone", len(b.undo))
	}
	large := strings.Repeat("x", mostUndoBytes/3)
	for range 4 {
		b.replace(spot{}, spot{}, large, spot{}, false)
	}
	if len(b.undo) != 3 {
		t.Errorf("%d large edits can be undone", len(b.undo))
	}
	b.replace(spot{}, spot{}, strings.Repeat("y", mostUndoBytes+1), spot{}, false)
	if _, ok := b.back(); !ok || len(b.undo) != 0 || b.lines[0][0] != 'x' {
		t.Error("the last edit cannot be undone")
	}
}
