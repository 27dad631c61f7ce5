package component

import (
	"strings"
	"testing"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// tall is a form of so many fields, two lines each.
func tall(ring *Ring, fields []*TextField, width int) Block {
	parts := make([]Block, len(fields))
	for i, f := range fields {
		parts[i] = ring.View(f, width)
	}
	return Stack(width, parts...)
}

func form(n int) (*Ring, []*TextField) {
	fields, controls := make([]*TextField, n), make([]Control, n)
	for i := range n {
		fields[i] = NewTextField("Field " + string(rune('A'+i)))
		controls[i] = fields[i]
	}
	return NewRing(controls...), fields
}

func TestScrollFollowsTheFocus(t *testing.T) {
	t.Parallel()
	ring, fields := form(10)
	s := NewScroll()
	b := s.View(tall(ring, fields, 30), 6)
	if got := shown(b); !strings.HasPrefix(got, "▸ Field A") || !strings.Contains(got, "┃") || strings.Contains(got, "Field D") {
		t.Errorf("at first:\n%s", got)
	}
	ring.Move(-1)
	b = s.View(tall(ring, fields, 30), 6)
	if got := shown(b); !strings.Contains(got, "▸ Field J") || b.Cursor == nil || b.Cursor.Y != 5 {
		t.Errorf("the last field is not in sight:\n%s", got)
	}
	wheel, _ := b.At(3, 3, func(z Zone) bool { return z.Wheel != nil })
	do(wheel.Wheel(0, -100))
	b = s.View(tall(ring, fields, 30), 6)
	if got := shown(b); !strings.Contains(got, "  Field A") || b.Cursor != nil {
		t.Errorf("the wheel did not scroll, or the focus pulled back:\n%s", got)
	}
	if z := zone(t, b, RoleField, "Field J"); z.Reveal == nil {
		t.Error("a zone out of sight has no Reveal")
	} else {
		z.Reveal()
	}
	if got := shown(s.View(tall(ring, fields, 30), 6)); !strings.Contains(got, "▸ Field J") {
		t.Errorf("Reveal did not reveal:\n%s", got)
	}
	s.ToTop()
	fields[9].Blur()
	if got := shown(s.View(tall(ring, fields, 30), 6)); !strings.Contains(got, "Field A") {
		t.Errorf("not at the top:\n%s", got)
	}
}

func TestScrollShowsWhatFitsAsItIs(t *testing.T) {
	t.Parallel()
	content := Text(10, "one", "two").All(Zone{Label: "x"})
	b := NewScroll().View(content, 4)
	expect(t, "fits", shown(b), "one\ntwo\n\n")
	if zone(t, b, "", "x").Reveal != nil || len(b.Zones) != 1 {
		t.Error("what is in sight is not to be revealed")
	}
}

func TestScrollCutsZones(t *testing.T) {
	t.Parallel()
	at := -1
	content := Blank(10, 8).Zone(Zone{Y: 1, W: 10, H: 4, Label: "x", Click: func(_, y int) tea.Cmd { at = y; return nil }})
	s := NewScroll()
	s.View(content, 3)
	s.By(3)
	z := zone(t, s.View(content, 3), "", "x")
	if z.Y != 0 || z.H != 2 {
		t.Errorf("the zone is at line %d, %d high", z.Y, z.H)
	}
	if z.Click(0, 0); at != 2 {
		t.Errorf("a click on its first line in sight is on its line %d", at)
	}
}

func TestScrollAnyHow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ring, fields := form(rapid.IntRange(0, 8).Draw(t, "fields"))
		s := NewScroll()
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			width, height := rapid.IntRange(0, 40).Draw(t, "width"), rapid.IntRange(0, 12).Draw(t, "height")
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				ring.Move(rapid.IntRange(-3, 3).Draw(t, "move"))
			case 1:
				s.By(rapid.IntRange(-9, 9).Draw(t, "by"))
			}
			b := s.View(tall(ring, fields, width), height)
			if b.Width != width || len(b.Lines) != height {
				t.Fatalf("%d×%d, want %d×%d", b.Width, len(b.Lines), width, height)
			}
			checkBlock(t, "scroll", b)
		}
	})
}

