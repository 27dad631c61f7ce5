package page

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Styled renders each line of a text, wrapped to a width.
func Styled(width int, style theme.Style, text string) component.Block {
	lines := component.Wrap(text, max(1, width))
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return component.Text(width, lines...)
}

// Fault shows a failure of a service where its answer would stand, and what to
// do next.
func Fault(width int, what string, err error) component.Block {
	told := Explain(err)
	parts := []component.Block{Styled(width, theme.Danger, "✗ "+what+". "+component.Clean(told[0]))}
	for _, line := range told[1:] {
		parts = append(parts, Styled(width, theme.Plain, "  "+component.Clean(line)))
	}
	return component.Stack(width, parts...)
}

// Validate asks each text field for its fault. It gives the first field that
// has one, and says so in a line.
func Validate(fields []component.Control) (component.Control, string) {
	var first *component.TextField
	var text string
	more := 0
	for _, c := range fields {
		f, ok := c.(*component.TextField)
		if !ok {
			continue
		}
		switch problem := f.Validate(); {
		case problem == "":
		case first == nil:
			first, text = f, f.Label+": "+problem
		default:
			more++
		}
	}
	if first == nil {
		return nil, ""
	}
	if more > 0 {
		text += fmt.Sprintf(" (and %s)", Counted(more, "more field"))
	}
	return first, text
}

// Counted is a number with its noun: "1 item", "3 items", "2 indexes".
func Counted[N int | int64](n N, noun string) string {
	switch {
	case n == 1:
		return fmt.Sprintf("1 %s", noun)
	case strings.HasSuffix(noun, "x"):
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// FilterList lets a field filter a list of things ("tables") that a table shows.
func FilterList(p *Panel, what string, filter *component.TextField, list *component.List, table *component.Table) {
	filter.Bare, filter.Placeholder = true, "Find "+what+" by name  /"
	filter.Changed = func() tea.Cmd {
		list.Filter(filter.Value())
		return nil
	}
	filter.Submit = func() tea.Cmd { return p.Ring.Focus(table) }
}

// LeaveFilter lets esc and ↓ lead from a filter to its table; esc empties it.
func LeaveFilter(p *Panel, msg tea.KeyPressMsg, filter *component.TextField, list *component.List, table *component.Table) (tea.Cmd, bool) {
	if p.Ring.Focused() != filter {
		return nil, false
	}
	switch msg.String() {
	case "esc":
		filter.SetValue("")
		list.Filter("")
	case "down":
	default:
		return nil, false
	}
	return p.Ring.Focus(table), true
}
