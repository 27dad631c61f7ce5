package drive_test

import (
	"strings"
	"testing"

	"awslab/ui/drive"
)

func TestPastesOverAnEditor(t *testing.T) {
	t.Parallel()
	console := newNotepad("{\n  \"old\": 1\n}\n")
	code := strings.Repeat("export const é = '日'; // a line\n", 300)
	script, err := drive.Parse("paste \"Event JSON\" index.mjs\nwait \"index\"")
	if err != nil {
		t.Fatal(err)
	}
	given, faults := script.Give(func(name string) (string, bool) { return code, name == "index.mjs" })
	if len(faults) > 0 || given[0].Args[1] != code || script[0].Args[1] != "index.mjs" || given[1].Args[0] != "index" {
		t.Fatalf("%+v, %v", given, faults)
	}
	if err := start(t, console).Play(given[:1]); err != nil {
		t.Fatal(err)
	}
	if got := console.editor.Value(); got != code {
		t.Errorf("it reads\n%s", got)
	}
}

func TestThereIsNothingToPaste(t *testing.T) {
	t.Parallel()
	script, err := drive.Parse("press A\n\npaste \"Code\" other.mjs")
	if err != nil {
		t.Fatal(err)
	}
	_, faults := script.Give(func(string) (string, bool) { return "", false })
	if len(faults) != 1 || faults[0].Error() != `line 3: there is no code "other.mjs" to paste` {
		t.Errorf("%v", faults)
	}
	for _, line := range []string{"paste", "paste \"A\"", "paste \"A"} {
		if _, err := drive.Parse(line); err == nil {
			t.Errorf("%q can be played", line)
		}
	}
}

func TestUnfoldsALine(t *testing.T) {
	t.Parallel()
	console := newShop()
	if err := start(t, console).Run("open DynamoDB > Tables\nunfold \"song 1\""); err != nil {
		t.Fatal(err)
	}
	if console.rows[console.row] != "Psy" || len(console.log) > 0 {
		t.Errorf("the row is %s, and %v", console.rows[console.row], console.log)
	}
}
