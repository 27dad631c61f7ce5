package local_test

import (
	"sync"
	"testing"
	"time"

	"awslab/aws/local"
)

// clock is a clock that a test sets. It stands still otherwise.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	alarms []alarm
	set    chan time.Duration // how long those wait who set an alarm
}

type alarm struct {
	at   time.Time
	ring chan time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 11, 22, 13, 43, 15, 0, time.UTC), set: make(chan time.Duration, 10_000)}
}

// keep has a sandbox go by the clock.
func (c *clock) keep(opts *local.Options) {
	opts.Sandbox.Now, opts.Sandbox.After = c.tell, c.after
}

func (c *clock) tell() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) after(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ring := make(chan time.Time, 1)
	if d <= 0 {
		ring <- c.now
		return ring
	}
	c.alarms = append(c.alarms, alarm{c.now.Add(d), ring})
	c.set <- d
	return ring
}

// passes waits until somebody waits for just so long, and lets the time pass.
func (c *clock) passes(t *testing.T, d time.Duration) {
	t.Helper()
	limit := time.After(patience)
	for {
		select {
		case set := <-c.set:
			if set == d {
				c.advance(d)
				return
			}
		case <-limit:
			t.Fatalf("nobody waits for %s", d)
		}
	}
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	var later []alarm
	for _, a := range c.alarms {
		if a.at.After(c.now) {
			later = append(later, a)
			continue
		}
		a.ring <- c.now
	}
	c.alarms = later
}
