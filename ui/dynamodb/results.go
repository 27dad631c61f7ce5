package dynamodb

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"

	"awslab/aws"
)

// keptBytes bounds the items that a search keeps in memory, by a rough count
// of what they take there; pages beyond it are read again when they are looked at.
const keptBytes = 3 << 20

// keptRows is how many items stay in memory whatever their size, so that what
// is on the screen never drives itself out.
const keptRows = 200

// results are the answers to one search: pages in their order, of which the
// ones last looked at are kept, and of the others just where they start. So a
// table of any size can be walked through in little memory.
type results struct {
	search  search
	pages   []resultPage
	next    aws.Item // where the page after the last starts
	done    bool     // there is no page after the last
	loaded  []int    // the pages whose items are kept
	rows    int      // items that those are
	kept    int      // bytes that those take
	clock   int      // counts looks at pages
	budget  int      // bytes to keep at most, beyond the fewest rows
	fewest  int
	columns *columns

	// Scanned and Units add up what reading all the pages once took: items
	// read, and read capacity units.
	Scanned int
	Units   float64
}

// resultPage is one page of results.
type resultPage struct {
	start   string // the start key as DynamoDB JSON; "" for the first page
	first   int    // the row its first item is
	count   int
	scanned int
	units   float64
	kept    *keptPage // nil when the page is not loaded
}

// keptPage is the items of a page that is loaded.
type keptPage struct {
	items  []aws.Item
	rows   []resultRow
	size   int // bytes, about
	looked int // when it was last looked at
}

// newResults makes the empty results of a search.
func newResults(s search) *results {
	return &results{search: s, budget: keptBytes, fewest: keptRows, columns: newColumns(s)}
}

// Len is the number of items known so far.
func (r *results) Len() int {
	if len(r.pages) == 0 {
		return 0
	}
	last := r.pages[len(r.pages)-1]
	return last.first + last.count
}

// add appends the page that r.next started. A page with no items is forgotten:
// the next one takes its place.
func (r *results) add(b batch) {
	start := encodeKey(r.next)
	r.Scanned += b.Scanned
	r.Units += b.Units
	r.next, r.done = b.Next, b.Next == nil
	if len(b.Items) == 0 {
		return
	}
	r.pages = append(r.pages, resultPage{
		start: start, first: r.Len(), count: len(b.Items), scanned: b.Scanned, units: b.Units,
	})
	r.load(len(r.pages)-1, b.Items)
}

// put brings back page n, read again from its start. It reports whether the
// items are the ones that were there before; if not, the pages behind it have
// moved up or down.
func (r *results) put(n int, b batch) (same bool) {
	if n >= len(r.pages) {
		return false
	}
	p := &r.pages[n]
	same = p.count == len(b.Items)
	r.Scanned += b.Scanned - p.scanned
	r.Units += b.Units - p.units
	p.count, p.scanned, p.units = len(b.Items), b.Scanned, b.Units
	r.drop(n)
	r.load(n, b.Items)
	switch following := encodeKey(b.Next); {
	case b.Next == nil:
		same = same && n == len(r.pages)-1
		r.truncate(n + 1)
		r.next, r.done = nil, true
	case n == len(r.pages)-1:
		r.next, r.done = b.Next, false
	case r.pages[n+1].start != following:
		same = false
		r.pages[n+1].start = following
		r.drop(n + 1)
	}
	r.renumber(n)
	return same
}

// load gives page n its items, and lets pages go that were not looked at for
// longest when there are too many.
func (r *results) load(n int, items []aws.Item) {
	p := &keptPage{items: items, rows: make([]resultRow, len(items))}
	for _, item := range items {
		p.size += footprint(item)
		r.columns.learn(item)
	}
	r.pages[n].kept = p
	r.loaded = append(r.loaded, n)
	r.kept += p.size
	r.rows += len(items)
	r.look(p)
	for r.kept > r.budget && len(r.loaded) > 1 {
		oldest := slices.MinFunc(r.loaded, func(a, b int) int {
			return cmp.Compare(r.pages[a].kept.looked, r.pages[b].kept.looked)
		})
		if r.rows-len(r.pages[oldest].kept.items) < r.fewest {
			return
		}
		r.drop(oldest)
	}
}

