package dynamodb

import (
	"slices"
	"strconv"

	"awslab/ui/page"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// attributeField is one attribute of an item form, or one value within a list,
// a map or a set.
type attributeField struct {
	form     *itemForm
	parent   *attributeField
	kind     aws.AttributeType
	part     string               // "Partition key", "Sort key"; "" for other attributes
	fixed    string               // the name of a key attribute
	name     *component.TextField // nil where the name is fixed, or there is none
	text     *component.TextField // a String's, Number's or Binary's
	choice   *component.Select    // a Boolean's
	children []*attributeField    // a List's, Map's or set's
	insert   *component.Button    // adds to children
	removal  *component.Button    // nil for key attributes
}

func newAttributeField(form *itemForm, parent *attributeField, kind aws.AttributeType) *attributeField {
	f := &attributeField{form: form, parent: parent, kind: kind}
	if parent == nil || parent.kind == aws.TypeM {
		f.name = component.NewTextField("Attribute name")
		f.name.Bare, f.name.Placeholder = true, "Attribute name"
		f.name.Changed = func() tea.Cmd {
			f.name.Hint = spaceHint(f.name.Value(), "")
			return nil
		}
	}
	switch kind {
	case aws.TypeS, aws.TypeN, aws.TypeB:
		f.text = component.NewTextField("Value")
		f.text.Bare, f.text.Placeholder = true, placeholder(kind)
		f.text.Check = f.check
		f.text.Changed = func() tea.Cmd {
			f.text.Hint = spaceHint(f.text.Value(), "")
			return nil
		}
	case aws.TypeBOOL:
		f.choice = component.NewSelect("Value", component.Option{Value: "true", Label: "true"}, component.Option{Value: "false", Label: "false"})
		f.choice.Bare = true
	case aws.TypeL, aws.TypeM:
		f.insert = component.NewButton("Insert a field", func() tea.Cmd { return chooseType("Insert a field", f.add) })
	case aws.TypeSS, aws.TypeNS, aws.TypeBS:
		f.insert = component.NewButton("Add value", func() tea.Cmd { return f.add(memberType(kind)) })
	default: // a Null has nothing to edit
	}
	f.removal = component.NewButton("Remove", func() tea.Cmd { return form.remove(f) })
	return f
}

func placeholder(kind aws.AttributeType) string {
	switch kind {
	case aws.TypeN:
		return "Enter a number"
	case aws.TypeB:
		return "Enter base64"
	default:
		return "Enter text"
	}
}

// check is the inline fault of a value; an empty one is told only on saving.
func (f *attributeField) check(text string) string {
	if text == "" {
		return ""
	}
	if _, err := parseScalar(f.kind, text); err != nil {
		return err.Error()
	}
	return ""
}

// add puts a new value at the end of a List, Map or set.
func (f *attributeField) add(kind aws.AttributeType) tea.Cmd {
	child := newAttributeField(f.form, f, kind)
	f.children = append(f.children, child)
	return f.form.focus(child.first())
}

// set shows a value of the field's type.
func (f *attributeField) set(value aws.AttributeValue) {
	put := func(name string, v aws.AttributeValue) {
		if v == nil {
			return
		}
		child := newAttributeField(f.form, f, v.Type())
		if child.name != nil {
			child.name.SetValue(name)
		}
		child.set(v)
		f.children = append(f.children, child)
	}
	switch v := value.(type) {
	case aws.L:
		for _, element := range v {
			put("", element)
		}
	case aws.M:
		for _, name := range sortedNames(v) {
			put(name, v[name])
		}
	case aws.SS, aws.NS, aws.BS:
		for _, member := range setMembers(v) {
			put("", member)
		}
	case aws.BOOL:
		f.choice.SetValue(scalarText(v))
	case aws.S, aws.N, aws.B:
		f.text.SetValue(scalarText(v))
	}
}

// named is the field's name, which must not be one of those taken.
func (f *attributeField) named(taken []string) (string, *formFault) {
	name := f.ownName()
	switch {
	case f.name == nil:
		return name, nil
	case name == "":
		return "", f.fail(f.name, "Enter the attribute's name")
	case slices.Contains(taken, name):
		return "", f.fail(f.name, "There is another attribute named "+strconv.Quote(cut(name, 40)))
	}
	return name, nil
}

// fail shows a fault at a field.
func (f *attributeField) fail(at *component.TextField, message string) *formFault {
	at.Error = message
	return &formFault{at, message}
}

// value is what the field says.
func (f *attributeField) value(draft bool) (aws.AttributeValue, *formFault) {
	switch f.kind {
	case aws.TypeBOOL:
		return aws.BOOL(f.choice.Value() == "true"), nil
	case aws.TypeNULL:
		return aws.NULL(true), nil
	case aws.TypeM:
		return f.mapValue(draft)
	case aws.TypeL, aws.TypeSS, aws.TypeNS, aws.TypeBS:
		return f.listValue(draft)
	default:
		return f.scalarValue(draft)
	}
}

// scalarValue is a String's, Number's or Binary's value.
func (f *attributeField) scalarValue(draft bool) (aws.AttributeValue, *formFault) {
	text := f.text.Value()
	if f.part != "" && text == "" {
		if !draft {
			return nil, f.fail(f.text, "Enter a value: a key attribute cannot be empty")
		}
		if f.kind == aws.TypeN {
			return aws.N(""), nil
		}
	}
	value, err := parseScalar(f.kind, text)
	if err != nil {
		return nil, f.fail(f.text, err.Error())
	}
	return value, nil
}

func (f *attributeField) mapValue(draft bool) (aws.AttributeValue, *formFault) {
	out := make(aws.M, len(f.children))
	for _, child := range f.children {
		name, fault := child.named(f.form.taken(child))
		if fault != nil {
			return nil, fault
		}
		value, fault := child.value(draft)
		if fault != nil {
			return nil, fault
		}
		out[name] = value
	}
	return out, nil
}

// listValue is a List's or a set's value.
func (f *attributeField) listValue(draft bool) (aws.AttributeValue, *formFault) {
	out := make(aws.L, 0, len(f.children))
	for _, child := range f.children {
		value, fault := child.value(draft)
		if fault != nil {
			return nil, fault
		}
		out = append(out, value)
	}
	if f.kind == aws.TypeL {
		return out, nil
	}
	if reason := setFault(f.kind, out); reason != "" {
		return nil, &formFault{f.insert, f.label() + ": " + reason}
	}
	return makeSet(f.kind, out), nil
}

// ownName is the field's own name; "" for values in lists and sets.
func (f *attributeField) ownName() string {
	if f.name != nil {
		return f.name.Value()
	}
	return f.fixed
}

// shown is the value as it is written in the form.
func (f *attributeField) shown() string {
	switch {
	case f.text != nil:
		return f.text.Value()
	case f.choice != nil:
		return f.choice.Value()
	}
	return ""
}

// label names the field by its path: Album, Details.Year, Genres[0]; "" while
// it has no name.
func (f *attributeField) label() string {
	if f.parent == nil {
		return f.ownName()
	}
	path := f.parent.label()
	if f.parent.kind == aws.TypeM {
		if f.ownName() == "" {
			return ""
		}
		return path + "." + f.ownName()
	}
	return path + "[" + strconv.Itoa(slices.Index(f.parent.children, f)) + "]"
}

// own lists the field's own controls.
func (f *attributeField) own() []component.Control {
	var out []component.Control
	if f.name != nil {
		out = append(out, f.name)
	}
	switch {
	case f.text != nil:
		out = append(out, f.text)
	case f.choice != nil:
		out = append(out, f.choice)
	case f.insert != nil:
		out = append(out, f.insert)
	}
	if f.part == "" {
		out = append(out, f.removal)
	}
	return out
}

// entry is the control to go to for the value.
func (f *attributeField) entry() component.Control {
	if f.text != nil {
		return f.text
	}
	return f.first()
}

// first is the control to go to first.
func (f *attributeField) first() component.Control { return f.own()[0] }

// relabel names the controls as they read on the screen.
func (f *attributeField) relabel() {
	label := f.label()
	if f.name != nil {
		f.name.Label = "Attribute name"
		if label != "" {
			f.name.Label = "Name of " + label
		}
	}
	if label == "" {
		label = "Value"
	}
	if f.text != nil {
		f.text.Label = label
	}
	if f.choice != nil {
		f.choice.Label = label
	}
}

// deepestIndent bounds how far nested fields move to the right.
const deepestIndent = 12

// view draws the field's own line.
func (f *attributeField) view(p *page.Panel, width, depth int) component.Block {
	f.relabel()
	name, value, kind := fieldWidths(width)
	indent := min(2*depth, deepestIndent)
	blocks := []component.Block{f.nameView(p, name, indent), f.valueView(p, value),
		component.Text(kind, theme.Faint.Render(f.kind.Name()))}
	if f.part == "" {
		blocks = append(blocks, p.Ring.View(f.removal, f.removal.Natural()))
	}
	return component.Row(width, 1, blocks...)
}

// nameView draws the name, or what stands for it, moved right.
func (f *attributeField) nameView(p *page.Panel, width, indent int) component.Block {
	var b component.Block
	switch {
	case f.name != nil:
		b = p.Ring.View(f.name, width-indent)
	case f.part != "":
		b = component.Text(width-indent, "  "+theme.Heading.Render(component.Clean(f.fixed))+theme.Faint.Render(" "+f.part))
	default:
		b = component.Text(width-indent, "  "+theme.Faint.Render(strconv.Itoa(slices.Index(f.parent.children, f))))
	}
	if indent == 0 {
		return b
	}
	return b.Indent(indent)
}

func (f *attributeField) valueView(p *page.Panel, width int) component.Block {
	switch {
	case f.text != nil:
		return p.Ring.View(f.text, width)
	case f.choice != nil:
		return component.Stack(width, p.Ring.View(f.choice, min(20, width)))
	case f.insert != nil:
		return component.Beside(1, component.Text(2, ""), p.Ring.View(f.insert, f.insert.Natural()),
			component.Text(width-2-f.insert.Natural(), theme.Faint.Render("  "+f.count())))
	}
	return component.Text(width, "  "+theme.CodeWord.Render("null"))
}

// count tells how much is in a List, Map or set.
func (f *attributeField) count() string {
	if f.kind == aws.TypeL || f.kind == aws.TypeM {
		return page.Counted(len(f.children), "field")
	}
	return page.Counted(len(f.children), "value")
}
