package ui

import (
	"fmt"
	"slices"
	"time"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// fades is how long a message that is no failure stays.
const fades = 6 * time.Second

// notices are the messages above the page, newest last. Failures and warnings
// stay until they are dismissed.
type notices struct {
	tick func(time.Duration, func() tea.Cmd) tea.Cmd
	list []notice
	last int
}

type notice struct {
	nav.Notify
	id int
}

// add shows a message, in the place of an earlier one that has the same title.
func (n *notices) add(msg nav.Notify) tea.Cmd {
	n.last++
	id := n.last
	n.list = slices.DeleteFunc(n.list, func(x notice) bool { return x.Level == msg.Level && x.Title == msg.Title })
	n.list = append(n.list, notice{msg, id})
	if msg.Level == nav.Failure || msg.Level == nav.Warning {
		return nil
	}
	return n.tick(fades, func() tea.Cmd { n.remove(id); return nil })
}

func (n *notices) remove(id int) {
	n.list = slices.DeleteFunc(n.list, func(x notice) bool { return x.id == id })
}

// dismiss removes the newest message.
func (n *notices) dismiss() tea.Cmd {
	if len(n.list) > 0 {
		n.list = n.list[:len(n.list)-1]
	}
	return nil
}

// none says why nothing can be dismissed; "" when something can.
func (n *notices) none() string {
	if len(n.list) == 0 {
		return "There is no message to dismiss."
	}
	return ""
}

// view draws the messages, the newest first, on a screen of so many lines. The newest
// may take a third of them; the others only an eighth together with it, so that the
// page stays where it is, and a last line counts those that are left out.
func (n *notices) view(width, screen int) component.Block {
	var blocks []component.Block
	used := 0
	for i := len(n.list) - 1; i >= 0; i-- {
		id := n.list[i].id
		b := n.list[i].view(width, func() tea.Cmd { n.remove(id); return nil })
		if newest := i == len(n.list)-1; newest {
			b = b.Fit(width, min(b.Height(), max(1, screen/3)))
		} else if used+b.Height() > max(2, screen/8) {
			blocks = append(blocks, component.Text(width, theme.Faint.Render("   "+older(i+1))))
			break
		}
		used += b.Height()
		blocks = append(blocks, b)
	}
	return component.Stack(width, blocks...)
}

// older counts messages that are not shown.
func older(count int) string {
	if count == 1 {
		return "1 older message"
	}
	return fmt.Sprintf("%d older messages", count)
}

func (n notice) view(width int, remove func() tea.Cmd) component.Block {
	mark, style := "✓", theme.Success
	switch n.Level {
	case nav.Information:
		mark, style = "i", theme.Info
	case nav.Warning:
		mark, style = "⚠", theme.Warning
	case nav.Failure:
		mark, style = "✗", theme.Danger
	}
	dismiss := "[×]"
	if n.Level == nav.Failure || n.Level == nav.Warning {
		dismiss = keys.Lookup(keys.Dismiss).Keys[0] + " [×]"
	}
	room := width - component.Width(dismiss) - 4
	text := n.text()
	var lines []string
	for i, line := range component.Wrap(component.Clean(n.Title), room) {
		if i == 0 {
			line = style.Render(mark+" ") + theme.Strong.Render(line)
		} else {
			line = "  " + theme.Strong.Render(line)
		}
		lines = append(lines, " "+line)
	}
	for _, part := range text {
		for _, line := range component.Wrap(component.Clean(part), room) {
			lines = append(lines, "   "+line)
		}
	}
	b := component.Text(width-component.Width(dismiss)-1, lines...)
	button := component.Text(component.Width(dismiss)+1, theme.Faint.Render(dismiss)).All(component.Zone{
		Role: component.RoleButton, Label: "Dismiss", Click: press(remove),
	})
	return component.Beside(len(lines), b, button)
}

// text is what stands under the title: what happened, and what to do next.
func (n notice) text() []string {
	var out []string
	if n.Text != "" {
		out = component.CleanLines(n.Text)
	}
	if n.Err != nil {
		out = append(out, page.Explain(n.Err)...)
	}
	return out
}