// drop lets the items of page n go.
func (r *results) drop(n int) {
	p := &r.pages[n]
	if p.kept == nil {
		return
	}
	r.kept -= p.kept.size
	r.rows -= len(p.kept.items)
	p.kept = nil
	r.loaded = slices.DeleteFunc(r.loaded, func(other int) bool { return other == n })
}

// truncate forgets the pages from n on.
func (r *results) truncate(n int) {
	for i := n; i < len(r.pages); i++ {
		r.drop(i)
		r.Scanned -= r.pages[i].scanned
		r.Units -= r.pages[i].units
	}
	r.pages = slices.Delete(r.pages, n, len(r.pages))
}

// renumber corrects the rows of the pages behind page n.
func (r *results) renumber(n int) {
	for i := n + 1; i < len(r.pages); i++ {
		r.pages[i].first = r.pages[i-1].first + r.pages[i-1].count
	}
}

// look marks a page as looked at now.
func (r *results) look(p *keptPage) {
	r.clock++
	p.looked = r.clock
}

// page is the page that a row is on; false for no such row.
func (r *results) page(row int) (int, bool) {
	if row < 0 || row >= r.Len() {
		return 0, false
	}
	n := sort.Search(len(r.pages), func(i int) bool { return r.pages[i].first+r.pages[i].count > row })
	return n, n < len(r.pages)
}

// item is the item of a row; false when its page is not loaded.
func (r *results) item(row int) (aws.Item, bool) {
	n, ok := r.page(row)
	if !ok || r.pages[n].kept == nil {
		return nil, false
	}
	return r.pages[n].kept.items[row-r.pages[n].first], true
}

// missing lists the pages with rows from..to that are not loaded.
func (r *results) missing(from, to int) []int {
	var out []int
	first, ok := r.page(from)
	if !ok {
		return nil
	}
	for n := first; n < len(r.pages) && r.pages[n].first < to; n++ {
		if r.pages[n].kept == nil {
			out = append(out, n)
		}
	}
	return out
}

// start is where page n starts.
func (r *results) start(n int) aws.Item { return decodeKey(r.pages[n].start) }

// footprint is about what an item takes in memory, shown in a table.
func footprint(item aws.Item) int {
	size := 96
	for name, value := range item {
		size += 80 + len(name) + valueFootprint(value)
	}
	return size
}

func valueFootprint(value aws.AttributeValue) int {
	size := 32
	switch v := value.(type) {
	case aws.S:
		size += len(v)
	case aws.N:
		size += len(v)
	case aws.B:
		size += len(v)
	case aws.SS:
		for _, s := range v {
			size += 16 + len(s)
		}
	case aws.NS:
		for _, s := range v {
			size += 16 + len(s)
		}
	case aws.BS:
		for _, s := range v {
			size += 24 + len(s)
		}
	case aws.L:
		for _, e := range v {
			size += valueFootprint(e)
		}
	case aws.M:
		size += footprint(aws.Item(v))
	}
	return size
}

// encodeKey writes a key compactly; "" for none. A start key came from AWS as
// JSON, so it has a JSON form.
func encodeKey(key aws.Item) string {
	if key == nil {
		return ""
	}
	data, err := json.Marshal(key)
	if err != nil {
		return ""
	}
	return string(data)
}

// decodeKey reads what encodeKey wrote.
func decodeKey(text string) aws.Item {
	var key aws.Item
	if text == "" || json.Unmarshal([]byte(text), &key) != nil {
		return nil
	}
	return key
}

// forgetBut lets all items go but those of page n, so that they are read again
// as they are now.
func (r *results) forgetBut(n int) {
	for i := range r.pages {
		if i != n {
			r.drop(i)
		}
	}
}
