package dynamodb

import (
	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// filterForm is the fields of one filter.
type filterForm struct {
	name         *component.TextField
	op           *component.Select
	kind         *component.Select
	value, upper *component.TextField
	remove       *component.Button
}

func newFilterForm(submit func() tea.Cmd, remove func(*filterForm) tea.Cmd) *filterForm {
	f := &filterForm{
		name:  bareField("Attribute name", submit),
		op:    component.NewSelect("Condition", operatorOptions(filterOperators())...),
		kind:  component.NewSelect("Type", typeOptions(filterTypes())...),
		value: bareField("Value", submit),
		upper: bareField("Upper value", submit),
	}
	f.op.Bare, f.kind.Bare = true, true
	f.op.SetValue(string(opEqual))
	f.kind.SetValue(string(aws.TypeS))
	f.remove = component.NewButton("Remove", func() tea.Cmd { return remove(f) })
	return f
}

// bareField is a text field whose label the screen shows elsewhere; enter in
// it runs the search.
func bareField(label string, submit func() tea.Cmd) *component.TextField {
	f := component.NewTextField(label)
	f.Bare, f.Submit, f.Placeholder = true, submit, label
	return f
}

func operatorOptions(ops []operatorName) []component.Option {
	out := make([]component.Option, len(ops))
	for i, op := range ops {
		out[i] = component.Option{Value: string(op.Op), Label: op.Name}
	}
	return out
}

// filter is what the fields say.
func (f *filterForm) filter() filter {
	return filter{
		Name: f.name.Value(), Type: aws.AttributeType(f.kind.Value()),
		condition: condition{Op: operator(f.op.Value()), Value: f.value.Value(), Upper: f.upper.Value()},
	}
}

// takesValue reports whether the value is asked for.
func (f *filterForm) takesValue() bool {
	return operator(f.op.Value()).takesValue() && f.kind.Value() != string(aws.TypeNULL)
}

// ranged reports whether an upper value is asked for too.
func (f *filterForm) ranged() bool { return f.takesValue() && operator(f.op.Value()) == opBetween }

// controls lists the fields that are shown.
func (f *filterForm) controls() []component.Control {
	out := []component.Control{f.name, f.op}
	if operator(f.op.Value()).takesValue() {
		out = append(out, f.kind)
	}
	if f.takesValue() {
		out = append(out, f.value)
	}
	if f.ranged() {
		out = append(out, f.upper)
	}
	return append(out, f.remove)
}

// narrowFilters is the width below which a filter takes two lines.
const narrowFilters = 100

// filterType is the cells of a filter's type.
const filterType = 15

// filterWidths are the cells of name, condition and value. In a narrow panel
// the type and the value are on a line of their own.
func filterWidths(width, remove int) (name, op, value int) {
	const widest = 32 // "Greater than or equal to"
	if width < narrowFilters {
		return max(16, width-widest-1), widest, max(12, width-filterType-remove-4)
	}
	free := width - remove - filterType - 4
	op = min(widest, free*37/100)
	name = (free - op) / 2
	return name, op, free - op - name
}

// view draws the filter.
func (f *filterForm) view(p *page.Panel, width int) component.Block {
	name, op, value := filterWidths(width, f.remove.Natural())
	first := []component.Block{p.Ring.View(f.name, name), p.Ring.View(f.op, op)}
	var second []component.Block
	if operator(f.op.Value()).takesValue() {
		second = append(second, p.Ring.View(f.kind, filterType))
	}
	if f.takesValue() {
		second = append(second, p.Ring.View(f.value, value))
	}
	second = append(second, p.Ring.View(f.remove, f.remove.Natural()))
	var out component.Block
	if width < narrowFilters {
		out = component.Stack(width, component.Row(width, 1, first...), component.Row(width, 1, second...))
	} else {
		out = component.Row(width, 1, append(first, second...)...)
	}
	if !f.ranged() {
		return out
	}
	indent := filterType + 1
	if width >= narrowFilters {
		indent += name + op + 2
	}
	and := component.Text(indent, component.Spaces(max(0, indent-4))+"and")
	return component.Stack(width, out, component.Row(width, 0, and, p.Ring.View(f.upper, value)))
}

// filterHead names the columns of the filters; narrow ones say it themselves.
func filterHead(width, remove int) component.Block {
	if width < narrowFilters {
		return component.Block{Width: width}
	}
	name, op, _ := filterWidths(width, remove)
	line := component.FitLine("  Attribute name", name+1) + component.FitLine("  Condition", op+1) + component.FitLine("  Type", filterType+1) + "  Value"
	return component.Text(width, theme.Faint.Render(component.FitLine(line, width)))
}
