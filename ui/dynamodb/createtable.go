package dynamodb

import (
	"context"
	"errors"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// createTablePage is the "Create table" form.
type createTablePage struct {
	page.Panel
	name            *component.TextField
	partition, sort *keyField
	settings        *component.Radio
	class           *component.Radio
	billing         *component.Radio
	capacity        *capacityForm
	indexes         []*indexForm
	addLocal        *component.Button
	protect         *component.Checkbox

	saving bool
	faults []string // of the form as a whole
	fault  error    // of the service
}

// The two ways of the radio "Table settings".
const (
	settingsDefault = "default"
	settingsCustom  = "custom"
)

func newCreateTable(env page.Env, _ nav.Route) page.Page {
	p := &createTablePage{
		Panel:     page.NewPanel(env),
		name:      component.NewTextField("Table name"),
		partition: newKeyField("Partition key", "Partition key type", false),
		sort:      newKeyField("Sort key - optional", "Sort key type", true),
		settings: component.NewRadio("",
			component.Option{Value: settingsDefault, Label: "Default settings", Detail: "The fastest way to create your table; you can change most settings afterwards"},
			component.Option{Value: settingsCustom, Label: "Customize settings", Detail: "Use these advanced features to make DynamoDB work better for your needs"}),
		class: component.NewRadio("",
			component.Option{Value: classStandard, Label: "DynamoDB Standard", Detail: "The default, general-purpose table class"},
			component.Option{Value: classInfrequent, Label: "DynamoDB Standard-IA", Detail: "For data that is seldom accessed"}),
		billing: component.NewRadio("Capacity mode",
			component.Option{Value: string(aws.BillingPayPerRequest), Label: "On-demand", Detail: "Pay for the reads and writes your application performs"},
			component.Option{Value: string(aws.BillingProvisioned), Label: "Provisioned", Detail: "Allocate read and write capacity in advance"}),
		capacity: newCapacityForm(""),
		protect:  component.NewCheckbox("Turn on deletion protection"),
	}
	p.name.Hint, p.name.Check = nameHint, resourceNameFault
	p.settings.SetValue(settingsDefault)
	p.class.SetValue(classStandard)
	p.billing.SetValue(string(aws.BillingPayPerRequest))
	p.addLocal = component.NewButton("Create local index", func() tea.Cmd { return p.addIndex(true) })
	p.protect.Detail = "Protects the table from being deleted unintentionally"
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *createTablePage) Title() string { return "Create table" }

// Init has nothing to load.
func (p *createTablePage) Init() tea.Cmd { return nil }

// Unsaved says what would be lost.
func (p *createTablePage) Unsaved() string {
	if p.name.Value() == "" && p.partition.name.Value() == "" && p.sort.name.Value() == "" && len(p.indexes) == 0 {
		return ""
	}
	return "The table has not been created; what you entered for it would be lost."
}

func (p *createTablePage) custom() bool { return p.settings.Value() == settingsCustom }

// capacityMode is the mode chosen.
func (p *createTablePage) capacityMode() aws.BillingMode {
	if !p.custom() {
		return aws.BillingPayPerRequest
	}
	return aws.BillingMode(p.billing.Value())
}

// wanted is the table that the form describes.
func (p *createTablePage) wanted() newTable {
	t := defaultTable(p.name.Value(), keySchema{p.partition.attribute(), p.sort.attribute()})
	if !p.custom() {
		return t
	}
	t.Billing, t.Protect = p.capacityMode(), p.protect.On()
	if p.class.Value() != classStandard {
		t.Class = p.class.Value()
	}
	t.Capacity = p.capacity.throughput()
	for _, f := range p.indexes {
		if f.local {
			t.Local = append(t.Local, f.index())
		} else {
			t.Global = append(t.Global, f.index())
		}
	}
	return t
}

// create checks the form and sends it.
func (p *createTablePage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate(p.fields()); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	table := p.wanted()
	if p.faults = table.faults(); len(p.faults) > 0 {
		return nil
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.CreateTableOutput, error) {
			return p.Env.Cloud.DynamoDB.CreateTable(ctx, table.input())
		},
		func(_ aws.CreateTableOutput, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if errors.Is(err, aws.ErrInUse) {
				p.name.Error = "A table named " + table.Name + " exists already"
				return p.Ring.Focus(p.name)
			}
			if err != nil {
				return nil
			}
			p.name.SetValue("") // nothing is unsaved any more
			p.partition.name.SetValue("")
			p.sort.name.SetValue("")
			p.indexes = nil
			return tea.Batch(
				nav.Send(nav.Replace{Route: nav.Route{Page: tablesID}}),
				nav.Done("Creating the "+table.Name+" table. It will be available for use shortly."))
		})
}

