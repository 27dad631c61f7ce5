package lab_test

import (
	"strings"
	"testing"

	"awslab/ui/drive"
	"awslab/ui/lab"
)

// codeLab gives code to paste.
var codeLab = strings.Replace(musicLab, "Make it now.\n", "Make it now.\n\n```code index.mjs\n"+strings.Repeat("const line = 1;\n", 30)+"```\n\nThen go on.\n", 1)

func TestCodeIsShownInPartAndCopiedWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t, newWorld(t, 0), lab.NewLibrary(parseLab(t, codeLab)))
	s := drive.Start(t.Context(), d, 130, 60)
	t.Cleanup(s.Close)
	keys(t, s, "S", "n")
	see(t, s, "index.mjs", "12 │ const line = 1;", "… 30 lines in all", "Then go on.", "y Copy code")
	if screen := s.Screen(); strings.Contains(screen, "13 │") || strings.Contains(screen, "ctrl+f find") {
		t.Errorf("more than the first lines is shown:\n%s", screen)
	}
	keys(t, s, "y")
	want := strings.Repeat("const line = 1;\n", 30)
	if err := s.WaitUntil(t.Context(), "nothing was copied", func() bool { return d.copied.Text != "" }); err != nil {
		t.Fatal(err)
	}
	if d.copied.Text != want || d.copied.What != "the code of index.mjs" {
		t.Errorf("copied %+v", d.copied)
	}
}

func TestShortCodeIsShownWhole(t *testing.T) {
	t.Parallel()
	short := strings.Replace(codeLab, strings.Repeat("const line = 1;\n", 30), "a;\nb;\n", 1)
	d := newDesk(t, newWorld(t, 0), lab.NewLibrary(parseLab(t, short)))
	s := drive.Start(t.Context(), d, 130, 60)
	t.Cleanup(s.Close)
	keys(t, s, "S", "n")
	see(t, s, "a;", "b;", "2 lines in all")
	if strings.Contains(s.Screen(), "…") {
		t.Errorf("more is said to be there:\n%s", s.Screen())
	}
}
