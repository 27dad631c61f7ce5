package cloudwatch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// listing is a table of things with a field that filters them.
type listing struct {
	list   *component.List
	table  *component.Table
	filter *component.TextField
}

// newListing makes a table of columns whose rows can be marked and sorted.
func newListing(label string, titles ...string) listing {
	l := listing{list: component.NewList(), filter: component.NewTextField(label)}
	columns := make([]component.Column, len(titles))
	for i, title := range titles {
		columns[i] = component.Column{Title: title, Right: title == "Stored bytes"}
	}
	l.table = component.NewTable(l.list, func() []component.Column { return columns })
	l.table.Markable, l.table.Sortable = true, true
	return l
}

// pages has more read at the end of the table, and the rest for a filter. It
// comes after page.FilterList.
func (l *listing) pages(more, rest func() tea.Cmd) {
	l.table.End = more
	changed := l.filter.Changed
	l.filter.Changed = func() tea.Cmd { return tea.Batch(changed(), rest()) }
}

// filtered reports whether only a part of the rows is wanted.
func (l *listing) filtered() bool { return l.filter.Value() != "" }

// current names the row that is marked ▸; "" when there is none.
func (l *listing) current() string { return l.list.At(l.table.Current()).Key }

// chosen names the rows that are selected; without any, the current one.
func (l *listing) chosen() []string {
	marked := l.table.Marked()
	if len(marked) == 0 {
		return []string{l.current()}
	}
	names := make([]string, len(marked))
	for i, row := range marked {
		names[i] = l.list.At(row).Key
	}
	return names
}

// title is the heading with the number of rows; "+" when there are more.
func (l *listing) title(what string, more bool) string {
	count := strconv.Itoa(l.list.Total())
	if n := l.list.Len(); n != l.list.Total() {
		count = fmt.Sprintf("%d/%d", n, l.list.Total())
	}
	if more {
		count += "+"
	}
	return what + " (" + count + ")"
}

// ready tells the table what to say when it has no rows.
func (l *listing) ready(loaded, loading bool, empty []string) {
	l.table.Empty, l.table.Loading = nil, loading && (!loaded || l.filtered())
	switch {
	case l.filtered():
		l.table.Empty = []string{"Nothing here contains " + strconv.Quote(component.Clean(l.filter.Value())) + ".", "esc shows all again."}
	case loaded:
		l.table.Empty = empty
	}
}

// confirmDelete asks, and deletes things of a kind one after the other; then
// follows when any of them is gone.
func confirmDelete(env page.Env, kind string, names []string, what string, remove func(ctx context.Context, name string) error, then func() tea.Cmd) tea.Cmd {
	names = slices.Clone(names)
	one := kind + " " + names[0]
	if len(names) > 1 {
		one = page.Counted(len(names), kind)
	}
	return nav.Send(nav.Confirm{
		Title: "Delete " + one + "?", Text: append(listed(names), what), Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(env.Calls,
				func(ctx context.Context) (int, error) {
					gone, failures := 0, []error(nil)
					for _, name := range names {
						if err := remove(ctx, name); err != nil {
							failures = append(failures, fmt.Errorf("%s: %w", name, err))
							continue
						}
						gone++
					}
					return gone, errors.Join(failures...)
				},
				func(gone int, err error) tea.Cmd {
					var cmds []tea.Cmd
					if gone > 0 {
						cmds = append(cmds, then(), nav.Done(page.Counted(gone, kind)+" deleted."))
					}
					if err != nil {
						cmds = append(cmds, nav.Failed("Not deleted: "+page.Counted(len(names)-gone, kind), err))
					}
					return tea.Batch(cmds...)
				})
		},
	})
}

// listed is the first of some names, and how many more there are.
func listed(names []string) []string {
	const most = 6
	out := make([]string, 0, most+2)
	for _, name := range names[:min(len(names), most)] {
		out = append(out, component.Clean(name))
	}
	if more := len(names) - most; more > 0 {
		out = append(out, fmt.Sprintf("… and %d more", more))
	}
	return out
}
