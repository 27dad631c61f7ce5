package component

import (
	"strings"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The widths of columns that go by their rows, and what is between columns.
const (
	narrowest = 6
	widest    = 40
	columnGap = 2
)

// placed is a column as it is drawn: where, how wide; hidden ones are not.
type placed struct {
	Column
	x, w   int
	hidden bool
}

// View draws the header and the rows in sight, Height lines in all.
func (t *Table) View(width int) Block {
	width = max(0, width)
	height := max(0, t.Height)
	t.settle()
	t.fetch()
	out := Block{Width: width}.Fit(width, height)
	if height == 0 {
		return out
	}
	out = out.All(Zone{Role: RoleScroll, Wheel: t.wheel})
	cols := t.place(width)
	out.Lines[0] = t.header(cols, width)
	out.Zones = append(out.Zones, t.headerZones(cols)...)
	n := t.len()
	if n == 0 {
		t.drawEmpty(&out)
		return out.inside()
	}
	bar := scrollbar(height-1, t.top, n)
	for y := 1; y < height; y++ {
		i := t.top + y - 1
		edge := " "
		if n > height-1 {
			edge = bar[y-1]
		}
		switch {
		case i < n:
			out.Lines[y] = t.row(i, cols, width, edge)
		case i == n && t.Loading:
			out.Lines[y] = spans(width, span{"  " + Spinner(t.Frame) + " Loading more…", theme.Faint})
		}
	}
	t.rowZones(&out)
	return out.inside()
}

// sight is a row in sight, as fetched for a frame.
type sight struct {
	cells []Cell
	ok    bool
}

// fetch gets the rows in sight, each once for a frame.
func (t *Table) fetch() {
	t.sights = t.sights[:0]
	for i := t.top; i < min(t.len(), t.top+t.rowLines()); i++ {
		cells, ok := t.Rows.Row(i)
		t.sights = append(t.sights, sight{cells, ok})
	}
}

// cellsAt is a row, fetched already if it is in sight.
func (t *Table) cellsAt(i int) ([]Cell, bool) {
	if at := i - t.top; at >= 0 && at < len(t.sights) {
		return t.sights[at].cells, t.sights[at].ok
	}
	return t.Rows.Row(i)
}

// drawEmpty says that there is nothing, or that it is being loaded.
func (t *Table) drawEmpty(out *Block) {
	lines, style := t.Empty, theme.Faint
	if t.Loading {
		lines = []string{Spinner(t.Frame) + " Loading…"}
	}
	for i, text := range lines {
		if i+2 > len(out.Lines) {
			return
		}
		indent := max(0, (out.Width-cellsOf(text, out.Width))/2)
		out.Lines[min(i+2, len(out.Lines)-1)] = spans(out.Width, span{Spaces(indent), theme.Plain}, span{text, style})
	}
}

// before the cells of a row: the mark of the current one, and the box.
func (t *Table) margin() int {
	if t.Markable {
		return gutterWidth + 4
	}
	return gutterWidth
}

// place lays the columns out: the first one, then as many as fit from where the
// view was moved to.
func (t *Table) place(width int) []placed {
	columns := t.columns()
	out := make([]placed, len(columns))
	for i, c := range columns {
		out[i] = placed{Column: c, w: t.columnWidth(i, c)}
	}
	x, end := t.margin(), width-1
	t.sideways = max(1, min(t.sideways, farthest(out, end-x)))
	t.goesOn = false
	for i, p := range out {
		p.x = x
		room := end - x
		switch {
		case i > 0 && i < t.sideways:
			p.hidden = true
		case room < min(p.w, 3):
			p.hidden, t.goesOn = true, t.goesOn || i > t.sideways
		case room < p.w:
			p.w, t.goesOn = room, t.goesOn || i > t.sideways
		}
		if !p.hidden {
			x += p.w + columnGap
		}
		out[i] = p
	}
	return out
}

// farthest is the column from which on all columns fit beside the first one:
// moving the view on would only waste room.
func farthest(columns []placed, room int) int {
	if len(columns) == 0 {
		return 0
	}
	room -= columns[0].w
	for i := len(columns) - 1; i > 0; i-- {
		if room -= columns[i].w + columnGap; room < 0 {
			return min(i+1, len(columns)-1)
		}
	}
	return 1
}

// columnWidth is a column's own width, or that of the widest cell seen in it.
func (t *Table) columnWidth(i int, c Column) int {
	if c.Width > 0 {
		return c.Width
	}
	if t.widths == nil {
		t.widths = make(map[string]int)
	}
	w, ok := t.widths[c.Title]
	if !ok {
		w = measure(Clean(c.Title))
		if t.Sortable {
			w += 2 // for the arrow
		}
		w = max(narrowest, min(w, widest))
	}
	for _, row := range t.sights {
		if row.ok && i < len(row.cells) && w < widest {
			w = max(w, cellsOf(row.cells[i].Text, widest))
		}
	}
	t.widths[c.Title] = w
	return w
}

// uncover moves the view sideways so that a column is in sight.
func (t *Table) uncover(column int) {
	if column > 0 && (column < t.sideways || t.goesOn) {
		t.sideways = column
	}
}

// header draws the titles; an arrow shows the order, ‹ and › that there are
// more columns.
func (t *Table) header(cols []placed, width int) string {
	var b strings.Builder
	b.WriteString(pad("  "+t.headerBox(), min(width, t.margin()), false))
	x := min(width, t.margin())
	for i, c := range cols {
		if c.hidden {
			continue
		}
		x = t.gap(&b, x, c.x, i > 0 && i == t.sideways && i > 1)
		title := Clean(c.Title)
		if t.sorted && t.sortColumn == i {
			arrow := " ▲"
			if t.descending {
				arrow = " ▼"
			}
			short, _ := elide(title, max(0, c.w-2))
			title = short + arrow
		}
		b.WriteString(theme.Heading.Render(pad(title, c.w, c.Right)))
		x += c.w
	}
	if t.goesOn && x < width {
		return b.String() + Spaces(width-1-x) + theme.Heading.Render("›")
	}
	return b.String() + Spaces(width-x)
}

// gap fills up to a column, with ‹ when columns were passed over.
func (t *Table) gap(b *strings.Builder, from, to int, passed bool) int {
	if passed && to-from == columnGap {
		b.WriteString(theme.Heading.Render("‹") + " ")
		return to
	}
	b.WriteString(Spaces(to - from))
	return to
}

// row draws one row; the scrollbar's cell is its last.
func (t *Table) row(i int, cols []placed, width int, edge string) string {
	var b strings.Builder
	b.Grow(2 * width)
	cells, ok := t.cellsAt(i)
	if !ok {
		cells = []Cell{{"loading…", theme.Faint}}
	}
	current := i == t.current
	reverse := current && t.focused
	start := "  "
	if current {
		start = "▸ "
	}
	switch {
	case !t.Markable:
	case !t.canMark(i):
		start += "    "
	case t.marked(i):
		start += "[x] "
	default:
		start += "[ ] "
	}
	x := min(max(0, width-1), t.margin())
	b.WriteString(pad(start, x, false))
	for c, col := range cols {
		if col.hidden {
			continue
		}
		b.WriteString(Spaces(col.x - x))
		x = col.x + col.w
		if c >= len(cells) {
			b.WriteString(Spaces(col.w))
			continue
		}
		text := pad(cells[c].Text, col.w, col.Right)
		if !reverse {
			text = cells[c].Style.Render(text)
		}
		b.WriteString(text)
	}
	b.WriteString(Spaces(width - 1 - x))
	line := b.String()
	if reverse {
		line = theme.Selected.Render(line)
	}
	if width > 0 && edge != " " {
		edge = theme.Border.Render(edge)
	} else if width == 0 {
		edge = ""
	}
	return line + edge
}

func (t *Table) headerZones(cols []placed) []Zone {
	var out []Zone
	if t.Markable {
		out = append(out, Zone{
			X: gutterWidth, W: 3, H: 1, Role: RoleCheckbox, Label: "Select all",
			Click: func(int, int) tea.Cmd { t.toggleAll(); return run(t.Marks) },
		})
	}
	for i, c := range cols {
		z := Zone{X: c.x, W: c.w, H: 1, Role: RoleHeader, Label: Clean(c.Title)}
		if t.sorted && t.sortColumn == i {
			z.Value = "ascending"
			if t.descending {
				z.Value = "descending"
			}
		}
		if t.Sortable {
			z.Click = func(int, int) tea.Cmd { return t.sortBy(i) }
		}
		if c.hidden {
			z.X, z.W = 0, 0
			z.Reveal = func() tea.Cmd { t.sideways = max(1, i); return nil }
		}
		out = append(out, z)
	}
	return out
}

// nearby is how many rows out of sight, above and below, still have zones.
const nearby = 20

// rowZones adds the zones of the rows in sight and of those nearby.
func (t *Table) rowZones(out *Block) {
	lines := len(out.Lines) - 1
	for i := max(0, t.top-nearby); i < min(t.len(), t.top+lines+nearby); i++ {
		cells, ok := t.cellsAt(i)
		if !ok {
			continue
		}
		label, value := rowText(cells)
		z := Zone{
			Y: 1 + i - t.top, W: max(0, out.Width-1), H: 1, Role: RoleRow, Label: label, Value: value,
			Focused: t.focused && i == t.current,
			Click:   func(int, int) tea.Cmd { return t.click(i) },
		}
		seen := z.Y >= 1 && z.Y <= lines
		if !seen {
			z.Y, z.H = max(0, min(z.Y, lines)), 0
			z.Reveal = func() tea.Cmd { return t.goTo(i) }
		}
		out.Zones = append(out.Zones, z)
		if t.Markable && seen && t.canMark(i) {
			out.Zones = append(out.Zones, t.markZone(i, z))
		}
	}
}

// rowText is a row as zones tell it: its first cell with a text, and all cells.
func rowText(cells []Cell) (label, value string) {
	const most = 256 // cells of each
	var b strings.Builder
	for i, c := range cells {
		text, _ := elide(c.Text, most)
		if i > 0 {
			b.WriteString("  ")
		}
		if label == "" {
			label = text
		}
		b.WriteString(text)
	}
	return label, b.String()
}
