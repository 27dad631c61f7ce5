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

// apiPage is one API: the tree of its resources and methods, and the one that is
// chosen in it.
type apiPage struct {
	page.Panel
	*hall
	list     *component.List
	tree     *component.Table
	methods  *component.List // of the resource chosen
	table    *component.Table
	parts    *component.Tabs // of the method chosen
	actions  *component.Button
	function *component.Link // behind the method chosen
	test     *testPane       // of the method chosen, or the one chosen last; nil before

	resources []aws.APIResource
	wires     map[string]wire // what is known of functions, by ARN
	want      string          // the row to choose once it is there
	expecting bool            // a form is open: what it makes is to be chosen
	loaded    bool
	fault     error
}

// The parts of a method.
const (
	partMethodRequest = iota
	partIntegrationRequest
	partIntegrationResponse
	partMethodResponse
	partTest
)

func newAPIPage(env page.Env, route nav.Route) page.Page {
	p := &apiPage{
		Panel: page.NewPanel(env), hall: newHall(route.Name, apiID), want: route.Detail,
		list: component.NewList(), methods: component.NewList(), wires: make(map[string]wire),
		parts:    component.NewTabs("Method request", "Integration request", "Integration response", "Method response", "Test"),
		function: component.NewLink("", nil),
	}
	p.tree = component.NewTable(p.list, func() []component.Column { return []component.Column{{Title: "Resources", Width: treeMost}} })
	p.tree.Moved = func(int) tea.Cmd { p.Scroll.ToTop(); return p.chosen() }
	p.tree.Open = func(int) tea.Cmd { return p.enter() }
	p.table = component.NewTable(p.methods, func() []component.Column {
		return []component.Column{{Title: "Method type"}, {Title: "Integration type"}, {Title: "Authorization"}, {Title: "API key"}}
	})
	p.table.Open = func(row int) tea.Cmd { return p.choose(p.methods.At(row).Key) }
	p.actions = component.NewButton("Actions ▾", p.chooseAction)
	p.function.Follow = func() tea.Cmd {
		if arn, ok := functionOf(p.integration()); ok {
			return nav.Go("lambda/function", functionName(arn), "")
		}
		return nil
	}
	p.arrange()
	p.Ring.Focus(p.tree)
	return p
}

// Title is the page's crumb.
func (p *apiPage) Title() string { return "Resources" }

// resourcesRead is what the page reads.
type resourcesRead struct {
	api       aws.RestAPI
	resources []aws.APIResource
}

// Init reads the API and its resources.
func (p *apiPage) Init() tea.Cmd {
	service := p.Env.Cloud.APIGateway
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (resourcesRead, error) {
			api, err := service.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: p.id})
			if err != nil {
				return resourcesRead{}, err
			}
			resources, err := page.APIResources(ctx, service, p.id)
			return resourcesRead{api.RestAPI, resources}, err
		},
		func(r resourcesRead, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.show(r)
			return p.chosen()
		})
}

// show puts what was read into the tree, and chooses what a form has made.
func (p *apiPage) show(r resourcesRead) {
	p.learn(r.api)
	rows := treeRows(r.resources)
	if p.loaded && p.expecting {
		for _, row := range rows {
			if _, there := p.list.Index(row.Key); !there {
				p.want = row.Key
			}
		}
	}
	p.expecting, p.loaded, p.resources = false, true, r.resources
	p.list.Set(rows)
	if i, there := p.list.Index(p.want); there && p.want != "" {
		p.tree.SetCurrent(i)
	}
	p.want = ""
}

// choose makes a row of the tree the current one.
func (p *apiPage) choose(key string) tea.Cmd {
	if i, there := p.list.Index(key); there {
		p.tree.SetCurrent(i)
		p.Scroll.ToTop()
		return tea.Batch(p.Ring.Focus(p.tree), p.chosen())
	}
	return nil
}

// enter goes on from the tree into what is chosen.
func (p *apiPage) enter() tea.Cmd {
	p.arrange()
	if _, _, ok := p.method(); ok {
		return p.Ring.Focus(p.parts)
	}
	return p.Ring.Focus(p.table)
}

