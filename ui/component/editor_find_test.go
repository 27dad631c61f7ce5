package component

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEditorFinds(t *testing.T) {
	t.Parallel()
	e := jsonEditor("one\ntwo ONE\nthree one")
	pressAll(e, "ctrl+f", "o", "n", "e")
	at := func() string { return fmt.Sprint(e.Line(), ":", e.Column()) }
	if at() != "1:1" {
		t.Errorf("found at %s", at())
	}
	for _, want := range []string{"2:5", "3:7", "1:1"} {
		if pressAll(e, "enter"); at() != want {
			t.Errorf("next at %s, want %s", at(), want)
		}
	}
	if pressAll(e, "up"); at() != "3:7" {
		t.Errorf("the one before at %s", at())
	}
	if b := e.View(60); !strings.Contains(shown(b), "Find") || b.Cursor.Y != len(b.Lines)-1 {
		t.Errorf("the search does not show:\n%s", shown(b))
	}
	pressAll(e, "x")
	if got := shown(e.View(60)); !strings.Contains(got, "✗ not found") {
		t.Errorf("does not say that there is none:\n%s", got)
	}
	pressAll(e, "ctrl+u", ":", "2")
	if e.Line() != 2 {
		t.Errorf("went to line %d", e.Line())
	}
	pressAll(e, "esc", "X")
	if e.Value() != "one\nXtwo ONE\nthree one" {
		t.Errorf("after the search, typing gave %q", e.Value())
	}
}

func TestEditorCountsWhatItFinds(t *testing.T) {
	t.Parallel()
	e := jsonEditor("one\ntwo ONE one\nthree")
	pressAll(e, "down")
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"ctrl+f", "o", "n", "e"}, "2 of 3"},
		{[]string{"enter"}, "3 of 3"},
		{[]string{"enter"}, "1 of 3"},
		{[]string{"up"}, "3 of 3"},
		{[]string{"backspace"}, "3 of 3"},
		{[]string{"x"}, "✗ not found"},
		{[]string{"ctrl+u", "e"}, "3 of 5"}, // the cursor stays where it was
		{[]string{"esc", "ctrl+home", "ctrl+f"}, "5 found"},
		{[]string{"t"}, "1 of 2"}, // another text begins
		{[]string{"ctrl+o"}, "Find‹ │ :"},
	} {
		pressAll(e, c.keys...)
		got := strings.Split(shown(e.View(100)), "\n")
		if last := got[len(got)-1]; !strings.Contains(strings.Replace(last, "▸", "‹", 1), c.want) {
			t.Errorf("%v: %q lacks %q", c.keys, last, c.want)
		}
	}
	pressAll(e, "3", "enter")
	if e.Line() != 3 || e.finding {
		t.Errorf("ctrl+o went to line %d, and enter left its field open: %v", e.Line(), e.finding)
	}
	pressAll(e, "shift+right", "shift+right", "ctrl+f")
	if got := e.search.query.Value(); got != "th" {
		t.Errorf("looks for %q, not for what is selected", got)
	}
	e.SetValue(strings.Repeat("aa", mostHits))
	pressAll(e, "ctrl+f", "ctrl+u", "a")
	if got := shown(e.View(100)); !strings.Contains(got, "1 of 10000+") {
		t.Errorf("counts\n%s", got)
	}
}

func TestEditorReplaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		keys             []string
	}{
		{"one", "a1 A1 a1", "b A1 a1", []string{"a", "1", "tab", "b", "enter"}},
		{"and the next", "a1 A1 a1", "b b a1", []string{"a", "1", "tab", "b", "enter", "enter"}},
		{"leaves one out", "a1 A1 a1", "a1 b a1", []string{"a", "1", "enter", "tab", "b", "enter"}},
		{"all", "a1 A1\nx\na1a1", "b b\nx\nbb", []string{"a", "1", "tab", "b", "alt+enter"}},
		{"all is one step", "a1 A1\nx\na1a1", "a1 A1\nx\na1a1", []string{"a", "1", "tab", "b", "alt+enter", "esc", "ctrl+z"}},
		{"by nothing", "a1 A1\nx", " \nx", []string{"a", "1", "tab", "alt+enter"}},
		{"by itself and more", "a", "aa", []string{"a", "tab", "a", "a", "enter"}},
		{"none", "abc", "abc", []string{"x", "tab", "b", "enter", "alt+enter"}},
		{"back to what is looked for", "abc", "aXc", []string{"x", "tab", "X", "shift+tab", "ctrl+u", "b", "tab", "enter"}},
		{"a line number", "1\n2", "1\n2", []string{":", "2", "tab", "b", "enter", "alt+enter"}},
	} {
		e := jsonEditor(c.text)
		pressAll(e, "ctrl+f")
		pressAll(e, c.keys...)
		expect(t, c.name, e.Value(), c.want)
		for _, width := range []int{0, 20, 80, 170} {
			if b := e.View(width); b.Cursor == nil && width > 60 {
				t.Errorf("%s: no cursor at width %d", c.name, width)
			}
		}
	}
	e := jsonEditor("a a")
	pressAll(e, "ctrl+f", "a", "tab", "b", "alt+enter")
	if got := shown(e.View(140)); !strings.Contains(got, "2 replaced") || !strings.Contains(got, "Replace with") || !strings.Contains(got, "Find") {
		t.Errorf("does not tell\n%s", got)
	}
	e.ReadOnly = true
	pressAll(e, "esc", "ctrl+f")
	if pressAll(e, "tab") {
		t.Error("text that is only read can be replaced")
	}
}

// TestEditorFindsAsStringsDo compares the search without regard to case with the
// library's, on letters of one case.
func TestEditorFindsAsStringsDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[abAB .é]{0,30}`).Draw(t, "text")
		what := rapid.StringMatching(`[abAB .é]{1,3}`).Draw(t, "what")
		with := rapid.SampledFrom([]string{"", "x", "ab"}).Draw(t, "with")
		low := strings.ToLower
		if got, want := indexFold(text, what), strings.Index(low(text), low(what)); got != want {
			t.Fatalf("%q in %q at %d, want %d", what, text, got, want)
		}
		if got, want := lastFold(text, what), strings.LastIndex(low(text), low(what)); got != want {
			t.Fatalf("the last %q in %q at %d, want %d", what, text, got, want)
		}
		got, n := replaceFold(text, what, with)
		if low(got) != strings.ReplaceAll(low(text), low(what), with) || n != strings.Count(low(text), low(what)) {
			t.Fatalf("%q by %q in %q gave %q, %d times", what, with, text, got, n)
		}
	})
}
