package command

import (
	"context"
	"math/bits"
	"time"
)

// quiet is how long nothing has to happen before a server rests.
const quiet = 2 * time.Second

// rest calls do when nothing has changed for a while, and again after twice as
// long, and so on, since what had begun may have gone on in the background; until
// the context ends or do fails. changes gives another number whenever something
// has changed.
func rest(ctx context.Context, changes func() uint64, do func() error) error {
	ticks := time.NewTicker(quiet)
	defer ticks.Stop()
	seen, still := changes(), uint(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
		if now := changes(); now != seen {
			seen, still = now, 0
			continue
		}
		if still++; bits.OnesCount(still) == 1 {
			if err := do(); err != nil {
				return err
			}
		}
	}
}
