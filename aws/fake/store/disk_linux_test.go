package store

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// disk is a file whose disk can fill up: while it is full, its descriptor is
// one of /dev/full, and the system itself refuses what is written.
type disk struct {
	t    *testing.T
	file *os.File
	real int // a second descriptor of the file, which keeps its lock
}

func (d *disk) open(name string, flag int, mode os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag, mode)
	d.file = f
	return f, err
}

func (d *disk) fill() {
	d.t.Helper()
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	if d.real, err = syscall.Dup(int(d.file.Fd())); err != nil {
		d.t.Fatal(err)
	}
	err = errors.Join(syscall.Dup3(int(full.Fd()), int(d.file.Fd()), syscall.O_CLOEXEC), full.Close())
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) free() {
	d.t.Helper()
	err := errors.Join(syscall.Dup3(d.real, int(d.file.Fd()), syscall.O_CLOEXEC), syscall.Close(d.real))
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	made, err := Open(dir, Options{Migrations: first()})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	d := &disk{t: t}
	s, err := Open(dir, Options{Migrations: first(), OpenFile: d.open})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 20 { // so that there are free pages, and the file need not grow
		put(t, s, "key", fmt.Sprint(n))
	}
	d.fill()
	for range 3 {
		err := s.Update(func(w *Writer) error {
			w.Put("b", []byte("key"), []byte("lost"))
			return nil
		})
		if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), dir) {
			t.Fatalf("writing on a full disk gives %v", err)
		}
		if got := get(t, s, "key"); got != "19" {
			t.Fatalf("the value is %q while the disk is full", got)
		}
	}
	d.free()
	put(t, s, "key", "kept")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := get(t, opened(t, dir), "key"); got != "kept" {
		t.Errorf("the value is %q in the end", got)
	}
}
