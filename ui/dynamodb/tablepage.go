package dynamodb

import (
	"context"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// tablePage is one table, in tabs.
type tablePage struct {
	page.Panel
	name    string
	tabs    *component.Tabs
	protect *component.Button
	count   *component.Button
	indexes *component.List
	index   *component.Table
	preview *component.Table
	stream  *streamTab

	table    aws.TableDescription
	tags     tableTags
	loaded   bool
	polling  bool
	counting bool
	counted  int // items, as far as they are counted
	exact    bool
	items    *results
	fault    error
}

// The page's tabs.
const (
	tabSettings = iota
	tabIndexes
	tabItems
	tabStream
)

func newTablePage(env page.Env, route nav.Route) page.Page {
	p := &tablePage{
		Panel: page.NewPanel(env), name: route.Name,
		tabs:    component.NewTabs("Settings", "Indexes", "Items", "Exports and streams"),
		indexes: component.NewList(),
		items:   newResults(search{}),
	}
	p.stream = newStreamTab(p)
	p.protect = component.NewButton("Turn on", p.toggleProtection)
	p.count = component.NewButton("Get live item count", p.countItems)
	p.index = component.NewTable(p.indexes, func() []component.Column {
		return []component.Column{
			{Title: "Name"}, {Title: "Status"}, {Title: "Type"}, {Title: "Partition key"}, {Title: "Sort key"},
			{Title: "Projected attributes"}, {Title: "Items", Right: true}, {Title: "Size", Right: true},
		}
	})
	p.preview = component.NewTable(p.items, func() []component.Column { return p.items.columns.titled })
	p.preview.Open = func(int) tea.Cmd { return p.explore() }
	p.tabs.Changed = func(int) tea.Cmd { return p.opened() }
	p.arrange()
	p.Ring.Focus(p.tabs)
	return p
}

// Title is the page's crumb.
func (p *tablePage) Title() string { return p.name }

// Init describes the table, and loads what the open tab needs.
func (p *tablePage) Init() tea.Cmd { return tea.Batch(p.describe(), p.opened()) }

func (p *tablePage) describe() tea.Cmd {
	return page.Latest(p.Env.Calls, "describe",
		func(ctx context.Context) (aws.DescribeTableOutput, error) {
			return p.Env.Cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: p.name})
		},
		func(out aws.DescribeTableOutput, err error) tea.Cmd {
			p.fault = err
			if err != nil {
				return nil
			}
			first := !p.loaded
			if p.take(out.Table); first && p.tabs.Active() == tabSettings {
				return tea.Batch(p.poll(), p.loadTags())
			}
			if p.tabs.Active() == tabStream && p.stream.read != out.Table.LatestStreamArn {
				return tea.Batch(p.poll(), p.stream.load())
			}
			return p.poll()
		})
}

// poll looks again while the table or an index is in a passing state.
func (p *tablePage) poll() tea.Cmd {
	if p.polling || settled(p.table) {
		return nil
	}
	p.polling = true
	return p.Env.Calls.After(pollEvery, func() tea.Cmd {
		p.polling = false
		return p.describe()
	})
}

func (p *tablePage) take(t aws.TableDescription) {
	p.table, p.loaded = t, true
	rows := make([]component.ListRow, 0, len(t.GlobalSecondaryIndexes)+len(t.LocalSecondaryIndexes))
	for _, i := range t.GlobalSecondaryIndexes {
		rows = append(rows, indexRow(t, i.IndexName, i.IndexStatus, "Global", i.Projection, i.ItemCount, i.IndexSizeBytes))
	}
	for _, i := range t.LocalSecondaryIndexes {
		rows = append(rows, indexRow(t, i.IndexName, aws.StatusActive, "Local", i.Projection, i.ItemCount, i.IndexSizeBytes))
	}
	p.indexes.Set(rows)
}

func indexRow(t aws.TableDescription, name string, status aws.Status, kind string, projection aws.Projection, items, size int64) component.ListRow {
	key := indexKey(t, name)
	cell := func(text string) component.Cell { return component.Cell{Text: component.Clean(text)} }
	return component.ListRow{Key: name, Cells: []component.Cell{
		cell(name), component.StatusCell(statusKind(status), statusName(status)), cell(kind),
		cell(keyText(key.Partition)), cell(keyText(key.Sort)), cell(projectionName(projection)),
		cell(strconv.FormatInt(items, 10)), cell(sizeText(size)),
	}}
}

// opened loads what the tab that was just opened needs.
func (p *tablePage) opened() tea.Cmd {
	switch p.tabs.Active() {
	case tabStream:
		return p.stream.load()
	case tabItems:
		return p.loadPreview()
	case tabSettings:
		return p.loadTags()
	}
	return nil
}

func (p *tablePage) loadPreview() tea.Cmd {
	s := search{Table: p.name, PageSize: previewItems}
	return page.Latest(p.Env.Calls, "preview",
		func(ctx context.Context) (batch, error) { return fetch(ctx, p.Env.Cloud.DynamoDB, s, nil) },
		func(b batch, err error) tea.Cmd {
			if err != nil {
				p.fault = err
				return nil
			}
			s.TableKey = tableKey(p.table)
			s.Key = s.TableKey
			p.items = newResults(s)
			p.items.add(b)
			p.preview.Rows = p.items
			return nil
		})
}

