package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// explorePage scans and queries a table, and shows the items.
type explorePage struct {
	page.Panel
	name    string
	form    *searchForm
	table   *component.Table
	known   bool // the table's description is there
	passed  bool // the first scan was started
	actions *component.Button
	onwards *component.Button // reads on where nothing was found so far

	width, height int // of the page, as drawn last

	results *results
	running bool
	idle    int   // pages in a row that brought nothing
	fault   error // of the newest run
	reading map[int]bool
}

// foldBelow is the height of a page that has no room for the search panel
// beside the results.
const foldBelow = 30

func newExplore(env page.Env, route nav.Route) page.Page {
	if route.Name == "" {
		return newChooseTable(env)
	}
	p := &explorePage{Panel: page.NewPanel(env), name: route.Name, reading: make(map[int]bool)}
	p.form = newSearchForm(p.run)
	p.form.removeFilter = func(*filterForm) tea.Cmd { return p.Ring.Focus(p.form.filterPart) }
	p.results = newResults(search{})
	p.table = component.NewTable(p, p.columns)
	p.table.Markable = true
	p.onwards = component.NewButton("Retrieve next page", p.next)
	p.actions = component.NewButton("Actions ▾", p.chooseAction)
	p.table.Open = func(int) tea.Cmd { return p.open() }
	p.table.Need, p.table.End = p.need, p.next
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *explorePage) Title() string { return "Explore items" }

// Len is the number of items known so far.
func (p *explorePage) Len() int { return p.results.Len() }

// Row is the cells of an item.
func (p *explorePage) Row(i int) ([]component.Cell, bool) { return p.results.Row(i) }

func (p *explorePage) columns() []component.Column { return p.results.columns.titled }

// Init reads the table's description and scans it, as the console does; when
// the page comes back to the front, what it shows is read again.
func (p *explorePage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "describe",
		func(ctx context.Context) (aws.DescribeTableOutput, error) {
			return p.Env.Cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: p.name})
		},
		func(out aws.DescribeTableOutput, err error) tea.Cmd {
			if err != nil {
				p.fault = err
				return nil
			}
			p.form.describe(out.Table)
			p.known = true
			switch {
			case out.Table.TableStatus == aws.StatusCreating:
				return p.Env.Calls.After(pollEvery, p.Init)
			case !p.passed:
				p.passed = true
				return p.start(p.form.search())
			}
			return p.refresh()
		})
}

// Key offers a key to the focused control; esc cancels a run, or leaves the
// search panel for the results.
func (p *explorePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	cmd, used := p.Panel.Key(msg)
	switch {
	case used || msg.String() != "esc":
		return cmd, used
	case p.running:
		return p.cancel(), true
	case p.Ring.Editing():
		return p.Ring.Focus(p.table), true
	}
	return nil, false
}

// Bindings lists what can be done.
func (p *explorePage) Bindings() []keys.Binding {
	wait, none := "", ""
	if !p.known {
		wait = "The table is not there yet."
	}
	if _, ok := p.current(); !ok {
		none = "There is no item."
	}
	noDelete := none
	if n := len(p.table.Marked()); n > 0 {
		noDelete = ""
	}
	all := []keys.Binding{
		keys.Bind(keys.Run, p.run).Unless(wait).Main(),
		keys.Bind(keys.Create, func() tea.Cmd { return p.goItem(address{}) }).As("Create item").Unless(wait),
		keys.Bind(keys.Open, p.open).As("Edit item").Unless(none),
		keys.Bind(keys.Duplicate, p.duplicate).As("Duplicate item").Unless(none),
		keys.Bind(keys.Delete, p.delete).As("Delete items").Unless(noDelete),
		keys.Bind(keys.Copy, p.copy).As("Copy item").Unless(none),
		keys.Bind(keys.AddRow, p.addFilter).As("Add filter").Unless(wait),
		keys.Bind(keys.Reset, p.reset),
		keys.Bind(keys.Refresh, p.refresh).Unless(wait),
		keys.Bind(keys.Edit, p.open).Unless(none),
	}
	if p.running {
		all = append(all, keys.Bind(keys.Cancel, p.cancel).As("Cancel run"))
	}
	return all
}

func (p *explorePage) addFilter() tea.Cmd {
	f := p.form.addFilter()
	p.arrange()
	return p.Ring.Focus(f.name)
}

func (p *explorePage) reset() tea.Cmd {
	p.form.reset()
	p.form.section.SetOpen(true)
	p.arrange()
	return nil
}

// arrange puts the controls that are shown in their order.
func (p *explorePage) arrange() {
	bindings := p.Bindings()
	all := p.form.controls(p.ButtonsOf(bindings, keys.AddRow)[0])
	all = append(all, p.runButtons(bindings)...)
	all = append(all, p.table)
	p.Ring.Set(append(all, p.itemButtons(bindings)...)...)
}

// runButtons are the buttons under the search panel.
func (p *explorePage) runButtons(bindings []keys.Binding) []component.Control {
	out := p.ButtonsOf(bindings, keys.Run, keys.Reset, keys.Cancel)
	if r := p.results; p.passed && !p.running && p.fault == nil && !r.done && r.Len() == 0 {
		out = append(out, p.onwards)
	}
	return out
}

// itemButtons are the buttons over the results; where there is no room for
// all of them, some are in a list under "Actions".
func (p *explorePage) itemButtons(bindings []keys.Binding) []component.Control {
	const roomy = 120
	if p.width >= roomy {
		return p.ButtonsOf(bindings, keys.Refresh, keys.Delete, keys.Duplicate, keys.Create)
	}
	return append([]component.Control{p.actions}, p.ButtonsOf(bindings, keys.Create)...)
}

// chooseAction lists what can be done with the items.
func (p *explorePage) chooseAction() tea.Cmd {
	ask := nav.Choose{Title: "Actions"}
	bindings := p.Bindings()
	for _, id := range []keys.ID{keys.Open, keys.Duplicate, keys.Delete, keys.Copy, keys.Refresh} {
		for _, b := range bindings {
			if b.ID == id {
				ask.Options = append(ask.Options, nav.Choice{Label: b.Label, Disabled: b.Disabled, Do: b.Run})
			}
		}
	}
	return nav.Send(ask)
}
