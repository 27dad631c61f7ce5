package page

// All reads all pages of a list: read gives the items of the page at a position,
// "" for the first, and the position of the next one, "" when that was the last.
func All[T any](read func(position string) (items []T, next string, err error)) ([]T, error) {
	var all []T
	for position := ""; ; {
		items, next, err := read(position)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		if next == "" {
			return all, nil
		}
		position = next
	}
}
