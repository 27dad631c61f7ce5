package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// Pairs are fields for keys and their values, a row each.
type Pairs struct {
	Key   string // what a key is called, "Key" or "Name"
	Add   string // the label of what adds a row
	Check struct {
		Key, Value func(string) string // say what is wrong with one; "" when nothing is
	}
	rows []*pair
}

type pair struct {
	key, value *component.TextField
	remove     *component.Button
}

// Set shows pairs in the order of their keys, in place of those that are there.
func (p *Pairs) Set(pairs map[string]string) {
	p.rows = nil
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		row := p.add()
		row.key.SetValue(key)
		row.value.SetValue(pairs[key])
	}
}

func (p *Pairs) add() *pair {
	row := &pair{key: component.NewTextField(p.Key), value: component.NewTextField("Value")}
	row.key.Check = func(text string) string {
		if text == "" {
			return "Enter a " + strings.ToLower(p.Key) + ", or remove the row"
		}
		return p.Check.Key(text)
	}
	row.value.Check = p.Check.Value
	row.remove = component.NewButton("Remove", func() tea.Cmd {
		p.rows = slices.DeleteFunc(p.rows, func(o *pair) bool { return o == row })
		return nil
	})
	p.rows = append(p.rows, row)
	return row
}

// Len is how many rows there are.
func (p *Pairs) Len() int { return len(p.rows) }

// Fields lists the fields in their order, as they are now.
func (p *Pairs) Fields() []component.Control {
	var out []component.Control
	for _, row := range p.rows {
		out = append(out, row.key, row.value, row.remove)
	}
	return out
}

// Bindings add a row; fields gives all fields of the form, with the new one's.
func (p *Pairs) Bindings(panel *Panel, fields func() []component.Control) []keys.Binding {
	return []keys.Binding{keys.Bind(keys.AddRow, func() tea.Cmd {
		row := p.add()
		panel.Ring.Set(fields()...)
		return panel.Ring.Focus(row.key)
	}).As(p.Add)}
}

// Map is the pairs as the fields have them.
func (p *Pairs) Map() map[string]string {
	out := make(map[string]string, len(p.rows))
	for _, row := range p.rows {
		out[row.key.Value()] = row.value.Value()
	}
	return out
}

// Fault says which key is there twice; "" when none is.
func (p *Pairs) Fault() string {
	seen := make(map[string]bool)
	for _, row := range p.rows {
		if key := row.key.Value(); seen[key] {
			return p.Key + ": " + key + " is there twice"
		}
		seen[row.key.Value()] = true
	}
	return ""
}

// Values is the pairs as a text that changes with them.
func (p *Pairs) Values() string {
	var b strings.Builder
	for _, row := range p.rows {
		fmt.Fprintf(&b, "%q=%q\n", row.key.Value(), row.value.Value())
	}
	return b.String()
}

// View draws the rows.
func (p *Pairs) View(panel *Panel, width int) component.Block {
	parts := make([]component.Block, len(p.rows))
	for i, row := range p.rows {
		remove := component.Stack(row.remove.Natural(), component.Blank(1, 1), panel.Ring.View(row.remove, row.remove.Natural()))
		each := max(16, (width-remove.Width-2)/2)
		parts[i] = component.Row(width, 1, panel.Ring.View(row.key, each), panel.Ring.View(row.value, each), remove)
	}
	return component.Stack(width, parts...)
}
