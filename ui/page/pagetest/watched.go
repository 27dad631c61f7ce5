package pagetest

import (
	"context"
	"sync"
	"time"

	"awslab/aws"
)

// Watched is a sandbox whose calls a test sees and can make fail.
type Watched struct {
	aws.Cloud
	mu    sync.Mutex
	calls []string
	fail  func(operation string, in any) error
}

// Watch makes one of a Cloud.
func Watch(cloud aws.Cloud) *Watched {
	w := &Watched{}
	w.Cloud = aws.Intercept(cloud, func(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		w.mu.Lock()
		w.calls = append(w.calls, op.Name)
		fail := w.fail
		w.mu.Unlock()
		if fail != nil {
			if err := fail(op.Name, in); err != nil {
				return nil, err
			}
		}
		return next(ctx)
	})
	return w
}

// Count counts the calls of an operation.
func (w *Watched) Count(operation string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, call := range w.calls {
		if call == operation {
			n++
		}
	}
	return n
}

// Refuse makes an operation fail.
func (w *Watched) Refuse(operation string) {
	w.Fail(func(name string, _ any) error {
		if name == operation {
			return &aws.Error{Service: aws.ServiceDynamoDB, Operation: name, Code: "InternalServerError", Message: "It went wrong", Status: 500}
		}
		return nil
	})
}

// Fail has a function say, before each call, whether it fails and how.
func (w *Watched) Fail(how func(operation string, in any) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = how
}

// Allow lets everything work again.
func (w *Watched) Allow() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fail = nil
}

// Clock is a clock that a test sets.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that shows a time.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now is the time it shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
