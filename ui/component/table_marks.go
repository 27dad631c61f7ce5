package component

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// mark names a marked row: by key, or else by place.
type mark struct {
	key   string
	place int
}

// Marked lists the rows that are marked, in order.
func (t *Table) Marked() []int {
	keyed, _ := t.Rows.(Keyed)
	var out []int
	for m := range t.marks {
		i, ok := m.place, m.place < t.len()
		if keyed != nil {
			i, ok = keyed.Index(m.key)
		}
		if ok {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// ClearMarks unmarks all rows.
func (t *Table) ClearMarks() { t.marks = nil }

func (t *Table) markOf(i int) mark {
	if keyed, ok := t.Rows.(Keyed); ok {
		return mark{key: keyed.Key(i)}
	}
	return mark{place: i}
}

func (t *Table) marked(i int) bool {
	if len(t.marks) == 0 {
		return false
	}
	_, ok := t.marks[t.markOf(i)]
	return ok
}

func (t *Table) canMark(i int) bool { return t.CanMark == nil || t.CanMark(i) }

func (t *Table) toggle(i int) {
	if i < 0 || i >= t.len() || !t.canMark(i) {
		return
	}
	if t.marked(i) {
		delete(t.marks, t.markOf(i))
		return
	}
	if t.marks == nil {
		t.marks = make(map[mark]struct{})
	}
	t.marks[t.markOf(i)] = struct{}{}
}

// toggleAll marks all rows that are loaded, or unmarks all when some are.
func (t *Table) toggleAll() {
	if len(t.marks) > 0 {
		t.marks = nil
		return
	}
	for i := range t.len() {
		if _, ok := t.Rows.Row(i); ok {
			t.toggle(i)
		}
	}
}

// headerBox tells whether all rows are marked, some or none.
func (t *Table) headerBox() string {
	switch {
	case !t.Markable:
		return ""
	case len(t.marks) == 0:
		return "[ ] "
	case len(t.marks) == t.len():
		return "[x] "
	}
	return "[-] "
}

// markZone is the box of a row in sight.
func (t *Table) markZone(i int, row Zone) Zone {
	z := Zone{X: gutterWidth, Y: row.Y, W: 3, H: 1, Role: RoleCheckbox, Label: row.Label}
	if t.marked(i) {
		z.Value = "on"
	}
	z.Click = func(int, int) tea.Cmd {
		t.toggle(i)
		return tea.Batch(t.goTo(i), run(t.Marks))
	}
	return z
}
