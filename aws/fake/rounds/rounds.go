// Package rounds has what comes in bits written in rounds, beside those who bring
// it: what comes while a round is written is written in the next, all together.
package rounds

import (
	"sync"
	"time"
)

// Heap is what is gathered between rounds.
type Heap interface {
	// Waits reports whether there is something to write. It is called with the lock
	// held.
	Waits() bool
	// Take takes all there is, with the lock held, and gives what writes it, which
	// is called without.
	Take() (write func())
}

// Rounds writes a heap. Its lock protects the heap.
type Rounds struct {
	sync.Mutex

	heap    Heap
	gather  time.Duration
	taken   *sync.Cond    // signalled when a round was taken, and when the last is written
	writing bool          // protected by the lock, as is hurry
	hurry   chan struct{} // closed when nothing is to be gathered any more
}

// New writes a heap. Each round waits for a moment, by the computer's clock, for
// more to come: a hundred bits are written with one commit then, and not with a
// hundred.
func New(heap Heap, gather time.Duration) *Rounds {
	r := &Rounds{heap: heap, gather: gather, hurry: make(chan struct{})}
	r.taken = sync.NewCond(&r.Mutex)
	return r
}

// Wake has what was put on the heap written. The lock is held.
func (r *Rounds) Wake() {
	if !r.writing {
		r.writing = true
		go r.write()
	}
}

// Taken waits until the next round is taken, for those for whom the heap has no
// room. The lock is held before and after.
func (r *Rounds) Taken() { r.taken.Wait() }

// Drain waits until all is written, and has nothing gathered from now on.
func (r *Rounds) Drain() {
	r.Lock()
	defer r.Unlock()
	select {
	case <-r.hurry:
	default:
		close(r.hurry)
	}
	for r.writing {
		r.taken.Wait()
	}
}

// write writes until nothing is left.
func (r *Rounds) write() {
	r.Lock()
	defer r.Unlock()
	for r.heap.Waits() {
		r.wait()
		write := r.heap.Take()
		r.taken.Broadcast()
		r.Unlock()
		write()
		r.Lock()
	}
	r.writing = false
	r.taken.Broadcast()
}

// wait waits for more to come. The lock is held before and after.
func (r *Rounds) wait() {
	if r.gather <= 0 {
		return
	}
	timer := time.NewTimer(r.gather)
	defer timer.Stop()
	r.Unlock()
	defer r.Lock()
	select {
	case <-timer.C:
	case <-r.hurry:
	}
}
