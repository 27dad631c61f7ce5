package s3

import (
	"context"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// bucketsPage lists the buckets.
type bucketsPage struct {
	page.Panel
	list    *component.List
	table   *component.Table
	filter  *component.TextField
	removal *removal // of what is being emptied
	loaded  bool
	fault   error
}

func newBuckets(env page.Env, _ nav.Route) page.Page {
	p := &bucketsPage{Panel: page.NewPanel(env), list: component.NewList(), filter: component.NewTextField("Find buckets")}
	p.removal = newRemoval(env)
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{{Title: "Name"}, {Title: "AWS Region"}, {Title: "Creation date"}}
	})
	p.table.Sortable = true
	p.table.Open = func(row int) tea.Cmd { return nav.Go(bucketID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "buckets", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *bucketsPage) Title() string { return "Buckets" }

// Unsaved says that a bucket is being emptied.
func (p *bucketsPage) Unsaved() string { return p.removal.unsaved() }

// Init loads the buckets.
func (p *bucketsPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.Bucket, error) { return page.Buckets(ctx, p.Env.Cloud.S3) },
		func(buckets []aws.Bucket, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded = true
			rows := make([]component.ListRow, len(buckets))
			for i, b := range buckets {
				rows[i] = component.ListRow{Key: b.Name, Cells: []component.Cell{
					{Text: component.Clean(b.Name), Style: theme.Link}, {Text: component.Clean(b.BucketRegion)}, {Text: shortTime(b.CreationDate)},
				}}
			}
			p.list.Set(rows)
			return nil
		})
}

// current is the bucket whose row is marked; "" when there is none.
func (p *bucketsPage) current() string { return p.list.At(p.table.Current()).Key }

// Bindings lists what can be done.
func (p *bucketsPage) Bindings() []keys.Binding {
	none, bucket := "", p.current()
	if bucket == "" {
		none = "There is no bucket here."
	}
	busy := none
	if p.removal.running() {
		busy = "A bucket is being emptied: wait, or cancel that."
	}
	all := []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createBucketID, "", "") }).As("Create bucket").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(bucketID, bucket, "") }).Unless(none),
		keys.Bind(keys.Reset, func() tea.Cmd { return p.confirmEmpty(bucket) }).As("Empty").Unless(busy),
		keys.Bind(keys.Delete, func() tea.Cmd { return p.delete(bucket) }).Unless(busy),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: bucketARN(bucket), What: "the bucket's ARN"})
		}).As("Copy ARN").Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
	if p.removal.running() {
		all = append(all, keys.Bind(keys.Cancel, p.removal.stop).As("Cancel emptying"))
	}
	return all
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *bucketsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *bucketsPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Copy, keys.Reset, keys.Cancel, keys.Delete, keys.Create)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *bucketsPage) View(width, height int) component.Block {
	head := component.Stack(width, p.Heading(width, page.CountedTitle("General purpose buckets", p.list, p.loaded), p.arrange()),
		page.Styled(width, theme.Faint, "Buckets are containers for data stored in S3."), p.removal.view(width), p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The buckets could not be read", p.fault))
	}
	p.table.Empty = nil
	switch {
	case p.filter.Value() != "":
		p.table.Empty = []string{"No bucket's name contains " + strconv.Quote(component.Clean(p.filter.Value())) + ".", "esc shows all buckets again."}
	case p.loaded:
		p.table.Empty = []string{"You don't have any buckets.", "n makes one: Create bucket."}
	}
	p.table.Loading = !p.loaded && p.fault == nil
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}
