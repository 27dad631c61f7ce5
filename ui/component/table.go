package component

import (
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Cell is one value of a table's row.
type Cell struct {
	Text  string
	Style theme.Style
}

// Column is one column of a table.
type Column struct {
	Title string
	Width int  // cells; 0 to go by the rows that were seen, 6 to 40
	Right bool // numbers stand at the right
}

// Rows is what a table shows. It may grow and shrink between frames.
type Rows interface {
	// Len is the number of rows known so far.
	Len() int
	// Row is a row from 0; ok is false for one that is known but not loaded.
	Row(i int) (cells []Cell, ok bool)
}

// Keyed is for Rows that know a row by a name, whatever its place: the table
// then keeps its current row and its marks over a refresh, a filter, an order.
type Keyed interface {
	Key(i int) string
	Index(key string) (int, bool)
}

// Sorter is for Rows that can sort themselves.
type Sorter interface {
	Sort(column int, descending bool)
}

// Table shows rows of cells, of which only those in sight cost anything. ↑ ↓
// PgUp PgDn home end and the wheel move in it, ← → move it sideways under its
// first column, enter opens the row marked ▸.
type Table struct {
	part
	Columns  func() []Column
	Rows     Rows
	Height   int      // lines to draw, header included; the page sets it before View
	Empty    []string // shown when there are no rows
	Loading  bool     // rows are being loaded: says so after the last one
	Frame    int      // the spinner's picture while loading, counted up by the owner
	Markable bool     // space marks rows
	Sortable bool     // o, or a click on a header, sorts

	// Marks is called when rows have been marked or unmarked.
	Marks func() tea.Cmd
	// CanMark tells the rows that can be marked; nil for all of them.
	CanMark func(row int) bool
	// Open is called for enter, and for a click on the row that is current.
	Open func(row int) tea.Cmd
	// Moved is called when another row has become current.
	Moved func(row int) tea.Cmd
	// Need is called for rows in sight that are not loaded, from ≤ i < to.
	Need func(from, to int) tea.Cmd
	// End is called when the last row known is in sight, unless Loading.
	End func() tea.Cmd
	// Sorted is told what to sort by; when nil, Rows are asked if they are a Sorter.
	Sorted func(column int, descending bool) tea.Cmd

	current, top int
	key          string // of the current row, when Rows are Keyed
	fresh        bool   // the focus has just come: the first click only selects
	marks        map[mark]struct{}
	asked        [2]int // the rows that Need was called for last
	sorted       bool
	sortColumn   int
	descending   bool

	sideways int            // the first column drawn after the frozen one
	widths   map[string]int // of columns that go by their rows, so far
	sights   []sight        // the rows in sight, in the frame being drawn
	goesOn   bool           // there are columns to the right of those drawn last
}

// NewTable makes a table of rows.
func NewTable(rows Rows, columns func() []Column) *Table {
	return &Table{Rows: rows, Columns: columns}
}

// Focus gives the table the focus.
func (t *Table) Focus() tea.Cmd {
	t.focused, t.fresh = true, true
	return nil
}

// Current is the row that keys act on, from 0; -1 when there are no rows.
func (t *Table) Current() int {
	t.settle()
	return min(t.current, t.len()-1)
}

// SetCurrent makes a row the current one.
func (t *Table) SetCurrent(i int) {
	t.current = max(0, i)
	t.key = ""
	t.settle()
	t.follow()
}

// SetSorted shows by which column the rows are sorted; below 0 for none.
func (t *Table) SetSorted(column int, descending bool) {
	t.sorted, t.sortColumn, t.descending = column >= 0, column, descending
}

// Check asks for what the rows in sight lack. The owner calls it when rows have
// come, or the height has changed: the table itself only looks when it moves.
func (t *Table) Check() tea.Cmd {
	t.asked = [2]int{}
	t.settle()
	return t.need()
}

func (t *Table) len() int {
	if t.Rows == nil {
		return 0
	}
	return max(0, t.Rows.Len())
}

// rowLines is how many lines there are for rows.
func (t *Table) rowLines() int { return max(1, t.Height-1) }

// settle brings the table's place in line with rows that may have changed.
func (t *Table) settle() {
	n := t.len()
	if n == 0 {
		return // a refresh under way: the place is kept for what comes
	}
	if keyed, ok := t.Rows.(Keyed); ok {
		if t.key != "" && (t.current >= n || keyed.Key(t.current) != t.key) {
			if i, ok := keyed.Index(t.key); ok && i < n {
				t.top += i - t.current
				t.current = i
			}
		}
		t.current = max(0, min(t.current, n-1))
		t.key = keyed.Key(t.current)
	}
	t.current = max(0, min(t.current, n-1))
	t.clampTop()
}

// clampTop keeps the view within the rows, and the line that says that more are
// being loaded.
func (t *Table) clampTop() {
	total := t.len()
	if t.Loading {
		total++
	}
	t.top = max(0, min(t.top, total-t.rowLines()))
}

// follow brings the current row into sight.
func (t *Table) follow() {
	lines := t.rowLines()
	t.top = min(t.top, t.current)
	t.top = max(t.top, t.current-lines+1)
	if t.Loading && t.current == t.len()-1 && lines > 1 {
		t.top++
	}
	t.clampTop()
}

// need asks for the rows in sight that are not loaded, and for more at the end.
func (t *Table) need() tea.Cmd {
	var cmds []tea.Cmd
	n := t.len()
	to := min(n, t.top+t.rowLines())
	if t.Need != nil {
		var missing [2]int
		for i := t.top; i < to; i++ {
			if _, ok := t.Rows.Row(i); !ok {
				if missing[1] == 0 {
					missing[0] = i
				}
				missing[1] = i + 1
			}
		}
		if missing[1] > 0 && missing != t.asked {
			t.asked = missing
			cmds = append(cmds, t.Need(missing[0], missing[1]))
		}
	}
	if t.End != nil && !t.Loading && to == n {
		cmds = append(cmds, t.End())
	}
	return tea.Batch(cmds...)
}

// Key moves, opens, marks and sorts.
func (t *Table) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	t.fresh = false
	if t.len() == 0 {
		return nil, false
	}
	t.settle()
	lines := t.rowLines()
	switch msg.String() {
	case "up":
		return t.goTo(t.current - 1), true
	case "down":
		return t.goTo(t.current + 1), true
	case "pgup":
		t.top -= lines
		return t.goTo(t.current - lines), true
	case "pgdown":
		t.top += lines
		return t.goTo(t.current + lines), true
	case "home":
		return t.goTo(0), true
	case "end":
		return t.goTo(t.len() - 1), true
	case "left":
		return nil, t.slide(-1)
	case "right":
		return nil, t.slide(1)
	case "enter":
		if t.Open != nil {
			return t.Open(t.current), true
		}
	case "space":
		if t.Markable {
			t.toggle(t.current)
			return run(t.Marks), true
		}
	case "o":
		if t.Sortable {
			return t.cycle(), true
		}
	}
	return nil, false
}

