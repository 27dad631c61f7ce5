package command

import (
	"context"
	"math/bits"
	"time"
)

const (
	settling = 500 * time.Millisecond // from the start of a server to its first rest
	quiet    = 2 * time.Second        // how long nothing has to happen before it rests again
)

// rest calls do soon after the start, whatever has changed, and then when nothing
// has changed for a while, and again after twice as long, and so on, since what had
// begun may have gone on in the background; until the context ends or do fails.
// changes gives another number whenever something has changed.
func rest(ctx context.Context, changes func() uint64, do func() error) error {
	ticks := time.NewTicker(settling)
	defer ticks.Stop()
	seen, still := changes(), uint(0)
	for started := false; ; started = true {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			ticks.Reset(quiet)
		}
		if now := changes(); now == seen {
			still++
		} else {
			seen, still = now, 0
		}
		if bits.OnesCount(still) == 1 || !started {
			if err := do(); err != nil {
				return err
			}
		}
	}
}