// chosen shows what has become current, and reads about its function.
func (p *apiPage) chosen() tea.Cmd {
	r, m, isMethod := p.method()
	if at := (target{p.id, r.ID, m.HTTPMethod, r.Path}); isMethod && (p.test == nil || p.test.at != at) {
		p.Env.Calls.Cancel("test")
		p.test = newTestPane(&p.Panel, at)
	}
	var rows []component.ListRow
	for _, name := range slices.Sorted(maps.Keys(r.ResourceMethods)) {
		m := r.ResourceMethods[name]
		rows = append(rows, component.ListRow{Key: r.ID + "/" + name, Cells: []component.Cell{
			{Text: component.Clean(name), Style: theme.Link}, {Text: integrationLabel(m.MethodIntegration)},
			{Text: component.Clean(m.AuthorizationType)}, {Text: yesNo(m.APIKeyRequired, "Required", "Not required")},
		}})
	}
	p.methods.Set(rows)
	arn, ok := functionOf(p.integration())
	if !ok || p.Env.Cloud.Lambda == nil {
		p.arrange()
		return nil
	}
	p.function.Label = functionName(arn)
	p.arrange()
	return page.Latest(p.Env.Calls, "function",
		func(ctx context.Context) (wire, error) {
			w := readWire(ctx, p.Env.Cloud.Lambda, arn)
			return w, ctx.Err()
		},
		func(w wire, err error) tea.Cmd {
			if err == nil {
				p.wires[arn] = w
			}
			return nil
		})
}

// current is the key of the tree's current row.
func (p *apiPage) current() string { return p.list.At(p.tree.Current()).Key }

// resource is the resource chosen, or that of the method chosen.
func (p *apiPage) resource() (aws.APIResource, bool) {
	id, _ := splitDetail(p.current())
	i := slices.IndexFunc(p.resources, func(r aws.APIResource) bool { return r.ID == id })
	if i < 0 {
		return aws.APIResource{}, false
	}
	return p.resources[i], true
}

// method is the method chosen, and its resource; false when a resource is.
func (p *apiPage) method() (aws.APIResource, aws.APIMethod, bool) {
	r, _ := p.resource()
	_, name := splitDetail(p.current())
	m, ok := r.ResourceMethods[name]
	if ok && m.HTTPMethod == "" {
		m.HTTPMethod = name
	}
	return r, m, ok
}

// integration is what answers the requests of the method chosen; nil for nothing.
func (p *apiPage) integration() *aws.Integration {
	_, m, _ := p.method()
	return m.MethodIntegration
}

// testing reports whether the test of a method is in front.
func (p *apiPage) testing() bool {
	_, _, method := p.method()
	return method && p.test != nil && p.parts.Active() == partTest
}

// Bindings lists what can be done with what is chosen, and with the API.
func (p *apiPage) Bindings() []keys.Binding {
	wait := ""
	if _, ok := p.resource(); !ok {
		wait = "The resources are not there yet."
	}
	_, _, method := p.method()
	all := []keys.Binding{
		keys.Bind(keys.Save, p.form(deployID, "")).As("Deploy API").Unless(wait).Main(),
		keys.Bind(keys.Create, p.form(createResourceID, p.resourceID())).As("Create resource").Unless(wait),
		keys.Bind(keys.AddRow, p.form(createMethodID, p.resourceID())).As("Create method").Unless(wait),
		keys.Bind(keys.Refresh, p.Init),
	}
	switch {
	case p.testing():
		all = append(all, p.test.bindings()...)
	case method:
		all = append(all,
			keys.Bind(keys.Run, p.openTest).As("Test"),
			keys.Bind(keys.Edit, p.form(editIntegrationID, p.current())).As("Edit integration").Unless(uneditable(p.integration())),
			keys.Bind(keys.Delete, p.confirmDelete).As("Delete method"),
			keys.Bind(keys.Copy, p.copyARN).As("Copy ARN"))
	default:
		all = append(all,
			keys.Bind(keys.Delete, p.confirmDelete).As("Delete resource").Unless(p.undeletable()),
			keys.Bind(keys.Copy, func() tea.Cmd {
				return nav.Send(nav.Copy{Text: p.resourceID(), What: "the resource's ID"})
			}).As("Copy ID").Unless(wait))
	}
	return append(all, p.sections()...)
}

