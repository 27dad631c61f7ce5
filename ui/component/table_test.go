package component

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// songs is a list of three.
func songs() *List {
	l := NewList()
	l.Set([]ListRow{
		{"psy", []Cell{{Text: "Psy"}, {Text: "Gangnam Style"}, {Text: "2012"}}},
		{"abba", []Cell{{Text: "ABBA"}, {Text: "Waterloo"}, {Text: "974"}}},
		{"queen", []Cell{{Text: "Queen"}, {Text: "Bohemian Rhapsody"}, {Text: "1975"}}},
	})
	return l
}

func songTable() *Table {
	t := NewTable(songs(), func() []Column {
		return []Column{{Title: "Artist"}, {Title: "SongTitle"}, {Title: "Year", Right: true}}
	})
	t.Height = 4
	return t
}

// numbered is rows by number, of which those from a number on are not loaded.
type numbered struct{ n, loaded int }

func (r numbered) Len() int { return r.n }

func (r numbered) Row(i int) ([]Cell, bool) {
	return []Cell{{Text: "row " + strconv.Itoa(i)}, {Text: "more"}}, i < r.loaded
}

func numberedTable(n, loaded, height int) *Table {
	t := NewTable(numbered{n, loaded}, func() []Column { return []Column{{Title: "Name", Width: 12}, {Title: "More", Width: 8}} })
	t.Height = height
	return t
}

func TestTableDraws(t *testing.T) {
	t.Parallel()
	table := songTable()
	expect(t, "blurred", shown(table.View(44)), `  Artist  SongTitle            Year
▸ Psy     Gangnam Style        2012
  ABBA    Waterloo              974
  Queen   Bohemian Rhapsody    1975`)
	table.Focus()
	if b := table.View(44); !strings.Contains(b.Lines[1], "\x1b[7m▸ Psy") {
		t.Errorf("the current row does not stand out: %q", b.Lines[1])
	}
	row := zone(t, table.View(44), RoleRow, "Queen")
	if row.Value != "Queen  Bohemian Rhapsody  1975" || row.Y != 3 {
		t.Errorf("%q at line %d", row.Value, row.Y)
	}
}

func TestTableNamesARowByItsFirstText(t *testing.T) {
	t.Parallel()
	table, list := songTable(), NewList()
	list.Set([]ListRow{{"x", []Cell{{}, {Text: "Waterloo"}, {Text: "1974"}}}})
	table.Rows = list
	if z := zone(t, table.View(44), RoleRow, "Waterloo"); z.Value != "  Waterloo  1974" {
		t.Errorf("the row is %q", z.Value)
	}
}

func TestTableWithoutRows(t *testing.T) {
	t.Parallel()
	table := numberedTable(0, 0, 4)
	table.Empty = []string{"No items", "The table is empty"}
	expect(t, "empty", shown(table.View(40)), "  Name          More\n\n                No items\n           The table is empty")
	table.Loading = true
	if got := shown(table.View(40)); !strings.Contains(got, "Loading…") || strings.Contains(got, "No items") {
		t.Errorf("loading:\n%s", got)
	}
	if table.Current() != -1 || pressAll(table, "down", "enter", "space") {
		t.Error("an empty table has a current row, or uses keys")
	}
}

func TestTableMoves(t *testing.T) {
	t.Parallel()
	table := numberedTable(100, 100, 11)
	for _, step := range []struct {
		key     string
		row, at int
	}{
		{"down", 1, 0}, {"up", 0, 0}, {"up", 0, 0}, {"pgdown", 10, 10}, {"pgdown", 20, 20}, {"pgup", 10, 10}, {"end", 99, 90}, {"down", 99, 90}, {"home", 0, 0},
	} {
		pressAll(table, step.key)
		if table.Current() != step.row || table.top != step.at {
			t.Errorf("%s went to row %d with %d on top, want %d and %d", step.key, table.Current(), table.top, step.row, step.at)
		}
	}
	b := table.View(40)
	wheel, _ := b.At(3, 3, func(z Zone) bool { return z.Wheel != nil })
	do(wheel.Wheel(0, 3))
	if table.top != 3 || table.Current() != 3 {
		t.Errorf("the wheel went to %d, %d on top", table.Current(), table.top)
	}
	do(zone(t, table.View(40), RoleRow, "row 20").Reveal())
	if got := shown(table.View(40)); !strings.Contains(got, "▸ row 20") {
		t.Errorf("row 20 is not in sight:\n%s", got)
	}
}

func TestTableOpens(t *testing.T) {
	t.Parallel()
	opened := -1
	table := songTable()
	table.Open = func(row int) tea.Cmd { opened = row; return nil }
	ring := NewRing(NewTextField("Other"), table)
	click(t, ring.View(table, 44), RoleRow, "Psy")
	if opened != -1 || ring.Focused() != table {
		t.Fatal("the click that brings the focus opened")
	}
	click(t, ring.View(table, 44), RoleRow, "Psy")
	if opened != 0 {
		t.Error("the second click did not open")
	}
	click(t, ring.View(table, 44), RoleRow, "Queen")
	if opened != 0 || table.Current() != 2 {
		t.Error("a click on another row did not just make it current")
	}
	pressAll(table, "enter")
	if opened != 2 {
		t.Error("enter did not open")
	}
}

