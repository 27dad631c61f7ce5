package fake

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"awslab/aws/fake/lambda/deployment"
	"awslab/aws/fake/store"
)

// Reset deletes all that a sandbox keeps in its folder, and only that: other
// files in it stay. A damaged sandbox can be reset, too; one that another
// process has open is left alone, with ErrInUse. A folder that is not there is
// as good as reset.
func Reset(dir string) error {
	path := filepath.Join(dir, store.FileName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s, err := Open(dir, Options{})
	switch {
	case err == nil:
		if err := s.Close(); err != nil {
			return fmt.Errorf("reset the sandbox: %w", err)
		}
	case errors.Is(err, ErrCorrupt):
	default:
		return fmt.Errorf("reset the sandbox: %w", err)
	}
	// Unpacked code is read-only, so it takes more than RemoveAll.
	if err := errors.Join(os.Remove(path), os.RemoveAll(filepath.Join(dir, store.ObjectsFolder)), deployment.Remove(filepath.Join(dir, codeFolder))); err != nil {
		return fmt.Errorf("reset the sandbox: %w", err)
	}
	return nil
}
