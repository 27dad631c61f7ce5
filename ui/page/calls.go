package page

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Calls runs the service calls of one page (or pane, or dialog). It belongs to
// the program's Update; only the work itself runs elsewhere.
type Calls struct {
	ctx     context.Context
	cancel  context.CancelFunc
	pending int
	slots   map[string]*call

	// Tick makes the command that waits; tests replace it.
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

// call is one call under way.
type call struct {
	cancel context.CancelFunc
	stale  bool
}

// NewCalls makes the calls of a page whose life is within ctx.
func NewCalls(ctx context.Context) *Calls {
	ctx, cancel := context.WithCancel(ctx)
	return &Calls{ctx: ctx, cancel: cancel, slots: make(map[string]*call), Tick: tea.Tick}
}

// Close cancels what is under way; answers that still come are dropped.
func (c *Calls) Close() { c.cancel() }

// Busy reports whether an answer is awaited.
func (c *Calls) Busy() bool { return c.pending > 0 && c.ctx.Err() == nil }

// Answer is the message that brings a call's answer home; the program applies it.
type Answer struct{ apply func() tea.Cmd }

// Apply hands the answer to the page that asked, unless it came too late.
func (a Answer) Apply() tea.Cmd { return a.apply() }

// Do runs a call and then, back in Update, hands its answer to then.
func Do[T any](c *Calls, run func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	return start(c, &call{}, run, then)
}

// Latest is Do for a call of which only the newest counts: it cancels the one
// before it in the same slot, whose answer is dropped.
func Latest[T any](c *Calls, slot string, run func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	c.Cancel(slot)
	this := &call{}
	c.slots[slot] = this
	return start(c, this, run, then)
}

// Cancel gives up the call in a slot, if one is under way.
func (c *Calls) Cancel(slot string) {
	if old := c.slots[slot]; old != nil {
		old.stale = true
		if old.cancel != nil {
			old.cancel()
		}
		delete(c.slots, slot)
	}
}

func start[T any](c *Calls, this *call, run func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	ctx, cancel := context.WithCancel(c.ctx)
	this.cancel = cancel
	c.pending++
	return func() tea.Msg {
		value, err := run(ctx)
		cancel()
		return Answer{func() tea.Cmd {
			c.pending--
			if this.stale || c.ctx.Err() != nil {
				return nil
			}
			return then(value, err)
		}}
	}
}

// After runs then in Update after a while, unless the page has gone by then.
// Waiting does not count as busy.
func (c *Calls) After(d time.Duration, then func() tea.Cmd) tea.Cmd {
	return c.Tick(d, func(time.Time) tea.Msg {
		return Answer{func() tea.Cmd {
			if c.ctx.Err() != nil {
				return nil
			}
			return then()
		}}
	})
}
