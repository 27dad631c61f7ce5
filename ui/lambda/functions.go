package lambda

import (
	"context"
	"fmt"
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

// functionsPage lists the functions.
type functionsPage struct {
	page.Panel
	list    *component.List
	table   *component.Table
	filter  *component.TextField
	loaded  bool
	polling bool
	fault   error
}

func newFunctions(env page.Env, _ nav.Route) page.Page {
	p := &functionsPage{Panel: page.NewPanel(env), list: component.NewList(), filter: component.NewTextField("Find functions")}
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{
			{Title: "Function name"}, {Title: "Description"}, {Title: "Package type"}, {Title: "Runtime"},
			{Title: "Code size", Right: true}, {Title: "Last modified"}, {Title: "State"},
		}
	})
	p.table.Sortable = true
	p.table.Open = func(row int) tea.Cmd { return nav.Go(functionID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "functions", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *functionsPage) Title() string { return "Functions" }

// Init loads the functions, and again while one is in a passing state.
func (p *functionsPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.FunctionConfiguration, error) {
			return page.Functions(ctx, p.Env.Cloud.Lambda)
		},
		func(functions []aws.FunctionConfiguration, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded = true
			rows := make([]component.ListRow, len(functions))
			for i, f := range functions {
				rows[i] = component.ListRow{Key: f.FunctionName, Cells: functionCells(f)}
			}
			p.list.Set(rows)
			if p.polling || !slices.ContainsFunc(functions, func(f aws.FunctionConfiguration) bool { return !settled(f) }) {
				return nil
			}
			p.polling = true
			return p.Env.Calls.After(pollEvery, func() tea.Cmd { p.polling = false; return p.Init() })
		})
}

func functionCells(f aws.FunctionConfiguration) []component.Cell {
	cell := func(text string) component.Cell { return component.Cell{Text: component.Clean(text)} }
	kind, text := component.StatusSuccess, "Active"
	if f.State != "" { // lists on AWS tell no states
		kind, text = state(f)
	}
	return []component.Cell{
		{Text: component.Clean(f.FunctionName), Style: theme.Link}, cell(f.Description), cell(f.PackageType),
		cell(runtimeLabel(f.Runtime)), cell(component.Bytes(f.CodeSize)), cell(modified(f.LastModified)), component.StatusCell(kind, text),
	}
}

// current is the function whose row is marked; "" when there is none.
func (p *functionsPage) current() string { return p.list.At(p.table.Current()).Key }

// Bindings lists what can be done.
func (p *functionsPage) Bindings() []keys.Binding {
	none, function := "", p.current()
	if function == "" {
		none = "There is no function here."
	}
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createID, "", "") }).As("Create function").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(functionID, function, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDelete(p.Env, function, p.Init) }).Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: function, What: "the function's name"}) }).Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// confirmDelete asks, says what goes and what stays, deletes the function, and
// then goes on.
func confirmDelete(env page.Env, function string, then func() tea.Cmd) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete function",
		Text: []string{
			"Delete the function " + function + " permanently? Its code and settings cannot be brought back.",
			"Its log group /aws/lambda/" + function + " stays, and so do its role and the notifications of buckets that call it: delete the triggers first, or those buckets go on calling a function that is gone.",
		},
		Word: "confirm", Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(env.Calls,
				func(ctx context.Context) (aws.DeleteFunctionOutput, error) {
					return env.Cloud.Lambda.DeleteFunction(ctx, aws.DeleteFunctionInput{FunctionName: function})
				},
				func(_ aws.DeleteFunctionOutput, err error) tea.Cmd {
					if err != nil {
						return nav.Failed("The function "+function+" was not deleted", err)
					}
					return tea.Batch(nav.Done("The function "+function+" was deleted."), then())
				})
		},
	})
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *functionsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *functionsPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Create)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *functionsPage) View(width, height int) component.Block {
	title := fmt.Sprintf("Functions (%d)", p.list.Total())
	if n := p.list.Len(); n != p.list.Total() {
		title = fmt.Sprintf("Functions (%d/%d)", n, p.list.Total())
	}
	head := component.Stack(width, p.Heading(width, title, p.arrange()), p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The functions could not be read", p.fault))
	}
	p.table.Empty = p.empty()
	p.table.Loading = !p.loaded && p.fault == nil
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}

func (p *functionsPage) empty() []string {
	switch {
	case !p.loaded:
		return nil
	case p.filter.Value() != "":
		return []string{"No function contains " + strconv.Quote(component.Clean(p.filter.Value())) + ".", "esc shows all functions again."}
	}
	return []string{"There is no data to display.", "n makes a function: Create function."}
}
