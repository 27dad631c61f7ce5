package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"
)

// file makes a file with some content and gives its path.
func file(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	failing := func(err error) func(string, int, os.FileMode) (*os.File, error) {
		return func(name string, _ int, _ os.FileMode) (*os.File, error) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
	}
	for name, c := range map[string]struct {
		prepare func(t *testing.T, dir string) string // gives the folder to open
		opts    Options
		want    error
	}{
		"a folder in use": {want: ErrInUse, prepare: func(t *testing.T, dir string) string {
			opened(t, dir)
			return dir
		}},
		"a file": {want: ErrNotFolder, prepare: func(t *testing.T, dir string) string {
			return file(t, filepath.Join(dir, "file"), nil)
		}},
		"a folder in a file": {want: ErrNoParent, prepare: func(t *testing.T, dir string) string {
			return filepath.Join(file(t, filepath.Join(dir, "file"), nil), "folder")
		}},
		"another program's file": {want: ErrNotSandbox, prepare: func(t *testing.T, dir string) string {
			db, err := bbolt.Open(filepath.Join(dir, FileName), 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bbolt.Tx) error {
				_, err := tx.CreateBucket([]byte("theirs"))
				return err
			})
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			return dir
		}},
		"a text": {want: ErrNotSandbox, prepare: func(t *testing.T, dir string) string {
			file(t, filepath.Join(dir, FileName), []byte(strings.Repeat("some text\n", 2000)))
			return dir
		}},
		"a file cut off": {want: ErrCorrupt, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			if err := os.Truncate(path, 1<<15); err != nil {
				t.Fatal(err)
			}
			return dir
		}},
		"a newer version": {want: ErrNewer, prepare: func(t *testing.T, dir string) string {
			s, err := Open(dir, Options{Migrations: slices.Repeat(first(), 3)})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return dir
		}},
		"a folder that is not to be read": {want: ErrReadOnly, opts: Options{OpenFile: failing(fs.ErrPermission)}},
		"a read-only file system":         {want: ErrReadOnly, opts: Options{OpenFile: failing(syscall.EROFS)}},
		"a full disk":                     {want: ErrFull, opts: Options{OpenFile: failing(syscall.ENOSPC)}},
		"a full quota":                    {want: ErrFull, opts: Options{OpenFile: failing(syscall.EDQUOT)}},
		"a broken disk":                   {want: ErrDisk, opts: Options{OpenFile: failing(syscall.EIO)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if c.prepare != nil {
				dir = c.prepare(t, dir)
			}
			c.opts.Migrations = first()
			s, err := Open(dir, c.opts)
			if err == nil {
				t.Fatal(errors.Join(errors.New("it opens"), s.Close()))
			}
			var failure *Error
			if !errors.Is(err, c.want) || !errors.As(err, &failure) {
				t.Fatalf("error is %v, want %v", err, c.want)
			}
			if !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), advice[c.want]) {
				t.Errorf("the message lacks the path or what to do: %v", err)
			}
		})
	}
}

// TestOpenAsOrdinaryUser needs a user whom modes stop; root is not.
func TestOpenAsOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{dir, filepath.Join(dir, "folder")} {
		if _, err := Open(dir, Options{Migrations: first()}); !errors.Is(err, ErrReadOnly) {
			t.Errorf("opening %s gives %v", dir, err)
		}
	}
}

// filled makes a store of some hundred kilobytes and gives its file.
func filled(t testing.TB, dir string) string {
	t.Helper()
	s, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 3 { // pages are freed and used again
		err := s.Update(func(w *Writer) error {
			for n := range 400 {
				w.Put("b", fmt.Appendf(nil, "key %d", n*(round+1)), slices.Repeat([]byte("value"), 20))
			}
			w.Drop(fmt.Sprint("space", round-1))
			w.Put(fmt.Sprint("space", round), []byte("k"), []byte("v"))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, FileName)
}

// TestDamage flips bytes in the heads of a store's pages: opening and reading it
// may fail, but only with an error.
func TestDamage(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(filled(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 0))
		damaged := slices.Clone(whole)
		for range 1 + random.IntN(20) {
			damaged[random.IntN(len(damaged)/4096)*4096+random.IntN(64)] = byte(random.Uint32())
		}
		dir := t.TempDir()
		file(t, filepath.Join(dir, FileName), damaged)
		err := readAll(dir)
		var failure *Error
		if err != nil && !errors.As(err, &failure) {
			t.Errorf("seed %d: %T: %v", seed, err, err)
		}
		if err != nil {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no damage was found at all")
	}
}

// readAll opens a store and reads all of a bucket.
func readAll(dir string) error {
	s, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		return err
	}
	err = s.View(func(r *Reader) error {
		c := r.Cursor("b")
		for k, _ := c.Seek(nil); k != nil; k, _ = c.Next() {
			r.Get("b", k)
		}
		return nil
	})
	if closing := s.Close(); err == nil {
		err = closing
	}
	return err
}

func TestMigrations(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, "name", "Ann")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	rename := Migration{Name: "rename a key", Apply: func(w *Writer) error {
		w.Put("b", []byte("first name"), w.Get("b", []byte("name")))
		w.Delete("b", []byte("name"))
		return nil
	}}
	copyOver := Migration{Name: "copy what the one before made", Apply: func(w *Writer) error {
		w.Put("b", []byte("copy"), w.Get("b", []byte("first name")))
		return nil
	}}
	failing := Migration{Name: "fail", Apply: func(*Writer) error { return broken }}

	if _, err := Open(dir, Options{Migrations: append(first(), rename, failing)}); !errors.Is(err, broken) || !strings.Contains(err.Error(), "migration 3 (fail)") {
		t.Fatalf("a failing migration gives %v", err)
	}
	if _, err := Open(dir, Options{Migrations: first()}); !errors.Is(err, ErrNewer) {
		t.Fatalf("an older version gives %v", err)
	}
	for range 2 { // the second time there is nothing to do
		s, err = Open(dir, Options{Migrations: append(first(), rename, copyOver)})
		if err != nil {
			t.Fatal(err)
		}
		if a, b, c := get(t, s, "name"), get(t, s, "first name"), get(t, s, "copy"); a != "" || b != "Ann" || c != "Ann" {
			t.Errorf("values are %q, %q, %q", a, b, c)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