// goTo makes the nearest row to i the current one.
func (t *Table) goTo(i int) tea.Cmd {
	was := t.current
	t.current = max(0, min(i, t.len()-1))
	t.key = ""
	t.clampTop()
	t.follow()
	t.settle()
	if t.current != was && t.Moved != nil {
		return tea.Batch(t.Moved(t.current), t.need())
	}
	return t.need()
}

// wheel scrolls; the current row is taken along so as to stay in sight.
func (t *Table) wheel(dx, dy int) tea.Cmd {
	if t.len() == 0 {
		return nil
	}
	t.settle()
	switch {
	case dx < 0:
		t.slide(-1)
	case dx > 0:
		t.slide(1)
	}
	t.top += dy
	t.clampTop()
	return t.goTo(max(t.top, min(t.current, t.top+t.rowLines()-1)))
}

// slide moves the view by a column; it reports whether that is possible.
func (t *Table) slide(by int) bool {
	if by > 0 && !t.goesOn || by < 0 && t.sideways <= 1 {
		return false
	}
	t.sideways = max(1, t.sideways+by)
	return true
}

// click makes a row current, or opens it when it is already.
func (t *Table) click(i int) tea.Cmd {
	again := i == t.current && !t.fresh
	t.fresh = false
	if i >= t.len() {
		return nil
	}
	move := t.goTo(i)
	if again && t.Open != nil {
		return tea.Batch(move, t.Open(i))
	}
	return move
}

// cycle sorts by the column it is sorted by the other way round, or else by the
// next one.
func (t *Table) cycle() tea.Cmd {
	switch n := len(t.columns()); {
	case n == 0:
		return nil
	case !t.sorted:
		return t.sort(0, false)
	case !t.descending:
		return t.sort(t.sortColumn, true)
	default:
		return t.sort((t.sortColumn+1)%n, false)
	}
}

// sortBy sorts by a column; the other way round when it is sorted by it already.
func (t *Table) sortBy(column int) tea.Cmd {
	return t.sort(column, t.sorted && t.sortColumn == column && !t.descending)
}

func (t *Table) sort(column int, descending bool) tea.Cmd {
	t.SetSorted(column, descending)
	t.uncover(column)
	if t.Sorted != nil {
		return t.Sorted(column, descending)
	}
	if rows, ok := t.Rows.(Sorter); ok {
		rows.Sort(column, descending)
	}
	t.settle()
	t.follow()
	return t.need()
}

func (t *Table) columns() []Column {
	if t.Columns == nil {
		return nil
	}
	return t.Columns()
}
