package store

import (
	cryptorand "crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// ObjectsFolder is the name of the folder of blobs, beside the store's file.
const ObjectsFolder = "objects"

// BlobID names a blob. It is random, so that a name is never used twice.
type BlobID [16]byte

// String is the blob's file name: 32 hex digits.
func (id BlobID) String() string { return hex.EncodeToString(id[:]) }

// ErrBlob is the class of a blob that is missing or damaged; the error names its
// file.
var ErrBlob = errors.New("an object's file is missing or damaged")

// OpenFile opens files as os.OpenFile does.
type OpenFile func(name string, flag int, mode os.FileMode) (*os.File, error)

// Objects keeps blobs, each a file in one folder: written once, never changed.
// Which blobs are in use is in the store, written when the blob is durable; a
// blob that the store does not know, whole or not, is a leftover, which nobody
// reads and Sweep deletes. So a blob has its final name from the start: renaming
// it would tell nobody anything and cost one more wait for the disk. The caller
// ends it with Close.
type Objects struct {
	dir    string
	open   OpenFile
	folder folderSync

	mu      sync.Mutex
	writing map[BlobID]bool // until the store knows them, or they are discarded
	pins    map[BlobID]int  // how many readers each has
	doomed  map[BlobID]bool // to be deleted when the last reader is done
	leaving map[BlobID]bool // being deleted now
	spares  spares
}

// OpenObjects opens the blobs of a sandbox's folder, which must be there. The
// folder of the blobs is made when the first is written. OpenFile may be nil.
func OpenObjects(dir string, open OpenFile) *Objects {
	if open == nil {
		open = os.OpenFile
	}
	dir = filepath.Join(dir, ObjectsFolder)
	return &Objects{
		dir: dir, open: open, folder: folderSync{dir: dir, baton: make(chan struct{}, 1), next: newRound()},
		writing: map[BlobID]bool{}, pins: map[BlobID]int{}, doomed: map[BlobID]bool{}, leaving: map[BlobID]bool{},
	}
}

// Path is the file of a blob.
func (o *Objects) Path(id BlobID) string { return filepath.Join(o.dir, id.String()) }

// Create begins a blob. The caller ends it with Discard or, when the store
// knows it, with Release.
func (o *Objects) Create() (*Blob, error) {
	if b := o.takeSpare(); b != nil {
		return b, nil
	}
	return o.begin()
}

// begin makes the file of a blob.
func (o *Objects) begin() (*Blob, error) {
	b, err := o.name()
	if err != nil {
		return nil, err
	}
	if b.file, err = o.create(o.Path(b.ID)); err != nil {
		b.Release()
		return nil, classified(o.dir, err)
	}
	return b, nil
}

// name makes the name of a blob, which is not swept from now on.
func (o *Objects) name() (*Blob, error) {
	b := &Blob{objects: o}
	if _, err := cryptorand.Read(b.ID[:]); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.writing[b.ID] = true
	return b, nil
}

func (o *Objects) create(name string) (*os.File, error) {
	const flag = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := o.open(name, flag, 0o600)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := makeFolder(o.dir); err != nil {
		return nil, err
	}
	return o.open(name, flag, 0o600)
}

// Remove deletes blobs that the store no longer knows. Those that are being
// read go when their readers are done.
func (o *Objects) Remove(ids ...BlobID) error {
	o.mu.Lock()
	var now []BlobID
	for _, id := range ids {
		if o.pins[id] > 0 {
			o.doomed[id] = true
			continue
		}
		o.leaving[id] = true
		if !o.reuse(id) {
			now = append(now, id)
		}
	}
	o.mu.Unlock()
	return o.delete(now)
}

// delete deletes the files of blobs that are leaving.
func (o *Objects) delete(ids []BlobID) error {
	var failed error
	for _, id := range ids {
		if err := os.Remove(o.Path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, classified(o.Path(id), err))
		}
	}
	o.mu.Lock()
	for _, id := range ids {
		delete(o.leaving, id)
	}
	o.mu.Unlock()
	return failed
}

