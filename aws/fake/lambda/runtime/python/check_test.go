package python

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, want string }{
		{"def handler(event, context):\n    return 1\n", ""},
		{"", ""},
		{"def handler(event, context)\n    return 1\n", "1:28 expected ':'"},
		{"def handler(event, context):\nreturn 1\n", "2:1 expected an indented block after function definition on line 1"},
		{"x = (1,\n\ny = 2\n", "1:5 '(' was never closed"},
		{"x = 'open\n", "1:5 unterminated string literal (detected at line 1)"},
		{"print 'hello'\n", "1:1 Missing parentheses in call to 'print'. Did you mean print(...)?"},
		{"if True:\n\tx = 1\n        y = 2\n", "3:1 inconsistent use of tabs and spaces in indentation"},
		{"ü = '日' +\n", "1:10 invalid syntax"},
		{"while True: pass\n", ""},
		{"import nowhere\nnowhere.run()\n", ""},
		{"x = '\\d'\n", ""},
		{"x = 1\x00\n", "1:0 source code string cannot contain null bytes"},
		{strings.Repeat("(", 1000), "1:201 too many nested parentheses"},
	} {
		command := interpreter.Check(t.Context(), "lib/a.py")
		command.Stdin = strings.NewReader(c.source)
		output, err := command.Output()
		if err != nil {
			t.Errorf("%.40q: %v", c.source, err)
			continue
		}
		var fault *struct {
			Line, Column int
			Message      string
		}
		if err := json.Unmarshal(output, &fault); err != nil {
			t.Fatal(err)
		}
		got := ""
		if fault != nil {
			got = fmt.Sprintf("%d:%d %s", fault.Line, fault.Column, fault.Message)
		}
		if got != c.want {
			t.Errorf("%.40q: got %s, want %s", c.source, got, c.want)
		}
	}
}

func TestInstalled(t *testing.T) {
	t.Parallel()
	if found, ok := Installed(filepath.Dir(interpreter.home)); !ok || found.home != interpreter.home {
		t.Errorf("found %v, %v", found, ok)
	}
	if _, ok := Installed(t.TempDir()); ok {
		t.Error("an empty folder holds Python")
	}
}
