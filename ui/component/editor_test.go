package component

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func jsonEditor(text string) *Editor {
	e := NewEditor()
	e.Language = "json"
	e.SetValue(text)
	e.Focus()
	return e
}

func TestEditorTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		keys             []string
	}{
		{"letters", "", "ab", []string{"a", "b"}},
		{"a line between", "ac", "a\nbc", []string{"right", "enter", "b"}},
		{"indent is kept", "  a", "  a\n  b", []string{"end", "enter", "b"}},
		{"deeper after a bracket", "{", "{\n  a", []string{"end", "enter", "a"}},
		{"closing bracket on its own line", "{}", "{\n  a\n}", []string{"right", "enter", "a"}},
		{"closing bracket steps out", "{\n  ", "{\n}", []string{"ctrl+end", "}"}},
		{"tab", "a", "  a", []string{"tab"}},
		{"backspace joins lines", "a\nb", "ab", []string{"down", "backspace"}},
		{"delete joins lines", "a\nb", "ab", []string{"end", "delete"}},
		{"backspace takes an accent along", "e\u0301", "", []string{"end", "backspace"}},
		{"words", "one two\nthree", "one two\n", []string{"ctrl+end", "ctrl+w"}},
		{"to the line's start", "ab\ncd", "ab\n", []string{"ctrl+end", "ctrl+u"}},
		{"undo", "a", "a", []string{"x", "y", "ctrl+z"}},
		{"undo after a line end", "", "x\n", []string{"x", "enter", "y", "z", "ctrl+z"}},
		{"redo", "", "xy", []string{"x", "y", "ctrl+z", "ctrl+y"}},
		{"an edit ends redo", "", "z", []string{"x", "ctrl+z", "z", "ctrl+y"}},
		{"up and down keep the column", "abc\n\nabc", "abc\n\nabXc", []string{"end", "left", "down", "down", "X"}},
		{"home goes to the text first", "  a", "X  a", []string{"end", "home", "home", "X"}},
	} {
		e := jsonEditor(c.text)
		pressAll(e, c.keys...)
		if e.Value() != c.want {
			t.Errorf("%s: got %q, want %q", c.name, e.Value(), c.want)
		}
	}
}

// TestEditorIsATextWithACursor compares the editor with a plain string that is
// edited in the same way, and undoes everything in the end.
func TestEditorIsATextWithACursor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := strings.ReplaceAll(wild().Draw(t, "start"), "\r", "")
		e := NewEditor()
		e.SetValue(start)
		if e.Value() != start {
			t.Fatalf("%q became %q", start, e.Value())
		}
		e.Focus()
		text, edits := start, []string{start}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			at := e.cursor.x
			for _, line := range e.lines[:e.cursor.y] {
				at += len(line) + 1
			}
			if !e.Holds(text) || e.Holds(text+"x") || e.Value() != text {
				t.Fatalf("the text is %q, want %q", e.Value(), text)
			}
			switch key := rapid.SampledFrom([]string{"left", "right", "up", "down", "end", "home", "paste", "paste", "delete", "backspace", "ctrl+end"}).Draw(t, "key"); key {
			case "paste":
				piece := strings.ReplaceAll(strings.ToValidUTF8(wild().Draw(t, "paste"), standIn), "\r", "")
				e.Paste(piece)
				text = text[:at] + piece + text[at:]
			case "delete", "backspace":
				was := len(text)
				pressAll(e, key)
				gone := was - len(e.Value())
				if key == "backspace" {
					at -= gone
				}
				text = text[:at] + text[at+gone:]
			default:
				pressAll(e, key)
			}
			e.View(rapid.IntRange(0, 40).Draw(t, "width"))
			if text != edits[len(edits)-1] {
				edits = append(edits, text)
			}
		}
		for i := len(edits) - 2; i >= 0; i-- {
			if pressAll(e, "ctrl+z"); e.Value() != edits[i] {
				t.Fatalf("undo %d gave %q, want %q", i, e.Value(), edits[i])
			}
		}
		for _, want := range edits[1:] {
			if pressAll(e, "ctrl+y"); e.Value() != want {
				t.Fatalf("redo gave %q, want %q", e.Value(), want)
			}
		}
		if e.size != len(e.text()) {
			t.Fatalf("counted %d bytes of %d", e.size, len(e.text()))
		}
	})
}

