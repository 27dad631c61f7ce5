package ui_test

import (
	"errors"
	"testing"

	"awslab/ui"
	"awslab/ui/nav"
)

// TestPasteKey pastes what was copied last: what the computer's clipboard has,
// else what the console copied itself.
func TestPasteKey(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		clipboard ui.Clipboard
		want      string
	}{
		"the computer's":            {ui.Clipboard{Read: func() (string, error) { return "Elsewhere", nil }}, "Elsewhere"},
		"the console's own":         {ui.Clipboard{}, "dynamodb:ListTables"},
		"a clipboard that fails":    {ui.Clipboard{Read: func() (string, error) { return "", errors.New("no display") }}, "dynamodb:ListTables"},
		"a clipboard that is empty": {ui.Clipboard{Read: func() (string, error) { return "", nil }}, "dynamodb:ListTables"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, setup{clipboard: c.clipboard})
			b.Send(nav.Copy{Text: "dynamodb:ListTables", What: "it"})
			b.see("Copied it")
			b.do(b.Run("open DynamoDB > Tables"))
			b.see("Tables (0)")
			b.do(b.Keys("n"))
			b.see("Partition key")
			b.do(b.Keys("ctrl+v"))
			b.see(c.want)
		})
	}
}

func TestPasteKeyWithNothingCopied(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("Tables (0)")
	b.do(b.Keys("n"))
	b.see("Partition key")
	b.do(b.Keys("ctrl+v"))
	b.see("Nothing was copied yet")
}

func TestBrowse(t *testing.T) {
	t.Parallel()
	var opened []string
	b := open(t, setup{browse: func(url string) error { opened = append(opened, url); return nil }})
	b.Send(nav.Browse{URL: "http://127.0.0.1:4566/x"})
	b.see("Opened http://127.0.0.1:4566/x in the browser")
	if len(opened) != 1 || opened[0] != "http://127.0.0.1:4566/x" {
		t.Errorf("opened %q", opened)
	}

	b = open(t, setup{browse: func(string) error { return errors.New("it crashed") }})
	b.Send(nav.Browse{URL: "http://127.0.0.1:4566/x"})
	b.see("The URL was not opened", "it crashed")

	b = open(t, setup{})
	b.Send(nav.Browse{URL: "http://127.0.0.1:4566/x"})
	b.see("The URL was not opened", "no browser to open")
}
