package store

import (
	"os"
	"slices"
	"sync"
)

const (
	mostSpares = 64        // how many blobs are kept ahead at most
	mostLeft   = 256 << 10 // how many bytes of an old blob stay in a spare's file at most
)

// spares are blobs made ahead: files without content of their own whose names are
// durable, so that who writes one waits for its content alone. There are none before the
// first blob is written; the more are taken, the more are kept.
type spares struct {
	// These are protected by Objects.mu.
	want    int      // how many there should be
	ready   []*Blob  // to be taken
	fresh   []*Blob  // whose names the next sync of the folder makes durable
	old     []BlobID // that are leaving, whose files become spares
	making  int      // how many have been taken from fresh and old, and are none yet
	working bool     // the one goroutine that makes them
	closed  bool

	maker sync.WaitGroup
}

// low reports whether more should be made: up to half of what is wanted, so that there
// is room for the files of old blobs.
func (s *spares) low() bool { return len(s.ready) < (s.want+3)/4 }

// takeSpare gives out a spare, nil when there is none, and has more made when
// few are left.
func (o *Objects) takeSpare() (b *Blob) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := &o.spares
	if len(s.ready) > 0 {
		b = s.ready[0] // the oldest, so that none stays for ever
		s.ready = slices.Delete(s.ready, 0, 1)
	}
	if !s.closed && !s.working && (s.want == 0 || s.low()) {
		s.want = min(max(1, 2*s.want), mostSpares)
		o.makeSpares()
	}
	return b
}

// reuse makes a spare of the file of a blob that is leaving, if one is wanted:
// file systems are slow to make files where many were deleted. The caller holds
// Objects.mu.
func (o *Objects) reuse(id BlobID) bool {
	s := &o.spares
	if len(s.ready)+len(s.fresh)+len(s.old)+s.making >= s.want {
		return false
	}
	s.old = append(s.old, id)
	if !s.working {
		o.makeSpares()
	}
	return true
}

// makeSpares starts the goroutine that makes spares, which works until nothing
// is left to do. The caller holds Objects.mu.
func (o *Objects) makeSpares() {
	o.spares.working = true
	o.spares.maker.Go(func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		s := &o.spares
		for len(s.old) > 0 || s.low() {
			o.recycle()
			if s.low() {
				o.restock()
			}
		}
		s.working = false
	})
}

// recycle makes spares of the files of old blobs. The caller holds Objects.mu,
// which is free meanwhile.
func (o *Objects) recycle() {
	s := &o.spares
	old := s.old
	s.old, s.making = nil, len(old)
	o.mu.Unlock()
	var fresh []*Blob
	for _, id := range old {
		b, err := o.renamed(id)
		if err != nil {
			_ = os.Remove(o.Path(id)) // or it is swept another time
			continue
		}
		fresh = append(fresh, b)
	}
	o.mu.Lock()
	for _, id := range old {
		delete(o.leaving, id)
	}
	s.fresh, s.making = append(s.fresh, fresh...), 0
}

// renamed is a new blob in the file of an old one.
func (o *Objects) renamed(old BlobID) (*Blob, error) {
	b, err := o.name()
	if err != nil {
		return nil, err
	}
	path := o.Path(b.ID)
	if err = os.Rename(o.Path(old), path); err == nil {
		if b.file, err = o.open(path, os.O_WRONLY, 0); err == nil {
			err = b.inherit()
		}
	}
	if err != nil {
		o.scrap(b)
		return nil, err
	}
	return b, nil
}

// inherit leaves the old content in the blob's file, to be overwritten: then the
// disk need not find room for the new. Much content would only fill the disk.
func (b *Blob) inherit() error {
	info, err := b.file.Stat()
	if err != nil {
		return err
	}
	if b.left = info.Size(); b.left <= mostLeft {
		return nil
	}
	b.left = 0
	return b.file.Truncate(0)
}

// restock makes the spares that are missing. When the disk fails it gives up
// until another blob is written: who does that makes it himself then, and is
// told what is wrong. The caller holds Objects.mu, which is free meanwhile.
func (o *Objects) restock() {
	s := &o.spares
	made, missing := s.fresh, max(0, (s.want+1)/2-len(s.ready)-len(s.fresh))
	s.fresh, s.making = nil, len(made)+missing
	o.mu.Unlock()
	var err error
	for ; missing > 0 && err == nil; missing-- {
		var b *Blob
		if b, err = o.begin(); err == nil {
			made = append(made, b)
		}
	}
	if err == nil {
		err = o.folder.sync()
	}
	for _, b := range made {
		b.named = err == nil
	}
	o.mu.Lock()
	s.ready, s.making = append(s.ready, made...), 0
	if err != nil {
		s.want = 0
	}
}

// scrap deletes a blob that nobody took. What cannot be deleted is swept another
// time.
func (o *Objects) scrap(b *Blob) {
	_ = b.close()
	_ = os.Remove(o.Path(b.ID))
	b.Release()
}

// Close deletes what was made ahead. Blobs can be written, read and removed
// after it too.
func (o *Objects) Close() {
	s := &o.spares
	o.mu.Lock()
	s.closed, s.want = true, 0
	o.mu.Unlock()
	s.maker.Wait()
	o.mu.Lock()
	left := slices.Concat(s.ready, s.fresh)
	s.ready, s.fresh = nil, nil
	o.mu.Unlock()
	for _, b := range left {
		o.scrap(b)
	}
}
