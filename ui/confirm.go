package ui

import (
	"fmt"
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// confirm asks before something dangerous. Where a word must be typed, only
// that word makes the action possible; else the answer is Cancel unless the
// user goes to the other button.
type confirm struct {
	ask    nav.Confirm
	pop    func()
	ring   *component.Ring
	word   *component.TextField
	cancel *component.Button
	action *component.Button

	top, room, lines int // of a text that scrolls: its first line in sight, how many are, and are there

	agreed  bool
	refused func() tea.Cmd // when it closes without a yes; nil for nothing
}

func newConfirm(ask nav.Confirm, pop func()) *confirm {
	d := &confirm{ask: ask, pop: pop}
	d.cancel = component.NewButton("Cancel", func() tea.Cmd { pop(); return nil })
	d.action = component.NewButton(ask.Action, d.do)
	d.action.Dangerous = true
	if ask.Word == "" {
		d.ring = component.NewRing(d.cancel, d.action)
		return d
	}
	d.word = component.NewTextField(fmt.Sprintf("To confirm, type %s", ask.Word))
	d.word.Placeholder = ask.Word
	d.word.Submit = d.do
	d.word.Changed = func() tea.Cmd { d.gate(); return nil }
	d.gate()
	d.ring = component.NewRing(d.word, d.cancel, d.action)
	return d
}

// gate opens the action when the word is there.
func (d *confirm) gate() {
	d.action.Disabled = ""
	if d.word != nil && d.word.Value() != d.ask.Word {
		d.action.Disabled = fmt.Sprintf("Type %q first.", d.ask.Word)
	}
}

func (d *confirm) do() tea.Cmd {
	if d.action.Disabled != "" {
		d.word.Error = fmt.Sprintf("This is %q; type %q.", component.Clean(d.word.Value()), d.ask.Word)
		return nil
	}
	d.agreed = true
	d.pop()
	return d.ask.Do()
}

// gone is told that the dialog was closed.
func (d *confirm) gone() tea.Cmd {
	if d.agreed || d.refused == nil {
		return nil
	}
	return d.refused()
}

func (d *confirm) key(msg tea.KeyPressMsg) tea.Cmd {
	cmd, used := d.ring.Key(msg)
	if used {
		return cmd
	}
	switch msg.String() {
	case "left", "up":
		return d.ring.Move(-1)
	case "right", "down":
		return d.ring.Move(1)
	case "pgup":
		return d.scroll(-d.room)
	case "pgdown":
		return d.scroll(d.room)
	}
	return nil
}

func (d *confirm) scroll(lines int) tea.Cmd {
	d.top = max(0, min(d.top+lines, d.lines-d.room))
	return nil
}

func (d *confirm) paste(text string) tea.Cmd { return d.ring.Paste(text) }

func (d *confirm) bindings() []keys.Binding {
	return []keys.Binding{
		closing(d.pop).As("cancel"),
		keys.Bind(keys.NextField, func() tea.Cmd { return d.ring.Move(1) }),
	}
}

func (d *confirm) view(width, height int) component.Block {
	width = min(width, 66)
	inner := width - boxedWidth
	fields := []component.Block{}
	if d.word != nil {
		fields = append(fields, d.ring.View(d.word, inner), component.Blank(inner, 1))
	}
	fields = append(fields, component.Row(inner, 2, d.ring.View(d.cancel, inner), d.ring.View(d.action, inner)))
	below := component.Stack(inner, fields...)
	text := d.text(inner, max(0, height-boxedHeight-below.Height()))
	return box(width, "⚠ "+component.Clean(d.ask.Title), component.Stack(inner, text, below))
}

// text draws what is asked in so many lines; where they are too few it scrolls, and
// says so: nobody is to agree to what was out of sight.
func (d *confirm) text(width, room int) component.Block {
	var lines []string
	for i, paragraph := range d.ask.Text {
		lines = append(lines, component.Wrap(component.Clean(paragraph), width)...)
		if i+1 == len(d.ask.Text) || !listed(paragraph) || !listed(d.ask.Text[i+1]) {
			lines = append(lines, "")
		}
	}
	if len(lines) <= room {
		return component.Text(width, lines...)
	}
	lines = lines[:len(lines)-1]                 // without the gap at its end
	d.lines, d.room = len(lines), max(1, room-1) // beside the line that tells of the others
	d.scroll(0)
	told := fmt.Sprintf("lines %d to %d of %d: PgUp and PgDn show the others", d.top+1, d.top+d.room, d.lines)
	lines = append(slices.Clone(lines[d.top:d.top+d.room]), theme.Faint.Render(component.FitLine(told, width)))
	return component.Text(width, lines[:min(len(lines), room)]...).All(component.Zone{
		Role: component.RoleScroll, Wheel: func(_, dy int) tea.Cmd { return d.scroll(dy) },
	})
}

// listed reports whether a paragraph is a point of a list.
func listed(paragraph string) bool { return strings.HasPrefix(paragraph, "• ") }
