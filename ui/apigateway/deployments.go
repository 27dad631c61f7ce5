package apigateway

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// deploymentsPage lists an API's deployments, and the methods of the current one.
type deploymentsPage struct {
	page.Panel
	*hall
	list  *component.List
	table *component.Table

	stages    map[string][]string       // the names of those that have a deployment, by its id
	summaries map[string]aws.Deployment // those read with their methods
	loaded    bool
	fault     error
	unread    error // why the current one's methods could not be read
}

func newDeployments(env page.Env, route nav.Route) page.Page {
	p := &deploymentsPage{
		Panel: page.NewPanel(env), hall: newHall(route.Name, deploymentsID), list: component.NewList(), summaries: make(map[string]aws.Deployment),
	}
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{{Title: "Deployment date"}, {Title: "Deployment ID"}, {Title: "Description"}, {Title: "Stages"}}
	})
	p.table.Moved = func(int) tea.Cmd { return p.readSummary() }
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *deploymentsPage) Title() string { return "Deployments" }

// deploymentsRead is what the page reads.
type deploymentsRead struct {
	api         aws.RestAPI
	deployments []aws.Deployment
	stages      []aws.Stage
}

// Init reads the deployments, and which stages have them.
func (p *deploymentsPage) Init() tea.Cmd {
	service := p.Env.Cloud.APIGateway
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (r deploymentsRead, err error) {
			out, err := service.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: p.id})
			if err != nil {
				return r, err
			}
			r.api = out.RestAPI
			if r.stages, err = listStages(ctx, service, p.id); err != nil {
				return r, err
			}
			r.deployments, err = listDeployments(ctx, service, p.id)
			return r, err
		},
		func(r deploymentsRead, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.learn(r.api)
			p.loaded, p.stages = true, make(map[string][]string)
			for _, s := range r.stages {
				p.stages[s.DeploymentID] = append(p.stages[s.DeploymentID], s.StageName)
			}
			rows := make([]component.ListRow, len(r.deployments))
			for i, d := range r.deployments {
				rows[i] = component.ListRow{Key: d.ID, Cells: []component.Cell{
					{Text: when(d.CreatedDate)}, {Text: component.Clean(d.ID)}, {Text: component.Clean(d.Description)},
					{Text: component.Clean(strings.Join(p.stages[d.ID], ", "))},
				}}
			}
			p.list.Set(rows)
			return p.readSummary()
		})
}

// current is the id of the deployment whose row is marked; "" when there is none.
func (p *deploymentsPage) current() string { return p.list.At(p.table.Current()).Key }

// readSummary reads the current deployment's methods, which never change.
func (p *deploymentsPage) readSummary() tea.Cmd {
	id := p.current()
	if _, read := p.summaries[id]; read || id == "" {
		return nil
	}
	return page.Latest(p.Env.Calls, "summary",
		func(ctx context.Context) (aws.GetDeploymentOutput, error) {
			return p.Env.Cloud.APIGateway.GetDeployment(ctx, aws.GetDeploymentInput{RestAPIID: p.id, DeploymentID: id, Embed: []string{aws.EmbedSummary}})
		},
		func(out aws.GetDeploymentOutput, err error) tea.Cmd {
			if p.unread = err; err == nil {
				p.summaries[id] = out.Deployment
			}
			return nil
		})
}

// undeletable says why the current deployment cannot be deleted; "" when it can.
func (p *deploymentsPage) undeletable() string {
	id := p.current()
	switch stages := p.stages[id]; {
	case id == "":
		return "There is no deployment here."
	case len(stages) > 0:
		return "The stage " + stages[0] + " has it: give the stage another deployment first, or delete it."
	}
	return ""
}

// Bindings lists what can be done.
func (p *deploymentsPage) Bindings() []keys.Binding {
	id, none := p.current(), ""
	if id == "" {
		none = "There is no deployment here."
	}
	return append([]keys.Binding{
		keys.Bind(keys.Save, func() tea.Cmd { return nav.Go(deployID, p.id, "") }).As("Deploy API").Main(),
		keys.Bind(keys.Delete, func() tea.Cmd { return p.confirmDelete(id) }).As("Delete deployment").Unless(p.undeletable()),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: id, What: "the deployment's ID"}) }).As("Copy ID").Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}, p.sections()...)
}

// confirmDelete asks, and deletes a deployment.
func (p *deploymentsPage) confirmDelete(id string) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete deployment", Action: "Delete",
		Text: []string{"Delete the deployment " + id + "? No stage has it; none can go back to it then."},
		Do: func() tea.Cmd {
			return page.Do(p.Env.Calls,
				func(ctx context.Context) (aws.DeleteDeploymentOutput, error) {
					return p.Env.Cloud.APIGateway.DeleteDeployment(ctx, aws.DeleteDeploymentInput{RestAPIID: p.id, DeploymentID: id})
				},
				func(_ aws.DeleteDeploymentOutput, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The deployment "+id+" was not deleted", err), p.Init())
					}
					return tea.Batch(nav.Done("The deployment "+id+" was deleted."), p.Init())
				})
		},
	})
}

// Key offers a key to the focused control.
func (p *deploymentsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

func (p *deploymentsPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Save)
	p.Ring.Set(append(append([]component.Control{p.table}, buttons...), p.tabs)...)
	return buttons
}

// View draws the page.
func (p *deploymentsPage) View(width, height int) component.Block {
	head := p.welcome(&p.Panel, width, p.arrange())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The deployments could not be read", p.fault))
	}
	p.table.Empty = nil
	if p.loaded {
		p.table.Empty = []string{"No deployments. Deploy API makes one."}
	}
	p.table.Loading = !p.loaded && p.fault == nil
	room := max(4, height-head.Height())
	p.table.Height = max(2, min(room/2, p.list.Len()+2))
	table := p.Ring.View(p.table, width)
	rest := max(1, room-table.Height())
	return component.Stack(width, head, table, p.Scroll.View(p.summary(width), rest)).Fit(width, height)
}

// summary draws the methods of the current deployment.
func (p *deploymentsPage) summary(width int) component.Block {
	d, read := p.summaries[p.current()]
	switch {
	case p.current() == "":
		return component.Block{Width: width}
	case !read && p.unread != nil:
		return page.Fault(width, "The deployment's methods could not be read", p.unread)
	case !read:
		return component.Text(width, theme.Info.Render("◌ Loading"))
	}
	var lines []string
	for _, path := range slices.Sorted(maps.Keys(d.APISummary)) {
		for _, method := range slices.Sorted(maps.Keys(d.APISummary[path])) {
			m := d.APISummary[path][method]
			lines = append(lines, component.Clean(method+" "+path+" · authorization "+m.AuthorizationType+yesNo(m.APIKeyRequired, " · API key required", "")))
		}
	}
	inner := max(0, width-1-component.ContainerSides)
	title := "Methods of " + d.ID + " (" + strconv.Itoa(len(lines)) + ")"
	return component.Stack(width, component.Container(width-1, title, nil, component.Stack(inner, component.Text(inner, lines...),
		faint(inner, "What a stage with this deployment answers. Edit stage, on the Stages page, chooses a stage's deployment."))))
}
