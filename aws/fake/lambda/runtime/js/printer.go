package js

import (
	"os"
	"sync"
	"time"
)

const (
	// flushAfter is how long text may wait for more: what a function wrote before its time was over must be told, and
	// it may be busy until then, so this does not depend on it.
	flushAfter = time.Millisecond
	// flushAt is how many bytes are not kept for more; a pipe holds twice as much.
	flushAt = 32 << 10
)

// printer writes what the function prints, in order, many lines at once: a system call for each, and a reader woken
// by each, costs several times what printing does. Whoever waits or ends flushes first.
type printer struct {
	mu    sync.Mutex
	file  *os.File // where held goes
	held  []byte
	timer *time.Timer // flushes what is held; nil: not yet needed
	err   error       // the first; nobody can be told of it when the timer finds it
}

// write takes text for a file, standard output or standard error.
func (p *printer) write(file *os.File, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold(file, text)
	switch {
	case len(p.held) >= flushAt:
		p.release()
	case len(p.held) > len(text) || text == "": // the timer runs
	case p.timer == nil:
		p.timer = time.AfterFunc(flushAfter, func() { _ = p.flush() }) // the next write tells
	default:
		p.timer.Reset(flushAfter)
	}
	return p.err
}

// mark writes the frame that ends a request to both files, after all that is held.
func (p *printer) mark(id string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, file := range []*os.File{os.Stdout, os.Stderr} {
		p.hold(file, "\x00END "+id+"\n")
	}
	p.release()
	return p.err
}

// flush writes what is held.
func (p *printer) flush() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.release()
	return p.err
}

func (p *printer) hold(file *os.File, text string) {
	if p.file != file {
		p.release()
		p.file = file
	}
	p.held = append(p.held, text...)
}

func (p *printer) release() {
	if len(p.held) == 0 {
		return
	}
	if p.timer != nil {
		p.timer.Stop()
	}
	if _, err := p.file.Write(p.held); p.err == nil {
		p.err = err
	}
	if p.held = p.held[:0]; cap(p.held) > 2*flushAt {
		p.held = nil // a large text is no reason to keep as much
	}
}
