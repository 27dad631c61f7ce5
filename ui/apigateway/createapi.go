package apigateway

import (
	"context"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// apiForm is "Create REST API".
type apiForm struct {
	kind        *component.Radio
	from        *component.Radio
	name        *component.TextField
	description *component.TextField
	endpoint    *component.Select
}

func newCreateAPI(env page.Env, _ nav.Route) page.Page {
	const only = "This console makes REST APIs."
	f := &apiForm{
		kind: component.NewRadio("API type",
			component.Option{Value: "rest", Label: "REST API", Detail: "Complete control over the request and response, and a console to test them in"},
			component.Option{Value: "http", Label: "HTTP API", Disabled: only},
			component.Option{Value: "websocket", Label: "WebSocket API", Disabled: only},
			component.Option{Value: "private", Label: "REST API Private", Disabled: only}),
		from: component.NewRadio("API details",
			component.Option{Value: "new", Label: "New API", Detail: "Create a new REST API."},
			component.Option{Value: "clone", Label: "Clone existing API", Disabled: "Not in this console."},
			component.Option{Value: "import", Label: "Import API", Disabled: "OpenAPI definitions are not read here."},
			component.Option{Value: "example", Label: "Example API", Disabled: "Not in this console."}),
		name:        component.NewTextField("API name"),
		description: component.NewTextField("Description - optional"),
		endpoint: component.NewSelect("API endpoint type",
			component.Option{Value: string(aws.EndpointRegional), Label: "Regional", Detail: "answers in this Region"},
			component.Option{Value: string(aws.EndpointEdge), Label: "Edge-optimized", Detail: "reached over CloudFront's edge locations"},
			component.Option{Value: "PRIVATE", Label: "Private", Disabled: "needs a VPC"}),
	}
	f.name.Check = func(text string) string {
		switch {
		case text == "":
			return "Enter a name"
		case len([]rune(text)) > 1024:
			return "Names have at most 1024 characters"
		}
		return ""
	}
	f.name.Hint = "Several APIs may have one name: the ID tells them apart."
	f.description.Check = func(text string) string {
		if len([]rune(text)) > 1024 {
			return "Descriptions have at most 1024 characters"
		}
		return ""
	}
	return page.NewForm(env, f)
}

func (f *apiForm) Words() page.Words {
	return page.Words{Title: "Create REST API", Action: "Create API", Failed: "The API was not created", Lost: "The API has not been created; what you entered for it would be lost."}
}

func (f *apiForm) Read(context.Context, aws.Cloud) (func(), error) { return func() {}, nil }

func (f *apiForm) Fields() []component.Control {
	return []component.Control{f.kind, f.from, f.name, f.description, f.endpoint}
}

func (f *apiForm) First() component.Control { return f.name }

func (f *apiForm) Fault() string { return "" }

func (f *apiForm) Values() string { return f.name.Value() + "\n" + f.description.Value() }

func (f *apiForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	in := aws.CreateRestApiInput{
		Name: f.name.Value(), Description: f.description.Value(),
		EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointType(f.endpoint.Value())}},
	}
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		out, err := cloud.APIGateway.CreateRestApi(ctx, in)
		if err != nil {
			return nil, err
		}
		open := nav.Send(nav.Replace{Route: nav.Route{Page: apiID, Name: out.ID}})
		return tea.Batch(open, nav.Done("Successfully created REST API '"+in.Name+"' ("+out.ID+").")), nil
	}
}

func (f *apiForm) View(p *page.Panel, width int) component.Block {
	return page.Stacked(p, width, f.Fields()...)
}