func TestEditorKeepsLineEnds(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\r\nb\r\n", "a\nb\n", "a\r\nb\n", "", "\n\n", "a\rb"} {
		e := jsonEditor(text)
		pressAll(e, "x", "backspace")
		if !e.Holds(text) || e.Holds(text+"\n") || e.Value() != text {
			t.Errorf("%q became %q", text, e.Value())
		}
	}
	e := jsonEditor("")
	e.Paste("a\r\nb\rc")
	if e.Value() != "a\nb\nc" {
		t.Errorf("pasted %q", e.Value())
	}
}

func TestEditorDraws(t *testing.T) {
	t.Parallel()
	e := jsonEditor("{\n  \"Year\": 2012\n}")
	e.Label, e.Height = "Item", 6
	b := e.View(60)
	expect(t, "editor", shown(b), `▸ Item
 1 │ {
 2 │   "Year": 2012
 3 │ }

  ctrl+f find · ctrl+o line · ctrl+z un…  Ln 1, Col 1 · JSON`)
	if *b.Cursor != (Point{5, 1}) || len(b.Lines) != 6 {
		t.Errorf("cursor at %v of %d lines", *b.Cursor, len(b.Lines))
	}
	if z := zone(t, b, RoleText, "Item"); z.Value != e.Value() {
		t.Errorf("the zone holds %q", z.Value)
	}
	if !strings.Contains(b.Lines[2], "\x1b[36m\"Year\"\x1b[m") || !strings.Contains(b.Lines[2], "\x1b[35m2012\x1b[m") {
		t.Errorf("not coloured: %q", b.Lines[2])
	}
	e.MarkError(2, 11, "numbers are written as strings")
	if got := shown(e.View(60)); !strings.Contains(got, "✗2 │") || !strings.Contains(got, "✗ line 2, column 11: numbers are written as strings") {
		t.Errorf("the error does not show:\n%s", got)
	}
	if !strings.Contains(e.View(60).Lines[2], "\x1b[1;7m2\x1b[m") {
		t.Errorf("the place does not stand out: %q", e.View(60).Lines[2])
	}
	write(e, "x")
	if strings.Contains(shown(e.View(60)), "✗") {
		t.Error("the error stayed over an edit")
	}
}

func TestEditorScrolls(t *testing.T) {
	t.Parallel()
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = fmt.Sprintf("line %d %s", i+1, strings.Repeat("-", 60))
	}
	e := jsonEditor(strings.Join(lines, "\n"))
	e.Height = 11
	e.View(40)
	pressAll(e, "ctrl+end")
	if b := e.View(40); !strings.Contains(shown(b), "100 │") || b.Cursor == nil || b.Cursor.X >= 39 {
		t.Errorf("the end is not in sight:\n%s", shown(b))
	}
	pressAll(e, "home")
	if got := shown(e.View(40)); !strings.Contains(got, " │ line 100") {
		t.Errorf("the line's start is not in sight:\n%s", got)
	}
	do(zone(t, e.View(40), RoleText, "").Wheel(0, -30))
	b := e.View(40)
	if got := shown(b); strings.Contains(got, "line 100 -") || b.Cursor != nil {
		t.Errorf("the wheel does not scroll:\n%s", got)
	}
	do(zone(t, b, RoleText, "").Click(9, 2))
	write(e, "X")
	if got := shown(e.View(40)); !strings.Contains(got, "liXne") && !strings.Contains(got, "linX") {
		t.Errorf("a click did not place the cursor:\n%s", got)
	}
	pressAll(e, "ctrl+end")
	for _, height := range []int{11, 5, 20} {
		e.Height = height
		if b := e.View(40); b.Cursor == nil {
			t.Errorf("%d lines high, the cursor is out of sight:\n%s", height, shown(b))
		}
	}
	e.Height = 11
	e.GoTo(50, 3)
	if e.View(40); e.Line() != 50 || e.Column() != 3 {
		t.Errorf("went to line %d, column %d", e.Line(), e.Column())
	}
	e.GoTo(1000, 1000)
	if e.Line() != 100 {
		t.Errorf("went to line %d", e.Line())
	}
}

