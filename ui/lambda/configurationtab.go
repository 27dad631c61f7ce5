package lambda

import (
	"context"
	"maps"
	"slices"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// configurationTab shows a function's settings, in sections.
type configurationTab struct {
	page       *functionPage
	sections   *component.Tabs
	triggers   *component.List
	triggerRow *component.Table
	statements *component.List
	statement  *component.Table
	document   *component.Editor // of the current statement
	variables  *component.List
	variable   *component.Table
	tags       *page.TagTable
	role       *component.Link
	endpoint   *component.Link // of the current trigger

	concurrency *concurrency // nil until it was read
	async       *asynchronous
	fault       error
}

// section is one section of the tab.
type section struct {
	name, title string // as a route's Detail names it, and as it reads
	edit        string // the page on which it is edited; "" for none
	label       string // of the button that leads there, if it isn't the usual one
}

// The sections, in their order.
const (
	sectionGeneral = iota
	sectionTriggers
	sectionPermissions
	sectionEnvironment
	sectionTags
	sectionConcurrency
	sectionAsync
)

var sections = []section{
	sectionGeneral:     {name: "general", title: "General configuration", edit: editGeneralID},
	sectionTriggers:    {name: "triggers", title: "Triggers"},
	sectionPermissions: {name: "permissions", title: "Permissions"},
	sectionEnvironment: {name: "environment", title: "Environment variables", edit: editEnvironmentID},
	sectionTags:        {name: "tags", title: "Tags", edit: manageTagsID, label: "Manage tags"},
	sectionConcurrency: {name: "concurrency", title: "Concurrency", edit: editConcurrencyID},
	sectionAsync:       {name: "async", title: "Asynchronous invocation", edit: editAsyncID},
}

func newConfigurationTab(f *functionPage, name string) *configurationTab {
	t := &configurationTab{
		page: f, sections: component.NewTabs(), triggers: component.NewList(), statements: component.NewList(),
		variables: component.NewList(), document: component.NewEditor(), tags: page.NewTagTable(),
	}
	for i, s := range sections {
		t.sections.Titles = append(t.sections.Titles, s.title)
		if s.name == name {
			t.sections.SetActive(i)
		}
	}
	t.sections.Changed = func(int) tea.Cmd { return t.Init() }
	t.triggerRow = component.NewTable(t.triggers, t.triggerColumns)
	t.triggerRow.Open = func(int) tea.Cmd { return t.openSource() }
	t.endpoint = component.NewLink("", t.openURL)
	t.statement = component.NewTable(t.statements, func() []component.Column {
		return []component.Column{{Title: "Statement ID"}, {Title: "Principal"}, {Title: "Action"}, {Title: "Source"}}
	})
	t.statement.Moved = func(int) tea.Cmd { t.showDocument(); return nil }
	t.variable = component.NewTable(t.variables, func() []component.Column {
		return []component.Column{{Title: "Key"}, {Title: "Value"}}
	})
	t.document.ReadOnly, t.document.Language, t.document.Label = true, "json", "Policy statement"
	t.role = component.NewLink("", func() tea.Cmd { return nav.Go("iam/role", roleName(f.configuration.Role), "") })
	return t
}

// Init shows the function as it is now, and reads what the open section shows
// beside it.
func (t *configurationTab) Init() tea.Cmd {
	t.page.arrange()
	t.role.Label = roleName(t.page.configuration.Role)
	t.showTriggers()
	t.showVariables()
	env, name := t.page.Env, t.page.name
	switch t.sections.Active() {
	case sectionTags:
		return page.Latest(env.Calls, "section",
			func(ctx context.Context) (map[string]string, error) { return readTags(ctx, env.Cloud, name) },
			func(tags map[string]string, err error) tea.Cmd {
				if t.fault = err; err == nil {
					t.tags.Set(tags)
				}
				return nil
			})
	case sectionConcurrency:
		return page.Latest(env.Calls, "section",
			func(ctx context.Context) (concurrency, error) { return readConcurrency(ctx, env.Cloud.Lambda, name) },
			func(c concurrency, err error) tea.Cmd {
				if t.fault = err; err == nil {
					t.concurrency = &c
				}
				return nil
			})
	case sectionAsync:
		return page.Latest(env.Calls, "section",
			func(ctx context.Context) (asynchronous, error) { return readAsync(ctx, env.Cloud.Lambda, name) },
			func(a asynchronous, err error) tea.Cmd {
				if t.fault = err; err == nil {
					t.async = &a
				}
				return nil
			})
	}
	t.fault = nil
	return nil
}

func (t *configurationTab) showVariables() {
	environment := t.page.configuration.Environment
	if environment == nil {
		t.variables.Set(nil)
		return
	}
	var rows []component.ListRow
	for _, name := range slices.Sorted(maps.Keys(environment.Variables)) {
		rows = append(rows, component.ListRow{Key: name, Cells: []component.Cell{
			{Text: component.Clean(name), Style: theme.Strong}, {Text: component.Clean(environment.Variables[name])},
		}})
	}
	t.variables.Set(rows)
}

// Controls lists what can have the focus.
func (t *configurationTab) Controls() []component.Control {
	all := []component.Control{t.sections}
	switch t.sections.Active() {
	case sectionTriggers:
		all = append(all, t.triggerRow)
		if url, _ := t.currentURL(); url != "" {
			t.endpoint.Label = url
			all = append(all, t.endpoint)
		}
	case sectionPermissions:
		all = append(all, t.role, t.statement, t.document)
	case sectionEnvironment:
		all = append(all, t.variable)
	case sectionTags:
		all = append(all, t.tags.Table)
	}
	return append(all, t.actions()...)
}

// actions are the buttons of the open section.
func (t *configurationTab) actions() []component.Control {
	return t.page.ButtonsOf(t.Bindings(), keys.Edit, keys.Browse, keys.Duplicate, keys.Explore, keys.Delete)
}

// Bindings lists what can be done in the open section.
func (t *configurationTab) Bindings() []keys.Binding {
	at := t.sections.Active()
	if s := sections[at]; s.edit != "" {
		edit := keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(s.edit, t.page.name, "") })
		if s.label != "" {
			edit = edit.As(s.label)
		}
		return []keys.Binding{edit}
	}
	if at != sectionTriggers {
		return nil
	}
	return t.triggerBindings()
}

// Unsaved is nothing: settings are edited on pages of their own.
func (t *configurationTab) Unsaved() string { return "" }

// Key leaves all keys to the controls.
func (t *configurationTab) Key(tea.KeyPressMsg) (tea.Cmd, bool) { return nil, false }
