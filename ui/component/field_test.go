package component

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func TestTextFieldEdits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, value, want string
		keys              []string
	}{
		{"type", "", "abc", []string{"a", "b", "c"}},
		{"in the middle", "ac", "abc", []string{"left", "b"}},
		{"backspace", "añ", "a", []string{"backspace"}},
		{"backspace takes an accent along", "ae\u0301", "a", []string{"backspace"}},
		{"backspace takes a family along", "a👨‍👩‍👧", "a", []string{"backspace"}},
		{"delete", "日本", "本", []string{"home", "delete"}},
		{"word back", "one two", "one ", []string{"ctrl+w"}},
		{"word on", "one two", " two", []string{"home", "alt+d"}},
		{"to the start", "one two", "two", []string{"ctrl+left", "ctrl+u"}},
		{"words left and right", "one two", "one Xtwo", []string{"home", "ctrl+right", "ctrl+right", "ctrl+left", "X"}},
		{"nothing to take", "", "", []string{"backspace", "delete", "ctrl+w", "ctrl+u"}},
		{"space", "a", "a b", []string{"space", "b"}},
	} {
		f := NewTextField("Name")
		f.SetValue(c.value)
		f.Focus()
		pressAll(f, c.keys...)
		if f.Value() != c.want {
			t.Errorf("%s: got %q, want %q", c.name, f.Value(), c.want)
		}
	}
}

func TestTextFieldLeavesOtherKeysAlone(t *testing.T) {
	t.Parallel()
	f := NewTextField("Name")
	for _, key := range []string{"enter", "esc", "tab", "up", "down", "ctrl+k", "ctrl+r", "ctrl+s", "ctrl+n", "ctrl+d", "ctrl+t", "ctrl+x", "ctrl+g", "ctrl+b", "ctrl+l", "ctrl+e", "alt+s", "alt+q"} {
		if pressAll(f, key) {
			t.Errorf("%s was used", key)
		}
	}
	submitted := ""
	f.Submit = func() tea.Cmd { submitted = f.Value(); return nil }
	write(f, "x")
	if !pressAll(f, "enter") || submitted != "x" {
		t.Error("enter did not submit")
	}
}

func TestTextFieldKeepsItsValueToTheByte(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := wild().Draw(t, "value")
		f := NewTextField("Value")
		f.SetValue(value)
		f.Focus()
		f.View(rapid.IntRange(0, 40).Draw(t, "width"))
		pressAll(f, "home", "right", "end", "left")
		f.Blur()
		if f.Value() != value {
			t.Fatalf("%q became %q", value, f.Value())
		}
	})
}

func TestTextFieldShowsWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := NewTextField("Table name")
	f.Hint = "Between 3 and 255 characters"
	f.Check = func(v string) string {
		if len(v) < 3 {
			return "At least 3 characters"
		}
		return ""
	}
	f.Focus()
	write(f, "ab")
	expect(t, "while typing", shown(f.View(24)), "▸ Table name\n  │ ab                 │\n  Between 3 and 255\n  characters")
	f.Blur()
	expect(t, "left", shown(f.View(36)), "  Table name\n  │ ab                             │\n  ✗ At least 3 characters\n  Between 3 and 255 characters")
	f.Focus()
	write(f, "c")
	if strings.Contains(shown(f.View(36)), "✗") {
		t.Error("the error stayed after it was mended")
	}
	f.Error = "Table already exists: abc"
	if !strings.Contains(shown(f.View(36)), "✗ Table already exists: abc") {
		t.Error("the service's error does not show")
	}
	write(f, "d")
	if strings.Contains(shown(f.View(36)), "exists") {
		t.Error("the service's error stayed over an edit")
	}
	fresh := NewTextField("Name")
	fresh.Check = func(string) string { return "required" }
	fresh.Focus()
	fresh.Blur()
	if strings.Contains(shown(fresh.View(30)), "required") {
		t.Error("a field that was only passed through complains")
	}
	if fresh.Validate() != "required" || !strings.Contains(shown(fresh.View(30)), "✗ required") {
		t.Error("Validate does not show")
	}
}

