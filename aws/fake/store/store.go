package store

import (
	"errors"
	"runtime"
	"sync"

	"go.etcd.io/bbolt"
)

// Store is an open store. Its methods may be called from many goroutines.
type Store struct {
	path string
	db   *bbolt.DB

	// The writer that holds the baton commits for all that are waiting.
	baton chan struct{}
	mu    sync.Mutex // protects queue
	queue []*request
	// broken is set, under the baton, when a damaged file stopped a commit
	// half-way in memory; the file itself is as before that commit. If even
	// going back faulted, bbolt holds its own lock for ever: it is stuck.
	broken error
	stuck  bool
}

// request is one call of Update.
type request struct {
	fn   func(*Writer) error
	err  error         // the answer, when done is closed
	done chan struct{} // closed when the request has been dealt with
}

// run keeps a fault in one request from failing the others.
func (r *request) run(w *Writer) (err error) {
	defer guard(&err)()
	return r.fn(w)
}

func newStore(path string, db *bbolt.DB) *Store {
	return &Store{path: path, db: db, baton: make(chan struct{}, 1)}
}

// Close waits for the transactions under way and closes the file. Later calls
// of View and Update get ErrClosed.
func (s *Store) Close() (err error) {
	s.baton <- struct{}{}
	defer func() { <-s.baton }()
	if s.stuck {
		return s.broken
	}
	defer guard(&err)()
	return classified(s.path, s.db.Close())
}

// View runs fn on the data as of one moment. What fn gets from the Reader is
// valid until fn returns, and must not be changed.
func (s *Store) View(fn func(*Reader) error) error {
	var answer error
	if err := s.view(func(r *Reader) { answer = fn(r) }); err != nil {
		return classified(s.path, err)
	}
	return answer
}

func (s *Store) view(fn func(*Reader)) (err error) {
	defer guard(&err)()
	tx, err := s.db.Begin(false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	fn(&Reader{tx})
	return nil
}

// Update runs fn and keeps what it wrote, durably, when fn returns nil; an
// error of fn is returned as it is and nothing is kept. fn runs alone: it sees
// all that was written before, but not its own writes, which take effect
// together when it returns. It runs at most once.
//
// When the disk fails, nothing of fn is kept and the error is an *Error; later
// calls work again as soon as the disk does.
func (s *Store) Update(fn func(*Writer) error) error {
	r := &request{fn: fn, done: make(chan struct{})}
	s.mu.Lock()
	s.queue = append(s.queue, r)
	s.mu.Unlock()

	select {
	case <-r.done:
		return r.err
	case s.baton <- struct{}{}:
	}
	defer func() { <-s.baton }()
	select {
	case <-r.done: // by the one who held the baton before
	default:
		s.lead()
	}
	return r.err
}

// lead takes all requests that are waiting, the caller's own among them, and
// commits them in one transaction.
func (s *Store) lead() {
	batch := s.gather()
	err := s.broken
	if err == nil {
		err = s.commit(batch)
	}
	for _, r := range batch {
		if errors.Is(r.err, errFault) {
			r.err = classified(s.path, r.err)
		}
		if err != nil {
			// Also for one that refused: what it saw may not have come to be.
			r.err = classified(s.path, err)
		}
		close(r.done)
	}
}

// gather takes the requests that are waiting. Those whose writers were woken by
// the commit before are on their way; letting them run first, for as long as
// any come, makes for fewer and larger commits and costs a lone writer nothing.
func (s *Store) gather() []*request {
	for seen := 0; ; {
		s.mu.Lock()
		if n := len(s.queue); n == seen {
			batch := s.queue
			s.queue = nil
			s.mu.Unlock()
			return batch
		} else {
			seen = n
		}
		s.mu.Unlock()
		runtime.Gosched()
	}
}

func (s *Store) commit(batch []*request) error {
	tx, err := s.db.Begin(true)
	if err != nil {
		return err
	}
	err = s.commitIn(tx, batch)
	if errors.Is(err, errFault) {
		s.broken = classified(s.path, err)
		s.stuck = errors.Is(rollback(tx), errFault)
	}
	return err
}

func rollback(tx *bbolt.Tx) (err error) {
	defer guard(&err)()
	return tx.Rollback()
}

func (s *Store) commitIn(tx *bbolt.Tx, batch []*request) (err error) {
	defer guard(&err)()
	w := &Writer{Reader: Reader{tx}}
	changed := false
	for _, r := range batch {
		w.staged = w.staged[:0]
		if r.err = r.run(w); r.err != nil || len(w.staged) == 0 {
			continue
		}
		changed = true
		if err := w.apply(); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if !changed {
		return tx.Rollback()
	}
	return tx.Commit()
}
