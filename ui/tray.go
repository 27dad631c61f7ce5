package ui

import (
	"errors"
	"fmt"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// tray shows the calls: the one that runs, or how the last one went.
type tray struct {
	last     trail.Event
	open     map[uint64]bool
	frame    int
	spinning bool
}

// spinEvery is how often the mark of a running call turns.
const spinEvery = 120 * time.Millisecond

func (t *tray) take(e trail.Event) {
	if e.Origin != trail.OriginConsole && e.Origin != trail.OriginGuide {
		return // another program's, or a function's: the event history has it
	}
	if t.open == nil {
		t.open = make(map[uint64]bool)
	}
	if e.Done {
		delete(t.open, e.ID)
	} else {
		t.open[e.ID] = true
	}
	// What the guide looks up for itself is not the user's call.
	looks := e.Origin == trail.OriginGuide && !e.Operation.Changes(e.In)
	if e.ID >= t.last.ID && !looks {
		t.last = e
	}
}

// running counts the calls that have not ended.
func (t *tray) running() int { return len(t.open) }

// view is the tray's text.
func (t *tray) view(now time.Time) string {
	e := t.last
	if e.ID == 0 {
		return ""
	}
	name := e.Operation.Name
	if !e.Done && e.Attempt > 1 {
		return " " + component.Spinner(t.frame) + " " + name + theme.Warning.Render(fmt.Sprintf(" attempt %d after %s", e.Attempt, component.Clean(codeOf(e.Before))))
	}
	if !e.Done {
		return " " + component.Spinner(t.frame) + " " + name + theme.Faint.Render(fmt.Sprintf(" %s", duration(now.Sub(e.Time))))
	}
	took := theme.Faint.Render(" " + duration(e.Duration))
	if e.Err == nil {
		return " " + theme.Success.Render("✓") + " " + name + took
	}
	return " " + theme.Danger.Render("✗") + " " + name + " " + theme.Danger.Render(component.Clean(codeOf(e.Err))) + took
}

// codeOf is an error's code.
func codeOf(err error) string {
	var failed *aws.Error
	if errors.As(err, &failed) && failed.Code != "" {
		return failed.Code
	}
	return "failed"
}

// duration writes a duration as people read it.
func duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// spin turns the mark for as long as a call runs.
func (c *Console) spin() tea.Cmd {
	if c.tray.spinning || c.tray.running() == 0 {
		return nil
	}
	c.tray.spinning = true
	return c.after(spinEvery, func() tea.Cmd {
		c.tray.spinning = false
		c.tray.frame++
		return c.spin()
	})
}
