package runtime_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
	"awslab/faq"
)

// checks are files and the place and words of what is wrong with them, "" for nothing. The words are Node's own.
var checks = []struct{ runtime, file, source, want string }{
	{"nodejs22.x", "index.mjs", "export const handler = async (event) => {\n  return 1;\n};\n", ""},
	{"nodejs22.x", "index.mjs", "export const handler = async (event) => {\n  const a = ;\n};\n", "2:13 Unexpected token ';'"},
	{"nodejs22.x", "index.mjs", "import a from 'nowhere';\nexport default a;\n", ""},
	{"nodejs22.x", "index.mjs", "export const handler = async () => {\n  if (true) {\n  return 1;\n};\n", "4:3 Unexpected end of input"},
	{"nodejs22.x", "index.mjs", "const a = 1;\nconst a = 2;\n", "2:7 Identifier 'a' has already been declared"},
	{"nodejs22.x", "index.mjs", "let s = 'it is\nnot';\n", "1:9 Invalid or unexpected token"},
	{"nodejs22.x", "index.mjs", "exports.handler = async () => 1;\n", ""},
	{"nodejs22.x", "index.mjs", "return 1;\n", "1:1 Illegal return statement"},
	{"nodejs22.x", "index.mjs", "console.log('a' 'b');\n", "1:17 missing ) after argument list"},
	{"nodejs22.x", "index.mjs", "const ü = '日'; ü ü;\n", "1:22 Unexpected identifier 'ü'"},
	{"nodejs22.x", "index.mjs", "const f = () => {\r\n  return ];\r\n};\r\n", "2:10 Unexpected token ']'"},
	{"nodejs22.x", "index.mjs", "function f() { await g(); }\n", "1:16 Unexpected reserved word"},
	{"nodejs22.x", "index.mjs", "const o = { a: 1 b: 2 };\n", "1:18 Unexpected identifier 'b'"},
	{"nodejs22.x", "index.mjs", "const t = `a ${1`;\n", "1:17 Unexpected end of input"},
	{"nodejs22.x", "index.mjs", "/* never\nended\n", "1:1 Invalid or unexpected token"},
	{"nodejs22.x", "index.mjs", "const r = /(/;\n", "1:11 Invalid regular expression: /(/: Unterminated group"},
	{"nodejs22.x", "index.js", "'use strict';\nexports.handler = function (event, context) {\n  context.succeed({ a: 1, );\n};\n", "3:27 Unexpected token ')'"},
	{"nodejs22.x", "index.js", "exports.handler = function () {\n  return 1;\n\n", "2:12 Unexpected end of input"},
	{"nodejs22.x", "index.js", "exports.handler = function () { return 1; }}\n", "1:44 Unexpected token '}'"},
	{"nodejs22.x", "index.js", "return; // at the top, which CommonJS allows\n", ""},
	{"nodejs22.x", "index.js", "export const handler = async () => await import('x');\nawait 1;\n", ""},
	{"nodejs22.x", "index.js", "import a from 'a';\nexport const handler = => 1;\n", "2:24 Unexpected token '=>'"},
	{"nodejs22.x", "index.cjs", "export const handler = 1;\n", "1:1 Unexpected token 'export'"},
	{"nodejs22.x", "index.js", "#!/usr/bin/env node\nlet = ;\n", "2:7 Unexpected token ';'"},
	{"nodejs24.x", "index.mjs", "{\n  using file = null;\n}\n", ""}, // Node 24 knows it, QuickJS does not
	{"nodejs22.x", "index.mjs", "", ""},
	{"nodejs22.x", "index.js", "", ""},
	{"nodejs22.x", "lib/a.mjs", "while (true) {}\n", ""},
	{"nodejs22.x", "faq.json", `{"a": [1, 2]}`, ""},
	{"nodejs22.x", "faq.json", "{\n  \"a\": 1,\n}", "3:1 Expected double-quoted property name in JSON at position 12 (line 3 column 1)"},
	{"nodejs22.x", "faq.json", "{\n  \"a\": x\n}", "2:8 Unexpected token 'x', \"{\n  \"a\": x\n}\" is not valid JSON"},
	{"nodejs22.x", "README.md", "const a = ;", ""},
	{"python3.13", "lambda_function.py", "def handler(event, context)\n", ""}, // Python is not unpacked
	{"java21", "index.mjs", "const a = ;", ""},
}

func TestCheck(t *testing.T) {
	t.Parallel()
	e := newEngines(t, runtime.Options{Cache: t.TempDir()})
	for i, c := range checks {
		if raced && i%10 != 0 {
			continue
		}
		fault, err := e.Check(t.Context(), c.runtime, c.file, []byte(c.source))
		got := ""
		if fault != nil {
			got = fmt.Sprintf("%d:%d %s", fault.Line, fault.Column, fault.Message)
		}
		if err != nil || got != c.want {
			t.Errorf("%s %q:\ngot  %s %v\nwant %s", c.file, c.source, got, err, c.want)
		}
	}
}

