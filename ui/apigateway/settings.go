package apigateway

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

// settingsPage is what an API is, and its tags.
type settingsPage struct {
	page.Panel
	*hall
	labels *page.TagTable
	fault  error
}

func newSettings(env page.Env, route nav.Route) page.Page {
	p := &settingsPage{Panel: page.NewPanel(env), hall: newHall(route.Name, settingsID), labels: page.NewTagTable()}
	p.arrange()
	p.Ring.Focus(p.tabs)
	return p
}

// Title is the page's crumb.
func (p *settingsPage) Title() string { return "API settings" }

// Init reads the API.
func (p *settingsPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (aws.GetRestApiOutput, error) {
			return p.Env.Cloud.APIGateway.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: p.id})
		},
		func(out aws.GetRestApiOutput, err error) tea.Cmd {
			if p.fault = err; err == nil {
				p.learn(out.RestAPI)
				p.labels.Set(out.Tags)
			}
			return nil
		})
}

// Bindings lists what can be done.
func (p *settingsPage) Bindings() []keys.Binding {
	wait := ""
	if !p.known {
		wait = "The API is not there yet."
	}
	return append([]keys.Binding{
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(manageTagsID, p.id, "") }).As("Manage tags").Unless(wait).Main(),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.Env.Cloud.Place.RestAPIARN(p.id), What: "the API's ARN"})
		}).As("Copy ARN").Unless(wait),
		keys.Bind(keys.Refresh, p.Init),
	}, p.sections()...)
}

func (p *settingsPage) heads() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Copy)
}

func (p *settingsPage) owns() []component.Control { return p.ButtonsOf(p.Bindings(), keys.Edit) }

func (p *settingsPage) arrange() {
	all := append([]component.Control{p.labels.Table}, p.owns()...)
	p.Ring.Set(append(append(all, p.heads()...), p.tabs)...)
}

// Key offers a key to the focused control.
func (p *settingsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *settingsPage) View(width, height int) component.Block {
	p.arrange()
	head := p.welcome(&p.Panel, width, p.heads())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The API could not be read", p.fault))
	}
	if !p.known {
		if p.fault == nil {
			head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
		}
		return head.Fit(width, height)
	}
	inner := max(0, width-component.ContainerSides)
	details := component.Container(width, "API details", nil, component.KeyValues(inner, columns(inner),
		component.Pair{Label: "API name", Value: component.Clean(p.api.Name)},
		component.Pair{Label: "API ID", Value: component.Clean(p.api.ID)},
		component.Pair{Label: "API endpoint type", Value: endpointType(p.api)},
		component.Pair{Label: "Description", Value: component.Clean(p.api.Description)},
		component.Pair{Label: "Created", Value: when(p.api.CreatedDate)},
		component.Pair{Label: "ARN", Value: p.Env.Cloud.Place.RestAPIARN(p.id)}))
	about := faint(inner, page.AboutTags)
	room := max(1, height-head.Height())
	p.labels.Fit(room - details.Height() - about.Height() - 2)
	tags := component.Container(width, p.labels.Title(), p.Show(p.owns()...), component.Stack(inner, about, p.Ring.View(p.labels.Table, inner)))
	return component.Stack(width, head, p.Scroll.View(component.Stack(width, details, tags), room)).Fit(width, height)
}
