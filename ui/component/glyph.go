package component

import (
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A glyph is what a terminal draws as one: a letter with its accents, a Chinese
// character, an emoji. Terminals disagree about the width of some clusters
// (flags, families, characters made emoji by a selector), and a disagreement of
// one cell tears a table apart. So every glyph is shown in a form that all of
// them draw equally wide, if need be as its first character alone.
type glyph struct {
	size   int    // bytes of the text
	show   string // what to draw for it
	width  int    // cells of that, at least one
	hidden bool   // it would show nothing, or move the text around; show is a stand-in
}

// standIn is drawn for what cannot be shown.
const standIn = "�"

// first reads the first glyph of a text that is not empty.
func first(s string) glyph {
	c := s[0]
	if c < utf8.RuneSelf {
		switch {
		case c == '\n':
			return glyph{1, "⏎", 1, false}
		case c == '\r' && len(s) > 1 && s[1] == '\n':
			return glyph{2, "⏎", 1, false}
		case c == '\t':
			return glyph{1, "⇥", 1, false}
		case c < ' ' || c == 0x7f:
			return glyph{1, standIn, 1, true}
		case stands(s[1:]):
			return glyph{1, s[:1], 1, false}
		}
		return cluster(s)
	}
	r, size := utf8.DecodeRuneInString(s)
	if w := simple(r); w > 0 && size > 1 && stands(s[size:]) {
		return glyph{size, s[:size], w, false}
	}
	return cluster(s)
}

// stands reports whether a text begins with a glyph of its own, for sure.
func stands(s string) bool {
	if s == "" || s[0] < utf8.RuneSelf {
		return true
	}
	r, size := utf8.DecodeRuneInString(s)
	return size > 1 && simple(r) > 0
}

// simple is the width of a character that makes a glyph by itself, and that all
// terminals draw equally wide; 0 when the character needs a closer look. It
// saves the search for cluster boundaries in most of the world's text.
func simple(r rune) int {
	switch {
	case r >= 0xa1 && r <= 0x24f && r != 0xa9 && r != 0xad && r != 0xae, // Latin
		r >= 0x391 && r <= 0x482 && r != 0x3a2, // Greek, Cyrillic
		r >= 0x2010 && r <= 0x2027,             // dashes, quotes, …
		r >= 0x2190 && r <= 0x2193,             // arrows
		r >= 0x2500 && r <= 0x25a9,             // lines and blocks
		r >= 0x2800 && r <= 0x28ff,             // Braille patterns
		r == '▸', r == '▾', r == '▴', r == '▲', r == '▼', r == '●', r == '○', r == '◌', r == '✓', r == '✗', r == '⏎':
		return 1
	case r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa, // kana
		r >= 0x4e00 && r <= 0x9fff, // Chinese characters
		r >= 0xac00 && r <= 0xd7a3: // Hangul syllables
		return 2
	}
	return 0
}

// cluster looks closely at the first glyph.
func cluster(s string) glyph {
	const most = 256 // bytes: a heap of accents is several glyphs
	if len(s) > most {
		end := most
		for end > most-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	raw, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	size := len(raw)
	show, base := visible(raw)
	switch {
	case base == 0:
		return glyph{size, standIn, 1, true}
	case base == utf8.RuneError:
		return glyph{size, standIn, 1, false}
	case base >= 0x1f1e6 && base <= 0x1f1ff:
		return flag(raw)
	}
	if len(show) != size {
		width = ansi.StringWidth(show)
	}
	if len(show) <= longest && safe(show, width) {
		return glyph{size, show, width, false}
	}
	alone := string(base)
	if width = ansi.StringWidth(alone); safe(alone, width) {
		return glyph{size, alone, width, false}
	}
	return glyph{size, standIn, 1, false}
}

// safe reports whether a cluster is as wide on all terminals, and grows together
// with nothing that may stand before or after it.
func safe(show string, width int) bool {
	if width <= 0 || ansi.StringWidthWc(show) != width {
		return false
	}
	head, _ := utf8.DecodeRuneInString(show)
	last, _ := utf8.DecodeLastRuneInString(show)
	if unicode.Is(unicode.So, head) && unicode.Is(unicode.So, last) {
		return true // emoji and other symbols stand alone
	}
	return ansi.StringWidth(" "+show) == width+1 && ansi.StringWidth(show+" ") == width+1 &&
		!joined(" ", show) && !joined(show, " ")
}

// longest is how many bytes of accents a glyph may pile up.
const longest = 32

// visible is a cluster without the characters that do not show and the bytes
// that are no text, and its first character; 0 when none is left.
func visible(raw string) (show string, base rune) {
	clean := true
	for _, r := range raw {
		switch {
		case hides(r), r == utf8.RuneError && base != 0:
			clean = false
		case base == 0:
			base = r
		}
	}
	if clean {
		return raw, base
	}
	out := make([]rune, 0, len(raw))
	for _, r := range raw {
		if !hides(r) && (r != utf8.RuneError || len(out) == 0) {
			out = append(out, r)
		}
	}
	return string(out), base
}

// hides reports whether a character shows nothing of its own: controls, bidi
// overrides, joiners, selectors.
func hides(r rune) bool {
	return unicode.Is(unicode.C, r) && !unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Variation_Selector, r) ||
		r == 0x2028 || r == 0x2029 || r == 0x34f
}

// flag shows a flag by its country's letters.
func flag(raw string) glyph {
	var letters []byte
	for _, r := range raw {
		if r >= 0x1f1e6 && r <= 0x1f1ff {
			letters = append(letters, byte(r-0x1f1e6)+'A')
		}
	}
	return glyph{len(raw), string(letters), len(letters), false}
}

// measure is the width of a text shown glyph by glyph.
func measure(s string) int {
	cells := plainRun(s)
	for s = s[cells:]; s != ""; {
		g := first(s)
		cells += g.width
		s = s[g.size:]
	}
	return cells
}

// plainRun counts the printable ASCII characters that a text begins with and
// that surely are glyphs of their own.
func plainRun(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f {
			if c >= utf8.RuneSelf && i > 0 {
				return i - 1
			}
			return i
		}
	}
	return len(s)
}

