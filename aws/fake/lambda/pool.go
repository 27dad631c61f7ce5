package lambda

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"awslab/aws/fake/iam"
)

// idleLife is how long an environment is kept without anything to do.
const idleLife = 10 * time.Minute

// sessionSpare is how long an environment's credentials must still be good for
// it to take an event, beyond the function's timeout.
const sessionSpare = time.Minute

// environment is one execution environment of a function.
type environment struct {
	process  Environment
	function string
	settings settings
	session  iam.Session
	journal  *journal
	release  func()       // of its code
	chain    atomic.Int64 // that its requests continue
	used     time.Time    // when it last had something to do
}

func (e *environment) close() {
	e.process.Close()
	e.journal.close()
	e.release()
}

// fits reports whether the environment can serve a function as it is now.
func (e *environment) fits(set settings, now time.Time) bool {
	spare := time.Duration(set.Timeout)*time.Second + sessionSpare
	return e.settings.Revision == set.Revision && now.Add(spare).Before(e.session.Expires)
}

// pool holds the environments, and bounds how many run at a time: a function's
// executions by its reserved concurrency and the account's limit, as on AWS, and
// all of them by what this computer can do.
type pool struct {
	slots int // executions that run at a time

	mu      sync.Mutex // protects what follows
	closed  bool
	all     map[string]*environment // by the access key of their session
	idle    []*environment          // the one used last at the end
	busy    map[string]int          // executions by function, those that wait for a slot too
	taken   int                     // slots
	queued  int                     // slots taken by asynchronous invocations
	waiting []chan struct{}         // synchronous ones that wait for a slot, in order
}

// hostSlots is how many functions this computer runs at a time: two for each
// processor, since functions wait more than they compute; four at least.
func hostSlots() int { return max(4, 2*runtime.NumCPU()) }

func newPool() *pool {
	return &pool{slots: hostSlots(), all: map[string]*environment{}, busy: map[string]int{}}
}

// The reasons for which Lambda throttles.
const (
	reasonReserved = "ReservedFunctionConcurrentInvocationLimitExceeded"
	reasonAccount  = "ConcurrentInvocationLimitExceeded"
)

// limits bound a function's executions.
type limits struct {
	reserved   int // -1: none
	unreserved int // of all functions without a reservation together
	// apart tells which functions have a reservation of their own.
	apart func(name string) bool
}

// admit counts an execution of a function, unless a limit is reached: it gives
// the reason then.
func (p *pool) admit(name string, l limits) (reason string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case l.reserved >= 0 && p.busy[name] >= l.reserved:
		return reasonReserved
	case l.reserved < 0 && p.unreserved(l) >= l.unreserved:
		return reasonAccount
	}
	p.busy[name]++
	return ""
}

func (p *pool) unreserved(l limits) (sum int) {
	for name, n := range p.busy {
		if !l.apart(name) {
			sum += n
		}
	}
	return sum
}

// leave ends an execution that was admitted.
func (p *pool) leave(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[name]--; p.busy[name] == 0 {
		delete(p.busy, name)
	}
}

// slot takes a slot, or gives a channel that is closed when one is given.
func (p *pool) slot() (wait chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken < p.slots {
		p.taken++
		return nil
	}
	wait = make(chan struct{})
	p.waiting = append(p.waiting, wait)
	return wait
}

// giveUp waits no longer; it is false when the slot was given meanwhile.
func (p *pool) giveUp(wait chan struct{}) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := slices.Index(p.waiting, wait)
	if at < 0 {
		return false
	}
	p.waiting = slices.Delete(p.waiting, at, at+1)
	return true
}

// queueSlot takes a slot for an asynchronous invocation, if there is one; the
// last is left to people who wait for an answer.
func (p *pool) queueSlot() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken >= p.slots || p.queued >= p.slots-1 {
		return false
	}
	p.taken++
	p.queued++
	return true
}

// vacate gives a slot back, or on to the one who waited longest.
func (p *pool) vacate(queued bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if queued {
		p.queued--
	}
	if len(p.waiting) == 0 {
		p.taken--
		return
	}
	close(p.waiting[0])
	p.waiting = p.waiting[1:]
}

// concurrency is how many executions of a function there are.
func (p *pool) concurrency(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.busy[name]
}

// take gives the environment of a function that was used last, if one is idle.
// Those that idle with other settings than the function's are ended.
func (p *pool) take(name string, set settings, now time.Time) (found *environment) {
	var old []*environment
	p.mu.Lock()
	for n := len(p.idle) - 1; n >= 0; n-- {
		e := p.idle[n]
		switch {
		case e.function != name || found != nil && e.fits(set, now):
			continue
		case e.fits(set, now):
			found = e
		default:
			old = append(old, e)
		}
		p.idle = slices.Delete(p.idle, n, n+1)
	}
	p.mu.Unlock()
	p.end(old)
	return found
}

// enter counts a new environment among those that live.
func (p *pool) enter(e *environment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[e.session.AccessKeyID] = e
}

// put makes an environment idle. No more of them idle than may run; the one
// that idles longest is ended.
func (p *pool) put(e *environment, now time.Time) {
	var old []*environment
	p.mu.Lock()
	e.used = now
	if p.closed {
		old = append(old, e)
	} else {
		p.idle = append(p.idle, e)
	}
	if len(p.idle) > p.slots {
		old = append(old, p.idle[0])
		p.idle = slices.Delete(p.idle, 0, 1)
	}
	p.mu.Unlock()
	p.end(old)
}

// end ends environments that nobody uses any more.
func (p *pool) end(old []*environment) {
	for _, e := range old {
		p.mu.Lock()
		delete(p.all, e.session.AccessKeyID)
		p.mu.Unlock()
		e.close()
	}
}

// retire ends the idle environments of a function.
func (p *pool) retire(name string) {
	p.endIdle(func(e *environment) bool { return e.function == name })
}

// reap ends the environments that idle too long. It tells whether there were
// any, and when the next will; the zero time is never.
func (p *pool) reap(now time.Time) (ended bool, next time.Time) {
	ended = p.endIdle(func(e *environment) bool { return now.Sub(e.used) >= idleLife })
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) > 0 {
		next = p.idle[0].used.Add(idleLife)
	}
	return ended, next
}

// close ends all that idle, and whatever becomes idle from now on.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.endIdle(func(*environment) bool { return true })
}

// endIdle ends some of the environments that idle, and tells whether there were any.
func (p *pool) endIdle(which func(*environment) bool) bool {
	var old []*environment
	p.mu.Lock()
	p.idle = slices.DeleteFunc(p.idle, func(e *environment) bool {
		if which(e) {
			old = append(old, e)
			return true
		}
		return false
	})
	p.mu.Unlock()
	p.end(old)
	return len(old) > 0
}

// holder finds the environment that holds a session's access key.
func (p *pool) holder(accessKeyID string) *environment {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[accessKeyID]
}

// Chain tells how many invocations led to the requests that are made with a
// function's credentials now; 0 for credentials of no environment.
func (s *Service) Chain(accessKeyID string) int {
	if e := s.pool.holder(accessKeyID); e != nil {
		return int(e.chain.Load())
	}
	return 0
}

// forget counts an environment out that never became idle.
func (p *pool) forget(e *environment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, e.session.AccessKeyID)
}

// crowded reports whether there are so many executions that the account's limit
// may be near: no function can reserve the last hundred.
func (p *pool) crowded() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	sum := 0
	for _, n := range p.busy {
		sum += n
	}
	return sum >= leastUnreserved
}
