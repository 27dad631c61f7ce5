package dynamodb

import (
	"slices"
	"strings"

	"awslab/ui/page"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// view draws the panel.
func (f *searchForm) view(p *page.Panel, width int, add component.Control, buttons []component.Control) component.Block {
	head := f.headView(p, width)
	if !f.section.Open() {
		return f.foldedView(p, width, head, add, buttons)
	}
	return component.Stack(width, head, f.bodyView(p, width, add), component.Row(width, 1, p.Show(buttons...)...))
}

// bodyView is the fields.
func (f *searchForm) bodyView(p *page.Panel, width int, add component.Control) component.Block {
	parts := []component.Block{f.targetView(p, width)}
	if f.query() {
		parts = append(parts, f.keyView(p, width))
	}
	return component.Stack(width, append(parts, f.filterView(p, width, add))...)
}

// foldedView is the search on a line. What can be used in the fields still is
// there to be found, and opens the section when it is.
func (f *searchForm) foldedView(p *page.Panel, width int, head component.Block, add component.Control, buttons []component.Control) component.Block {
	run := slices.DeleteFunc(slices.Clone(buttons), func(c component.Control) bool { return p.IsButtonOf(c, keys.Reset) })
	blocks := p.Show(run...)
	room := width
	for _, b := range blocks {
		room -= b.Width + 1
	}
	summary := component.Text(max(0, room), "  "+theme.Faint.Render(component.Clean(cut(f.search().text(), 120))))
	out := component.Stack(width, head, component.Row(width, 1, append([]component.Block{summary}, blocks...)...))
	for _, z := range f.bodyView(p, width, add).Zones {
		z.X, z.Y, z.W, z.H, z.Focused = 0, 0, 1, 1, false
		z.Reveal = func() tea.Cmd {
			f.section.SetOpen(true)
			return nil
		}
		out = out.Zone(z)
	}
	return out
}

// headView is the section's title with Scan and Query beside it; choosing one
// opens the section.
func (f *searchForm) headView(p *page.Panel, width int) component.Block {
	mode := p.Ring.View(f.mode, 24)
	for i, z := range mode.Zones {
		if click := z.Click; click != nil {
			mode.Zones[i].Click = func(x, y int) tea.Cmd {
				f.section.SetOpen(true)
				return click(x, y)
			}
		}
	}
	return component.Row(width, 2, p.Ring.View(f.section, min(24, width)), mode)
}

// targetView is what is searched, and what of it is returned.
func (f *searchForm) targetView(p *page.Panel, width int) component.Block {
	const size = 12
	part := max(12, min(44, (width-size-4)/2))
	parts := []component.Block{component.Row(width, 2,
		p.Ring.View(f.index, part), p.Ring.View(f.projection, part), p.Ring.View(f.pageSize, size))}
	if f.projection.Value() == projectNamed {
		parts = append(parts, p.Ring.View(f.attributes, width))
	}
	return component.Stack(width, parts...)
}

// keyView is the fields of the key: their attributes' names are their labels.
func (f *searchForm) keyView(p *page.Panel, width int) component.Block {
	key := f.key()
	op := 32
	if width < narrowFilters {
		op = 25
	}
	part := max(16, min(52, (width-op-4)/2))
	left := component.Stack(part, keyLabel(part, key.Partition, "Partition key"), p.Ring.View(f.partition, part))
	if key.Sort.Name == "" {
		return component.Row(width, 2, left, p.Ring.View(f.descending, 22))
	}
	middle := component.Stack(op, component.Text(op, ""), p.Ring.View(f.sortOp, op))
	right := component.Stack(part, keyLabel(part, key.Sort, "Sort key - optional"), p.Ring.View(f.sort, part))
	if f.sortOp.Value() == string(opBetween) {
		right = component.Stack(part, right, p.Ring.View(f.upper, part))
	}
	return component.Stack(width, component.Row(width, 2, left, middle, right), p.Ring.View(f.descending, 22))
}

// keyLabel is the label over a key's field: its name, and as much of what it
// is as there is room for.
func keyLabel(width int, a keyAttribute, part string) component.Block {
	name := component.Clean(cut(a.Name, 40))
	short, _, _ := strings.Cut(part, " -")
	for _, note := range []string{part + " · " + a.Type.Name(), part, short} {
		if component.Width(name+note)+4 <= width {
			return component.Text(width, "  "+theme.Heading.Render(name)+theme.Faint.Render("  "+note))
		}
	}
	return component.Text(width, "  "+theme.Heading.Render(name))
}

// filterView is the filters, with the button that adds one.
func (f *searchForm) filterView(p *page.Panel, width int, add component.Control) component.Block {
	head := component.Row(width, 2, append([]component.Block{p.Ring.View(f.filterPart, min(26, width))}, p.Show(add)...)...)
	if !f.filterPart.Open() || len(f.filters) == 0 {
		return head
	}
	parts := []component.Block{head, filterHead(width, f.filters[0].remove.Natural())}
	for _, filter := range f.filters {
		parts = append(parts, filter.view(p, width))
	}
	return component.Stack(width, parts...)
}

// text writes a search on a line: "Query · Artist = Psy · filter: Year = 1971".
func (s search) text() string {
	parts := []string{"Scan"}
	if s.Query {
		parts[0] = "Query"
	}
	if s.Index != "" {
		parts = append(parts, "index "+s.Index)
	}
	if s.Query {
		parts = append(parts, s.Key.Partition.Name+" = "+s.Partition)
		if s.Sort.Op != "" {
			parts = append(parts, s.Key.Sort.Name+" "+s.Sort.text())
		}
	}
	for _, f := range s.Filters {
		parts = append(parts, "filter "+f.Name+" "+f.text())
	}
	return strings.Join(parts, " · ")
}

// text writes a condition: "= Psy", "between A and B".
func (c condition) text() string {
	switch {
	case !c.Op.takesValue():
		return strings.ReplaceAll(string(c.Op), "attribute_", "")
	case c.Op == opBetween:
		return "between " + c.Value + " and " + c.Upper
	}
	return strings.ReplaceAll(string(c.Op), "_", " ") + " " + c.Value
}