// next is the byte after the glyph that begins at i.
func next(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	return i + first(s[i:]).size
}

// before is the byte where the glyph before i begins.
func before(s string, i int) int {
	if i <= 1 {
		return 0
	}
	if s[i-1] < utf8.RuneSelf && s[i-2] < utf8.RuneSelf && s[i-1] != '\n' {
		return i - 1
	}
	at := anchor(s, i)
	for {
		n := next(s, at)
		if n >= i {
			return at
		}
		at = n
	}
}

// anchor finds a byte before i where a glyph surely begins: clusters can only
// be told from their start. A text without one is cut at a character.
func anchor(s string, i int) int {
	const far = 512
	limit := max(0, i-far)
	for at := i - 1; at > limit; at-- {
		if s[at] < utf8.RuneSelf && s[at-1] < utf8.RuneSelf && at < i-1 && s[at] != '\n' {
			return at
		}
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return limit
}

// snap moves a byte offset back to the start of its glyph.
func snap(s string, i int) int {
	if i <= 0 {
		return 0
	}
	if i >= len(s) {
		return len(s)
	}
	at := anchor(s, i)
	for {
		n := next(s, at)
		if n > i {
			return at
		}
		at = n
	}
}

// wordLeft is where the word before a byte begins; wordRight, where the one
// after it ends.
func wordLeft(s string, i int) int {
	for i > 0 && !inWord(s, before(s, i)) {
		i = before(s, i)
	}
	for i > 0 && inWord(s, before(s, i)) {
		i = before(s, i)
	}
	return i
}

func wordRight(s string, i int) int {
	for i < len(s) && !inWord(s, i) {
		i = next(s, i)
	}
	for i < len(s) && inWord(s, i) {
		i = next(s, i)
	}
	return i
}

func inWord(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}
