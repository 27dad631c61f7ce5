package endpoint

import (
	"slices"
	"strconv"
)

// numbered are the elements of a list in a form, in the order of their numbers:
// "member.1", "member.2", or in flat lists just "1", "2".
func numbered(part branch, word string) []any {
	if list, ok := part[word].(branch); ok {
		part = list
	}
	type element struct {
		number int
		value  any
	}
	var elements []element
	for name, value := range part {
		if n, err := strconv.Atoi(name); err == nil {
			elements = append(elements, element{n, value})
		}
	}
	slices.SortFunc(elements, func(a, b element) int { return a.number - b.number })
	out := make([]any, len(elements))
	for i, e := range elements {
		out[i] = e.value
	}
	return out
}
