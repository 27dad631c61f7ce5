package s3

import (
	"context"
	"sync"
	"time"

	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// lookEvery is how often a page looks at the counts of what is on its way.
const lookEvery = 200 * time.Millisecond

// watch draws a page anew every now and then while something is on its way.
type watch struct {
	env  page.Env
	busy func() bool
	on   bool
}

// look begins to watch; it ends by itself.
func (w *watch) look() tea.Cmd {
	if w.on || !w.busy() {
		return nil
	}
	w.on = true
	return w.env.Calls.After(lookEvery, func() tea.Cmd {
		w.on = false
		return w.look()
	})
}

// brake stops one piece of work before the page's own calls end. The work and
// the program share it.
type brake struct {
	mu     sync.Mutex
	pulled bool
	cancel context.CancelFunc // the work's, once it runs
}

// pull stops the work, now or as soon as it begins.
func (b *brake) pull() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pulled = true
	if b.cancel != nil {
		b.cancel()
	}
}

// isPulled reports whether the work was to stop.
func (b *brake) isPulled() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pulled
}

// with is the work's context, which ends when the brake is pulled, too. Its
// cancel function must be called.
func (b *brake) with(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cancel = cancel; b.pulled {
		cancel()
	}
	return ctx, cancel
}
