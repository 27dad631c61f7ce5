package iam

import (
	"encoding/base64"
	"sort"

	"awslab/aws"
)

// defaultItems is how many items a page has unless the caller says otherwise.
const defaultItems = 100

// slice is a page of a list.
type slice[T any] struct {
	items     []T
	truncated bool
	marker    string
}

// page takes a page of a list that is sorted by key. A marker is the key of
// the last item before; that item need not be there any more.
func page[T any](all []T, key func(T) string, items aws.Option[int], marker string) (slice[T], error) {
	start := 0
	if marker != "" {
		last, err := base64.URLEncoding.DecodeString(marker)
		if err != nil {
			return slice[T]{}, invalid("Invalid Marker.")
		}
		start = sort.Search(len(all), func(n int) bool { return key(all[n]) > string(last) })
	}
	end := min(len(all), start+items.Or(defaultItems))
	out := slice[T]{items: append([]T{}, all[start:end]...), truncated: end < len(all)}
	if out.truncated {
		out.marker = base64.URLEncoding.EncodeToString([]byte(key(all[end-1])))
	}
	return out, nil
}
