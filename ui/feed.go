package ui

import (
	"context"
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
}

// callsMsg brings the calls that have started or ended since the last one.
type callsMsg []trail.Event

func newFeed(ctx context.Context, t *trail.Trail) *feed {
	f := &feed{ctx: ctx, signal: make(chan struct{}, 1)}
	f.stop = t.Observe(f.put)
	return f
}

func (f *feed) put(e trail.Event) {
	f.mu.Lock()
	f.events = append(f.events, e)
	f.mu.Unlock()
	select {
	case f.signal <- struct{}{}:
	default: // a signal is waiting already; it stands for this event too
	}
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
			return callsMsg(events)
		}
	}
}

func (f *feed) close() { f.stop() }
