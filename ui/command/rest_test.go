package command

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestRest has a server rest after its start, when it is quiet, less and less often,
// and again after there was work.
func TestRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var revision, times atomic.Uint64
		ended := make(chan error, 1)
		go func() { ended <- rest(ctx, revision.Load, func() error { times.Add(1); return nil }) }()
		synctest.Wait()
		for _, step := range []struct {
			pass time.Duration
			work bool
			want uint64
		}{
			{work: true, pass: settling, want: 1}, {pass: quiet, want: 2}, {pass: quiet, want: 3}, {pass: 2 * quiet, want: 4},
			{pass: 3 * quiet, want: 4}, {pass: quiet, want: 5}, {work: true, pass: quiet, want: 5}, {pass: quiet, want: 6},
		} {
			if step.work {
				revision.Add(1)
			}
			time.Sleep(step.pass) // of the bubble's own time
			synctest.Wait()
			if got := times.Load(); got != step.want {
				t.Fatalf("after %+v it has rested %d times", step, got)
			}
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestRestFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		if err := rest(t.Context(), func() uint64 { return 0 }, func() error { return broken }); !errors.Is(err, broken) {
			t.Errorf("error is %v, want broken", err)
		}
	})
}
