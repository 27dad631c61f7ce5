package apigateway

import (
	"context"
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
	*page.ListPage
	names map[string]string // of the APIs, by id
}

func newAPIs(env page.Env, _ nav.Route) page.Page {
	words := page.ListWords{Title: "APIs", One: "API", Many: "APIs", None: "n makes one: Create API. Lambda's Add trigger makes one, too."}
	p := &apisPage{ListPage: page.NewListPage(env, words, func(id string) tea.Cmd { return nav.Go(apiID, id, "") },
		component.Column{Title: "Name"}, component.Column{Title: "Description"}, component.Column{Title: "ID"}, component.Column{Title: "Protocol"},
		component.Column{Title: "API endpoint type"}, component.Column{Title: "Created"})}
	p.Begin(p.Bindings)
	return p
}

// Init loads the APIs.
func (p *apisPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.RestAPI, error) { return page.RestAPIs(ctx, p.Env.Cloud.APIGateway) },
		func(apis []aws.RestAPI, err error) tea.Cmd {
			if err != nil {
				p.Show(nil, err)
				return nil
			}
			p.names = make(map[string]string, len(apis))
			rows := make([]component.ListRow, len(apis))
			for i, a := range apis {
				p.names[a.ID] = a.Name
				rows[i] = component.ListRow{Key: a.ID, Cells: []component.Cell{
					{Text: component.Clean(a.Name), Style: theme.Link}, {Text: component.Clean(a.Description)}, {Text: component.Clean(a.ID)},
					{Text: "REST"}, {Text: endpointType(a)}, {Text: when(a.CreatedDate)},
				}}
			}
			p.Show(rows, nil)
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

// Bindings lists what can be done.
func (p *apisPage) Bindings() []keys.Binding {
	none, id := p.Missing(), p.Current()
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createAPIID, "", "") }).As("Create API").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(apiID, id, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteAPI(p.Env, id, p.names[id], p.Init) }).Unless(none),
		keys.Bind(keys.Filter, p.Find).Unless(none),
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
