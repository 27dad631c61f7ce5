package component

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// ListRow is a row of a List.
type ListRow struct {
	Key   string // names the row, whatever its place; unique in the list
	Cells []Cell
}

// List is Rows in memory, which can be filtered and sorted.
type List struct {
	rows   []ListRow // all, as set
	lower  []string  // their text, for the filter; "" until needed
	shown  []int     // those that pass the filter, in order
	place  map[string]int
	filter string
	column int // to sort by; -1 to leave the order
	desc   bool
}

// NewList makes an empty list.
func NewList() *List { return &List{column: -1} }

// Set replaces the rows; filter and order stay.
func (l *List) Set(rows []ListRow) {
	l.rows = rows
	l.lower = make([]string, len(rows))
	l.arrange()
}

// Append adds rows; filter and order stay.
func (l *List) Append(rows ...ListRow) {
	l.Set(append(l.rows[:len(l.rows):len(l.rows)], rows...))
}

// Filter leaves only the rows that contain a text, in any case of its letters.
func (l *List) Filter(text string) {
	l.filter = strings.ToLower(text)
	l.arrange()
}

// Sort orders the rows by a column: numbers by their value and before texts,
// texts without regard to case, empty cells last. Below 0 leaves them as set.
func (l *List) Sort(column int, descending bool) {
	l.column, l.desc = column, descending
	l.arrange()
}

// Len is the number of rows that pass the filter.
func (l *List) Len() int { return len(l.shown) }

// Total is the number of rows, filter or not.
func (l *List) Total() int { return len(l.rows) }

// At is a row of those that pass the filter; the zero ListRow when there is no such.
func (l *List) At(i int) ListRow {
	if i < 0 || i >= len(l.shown) {
		return ListRow{}
	}
	return l.rows[l.shown[i]]
}

// Row is the cells of a row.
func (l *List) Row(i int) ([]Cell, bool) { return l.At(i).Cells, i >= 0 && i < len(l.shown) }

// Key names the row at a place.
func (l *List) Key(i int) string { return l.At(i).Key }

// Index is the place of the row with a key, if it passes the filter.
func (l *List) Index(key string) (int, bool) {
	i, ok := l.place[key]
	return i, ok
}

// arrange filters and sorts.
func (l *List) arrange() {
	l.shown = l.shown[:0]
	for i := range l.rows {
		if l.filter == "" || strings.Contains(l.text(i), l.filter) {
			l.shown = append(l.shown, i)
		}
	}
	if l.column >= 0 {
		l.sort()
	}
	l.place = make(map[string]int, len(l.shown))
	for i, row := range l.shown {
		l.place[l.rows[row].Key] = i
	}
}

// text is what the filter looks in: the row's cells in lower case.
func (l *List) text(i int) string {
	if l.lower[i] == "" {
		var b strings.Builder
		for _, c := range l.rows[i].Cells {
			b.WriteString(strings.ToLower(c.Text))
			b.WriteByte('\n')
		}
		l.lower[i] = b.String()
	}
	return l.lower[i]
}

// rank is what a cell is sorted by.
type rank struct {
	kind   int // number, text, empty
	number float64
	text   string
}

func rankOf(cells []Cell, column int) rank {
	if column >= len(cells) || cells[column].Text == "" {
		return rank{kind: 2}
	}
	text := cells[column].Text
	if strings.ContainsRune("0123456789.+-", rune(text[0])) {
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return rank{kind: 0, number: n, text: text}
		}
	}
	return rank{kind: 1, text: strings.ToLower(text)}
}

func (l *List) sort() {
	ranks := make([]rank, len(l.rows))
	for _, i := range l.shown {
		ranks[i] = rankOf(l.rows[i].Cells, l.column)
	}
	slices.SortStableFunc(l.shown, func(a, b int) int {
		x, y := ranks[a], ranks[b]
		if x.kind == 2 || y.kind == 2 {
			return cmp.Compare(x.kind, y.kind)
		}
		order := cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.number, y.number), cmp.Compare(x.text, y.text))
		if l.desc {
			return -order
		}
		return order
	})
}
