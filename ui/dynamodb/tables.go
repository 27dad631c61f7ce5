package dynamodb

import (
	"context"
	"slices"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// tablesPage lists the tables.
type tablesPage struct {
	page.Panel
	list   *component.List
	table  *component.Table
	filter *component.TextField

	tables  []aws.TableDescription
	loaded  bool
	loading bool
	polling bool
	fault   error
}

func newTables(env page.Env, _ nav.Route) page.Page {
	p := &tablesPage{Panel: page.NewPanel(env), list: component.NewList()}
	p.table = component.NewTable(p.list, tablesColumns)
	p.table.Sortable = true
	p.table.Open = func(row int) tea.Cmd { return nav.Go(tableID, p.list.At(row).Key, "") }
	p.filter = component.NewTextField("Find tables")
	page.FilterList(&p.Panel, "tables", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

func tablesColumns() []component.Column {
	return []component.Column{
		{Title: "Name"}, {Title: "Status"}, {Title: "Partition key"}, {Title: "Sort key"},
		{Title: "Indexes", Right: true}, {Title: "Deletion protection"}, {Title: "Capacity mode"},
		{Title: "Items", Right: true}, {Title: "Size", Right: true},
	}
}

// Title is the page's crumb.
func (p *tablesPage) Title() string { return "Tables" }

// Init loads the tables.
func (p *tablesPage) Init() tea.Cmd { return p.load() }

func (p *tablesPage) load() tea.Cmd {
	p.loading = true
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.TableDescription, error) {
			return listTables(ctx, p.Env.Cloud.DynamoDB)
		},
		func(tables []aws.TableDescription, err error) tea.Cmd {
			p.loading, p.fault = false, err
			if err == nil {
				p.loaded = true
				p.take(tables)
			}
			return p.poll()
		})
}

// take takes the tables in; place, filter and order stay.
func (p *tablesPage) take(tables []aws.TableDescription) {
	p.tables = tables
	rows := make([]component.ListRow, len(tables))
	for i, t := range tables {
		rows[i] = component.ListRow{Key: t.TableName, Cells: tableCells(t)}
	}
	p.list.Set(rows)
}

func tableCells(t aws.TableDescription) []component.Cell {
	key := tableKey(t)
	indexes := len(t.LocalSecondaryIndexes) + len(t.GlobalSecondaryIndexes)
	cell := func(text string) component.Cell { return component.Cell{Text: component.Clean(text)} }
	return []component.Cell{
		{Text: component.Clean(t.TableName), Style: theme.Link},
		component.StatusCell(statusKind(t.TableStatus), statusName(t.TableStatus)),
		cell(keyText(key.Partition)), cell(keyText(key.Sort)), cell(strconv.Itoa(indexes)),
		cell(onOff(t.DeletionProtectionEnabled)), cell(capacityText(t)),
		cell(strconv.FormatInt(t.ItemCount, 10)), cell(sizeText(t.TableSizeBytes)),
	}
}

// poll looks again, after a while, at the tables that are in a passing state.
func (p *tablesPage) poll() tea.Cmd {
	if p.polling || !slices.ContainsFunc(p.tables, func(t aws.TableDescription) bool { return !settled(t) }) {
		return nil
	}
	p.polling = true
	return p.Env.Calls.After(pollEvery, func() tea.Cmd {
		p.polling = false
		var names []string
		for _, t := range p.tables {
			if !settled(t) {
				names = append(names, t.TableName)
			}
		}
		return page.Latest(p.Env.Calls, "poll",
			func(ctx context.Context) ([]aws.TableDescription, error) {
				return describeListed(ctx, p.Env.Cloud.DynamoDB, slices.Clone(names))
			},
			func(now []aws.TableDescription, err error) tea.Cmd {
				if err == nil {
					p.update(names, now)
				}
				return p.poll()
			})
	})
}

// update takes in how the named tables are now; the ones not among them are gone.
func (p *tablesPage) update(names []string, now []aws.TableDescription) {
	var tables []aws.TableDescription
	for _, t := range p.tables {
		if !slices.Contains(names, t.TableName) {
			tables = append(tables, t)
			continue
		}
		at := slices.IndexFunc(now, func(n aws.TableDescription) bool { return n.TableName == t.TableName })
		if at >= 0 {
			tables = append(tables, now[at])
		}
	}
	p.take(tables)
}

// current is the table whose row is marked.
func (p *tablesPage) current() (aws.TableDescription, bool) {
	if at := p.table.Current(); at >= 0 && at < p.list.Len() {
		name := p.list.At(at).Key
		for _, t := range p.tables {
			if t.TableName == name {
				return t, true
			}
		}
	}
	return aws.TableDescription{}, false
}

// Bindings lists what can be done.
func (p *tablesPage) Bindings() []keys.Binding {
	t, ok := p.current()
	none, cannot := "", ""
	if !ok {
		none = "There is no table yet."
		cannot = none
	} else {
		cannot = noDelete(t)
	}
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createTableID, "", "") }).As("Create table").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(tableID, t.TableName, "") }).Unless(none),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(exploreID, t.TableName, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteTable(p.Env, t, p.load) }).As("Delete").Unless(cannot),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: t.TableName, What: "the table's name"})
		}).Unless(none),
		keys.Bind(keys.Refresh, p.load),
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *tablesPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

// arrange puts the controls in their order.
func (p *tablesPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Explore, keys.Create)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *tablesPage) View(width, height int) component.Block {
	head := component.Stack(width, p.Heading(width, page.CountedTitle("Tables", p.list, p.loaded), p.arrange()), p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The tables could not be read", p.fault))
	}
	p.table.Empty = emptyTables(p)
	p.table.Loading = p.loading && !p.loaded
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}

func emptyTables(p *tablesPage) []string {
	switch {
	case p.filter.Value() != "":
		return []string{"No table's name contains " + strconv.Quote(component.Clean(p.filter.Value())) + ".", "esc shows all tables again."}
	case !p.loaded:
		return nil
	}
	return []string{"You have no tables in this account in this AWS Region.", "n makes one: Create table."}
}
