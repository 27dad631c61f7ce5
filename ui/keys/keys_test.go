package keys_test

import (
	"os"
	"strings"
	"testing"

	"awslab/ui/keys"

	tea "charm.land/bubbletea/v2"
)

func TestTableIsSound(t *testing.T) {
	t.Parallel()
	ids := map[keys.ID]bool{}
	for _, a := range keys.Actions() {
		if ids[a.ID] {
			t.Errorf("%s is there twice", a.ID)
		}
		ids[a.ID] = true
		if len(a.Keys) == 0 || a.Label == "" || a.Help == "" || a.Group == "" {
			t.Errorf("%s lacks a key, a label, a help text or a group", a.ID)
		}
	}
}

// TestKeysDoNotClash: actions that can be at work together share no key. The
// guide's keys are at work only while the guide has the keyboard.
func TestKeysDoNotClash(t *testing.T) {
	t.Parallel()
	for _, together := range [][]keys.Group{
		{keys.Everywhere, keys.Lists, keys.Pages},
		{keys.Everywhere, keys.Guide},
	} {
		owner := map[string]keys.ID{}
		for _, a := range keys.Actions() {
			for _, g := range together {
				if a.Group != g {
					continue
				}
				for _, k := range a.Keys {
					if other, taken := owner[k]; taken {
						t.Errorf("%s is the key of %s and of %s", k, other, a.ID)
					}
					owner[k] = a.ID
				}
			}
		}
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	b := keys.Bind(keys.Palette, func() tea.Cmd { return nil })
	if !b.Match(tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl}) || !b.Match(tea.KeyPressMsg{Code: ':', Text: ":"}) {
		t.Error("the palette's keys do not open it")
	}
	if b.Match(tea.KeyPressMsg{Code: 'k', Text: "k"}) {
		t.Error("k alone opens the palette")
	}
}

func TestTyped(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"a": true, "A": true, "é": true, "space": true, "left": true, "shift+left": true, "backspace": true, "?": true, ":": true,
		"ctrl+a": false, "alt+s": false, "enter": false, "esc": false, "tab": false, "f2": false, "up": false, "pgdown": false,
	} {
		if keys.Typed(key) != want {
			t.Errorf("Typed(%q) is %v", key, !want)
		}
	}
}

// TestReadmeListsTheKeys holds the README's list to the table.
func TestReadmeListsTheKeys(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range keys.Markdown() {
		if !strings.Contains(string(readme), row+"\n") {
			t.Errorf("README.md lacks the row\n%s", row)
		}
	}
}

func TestInFormShowsAKeyThatIsNoText(t *testing.T) {
	t.Parallel()
	for id, want := range map[keys.ID]string{keys.Copy: "alt+y", keys.Save: "ctrl+s", keys.Help: "f1", keys.Refresh: "f5"} {
		b := keys.Bind(id, nil)
		if in := b.InForm(); in.Keys[0] != want || len(in.Keys) != len(b.Keys) {
			t.Errorf("%s: %v", id, in.Keys)
		}
	}
}
