package apigateway

import (
	"encoding/base64"
	"slices"
	"strings"

	"awslab/aws"
)

// How many items a page has, unless the request says otherwise, and at most.
const (
	defaultPage = 25
	maxPage     = 500
)

// page gives the items after a position, and the position of the next ones; ""
// when there are none. key orders the items: a list goes on where it was though
// items came and went.
func page[T any](items []T, key func(T) string, position string, limit aws.Option[int]) ([]T, string, error) {
	most := limit.Or(defaultPage)
	if most < 1 || most > maxPage {
		return nil, "", badRequest("Invalid limit specified: %d is not between 1 and %d", most, maxPage)
	}
	after, err := base64.RawURLEncoding.DecodeString(position)
	if err != nil {
		return nil, "", badRequest("Invalid position specified: %s", position)
	}
	slices.SortFunc(items, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	if position != "" {
		items = slices.DeleteFunc(items, func(item T) bool { return key(item) <= string(after) })
	}
	if items == nil {
		items = []T{}
	}
	if len(items) <= most {
		return items, "", nil
	}
	return items[:most], base64.RawURLEncoding.EncodeToString([]byte(key(items[most-1]))), nil
}