// Bindings lists what can be done.
func (p *createTablePage) Bindings() []keys.Binding {
	saving := ""
	if p.saving {
		saving = "The table is being created."
	}
	all := []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create table").Unless(saving).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
	if p.custom() {
		all = append(all, keys.Bind(keys.AddRow, func() tea.Cmd { return p.addIndex(false) }).As("Create global index"))
	}
	return all
}

func (p *createTablePage) addIndex(local bool) tea.Cmd {
	var f *indexForm
	f = newIndexForm(local, func() tea.Cmd {
		p.indexes = slices.DeleteFunc(p.indexes, func(other *indexForm) bool { return other == f })
		p.arrange()
		return p.Ring.Focus(p.protect)
	})
	if local {
		f.sort.name.Placeholder = "another sort key under " + p.partition.name.Value()
	}
	p.indexes = append(p.indexes, f)
	p.arrange()
	return p.Ring.Focus(f.controls(p.capacityMode())[0])
}

// fields lists the controls of the form that are shown, in their order.
func (p *createTablePage) fields() []component.Control {
	out := slices.Concat([]component.Control{p.name}, p.partition.controls(), p.sort.controls(), []component.Control{p.settings})
	if !p.custom() {
		return out
	}
	out = append(out, p.class, p.billing)
	if p.capacityMode() == aws.BillingProvisioned {
		out = append(out, p.capacity.controls()...)
	}
	for _, f := range p.indexes {
		out = append(out, f.controls(p.capacityMode())...)
	}
	return append(append(out, p.indexButtons()...), p.protect)
}

// indexButtons add indexes to the form.
func (p *createTablePage) indexButtons() []component.Control {
	p.addLocal.Disabled = ""
	if p.sort.name.Value() == "" {
		p.addLocal.Disabled = "Local secondary indexes need a table with a sort key."
	}
	return append(p.ButtonsOf(p.Bindings(), keys.AddRow), p.addLocal)
}

func (p *createTablePage) arrange() {
	p.Ring.Set(append(p.fields(), p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)...)...)
}

// Key offers a key to the focused control.
func (p *createTablePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *createTablePage) View(width, height int) component.Block {
	p.arrange()
	inner := width - 4
	parts := []component.Block{
		component.Text(width, theme.Title.Render("Create table")),
		component.Container(width, "Table details", nil, component.Stack(inner,
			page.Styled(inner, theme.Faint, "DynamoDB is a schemaless database: a table needs only a name and a primary key, the partition key with or without a sort key."),
			p.Ring.View(p.name, inner), p.partition.view(&p.Panel, inner), p.sort.view(&p.Panel, inner))),
		component.Container(width, "Table settings", nil, p.Ring.View(p.settings, inner)),
	}
	if p.custom() {
		parts = append(parts, p.customView(width))
	} else {
		parts = append(parts, component.Container(width, "Default table settings", nil, defaultsView(inner)))
	}
	foot := p.Foot(width, p.faults, p.fault, "The table was not created", p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save))
	body := p.Scroll.View(component.Stack(width, parts...), max(1, height-foot.Height()))
	return component.Stack(width, body, foot).Fit(width, height)
}

func (p *createTablePage) customView(width int) component.Block {
	inner := width - 4
	capacity := []component.Block{p.Ring.View(p.billing, inner)}
	if p.capacityMode() == aws.BillingProvisioned {
		capacity = append(capacity, p.capacity.view(&p.Panel, inner))
	}
	var indexes []component.Block
	for i, f := range p.indexes {
		indexes = append(indexes, f.view(&p.Panel, inner, p.capacityMode(), indexTitle(p.indexes, i)))
	}
	if len(indexes) == 0 {
		indexes = append(indexes, page.Styled(inner, theme.Faint, "No indexes. An index lets you query by other attributes than the table's key."))
	}
	indexes = append(indexes, component.Row(inner, 1, p.Show(p.indexButtons()...)...))
	return component.Stack(width,
		component.Container(width, "Table class", nil, p.Ring.View(p.class, inner)),
		component.Container(width, "Read/write capacity settings", nil, component.Stack(inner, capacity...)),
		component.Container(width, "Secondary indexes", nil, component.Stack(inner, indexes...)),
		component.Container(width, "Deletion protection", nil, p.Ring.View(p.protect, inner)))
}

// defaultsView is the console's summary of the default settings.
func defaultsView(width int) component.Block {
	rows := [][3]string{
		{"Setting", "Value", "Editable after creation"},
		{"Table class", "DynamoDB Standard", "Yes"},
		{"Capacity mode", "On-demand", "Yes"},
		{"Local secondary indexes", "-", "No"},
		{"Global secondary indexes", "-", "Yes"},
		{"Encryption key management", "AWS owned key", "Yes"},
		{"Deletion protection", "Off", "Yes"},
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = component.FitLine(row[0], 28) + component.FitLine(row[1], 20) + row[2]
		if i == 0 {
			lines[i] = theme.Heading.Render(lines[i])
		}
	}
	return component.Text(width, lines...)
}
