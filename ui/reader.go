package ui

import (
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// reader shows a text, with a button to copy it.
type reader struct {
	title  string
	lines  []string
	shown  []string // the lines as they were broken when drawn last
	top    int
	seen   int // lines in sight when it was drawn last
	copied nav.Copy
	pop    func()
	ring   *component.Ring
	copy   *component.Button
	close  *component.Button
}

func newReader(title string, lines []string, copied nav.Copy, pop func()) *reader {
	r := &reader{title: title, lines: lines, copied: copied, pop: pop}
	r.copy = component.BindingButton(keys.Bind(keys.Copy, r.doCopy).As("Copy"))
	r.close = component.NewButton("Close", func() tea.Cmd { pop(); return nil })
	if copied.Text == "" {
		r.ring = component.NewRing(r.close)
	} else {
		r.ring = component.NewRing(r.copy, r.close)
	}
	return r
}

func (r *reader) doCopy() tea.Cmd {
	r.pop()
	return nav.Send(r.copied)
}

func (r *reader) scroll(lines int) tea.Cmd {
	r.top = max(0, min(r.top+lines, len(r.shown)-r.seen))
	return nil
}

func (r *reader) key(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, used := r.ring.Key(msg); used {
		return cmd
	}
	switch msg.String() {
	case "up", "k":
		return r.scroll(-1)
	case "down", "j":
		return r.scroll(1)
	case "pgup":
		return r.scroll(-r.seen)
	case "pgdown", "space":
		return r.scroll(r.seen)
	case "home":
		return r.scroll(-len(r.lines))
	case "end":
		return r.scroll(len(r.lines))
	case "q", "?":
		r.pop()
	}
	if keys.Lookup(keys.Copy).Match(msg) && r.copied.Text != "" {
		return r.doCopy()
	}
	return nil
}

func (r *reader) paste(string) tea.Cmd { return nil }

func (r *reader) bindings() []keys.Binding {
	out := []keys.Binding{closing(r.pop)}
	if r.copied.Text != "" {
		out = append(out, keys.Bind(keys.Copy, r.doCopy))
	}
	return out
}

func (r *reader) view(width, height int) component.Block {
	widest := component.Width(r.title) + 2
	for _, line := range r.lines {
		widest = max(widest, component.Width(line))
	}
	inner := min(width-boxedWidth, max(widest, 30))
	r.shown = r.shown[:0]
	for _, line := range r.lines {
		if strings.Contains(line, "\x1b") { // styled lines are made to fit
			r.shown = append(r.shown, line)
		} else {
			r.shown = append(r.shown, component.Wrap(line, inner)...)
		}
	}
	room := max(1, height-boxedHeight-2)
	r.seen = min(room, len(r.shown))
	r.scroll(0)
	body := component.Text(inner, r.shown[r.top:r.top+r.seen]...).All(component.Zone{
		Role: component.RoleScroll, Wheel: func(_, dy int) tea.Cmd { return r.scroll(dy) },
	})
	buttons := []component.Block{r.ring.View(r.close, inner)}
	if r.copied.Text != "" {
		buttons = append([]component.Block{r.ring.View(r.copy, inner)}, buttons...)
	}
	return box(inner+boxedWidth, r.title, component.Stack(inner, body, component.Blank(inner, 1), component.Row(inner, 2, buttons...)))
}
