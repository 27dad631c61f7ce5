package dynamodb

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// chooseTablePage is "Explore items" before a table is chosen: the list of the
// tables that the console has at the left.
type chooseTablePage struct {
	page.Panel
	list   *component.List
	table  *component.Table
	filter *component.TextField
	loaded bool
	fault  error
}

func newChooseTable(env page.Env) page.Page {
	p := &chooseTablePage{Panel: page.NewPanel(env), list: component.NewList(), filter: component.NewTextField("Find tables")}
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{{Title: "Table"}, {Title: "Status"}, {Title: "Partition key"}, {Title: "Sort key"}}
	})
	p.table.Open = func(row int) tea.Cmd {
		return nav.Send(nav.Replace{Route: nav.Route{Page: exploreID, Name: p.list.At(row).Key}})
	}
	page.FilterList(&p.Panel, "tables", p.filter, p.list, p.table)
	p.Ring.Set(p.table, p.filter)
	return p
}

// Title is the page's crumb.
func (p *chooseTablePage) Title() string { return "Explore items" }

// Init lists the tables.
func (p *chooseTablePage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.TableDescription, error) {
			return listTables(ctx, p.Env.Cloud.DynamoDB)
		},
		func(tables []aws.TableDescription, err error) tea.Cmd {
			p.fault, p.loaded = err, p.loaded || err == nil
			if err == nil {
				rows := make([]component.ListRow, len(tables))
				for i, t := range tables {
					rows[i] = component.ListRow{Key: t.TableName, Cells: tableCells(t)[:4]}
				}
				p.list.Set(rows)
			}
			return nil
		})
}

// Bindings lists what can be done.
func (p *chooseTablePage) Bindings() []keys.Binding {
	none := ""
	if p.list.Len() == 0 {
		none = "There is no table."
	}
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd { return p.table.Open(p.table.Current()) }).As("Explore items").Unless(none).Main(),
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createTableID, "", "") }).As("Create table"),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *chooseTablePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *chooseTablePage) View(width, height int) component.Block {
	head := component.Stack(width,
		component.Text(width, theme.Title.Render("Explore items")),
		component.Text(width, fmt.Sprintf("Tables (%d): choose the one to look at.", p.list.Len())),
		p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The tables could not be read", p.fault))
	}
	p.table.Empty = nil
	if p.loaded {
		p.table.Empty = []string{"There is no table to look at.", "n makes one: Create table."}
	}
	p.table.Loading = !p.loaded && p.fault == nil
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}