// Pin keeps blobs from being deleted until Unpin. It reports false, and pins
// none, when some of them are being deleted already.
func (o *Objects) Pin(ids ...BlobID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, id := range ids {
		if o.leaving[id] {
			return false
		}
	}
	for _, id := range ids {
		o.pins[id]++
	}
	return true
}

// Unpin undoes one Pin, and deletes what was only kept for it.
func (o *Objects) Unpin(ids ...BlobID) error {
	o.mu.Lock()
	var now []BlobID
	for _, id := range ids {
		o.pins[id]--
		if o.pins[id] > 0 {
			continue
		}
		delete(o.pins, id)
		if o.doomed[id] {
			delete(o.doomed, id)
			o.leaving[id] = true
			if !o.reuse(id) {
				now = append(now, id)
			}
		}
	}
	o.mu.Unlock()
	return o.delete(now)
}

// Open opens a pinned blob of a known size, in bytes. A blob that is missing or
// of another size is ErrBlob.
func (o *Objects) Open(id BlobID, size int64) (*os.File, error) {
	path := o.Path(id)
	f, err := o.open(path, os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Class: ErrBlob, Path: path, Cause: err}
	}
	if err != nil {
		return nil, classified(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.Size() != size {
		err = &Error{Class: ErrBlob, Path: path, Cause: fmt.Errorf("%d bytes of %d are there", info.Size(), size)}
	}
	if err != nil {
		return nil, errors.Join(classified(path, err), f.Close())
	}
	return f, nil
}

// Damaged is the error of a blob whose content is not what was written.
func (o *Objects) Damaged(id BlobID, cause error) error {
	return &Error{Class: ErrBlob, Path: o.Path(id), Cause: cause}
}

// passes is how often Sweep goes through the folder at most.
const passes = 3

// Sweep deletes the blobs that known does not know, but none that are being
// written. It stops at the first error of known, or when stop is closed. What it
// misses does no harm, and is found the next time.
func (o *Objects) Sweep(stop <-chan struct{}, known func(BlobID) (bool, error)) error {
	for range passes {
		// A folder that is read while files in it are deleted may pass some over.
		found, err := o.sweepOnce(stop, known)
		if err != nil || found == 0 {
			return err
		}
	}
	return nil
}

// sweepOnce goes through the folder, and counts the leftovers that it found.
func (o *Objects) sweepOnce(stop <-chan struct{}, known func(BlobID) (bool, error)) (found int, err error) {
	folder, err := os.Open(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, classified(o.dir, err)
	}
	defer func() { _ = folder.Close() }()
	for {
		names, err := folder.Readdirnames(256)
		if len(names) == 0 {
			return found, nil // or unreadable: what is left over does no harm
		}
		for _, name := range names {
			select {
			case <-stop:
				return 0, nil
			default:
			}
			leftover, err := o.sweepOne(name, known)
			if err != nil {
				return found, err
			}
			if leftover {
				found++
			}
		}
		if err != nil {
			return found, classified(o.dir, err)
		}
	}
}

// sweepOne deletes a file if it is a leftover. A file that is no blob is not ours.
func (o *Objects) sweepOne(name string, known func(BlobID) (bool, error)) (leftover bool, err error) {
	raw, err := hex.DecodeString(name)
	if err != nil || len(raw) != len(BlobID{}) || BlobID(raw).String() != name {
		return false, nil
	}
	id := BlobID(raw)
	// First whether it is being written, then whether it is known: the other way
	// round, one that becomes known in between would be taken for a leftover.
	o.mu.Lock()
	writing := o.writing[id]
	o.mu.Unlock()
	if writing {
		return false, nil
	}
	if keep, err := known(id); err != nil || keep {
		return false, err
	}
	return true, o.Remove(id)
}
