package component

import (
	"fmt"
	"strings"
	"testing"

	"awslab/ui/nav"

	"pgregory.net/rapid"
)

func TestEditorSelects(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, selected, want string
		keys                       []string
	}{
		{"letters", "abc", "ab", "Xc", []string{"shift+right", "shift+right", "|", "X"}},
		{"back again", "abc", "a", "Xbc", []string{"shift+right", "shift+right", "shift+left", "|", "X"}},
		{"backwards", "abc", "bc", "aX", []string{"end", "shift+left", "shift+left", "|", "X"}},
		{"over lines", "ab\ncd", "b\nc", "aXd", []string{"right", "shift+down", "|", "X"}},
		{"up", "ab\ncd", "b\nc", "aXd", []string{"down", "right", "shift+up", "|", "X"}},
		{"to the line's end", "ab\ncd", "ab", "\ncd", []string{"shift+end", "|", "backspace"}},
		{"to the line's start", "ab\ncd", "ab", "\ncd", []string{"end", "shift+home", "|", "delete"}},
		{"words", "one two", "one", "X two", []string{"ctrl+shift+right", "|", "X"}},
		{"to the text's end", "a\nb\nc", "\nb\nc", "aX", []string{"end", "ctrl+shift+end", "|", "X"}},
		{"a page", "a\nb\nc", "a\nb\n", "Xc", []string{"shift+pgdown", "shift+up", "shift+down", "|", "X"}},
		{"all", "a\nb", "a\nb", "X", []string{"right", "ctrl+a", "|", "X"}},
		{"all, and no more", "a\nb", "a\nb", "a\nbX", []string{"ctrl+a", "|", "right", "X"}},
		{"left goes to its start", "abc", "bc", "aXbc", []string{"right", "shift+end", "|", "left", "X"}},
		{"moving leaves it", "abc", "a", "abXc", []string{"shift+right", "|", "right", "right", "X"}},
		{"esc drops it", "abc", "a", "aXbc", []string{"shift+right", "|", "esc", "X"}},
		{"enter", "  abc", "b", "  a\nc", []string{"end", "left", "shift+left", "|", "enter"}},
		{"a bracket", "[abc", "abc", "[]", []string{"right", "shift+end", "|", "]"}},
		{"tab indents lines", "a\n\nb", "a\n\nb", "  a\n\n  b", []string{"ctrl+a", "|", "tab"}},
		{"tab leaves the last line out", "a\nb", "a\n", "  a\nb", []string{"shift+down", "|", "tab"}},
		{"tab in a line", "abc", "b", "a  c", []string{"right", "shift+right", "|", "tab"}},
		{"undo is one step", "abc", "abc", "abc", []string{"ctrl+a", "|", "X", "Y", "ctrl+z"}},
		{"undo of tab is one step", "a\nb", "a\nb", "a\nb", []string{"ctrl+a", "|", "tab", "ctrl+z"}},
	} {
		e := jsonEditor(c.text)
		e.Height = 4
		e.View(40)
		for i, key := range c.keys {
			if key == "|" {
				expect(t, c.name, e.Selected(), c.selected)
				e.View(40)
				pressAll(e, c.keys[i+1:]...)
				break
			}
			pressAll(e, key)
		}
		expect(t, c.name, e.Value(), c.want)
	}
}

func TestEditorCopiesTheSelection(t *testing.T) {
	t.Parallel()
	e := jsonEditor("one\r\ntwo\r\n")
	copied := func(key string) string {
		cmd, used := e.Key(press(key))
		if !used || cmd == nil {
			return ""
		}
		msg, ok := cmd().(nav.Copy)
		if !ok {
			t.Errorf("%s did something else", key)
		}
		return msg.Text
	}
	if copied("alt+y") != "" {
		t.Error("copied nothing")
	}
	pressAll(e, "ctrl+a")
	expect(t, "copied", copied("alt+y"), "one\r\ntwo\r\n")
	expect(t, "y is a letter", copied("y"), "")
	expect(t, "typed over", e.Value(), "y")
	e.SetValue("one\ntwo")
	e.ReadOnly = true
	pressAll(e, "shift+down")
	expect(t, "only read", copied("y"), "one\n")
	if used := pressAll(e, "backspace", "X", "tab"); used || e.Value() != "one\ntwo" {
		t.Errorf("%q was edited", e.Value())
	}
}

// TestEditorPasteReplacesAll: select all, then paste, then one undo; a function of
// 20 KB that AWS's editor would take, with line ends of any kind.
func TestEditorPasteReplacesAll(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"x", pythonLines(600), strings.ReplaceAll(pythonLines(600), "\n", "\r\n"), "日本\t\x1b[31m\n" + strings.Repeat("long ", 5000)} {
		e := codeEditor("def old():\n    pass\n")
		pressAll(e, "ctrl+a")
		e.Paste(text)
		want := strings.ReplaceAll(text, "\r\n", "\n")
		if e.Value() != want {
			t.Errorf("the text is %.40q…, want %.40q…", e.Value(), want)
		}
		e.View(120)
		if pressAll(e, "ctrl+z"); e.Value() != "def old():\n    pass\n" {
			t.Errorf("undone to %.40q…", e.Value())
		}
		if pressAll(e, "ctrl+y"); e.Value() != want {
			t.Errorf("done again as %.40q…", e.Value())
		}
	}
}

