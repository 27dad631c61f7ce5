package dynamodb

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// pageSize is how many bytes of items a Query or Scan reads before it stops.
const pageSize = 1 << 20

// source is what a Query or Scan reads: a table, or an index of it.
type source struct {
	table *table
	index *index // nil for the table itself
	space space
	key   keySchema
}

// Messages that a SELECT words otherwise.
const (
	globalConsistency = "Consistent reads are not supported on global secondary indexes"
	noIndex           = "The table does not have the specified index"
)

// source finds what is to be read.
func (s *Service) source(r *store.Reader, tableName, indexName string, consistent bool) (source, error) {
	t, err := s.inService(r, tableName)
	if err != nil {
		return source{}, err
	}
	if indexName == "" {
		return source{table: t, space: t.Space, key: t.key}, nil
	}
	i := t.index(indexName)
	switch {
	case i == nil:
		return source{}, invalid(noIndex+": %s", indexName)
	case i.Global && consistent:
		return source{}, invalid(globalConsistency)
	case i.State.at(s.now()) == aws.StatusCreating:
		return source{}, invalid("Cannot read from backfilling global secondary index: %s", indexName)
	}
	return source{table: t, index: i, space: i.Space, key: i.key}, nil
}

// startNames are the attributes of a LastEvaluatedKey: the table's key and, for
// an index, its own.
func (src source) startNames() []keyAttribute {
	names := src.table.key.attributes()
	if src.index == nil {
		return names
	}
	for _, k := range src.key.attributes() {
		if !src.table.key.has(k.name) {
			names = append(names, k)
		}
	}
	return names
}

// entryKey is the key of the entry that an item, or a LastEvaluatedKey, has.
func (src source) entryKey(item aws.Item) ([]byte, error) {
	if src.index != nil {
		return src.index.entryKey(item, src.table)
	}
	return src.table.entryKey(item)
}

// lastKey takes a LastEvaluatedKey out of an item.
func (src source) lastKey(item aws.Item) aws.Item {
	out := make(aws.Item, 4)
	for _, k := range src.startNames() {
		out[k.name] = item[k.name]
	}
	return out
}

const invalidStart = "The provided starting key is invalid"

// normalStart normalises an ExclusiveStartKey; none stays nil.
func normalStart(start aws.Item) (aws.Item, error) {
	if start == nil {
		return nil, nil
	}
	return value.NormalizeItem(start)
}

// startKey checks an ExclusiveStartKey and gives the key of its entry.
func (src source) startKey(start aws.Item) ([]byte, error) {
	names := src.startNames()
	fault := invalid(invalidStart)
	if src.index == nil {
		fault = invalid(invalidStart + ": " + mismatch)
	}
	if len(start) != len(names) {
		return nil, fault
	}
	for _, k := range names {
		if v := start[k.name]; v == nil || v.Type() != k.kind {
			return nil, fault
		}
	}
	if err := src.table.key.checkValues(start); err != nil {
		return nil, err
	}
	key, err := src.entryKey(start)
	if err == nil && key == nil {
		err = fault
	}
	return key, err
}

// span is a range of entry keys: from is the first, to is the first beyond; nil
// is no bound.
type span struct{ from, to []byte }

func (s span) holds(key []byte) bool {
	return bytes.Compare(key, s.from) >= 0 && (s.to == nil || bytes.Compare(key, s.to) < 0)
}

// startAfter narrows the span to what comes after a key in the order read.
func (s *span) startAfter(key []byte, backward bool) {
	if backward {
		s.to = key
	} else {
		s.from = append(slices.Clone(key), 0)
	}
}

// walk is a way through the entries of a span.
type walk struct {
	at       store.Cursor
	span     span
	backward bool
	begun    bool
}

// next moves to the next entry; a nil key is the end.
func (w *walk) next() (key, raw []byte) {
	switch {
	case w.begun && w.backward:
		key, raw = w.at.Prev()
	case w.begun:
		key, raw = w.at.Next()
	case w.backward && w.span.to == nil:
		key, raw = w.at.Last()
	case w.backward:
		key, raw = w.at.SeekBefore(w.span.to)
	default:
		key, raw = w.at.Seek(w.span.from)
	}
	w.begun = true
	if key == nil || !w.span.holds(key) {
		return nil, nil
	}
	return key, raw
}

// reading is a Query or Scan as far as both are the same.
type reading struct {
	filter     *expr.Condition
	filterName string // of the parameter with an older filter
	statement  bool   // of a SELECT, which has checks of its own
	projection *expr.Projection
	choice     aws.Select
	limit      int // 0 is none
	spent      int // bytes of the page that were read elsewhere
	consistent bool
	backward   bool
}

// page is what one Query or Scan gives.
type page struct {
	items         []aws.Item
	count         int
	scanned       int
	last          aws.Item
	size          int   // of what was read
	fetched       usage // what fetching from the table cost, beyond the index
	readFromIndex bool
}

