package page_test

import (
	"errors"
	"slices"
	"testing"

	"awslab/ui/page"
)

func TestAll(t *testing.T) {
	t.Parallel()
	pages := map[string]struct {
		items []int
		next  string
	}{"": {[]int{1, 2}, "b"}, "b": {nil, "c"}, "c": {[]int{3}, ""}}
	got, err := page.All(func(position string) ([]int, string, error) {
		return pages[position].items, pages[position].next, nil
	})
	if err != nil || !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("%v, %v", got, err)
	}
	broken := errors.New("no")
	got, err = page.All(func(position string) ([]int, string, error) {
		if position == "b" {
			return nil, "", broken
		}
		return []int{1}, "b", nil
	})
	if got != nil || !errors.Is(err, broken) {
		t.Errorf("a list that breaks off gives %v, %v", got, err)
	}
}
