package dynamodb

import (
	"slices"

	"awslab/aws"
	"awslab/ui/component"
)

// mostColumns bounds the columns of a results table; items may have as many
// attributes of their own as they like, and show them all when opened.
const mostColumns = 200

// columns are the attributes that the results so far have: the keys first,
// then the others as they appear.
type columns struct {
	names  []string
	at     map[string]int
	titled []component.Column
	omit   int // attributes that found no room
	seen   map[string]bool
}

func newColumns(s search) *columns {
	c := &columns{at: make(map[string]int), seen: make(map[string]bool)}
	for _, key := range []keySchema{s.Key, s.TableKey} {
		for _, a := range key.attributes() {
			if a.Name != "" && !c.seen[a.Name] {
				c.add(a.Name, a.Name+" ("+a.Type.Name()+")")
			}
		}
	}
	return c
}

func (c *columns) add(name, title string) {
	c.seen[name] = true
	c.at[name] = len(c.names)
	c.names = append(c.names, name)
	c.titled = append(c.titled, component.Column{Title: component.Clean(cut(title, 60))})
}

// learn takes in the attributes of an item.
func (c *columns) learn(item aws.Item) {
	var fresh []string
	for name := range item {
		if !c.seen[name] {
			fresh = append(fresh, name)
		}
	}
	slices.Sort(fresh)
	for _, name := range fresh {
		if len(c.names) < mostColumns {
			c.add(name, name)
			continue
		}
		c.omit++
		if c.omit < 10*mostColumns {
			c.seen[name] = true
		}
	}
}

// resultRow is the cells of one item; nil until they are looked at.
type resultRow []component.Cell

// cells shows an item in the columns.
func (c *columns) cells(item aws.Item) resultRow {
	row := make(resultRow, len(c.names))
	for i, name := range c.names {
		row[i] = valueCell(item[name])
	}
	return row
}

// Row gives a results table its cells; false for a row that is not loaded.
func (r *results) Row(row int) ([]component.Cell, bool) {
	n, ok := r.page(row)
	if !ok || r.pages[n].kept == nil {
		return nil, false
	}
	p := r.pages[n].kept
	at := row - r.pages[n].first
	if len(p.rows[at]) != len(r.columns.names) {
		p.rows[at] = r.columns.cells(p.items[at])
	}
	if p.looked != r.clock {
		r.look(p)
	}
	return p.rows[at], true
}
