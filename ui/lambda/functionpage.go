package lambda

import (
	"context"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// functionPage is one function: its overview, and tabs under it.
type functionPage struct {
	page.Panel
	name     string
	overview *component.Section
	pinned   bool // the user opened or closed the overview; else its height decides
	actions  *component.Button
	titles   *component.Tabs
	tabs     []tab
	settings *configurationTab
	links    map[string]*component.Link // of the overview, by where they lead

	configuration aws.FunctionConfiguration
	engine        aws.Engine // what runs it here; zero on AWS
	wiring
	triggersFault error
	loaded        bool
	polling       bool
	fault         error
}

// tabNames are the tabs as a route's Detail names them, in their order.
var tabNames = []string{"code", "test", "monitor", "configuration"}

// pollEvery is how often a function on its way to another state is looked at.
const pollEvery = time.Second

func newFunctionPage(env page.Env, route nav.Route) page.Page {
	p := &functionPage{
		Panel: page.NewPanel(env), name: route.Name, overview: component.NewSection("Function overview"),
		titles: component.NewTabs("Code", "Test", "Monitor", "Configuration"), links: make(map[string]*component.Link),
	}
	p.actions = component.NewButton("Actions ▾", p.chooseAction)
	p.overview.Changed = func() tea.Cmd { p.pinned = true; return nil }
	p.titles.Changed = func(int) tea.Cmd { return p.opened() }
	name, section, _ := strings.Cut(route.Detail, "/")
	p.settings = newConfigurationTab(p, section)
	p.tabs = []tab{newCodeTab(p), newTestTab(p), newMonitorTab(p), p.settings}
	for i, n := range tabNames {
		if n == name {
			p.titles.SetActive(i)
		}
	}
	p.arrange()
	p.Ring.Focus(p.titles)
	return p
}

// Title is the page's crumb.
func (p *functionPage) Title() string { return p.name }

// Init describes the function; the tab in front loads after that.
func (p *functionPage) Init() tea.Cmd { return tea.Batch(p.reload(), p.readTriggers()) }

// settled reports whether the function is ready: no change of it is under way.
func (p *functionPage) settled() bool { return p.loaded && settled(p.configuration) }

// reload describes the function again, and goes on until it is settled.
func (p *functionPage) reload() tea.Cmd { return p.describe(true) }

// description is what the page reads about its function.
type description struct {
	configuration aws.FunctionConfiguration
	engine        aws.Engine
}

// describe reads the function. The tab in front is told when something is new,
// or anyway.
func (p *functionPage) describe(anyway bool) tea.Cmd {
	cloud := p.Env.Cloud
	return page.Latest(p.Env.Calls, "describe",
		func(ctx context.Context) (description, error) {
			out, err := cloud.Lambda.GetFunctionConfiguration(ctx, aws.GetFunctionConfigurationInput{FunctionName: p.name})
			d := description{configuration: out.FunctionConfiguration}
			if err == nil && cloud.Engines != nil {
				d.engine = cloud.Engines.Engine(out.Runtime)
			}
			return d, err
		},
		func(d description, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			fresh := anyway || !p.loaded || changed(p.configuration, d.configuration)
			p.configuration, p.engine, p.loaded = d.configuration, d.engine, true
			if fresh {
				return tea.Batch(p.opened(), p.poll())
			}
			return p.poll()
		})
}

// poll looks again while a change of the function is under way.
func (p *functionPage) poll() tea.Cmd {
	if p.polling || p.settled() {
		return nil
	}
	p.polling = true
	return p.Env.Calls.After(pollEvery, func() tea.Cmd {
		p.polling = false
		return p.describe(false)
	})
}

// opened tells the tab in front that it is there, once there is a function.
func (p *functionPage) opened() tea.Cmd {
	p.arrange()
	if !p.loaded {
		return nil
	}
	return p.tab().Init()
}

// tab is the tab in front.
func (p *functionPage) tab() tab { return p.tabs[p.titles.Active()] }

// Unsaved says what would be lost in any of the tabs.
func (p *functionPage) Unsaved() string {
	for _, t := range p.tabs {
		if lost := t.Unsaved(); lost != "" {
			return lost
		}
	}
	return ""
}

// Bindings lists what can be done: in the tab, then with the function.
func (p *functionPage) Bindings() []keys.Binding {
	all := p.tab().Bindings()
	taken := make(map[keys.ID]bool, len(all))
	for _, b := range all {
		taken[b.ID] = true
	}
	for _, b := range p.own() {
		if !taken[b.ID] {
			all = append(all, b)
		}
	}
	return all
}

// own is what can be done with the function, whichever tab is in front.
func (p *functionPage) own() []keys.Binding {
	wait := ""
	if !p.loaded {
		wait = "The function is not there yet."
	}
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(addTriggerID, p.name, "") }).As("Add trigger").Unless(wait),
		keys.Bind(keys.Refresh, p.Init),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.configuration.FunctionArn, What: "the function's ARN"})
		}).As("Copy ARN").Unless(wait),
		keys.Bind(keys.NextTab, func() tea.Cmd { return p.move(1) }),
		keys.Bind(keys.LastTab, func() tea.Cmd { return p.move(-1) }),
	}
}

// move goes to another tab.
func (p *functionPage) move(by int) tea.Cmd {
	n := len(p.titles.Titles)
	p.titles.SetActive((p.titles.Active() + by + n) % n)
	return p.opened()
}

// chooseAction lists what AWS's console has under Actions.
func (p *functionPage) chooseAction() tea.Cmd {
	choose := nav.Choose{Title: "Actions", Options: []nav.Choice{
		{Label: "Add trigger", Detail: "have something set the function off", Do: func() tea.Cmd { return nav.Go(addTriggerID, p.name, "") }},
		{Label: "View CloudWatch logs", Do: func() tea.Cmd { return openLogs(p.configuration, p.name) }},
		{Label: "Delete function", Do: func() tea.Cmd {
			return confirmDelete(p.Env, p.name, func() tea.Cmd { return nav.Send(nav.Replace{Route: nav.Route{Page: functionsID}}) })
		}},
	}}
	return nav.Send(choose)
}

// Key offers a key to the tab, then to the focused control.
func (p *functionPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := p.tab().Key(msg); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

// heads are the page's buttons.
func (p *functionPage) heads() []component.Control {
	buttons := p.ButtonsOf(p.own(), keys.Refresh, keys.Copy)
	return append(append(buttons, p.actions), p.ButtonsOf(p.own(), keys.Create)...)
}

func (p *functionPage) arrange() {
	all := []component.Control{p.titles}
	if p.loaded {
		all = append(all, p.tab().Controls()...)
	}
	all = append(all, p.heads()...)
	all = append(all, p.overview)
	if p.overview.Open() {
		for _, g := range grouped(p.triggers) {
			all = append(append(all, p.sourceLink(g.source)), p.homeLinks(g)...)
		}
	}
	p.Ring.Set(all...)
}
