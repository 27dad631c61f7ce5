package apigateway

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// apisPage lists the REST APIs.
type apisPage struct {
	page.Panel
	list   *component.List
	table  *component.Table
	filter *component.TextField
	names  map[string]string // of the APIs, by id
	loaded bool
	fault  error
}

func newAPIs(env page.Env, _ nav.Route) page.Page {
	p := &apisPage{Panel: page.NewPanel(env), list: component.NewList(), filter: component.NewTextField("Find APIs")}
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{
			{Title: "Name"}, {Title: "Description"}, {Title: "ID"}, {Title: "Protocol"}, {Title: "API endpoint type"}, {Title: "Created"},
		}
	})
	p.table.Sortable = true
	p.table.Open = func(row int) tea.Cmd { return nav.Go(apiID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "APIs", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *apisPage) Title() string { return "APIs" }

// Init loads the APIs.
func (p *apisPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.RestAPI, error) { return page.RestAPIs(ctx, p.Env.Cloud.APIGateway) },
		func(apis []aws.RestAPI, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded, p.names = true, make(map[string]string, len(apis))
			rows := make([]component.ListRow, len(apis))
			for i, a := range apis {
				p.names[a.ID] = a.Name
				rows[i] = component.ListRow{Key: a.ID, Cells: []component.Cell{
					{Text: component.Clean(a.Name), Style: theme.Link}, {Text: component.Clean(a.Description)}, {Text: component.Clean(a.ID)},
					{Text: "REST"}, {Text: endpointType(a)}, {Text: when(a.CreatedDate)},
				}}
			}
			p.list.Set(rows)
			return nil
		})
}

// endpointType is from where an API is reached, in the console's words.
func endpointType(a aws.RestAPI) string {
	switch types := a.EndpointConfiguration.Types; {
	case len(types) == 0, types[0] == aws.EndpointEdge:
		return "Edge-optimized"
	case types[0] == aws.EndpointRegional:
		return "Regional"
	default:
		return component.Clean(string(types[0]))
	}
}

// when is a time as the console shows it.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateTime)
}

// current is the id of the API whose row is marked; "" when there is none.
func (p *apisPage) current() string { return p.list.At(p.table.Current()).Key }

// Bindings lists what can be done.
func (p *apisPage) Bindings() []keys.Binding {
	none, id := "", p.current()
	if id == "" {
		none = "There is no API here."
	}
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createAPIID, "", "") }).As("Create API").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(apiID, id, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteAPI(p.Env, id, p.names[id], p.Init) }).Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: id, What: "the API's ID"}) }).As("Copy ID").Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// confirmDeleteAPI asks, says what goes and what stays, deletes an API, and then
// goes on.
func confirmDeleteAPI(env page.Env, id, name string, then func() tea.Cmd) tea.Cmd {
	text := []string{
		"Delete the API " + name + " (" + id + ") permanently? Its resources, methods, deployments and stages go with it, and its URLs answer no more.",
		"Functions behind it stay, and so do the statements of their policies that name this API.",
	}
	if env.Cloud.Place.Kind == aws.Account {
		text = append(text, "AWS deletes about one API each 30 seconds: when it says TooManyRequestsException, wait and try again.")
	}
	return nav.Send(nav.Confirm{
		Title: "Delete API", Text: text, Word: "confirm", Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(env.Calls,
				func(ctx context.Context) (aws.DeleteRestApiOutput, error) {
					return env.Cloud.APIGateway.DeleteRestApi(ctx, aws.DeleteRestApiInput{RestAPIID: id})
				},
				func(_ aws.DeleteRestApiOutput, err error) tea.Cmd {
					if err != nil {
						return nav.Failed("The API "+name+" was not deleted", err)
					}
					return tea.Batch(nav.Done("The API "+name+" was deleted."), then())
				})
		},
	})
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *apisPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *apisPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Create)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *apisPage) View(width, height int) component.Block {
	title := fmt.Sprintf("APIs (%d)", p.list.Total())
	if n := p.list.Len(); n != p.list.Total() {
		title = fmt.Sprintf("APIs (%d/%d)", n, p.list.Total())
	}
	head := component.Stack(width, p.Heading(width, title, p.arrange()), p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The APIs could not be read", p.fault))
	}
	p.table.Empty = p.empty()
	p.table.Loading = !p.loaded && p.fault == nil
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}

func (p *apisPage) empty() []string {
	switch {
	case !p.loaded:
		return nil
	case p.filter.Value() != "":
		return []string{"No API contains " + strconv.Quote(component.Clean(p.filter.Value())) + ".", "esc shows all APIs again."}
	}
	return []string{"There are no APIs to show.", "n makes one: Create API. Lambda's Add trigger makes one, too."}
}
