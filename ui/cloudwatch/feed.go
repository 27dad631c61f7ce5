package cloudwatch

import (
	"context"

	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// feed is a list that a service gives page by page: more of it is read when
// its end comes into sight, or a filter has to look in all of it.
type feed[T any] struct {
	calls *page.Calls
	read  func(ctx context.Context, token string) (items []T, next string, err error)
	taken func()      // the items have changed
	eager func() bool // all of the list is wanted now

	items   []T
	next    string // "" when all was read
	loaded  bool
	loading bool
	fault   error
}

// portion is what one reading gives.
type portion[T any] struct {
	items []T
	next  string
}

// refresh reads the list again, as far as it was read before.
func (f *feed[T]) refresh() tea.Cmd {
	return f.load("", max(1, len(f.items)), func(p portion[T]) { f.items = p.items })
}

// more reads the next page, if there is one and none is being read.
func (f *feed[T]) more() tea.Cmd {
	if f.loading || f.next == "" {
		return nil
	}
	return f.load(f.next, 1, func(p portion[T]) { f.items = append(f.items, p.items...) })
}

// rest reads on while all of the list is wanted.
func (f *feed[T]) rest() tea.Cmd {
	if !f.eager() {
		return nil
	}
	return f.more()
}

// load reads so many items from a token on, and hands them to take.
func (f *feed[T]) load(token string, least int, take func(portion[T])) tea.Cmd {
	f.loading = true
	return page.Latest(f.calls, "feed",
		func(ctx context.Context) (portion[T], error) {
			p := portion[T]{next: token}
			for {
				items, next, err := f.read(ctx, p.next)
				if err != nil {
					return p, err
				}
				p.items, p.next = append(p.items, items...), next
				if next == "" || len(p.items) >= least {
					return p, nil
				}
			}
		},
		func(p portion[T], err error) tea.Cmd {
			f.loading, f.fault = false, err
			if err != nil {
				return nil
			}
			f.loaded, f.next = true, p.next
			take(p)
			f.taken()
			return f.rest()
		})
}
