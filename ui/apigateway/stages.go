package apigateway

import (
	"context"
	"maps"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// stagesPage is an API's stages: a tree of them with the methods that each has
// deployed, and the one that is chosen in it.
type stagesPage struct {
	page.Panel
	*hall
	list *component.List
	tree *component.Table

	stages      []aws.Stage
	deployments map[string]aws.Deployment // those of the stages, with their methods
	places      map[string]place          // of the tree's rows, by key
	want        string                    // the stage to choose once it is there
	loaded      bool
	fault       error
}

// place is a row of the tree: a stage, a path of it, or a method there.
type place struct {
	stage        aws.Stage
	path, method string
}

func newStages(env page.Env, route nav.Route) page.Page {
	p := &stagesPage{Panel: page.NewPanel(env), hall: newHall(route.Name, stagesID), list: component.NewList(), want: route.Detail}
	p.tree = component.NewTable(p.list, func() []component.Column { return []component.Column{{Title: "Stages", Width: treeMost}} })
	p.tree.Moved = func(int) tea.Cmd { p.Scroll.ToTop(); return nil }
	p.tree.Open = func(int) tea.Cmd { return p.openURL() }
	p.arrange()
	p.Ring.Focus(p.tree)
	return p
}

// Title is the page's crumb.
func (p *stagesPage) Title() string { return "Stages" }

// stagesRead is what the page reads.
type stagesRead struct {
	api         aws.RestAPI
	stages      []aws.Stage
	deployments map[string]aws.Deployment
}

// Init reads the stages and what is deployed on each.
func (p *stagesPage) Init() tea.Cmd {
	service := p.Env.Cloud.APIGateway
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (stagesRead, error) { return readStages(ctx, service, p.id) },
		func(r stagesRead, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.learn(r.api)
			p.loaded, p.stages, p.deployments = true, r.stages, r.deployments
			p.list.Set(p.rows())
			if i, there := p.list.Index(p.want); there && p.want != "" {
				p.tree.SetCurrent(i)
				p.want = ""
			}
			return nil
		})
}

func readStages(ctx context.Context, service aws.APIGateway, id string) (stagesRead, error) {
	out, err := service.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: id})
	if err != nil {
		return stagesRead{}, err
	}
	r := stagesRead{api: out.RestAPI, deployments: make(map[string]aws.Deployment)}
	if r.stages, err = listStages(ctx, service, id); err != nil {
		return r, err
	}
	for _, s := range r.stages {
		if _, read := r.deployments[s.DeploymentID]; read || s.DeploymentID == "" {
			continue
		}
		d, err := service.GetDeployment(ctx, aws.GetDeploymentInput{RestAPIID: id, DeploymentID: s.DeploymentID, Embed: []string{aws.EmbedSummary}})
		if err != nil {
			return r, err
		}
		r.deployments[s.DeploymentID] = d.Deployment
	}
	return r, nil
}

// rows makes the tree's rows. A stage's key is its name; those below it have it
// before a slash.
func (p *stagesPage) rows() []component.ListRow {
	var rows []component.ListRow
	p.places = make(map[string]place)
	add := func(key, text string, style theme.Style, at place) {
		p.places[key] = at
		rows = append(rows, component.ListRow{Key: key, Cells: []component.Cell{{Text: text, Style: style}}})
	}
	for _, s := range p.stages {
		add(s.StageName, component.Clean(s.StageName), theme.Heading, place{stage: s})
		summary := p.deployments[s.DeploymentID].APISummary
		for _, path := range slices.Sorted(maps.Keys(summary)) {
			add(s.StageName+"/"+path, "  "+component.Clean(path), theme.Plain, place{stage: s, path: path})
			for _, method := range slices.Sorted(maps.Keys(summary[path])) {
				add(s.StageName+"/"+path+" "+method, "    "+component.Clean(method), theme.Button, place{s, path, method})
			}
		}
	}
	return rows
}

// chosen is the tree's current row; false when there is none.
func (p *stagesPage) chosen() (place, bool) {
	at, ok := p.places[p.list.At(p.tree.Current()).Key]
	return at, ok
}

// url is where the row that is chosen answers.
func (p *stagesPage) url() string {
	at, ok := p.chosen()
	if !ok {
		return ""
	}
	return p.Env.Cloud.Place.InvokeURL(p.id, at.stage.StageName, at.path)
}

// unopened says why the URL cannot be opened; "" when it can.
func (p *stagesPage) unopened() string {
	at, ok := p.chosen()
	switch {
	case !ok:
		return "There is no stage yet: Deploy API makes one."
	case p.url() == "":
		return "This sandbox answers on no port now."
	case pathVariable.MatchString(at.path):
		return "The path has variables: copy the URL and put values in their place."
	case at.method != "" && at.method != aws.AnyMethod && at.method != "GET":
		return "Opening a URL asks with GET, and this method is " + at.method + "."
	}
	return ""
}

func (p *stagesPage) openURL() tea.Cmd {
	if why := p.unopened(); why != "" {
		return nav.Send(nav.Notify{Level: nav.Information, Title: "The URL was not opened", Text: why})
	}
	return nav.Go("web/visit", p.url(), "")
}

// Bindings lists what can be done.
func (p *stagesPage) Bindings() []keys.Binding {
	at, ok := p.chosen()
	none, noURL := "", ""
	if !ok {
		none = "There is no stage yet: Deploy API makes one."
	}
	if p.url() == "" {
		noURL = p.unopened()
	}
	name := at.stage.StageName
	all := []keys.Binding{
		keys.Bind(keys.Explore, p.openURL).As("Open URL").Unless(p.unopened()).Main(),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: p.url(), What: "the invoke URL"}) }).As("Copy URL").Unless(noURL),
		keys.Bind(keys.Browse, func() tea.Cmd { return nav.Send(nav.Browse{URL: p.url()}) }).Unless(p.unopened()),
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createStageID, p.id, "") }).As("Create stage"),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(editStageID, p.id, name) }).As("Edit stage").Unless(none),
		keys.Bind(keys.AddRow, func() tea.Cmd { return nav.Go(manageTagsID, p.id, name) }).As("Manage tags").Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return p.confirmDelete(name) }).As("Delete stage").Unless(none),
		keys.Bind(keys.Save, func() tea.Cmd { return nav.Go(deployID, p.id, "") }).As("Deploy API"),
		keys.Bind(keys.Refresh, p.Init),
	}
	return append(all, p.sections()...)
}

// confirmDelete asks, and deletes a stage.
func (p *stagesPage) confirmDelete(name string) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete stage", Word: "confirm", Action: "Delete",
		Text: []string{
			"Delete the stage " + name + "? Its URLs answer no more.",
			"Its deployment stays, and so do the API's resources and methods.",
		},
		Do: func() tea.Cmd {
			return page.Do(p.Env.Calls,
				func(ctx context.Context) (aws.DeleteStageOutput, error) {
					return p.Env.Cloud.APIGateway.DeleteStage(ctx, aws.DeleteStageInput{RestAPIID: p.id, StageName: name})
				},
				func(_ aws.DeleteStageOutput, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The stage "+name+" was not deleted", err), p.Init())
					}
					return tea.Batch(nav.Done("The stage "+name+" was deleted."), p.Init())
				})
		},
	})
}