func TestEditorShowsTheSelection(t *testing.T) {
	t.Parallel()
	e := NewEditor()
	e.Height = 6
	e.SetValue("abc\n\nd")
	e.Focus()
	pressAll(e, "right", "shift+down", "shift+down")
	b := e.View(60)
	for i, want := range []string{"a\x1b[7mbc\x1b[m\x1b[7m \x1b[m", "│\x1b[m \x1b[7m \x1b[m", "\x1b[7md\x1b[m"} {
		if line := strings.ReplaceAll(b.Lines[i], "\x1b[90m │ \x1b[m", "\x1b[90m│\x1b[m "); !strings.Contains(line, want) {
			t.Errorf("line %d is drawn as %q", i+1, line)
		}
	}
	if got := shown(b); !strings.Contains(got, "3 lines selected · alt+y copy · esc drops") {
		t.Errorf("the status is\n%s", got)
	}
}

func TestEditorSelectsByMouse(t *testing.T) {
	t.Parallel()
	e := jsonEditor(strings.Repeat("abcdef\n", 20))
	e.Height = 6
	z := zone(t, e.View(40), RoleText, "")
	margin := 6
	do(z.Click(margin+1, 0))
	do(z.Drag(margin+3, 1))
	expect(t, "dragged", e.Selected(), "bcdef\nabc")
	do(z.Drag(margin, 0))
	expect(t, "dragged back", e.Selected(), "a")
	do(z.Drag(margin, 9))
	e.View(40)
	if e.top == 0 || e.cursor.y != 9 {
		t.Errorf("dragging out of sight shows line %d, the cursor is in line %d", e.top+1, e.cursor.y+1)
	}
	do(z.Click(margin, 0))
	expect(t, "a click drops it", e.Selected(), "")
}

// TestEditorSelectionIsAText compares keys that select, and edits of what is
// selected, with a plain string and two places in it.
func TestEditorSelectionIsAText(t *testing.T) {
	t.Parallel()
	moves := []string{"left", "right", "up", "down", "home", "end", "pgup", "pgdown", "ctrl+home", "ctrl+end", "ctrl+left", "ctrl+right"}
	rapid.Check(t, func(t *rapid.T) {
		start := strings.ReplaceAll(wild().Draw(t, "start"), "\r", "")
		e, plain := NewEditor(), NewEditor() // plain moves as e does, without selecting
		e.SetValue(start)
		plain.SetValue(start)
		e.Focus()
		plain.Focus()
		anchor := -1
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			move := rapid.SampledFrom(moves).Draw(t, "move")
			if anchor < 0 {
				anchor = offset(e)
			}
			pressAll(plain, move)
			pressAll(e, strings.Replace("shift+"+move, "shift+ctrl+", "ctrl+shift+", 1))
			from, to := min(anchor, offset(e)), max(anchor, offset(e))
			if e.cursor != plain.cursor || e.Selected() != e.Value()[from:to] {
				t.Fatalf("at %v, not %v; selected is %q, want %q", e.cursor, plain.cursor, e.Selected(), e.Value()[from:to])
			}
			e.View(rapid.IntRange(0, 40).Draw(t, "width"))
			plain.View(40)
			if from == to || !rapid.Bool().Draw(t, "edit") {
				continue
			}
			piece := strings.ReplaceAll(strings.ToValidUTF8(wild().Draw(t, "paste"), standIn), "\r", "")
			was := e.Value()
			if piece == "" {
				pressAll(e, "backspace")
			} else {
				e.Paste(piece)
			}
			if want := was[:from] + piece + was[to:]; e.Value() != want || e.Selected() != "" {
				t.Fatalf("%q for %q gave %q, want %q", piece, was[from:to], e.Value(), want)
			}
			if pressAll(e, "ctrl+z"); e.Value() != was {
				t.Fatalf("undone to %q, want %q", e.Value(), was)
			}
			plain.move(e.cursor)
			anchor = -1
		}
	})
}

// offset is the byte of the text where the cursor is.
func offset(e *Editor) int {
	at := e.cursor.x
	for _, line := range e.lines[:e.cursor.y] {
		at += len(line) + 1
	}
	return at
}

func TestEditorShowsPairs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		x    int
		want string
	}{
		{"f(a, (b))", 1, "0:1 0:8"},
		{"f(a, (b))", 2, "0:1 0:8"},
		{"f(a, (b))", 8, "0:8 0:1"},
		{"f(a, (b))", 9, "0:8 0:1"},
		{"f(a, (b))", 5, "0:5 0:7"},
		{"f(a, (b))", 4, ""},
		{"f(')')", 1, "0:1 0:5"},
		{"f('(')", 3, ""},
		{"f(/* ) */ {\n})", 1, "0:1 1:1"},
		{"f((a)", 1, ""},
	} {
		e := NewEditor()
		e.Language, e.Height = "javascript", 10
		e.SetValue(c.text)
		e.Focus()
		e.GoTo(1, c.x+1)
		e.View(40)
		got := ""
		if e.paired[0] != e.paired[1] {
			got = fmt.Sprintf("%d:%d %d:%d", e.paired[0].y, e.paired[0].x, e.paired[1].y, e.paired[1].x)
		}
		expect(t, fmt.Sprintf("%q at %d", c.text, c.x), got, c.want)
	}
}
