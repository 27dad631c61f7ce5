package lab_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/ui/lab"
)

func openStore(t *testing.T, dir string) *lab.Store {
	t.Helper()
	s, err := lab.OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestProgressComesBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "when", "needed")
	s := openStore(t, dir)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return at }
	s.Begin(parseLab(t, musicLab))
	s.Pass("music", "one", false)
	s.Pass("music", "two", true)
	s.Show("music", "three")
	s.Hint("music", "three", 2)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	again := openStore(t, dir)
	p := again.Progress("music")
	if again.Active() != "music" || !p.Started.Equal(at) || p.Current != "three" || p.Hints["three"] != 2 {
		t.Errorf("active %q, %+v", again.Active(), p)
	}
	if one, two := p.Done["one"], p.Done["two"]; !one.At.Equal(at) || one.Skipped || !two.Skipped {
		t.Errorf("done %+v", p.Done)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestDoneStepsStayDone(t *testing.T) {
	t.Parallel()
	s := openStore(t, t.TempDir())
	now := time.Unix(1, 0)
	s.Now = func() time.Time { return now }
	s.Begin(parseLab(t, musicLab))
	s.Pass("music", "one", false)
	now = time.Unix(2, 0)
	s.Pass("music", "one", true)
	if did := s.Progress("music").Done["one"]; did.At.Unix() != 1 || did.Skipped {
		t.Errorf("done again: %+v", did)
	}
	s.Begin(parseLab(t, musicLab))
	if p := s.Progress("music"); p.Started.Unix() != 1 || len(p.Done) != 1 {
		t.Errorf("resumed: %+v", p)
	}
}

func TestDamagedProgressIsSetAside(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"{", "[]", "null", `{"labs":{}}`, "\x00\x00"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "labs.json")
		for n := range 2 { // a second one does not replace the first
			if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := lab.OpenStore(dir)
			if !errors.Is(err, lab.ErrDamaged) {
				t.Fatalf("%q: %v", body, err)
			}
			aside := path + []string{".damaged", ".damaged-2"}[n]
			if kept, readErr := os.ReadFile(aside); readErr != nil || string(kept) != body || !strings.Contains(err.Error(), aside) {
				t.Errorf("%q: set aside as %q, %v; told: %v", body, kept, readErr, err)
			}
			s.Begin(parseLab(t, musicLab))
			if err := s.Save(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestNewerProgressIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const body = `{"schema":99,"labs":{"music":{"new":"things"}}}`
	path := filepath.Join(dir, "labs.json")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := lab.OpenStore(dir)
	if !errors.Is(err, lab.ErrNewer) {
		t.Fatalf("opened with %v", err)
	}
	s.Begin(parseLab(t, musicLab))
	if err := s.Save(); err != nil {
		t.Error(err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != body {
		t.Errorf("the file is now %q, %v", kept, err)
	}
}

func TestProgressThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	s := openStore(t, filepath.Join(file, "within"))
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(); err == nil || !strings.Contains(err.Error(), "save the labs' progress") {
		t.Errorf("saved where nothing can be: %v", err)
	}
}

func TestProgressOfManyAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openStore(t, dir)
	s.Begin(parseLab(t, musicLab))
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			s.Pass("music", string(rune('a'+i)), false)
			if err := s.Save(); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	if done := openStore(t, dir).Progress("music").Done; len(done) != 8 {
		t.Errorf("%d of 8 steps were kept", len(done))
	}
}

func TestResetForgets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openStore(t, dir)
	s.Begin(parseLab(t, musicLab))
	s.Pass("music", "one", false)
	if err := s.Reset("music"); err != nil {
		t.Fatal(err)
	}
	again := openStore(t, dir)
	if p := again.Progress("music"); again.Active() != "" || !p.Started.IsZero() || len(p.Done) != 0 {
		t.Errorf("after the reset: active %q, %+v", again.Active(), p)
	}
}