func TestTableAsksForRows(t *testing.T) {
	t.Parallel()
	var needed []string
	ends := 0
	table := numberedTable(100, 15, 11)
	table.Need = func(from, to int) tea.Cmd { needed = append(needed, fmt.Sprint(from, "-", to)); return nil }
	table.End = func() tea.Cmd { ends++; return nil }
	table.Check()
	pressAll(table, "pgdown")
	if got := shown(table.View(40)); !strings.Contains(got, "row 14") || !strings.Contains(got, "loading…") {
		t.Errorf("rows that are not loaded:\n%s", got)
	}
	pressAll(table, "down")
	if !slices.Equal(needed, []string{"15-20"}) {
		t.Errorf("asked for %v", needed)
	}
	table.Check()
	pressAll(table, "end")
	if !slices.Equal(needed, []string{"15-20", "15-20", "90-100"}) || ends != 1 {
		t.Errorf("asked for %v, and for more %d times", needed, ends)
	}
	table.Loading = true
	pressAll(table, "up", "down")
	if ends != 1 {
		t.Error("asked for more while that is under way")
	}
	if got := shown(table.View(40)); !strings.Contains(got, "Loading more…") {
		t.Errorf("does not say that more is coming:\n%s", got)
	}
}

func TestTableMarks(t *testing.T) {
	t.Parallel()
	table, list := songTable(), songs()
	table.Rows, table.Markable = list, true
	pressAll(table, "space", "down", "down", "space")
	if got := table.Marked(); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("marked %v", got)
	}
	expect(t, "marks", shown(table.View(50)), `  [-] Artist  SongTitle            Year
  [x] Psy     Gangnam Style        2012
  [ ] ABBA    Waterloo              974
▸ [x] Queen   Bohemian Rhapsody    1975`)
	list.Sort(0, false) // ABBA, Psy, Queen
	if got := table.Marked(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("after sorting, marked %v", got)
	}
	list.Filter("queen")
	if got := table.Marked(); !slices.Equal(got, []int{0}) {
		t.Errorf("after filtering, marked %v", got)
	}
	list.Filter("")
	click(t, table.View(50), RoleCheckbox, "Select all")
	click(t, table.View(50), RoleCheckbox, "Select all")
	if got := table.Marked(); len(got) != 3 {
		t.Errorf("all: marked %v", got)
	}
	click(t, table.View(50), RoleCheckbox, "Psy")
	if got := table.Marked(); len(got) != 2 || table.Current() != 1 {
		t.Errorf("a click on a box: marked %v, current %d", got, table.Current())
	}
	table.ClearMarks()
	if len(table.Marked()) != 0 {
		t.Error("marks stayed")
	}
}

func TestTableSorts(t *testing.T) {
	t.Parallel()
	table := songTable()
	table.Sortable = true
	pressAll(table, "o")
	expect(t, "first column", shown(table.View(44)), `  Artist ▲  SongTitle            Year
  ABBA      Waterloo              974
▸ Psy       Gangnam Style        2012
  Queen     Bohemian Rhapsody    1975`)
	pressAll(table, "o")
	if h := zone(t, table.View(44), RoleHeader, "Artist"); h.Value != "descending" {
		t.Errorf("order %q", h.Value)
	}
	click(t, table.View(44), RoleHeader, "Year")
	expect(t, "numbers", shown(table.View(44)), `  Artist    SongTitle          Year ▲
  ABBA      Waterloo              974
  Queen     Bohemian Rhapsody    1975
▸ Psy       Gangnam Style        2012`)
	told := ""
	table.Sorted = func(column int, descending bool) tea.Cmd { told = fmt.Sprint(column, descending); return nil }
	click(t, table.View(44), RoleHeader, "Year")
	if told != "2 true" {
		t.Errorf("told %q", told)
	}
}

func TestTableMovesSideways(t *testing.T) {
	t.Parallel()
	table := songTable()
	if got := shown(table.View(28)); !strings.HasPrefix(got, "  Artist  SongTitle        ›\n") {
		t.Errorf("got\n%s", got)
	}
	if !pressAll(table, "right") {
		t.Error("there is a column to the right")
	}
	if got := shown(table.View(28)); !strings.Contains(got, "Year") || strings.Contains(got, "SongTitle") || !strings.Contains(got, "‹") || !strings.Contains(got, "▸ Psy ") {
		t.Errorf("to the right:\n%s", got)
	}
	if pressAll(table, "right") || !pressAll(table, "left") || pressAll(table, "left") {
		t.Error("there is one column to the left, and none to the right")
	}
	table.View(28)
	do(zone(t, table.View(28), RoleHeader, "Year").Reveal())
	if got := shown(table.View(28)); !strings.Contains(got, "Year") {
		t.Errorf("the header did not come into sight:\n%s", got)
	}
	wide := shown(table.View(60))
	if pressAll(table, "right") || !strings.Contains(wide, "SongTitle") {
		t.Error("everything fits, and it still moves")
	}
}

func TestTableKeepsItsPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := NewList()
		rows := func() []ListRow {
			numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, 60), 0, 40, rapid.ID[int]).Draw(t, "rows")
			out := make([]ListRow, len(numbers))
			for i, n := range numbers {
				out[i] = ListRow{strconv.Itoa(n), []Cell{{Text: strconv.Itoa(n)}}}
			}
			return out
		}
		list.Set(rows())
		table := NewTable(list, func() []Column { return []Column{{Title: "N"}} })
		table.Focus()
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			table.Height = rapid.IntRange(0, 12).Draw(t, "height")
			table.Loading = rapid.Bool().Draw(t, "loading")
			was := ""
			if i := table.Current(); i >= 0 {
				was = list.Key(i)
			}
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				list.Set(rows())
			case 1:
				list.Filter(rapid.SampledFrom([]string{"", "1", "2", "nothing"}).Draw(t, "filter"))
			case 2:
				list.Sort(rapid.IntRange(-1, 1).Draw(t, "column"), rapid.Bool().Draw(t, "descending"))
			case 3:
				pressAll(table, rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end"}).Draw(t, "key"))
				was = ""
			}
			b := table.View(20)
			i := table.Current()
			if i >= list.Len() || i < 0 && list.Len() > 0 {
				t.Fatalf("row %d of %d is current", i, list.Len())
			}
			if place, ok := list.Index(was); ok && was != "" && place != i {
				t.Fatalf("row %q was current, and now %q is", was, list.Key(i))
			}
			checkBlock(t, "table", b)
		}
		if i := table.Current(); i >= 0 && table.Height > 1 {
			pressAll(table, "down", "up")
			if !strings.Contains(shown(table.View(20)), "▸") {
				t.Fatalf("the current row is out of sight after a key:\n%s", shown(table.View(20)))
			}
		}
	})
}

func TestListSortsAndFilters(t *testing.T) {
	t.Parallel()
	l := NewList()
	for _, text := range []string{"10", "9", "-1.5", "b", "", "A", "a", "1e3", "0x10"} {
		l.Append(ListRow{Key: text, Cells: []Cell{{Text: text}}})
	}
	order := func() string {
		out := make([]string, l.Len())
		for i := range out {
			out[i] = l.At(i).Key
		}
		return strings.Join(out, ",")
	}
	l.Sort(0, false)
	expect(t, "up", order(), "-1.5,9,10,1e3,0x10,A,a,b,")
	l.Sort(0, true)
	expect(t, "down", order(), "b,A,a,0x10,1e3,10,9,-1.5,")
	l.Filter("A")
	expect(t, "filtered", order(), "A,a")
	if l.Total() != 9 || l.At(7).Key != "" || l.At(-1).Key != "" {
		t.Error("the list lost rows, or has some that are not there")
	}
	l.Filter("")
	l.Sort(-1, false)
	expect(t, "as set", order(), "10,9,-1.5,b,,A,a,1e3,0x10")
	if _, ok := l.Index("nowhere"); ok {
		t.Error("found what is not there")
	}
}

func BenchmarkTable(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		table := wideTable(n)
		table.View(120)
		b.Run(fmt.Sprintf("key/%d", n), func(b *testing.B) {
			down, up := press("down"), press("up")
			for b.Loop() {
				table.Key(down)
				table.Key(up)
			}
		})
		b.Run(fmt.Sprintf("view/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table.View(120)
			}
		})
		b.Run(fmt.Sprintf("end+view/%d", n), func(b *testing.B) {
			end, home := press("end"), press("home")
			for b.Loop() {
				table.Key(end)
				table.View(120)
				table.Key(home)
			}
		})
	}
}

// wideRows is items with eight attributes, one of them Chinese.
type wideRows int

func (r wideRows) Len() int { return int(r) }

func (r wideRows) Row(i int) ([]Cell, bool) {
	n := strconv.Itoa(i)
	return []Cell{{Text: "Artist " + n}, {Text: "Song 日本語 " + n}, {Text: n}, StatusCell(StatusSuccess, "Active"), {Text: "An album with a long title, " + n}, {Text: "x"}, {Text: n}, {Text: n}}, true
}

func wideTable(n int) *Table {
	t := NewTable(wideRows(n), func() []Column {
		return []Column{{Title: "Artist"}, {Title: "SongTitle"}, {Title: "Year", Right: true}, {Title: "Status"}, {Title: "Album"}, {Title: "Kind"}, {Title: "A"}, {Title: "B"}}
	})
	t.Height = 50
	t.Focus()
	return t
}
