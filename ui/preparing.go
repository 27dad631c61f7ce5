package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
)

// watchEvery is how often the console looks how far a preparation is.
const watchEvery = 250 * time.Millisecond

// preparing says what is being made ready for functions; "" when nothing is.
func (c *Console) preparing() string {
	if c.cfg.Cloud.Engines == nil {
		return ""
	}
	what, done := c.cfg.Cloud.Engines.Preparing()
	if what == "" {
		return ""
	}
	return fmt.Sprintf("◌ preparing %s %.0f%%", what, 100*done)
}

// watchPreparing looks again for as long as something is being made ready, and
// for a moment after the start, when it may be about to.
func (c *Console) watchPreparing(looks int) tea.Cmd {
	if c.cfg.Cloud.Engines == nil || looks == 0 && c.preparing() == "" {
		return nil
	}
	return c.after(watchEvery, func() tea.Cmd { return c.watchPreparing(max(0, looks-1)) })
}
