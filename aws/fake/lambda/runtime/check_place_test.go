package runtime

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestFaultsAreInTheText: whatever place an engine tells, what becomes of it is a place in the text, before a
// character or at a line's end.
func TestFaultsAreInTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source := rapid.StringMatching("\uFEFF?[ab日\u0301\r\n\t ]{0,20}").Draw(t, "source")
		f := SyntaxFault{Line: rapid.IntRange(-1, 12).Draw(t, "line"), Column: rapid.IntRange(-1, 30).Draw(t, "column")}
		told := f
		f.settle(source)
		lines := strings.Split(source, "\n")
		if f.Line < 1 || f.Line > len(lines) || f.Column < 0 || f.Column > len(lines[f.Line-1])+1 {
			t.Fatalf("%+v of %q became %+v", told, source, f)
		}
		if f.Column > 0 && !utf8.ValidString(lines[f.Line-1][:f.Column-1]) {
			t.Fatalf("%+v of %q became %+v, within a character", told, source, f)
		}
	})
}