// readPage reads one page for a Query or Scan: of the table or index named, from
// the start key on, within the span that the caller finds there.
func (s *Service) readPage(ctx context.Context, rd reading, tableName, indexName string, startKey aws.Item, spanOf func(src source, start aws.Item) (span, error)) (p page, used usage, err error) {
	start, err := normalStart(startKey)
	if err != nil {
		return p, used, err
	}
	err = s.store.View(func(r *store.Reader) error {
		src, err := s.source(r, tableName, indexName, rd.consistent)
		if err != nil {
			return err
		}
		within, err := spanOf(src, start)
		if err != nil {
			return err
		}
		p, err = rd.read(ctx, r, src, within)
		used = p.usage(src, rd.consistent)
		return err
	})
	return p, used, err
}

// read reads one page of a span.
func (rd reading) read(ctx context.Context, r *store.Reader, src source, within span) (page, error) {
	p := page{readFromIndex: src.index != nil}
	if rd.choice != aws.SelectCount {
		p.items = []aws.Item{} // none is a list, too
	}
	fetch := rd.fetches(src)
	w := walk{at: r.Cursor(src.space.bucket()), span: within, backward: rd.backward}
	var last stored
	for {
		if rd.full(p) {
			item, err := last.item()
			if err == nil {
				p.last = src.lastKey(item)
			}
			return p, err
		}
		key, raw := w.next()
		if key == nil {
			return p, nil
		}
		if p.scanned%64 == 0 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		var err error
		if last, err = parseEntry(raw); err != nil {
			return p, err
		}
		p.scanned++
		p.size += last.size
		if err := rd.take(r, src, last, fetch, &p); err != nil {
			return p, err
		}
	}
}

// full reports that the page must end, whether or not more follows.
func (rd reading) full(p page) bool {
	return rd.limit > 0 && p.scanned >= rd.limit || rd.spent+p.size >= pageSize
}

// take adds one entry to the page, if the filter lets it.
func (rd reading) take(r *store.Reader, src source, entry stored, fetch bool, p *page) error {
	if rd.choice == aws.SelectCount && rd.filter == nil {
		p.count++
		return nil
	}
	item, err := entry.item()
	if err != nil {
		return err
	}
	if fetch {
		if item, err = src.fetch(r, item, rd.consistent, &p.fetched); err != nil {
			return err
		}
	}
	if rd.filter != nil && !rd.filter.Match(item) {
		return nil
	}
	p.count++
	if rd.choice == aws.SelectCount {
		return nil
	}
	if rd.projection != nil {
		item = rd.projection.Apply(item)
	}
	p.items = append(p.items, item)
	return nil
}

// fetches reports whether items must be read from the table besides the local
// index, which does not hold all that is asked for.
func (rd reading) fetches(src source) bool {
	if src.index == nil || src.index.Global || src.index.projected == nil {
		return false
	}
	return rd.choice == aws.SelectAllAttributes || len(src.index.missing(rd.projection)) > 0
}

// fetch reads an item of a local index from the table.
func (src source) fetch(r *store.Reader, item aws.Item, consistent bool, used *usage) (aws.Item, error) {
	key, err := src.table.entryKey(item)
	if err != nil {
		return nil, err
	}
	entry, err := src.table.Space.read(r, key)
	if err != nil {
		return nil, err
	}
	used.table += readUnits(entry.size, consistent)
	return entry.item()
}

// missing lists the attributes of a projection that the index does not hold.
func (i *index) missing(p *expr.Projection) []string {
	if p == nil {
		return nil
	}
	var names []string
	for _, name := range p.Attributes() {
		if !i.holds(name) {
			names = append(names, name)
		}
	}
	return names
}

// checkIndexChoice refuses what a global index cannot give.
func (rd reading) checkIndexChoice(src source) error {
	i := src.index
	if i == nil || !i.Global || i.projected == nil || rd.statement {
		return nil
	}
	if rd.choice == aws.SelectAllAttributes {
		return invalidParameter("Select type ALL_ATTRIBUTES is not supported for global secondary index %s because its projection type is not ALL", i.Name)
	}
	if names := i.missing(rd.projection); len(names) > 0 {
		return invalidParameter("Global secondary index %s does not project [%s]", i.Name, strings.Join(names, ", "))
	}
	if rd.filter != nil {
		var names []string
		for _, name := range rd.filter.Attributes() {
			if !i.holds(name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return invalidParameter("Global secondary index %s does not project one or more filter attributes: [%s]", i.Name, strings.Join(names, ", "))
		}
	}
	return nil
}

// usage is what reading the page cost.
func (p page) usage(src source, consistent bool) usage {
	units := max(1, unitsOf(p.size, readUnit)) * readRate(consistent)
	if !p.readFromIndex {
		return usage{table: units}
	}
	u := p.fetched
	u.addIndex(src.index, units)
	return u
}
