package ui

import (
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// reader shows a text, with a button to copy it.
type reader struct {
	title  string
	lines  []string
	hang   int      // how far in the rest of a broken line stands
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

// broken is a line broken to a width.
func (r *reader) broken(line string, width int) []string {
	if component.Width(line) <= width {
		return []string{line}
	}
	if r.hang == 0 || r.hang >= width {
		return strings.Split(lipgloss.Wrap(line, width, ""), "\n")
	}
	rest := strings.Split(lipgloss.Wrap(ansi.TruncateLeft(line, r.hang, ""), width-r.hang, ""), "\n")
	for i := 1; i < len(rest); i++ {
		rest[i] = component.Spaces(r.hang) + rest[i]
	}
	rest[0] = ansi.Truncate(line, r.hang, "") + rest[0]
	return rest
}

func (r *reader) view(width, height int) component.Block {
	widest := component.Width(r.title) + 2
	for _, line := range r.lines {
		widest = max(widest, component.Width(line))
	}
	inner := min(width-boxedWidth, max(widest, 30))
	r.shown = r.shown[:0]
	for _, line := range r.lines {
		r.shown = append(r.shown, r.broken(line, inner)...)
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
