package deployment

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// The modes of what is unpacked: nobody writes to a function's code.
const (
	modeFile    = 0o444
	modeProgram = 0o555
	modeFolder  = 0o555
)

// Unpack writes the package's files into a folder, which must be empty, and
// makes them and the folders read-only. Anything that is wrong with a file's
// data is ErrBroken, more bytes than allowed ErrTooBig; other errors are the
// disk's. What was written before an error stays.
func (p *Package) Unpack(dir string) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	for _, folder := range p.folders {
		if err := root.Mkdir(folder, 0o755); err != nil {
			return twice(folder, err)
		}
	}
	left := int64(MaxUnzipped) - 1
	for _, f := range p.files {
		n, err := f.unpack(root, left)
		if err != nil {
			return err
		}
		left -= n
	}
	for i := len(p.folders) - 1; i >= 0; i-- {
		if err := root.Chmod(p.folders[i], modeFolder); err != nil {
			return err
		}
	}
	return nil
}

// unpack writes one file of at most limit bytes and tells how many it has.
func (f file) unpack(root *os.Root, limit int64) (n int64, err error) {
	data, err := f.entry.Open()
	if err != nil {
		return 0, &refusal{ErrBroken, f.entry.Name, "cannot be read: " + err.Error()}
	}
	defer func() { err = errors.Join(err, data.Close()) }()
	out, err := root.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, twice(f.entry.Name, err)
	}
	n, err = io.Copy(out, io.LimitReader(reading{data, f.entry}, limit+1))
	if err == nil && n > limit {
		err = ErrTooBig
	}
	mode := fs.FileMode(modeFile)
	if f.entry.Mode()&0o111 != 0 {
		mode = modeProgram
	}
	return n, errors.Join(err, out.Close(), root.Chmod(f.path, mode))
}

// twice tells a file system that takes two names for one from other faults.
func twice(name string, err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.ENOTDIR) {
		return &refusal{ErrUnsafe, name, "is there twice, as this computer sees it"}
	}
	return err
}

// reading marks what goes wrong with an entry's data, to tell it from the disk.
type reading struct {
	data  io.Reader
	entry *zip.File
}

func (r reading) Read(p []byte) (int, error) {
	n, err := r.data.Read(p)
	if err != nil && err != io.EOF {
		err = &refusal{ErrBroken, r.entry.Name, "cannot be read: " + err.Error()}
	}
	return n, err
}

// Remove deletes an unpacked package, read-only as it is.
func Remove(dir string) error {
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			err = os.Chmod(path, 0o700) //nolint:gosec // a folder, and not for others
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete the unpacked code: %w", err)
	}
	return os.RemoveAll(dir)
}
