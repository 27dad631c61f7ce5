package cloudwatch

import (
	"context"
	"strconv"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// groupsPage lists the log groups.
type groupsPage struct {
	page.Panel
	listing
	groups feed[aws.LogGroup]
}

func newGroups(env page.Env, _ nav.Route) page.Page {
	p := &groupsPage{Panel: page.NewPanel(env), listing: newListing("Find log groups", "Log group", "Log class", "Retention", "Stored bytes", "Creation time")}
	p.table.Open = func(row int) tea.Cmd { return nav.Go(groupID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "log groups", p.filter, p.list, p.table)
	p.groups = feed[aws.LogGroup]{calls: env.Calls, read: p.readGroups, taken: p.take, eager: p.filtered}
	p.pages(p.groups.more, p.groups.rest)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *groupsPage) Title() string { return "Log groups" }

// Init loads the groups.
func (p *groupsPage) Init() tea.Cmd { return p.groups.refresh() }

func (p *groupsPage) readGroups(ctx context.Context, token string) ([]aws.LogGroup, string, error) {
	out, err := p.Env.Cloud.Logs.DescribeLogGroups(ctx, aws.DescribeLogGroupsInput{NextToken: token})
	return out.LogGroups, out.NextToken, err
}

// take shows the groups that were read.
func (p *groupsPage) take() {
	rows := make([]component.ListRow, len(p.groups.items))
	for i, g := range p.groups.items {
		rows[i] = component.ListRow{Key: g.LogGroupName, Cells: []component.Cell{
			{Text: component.Clean(g.LogGroupName), Style: theme.Link}, {Text: className(g.LogGroupClass)}, {Text: retentionName(g.RetentionInDays)},
			{Text: strconv.FormatInt(g.StoredBytes, 10)}, {Text: millis(g.CreationTime, p.Env)},
		}}
	}
	p.list.Set(rows)
}

// Bindings lists what can be done.
func (p *groupsPage) Bindings() []keys.Binding {
	name, names := p.current(), p.chosen()
	none := ""
	if name == "" {
		none = "There is no log group here."
	}
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(groupID, name, "") }).Unless(none),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(eventsID, name, "") }).As("Search log group").Unless(none).Main(),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(retentionID, name, "") }).As("Edit retention setting").Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteGroups(p.Env, names, p.deleted) }).As("Delete log group(s)").Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: name, What: "the log group's name"}) }).Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// deleted goes on after a deletion.
func (p *groupsPage) deleted() tea.Cmd {
	p.table.ClearMarks()
	return p.Init()
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *groupsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *groupsPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Edit, keys.Explore)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *groupsPage) View(width, height int) component.Block {
	head := component.Stack(width, p.Heading(width, p.title("Log groups", p.groups.next != ""), p.arrange()),
		page.Styled(width, theme.Faint, "A function's log is in the log group /aws/lambda/NAME, which its first logging makes."),
		p.Ring.View(p.filter, width))
	if p.groups.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The log groups could not be read", p.groups.fault))
	}
	empty := []string{"There are no log groups in this Region.", "Run a function: its first logging makes one."}
	p.ready(p.groups.loaded, p.groups.loading, empty)
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}

// confirmDeleteGroups asks, and deletes log groups.
func confirmDeleteGroups(env page.Env, names []string, then func() tea.Cmd) tea.Cmd {
	return confirmDelete(env, "log group", names,
		"Its log streams and all events in them are deleted, too, and cannot be brought back. A function that logs again makes a new log group.",
		func(ctx context.Context, name string) error {
			_, err := env.Cloud.Logs.DeleteLogGroup(ctx, aws.DeleteLogGroupInput{LogGroupName: name})
			return err
		}, then)
}

// millis is a time of the logs as the user's clock would show it; "–" for none.
func millis(at int64, env page.Env) string {
	if at == 0 {
		return "–"
	}
	return time.UnixMilli(at).In(env.Now().Location()).Format(time.DateTime)
}

// className is a log group's class as the console names it.
func className(class string) string {
	if class == "INFREQUENT_ACCESS" {
		return "Infrequent Access"
	}
	return "Standard"
}
