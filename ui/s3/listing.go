package s3

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"
)

// entry is a row of a folder: an object, or a folder in it.
type entry struct {
	key      string // of a folder: the prefix, with its slash
	folder   bool
	size     int64
	modified time.Time
	class    string
}

// entryOf is an object as a row.
func entryOf(o aws.Object) entry {
	return entry{key: o.Key, size: o.Size, modified: o.LastModified, class: o.StorageClass}
}

// chapter is one page of a folder's entries, as read.
type chapter struct {
	entries []entry
	next    string // the token of the page after it; "" at the end
}

// listing is the entries of a folder, read page by page as they come into sight:
// what is not looked at costs nothing. It is the rows of a table.
type listing struct {
	prefix  string // of the folder
	filter  string // what names in it must begin with
	entries []entry
	next    string // the token of the page after the last
	done    bool   // there is no such page
	places  map[string]int
}

func newListing(prefix, filter string) *listing {
	return &listing{prefix: prefix, filter: filter, places: make(map[string]int)}
}

// Len is the number of entries known so far.
func (l *listing) Len() int { return len(l.entries) }

// Key names the entry of a row.
func (l *listing) Key(i int) string { return l.at(i).key }

// Index is the row of an entry.
func (l *listing) Index(key string) (int, bool) {
	i, ok := l.places[key]
	return i, ok
}

// at is the entry of a row; the zero entry when there is none.
func (l *listing) at(i int) entry {
	if i < 0 || i >= len(l.entries) {
		return entry{}
	}
	return l.entries[i]
}

// Row is the cells of an entry.
func (l *listing) Row(i int) ([]component.Cell, bool) {
	if i < 0 || i >= len(l.entries) {
		return nil, false
	}
	e := l.entries[i]
	name := component.Clean(strings.TrimPrefix(e.key, l.prefix))
	if e.folder {
		return []component.Cell{{Text: name, Style: theme.Link}, {Text: "Folder"}, {Text: "-"}, {Text: "-"}, {Text: "-"}}, true
	}
	return []component.Cell{
		{Text: name, Style: theme.Link}, {Text: component.Clean(kindOf(e.key))}, {Text: shortTime(e.modified)},
		{Text: component.Bytes(e.size)}, {Text: className(e.class)},
	}, true
}

// objectColumns are the columns of a folder's table.
func objectColumns() []component.Column {
	return []component.Column{
		{Title: "Name"}, {Title: "Type"}, {Title: "Last modified"}, {Title: "Size", Right: true}, {Title: "Storage class"},
	}
}

// className is a storage class as the console writes it.
func className(class string) string {
	if known, ok := aws.StorageClassNamed(class); ok {
		return known.Label
	}
	return component.Clean(class)
}

// kindOf is the type that the console shows: the ending of the key.
func kindOf(key string) string {
	name := key[strings.LastIndexByte(key, '/')+1:]
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && dot < len(name)-1 {
		return name[dot+1:]
	}
	return "-"
}

// add takes in the next page.
func (l *listing) add(c chapter) {
	for _, e := range c.entries {
		if _, known := l.places[e.key]; known {
			continue
		}
		l.places[e.key] = len(l.entries)
		l.entries = append(l.entries, e)
	}
	l.next, l.done = c.next, c.next == ""
}

// sort orders the entries by a column. The pages come in the order of the keys,
// so it makes sense only when all are there.
func (l *listing) sort(column int, descending bool) {
	slices.SortStableFunc(l.entries, func(a, b entry) int {
		by := 0
		switch column {
		case 1:
			by = cmp.Compare(kindOf(a.key), kindOf(b.key))
		case 2:
			by = a.modified.Compare(b.modified)
		case 3:
			by = cmp.Compare(a.size, b.size)
		case 4:
			by = cmp.Compare(a.class, b.class)
		}
		by = cmp.Or(by, strings.Compare(a.key, b.key))
		if descending {
			return -by
		}
		return by
	})
	for i, e := range l.entries {
		l.places[e.key] = i
	}
}

// The sizes of pages: as one looks, and when all up to a row is read again.
const (
	onePage  = 300
	fullPage = 1000
)

// readChapter reads one page of a folder.
func readChapter(ctx context.Context, service aws.S3, bucket, prefix, filter, token string, size int) (chapter, error) {
	out, err := service.ListObjectsV2(ctx, aws.ListObjectsV2Input{
		Bucket: bucket, Prefix: prefix + filter, Delimiter: "/", MaxKeys: aws.Some(size), ContinuationToken: token,
	})
	if err != nil {
		return chapter{}, err
	}
	c := chapter{next: out.NextContinuationToken, entries: make([]entry, 0, len(out.Contents)+len(out.CommonPrefixes))}
	for _, p := range out.CommonPrefixes {
		c.entries = append(c.entries, entry{key: p.Prefix, folder: true})
	}
	for _, o := range out.Contents {
		if o.Key != prefix { // what stands for the folder itself
			c.entries = append(c.entries, entryOf(o))
		}
	}
	slices.SortFunc(c.entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	return c, nil
}

// readUpTo reads a folder from its start, at least as many entries as are given.
func readUpTo(ctx context.Context, service aws.S3, bucket, prefix, filter string, entries int) (chapter, error) {
	size := onePage
	if entries > onePage {
		size = fullPage
	}
	var all chapter
	for {
		c, err := readChapter(ctx, service, bucket, prefix, filter, all.next, size)
		if err != nil {
			return chapter{}, err
		}
		all.entries, all.next = append(all.entries, c.entries...), c.next
		if c.next == "" || len(all.entries) >= entries {
			return all, nil
		}
	}
}
