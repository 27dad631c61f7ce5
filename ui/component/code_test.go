package component

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// colourNames is what the colours are called in tests; plain text has no name.
var colourNames = map[theme.Style]string{
	theme.CodeName: "name", theme.CodeString: "string", theme.CodeNumber: "number", theme.CodeWord: "word", theme.CodeComment: "comment",
}

// colours colours a text and tells each coloured part with its colour.
func colours(language, text string) string {
	var out []string
	state := inCode
	for line := range strings.SplitSeq(text, "\n") {
		var tokens []token
		tokens, state = languages[language].tokens(line, state)
		start := 0
		for _, t := range tokens {
			if name := colourNames[t.style]; name != "" {
				out = append(out, name+":"+line[start:t.end])
			}
			start = t.end
		}
	}
	return strings.Join(out, " ")
}

func TestCodeColours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, text, want string }{
		{"python", "def handler(event): # it's", "word:def name:handler comment:# it's"},
		{"python", `s = "a # b" + 'it\'s'`, `string:"a # b" string:'it\'s'`},
		{"python", "x = '''one\ntwo # no\nend''' # c", "string:'''one string:two # no string:end''' comment:# c"},
		{"python", "\"\"\"doc\"\"\"\nreturn None", `string:"""doc""" word:return word:None`},
		{"python", "@decorated\nclass A:", "name:@decorated word:class name:A"},
		{"python", "a @ b, 0x1F, 3.5e3, x1", "number:0x1F number:3.5e3"},
		{"python", "'open\nif", "string:'open word:if"},
		{"python", `'''a\''' b''' if`, `string:'''a\''' b''' word:if`},
		{"javascript", "const a = `x ${b['`']}\ny` // c", "word:const string:`x ${b['`']} string:y` comment:// c"},
		{"javascript", "/* one\n two */ export function f() {", "comment:/* one comment: two */ word:export word:function name:f"},
		{"javascript", "new Émile('a')", "word:new string:'a'"},
		{"javascript", "`${", "string:`${"},
	} {
		if got := colours(c.language, c.text); got != c.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", c.language, c.text, got, c.want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"lambda_function.py": "python", "index.mjs": "javascript", "a/b.JS": "javascript", "package.json": "json", "README": "text", "bootstrap.sh": "text",
	} {
		expect(t, name, LanguageOf(name), want)
	}
}

// anyCode is text full of what begins and ends strings and comments.
func anyCode() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{`"""`, "'''", "`", "/*", "*/", "#", "//", "${", "}", `\`, `"`, "'", "\n", "\n", "x", " ", "def f", "日", "e\u0301", "12"})
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "") })
}

// TestCodeColoursCoverTheLine, in whatever state it begins.
func TestCodeColoursCoverTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.OneOf(anyCode(), wild()).Draw(t, "line")
		of := rapid.SampledFrom([]string{"python", "javascript"}).Draw(t, "language")
		state := codeState(rapid.IntRange(0, int(inComment)).Draw(t, "state"))
		tokens, _ := languages[of].tokens(line, state)
		at := 0
		for _, token := range tokens {
			if token.end <= at || snap(line, token.end) != token.end {
				t.Fatalf("%q: %v", line, tokens)
			}
			at = token.end
		}
		if at != len(line) {
			t.Fatalf("%q: the tokens end at %d", line, at)
		}
	})
}

// TestEditedCodeIsColouredAsNew: after any edits, undone ones too, and looks at
// any lines between them, the lines have the states that a new look gives.
func TestEditedCodeIsColouredAsNew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := NewEditor()
		e.Language = rapid.SampledFrom([]string{"python", "javascript"}).Draw(t, "language")
		e.SetValue(strings.Join(rapid.SliceOfN(anyCode(), 0, 6).Draw(t, "lines"), "\n"))
		e.Focus()
		for range rapid.IntRange(1, 10).Draw(t, "edits") {
			e.tokens(rapid.IntRange(0, len(e.lines)-1).Draw(t, "looked at"))
			e.GoTo(rapid.IntRange(1, len(e.lines)).Draw(t, "line"), rapid.IntRange(1, 20).Draw(t, "column"))
			switch key := rapid.SampledFrom([]string{"paste", "paste", "enter", "backspace", "delete", "ctrl+u", "ctrl+z", "ctrl+y"}).Draw(t, "key"); key {
			case "paste":
				e.Paste(anyCode().Draw(t, "text"))
			default:
				pressAll(e, key)
			}
		}
		state := inCode
		for y, line := range e.lines {
			if got := e.states.at(y, e.lines, languages[e.Language]); got != state {
				t.Fatalf("line %d of %q begins in %d, want %d", y, e.Value(), got, state)
			}
			_, state = languages[e.Language].tokens(line, state)
		}
	})
}

func TestEditorIndentsCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, text, want string
		keys                 []string
	}{
		{"python", "def f():", "def f():\n    x", []string{"end", "enter", "x"}},
		{"python", "def f(): # it: {", "def f(): # it: {\n    x", []string{"end", "enter", "x"}},
		{"python", "x = 1 # as follows:", "x = 1 # as follows:\nx", []string{"end", "enter", "x"}},
		{"python", "x = 'a:'", "x = 'a:'\nx", []string{"end", "enter", "x"}},
		{"python", "'''\nnote:", "'''\nnote:\nx", []string{"ctrl+end", "enter", "x"}},
		{"python", "f()", "f(\n    x\n)", []string{"end", "left", "enter", "x"}},
		{"python", "", "    x", []string{"tab", "x"}},
		{"javascript", "if (a) {", "if (a) {\n  b\n}", []string{"end", "enter", "b", "enter", "}"}},
		{"javascript", "a // {", "a // {\nx", []string{"end", "enter", "x"}},
		{"text", "note:", "note:\nx", []string{"end", "enter", "x"}},
	} {
		e := NewEditor()
		e.Language = c.language
		e.SetValue(c.text)
		e.Focus()
		pressAll(e, c.keys...)
		expect(t, c.text, e.Value(), c.want)
	}
}

// pythonLines is a module of so many lines, with texts over several of them.
func pythonLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = []string{"def handler(event, context):", `    """Makes a thumbnail,`, `    and "says" so."""`, "    key = event['Records'][0]  # the first", fmt.Sprintf("    return {'statusCode': %d}", i)}[i%5]
	}
	return strings.Join(lines, "\n")
}

func codeEditor(text string) *Editor {
	e := NewEditor()
	e.Language, e.Height = "python", 50
	e.SetValue(text)
	e.Focus()
	return e
}

func BenchmarkCode(b *testing.B) {
	for _, n := range []int{50, 50_000} {
		e := codeEditor(pythonLines(n))
		e.GoTo(n, 1)
		e.View(120)
		e.GoTo(n/2, 1)
		for _, keys := range [][]string{{"x", "backspace"}, {"enter", "ctrl+z"}} {
			b.Run(fmt.Sprintf("%s+view/%d", keys[0], n), func(b *testing.B) {
				presses := []tea.KeyPressMsg{press(keys[0]), press(keys[1])}
				for i := 0; b.Loop(); i++ {
					e.Key(presses[i%2])
					e.View(120)
				}
			})
		}
	}
}

func TestPythonLinesAreCode(t *testing.T) {
	t.Parallel()
	if got := colours("python", pythonLines(5)); !slices.Contains(strings.Fields(got), "word:return") || strings.Count(got, "string:") != 4 {
		t.Errorf("the benchmark edits %s", got)
	}
}
