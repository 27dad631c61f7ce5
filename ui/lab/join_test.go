package lab_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws/trail"
	"awslab/ui/lab"
	"awslab/ui/lab/spec"
)

// second is another program at the same place.
func (w *world) second() *world {
	return &world{t: w.t, below: w.below, trail: trail.New(w.below, trail.Options{}), store: openStore(w.t, w.dir), dir: w.dir}
}

func (w *world) save() {
	w.t.Helper()
	if err := w.store.Save(); err != nil {
		w.t.Fatal(err)
	}
}

// written tells what is written down for a lab on disk.
func (w *world) written(id string) string {
	w.t.Helper()
	p := openStore(w.t, w.dir).Progress(id)
	text := ""
	for _, r := range p.Resources {
		text += r.Name
		if r.Identity == "" {
			text += "?"
		}
		text += " "
	}
	for _, step := range []string{"one", "two", "three"} {
		if _, done := p.Done[step]; done {
			text += step + " "
		}
	}
	return strings.TrimSpace(text)
}

// TestTwoProgramsLoseNothingOfEachOther, in two labs and in one.
func TestTwoProgramsLoseNothingOfEachOther(t *testing.T) {
	t.Parallel()
	one := newWorld(t, 0)
	music := parseLab(t, musicLab)
	dance := parseLab(t, strings.NewReplacer("id: music", "id: dance", "number: 7", "number: 8").Replace(musicLab))
	watching(t, one)
	one.store.Begin(music)
	one.create("Music")
	one.save()
	two := one.second()
	watching(t, two)
	begin := func(w *world, l *spec.Lab, tables ...string) {
		w.store.Begin(l)
		for _, name := range tables {
			w.create(name)
		}
		w.save()
	}
	begin(two, dance, "Dance")
	one.store.Pass("music", "one", false)
	one.save()
	if music, dance := one.written("music"), one.written("dance"); music != "Music one" || dance != "Dance" {
		t.Errorf("written down: %q and %q", music, dance)
	}
	// What the other has done in a lab that is not touched here counts here, too.
	if _, done := two.store.Progress("music").Done["one"]; done {
		t.Error("it is known before it is read")
	}
	begin(two, music, "Books")
	one.store.Pass("music", "two", false)
	begin(one, music, "Notes")
	two.store.Pass("music", "three", false)
	two.save()
	if got := one.written("music"); got != "Music Books Notes one two three" {
		t.Errorf("of one lab in both is written down: %q", got)
	}
	// What one has deleted stays forgotten.
	if _, err := lab.End(t.Context(), one.trail.Cloud(), openStore(t, one.dir), music); err != nil {
		t.Fatal(err)
	}
	two.save()
	if got := one.written("music"); got != "one two three" {
		t.Errorf("after its end there is written down: %q", got)
	}
	if tables := one.tables(); tables != "Dance" {
		t.Errorf("tables %s", tables)
	}
}

// TestAnIdentityThatComesLaterIsKept by a program that has read the file before.
func TestAnIdentityThatComesLaterIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	file := filepath.Join(w.dir, lab.ProgressFile)
	write := func(identity string) {
		t.Helper()
		const text = `{"schema":1,"labs":{"music":{"resources":[{"kind":"dynamodb:table","name":"Music","identity":"ID","asked":"2026-01-01T00:00:00Z"}]}}}`
		if err := os.WriteFile(file, []byte(strings.Replace(text, "ID", identity, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("")
	w = w.second()
	write("7")
	w.store.Pass("music", "one", false)
	w.save()
	if got := w.written("music"); got != "Music one" {
		t.Errorf("written down: %q", got)
	}
	if err := os.WriteFile(file, []byte(`{"schema":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.store.Pass("music", "two", false)
	if err := w.store.Save(); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("over a newer awslab's file it saves with %v", err)
	}
	if body, err := os.ReadFile(file); err != nil || string(body) != `{"schema":99}` {
		t.Errorf("the newer file is %s, %v", body, err)
	}
}
