package component

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func plain(b Block) []string {
	out := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		out[i] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return out
}

// TestTextGoesOnUnderItself: long lines are broken at spaces, and JSON is laid
// out first and moved in.
func TestTextGoesOnUnderItself(t *testing.T) {
	t.Parallel()
	v := NewTextView("Body")
	v.Height = 6
	v.Show(Read(`{"answer":"one two three four five six","n":1}`))
	want := []string{"  {", `    "answer": "one`, "      two three", "      four five", `      six",`, `    "n": 1`}
	if got := plain(v.View(21)); strings.Join(got, "\n") == "" || !equalUpToBar(got, want) {
		t.Errorf("%q", got)
	}
	v.Show(Read("  one two three four\n\nend\n"))
	if got := plain(v.View(16)); !equalUpToBar(got, []string{"    one two", "    three four", "", "  end", "", ""}) {
		t.Errorf("%q", got)
	}
	if Read("[1").JSON() || !Read("[1]").JSON() || !Read("").Empty() {
		t.Error("what is JSON, and what is nothing, is mistaken")
	}
}

// equalUpToBar compares lines without the scroll bar at their ends.
func equalUpToBar(got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if strings.TrimRight(strings.TrimRight(got[i], "│┃"), " ") != want[i] {
			return false
		}
	}
	return true
}

func TestTextScrolls(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 100 {
		lines = append(lines, fmt.Sprintf("line %d.", i))
	}
	v := NewTextView("Body")
	v.Height = 10
	v.Show(Read(strings.Join(lines, "\n")))
	shows := func(first, last int) {
		t.Helper()
		got := plain(v.View(30))
		if !strings.Contains(got[0], fmt.Sprintf("line %d.", first)) || !strings.Contains(got[9], fmt.Sprintf("line %d.", last)) {
			t.Errorf("it shows %q to %q", got[0], got[9])
		}
	}
	shows(0, 9)
	for _, step := range []struct {
		key  string
		used bool
		top  int
	}{{"up", false, 0}, {"down", true, 1}, {"pgdown", true, 10}, {"pgup", true, 1}, {"end", true, 90}, {"down", false, 90}, {"home", true, 0}, {"a", false, 0}} {
		if _, used := v.Key(press(step.key)); used != step.used {
			t.Errorf("%s: used is %v", step.key, used)
		}
		shows(step.top, step.top+9)
	}
	z := v.View(30).Zones[0]
	z.Wheel(0, 3)
	shows(3, 12)
	if z.Role != RoleText || z.Label != "Body" || !strings.HasPrefix(z.Value, "line 0.") {
		t.Errorf("%+v", z)
	}
	v.Focus()
	if got := plain(v.View(30)); !strings.HasPrefix(got[0], "▸ ") {
		t.Errorf("the focus does not show: %q", got[0])
	}
}

// TestTextIsWholeAtAnyWidth: nothing of a text is lost, whatever it is broken
// into, and every line is of the width.
func TestTextIsWholeAtAnyWidth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab {}[]\":1,\n\t日é\u0301👩\x1b"))).Draw(t, "text")
		width := rapid.IntRange(0, 40).Draw(t, "width")
		v := NewTextView("Body")
		v.Height = 200
		v.Show(Read(text))
		var got strings.Builder
		for _, line := range v.View(width).Lines {
			if n := ansi.StringWidth(line); n != width {
				t.Fatalf("a line of %d cells, not %d: %q", n, width, line)
			}
			got.WriteString(ansi.Strip(line))
		}
		if Read(text).JSON() || width < 6 {
			return
		}
		want := strings.Join(CleanLines(strings.TrimRight(text, "\r\n")), "")
		squeeze := strings.NewReplacer(" ", "", "│", "", "┃", "").Replace
		if squeeze(got.String()) != squeeze(want) {
			t.Fatalf("%q became %q", want, got.String())
		}
	})
}

// BenchmarkTextView draws a part of a JSON text of a megabyte.
func BenchmarkTextView(b *testing.B) {
	v := NewTextView("Body")
	v.Height = 50
	v.Show(Read("[" + strings.Repeat(`{"question": "what is it", "answer": "some words that say what it is"},`, 14000) + "1]"))
	v.View(170)
	b.ReportAllocs()
	for b.Loop() {
		v.Key(press("down"))
		v.View(170)
	}
}
