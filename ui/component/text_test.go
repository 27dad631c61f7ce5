package component

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// wild draws texts as data may have them: scripts, emoji, accents, controls,
// terminal sequences, invalid bytes.
func wild() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringMatching(`[ -~]{0,12}`),
		rapid.String(),
		rapid.SampledFrom([]string{
			"日本語", "한글", "é", "e\u0301", "👩‍🚀", "👨‍👩‍👧", "🇩🇪", "🇩", "👍🏽", "❤️", "1️⃣", "क्षि", "ก็", "\u0301", "\u200b", "\u202e", "\ufeff",
			"\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x1bP1;2q", "\x1b_Gx\x1b\\", "\x1b^", "\x1bX", "\x1b", "\u009b31m", "\u009d", "\u0090", "\u009c",
			"\x9b", "\xff", "\xe6\x97", "\t", "\n", "\r\n", "\r", "\a", "\b", "\x7f", "\x00", "\u2028", "\u2066", "\U000e0041", "ᄀ", "ᅡ", "ᆨ", "각", "ｱ", "Ａ", "﷽",
		}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
	})
}

// unsafe finds what must never reach a terminal in shown text.
func unsafe(text string) string {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cc, r):
			return "a control"
		case unicode.Is(unicode.Bidi_Control, r):
			return "a bidi control"
		case unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029:
			return "an invisible character"
		}
	}
	return ""
}

func checkClean(t interface {
	Fatalf(string, ...any)
}, text string) {
	clean := Clean(text)
	if what := unsafe(clean); what != "" {
		t.Fatalf("Clean(%q) = %q has %s", text, clean, what)
	}
	if again := Clean(clean); again != clean {
		t.Fatalf("Clean(%q) = %q, and clean again %q", text, clean, again)
	}
	if one, other := ansi.StringWidth(clean), ansi.StringWidthWc(clean); one != other || measure(clean) != one {
		t.Fatalf("Clean(%q) = %q is %d or %d cells wide, measured %d", text, clean, one, other, measure(clean))
	}
}

func TestCleanIsSafeAndOfOneWidth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkClean(t, wild().Draw(t, "text")) })
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "Music", "\x1b[31mred\x1b[m", "\x1b]0;a\x07b", "日本語👩‍🚀🇩🇪❤️", "a\u0301\u202eb\u200d", "\x90q\x9c\xff", "\t\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkClean(t, text) })
}

func TestClean(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Gangnam Style", "Gangnam Style"},
		{"\x1b[1;31mred\x1b[0m alert", "red alert"},
		{"\x1b]0;owned\x07title", "title"},
		{"\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "link"},
		{"\x1b]0;never ends", "]0;never ends"},
		{"\x1bP1;2q#0\x1b\\sixel", "sixel"},
		{"\u009b31mred", "red"},
		{"a\tb", "a   b"},
		{"one\ntwo\r\nthree", "one⏎two⏎three"},
		{"user\u202etxt.exe", "usertxt.exe"},
		{"zero\u200bwidth", "zerowidth"},
		{"e\u0301te\u0301", "e\u0301te\u0301"},
		{"🇩🇪", "DE"},
		{"👩‍🚀", "👩🚀"},
		{"👍🏽", "👍"},
		{"bad \xff byte", "bad � byte"},
		{"日本語", "日本語"},
	} {
		if got := Clean(c.text); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSimpleCharactersAreAsWideAsClaimed(t *testing.T) {
	t.Parallel()
	for r := rune(1); r < 0x20000; r++ {
		w := simple(r)
		if w == 0 {
			continue
		}
		if s := string(r); ansi.StringWidth(s) != w || ansi.StringWidthWc(s) != w || hides(r) {
			t.Fatalf("%q (%U) is claimed to be %d cells wide, and is %d or %d", r, r, w, ansi.StringWidth(s), ansi.StringWidthWc(s))
		}
		for _, pair := range []string{string(r) + "日", "é" + string(r), "a" + string(r)} {
			if raw, _ := ansi.FirstGraphemeCluster(pair, ansi.GraphemeWidth); raw == pair {
				t.Fatalf("%q is one glyph", pair)
			}
		}
	}
}

func TestElide(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, width := wild().Draw(t, "text"), rapid.IntRange(0, 30).Draw(t, "width")
		show, cells := elide(text, width)
		if cells > width || ansi.StringWidth(show) != cells || unsafe(show) != "" {
			t.Fatalf("elide(%q, %d) = %q, %d", text, width, show, cells)
		}
		if whole := Clean(text); ansi.StringWidth(whole) <= width && show != whole {
			t.Fatalf("elide(%q, %d) = %q, want %q", text, width, show, whole)
		}
		if padded := pad(text, width, true); ansi.StringWidth(padded) != width {
			t.Fatalf("pad(%q, %d) = %q", text, width, padded)
		}
	})
}

func TestGlyphsCanBeWalkedBothWays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := wild().Draw(t, "text")
		starts := []int{}
		for i := 0; i < len(text); i = next(text, i) {
			starts = append(starts, i)
		}
		for n, i := range starts {
			if n > 0 && before(text, i) != starts[n-1] {
				t.Fatalf("%q: before %d is %d, want %d", text, i, before(text, i), starts[n-1])
			}
			for at := i; at < next(text, i); at++ {
				if snap(text, at) != i {
					t.Fatalf("%q: %d is in the glyph at %d, snapped to %d", text, at, i, snap(text, at))
				}
			}
		}
		if len(starts) > 0 && before(text, len(text)) != starts[len(starts)-1] {
			t.Fatalf("%q: before the end is %d, want %d", text, before(text, len(text)), starts[len(starts)-1])
		}
	})
}
