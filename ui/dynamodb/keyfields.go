package dynamodb

import (
	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// keyField is a key attribute in a form: its name and its type.
type keyField struct {
	name *component.TextField
	kind *component.Select
}

// newKeyField makes the fields of a key attribute; prefix is "Partition key",
// optional lets the name be empty.
func newKeyField(label, typeLabel string, optional bool) *keyField {
	const hint = "1 to 255 characters, case sensitive"
	f := &keyField{name: component.NewTextField(label), kind: newTypeSelect(typeLabel)}
	f.name.Hint = hint
	f.name.Check = func(text string) string {
		if optional && text == "" {
			return ""
		}
		return keyNameFault(text)
	}
	f.name.Changed = func() tea.Cmd {
		f.name.Hint = spaceHint(f.name.Value(), hint)
		return nil
	}
	return f
}

// newTypeSelect chooses among the types that a key can have.
func newTypeSelect(label string) *component.Select {
	s := component.NewSelect(label, typeOptions(scalarTypes())...)
	s.SetValue(string(aws.TypeS))
	return s
}

func typeOptions(types []aws.AttributeType) []component.Option {
	out := make([]component.Option, len(types))
	for i, t := range types {
		out[i] = component.Option{Value: string(t), Label: t.Name()}
	}
	return out
}

// attribute is what the fields say.
func (f *keyField) attribute() keyAttribute {
	return keyAttribute{Name: f.name.Value(), Type: aws.AttributeType(f.kind.Value())}
}

func (f *keyField) controls() []component.Control { return []component.Control{f.name, f.kind} }

// view draws the name with the type beside it.
func (f *keyField) view(p *page.Panel, width int) component.Block {
	kind := min(26, width/3)
	return component.Row(width, 2, p.Ring.View(f.name, max(10, min(48, width-kind-2))), p.Ring.View(f.kind, kind))
}
