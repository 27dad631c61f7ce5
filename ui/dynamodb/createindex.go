package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// createIndexPage is the form of a new global secondary index.
type createIndexPage struct {
	page.Panel
	name   string
	form   *indexForm
	table  aws.TableDescription
	loaded bool
	saving bool
	done   bool
	faults []string
	fault  error
}

func newCreateIndex(env page.Env, route nav.Route) page.Page {
	p := &createIndexPage{Panel: page.NewPanel(env), name: route.Name, form: newIndexForm(false, nil)}
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *createIndexPage) Title() string { return "Create index" }

// Init reads the table, whose capacity mode the index shares.
func (p *createIndexPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "describe",
		func(ctx context.Context) (aws.DescribeTableOutput, error) {
			return p.Env.Cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: p.name})
		},
		func(out aws.DescribeTableOutput, err error) tea.Cmd {
			if p.fault = err; err == nil {
				p.table, p.loaded = out.Table, true
			}
			return nil
		})
}

// Unsaved says what would be lost.
func (p *createIndexPage) Unsaved() string {
	if p.done || p.form.partition.name.Value() == "" && p.form.sort.name.Value() == "" && p.form.name.Value() == "" {
		return ""
	}
	return "The index has not been created; what you entered for it would be lost."
}

// input is the request that creates the index.
func (p *createIndexPage) input() (aws.UpdateTableInput, []string) {
	billing := billingMode(p.table)
	table := newTable{Key: tableKey(p.table), Billing: billing, Global: []newIndex{p.form.index()}}
	index := table.Global[0].global(billing)
	return aws.UpdateTableInput{
		TableName:            p.name,
		AttributeDefinitions: table.definitions(),
		GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{
			{Create: &index},
		},
	}, table.faults()
}

func (p *createIndexPage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate(p.fields()); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	in, faults := p.input()
	if p.faults = faults; len(faults) > 0 {
		return nil
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.UpdateTableOutput, error) {
			return p.Env.Cloud.DynamoDB.UpdateTable(ctx, in)
		},
		func(_ aws.UpdateTableOutput, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if err != nil {
				return nil
			}
			p.done = true
			return tea.Batch(nav.Done("Creating the index "+p.form.indexName()+"."), nav.Send(nav.Back{}))
		})
}

// Bindings lists what can be done.
func (p *createIndexPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case !p.loaded:
		wait = "The table is not there yet."
	case p.saving:
		wait = "The index is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create index").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *createIndexPage) fields() []component.Control { return p.form.controls(billingMode(p.table)) }

func (p *createIndexPage) arrange() {
	p.Ring.Set(append(p.fields(), p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)...)...)
}

// Key offers a key to the focused control.
func (p *createIndexPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *createIndexPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - 4
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create global secondary index")),
		component.Container(width, "Index details", nil, component.Stack(inner,
			page.Styled(inner, theme.Faint, "An index holds the items of the table by another key, so that they can be queried by it. It follows the table by itself."),
			p.form.view(&p.Panel, inner, billingMode(p.table), ""))))
	foot := p.Foot(width, p.faults, p.fault, "The index was not created", p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save))
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
