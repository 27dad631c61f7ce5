package s3

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"sync/atomic"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// transfer is a file on its way, up or down. The command that moves it counts
// in done; all else belongs to the program's Update.
type transfer struct {
	name  string
	total int64 // bytes; below 0 when it is not known yet
	done  atomic.Int64
	brake *brake

	state component.StatusKind
	note  string // the state in words
	began time.Time
}

// newTransfer is a file that waits for its turn.
func newTransfer(name string, total int64) *transfer {
	return &transfer{name: name, total: total, brake: &brake{}, state: component.StatusPending, note: "Pending"}
}

// begin notes that the file is on its way.
func (t *transfer) begin(now time.Time, note string) {
	t.state, t.note, t.began = component.StatusInProgress, note, now
}

// end notes how it went.
func (t *transfer) end(err error) {
	switch {
	case err == nil:
		t.state, t.note = component.StatusSuccess, "Succeeded"
	case t.brake.isPulled():
		t.state, t.note = component.StatusStopped, "Canceled"
	default:
		t.state, t.note = component.StatusError, "Failed: "+reason(err)
	}
}

// cancel stops the file, on its way or before.
func (t *transfer) cancel() tea.Cmd {
	t.brake.pull()
	switch t.state {
	case component.StatusPending:
		t.end(context.Canceled)
	case component.StatusInProgress:
		t.note = "Canceling"
	}
	return nil
}

// moving reports whether the file is on its way.
func (t *transfer) moving() bool { return t.state == component.StatusInProgress }

// waits reports whether it is still open how it goes: the file is on its way, or
// waits for its turn.
func (t *transfer) waits() bool { return t.moving() || t.state == component.StatusPending }

// row is the transfer as it is now.
func (t *transfer) row(now time.Time) component.Transfer {
	row := component.Transfer{Name: t.name, Done: t.done.Load(), Total: t.total, State: t.state, Note: t.note}
	if t.moving() {
		row.Cancel = t.cancel
		if took := now.Sub(t.began).Seconds(); took > 0 {
			row.Speed = float64(row.Done) / took
		}
	}
	return row
}

// reason is an error in one line: of a local file, what the system says of it,
// whatever a service made of that.
func reason(err error) string {
	var at *fs.PathError
	switch {
	case errors.Is(err, errChanged):
		return errChanged.Error()
	case !errors.Is(err, aws.ErrStorage) && errors.As(err, &at):
		return at.Op + ": " + at.Err.Error()
	}
	return page.Explain(err)[0]
}

// counting counts what is read of a body, and ends when the context does. What
// is sought back to is read again.
type counting struct {
	ctx  context.Context
	body io.ReadSeeker
	done *atomic.Int64
	at   int64
	// last is asked when the last byte, the one at size, has been read; its error
	// is the read's.
	size int64
	last func() error
}

// Read reads and counts.
func (c *counting) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.body.Read(p)
	c.at += int64(n)
	c.done.Add(int64(n))
	if errors.Is(err, io.EOF) && c.at < c.size {
		return n, errChanged
	}
	if c.at >= c.size && c.last != nil {
		if changed := c.last(); changed != nil {
			return 0, changed
		}
	}
	return n, err
}

// Seek goes to a place, as a service's client does to send a body once more.
func (c *counting) Seek(offset int64, whence int) (int64, error) {
	at, err := c.body.Seek(offset, whence)
	if err == nil {
		c.done.Add(at - c.at)
		c.at = at
	}
	return at, err
}