func TestTextFieldPlaceholder(t *testing.T) {
	t.Parallel()
	f := NewTextField("Name")
	f.Placeholder = "Enter a name"
	expect(t, "empty", shown(f.View(30)), "  Name\n  │ (Enter a name)           │")
	write(f, "x")
	expect(t, "typed", shown(f.View(30)), "  Name\n  │ x                        │")
}

func TestTextFieldDisabled(t *testing.T) {
	t.Parallel()
	f := NewTextField("Capacity")
	f.SetValue("5")
	f.Disabled = "On-demand tables have none"
	f.Focus()
	write(f, "9")
	f.Paste("9")
	b := f.View(40)
	if f.Value() != "5" || f.Editing() || b.Cursor != nil || !strings.Contains(shown(b), "On-demand tables have none") {
		t.Errorf("%q in\n%s", f.Value(), shown(b))
	}
	if !strings.Contains(shown(b), "┆ 5 ") {
		t.Errorf("looks as if it could be edited:\n%s", shown(b))
	}
	if zone(t, b, RoleField, "Capacity").Disabled == "" {
		t.Error("the zone is not disabled")
	}
}

func TestTextFieldScrollsAndPlacesTheCursor(t *testing.T) {
	t.Parallel()
	f := NewTextField("Name")
	f.Focus()
	f.Width = 8
	write(f, "abcdefghij")
	b := f.View(40)
	expect(t, "end", shown(b), "▸ Name\n  ‹ defghij  │")
	if *b.Cursor != (Point{11, 1}) {
		t.Errorf("cursor at %v", *b.Cursor)
	}
	pressAll(f, "home")
	b = f.View(40)
	expect(t, "home", shown(b), "▸ Name\n  │ abcdefgh ›")
	if *b.Cursor != (Point{4, 1}) {
		t.Errorf("cursor at %v", *b.Cursor)
	}
	do(zone(t, b, RoleField, "Name").Click(7, 1))
	write(f, "X")
	if f.Value() != "abcXdefghij" {
		t.Errorf("a click put the cursor elsewhere: %q", f.Value())
	}
	f.SetValue("日本")
	do(zone(t, f.View(40), RoleField, "Name").Click(7, 1))
	write(f, "X")
	if f.Value() != "日X本" {
		t.Errorf("a click on half a character: %q", f.Value())
	}
}

func TestTextFieldCursorIsInSight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := NewTextField("Value")
		f.SetValue(wild().Draw(t, "value"))
		f.Focus()
		names := []string{"left", "right", "home", "end", "a", "日", "backspace", "delete", "ctrl+left"}
		for range rapid.IntRange(1, 20).Draw(t, "keys") {
			pressAll(f, rapid.SampledFrom(names).Draw(t, "key"))
			width := rapid.IntRange(boxWidth+2, 30).Draw(t, "width")
			b := f.View(width)
			cells := min(width-boxWidth, mostCells)
			if x := b.Cursor.X - gutterWidth - 2; x < 0 || x >= cells {
				t.Fatalf("the cursor is at cell %d of %d in %q", x, cells, shown(b))
			}
		}
	})
}

func TestTextFieldPastes(t *testing.T) {
	t.Parallel()
	f := NewTextField("Name")
	f.Paste("Music\r\n")
	if f.Value() != "Music" {
		t.Errorf("%q", f.Value())
	}
	f.Paste("\none\xfftwo")
	expect(t, "symbols", shown(f.View(30)), "  Name\n  │ Music⏎one�two            │")
	if f.Value() != "Music\none�two" {
		t.Errorf("%q", f.Value())
	}
}

