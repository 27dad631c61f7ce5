package component

import (
	"strings"
	"testing"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// styledBlock draws a block of wild text in several styles.
func styledBlock(t *rapid.T, name string, width, height int) Block {
	styles := []theme.Style{theme.Plain, theme.Strong, theme.Selected, theme.Danger, theme.Link}
	lines := make([]string, height)
	for i := range lines {
		var b strings.Builder
		for range rapid.IntRange(0, 4).Draw(t, name+" pieces") {
			text, _ := elide(wild().Draw(t, name), width)
			b.WriteString(rapid.SampledFrom(styles).Draw(t, name+" style").Render(text))
		}
		lines[i] = b.String()
	}
	return Text(width, lines...)
}

// cellsIn draws lines on a screen and returns its cells.
func cellsIn(width int, lines []string) uv.ScreenBuffer {
	screen := uv.NewScreenBuffer(max(1, width), max(1, len(lines)))
	screen.Method = ansi.GraphemeWidth
	uv.NewStyledString(strings.Join(lines, "\n")).Draw(screen, screen.Bounds())
	return screen
}

func cellAt(s uv.ScreenBuffer, x, y int) (string, uv.Style) {
	c := s.CellAt(x, y)
	if c == nil {
		return " ", uv.Style{}
	}
	return c.Content, c.Style
}

func TestFitLineLeaksNoStyle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := styledBlock(t, "line", rapid.IntRange(1, 40).Draw(t, "width"), 1)
		width := rapid.IntRange(0, 50).Draw(t, "to")
		line := FitLine(b.Lines[0], width)
		if Width(line) != width || ansi.StringWidth(line) != width {
			t.Fatalf("FitLine(%q, %d) = %q", b.Lines[0], width, line)
		}
		screen := cellsIn(width+1, []string{line + "x"})
		if content, style := cellAt(screen, width, 0); content != "x" || !style.IsZero() {
			t.Fatalf("FitLine(%q, %d) = %q leaks its style", b.Lines[0], width, line)
		}
	})
}

func TestWidthIsThatOfTheTerminal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := styledBlock(t, "line", rapid.IntRange(1, 60).Draw(t, "width"), 1).Lines[0]
		if Width(line) != ansi.StringWidth(line) {
			t.Fatalf("Width(%q) = %d, want %d", line, Width(line), ansi.StringWidth(line))
		}
	})
}

func TestOverCoversJustItsCells(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 30).Draw(t, "width"), rapid.IntRange(1, 5).Draw(t, "height")
		base := styledBlock(t, "base", width, height)
		over := styledBlock(t, "over", rapid.IntRange(1, 20).Draw(t, "over width"), rapid.IntRange(0, 4).Draw(t, "over height"))
		x, y := rapid.IntRange(-5, width).Draw(t, "x"), rapid.IntRange(-2, height).Draw(t, "y")
		out := over.Over(base, x, y, true)
		if out.Width != width || len(out.Lines) != height {
			t.Fatalf("%d×%d became %d×%d", width, height, out.Width, len(out.Lines))
		}
		for i, line := range out.Lines {
			if Width(line) != width {
				t.Fatalf("line %d is %d cells wide, want %d: %q", i, Width(line), width, line)
			}
		}
		got, below, above := cellsIn(width, out.Lines), cellsIn(width, base.Lines), cellsIn(over.Width, over.Lines)
		for row := range height {
			for col := range width {
				inside := row >= y && row < y+len(over.Lines) && col >= x && col < x+over.Width
				want, style := cellAt(below, col, row)
				if inside {
					want, style = cellAt(above, col-x, row-y)
				}
				content, gotStyle := cellAt(got, col, row)
				if content == want && gotStyle.Equal(&style) {
					continue
				}
				if content == " " && (Width(want) == 2 || want == "") {
					continue // half of a wide character was covered
				}
				t.Fatalf("cell %d,%d is %q %v, want %q %v\nbase %q\nover %q at %d,%d\n out %q", col, row, content, gotStyle, want, style, base.Lines, over.Lines, x, y, out.Lines)
			}
		}
	})
}

