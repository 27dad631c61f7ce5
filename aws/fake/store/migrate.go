package store

import (
	"encoding/binary"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// The store's own bucket says what the file is.
var (
	metaBucket = []byte("sandbox")
	versionKey = []byte("version")
)

// prepare checks that the file is a sandbox of a version this program knows,
// whole as far as can be told at once, and brings it to the newest layout.
func (s *Store) prepare(migrations []Migration) (err error) {
	defer guard(&err)()
	var version int
	err = s.db.View(func(tx *bbolt.Tx) error {
		if err := s.checkLength(tx); err != nil {
			return err
		}
		version, err = s.version(tx)
		return err
	})
	switch {
	case err != nil:
		return err
	case version > len(migrations):
		cause := fmt.Errorf("its layout is version %d, this program knows %d", version, len(migrations))
		return &Error{Class: ErrNewer, Path: s.path, Cause: cause}
	case version == len(migrations):
		return nil
	}
	for n, m := range migrations[version:] {
		if err := s.migrate(m, version+n+1); err != nil {
			return err
		}
	}
	return nil
}

// migrate applies one step and notes it, in one transaction.
func (s *Store) migrate(m Migration, version int) error {
	return s.Update(func(w *Writer) error {
		if err := m.Apply(w); err != nil {
			return fmt.Errorf("migration %d (%s): %w", version, m.Name, err)
		}
		w.Put(string(metaBucket), versionKey, binary.AppendVarint(nil, int64(version)))
		return nil
	})
}

// version reads the layout's version: 0 for a file just made. A file with
// buckets but no version is some other program's.
func (s *Store) version(tx *bbolt.Tx) (int, error) {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		if first, _ := tx.Cursor().First(); first != nil {
			return 0, &Error{Class: ErrNotSandbox, Path: s.path}
		}
		return 0, nil
	}
	version, n := binary.Varint(meta.Get(versionKey))
	if n <= 0 {
		return 0, &Error{Class: ErrCorrupt, Path: s.path}
	}
	return int(version), nil
}

// checkLength finds a file that lost its end: bbolt reads through a memory map,
// where a missing page is a fault, not an error.
func (s *Store) checkLength(tx *bbolt.Tx) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		cause := fmt.Errorf("%d bytes of %d are there", info.Size(), tx.Size())
		return &Error{Class: ErrCorrupt, Path: s.path, Cause: cause}
	}
	return nil
}
