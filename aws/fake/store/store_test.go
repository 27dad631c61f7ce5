package store

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"go.etcd.io/bbolt"
)

// first is the one migration of the stores tested here.
func first() []Migration {
	return []Migration{{Name: "first", Apply: func(w *Writer) error {
		w.Put("made", []byte("by"), []byte("test"))
		return nil
	}}}
}

func opened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t *testing.T, s *Store, key, value string) {
	t.Helper()
	err := s.Update(func(w *Writer) error {
		w.Put("b", []byte(key), []byte(value))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, s *Store, key string) string {
	t.Helper()
	var value []byte
	err := s.View(func(r *Reader) error {
		value = bytes.Clone(r.Get("b", []byte(key)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(value)
}

// commits counts the transactions that the file has had.
func commits(t *testing.T, s *Store) int {
	t.Helper()
	n := 0
	err := s.db.View(func(tx *bbolt.Tx) error {
		n = tx.ID()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDataSurvives(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "some", "new", "folder")
	s, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, "key", "value")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := get(t, opened(t, dir), "key"); got != "value" {
		t.Errorf("after opening again the value is %q", got)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != FileName {
		t.Errorf("the folder has %v, %v", files, err)
	}
}

func TestUpdateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	put(t, s, "a", "1")
	before := commits(t, s)
	refused := errors.New("refused")
	err := s.Update(func(w *Writer) error {
		w.Put("b", []byte("a"), []byte("2"))
		w.Put("c", []byte("new"), []byte("bucket"))
		w.Drop("made")
		if got := string(w.Get("b", []byte("a"))); got != "1" {
			t.Errorf("a writer sees its own write: %q", got)
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("error is %v", err)
	}
	if got := get(t, s, "a"); got != "1" {
		t.Errorf("a refused write leaves %q", got)
	}
	err = s.View(func(r *Reader) error {
		if r.Has("c") || !r.Has("made") {
			t.Error("a refused write left a bucket, or dropped one")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := s.Update(func(*Writer) error { return nil }); err != nil {
		t.Error(err)
	}
	if now := commits(t, s); now != before {
		t.Errorf("writing nothing took %d commits", now-before)
	}
}

func TestWritesTakeEffectInOrder(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	err := s.Update(func(w *Writer) error {
		w.Put("b", []byte("a"), []byte("1"))
		w.Drop("b")
		w.Put("b", []byte("x"), nil)
		w.Put("b", []byte("y"), []byte("2"))
		w.Delete("b", []byte("x"))
		w.Delete("b", []byte("never"))
		w.Delete("nowhere", []byte("x"))
		w.Drop("nowhere")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	err = s.View(func(r *Reader) error {
		c := r.Cursor("b")
		for k, _ := c.Seek(nil); k != nil; k, _ = c.Next() {
			keys = append(keys, string(k))
		}
		if k, _ := r.Cursor("nowhere").Seek(nil); k != nil || r.Has("nowhere") {
			t.Error("a bucket came from nowhere")
		}
		return nil
	})
	if err != nil || fmt.Sprint(keys) != "[y]" {
		t.Errorf("keys are %v, %v", keys, err)
	}
}

func TestCursor(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	for n := range 1000 { // more than a page
		put1000 := fmt.Sprintf("%04d", 2*n)
		if n%100 == 0 {
			put(t, s, put1000, "x")
		}
	}
	at := func(k, _ []byte) string { return string(k) }
	err := s.View(func(r *Reader) error {
		for _, c := range []struct{ got, want string }{
			{at(r.Cursor("b").Seek([]byte("0001"))), "0200"},
			{at(r.Cursor("b").SeekBefore([]byte("0200"))), "0000"},
			{at(r.Cursor("b").SeekBefore([]byte("0201"))), "0200"},
			{at(r.Cursor("b").SeekBefore([]byte("9999"))), "1800"},
			{at(r.Cursor("b").SeekBefore([]byte("0000"))), ""},
			{at(r.Cursor("b").Seek([]byte("9999"))), ""},
			{at(r.Cursor("b").Last()), "1800"},
			{at(r.Cursor("none").Last()), ""},
			{at(r.Cursor("none").SeekBefore([]byte("x"))), ""},
		} {
			if c.got != c.want {
				t.Errorf("cursor is at %q, want %q", c.got, c.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWritersShareACommit(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	before := commits(t, s)
	const others = 15
	running, release := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		err := s.Update(func(w *Writer) error {
			close(running)
			<-release
			w.Put("b", []byte("first"), []byte("1"))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-running
	refused := errors.New("refused")
	for n := range others {
		wait.Go(func() {
			err := s.Update(func(w *Writer) error {
				w.Put("b", fmt.Append(nil, n), w.Get("b", []byte("first")))
				if n == 7 {
					return refused
				}
				return nil
			})
			if (n == 7) != errors.Is(err, refused) {
				t.Errorf("writer %d gets %v", n, err)
			}
		})
	}
	for queued := 0; queued < others; { // all are waiting for the first
		s.mu.Lock()
		queued = len(s.queue)
		s.mu.Unlock()
	}
	close(release)
	wait.Wait()
	if n := commits(t, s) - before; n != 2 {
		t.Errorf("%d commits, want that of the first and one of the others", n)
	}
	for n := range others {
		want := "1"
		if n == 7 {
			want = ""
		}
		if got := get(t, s, fmt.Sprint(n)); got != want {
			t.Errorf("writer %d left %q, want %q", n, got, want)
		}
	}
}

func TestConcurrentUpdatesCount(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	const writers, each = 8, 25
	var wait sync.WaitGroup
	for range writers {
		wait.Go(func() {
			for range each {
				err := s.Update(func(w *Writer) error {
					w.Put("b", []byte("n"), append(bytes.Clone(w.Get("b", []byte("n"))), 'x'))
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got := len(get(t, s, "n")); got != writers*each {
		t.Errorf("count is %d, want %d", got, writers*each)
	}
}

func TestAPanicFailsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	for name, call := range map[string]func() error{
		"update": func() error { return s.Update(func(*Writer) error { panic("oh") }) },
		"view":   func() error { return s.View(func(*Reader) error { panic("oh") }) },
	} {
		if err := call(); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	put(t, s, "a", "1")
	if got := get(t, s, "a"); got != "1" {
		t.Errorf("value is %q", got)
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	s, err := Open(t.TempDir(), Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := s.View(func(*Reader) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("View gives %v", err)
	}
	if err := s.Update(func(*Writer) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("Update gives %v", err)
	}
}