// openTest brings the test of the method chosen to the front.
func (p *apiPage) openTest() tea.Cmd {
	p.parts.SetActive(partTest)
	p.arrange()
	p.Scroll.ToTop()
	return p.Ring.Focus(p.test.fields()[0])
}

// form opens a form about this API; what it makes is chosen when it is done.
func (p *apiPage) form(id, detail string) func() tea.Cmd {
	return func() tea.Cmd {
		p.expecting = true
		return nav.Go(id, p.id, detail)
	}
}

func (p *apiPage) resourceID() string {
	id, _ := splitDetail(p.current())
	return id
}

// undeletable says why the resource chosen cannot be deleted; "" when it can.
func (p *apiPage) undeletable() string {
	switch r, ok := p.resource(); {
	case !ok:
		return "The resources are not there yet."
	case r.Path == "/":
		return "The root resource stays as long as its API."
	}
	return ""
}

func (p *apiPage) copyARN() tea.Cmd {
	r, m, _ := p.method()
	return nav.Send(nav.Copy{Text: sourceARN(p.Env.Cloud.Place, p.id, m.HTTPMethod, r.Path), What: "the method's ARN"})
}

// chooseAction lists what can be done with the API and what is chosen in it.
func (p *apiPage) chooseAction() tea.Cmd {
	choose := nav.Choose{Title: "Actions"}
	for _, id := range []keys.ID{keys.Create, keys.AddRow, keys.Edit, keys.Run, keys.Delete, keys.Save} {
		for _, b := range p.Bindings() {
			if b.ID == id {
				choose.Options = append(choose.Options, nav.Choice{Label: b.Label, Disabled: b.Disabled, Do: b.Run})
			}
		}
	}
	choose.Options = append(choose.Options, nav.Choice{Label: "Delete API", Do: func() tea.Cmd {
		return confirmDeleteAPI(p.Env, p.id, p.api.Name, func() tea.Cmd { return nav.Send(nav.Replace{Route: nav.Route{Page: apisID}}) })
	}})
	return nav.Send(choose)
}

// confirmDelete asks, and deletes the method or the resource chosen.
func (p *apiPage) confirmDelete() tea.Cmd {
	r, m, isMethod := p.method()
	what := "The resource " + r.Path
	ask := nav.Confirm{Title: "Delete resource", Action: "Delete", Text: []string{
		"Delete the resource " + r.Path + " with its methods and all resources below it?",
	}}
	if isMethod {
		what = "The method " + m.HTTPMethod + " of " + r.Path
		ask = nav.Confirm{Title: "Delete method", Action: "Delete", Text: []string{
			"Delete the method " + m.HTTPMethod + " of " + r.Path + " with its integration? A function behind it stays.",
		}}
	}
	ask.Text = append(ask.Text, untilDeployed)
	ask.Do = func() tea.Cmd {
		return page.Do(p.Env.Calls,
			func(ctx context.Context) (struct{}, error) {
				if isMethod {
					_, err := p.Env.Cloud.APIGateway.DeleteMethod(ctx, aws.DeleteMethodInput{RestAPIID: p.id, ResourceID: r.ID, HTTPMethod: m.HTTPMethod})
					return struct{}{}, err
				}
				_, err := p.Env.Cloud.APIGateway.DeleteResource(ctx, aws.DeleteResourceInput{RestAPIID: p.id, ResourceID: r.ID})
				return struct{}{}, err
			},
			func(_ struct{}, err error) tea.Cmd {
				if err != nil {
					return tea.Batch(nav.Failed(what+" was not deleted", err), p.Init())
				}
				if isMethod {
					p.want = r.ID // else the place would be the next row's
				} else {
					p.want = r.ParentID
				}
				return tea.Batch(nav.Done(what+" was deleted."), p.Init())
			})
	}
	return nav.Send(ask)
}

// untilDeployed says when changes of an API count; AWS tells nobody whether there
// are any that do not yet.
const untilDeployed = "Changes show at the URL after Deploy API."
