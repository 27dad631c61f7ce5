package ui

import (
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// bar builds a one-line bar of parts, left to right.
type bar struct {
	width, used int
	text        strings.Builder
	zones       []component.Zone
}

func newBar(width int) *bar { return &bar{width: width} }

// press makes a zone's click of an action.
func press(do func() tea.Cmd) func(int, int) tea.Cmd {
	return func(int, int) tea.Cmd { return do() }
}

// put adds a part if it still fits.
func (b *bar) put(text string, zone component.Zone) {
	w := component.Width(text)
	if b.used+w > b.width {
		return
	}
	zone.X, zone.W, zone.H = b.used, w, 1
	b.zones = append(b.zones, zone)
	b.text.WriteString(text)
	b.used += w
}

// end puts the first of some texts that there is room for at the right, if any, and
// styles the bar.
func (b *bar) end(rights ...string) component.Block {
	for _, right := range rights {
		if room := b.width - b.used; component.Width(right) <= room {
			b.text.WriteString(component.Spaces(room - component.Width(right)))
			b.text.WriteString(right)
			break
		}
	}
	line := theme.TopBar.Render(component.FitLine(b.text.String(), b.width))
	return component.Block{Width: b.width, Lines: []string{line}, Zones: b.zones}
}

// footer is the last line: how the last call went, and what the keys do here.
func (c *Console) footer() component.Block {
	if c.playback != nil {
		return component.Text(c.width, c.playback.caption())
	}
	call := c.tray.view(c.cfg.Now())
	left := component.Text(min(component.Width(call)+1, c.width/2), call)
	if call != "" {
		left = left.All(component.Zone{Role: component.RoleButton, Label: "Last call", Click: press(c.showCommand)})
	}
	room := c.width - left.Width - 1
	var hints []component.Block
	for _, b := range c.fitting(room) {
		hint := keyHint(b)
		w := component.Width(hint) + 2
		room -= w
		block := component.Text(w, hint).All(component.Zone{
			Role: component.RoleButton, Label: b.Label, Disabled: b.Disabled,
			Click: press(func() tea.Cmd { return c.run(b) }),
		})
		hints = append(hints, block)
	}
	right := component.Beside(1, hints...)
	return component.Beside(1, left, component.Blank(max(1, room+1), 1), right).Fit(c.width, 1)
}

// fitting picks the footer's hints that fit: the last two, help and the guide,
// always; of the others as many as there is room for, the page's main ones
// first.
func (c *Console) fitting(room int) []keys.Binding {
	all := c.footerBindings()
	width := func(b keys.Binding) int { return component.Width(keyHint(b)) + 2 }
	var always, out []keys.Binding
	for _, b := range all {
		if b.ID == keys.Help || b.ID == keys.GuidePane || b.ID == keys.Back {
			always = append(always, b)
			room -= width(b)
		}
	}
	for _, b := range all {
		if b.ID == keys.Help || b.ID == keys.GuidePane || b.ID == keys.Back || width(b) > room {
			continue
		}
		out = append(out, b)
		room -= width(b)
	}
	return append(out, always...)
}

// footerBindings picks what the footer shows: what works with the keyboard as
// it is, the page's own first, help always.
func (c *Console) footerBindings() []keys.Binding {
	var out []keys.Binding
	editing := c.editing()
	for _, b := range c.bindings() {
		if b.Quiet || b.Disabled != "" {
			continue
		}
		if usable := shownKey(b.Action, editing); usable != "" {
			b.Keys = []string{usable}
			out = append(out, b)
		}
	}
	return out
}

// shownKey is the key to show for an action: one that is not typed as text
// while editing.
func shownKey(a keys.Action, editing bool) string {
	for _, k := range a.Keys {
		if !editing || !keys.Typed(k) {
			return k
		}
	}
	return ""
}

func keyHint(b keys.Binding) string {
	return theme.Key.Render(keys.Name(b.Keys[0])) + " " + b.Label
}
