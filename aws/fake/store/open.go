package store

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
)

// FileName is the name of the store's file in its folder.
const FileName = "sandbox.db"

const (
	// A lock held by another process is final: the timeout is as short as
	// bbolt lets it be, since zero would wait for ever.
	lockTimeout = time.Millisecond
	// The file grows by this much at a time, in bytes.
	growth = 4 << 20
	// The address space mapped from the start, in bytes: 4 GB, none where an int
	// is too small for it. Growing the mapping later has to wait for all readers;
	// this much makes that rare.
	mapped = math.MaxInt & (4 << 30)
)

// Options says how to open a store.
type Options struct {
	// Migrations bring a file to the newest layout; the version of a file is
	// how many of them it has had. A new file gets them all.
	Migrations []Migration
	// OpenFile replaces os.OpenFile for the store's file.
	OpenFile func(name string, flag int, mode os.FileMode) (*os.File, error)
}

// Migration is one step from a layout to the next. It runs once for a file, in
// a transaction of its own; if it fails, the file stays as the step before left it.
type Migration struct {
	Name  string
	Apply func(*Writer) error
}

// Open opens the store in a folder, making both if they are not there. Only one
// process may have a folder open: a second one gets ErrInUse at once.
func Open(dir string, opts Options) (*Store, error) {
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := create(dir, path, opts); err != nil {
			return nil, err
		}
	}
	s, err := open(path, opts)
	if err != nil {
		return nil, classified(path, err)
	}
	if err := s.prepare(opts.Migrations); err != nil {
		return nil, errors.Join(classified(path, err), s.db.Close())
	}
	return s, nil
}

func makeFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &Error{Class: ErrNotFolder, Path: dir}
	case errors.Is(err, os.ErrNotExist):
		if err = os.MkdirAll(dir, 0o700); err == nil {
			return syncFolder(filepath.Dir(dir))
		}
	}
	if isFull(err) {
		return &Error{Class: ErrFull, Path: dir, Cause: err}
	}
	if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return &Error{Class: ErrReadOnly, Path: dir, Cause: err}
	}
	return &Error{Class: ErrNoParent, Path: dir, Cause: err}
}

// create makes the file under another name and links it into place when it is
// complete, so that a process killed meanwhile leaves no half-made sandbox. If
// another process was first, its file stays.
func create(dir, path string, opts Options) (err error) {
	temporary, err := os.CreateTemp(dir, FileName+".*.new")
	if err != nil {
		return classified(dir, err)
	}
	defer func() { err = errors.Join(err, os.Remove(temporary.Name())) }()
	if err := temporary.Close(); err != nil {
		return classified(dir, err)
	}
	s, err := open(temporary.Name(), opts)
	if err != nil {
		return classified(dir, err)
	}
	if err := errors.Join(s.prepare(opts.Migrations), s.db.Close()); err != nil {
		return classified(dir, err)
	}
	if err := os.Link(temporary.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return classified(dir, err)
	}
	return syncFolder(dir)
}

// syncFolder makes a new name in a folder durable. Windows has no such call.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir) //nolint:gosec // the folder is the caller's choice
	if err != nil {
		return classified(dir, err)
	}
	// Some file systems refuse to sync a folder (EINVAL); they need not.
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return classified(dir, errors.Join(err, f.Close()))
}

func open(path string, opts Options) (s *Store, err error) {
	defer guard(&err)()
	config := &bbolt.Options{
		Timeout:      lockTimeout,
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
		OpenFile:     opts.OpenFile,
	}
	if runtime.GOOS != "windows" { // where the file itself would be as long
		config.InitialMmapSize = mapped
	}
	db, err := bbolt.Open(path, 0o600, config)
	if errors.Is(err, syscall.ENOMEM) { // a limit on address space
		config.InitialMmapSize = 0
		db, err = bbolt.Open(path, 0o600, config)
	}
	if err != nil {
		return nil, err
	}
	db.AllocSize = growth
	return newStore(path, db), nil
}

// guard turns a panic or memory fault, which bbolt has on a damaged file, into
// an error: use it as defer guard(&err)().
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if fault := recover(); fault != nil {
			*err = fmt.Errorf("%w: %v", errFault, fault)
		}
	}
}
