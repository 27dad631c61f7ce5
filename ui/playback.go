package ui

import (
	"fmt"
	"time"

	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/lab"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// playback plays a step of a lab on the screen, at a pace that can be followed.
// Any key or click of the user stops it.
type playback struct {
	player  *drive.Player
	play    lab.Play
	from    area   // where the keyboard was
	after   uint64 // the last call before it
	feeding bool   // the input that arrives is the player's own
	turn    int
}

// look is how long the player waits before it looks at the screen again when
// it has nothing to do.
const look = 50 * time.Millisecond

// play starts a playback.
func (c *Console) play(msg lab.Play) tea.Cmd {
	if c.playback != nil {
		return nil // one at a time
	}
	if c.cfg.Consent != nil && !c.cfg.Consent.isGiven() {
		c.consentTo(fmt.Sprintf("%s is about to be done", msg.Caption), func() tea.Cmd { return c.play(msg) },
			func() tea.Cmd { return msg.Done(drive.ErrStopped) })
		return nil
	}
	if lost := c.current().page.Unsaved(); lost != "" {
		c.playInstead(lost, msg)
		return nil
	}
	player := drive.NewPlayer(msg.Script)
	player.Fast = msg.Fast
	c.playback = &playback{player: player, play: msg, from: c.focus}
	if last, ok := c.cfg.Trail.Last(trail.OriginConsole); ok {
		c.playback.after = last.ID
	}
	c.focus = inPage
	return c.playNext(c.playback, look)
}

// playInstead plays after the page that is shown was left, with the user's consent to
// what that loses: a playback would stop at it.
func (c *Console) playInstead(lost string, msg lab.Play) {
	d := newConfirm(nav.Confirm{
		Title: "Leave without saving?", Text: []string{lost}, Action: "Leave",
		Do: func() tea.Cmd { return tea.Batch(c.closeDown(len(c.visits)-1, true), c.play(msg)) },
	}, c.pop)
	d.refused = func() tea.Cmd { return msg.Done(drive.ErrStopped) }
	c.push(d)
}

// playNext does the next thing a person would do, after a pause.
func (c *Console) playNext(p *playback, pause time.Duration) tea.Cmd {
	return c.after(max(look, pause), func() tea.Cmd {
		if c.playback != p {
			return nil
		}
		c.frame = c.draw()
		p.turn++
		move := p.player.Next(c.frame, c.Busy())
		switch {
		case move.Err != nil:
			return c.endPlayback(p, move.Err)
		case move.Done:
			return c.endPlayback(p, c.refusedSince(p.after))
		}
		p.feeding = true
		var cmds []tea.Cmd
		if move.Reveal != nil {
			cmds = append(cmds, move.Reveal())
		}
		for _, msg := range move.Msgs {
			cmds = append(cmds, c.feed(msg))
			c.frame = c.draw() // the next input may aim at what this one opened
		}
		p.feeding = false
		return tea.Batch(append(cmds, c.playNext(p, move.Pause))...)
	})
}

// feed takes the player's input as if it were the user's.
func (c *Console) feed(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return c.key(press)
	}
	return c.update(msg)
}

// endPlayback tells the guide how it went.
func (c *Console) endPlayback(p *playback, err error) tea.Cmd {
	c.playback = nil
	c.focus = p.from
	var cmds []tea.Cmd
	if err != nil {
		cmds = append(cmds, nav.Failed("The step could not be done", err))
	}
	if p.play.Done != nil {
		cmds = append(cmds, p.play.Done(err))
	}
	return tea.Batch(cmds...)
}

// refusedSince is how the last change failed that the console has asked for since a
// call; nil if it did not, or there was none.
func (c *Console) refusedSince(call uint64) error {
	var last error
	for _, e := range c.cfg.Trail.Events() {
		if e.ID > call && e.Done && e.Origin == trail.OriginConsole && e.Operation.Changes(e.In) {
			last = e.Err
		}
	}
	return last
}

// stopPlayback ends it where it is.
func (c *Console) stopPlayback() tea.Cmd {
	p := c.playback
	if p == nil {
		return nil
	}
	c.playback = nil
	stopped := nav.Send(nav.Notify{Level: nav.Information, Title: "Stopped: the keyboard is yours again."})
	if p.play.Done != nil {
		return tea.Batch(stopped, p.play.Done(drive.ErrStopped))
	}
	return stopped
}

// caption says in the footer what is being played.
func (p *playback) caption() string {
	caption := p.player.Caption()
	if caption == "" {
		caption = p.play.Caption
	}
	return fmt.Sprintf(" %s %s %s", component.Spinner(p.turn), theme.Strong.Render(component.Clean(caption)), theme.Faint.Render("any key stops"))
}
