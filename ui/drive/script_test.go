package drive_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"awslab/ui/drive"

	tea "charm.land/bubbletea/v2"
)

func TestParse(t *testing.T) {
	t.Parallel()
	script, err := drive.Parse(`
# a comment
open   DynamoDB > "A > B"> Music
type "Song name" "Gangnam \"Style\" "
type Year 1973
key ctrl+s  tab
say A caption, "as it is"`)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		number int
		verb   string
		args   []string
	}{
		{3, "open", []string{"DynamoDB", "A > B", "Music"}},
		{4, "type", []string{"Song name", `Gangnam "Style" `}},
		{5, "type", []string{"Year", "1973"}},
		{6, "key", []string{"ctrl+s", "tab"}},
		{7, "say", []string{`A caption, "as it is"`}},
	}
	if len(script) != len(want) {
		t.Fatalf("%d lines, want %d", len(script), len(want))
	}
	for i, w := range want {
		if l := script[i]; l.Number != w.number || l.Verb != w.verb || !reflect.DeepEqual(l.Args, w.args) {
			t.Errorf("line %d: %+v, want %+v", i, l, w)
		}
	}
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	for text, tells := range map[string]string{
		"pres Run":             `line 1: unknown verb "pres"; did you mean press?`,
		"frobnicate":           "the verbs are open, press",
		"\n\npress":            "line 3: something is missing",
		`type "Year`:           "a quote is not closed",
		`type Year`:            `it is written: type "Field" value…`,
		"open A > ":            "a name is missing",
		`open "A" B`:           `expected > after "A"`,
		"key ctrl+enterr":      `there is no key "ctrl+enterr"`,
		"press A\nkey\npress ": "line 2: a key is missing",
	} {
		_, err := drive.Parse(text)
		var fault *drive.SyntaxError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), tells) {
			t.Errorf("%q: %v, want it to tell %q", text, err, tells)
		}
	}
}

func TestParseTellsEveryFaultyLine(t *testing.T) {
	t.Parallel()
	_, err := drive.Parse("pres A\npress B\nwaitt C")
	if err == nil || !strings.Contains(err.Error(), "line 1") || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v", err)
	}
}

func TestVerbExamplesParse(t *testing.T) {
	t.Parallel()
	for _, v := range drive.Verbs() {
		script, err := drive.Parse(v.Example)
		if err != nil || len(script) != 1 || script[0].Verb != v.Name {
			t.Errorf("%s: %v, %v", v.Example, script, err)
		}
	}
}

func TestParseKey(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"ctrl+k", "tab", "shift+tab", "enter", "esc", "f2", "?", "A", "alt+s", "space", "ctrl+up", "pgdown", "+", "ctrl++", ":", "é",
	} {
		key, err := drive.ParseKey(name)
		if err != nil || key.String() != name {
			t.Errorf("%q: %q, %v", name, key.String(), err)
		}
	}
	for _, name := range []string{"", "ctrl+", "hyper+x", "ab", "ctrl+ab", "\x1b"} {
		if key, err := drive.ParseKey(name); err == nil {
			t.Errorf("%q is the key %q", name, key.String())
		}
	}
	if key, _ := drive.ParseKey("A"); key.Text != "A" || key.Code != 'a' || key.Mod != tea.ModShift {
		t.Errorf("A is %+v, not as a terminal tells it", key)
	}
	if key, _ := drive.ParseKey("ctrl+k"); key.Text != "" {
		t.Error("ctrl+k is text")
	}
}

// FuzzParse: any text is a script or an error that names a line; no verb's goals
// are made of arguments that it cannot take.
func FuzzParse(f *testing.F) {
	for _, v := range drive.Verbs() {
		f.Add(v.Example)
	}
	f.Add("open \"A\" > B\ntype \"x\\\"\" \"\"\n# c\nkey ctrl++")
	f.Fuzz(func(t *testing.T, text string) {
		script, err := drive.Parse(text)
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("no line in %v", err)
			}
		}
		player := drive.NewPlayer(script)
		player.Fast = true
		player.Patience = 1
		frame := newShop().draw()
		for range 30 * (len(script) + 1) {
			if move := player.Next(frame, false); move.Done || move.Err != nil {
				return
			}
		}
	})
}
