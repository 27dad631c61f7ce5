// Package trail wraps a Cloud: it records every call, as CloudTrail's event
// history does, and refuses writes when the session is read-only, so that no
// screen above it can forget to.
package trail

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"awslab/aws"
)

// Event is one call of one operation, running or finished.
type Event struct {
	ID        uint64
	Time      time.Time // when it started
	Operation aws.Operation
	In        any // of type Operation.In
	Out       any // of type Operation.Out; nil while it runs and when it failed, or Gone
	Err       error
	Duration  time.Duration // 0 while it runs
	Done      bool
	Attempt   int    // 2 and more when it had to be sent again; 0 else
	Before    error  // how the attempt before failed
	Origin    string // who called: OriginConsole unless the context says otherwise

	in, out int // bytes that it takes by In, and by Out or Err, once it has ended
}

// The origins of a call.
const (
	OriginConsole = "console"
	OriginGuide   = "guide"
)

// Options sets a Trail up.
type Options struct {
	ReadOnly bool // refuse every call that may change something
	// Permit is asked before each call that may change something; an error refuses it. nil
	// permits all.
	Permit func(context.Context, aws.Operation) error
	Now    func() time.Time // time.Now unless given
	// Forget keeps no call once it has ended: for who only observes them, since inputs
	// and outputs can be large.
	Forget bool
	// Details is how many bytes the inputs and outputs that are kept may take, by
	// estimate; 32 MiB unless given.
	Details int
}

// Trail records the calls of one Cloud. It is safe for concurrent use.
type Trail struct {
	cloud    aws.Cloud
	readOnly bool
	permit   func(context.Context, aws.Operation) error
	now      func() time.Time
	forget   bool
	details  int

	mu        sync.Mutex
	last      uint64
	revision  uint64
	events    []Event // by ID
	held      int     // bytes that their inputs and outputs take
	observers map[int]func(Event)
	observer  int
}

// New wraps a Cloud.
func New(cloud aws.Cloud, opts Options) *Trail {
	t := &Trail{
		readOnly: opts.ReadOnly, permit: opts.Permit, now: opts.Now, forget: opts.Forget, details: cmp.Or(opts.Details, details),
		observers: make(map[int]func(Event)),
	}
	if t.now == nil {
		t.now = time.Now
	}
	t.cloud = aws.Intercept(cloud, t.record)
	return t
}

// Cloud is the wrapped Cloud: calls made through it are recorded.
func (t *Trail) Cloud() aws.Cloud { return t.cloud }

// ReadOnly reports whether writes are refused.
func (t *Trail) ReadOnly() bool { return t.readOnly }

// Events returns the calls so far that are kept, oldest first.
func (t *Trail) Events() []Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.events)
}

// Last is the newest call of an origin; false when there is none.
func (t *Trail) Last(origin string) (Event, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.newest(origin)
}

func (t *Trail) newest(origin string) (Event, bool) {
	for i := len(t.events) - 1; i >= 0; i-- {
		if t.events[i].Origin == origin {
			return t.events[i], true
		}
	}
	return Event{}, false
}

// Revision counts the changes to the events: it is another number whenever
// Events would return something else.
func (t *Trail) Revision() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.revision
}

// Observe has f called in the goroutine of each call, when it starts, when it is
// sent again, and when it has ended (Event.Done). f must be quick, and may not call
// the Trail's Cloud. It is called until stop.
func (t *Trail) Observe(f func(Event)) (stop func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.observer++
	id := t.observer
	t.observers[id] = f
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.observers, id)
	}
}

type originKey struct{}

// WithOrigin marks the calls made with a context as somebody's.
func WithOrigin(ctx context.Context, origin string) context.Context {
	return context.WithValue(ctx, originKey{}, origin)
}

func originOf(ctx context.Context) string {
	if origin, ok := ctx.Value(originKey{}).(string); ok {
		return origin
	}
	return OriginConsole
}

// record is the interceptor.
func (t *Trail) record(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
	err := t.refusal(ctx, op, in) // this may wait for the user; the call begins after it
	e := Event{Time: t.now(), Operation: op, In: recorded(in), Origin: originOf(ctx)}
	e.ID = t.begin(e)
	var out any
	if err == nil {
		out, err = next(context.WithValue(ctx, callKey{}, call{t, e.ID}))
	}
	e.Err, e.Done, e.Duration = err, true, t.now().Sub(e.Time)
	if err == nil {
		e.Out = recorded(out)
	}
	if !t.forget {
		e.in, e.out = size(e.In), answered(e.Out, e.Err)
	}
	t.end(e)
	return out, err
}

// recorded is what is kept of an input or an output: all but the streams and
// files that go by.
func recorded(value any) any {
	if streams, ok := value.(interface{ Recorded() any }); ok {
		return streams.Recorded()
	}
	return value
}

// refusal is why a call is not to be sent; nil when it is.
func (t *Trail) refusal(ctx context.Context, op aws.Operation, in any) error {
	switch {
	case !op.Changes(in):
		return nil
	case t.readOnly:
		return &aws.Error{
			Service: op.Service, Operation: op.Name, Code: aws.CodeReadOnly,
			Message: fmt.Sprintf("%s was not sent: this session is read-only", op.Name),
		}
	case t.permit != nil:
		return t.permit(ctx, op)
	}
	return nil
}

func (t *Trail) begin(e Event) uint64 {
	t.mu.Lock()
	t.last++
	t.revision++
	e.ID = t.last
	if len(t.events) == kept {
		t.held -= t.events[0].in + t.events[0].out
		t.events[0] = Event{} // its place goes when the slice grows
		t.events = t.events[1:]
	}
	t.events = append(t.events, e)
	t.mu.Unlock()
	t.tell(e)
	return e.ID
}

func (t *Trail) end(e Event) {
	t.mu.Lock()
	t.revision++
	if i, ok := t.find(e.ID); ok {
		e.Attempt, e.Before = t.events[i].Attempt, t.events[i].Before
		if t.events[i] = e; t.forget {
			t.events = slices.Delete(t.events, i, i+1)
		}
		t.held += e.in + e.out
		t.shed()
	}
	t.mu.Unlock()
	t.tell(e)
}

// find is where the event of an ID is, if it is kept.
func (t *Trail) find(id uint64) (int, bool) {
	return slices.BinarySearchFunc(t.events, id, func(e Event, id uint64) int { return cmp.Compare(e.ID, id) })
}

type callKey struct{}

// call is what a call's context says of it.
type call struct {
	trail *Trail
	id    uint64
}

// Retried notes that the call whose context this is, or comes from, is sent again: for
// which time, and how it failed the time before. If it has ended, or is no Trail's call,
// nothing happens.
func Retried(ctx context.Context, attempt int, before error) {
	if c, ok := ctx.Value(callKey{}).(call); ok {
		c.trail.retried(c.id, attempt, before)
	}
}

func (t *Trail) retried(id uint64, attempt int, before error) {
	t.mu.Lock()
	i, ok := t.find(id)
	if !ok || t.events[i].Done {
		t.mu.Unlock()
		return
	}
	t.revision++
	t.events[i].Attempt, t.events[i].Before = attempt, before
	e := t.events[i]
	t.mu.Unlock()
	t.tell(e)
}

func (t *Trail) tell(e Event) {
	t.mu.Lock()
	observers := make([]func(Event), 0, len(t.observers))
	for _, f := range t.observers {
		observers = append(observers, f)
	}
	t.mu.Unlock()
	for _, f := range observers {
		f(e)
	}
}
