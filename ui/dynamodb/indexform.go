package dynamodb

import (
	"fmt"
	"strconv"
	"strings"

	"awslab/ui/page"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// indexForm is the fields of one secondary index.
type indexForm struct {
	local      bool
	partition  *keyField // global indexes only; local ones have the table's
	sort       *keyField
	name       *component.TextField
	projection *component.Select
	include    *component.TextField
	capacity   *capacityForm
	remove     *component.Button // nil where the index is the whole form
}

func newIndexForm(local bool, remove func() tea.Cmd) *indexForm {
	f := &indexForm{
		local:      local,
		partition:  newKeyField("Index partition key", "Index partition key type", local),
		name:       component.NewTextField("Index name"),
		projection: component.NewSelect("Attribute projections", projectionOptions()...),
		include:    component.NewTextField("Included attributes"),
		capacity:   newCapacityForm("Index "),
	}
	if local {
		f.sort = newKeyField("Index sort key", "Index sort key type", false)
	} else {
		f.sort = newKeyField("Index sort key - optional", "Index sort key type", true)
	}
	f.name.Hint = nameHint
	f.name.Check = func(text string) string {
		if text == "" {
			text = f.name.Placeholder // the name suggested
		}
		return resourceNameFault(text)
	}
	for _, k := range []*keyField{f.partition, f.sort} {
		hint := k.name.Changed
		k.name.Changed = func() tea.Cmd {
			f.name.Placeholder = suggestedName(f.partition.name.Value(), f.sort.name.Value())
			return hint()
		}
	}
	f.projection.SetValue(string(aws.ProjectAll))
	f.include.Hint = "The names of the attributes, with commas between them"
	f.include.Check = func(text string) string {
		if len(splitNames(text)) == 0 {
			return "Enter at least one attribute, or choose another projection"
		}
		return ""
	}
	if remove != nil {
		f.remove = component.NewButton("Remove index", remove)
	}
	return f
}

func projectionOptions() []component.Option {
	return []component.Option{
		{Value: string(aws.ProjectAll), Label: "All", Detail: "All of the table's attributes are copied into the index"},
		{Value: string(aws.ProjectKeysOnly), Label: "Only keys", Detail: "Only the keys of the table and of the index"},
		{Value: string(aws.ProjectInclude), Label: "Include", Detail: "The keys, and the attributes that you name"},
	}
}

// suggestedName is the name that the console gives an index.
func suggestedName(parts ...string) string {
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, part)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "-") + "-index"
}

// splitNames reads names with commas between them.
func splitNames(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// indexName is the name entered, or the one suggested.
func (f *indexForm) indexName() string {
	if name := f.name.Value(); name != "" {
		return name
	}
	return f.name.Placeholder
}

// index is what the fields say.
func (f *indexForm) index() newIndex {
	i := newIndex{
		Name: f.indexName(), Key: keySchema{Sort: f.sort.attribute()},
		Projection: aws.ProjectionType(f.projection.Value()), Capacity: f.capacity.throughput(),
	}
	if !f.local {
		i.Key.Partition = f.partition.attribute()
	}
	if i.Projection == aws.ProjectInclude {
		i.Include = splitNames(f.include.Value())
	}
	return i
}

// controls lists the fields that are shown for a capacity mode.
func (f *indexForm) controls(billing aws.BillingMode) []component.Control {
	var out []component.Control
	if !f.local {
		out = f.partition.controls()
	}
	out = append(append(out, f.sort.controls()...), f.name, f.projection)
	if f.projection.Value() == string(aws.ProjectInclude) {
		out = append(out, f.include)
	}
	if !f.local && billing == aws.BillingProvisioned {
		out = append(out, f.capacity.controls()...)
	}
	if f.remove != nil {
		out = append(out, f.remove)
	}
	return out
}

func (f *indexForm) view(p *page.Panel, width int, billing aws.BillingMode, title string) component.Block {
	parts := []component.Block{component.Text(width, theme.Heading.Render(title))}
	if !f.local {
		parts = append(parts, f.partition.view(p, width))
	}
	parts = append(parts, f.sort.view(p, width), p.Ring.View(f.name, width), p.Ring.View(f.projection, min(width, 40)))
	if f.projection.Value() == string(aws.ProjectInclude) {
		parts = append(parts, p.Ring.View(f.include, width))
	}
	if !f.local && billing == aws.BillingProvisioned {
		parts = append(parts, f.capacity.view(p, width))
	}
	if f.remove != nil {
		parts = append(parts, p.Ring.View(f.remove, f.remove.Natural()))
	}
	return component.Stack(width, append(parts, component.Blank(width, 1))...)
}

// capacityForm is a provisioned capacity.
type capacityForm struct{ read, write *component.TextField }

func newCapacityForm(prefix string) *capacityForm {
	unit := func(label string) *component.TextField {
		f := component.NewTextField(label)
		f.SetValue("5")
		f.Check = capacityFault
		return f
	}
	if prefix == "" {
		return &capacityForm{unit("Read capacity units"), unit("Write capacity units")}
	}
	return &capacityForm{unit(prefix + "read capacity units"), unit(prefix + "write capacity units")}
}

// capacityFault says what is wrong with a number of capacity units.
func capacityFault(text string) string {
	const most = 40_000 // what AWS gives a table before one asks for more
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || n > most {
		return fmt.Sprintf("Enter a whole number from 1 to %d", most)
	}
	return ""
}

// throughput is what the fields say; nothing where they say no number.
func (c *capacityForm) throughput() aws.ProvisionedThroughput {
	read, err := strconv.ParseInt(c.read.Value(), 10, 64)
	if err != nil {
		read = 0 // the field shows why
	}
	write, err := strconv.ParseInt(c.write.Value(), 10, 64)
	if err != nil {
		write = 0
	}
	return aws.ProvisionedThroughput{ReadCapacityUnits: read, WriteCapacityUnits: write}
}

func (c *capacityForm) controls() []component.Control { return []component.Control{c.read, c.write} }

func (c *capacityForm) view(p *page.Panel, width int) component.Block {
	half := max(10, min(30, (width-2)/2))
	return component.Row(width, 2, p.Ring.View(c.read, half), p.Ring.View(c.write, half))
}

// indexTitle names the i-th index of a form.
func indexTitle(indexes []*indexForm, i int) string {
	kind := "Global secondary index "
	if indexes[i].local {
		kind = "Local secondary index "
	}
	return kind + strconv.Itoa(i+1)
}
