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

// prepare has what starts functions made ready, when the first frame is on the
// screen: until then the computer has better to do.
func (c *Console) prepare() tea.Cmd {
	if c.cfg.Cloud.Engines == nil {
		return nil
	}
	return c.after(watchEvery, func() tea.Cmd {
		c.cfg.Cloud.Engines.Prepare()
		return c.watchPreparing(4)
	})
}

// watchPreparing looks again for as long as something is being made ready, and
// some times more at the start, when it may be about to.
func (c *Console) watchPreparing(looks int) tea.Cmd {
	if looks == 0 && c.preparing() == "" {
		return nil
	}
	return c.after(watchEvery, func() tea.Cmd { return c.watchPreparing(max(0, looks-1)) })
}