func TestEditorLetsGo(t *testing.T) {
	t.Parallel()
	e := jsonEditor("")
	if pressAll(e, "shift+tab") {
		t.Error("shift+tab was used")
	}
	if !pressAll(e, "tab") || e.Value() != "  " {
		t.Error("tab does not indent")
	}
	if !pressAll(e, "esc") || pressAll(e, "tab") || e.Value() != "  " {
		t.Error("esc and tab do not leave")
	}
	if !pressAll(e, "esc") || pressAll(e, "esc") {
		t.Error("the second esc was used")
	}
	for _, key := range []string{"ctrl+s", "ctrl+e", "ctrl+t", "ctrl+k", "ctrl+r", "alt+s"} {
		if pressAll(e, key) {
			t.Errorf("%s was used", key)
		}
	}
}

func TestEditorReadOnly(t *testing.T) {
	t.Parallel()
	e := jsonEditor("{}")
	e.ReadOnly = true
	changed := false
	e.Changed = func() tea.Cmd { changed = true; return nil }
	write(e, "abc")
	e.Paste("x")
	if used := pressAll(e, "backspace", "enter", "ctrl+z", "tab"); used || e.Value() != "{}" || changed || e.Editing() {
		t.Errorf("%q was edited", e.Value())
	}
	if !pressAll(e, "right") {
		t.Error("the cursor does not move")
	}
}

func TestJSONColoursCoverTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := strings.ReplaceAll(rapid.OneOf(wild(), rapid.StringMatching(`[ {}\[\]:,"\\a-z0-9.+-]{0,40}`)).Draw(t, "line"), "\n", "")
		last := 0
		for _, token := range jsonTokens(line) {
			if token.end <= last {
				t.Fatalf("%q: a token ends at %d after %d", line, token.end, last)
			}
			last = token.end
		}
		if last != len(line) {
			t.Fatalf("%q: the tokens end at %d", line, last)
		}
	})
}

// itemLines is a JSON document of so many lines.
func itemLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(`  "attribute%d": {"S": "a value with some words", "N": "%d", "BOOL": true},`, i, i)
	}
	return strings.Join(lines, "\n")
}

func TestItemLinesAreJSON(t *testing.T) {
	t.Parallel()
	if !json.Valid([]byte("{" + strings.TrimSuffix(itemLines(5), ",") + "}")) {
		t.Error("the benchmark edits no JSON")
	}
}

func BenchmarkEditor(b *testing.B) {
	for _, n := range []int{50, 50_000} {
		e := jsonEditor(itemLines(n))
		e.Height = 50
		e.GoTo(n/2, 10)
		b.Run(fmt.Sprintf("key+view/%d", n), func(b *testing.B) {
			keys := []tea.KeyPressMsg{press("x"), press("backspace"), press("down"), press("up")}
			for i := 0; b.Loop(); i++ {
				e.Key(keys[i%len(keys)])
				e.View(120)
			}
		})
		b.Run(fmt.Sprintf("enter+view/%d", n), func(b *testing.B) {
			keys := []tea.KeyPressMsg{press("enter"), press("ctrl+z")}
			for i := 0; b.Loop(); i++ {
				e.Key(keys[i%len(keys)])
				e.View(120)
			}
		})
	}
}

func BenchmarkTextField(b *testing.B) {
	for name, text := range map[string]string{"short": "Gangnam Style", "megabyte": strings.Repeat("x", 1<<20)} {
		b.Run("key+view/"+name, func(b *testing.B) {
			f := NewTextField("SongTitle")
			f.SetValue(text)
			f.Focus()
			keys := []tea.KeyPressMsg{press("x"), press("backspace")}
			for i := 0; b.Loop(); i++ {
				f.Key(keys[i%2])
				f.View(60)
			}
		})
	}
}