func TestOverTakesTheMouse(t *testing.T) {
	t.Parallel()
	clicked := ""
	zone := func(name string) Zone {
		return Zone{Role: RoleButton, Label: name, Click: func(int, int) tea.Cmd { clicked = name; return nil }}
	}
	base := Blank(20, 5).All(zone("base"))
	over := Blank(6, 3).Zone(Zone{X: 1, Y: 1, W: 2, H: 1, Role: RoleButton, Label: "over", Click: zone("over").Click})
	click := func(b Block, x, y int) string {
		clicked = ""
		if z, ok := b.At(x, y, func(z Zone) bool { return z.Click != nil }); ok {
			z.Click(x-z.X, y-z.Y)
		}
		return clicked
	}
	for _, c := range []struct {
		modal bool
		x, y  int
		want  string
	}{
		{false, 0, 0, "base"}, {false, 6, 2, "over"}, {false, 9, 3, ""}, {false, 19, 4, "base"},
		{true, 0, 0, ""}, {true, 6, 2, "over"}, {true, 9, 3, ""},
	} {
		if got := click(over.Over(base, 5, 1, c.modal), c.x, c.y); got != c.want {
			t.Errorf("modal %v: a click at %d,%d went to %q, want %q", c.modal, c.x, c.y, got, c.want)
		}
	}
}

func TestBlocksDoNotShareZones(t *testing.T) {
	t.Parallel()
	base := Blank(4, 1).Zone(Zone{Label: "a"}).Zone(Zone{Label: "b"}).Zone(Zone{Label: "c"})
	one, other := base.Zone(Zone{Label: "one"}), base.Zone(Zone{Label: "other"})
	if one.Zones[3].Label != "one" || other.Zones[3].Label != "other" {
		t.Errorf("got %q and %q", one.Zones[3].Label, other.Zones[3].Label)
	}
}

func TestLayoutKeepsSizesZonesAndCursor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		blocks := make([]Block, 0, 4)
		for range rapid.IntRange(0, cap(blocks)).Draw(t, "blocks") {
			b := styledBlock(t, "block", rapid.IntRange(0, 20).Draw(t, "w"), rapid.IntRange(0, 3).Draw(t, "h"))
			if b.Width > 0 && len(b.Lines) > 0 {
				b.Cursor = &Point{b.Width - 1, 0}
			}
			blocks = append(blocks, b.All(Zone{Label: "zone"}))
		}
		width := rapid.IntRange(0, 40).Draw(t, "width")
		height := rapid.IntRange(0, 6).Draw(t, "height")
		for name, b := range map[string]Block{
			"Stack": Stack(width, blocks...), "Row": Row(width, 1, blocks...), "Beside": Beside(height, blocks...),
			"Fit": Stack(width, blocks...).Fit(width/2, height), "Container": Container(width, wild().Draw(t, "title"), blocks, Stack(width, blocks...)),
			"Scroll": NewScroll().View(Stack(width, blocks...), height),
		} {
			checkBlock(t, name, b)
		}
	})
}

// checkBlock looks whether a block is what a block has to be.
func checkBlock(t interface {
	Fatalf(string, ...any)
}, name string, b Block) {
	for y, line := range b.Lines {
		if w := ansi.StringWidth(line); w != b.Width || ansi.StringWidthWc(line) != b.Width {
			t.Fatalf("%s: line %d is %d (%d) cells wide, want %d: %q", name, y, w, ansi.StringWidthWc(line), b.Width, line)
		}
		if what := unsafe(ansi.Strip(line)); what != "" {
			t.Fatalf("%s: line %d has %s: %q", name, y, what, line)
		}
		if n := strings.Count(line, "\x1b"); n != strings.Count(line, "\x1b[") {
			t.Fatalf("%s: line %d has more than styles: %q", name, y, line)
		}
	}
	for _, z := range b.Zones {
		if z.W < 0 || z.H < 0 || z.X < 0 || z.Y < 0 || z.Reveal == nil && (z.X+z.W > b.Width || z.Y+z.H > len(b.Lines)) {
			t.Fatalf("%s: zone %s %q is at %d,%d %d×%d of %d×%d", name, z.Role, z.Label, z.X, z.Y, z.W, z.H, b.Width, len(b.Lines))
		}
		if what := unsafe(z.Label); what != "" {
			t.Fatalf("%s: the label %q has %s", name, z.Label, what)
		}
	}
	if c := b.Cursor; c != nil && b.Width > 0 && (c.X < 0 || c.Y < 0 || c.X >= b.Width || c.Y >= len(b.Lines)) {
		t.Fatalf("%s: the cursor is at %v of %d×%d", name, *c, b.Width, len(b.Lines))
	}
}
