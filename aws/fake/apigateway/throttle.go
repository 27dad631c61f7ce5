package apigateway

import (
	"sync"
	"time"
)

// The limits of an account in a region: requests a second, and how many may
// come at once.
const (
	requestRate  = 10_000
	requestBurst = 5_000
)

// bucket is the token bucket that throttles an account's requests.
type bucket struct {
	now func() time.Time

	mu     sync.Mutex // protects what follows
	tokens float64
	filled time.Time
}

func newBucket(now func() time.Time) *bucket { return &bucket{now: now, tokens: requestBurst} }

// take takes a token; false when there is none.
func (b *bucket) take() bool {
	now := b.now()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.filled.IsZero() {
		b.filled = now
	}
	// A clock that is set back fills nothing.
	if passed := now.Sub(b.filled); passed > 0 {
		b.tokens = min(requestBurst, b.tokens+passed.Seconds()*requestRate)
	}
	b.filled = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
