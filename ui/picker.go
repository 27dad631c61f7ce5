package ui

import (
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"
)

// picker is a list to choose from, narrowed by typing: the services menu, the
// palette, and whatever a page offers with nav.Choose.
type picker struct {
	title   string
	options []nav.Choice
	shown   []int // of options, best match first
	cursor  int
	top     int
	rows    int // in sight when it was drawn last
	field   *component.TextField
	pop     func()
}

// labels lets fuzzy search the options.
type labels []nav.Choice

func (l labels) String(i int) string { return l[i].Label + " " + l[i].Detail }
func (l labels) Len() int            { return len(l) }

func newPicker(title string, options []nav.Choice, pop func()) *picker {
	p := &picker{title: title, options: options, pop: pop}
	p.field = component.NewTextField("Find")
	p.field.Placeholder = "type to find"
	p.field.Changed = func() tea.Cmd { p.narrow(); return nil }
	p.field.Focus()
	p.narrow()
	return p
}

// narrow keeps the options that match what was typed.
func (p *picker) narrow() {
	p.cursor, p.top = 0, 0
	p.shown = p.shown[:0]
	if p.field.Value() == "" {
		for i := range p.options {
			p.shown = append(p.shown, i)
		}
		return
	}
	for _, m := range fuzzy.FindFrom(p.field.Value(), labels(p.options)) {
		p.shown = append(p.shown, m.Index)
	}
	slices.SortStableFunc(p.shown, func(a, b int) int { return p.apart(a) - p.apart(b) })
}

// apart is how far an option's label is from what was typed: whose label begins
// with it comes before whose has it, and that before those whose letters fit.
func (p *picker) apart(option int) int {
	label, typed := strings.ToLower(p.options[option].Label), strings.ToLower(p.field.Value())
	switch {
	case strings.HasPrefix(label, typed):
		return 0
	case strings.Contains(label, typed):
		return 1
	}
	return 2
}

func (p *picker) choose(n int) tea.Cmd {
	if n < 0 || n >= len(p.shown) {
		return nil
	}
	option := p.options[p.shown[n]]
	if option.Disabled != "" {
		return nav.Send(nav.Notify{Level: nav.Information, Title: option.Label + " is not possible now", Text: option.Disabled})
	}
	p.pop()
	return option.Do()
}

func (p *picker) move(n int) {
	p.cursor = max(0, min(p.cursor+n, len(p.shown)-1))
}

func (p *picker) key(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "up", "shift+tab", "ctrl+p":
		p.move(-1)
	case "down", "tab", "ctrl+n":
		p.move(1)
	case "pgup":
		p.move(-p.rows)
	case "pgdown":
		p.move(p.rows)
	case "enter":
		return p.choose(p.cursor)
	default:
		cmd, _ := p.field.Key(msg)
		return cmd
	}
	return nil
}

func (p *picker) paste(text string) tea.Cmd { return p.field.Paste(text) }

func (p *picker) bindings() []keys.Binding {
	return []keys.Binding{
		closing(p.pop),
		keys.Bind(keys.Open, func() tea.Cmd { return p.choose(p.cursor) }).As("choose"),
	}
}

func (p *picker) view(width, height int) component.Block {
	inner := min(width, 72) - boxedWidth
	field := p.field.View(inner)
	p.rows = max(1, min(len(p.options), height-boxedHeight-field.Height()-1))
	p.top = max(min(p.top, p.cursor), p.cursor-p.rows+1)
	var rows []component.Block
	for n := p.top; n < min(len(p.shown), p.top+p.rows); n++ {
		rows = append(rows, p.row(n, inner))
	}
	if len(p.shown) == 0 {
		rows = append(rows, component.Text(inner, theme.Faint.Render("Nothing has this name.")))
	}
	list := component.Stack(inner, rows...).Fit(inner, p.rows).All(component.Zone{
		Role: component.RoleScroll, Wheel: func(_, dy int) tea.Cmd { p.move(dy); return nil },
	})
	return box(inner+boxedWidth, p.title, component.Stack(inner, field, component.Blank(inner, 1), list))
}

func (p *picker) row(n, width int) component.Block {
	option := p.options[p.shown[n]]
	label := component.Clean(option.Label)
	detail := component.Clean(option.Detail)
	if option.Disabled != "" {
		detail = option.Disabled
	}
	var line string
	if n == p.cursor {
		line = theme.Selected.Render(component.FitLine("▸ "+label+"  "+detail, width))
	} else {
		line = "  " + label + "  " + theme.Faint.Render(detail)
	}
	return component.Text(width, line).All(component.Zone{
		Role: component.RoleOption, Label: label, Focused: n == p.cursor, Disabled: option.Disabled,
		Click: press(func() tea.Cmd { return p.choose(n) }),
	})
}