// previewItems is how many items the preview reads.
const previewItems = 10

func (p *tablePage) explore() tea.Cmd { return nav.Go(exploreID, p.name, "") }

// toggleProtection turns deletion protection on or off.
func (p *tablePage) toggleProtection() tea.Cmd {
	on := !p.table.DeletionProtectionEnabled
	return p.change(aws.UpdateTableInput{TableName: p.name, DeletionProtectionEnabled: aws.Some(on)},
		"Deletion protection is "+map[bool]string{true: "on", false: "off"}[on]+" for "+p.name+".")
}

// change updates the table.
func (p *tablePage) change(in aws.UpdateTableInput, done string) tea.Cmd {
	return page.Do(p.Env.Calls,
		func(ctx context.Context) (aws.UpdateTableOutput, error) {
			return p.Env.Cloud.DynamoDB.UpdateTable(ctx, in)
		},
		func(_ aws.UpdateTableOutput, err error) tea.Cmd {
			if err != nil {
				return nav.Failed("The table "+p.name+" was not changed", err)
			}
			return tea.Batch(nav.Done(done), p.Init())
		})
}

// deleteIndex asks, and deletes the current global index.
func (p *tablePage) deleteIndex() tea.Cmd {
	name, ok := p.currentIndex()
	if !ok {
		return nil
	}
	in := aws.UpdateTableInput{TableName: p.name, GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{
		{Delete: &aws.DeleteGlobalSecondaryIndex{IndexName: name}}}}
	return nav.Send(nav.Confirm{
		Title:  "Delete index",
		Text:   []string{"Delete the index " + name + " of the table " + p.name + "?", "The table's items stay. Queries by this index no longer work."},
		Word:   "confirm",
		Action: "Delete",
		Do:     func() tea.Cmd { return p.change(in, "The index "+name+" is being deleted.") },
	})
}

func (p *tablePage) currentIndex() (string, bool) {
	at := p.index.Current()
	if at < 0 || at >= p.indexes.Len() {
		return "", false
	}
	return p.indexes.At(at).Key, true
}

// noDeleteIndex says why the current index cannot be deleted.
func (p *tablePage) noDeleteIndex() string {
	name, ok := p.currentIndex()
	switch {
	case !ok:
		return "There is no index."
	case !isGlobal(p.table, name):
		return "A local secondary index lives as long as its table."
	case !settled(p.table):
		return "The table is being changed; wait until it is Active."
	}
	return ""
}

// Bindings lists what can be done.
func (p *tablePage) Bindings() []keys.Binding {
	wait, cannot := "", noDelete(p.table)
	if !p.loaded {
		wait = "The table is not there yet."
		cannot = wait
	}
	all := []keys.Binding{
		keys.Bind(keys.Explore, p.explore).As("Explore table items").Main(),
		keys.Bind(keys.Refresh, p.Init),
	}
	if p.tabs.Active() == tabIndexes {
		busy := wait
		if p.loaded && !settled(p.table) {
			busy = "The table is being changed; wait until it is Active."
		}
		all = append(all,
			keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createIndexID, p.name, "") }).As("Create index").Unless(busy),
			keys.Bind(keys.Delete, p.deleteIndex).As("Delete index").Unless(p.noDeleteIndex()))
	} else {
		if p.tabs.Active() == tabSettings {
			all = append(all, keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(manageTagsID, p.name, "") }).As("Manage tags").Unless(wait))
		}
		all = append(all, keys.Bind(keys.Delete, func() tea.Cmd {
			return confirmDeleteTable(p.Env, p.table, func() tea.Cmd { return nav.Send(nav.Replace{Route: nav.Route{Page: tablesID}}) })
		}).As("Delete table").Unless(cannot))
	}
	return append(all,
		keys.Bind(keys.NextTab, func() tea.Cmd { return p.move(1) }),
		keys.Bind(keys.LastTab, func() tea.Cmd { return p.move(-1) }),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: p.table.TableArn, What: "the table's ARN"}) }).As("Copy ARN").Unless(wait))
}

// move goes to another tab.
func (p *tablePage) move(by int) tea.Cmd {
	n := len(p.tabs.Titles)
	p.tabs.SetActive((p.tabs.Active() + by + n) % n)
	return p.opened()
}

// Key offers a key to the focused control.
func (p *tablePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

func (p *tablePage) arrange() {
	all := []component.Control{p.tabs}
	switch p.tabs.Active() {
	case tabSettings:
		all = append(all, p.protect)
	case tabIndexes:
		all = append(all, p.index)
	case tabItems:
		all = append(all, p.count, p.preview)
	case tabStream:
		all = append(all, p.stream.controls()...)
	}
	p.Ring.Set(append(all, p.actions()...)...)
}

func (p *tablePage) actions() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Edit, keys.Create, keys.Explore)
}
