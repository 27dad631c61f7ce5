// Package file writes the console's own small files so that they are always
// whole: the labs' progress, and where the user was.
package file

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Replace writes a file anew, so that after a crash at any moment it is either
// as it was or all new: it is written beside its place, synced, and renamed.
// The folder is made if it is not there.
func Replace(path string, body []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(dir)
}

// syncFolder makes a rename last. Windows keeps folders by itself and refuses
// to be asked.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir) // #nosec G304 -- the folder that was just written to
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
