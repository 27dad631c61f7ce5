package js

import (
	"testing"
	"unicode/utf8"
)

// FuzzCheck: whatever a file holds, reading it ends with a place in it, with none, or with an error; and nothing of it
// is run.
func FuzzCheck(f *testing.F) {
	for _, source := range []string{
		"", "export const handler = async (event) => {", "const a = ;", "exports.handler = function () {}}", "`${", "/*", "/(/", "'\\u{", "await 1", "a\r\nb c",
		"{\n\"a\": x}", "[1,,2]", "\uFEFF{", "#!x\nlet", "\x00", "globalThis.__thrown = 1; throw 2", "class A { #a; #a }", "}); process.exit(7); (function () {", "for(;;){}",
	} {
		for kind := range byte(4) {
			f.Add(kind, source)
		}
	}
	empty := f.TempDir()
	if err := Cache(empty); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind byte, source string) {
		file := []string{"a.mjs", "a.cjs", "a.js", "a.json"}[kind%4]
		fault, err := Check(empty, empty, file, source)
		if err != nil && fault != nil {
			t.Fatalf("both %v and %v", fault, err)
		}
		if fault != nil && (fault.Line < 1 || fault.Column < 1 || fault.Message == "" || !utf8.ValidString(fault.Message)) {
			t.Fatalf("%+v", fault)
		}
	})
}
