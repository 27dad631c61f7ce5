package ui

import (
	"time"

	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/lab"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Update routes a message. It never blocks: what takes time is a command.
func (c *Console) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := tea.Batch(c.update(msg), c.parting)
	c.parting = nil
	if c.cfg.Repaint && !c.repainting && changes(msg) {
		cmd = tea.Batch(cmd, c.repaint())
	}
	return c, cmd
}

// changes reports whether a message may change the screen; those about the
// screen itself do not.
func changes(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseMotionMsg, tea.MouseWheelMsg, tea.WindowSizeMsg, page.Answer, callsMsg:
		return true
	}
	return false
}

// repaintAfter is how long changes gather before the screen is drawn anew.
const repaintAfter = 120 * time.Millisecond

// repaint draws the whole screen anew in a while.
func (c *Console) repaint() tea.Cmd {
	c.repainting = true
	return c.after(repaintAfter, func() tea.Cmd {
		c.repainting = false
		return tea.ClearScreen
	})
}

func (c *Console) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.width, c.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return c.userKey(msg)
	case tea.PasteMsg:
		return c.paste(msg.Content)
	case tea.MouseClickMsg:
		return c.click(msg)
	case tea.MouseMotionMsg:
		return c.drag(msg)
	case tea.MouseReleaseMsg:
		c.held = nil
	case tea.MouseWheelMsg:
		return c.wheel(msg)
	case page.Answer:
		return msg.Apply()
	case act:
		return msg()
	case callsMsg:
		return tea.Batch(c.called(msg), c.events.wait())
	case consentMsg:
		return c.consent(msg)
	case lab.Play:
		return c.play(msg)
	}
	return c.asked(msg)
}

// asked carries out what a page asks for.
func (c *Console) asked(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.Open:
		if msg.Seen && c.width < guideFrom {
			c.focus = inPage
		}
		return tea.Batch(c.open(msg.Route, true), c.remember())
	case nav.Replace:
		return tea.Batch(c.replace(msg.Route), c.remember())
	case nav.Back:
		return tea.Batch(c.back(), c.remember())
	case nav.Notify:
		return c.notices.add(msg)
	case nav.Confirm:
		c.push(newConfirm(msg, c.pop))
	case nav.Choose:
		c.push(newPicker(msg.Title, msg.Options, c.pop))
	case nav.Copy:
		return c.copy(msg)
	case nav.Browse:
		return c.browse(msg)
	case nav.EditText:
		return c.edit(msg)
	}
	return nil
}

// called takes in what the trail tells.
func (c *Console) called(events []trail.Event) tea.Cmd {
	ended := false
	for _, e := range events {
		c.tray.take(e)
		ended = ended || e.Done
	}
	cmds := []tea.Cmd{c.spin()}
	if ended {
		cmds = append(cmds, c.guide.CallFinished())
	}
	return tea.Batch(cmds...)
}

// userKey takes a key of the keyboard: while the guide plays, any key stops it.
func (c *Console) userKey(msg tea.KeyPressMsg) tea.Cmd {
	if c.playback != nil {
		return c.stopPlayback()
	}
	return c.key(msg)
}

// key offers a key to whatever has the keyboard, then to the bindings at work.
func (c *Console) key(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+c" {
		return c.quit()
	}
	if c.pastes(msg) {
		return c.pasteCopied()
	}
	if n := len(c.overlays); n > 0 {
		if msg.String() == "esc" {
			c.pop()
			return nil
		}
		return c.overlays[n-1].key(msg)
	}
	switch c.focus {
	case inPage:
		if cmd, used := c.current().page.Key(msg); used {
			return cmd
		}
	case inNav:
		if route, used := c.side.key(msg); used {
			return c.follow(route)
		}
	}
	for _, b := range c.bindings() {
		typed := c.editing() && keys.Typed(msg.String())
		if b.Match(msg) && !typed {
			return c.run(b)
		}
	}
	if c.focus == inGuide {
		return c.guide.Key(msg)
	}
	return nil
}

// run does what a binding does, or says why it cannot be done.
func (c *Console) run(b keys.Binding) tea.Cmd {
	if b.Disabled != "" {
		return c.notices.add(nav.Notify{Level: nav.Information, Title: upperFirst(b.Label) + " is not possible now", Text: b.Disabled})
	}
	return b.Run()
}

// follow opens a page that the user has asked the shell for, and goes there.
func (c *Console) follow(route *nav.Route) tea.Cmd {
	if route == nil {
		return nil
	}
	c.focus = inPage
	return tea.Batch(c.open(*route, true), c.remember())
}

// editing reports whether letters are text now.
func (c *Console) editing() bool {
	switch {
	case len(c.overlays) > 0:
		return true
	case c.focus == inGuide:
		return c.guide.Editing()
	case c.focus == inNav:
		return false
	}
	return c.current().page.Editing()
}

// bindings lists what can be done now: what has the keyboard first, then the
// shell's own.
func (c *Console) bindings() []keys.Binding {
	if n := len(c.overlays); n > 0 {
		return c.overlays[n-1].bindings()
	}
	var own []keys.Binding
	switch c.focus {
	case inGuide:
		own = c.guide.Bindings()
	case inPage:
		own = c.current().page.Bindings()
	}
	return append(own, c.globals()...)
}

// paste offers pasted text to whatever has the keyboard.
func (c *Console) paste(text string) tea.Cmd {
	if n := len(c.overlays); n > 0 {
		return c.overlays[n-1].paste(text)
	}
	if c.focus == inPage {
		return c.current().page.Paste(text)
	}
	return nil
}

// click acts on the zone under the mouse.
func (c *Console) click(msg tea.MouseClickMsg) tea.Cmd {
	if c.playback != nil && !c.playback.feeding {
		return c.stopPlayback()
	}
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if len(c.overlays) == 0 {
		c.focus = c.layout.areaAt(msg.X, msg.Y, c.focus)
	}
	zone, ok := c.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Click != nil })
	if !ok {
		return nil
	}
	if zone.Drag != nil {
		c.held = &zone
	}
	return zone.Click(msg.X-zone.X, msg.Y-zone.Y)
}

// drag moves what the mouse holds: text is selected.
func (c *Console) drag(msg tea.MouseMotionMsg) tea.Cmd {
	if c.held == nil {
		return nil
	}
	return c.held.Drag(msg.X-c.held.X, msg.Y-c.held.Y)
}

// wheel scrolls what is under the mouse.
func (c *Console) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	zone, ok := c.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Wheel != nil })
	if !ok {
		return nil
	}
	const step = 3
	switch msg.Button {
	case tea.MouseWheelUp:
		return zone.Wheel(0, -step)
	case tea.MouseWheelDown:
		return zone.Wheel(0, step)
	case tea.MouseWheelLeft:
		return zone.Wheel(-step, 0)
	case tea.MouseWheelRight:
		return zone.Wheel(step, 0)
	}
	return nil
}
