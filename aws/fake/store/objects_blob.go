package store

import (
	"errors"
	"os"
	"sync"
)

// Blob is a blob that is being written.
type Blob struct {
	ID      BlobID
	objects *Objects
	file    *os.File // nil once it is complete
	named   bool     // its name is durable
	size    int64    // how many bytes were written
	left    int64    // how many bytes of an old blob the file began with
}

// Write writes the next bytes.
func (b *Blob) Write(p []byte) (int, error) {
	n, err := b.file.Write(p)
	b.size += int64(n)
	return n, classified(b.objects.Path(b.ID), err)
}

// Seal makes the blob durable: its content and its name.
func (b *Blob) Seal() error {
	err := errors.Join(b.sync(), b.close())
	if err != nil {
		return classified(b.objects.Path(b.ID), err)
	}
	if b.named {
		return nil
	}
	return b.objects.folder.sync()
}

// sync makes the content durable, and nothing else: what is left of an old blob's
// behind it goes.
func (b *Blob) sync() error {
	if b.size < b.left {
		if err := b.file.Truncate(b.size); err != nil {
			return err
		}
	}
	return syncContent(b.file)
}

func (b *Blob) close() error {
	f := b.file
	b.file = nil
	if f == nil {
		return nil
	}
	return f.Close()
}

// Discard deletes the blob, which the store does not know.
func (b *Blob) Discard() error {
	defer b.Release()
	return errors.Join(classified(b.objects.Path(b.ID), b.close()), b.objects.Remove(b.ID))
}

// Release says that the store knows the blob: it is no longer a leftover if the
// store does not.
func (b *Blob) Release() {
	b.objects.mu.Lock()
	defer b.objects.mu.Unlock()
	delete(b.objects.writing, b.ID)
}

// folderSync makes new names in a folder durable. Those who come while it is at
// work share the next round.
type folderSync struct {
	dir   string
	baton chan struct{}
	mu    sync.Mutex // protects next
	next  *round
}

// round is one sync of the folder.
type round struct {
	done chan struct{}
	err  error // the answer, when done is closed
}

func newRound() *round { return &round{done: make(chan struct{})} }

func (s *folderSync) sync() error {
	s.mu.Lock()
	mine := s.next
	s.mu.Unlock()
	select {
	case <-mine.done:
		return mine.err
	case s.baton <- struct{}{}:
	}
	defer func() { <-s.baton }()
	select {
	case <-mine.done: // by the one who held the baton before
		return mine.err
	default:
	}
	s.mu.Lock()
	s.next = newRound()
	s.mu.Unlock()
	mine.err = syncFolder(s.dir)
	close(mine.done)
	return mine.err
}
