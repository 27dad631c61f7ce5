package runtime

import (
	"os"
	"sync/atomic"
	"time"
)

// settleLimit bounds how long the end of a request waits for its last lines.
const settleLimit = 250 * time.Millisecond

// stream reads one output of a function's process until it ends, and gives its
// lines to the journal.
type stream struct {
	file    *os.File
	framer  framer
	settled chan struct{}          // answers settle
	closed  chan struct{}          // closed when the output has ended
	endedID atomic.Pointer[string] // the request of the last END frame
}

func newStream(file *os.File, j *journal) *stream {
	s := &stream{file: file, settled: make(chan struct{}, 1), closed: make(chan struct{})}
	s.framer = framer{add: j.add, ended: func(id string) {
		s.endedID.Store(&id)
	}}
	go s.read()
	return s
}

// wait waits until the output has ended; a process that got away and holds it
// open must not hold us up.
func (s *stream) wait() {
	limit := time.NewTimer(time.Second)
	defer limit.Stop()
	select {
	case <-s.closed:
	case <-limit.C:
		_ = s.file.Close() // nothing was written to it by us
		<-s.closed
	}
}

// end is called by the reader when there is no more.
func (s *stream) end() {
	s.framer.flush()
	_ = s.file.Close() // it was only read
	close(s.closed)
}