func TestAMegabyteIsPastedAtOnce(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"letters": strings.Repeat("x", 1<<20), "Chinese": strings.Repeat("日", 1<<20/3), "lines": strings.Repeat("{\"a\": 1},\n", 1<<20/10),
		"accents": strings.Repeat("\u0301", 1<<19), "families": strings.Repeat("👨‍👩‍👧", 1<<20/18),
	} {
		for _, c := range []Control{NewTextField("Value"), NewEditor()} {
			c.Focus()
			start := time.Now()
			c.Paste(text)
			c.View(80)
			paste := time.Since(start)
			start = time.Now()
			const keys = 10
			for range keys {
				pressAll(c, "left", "x")
				c.View(80)
			}
			// The bounds are many times what it takes, for slow machines.
			if each := time.Since(start) / keys; paste > 2*time.Second || each > 300*time.Millisecond {
				t.Errorf("%T, %s: paste %v, then %v a key", c, name, paste, each)
			} else {
				t.Logf("%T, %s: paste %v, then %v a key", c, name, paste, each)
			}
		}
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	s := NewSelect("Type", Option{Value: "S", Label: "String"}, Option{Value: "N", Label: "Number"}, Option{Value: "B", Label: "Binary", Disabled: "no key"}, Option{Value: "SS", Label: "String set"})
	changed := 0
	s.Changed = func() tea.Cmd { changed++; return nil }
	s.Focus()
	expect(t, "closed", shown(s.View(40)), "▸ Type\n  │ String            ▾ │")
	pressAll(s, "enter")
	expect(t, "open", shown(s.View(40)), "▸ Type\n  │ String            ▴ │\n  │▸● String            │\n  │   Number            │\n  │   Binary – no key   │\n  │   String set        │\n  └─────────────────────┘")
	if !s.Editing() {
		t.Error("an open list does not take letters")
	}
	pressAll(s, "down", "enter")
	if s.Value() != "N" || changed != 1 || s.Editing() {
		t.Errorf("value %q, changed %d times", s.Value(), changed)
	}
	pressAll(s, "space", "s", "enter")
	if s.Value() != "SS" {
		t.Errorf("a letter went to %q", s.Value())
	}
	pressAll(s, "space", "s", "s", "enter")
	if s.Value() != "SS" {
		t.Errorf("the same letter twice did not come round, but went to %q", s.Value())
	}
	pressAll(s, "space", "home", "s", "t", "r", "i", "n", "g", "space", "s", "enter")
	if s.Value() != "SS" {
		t.Errorf("typing the whole label went to %q", s.Value())
	}
	pressAll(s, "space", "u", "m", "b", "enter")
	if s.Value() != "N" {
		t.Errorf("letters within a label went to %q", s.Value())
	}
	pressAll(s, "space", "g", "space", "s", "enter")
	if s.Value() != "SS" {
		t.Errorf("letters within a label went to %q", s.Value())
	}
	pressAll(s, "space", "n", "esc")
	if s.Value() != "SS" || s.Editing() {
		t.Error("esc chose")
	}
	pressAll(s, "down", "home", "down", "down", "enter")
	if s.Value() != "SS" {
		t.Error("a disabled option was chosen")
	}
	s.Blur()
	click(t, s.View(40), RoleSelect, "Type")
	click(t, s.View(40), RoleOption, "Number")
	if s.Value() != "N" || zone(t, s.View(40), RoleSelect, "Type").Value != "Number" {
		t.Error("clicks did not choose")
	}
	for _, key := range []string{"up", "left", "x", "esc"} {
		if pressAll(s, key) {
			t.Errorf("a closed list used %s", key)
		}
	}
}

func TestSelectShowsALongList(t *testing.T) {
	t.Parallel()
	s := NewSelect("Condition")
	for _, r := range "abcdefghijklmnop" {
		s.Options = append(s.Options, Option{Value: string(r)})
	}
	pressAll(s, "enter", "end")
	b := s.View(30)
	if got := shown(b); !strings.Contains(got, "│▸  p") || strings.Contains(got, "  a ") {
		t.Errorf("the end is not in sight:\n%s", got)
	}
	do(zone(t, b, RoleOption, "a").Reveal())
	if got := shown(s.View(30)); !strings.Contains(got, "│▸● a") {
		t.Errorf("the first is not in sight:\n%s", got)
	}
	do(zone(t, s.View(30), RoleOption, "a").Wheel(0, 3))
	if got := shown(s.View(30)); !strings.Contains(got, "│▸  d") {
		t.Errorf("the wheel does not scroll:\n%s", got)
	}
}
