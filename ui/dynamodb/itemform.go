package dynamodb

import (
	"slices"
	"strconv"
	"strings"

	"awslab/ui/page"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// itemForm is an item as fields: the key attributes first, then the others,
// lists and maps as trees.
type itemForm struct {
	key    keySchema
	fields []*attributeField
	focus  func(component.Control) tea.Cmd // after the fields have changed
}

// mostFields bounds the fields of a form; an item with more values is edited
// as JSON.
const mostFields = 300

// formFault is what keeps a form from being an item.
type formFault struct {
	Control component.Control // where; nil for nowhere in particular
	Message string
}

// newItemForm makes the form of an item; of a new one when the item is empty.
func newItemForm(key keySchema, item orderedItem, focus func(component.Control) tea.Cmd) *itemForm {
	f := &itemForm{key: key, focus: focus}
	parts := []string{"Partition key", "Sort key"}
	for i, a := range key.attributes() {
		field := newAttributeField(f, nil, a.Type)
		field.name, field.fixed, field.part = nil, a.Name, parts[i]
		if value, ok := item.Item[a.Name]; ok && value.Type() == a.Type {
			field.set(value)
		}
		f.fields = append(f.fields, field)
	}
	for _, name := range item.names() {
		value := item.Item[name]
		if key.has(name) || value == nil {
			continue
		}
		field := newAttributeField(f, nil, value.Type())
		field.name.SetValue(name)
		field.set(value)
		f.fields = append(f.fields, field)
	}
	return f
}

// countValues counts an item's values, those within others too.
func countValues(value aws.AttributeValue) int {
	n := 1
	switch v := value.(type) {
	case aws.M:
		for _, within := range v {
			n += countValues(within)
		}
	case aws.L:
		for _, within := range v {
			n += countValues(within)
		}
	case aws.SS, aws.NS, aws.BS:
		n += len(setMembers(v))
	}
	return n
}

// item is what the form says. A draft may have empty keys.
func (f *itemForm) item(draft bool) (orderedItem, *formFault) {
	out := orderedItem{Item: make(aws.Item, len(f.fields))}
	for _, field := range f.fields {
		name, fault := field.named(f.taken(field))
		if fault != nil {
			return orderedItem{}, fault
		}
		value, fault := field.value(draft)
		if fault != nil {
			return orderedItem{}, fault
		}
		out.Item[name] = value
		out.Order = append(out.Order, name)
	}
	return out, nil
}

// taken lists the names of the fields before one among its siblings.
func (f *itemForm) taken(field *attributeField) []string {
	siblings := f.fields
	if field.parent != nil {
		siblings = field.parent.children
	}
	var out []string
	for _, s := range siblings {
		if s == field {
			break
		}
		out = append(out, s.ownName())
	}
	return out
}

// add puts a new attribute of a type at the end.
func (f *itemForm) add(kind aws.AttributeType) tea.Cmd {
	field := newAttributeField(f, nil, kind)
	f.fields = append(f.fields, field)
	return f.focus(field.first())
}

// chooseType offers the types, and goes on with the one chosen.
func chooseType(title string, then func(aws.AttributeType) tea.Cmd) tea.Cmd {
	ask := nav.Choose{Title: title}
	for _, kind := range aws.AttributeTypes() {
		ask.Options = append(ask.Options, nav.Choice{Label: kind.Name(), Do: func() tea.Cmd { return then(kind) }})
	}
	return nav.Send(ask)
}

// remove takes a field away; the focus goes to the field after it.
func (f *itemForm) remove(field *attributeField) tea.Cmd {
	siblings := &f.fields
	if field.parent != nil {
		siblings = &field.parent.children
	}
	at := slices.Index(*siblings, field)
	if at < 0 || field.part != "" {
		return nil
	}
	*siblings = slices.Delete(*siblings, at, at+1)
	switch {
	case at < len(*siblings):
		return f.focus((*siblings)[at].first())
	case at > 0:
		return f.focus((*siblings)[at-1].first())
	case field.parent != nil:
		return f.focus(field.parent.first())
	}
	return f.focus(nil)
}

// owner is the field that a control belongs to; nil for none.
func (f *itemForm) owner(c component.Control) *attributeField {
	var found *attributeField
	f.walk(func(field *attributeField, _ int) {
		if slices.Contains(field.own(), c) {
			found = field
		}
	})
	return found
}

// walk visits all fields in the order in which they are shown.
func (f *itemForm) walk(visit func(field *attributeField, depth int)) {
	var down func(fields []*attributeField, depth int)
	down = func(fields []*attributeField, depth int) {
		for _, field := range fields {
			visit(field, depth)
			down(field.children, depth+1)
		}
	}
	down(f.fields, 0)
}

// controls lists all controls in their order.
func (f *itemForm) controls() []component.Control {
	var out []component.Control
	f.walk(func(field *attributeField, _ int) { out = append(out, field.own()...) })
	return out
}

// state writes down all that is in the form, to tell whether it was changed.
func (f *itemForm) state() string {
	var b strings.Builder
	f.walk(func(field *attributeField, depth int) {
		for _, part := range []string{strconv.Itoa(depth), string(field.kind), field.ownName(), field.shown()} {
			b.WriteString(strconv.Quote(part))
		}
	})
	return b.String()
}

// view draws the form, a line for each field.
func (f *itemForm) view(p *page.Panel, width int) component.Block {
	name, value, kind := fieldWidths(width)
	head := component.FitLine("  Attribute name", name+1) + component.FitLine("  Value", value+1) + component.FitLine("Type", kind)
	parts := []component.Block{component.Text(width, theme.Faint.Render(component.FitLine(head, width)))}
	f.walk(func(field *attributeField, depth int) { parts = append(parts, field.view(p, width, depth)) })
	return component.Stack(width, parts...)
}

// fieldWidths are the cells of name, value and type in a line of the form.
func fieldWidths(width int) (name, value, kind int) {
	const gaps, removal = 3, 10
	kind = 10
	free := max(40, width-kind-removal-gaps)
	name = min(40, free*42/100)
	return name, min(66, free-name), kind
}
