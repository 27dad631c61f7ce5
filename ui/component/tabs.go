package component

import (
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Tabs switch between the parts of a page: ← and → when they have the focus, or
// a click. A heavy line runs under the one that is shown.
type Tabs struct {
	part
	Titles  []string
	Changed func(i int) tea.Cmd

	active int
}

// NewTabs makes tabs with the first one active.
func NewTabs(titles ...string) *Tabs { return &Tabs{Titles: titles} }

// Active is the tab that is shown, from 0.
func (t *Tabs) Active() int { return t.active }

// SetActive shows a tab; the nearest when there is no such.
func (t *Tabs) SetActive(i int) { t.active = max(0, min(i, len(t.Titles)-1)) }

// tabGap is the cells between tabs.
const tabGap = 2

// View draws the tabs, two lines high. When they do not fit, those at the left
// give way until the active one is in sight.
func (t *Tabs) View(width int) Block {
	width = max(0, width)
	t.SetActive(t.active)
	var top, rule strings.Builder
	out := Block{Width: width}
	from, x := t.window(width), 0
	if from > 0 {
		top.WriteString(pad("‹ ", min(width, 2), false))
		rule.WriteString(pad("──", min(width, 2), false))
		x = min(width, 2)
	}
	for i, title := range t.Titles {
		w := min(measure(Clean(title))+2, width-x)
		reach := func() tea.Cmd { return t.show(i) }
		zone := Zone{X: x, W: w, H: 2, Role: RoleTab, Label: Clean(title), Focused: t.focused && i == t.active}
		zone.Click = func(int, int) tea.Cmd { return reach() }
		if i == t.active {
			zone.Value = "on"
		}
		if i < from || w < 3 {
			zone.X, zone.W, zone.Reveal = 0, 0, reach
			out.Zones = append(out.Zones, zone)
			continue
		}
		out.Zones = append(out.Zones, zone)
		style, line := theme.Plain, "─"
		if i == t.active {
			style, line = theme.Strong, "━"
		}
		if i == t.active && t.focused {
			style = theme.Pressed
		}
		top.WriteString(spans(w, span{" " + title + " ", style}))
		rule.WriteString(strings.Repeat(line, w))
		gap := min(tabGap, width-x-w)
		top.WriteString(Spaces(gap))
		rule.WriteString(strings.Repeat("─", gap))
		x += w + gap
	}
	out.Lines = []string{
		top.String() + Spaces(width-x),
		theme.Border.Render(rule.String() + strings.Repeat("─", width-x)),
	}
	return out
}

// window is the first tab to draw, so that the active one is in sight.
func (t *Tabs) window(width int) int {
	for from := 0; from < t.active; from++ {
		used := 0
		if from > 0 {
			used = 2
		}
		for i := from; i <= t.active; i++ {
			used += measure(Clean(t.Titles[i])) + 2
			if i < t.active {
				used += tabGap
			}
		}
		if used <= width {
			return from
		}
	}
	return t.active
}

// Key goes to the tab at the left or right.
func (t *Tabs) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "left":
		return t.show(t.active - 1), true
	case "right":
		return t.show(t.active + 1), true
	}
	return nil, false
}

func (t *Tabs) show(i int) tea.Cmd {
	if i < 0 || i >= len(t.Titles) || i == t.active {
		return nil
	}
	t.active = i
	if t.Changed == nil {
		return nil
	}
	return t.Changed(i)
}