func TestContainer(t *testing.T) {
	t.Parallel()
	pressed := 0
	run := NewButton("Run", func() tea.Cmd { pressed++; return nil })
	body := Text(26, "three items").All(Zone{Role: RoleText, Label: "body"})
	b := Container(30, "Items", []Block{run.View(20)}, body)
	expect(t, "container", shown(b), `┌─ Items ─────────── [ Run ] ┐
│ three items                │
└────────────────────────────┘`)
	click(t, b, RoleButton, "Run")
	if z := zone(t, b, RoleText, "body"); pressed != 1 || z.X != 2 || z.Y != 1 || z.W != 26 {
		t.Errorf("pressed %d times, body at %d,%d %d wide", pressed, z.X, z.Y, z.W)
	}
	narrow := Container(16, "Items returned", []Block{run.View(20)}, Text(12, "three"))
	expect(t, "narrow", shown(narrow), `┌─ Items retu… ┐
│ [ Run ]      │
│ three        │
└──────────────┘`)
}

func TestKeyValues(t *testing.T) {
	t.Parallel()
	pairs := []Pair{{"Partition key", "Artist (String)", theme.Plain}, {"Sort key", "", theme.Plain}, {"Status", "✓ Active", theme.Success}}
	expect(t, "two columns", shown(KeyValues(44, 2, pairs...)), `Partition key          Sort key
Artist (String)        –
Status
✓ Active`)
	expect(t, "one column", shown(KeyValues(20, 3, pairs[:2]...)), "Partition key\nArtist (String)\nSort key\n–")
	rapid.Check(t, func(t *rapid.T) {
		pairs := make([]Pair, 0, 5)
		for range rapid.IntRange(0, cap(pairs)).Draw(t, "pairs") {
			pairs = append(pairs, Pair{Label: wild().Draw(t, "label"), Value: wild().Draw(t, "value")})
		}
		width := rapid.IntRange(0, 90).Draw(t, "width")
		b := KeyValues(width, rapid.IntRange(0, 5).Draw(t, "columns"), pairs...)
		if checkBlock(t, "pairs", b); b.Width != width {
			t.Fatalf("%d wide, want %d", b.Width, width)
		}
	})
}

func TestStatusHasASymbolAndWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for kind := StatusSuccess; kind <= StatusStopped; kind++ {
		cell := StatusCell(kind, "Active\x1b[2J")
		symbol, words, ok := strings.Cut(cell.Text, " ")
		if !ok || words != "Active" || Width(symbol) != 1 || seen[symbol] {
			t.Errorf("kind %d is %q", kind, cell.Text)
		}
		seen[symbol] = true
	}
	if got := StatusCell(99, "x").Text; got != "i x" {
		t.Errorf("an unknown kind is %q", got)
	}
}

func TestProgressIsAsWideAsAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		width, fraction := rapid.IntRange(0, 60).Draw(t, "width"), rapid.Float64().Draw(t, "fraction")
		if got := Progress(width, fraction); Width(got) != width {
			t.Fatalf("%q is %d wide, want %d", got, Width(got), width)
		}
		if Width(Spinner(rapid.Int().Draw(t, "frame"))) != 1 {
			t.Fatal("the spinner is not one cell wide")
		}
	})
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text        string
		width, most int
		want        string
	}{
		{"one two three", 7, 4, "one two|three"},
		{"one two three", 7, 1, "one tw…"},
		{"日本語 日本", 5, 4, "日本|語|日本"},
		{"abcdefgh", 3, 4, "abc|def|gh"},
		{"", 5, 4, ""},
		{"a", 0, 4, ""},
	} {
		if got := strings.Join(wrap(c.text, c.width, c.most), "|"); got != c.want {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", c.text, c.width, c.most, got, c.want)
		}
	}
}
