package lambda

import (
	"context"
	"slices"

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
	*page.ListPage
	polling bool
}

func newFunctions(env page.Env, _ nav.Route) page.Page {
	words := page.ListWords{Title: "Functions", One: "function", Many: "functions", None: "n makes a function: Create function."}
	p := &functionsPage{ListPage: page.NewListPage(env, words, func(name string) tea.Cmd { return nav.Go(functionID, name, "") },
		component.Column{Title: "Function name"}, component.Column{Title: "Description"}, component.Column{Title: "Package type"}, component.Column{Title: "Runtime"},
		component.Column{Title: "Code size", Right: true}, component.Column{Title: "Last modified"}, component.Column{Title: "State"})}
	p.Begin(p.Bindings)
	return p
}

// Init loads the functions, and again while one is in a passing state.
func (p *functionsPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.FunctionConfiguration, error) {
			return page.Functions(ctx, p.Env.Cloud.Lambda)
		},
		func(functions []aws.FunctionConfiguration, err error) tea.Cmd {
			rows := make([]component.ListRow, len(functions))
			for i, f := range functions {
				rows[i] = component.ListRow{Key: f.FunctionName, Cells: functionCells(f)}
			}
			p.Show(rows, err)
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

// Bindings lists what can be done.
func (p *functionsPage) Bindings() []keys.Binding {
	none, function := p.Missing(), p.Current()
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createID, "", "") }).As("Create function").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(functionID, function, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDelete(p.Env, function, p.Init) }).Unless(none),
		keys.Bind(keys.Filter, p.Find).Unless(none),
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
