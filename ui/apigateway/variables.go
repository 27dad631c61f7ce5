package apigateway

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// variableRows are fields for names and values, a row each.
type variableRows struct{ rows []*variableRow }

type variableRow struct {
	name, value *component.TextField
	remove      *component.Button
}

// set shows variables.
func (v *variableRows) set(variables map[string]string) {
	v.rows = nil
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		row := v.add()
		row.name.SetValue(name)
		row.value.SetValue(variables[name])
	}
}

func (v *variableRows) add() *variableRow {
	row := &variableRow{name: component.NewTextField("Name"), value: component.NewTextField("Value")}
	row.name.Check = func(text string) string {
		switch {
		case text == "":
			return "Enter a name, or remove the row"
		case !variableName.MatchString(text):
			return "Use letters, digits and _ only"
		}
		return ""
	}
	row.value.Check = func(text string) string {
		switch {
		case text == "":
			return "Enter a value, or remove the row"
		case !variableValue.MatchString(text):
			return "Use letters, digits and - . _ ~ : / ? # & = , only"
		}
		return ""
	}
	row.remove = component.NewButton("Remove", func() tea.Cmd {
		v.rows = slices.DeleteFunc(v.rows, func(o *variableRow) bool { return o == row })
		return nil
	})
	v.rows = append(v.rows, row)
	return row
}

func (v *variableRows) fields() []component.Control {
	var out []component.Control
	for _, row := range v.rows {
		out = append(out, row.name, row.value, row.remove)
	}
	return out
}

// bindings add a row; fields gives all fields of the form, with the new one's.
func (v *variableRows) bindings(p *page.Panel, fields func() []component.Control) []keys.Binding {
	return []keys.Binding{keys.Bind(keys.AddRow, func() tea.Cmd {
		row := v.add()
		p.Ring.Set(fields()...)
		return p.Ring.Focus(row.name)
	}).As("Add stage variable")}
}

func (v *variableRows) variables() map[string]string {
	out := make(map[string]string, len(v.rows))
	for _, row := range v.rows {
		out[row.name.Value()] = row.value.Value()
	}
	return out
}

func (v *variableRows) fault() string {
	seen := make(map[string]bool)
	for _, row := range v.rows {
		if name := row.name.Value(); seen[name] {
			return "Name: " + name + " is there twice"
		}
		seen[row.name.Value()] = true
	}
	return ""
}

func (v *variableRows) values() string {
	var b strings.Builder
	for _, row := range v.rows {
		fmt.Fprintf(&b, "%q=%q\n", row.name.Value(), row.value.Value())
	}
	return b.String()
}

func (v *variableRows) view(p *page.Panel, width int) component.Block {
	parts := []component.Block{faint(width, "Stage variables reach a function as its event's stageVariables. Add stage variable makes a row.")}
	for _, row := range v.rows {
		remove := component.Stack(row.remove.Natural(), component.Blank(1, 1), p.Ring.View(row.remove, row.remove.Natural()))
		each := max(16, (width-remove.Width-2)/2)
		parts = append(parts, component.Row(width, 1, p.Ring.View(row.name, each), p.Ring.View(row.value, each), remove))
	}
	return component.Stack(width, parts...)
}
