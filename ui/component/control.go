package component

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Control is a part of a screen that can have the focus: a field, a button, a
// table. It is changed only by the program's Update.
type Control interface {
	// View draws the control at a width, as high as it needs.
	View(width int) Block
	// Focus and Blur give and take the focus.
	Focus() tea.Cmd
	Blur()
	// Key offers a key press, and reports whether the control used it.
	Key(tea.KeyPressMsg) (tea.Cmd, bool)
	// Paste offers pasted text.
	Paste(text string) tea.Cmd
	// Editing reports whether typed letters are text to the control, so that
	// they are no shortcuts.
	Editing() bool
}

// Ring moves the focus among the controls of a screen: tab and shift+tab go
// round, a click goes straight. Only the focused control gets keys.
type Ring struct {
	controls []Control
	focused  Control
}

// NewRing makes a ring with the focus on its first control.
func NewRing(controls ...Control) *Ring {
	r := &Ring{}
	r.Set(controls...)
	return r
}

// Set replaces the controls. The focus stays where it was if that control is
// still there; else it goes to the nearest one that is, or to the first.
func (r *Ring) Set(controls ...Control) {
	before := r.controls
	r.controls = controls
	if slices.Contains(controls, r.focused) {
		return
	}
	heir := r.heir(before)
	if r.focused != nil {
		r.focused.Blur()
	}
	r.focused = nil
	if heir != nil {
		r.Focus(heir)
	}
}

// heir is the control that gets the focus when the one that has it is gone: the
// next of those before that is still there, or the last.
func (r *Ring) heir(before []Control) Control {
	at := slices.Index(before, r.focused)
	for i := at + 1; at >= 0 && i < len(before); i++ {
		if slices.Contains(r.controls, before[i]) {
			return before[i]
		}
	}
	for i := at - 1; i >= 0; i-- {
		if slices.Contains(r.controls, before[i]) {
			return before[i]
		}
	}
	if len(r.controls) == 0 {
		return nil
	}
	return r.controls[0]
}

// Focus gives a control the focus.
func (r *Ring) Focus(c Control) tea.Cmd {
	if r.focused == c {
		return nil
	}
	if r.focused != nil {
		r.focused.Blur()
	}
	r.focused = c
	return c.Focus()
}

// Focused is the control that has the focus; nil when there is none.
func (r *Ring) Focused() Control { return r.focused }

// Move goes n controls on (or back), round the ring.
func (r *Ring) Move(n int) tea.Cmd {
	if len(r.controls) == 0 {
		return nil
	}
	at := slices.Index(r.controls, r.focused)
	if at < 0 && n < 0 {
		at = 0
	}
	count := len(r.controls)
	return r.Focus(r.controls[((at+n)%count+count)%count])
}

// Key offers a key to the focused control, then moves the focus for tab, shift+tab
// and, on tabs, the arrow down; it reports whether the key was used.
func (r *Ring) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if r.focused != nil {
		if cmd, used := r.focused.Key(msg); used {
			return cmd, true
		}
	}
	switch msg.String() {
	case "tab":
		return r.Move(1), true
	case "shift+tab":
		return r.Move(-1), true
	case "down":
		return r.down(msg)
	}
	return nil, false
}

// down goes from tabs to what they show: to its table, if there is nothing but a
// filter above it. A table shows one of its rows as marked already, so that the key
// goes on from there.
func (r *Ring) down(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if _, tabs := r.focused.(*Tabs); !tabs {
		return nil, false
	}
	for _, next := range r.controls[slices.Index(r.controls, r.focused)+1:] {
		switch next := next.(type) {
		case *TextField:
			continue
		case *Table:
			cmd := r.Focus(next)
			moved, _ := next.Key(msg)
			return tea.Batch(cmd, moved), true
		}
		break
	}
	return r.Move(1), true
}

// Paste offers pasted text to the focused control.
func (r *Ring) Paste(text string) tea.Cmd {
	if r.focused == nil {
		return nil
	}
	return r.focused.Paste(text)
}

// Editing reports whether the focused control takes typed letters.
func (r *Ring) Editing() bool { return r.focused != nil && r.focused.Editing() }

// View draws a control of the ring: a click anywhere in it takes the focus
// there before it acts.
func (r *Ring) View(c Control, width int) Block {
	b := c.View(width)
	zones := make([]Zone, len(b.Zones))
	for i, z := range b.Zones {
		if click := z.Click; click != nil {
			z.Click = func(x, y int) tea.Cmd {
				focus := r.Focus(c)
				return tea.Batch(focus, click(x, y))
			}
		}
		zones[i] = z
	}
	b.Zones = zones
	return b
}
