package ui

import (
	"context"
	"slices"
	"sync"

	"awslab/aws/trail"

	tea "charm.land/bubbletea/v2"
)

// feed brings the trail's events into the program: calls happen in goroutines
// of their own, the program takes what has gathered when it is ready.
type feed struct {
	ctx    context.Context
	stop   func()
	signal chan struct{}

	mu     sync.Mutex
	events []trail.Event
	whole  map[string]uint64 // the call among them that started and ended, by origin
}

// callsMsg brings the calls that have started or ended since the last one.
type callsMsg []trail.Event

func newFeed(ctx context.Context, t *trail.Trail) *feed {
	f := &feed{ctx: ctx, signal: make(chan struct{}, 1), whole: make(map[string]uint64)}
	f.stop = t.Observe(f.put)
	return f
}

func (f *feed) put(e trail.Event) {
	f.mu.Lock()
	f.gather(e)
	f.mu.Unlock()
	select {
	case f.signal <- struct{}{}:
	default: // a signal is waiting already; it stands for this event too
	}
}

// gather takes an event in. Of an origin's calls whose start and end the program has
// both not taken yet, the newest stands for all: it may be long in taking them, while
// the user's editor has the terminal, and other programs call without end.
func (f *feed) gather(e trail.Event) {
	start := slices.IndexFunc(f.events, func(o trail.Event) bool { return o.ID == e.ID })
	if e.Done && start >= 0 {
		f.events = slices.Delete(f.events, start, start+1)
		if old := f.whole[e.Origin]; old > 0 {
			f.events = slices.DeleteFunc(f.events, func(o trail.Event) bool { return o.ID == old })
		}
		f.whole[e.Origin] = e.ID
	}
	f.events = append(f.events, e)
}

// wait is the command that brings the next events.
func (f *feed) wait() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-f.ctx.Done():
			return nil
		case <-f.signal:
			f.mu.Lock()
			defer f.mu.Unlock()
			events := f.events
			f.events = nil
			clear(f.whole)
			return callsMsg(events)
		}
	}
}

func (f *feed) close() { f.stop() }