// TestCheckIsBounded: what is too large, too deep or no text at all ends soon, with an answer or an error.
func TestCheckIsBounded(t *testing.T) {
	t.Parallel()
	e := newEngines(t, runtime.Options{Cache: t.TempDir()})
	lines := 100_000
	if raced {
		lines /= 100
	}
	for name, source := range map[string]string{
		"deep":    strings.Repeat("[", 1<<20),
		"long":    "const a = [" + strings.Repeat("{ q: 'a', a: 'b' },\n", lines) + "];",
		"binary":  "\x00\xff\xfe\x80const a = 1",
		"pattern": "const r = /" + strings.Repeat("(a|", 5000) + strings.Repeat(")*", 5000) + "/;",
		"huge":    strings.Repeat("!", 4<<20),
	} {
		for i, file := range []string{"index.mjs", "index.js", "a.json"} {
			if raced && i > 0 {
				break
			}
			begun := time.Now()
			fault, err := e.Check(t.Context(), "nodejs22.x", file, []byte(source))
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("%s as %s took %v", name, file, took)
			}
			if name == "long" && file != "a.json" && (fault != nil || err != nil) {
				t.Errorf("%s as %s: %+v %v", name, file, fault, err)
			}
			if name == "binary" && (fault == nil || err != nil) {
				t.Errorf("%s as %s: %+v %v", name, file, fault, err)
			}
			if testing.Verbose() {
				t.Logf("%s as %s: %.200s in %v", name, file, fmt.Sprintf("%+v %v", fault, err), time.Since(begun))
			}
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if fault, err := e.Check(ended, "nodejs22.x", "index.mjs", []byte("x")); err == nil {
		t.Errorf("a check that nobody waits for gives %v", fault)
	}
}

// BenchmarkCheck reads a file of 20 KB, of Node.js and of Python.
func BenchmarkCheck(b *testing.B) {
	e := newEngines(b, runtime.Options{Cache: b.TempDir()})
	if err := e.Prepare(b.Context()); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ runtime, file, line string }{
		{"nodejs22.x", "index.mjs", "export const f%d = async (event) => ({ n: event.n });\n"},
		{"nodejs22.x", "index.js", "exports.f%d = async (event) => ({ n: event.n });\n"},
		{"python3.13", "index.py", "def f%d(event):\n    return {'n': event['n']}\n"},
	} {
		b.Run(c.file, func(b *testing.B) {
			var source strings.Builder
			for i := 0; source.Len() < 20<<10; i++ {
				fmt.Fprintf(&source, c.line, i)
			}
			for b.Loop() {
				if fault, err := e.Check(b.Context(), c.runtime, c.file, []byte(source.String())); fault != nil || err != nil {
					b.Fatal(fault, err)
				}
			}
		})
	}
	b.Run("python with a fault", func(b *testing.B) {
		for b.Loop() {
			fault, err := e.Check(b.Context(), "python3.13", "a.py", []byte("def f(event)\n    return 1\n"))
			if err != nil || fault == nil || *fault != (runtime.SyntaxFault{Line: 1, Column: 13, Message: "expected ':'"}) {
				b.Fatal(fault, err)
			}
		}
	})
}

// TestCheckTakesTheFAQ: what a lab gives the learner has no syntax error, and one in the middle of it is found.
func TestCheckTakesTheFAQ(t *testing.T) {
	t.Parallel()
	e := newEngines(t, runtime.Options{Cache: t.TempDir()})
	forms := []faq.Form{faq.Modern, faq.Classic, faq.Malformed}
	if raced {
		forms = forms[:1]
	}
	for _, form := range forms {
		source := faq.Source(form)
		if fault, err := e.Check(t.Context(), "nodejs22.x", form.FileName(), []byte(source)); fault != nil || err != nil {
			t.Errorf("%s: %+v %v", form.FileName(), fault, err)
		}
		broken := strings.Replace(source, "Math.floor(", "Math.floor(,", 1)
		head, _, _ := strings.Cut(source, "Math.floor(")
		line := 1 + strings.Count(head, "\n")
		if fault, err := e.Check(t.Context(), "nodejs22.x", form.FileName(), []byte(broken)); err != nil || fault == nil || fault.Line != line || fault.Message != "Unexpected token ','" {
			t.Errorf("%s, broken in line %d: %+v %v", form.FileName(), line, fault, err)
		}
	}
}

// TestCheckMany: checks may run side by side.
func TestCheckMany(t *testing.T) {
	t.Parallel()
	e := newEngines(t, runtime.Options{Cache: t.TempDir()})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if fault, err := e.Check(t.Context(), "nodejs22.x", "index.mjs", []byte("const a = ;")); fault == nil || err != nil {
				t.Errorf("%+v %v", fault, err)
			}
		})
	}
	wait.Wait()
}
