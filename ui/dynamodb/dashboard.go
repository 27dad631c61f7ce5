package dynamodb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// dashboardPage is the service's first page.
type dashboardPage struct {
	page.Panel
	view   *component.Button
	tables []aws.TableDescription
	loaded bool
	fault  error
}

func newDashboard(env page.Env, _ nav.Route) page.Page {
	p := &dashboardPage{Panel: page.NewPanel(env)}
	p.view = component.NewButton("View tables", func() tea.Cmd { return nav.Go(tablesID, "", "") })
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *dashboardPage) Title() string { return "Dashboard" }

// Init counts the tables.
func (p *dashboardPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.TableDescription, error) {
			return listTables(ctx, p.Env.Cloud.DynamoDB)
		},
		func(tables []aws.TableDescription, err error) tea.Cmd {
			p.fault = err
			if err == nil {
				p.tables, p.loaded = tables, true
			}
			return nil
		})
}

// Bindings lists what can be done.
func (p *dashboardPage) Bindings() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createTableID, "", "") }).As("Create table").Main(),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(exploreID, "", "") }),
		keys.Bind(keys.Refresh, p.Init),
	}
}

func (p *dashboardPage) arrange() []component.Control {
	buttons := append(p.ButtonsOf(p.Bindings(), keys.Create, keys.Explore), p.view)
	p.Ring.Set(buttons...)
	return buttons
}

// Key offers a key to the focused button.
func (p *dashboardPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *dashboardPage) View(width, height int) component.Block {
	parts := []component.Block{
		p.Heading(width, "Dashboard", p.arrange()),
		component.Blank(width, 1),
		page.Styled(width, theme.Plain, "Amazon DynamoDB is a serverless NoSQL database: tables of items, each found by its key in single-digit milliseconds, whether there are ten or ten billion."),
		component.Blank(width, 1),
		component.Container(width, "Tables", nil, component.Text(width-4, p.states()...)),
	}
	if p.fault != nil {
		parts = append(parts, page.Fault(width, "The tables could not be read", p.fault))
	}
	parts = append(parts, component.Container(width, "Get started", nil, getStarted(width-4)))
	return p.Scroll.View(component.Stack(width, parts...), height).Fit(width, height)
}

// states counts the tables by state.
func (p *dashboardPage) states() []string {
	if !p.loaded {
		return []string{theme.Faint.Render("Loading…")}
	}
	by := make(map[aws.Status]int)
	for _, t := range p.tables {
		by[t.TableStatus]++
	}
	lines := []string{page.Counted(len(p.tables), "table") + " in this account in this AWS Region"}
	var states []string
	for _, s := range []aws.Status{aws.StatusActive, aws.StatusCreating, aws.StatusUpdating, aws.StatusDeleting} {
		if by[s] > 0 {
			states = append(states, component.Status(statusKind(s), fmt.Sprintf("%s: %d", statusName(s), by[s])))
		}
	}
	return slices.Concat(lines, []string{strings.Join(states, "   ")})
}

func getStarted(width int) component.Block {
	texts := []string{
		"1  Create a table: all it needs is a name and a partition key. A sort key groups items under one partition key, in order.",
		"2  Create items: only the key attributes are fixed; beside them each item has attributes of its own.",
		"3  Query by key, which reads just what it finds; or scan, which reads everything and filters afterwards.",
	}
	parts := make([]component.Block, len(texts))
	for i, text := range texts {
		parts[i] = page.Styled(width, theme.Plain, text)
	}
	return component.Stack(width, parts...)
}
