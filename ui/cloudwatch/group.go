package cloudwatch

import (
	"context"
	"errors"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// groupPage is one log group: its details, and its streams under them.
type groupPage struct {
	page.Panel
	listing
	name     string
	streams  feed[aws.LogStream]
	function *component.Link // the function whose log it is

	described described
	loaded    bool
	fault     error
}

// described is a group, if it was found.
type described struct {
	group aws.LogGroup
	found bool
}

// describeGroup looks for a group of a name.
func describeGroup(ctx context.Context, logs aws.Logs, name string) (described, error) {
	out, err := logs.DescribeLogGroups(ctx, aws.DescribeLogGroupsInput{LogGroupNamePrefix: name})
	for _, g := range out.LogGroups { // in order of name: the very one comes first
		if g.LogGroupName == name {
			return described{g, true}, err
		}
	}
	return described{}, err
}

// functionGroups is how the names of functions' log groups begin.
const functionGroups = "/aws/lambda/"

func newGroupPage(env page.Env, route nav.Route) page.Page {
	p := &groupPage{Panel: page.NewPanel(env), name: route.Name, listing: newListing("Find log streams", "Log stream", "Last event time")}
	p.table.Open = func(row int) tea.Cmd { return nav.Go(eventsID, p.name, p.list.At(row).Key) }
	page.FilterList(&p.Panel, "log streams", p.filter, p.list, p.table)
	p.streams = feed[aws.LogStream]{calls: env.Calls, read: p.readStreams, taken: p.take, eager: p.filtered}
	p.pages(p.streams.more, p.streams.rest)
	if name, ok := strings.CutPrefix(p.name, functionGroups); ok {
		p.function = newFunctionLink(name)
	}
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *groupPage) Title() string { return p.name }

// Init reads the group and its newest streams.
func (p *groupPage) Init() tea.Cmd {
	describe := page.Latest(p.Env.Calls, "describe",
		func(ctx context.Context) (described, error) { return describeGroup(ctx, p.Env.Cloud.Logs, p.name) },
		func(d described, err error) tea.Cmd {
			if p.fault = err; err == nil {
				p.described, p.loaded = d, true
			}
			return nil
		})
	return tea.Batch(describe, p.streams.refresh())
}

func (p *groupPage) readStreams(ctx context.Context, token string) ([]aws.LogStream, string, error) {
	out, err := p.Env.Cloud.Logs.DescribeLogStreams(ctx, aws.DescribeLogStreamsInput{
		LogGroupName: p.name, OrderBy: aws.OrderByLastEventTime, Descending: true, NextToken: token,
	})
	return out.LogStreams, out.NextToken, err
}

// take shows the streams that were read.
func (p *groupPage) take() {
	rows := make([]component.ListRow, len(p.streams.items))
	for i, s := range p.streams.items {
		rows[i] = component.ListRow{Key: s.LogStreamName, Cells: []component.Cell{
			{Text: component.Clean(s.LogStreamName), Style: theme.Link}, {Text: millis(s.LastEventTimestamp, p.Env)},
		}}
	}
	p.list.Set(rows)
}

// missing reports whether the group is known not to exist.
func (p *groupPage) missing() bool {
	return p.loaded && !p.described.found || errors.Is(p.streams.fault, aws.ErrNotFound)
}

// Bindings lists what can be done.
func (p *groupPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case p.missing():
		wait = "The log group does not exist."
	case !p.loaded:
		wait = "The log group is not there yet."
	}
	none := wait
	if none == "" && p.current() == "" {
		none = "There is no log stream here."
	}
	name, chosen := p.current(), p.chosen()
	drop := keys.Bind(keys.RemoveRow, p.deleteGroup).As("Delete log group").Unless(wait)
	drop.Dangerous = true
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(eventsID, p.name, name) }).Unless(none),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(eventsID, p.name, "") }).As("Search all log streams").Unless(wait).Main(),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(retentionID, p.name, "") }).As("Edit retention setting").Unless(wait),
		keys.Bind(keys.AddRow, func() tea.Cmd { return nav.Go(manageTagsID, p.name, "") }).As("Manage tags").Unless(wait),
		keys.Bind(keys.Delete, func() tea.Cmd { return p.deleteStreams(chosen) }).As("Delete log stream(s)").Unless(none),
		drop,
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.described.group.LogGroupArn, What: "the log group's ARN"})
		}).As("Copy ARN").Unless(wait),
		keys.Bind(keys.Refresh, p.Init),
	}
}

func (p *groupPage) deleteGroup() tea.Cmd {
	return confirmDeleteGroups(p.Env, []string{p.name}, func() tea.Cmd {
		return nav.Send(nav.Replace{Route: nav.Route{Page: groupsID}})
	})
}

func (p *groupPage) deleteStreams(names []string) tea.Cmd {
	return confirmDelete(p.Env, "log stream", names, "All events in it are deleted, too, and cannot be brought back.",
		func(ctx context.Context, name string) error {
			_, err := p.Env.Cloud.Logs.DeleteLogStream(ctx, aws.DeleteLogStreamInput{LogGroupName: p.name, LogStreamName: name})
			return err
		},
		func() tea.Cmd {
			p.table.ClearMarks()
			return p.Init()
		})
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *groupPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *groupPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Refresh, keys.RemoveRow, keys.AddRow, keys.Edit)
}

// streamButtons are those above the table of streams.
func (p *groupPage) streamButtons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Delete, keys.Explore)
}

func (p *groupPage) arrange() {
	all := []component.Control{p.table, p.filter}
	all = append(append(all, p.streamButtons()...), p.buttons()...)
	if p.function != nil {
		all = append(all, p.function)
	}
	p.Ring.Set(all...)
}

// View draws the page.
func (p *groupPage) View(width, height int) component.Block {
	p.arrange()
	head := p.Heading(width, component.Clean(p.name), p.buttons())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The log group could not be read", p.fault))
	}
	if p.missing() {
		return component.Stack(width, head, missingGroup(width, p.name), p.functionLine(width)).Fit(width, height)
	}
	if height >= 16 || p.function != nil {
		head = component.Stack(width, head, p.details(width, height))
	}
	head = component.Stack(width, head, p.Heading(width, p.title("Log streams", p.streams.next != ""), p.streamButtons()), p.Ring.View(p.filter, width))
	if p.streams.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The log streams could not be read", p.streams.fault))
	}
	p.ready(p.streams.loaded, p.streams.loading, []string{"The log group has no log streams."})
	p.table.Columns = streamColumns(width)
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}

// streamColumns gives streams' names the room that the time beside them leaves:
// they differ in their last letters.
func streamColumns(width int) func() []component.Column {
	const beside, least, most = 28, 20, 80
	name := max(least, min(most, width-beside))
	return func() []component.Column {
		return []component.Column{{Title: "Log stream", Width: name}, {Title: "Last event time"}}
	}
}

// details is the group's properties, where there is room for them.
func (p *groupPage) details(width, height int) component.Block {
	if height < 16 {
		return p.functionLine(width)
	}
	g := p.described.group
	details := []component.Pair{
		{Label: "Log class", Value: className(g.LogGroupClass)}, {Label: "Retention", Value: retentionName(g.RetentionInDays)},
		{Label: "Stored bytes", Value: component.Bytes(g.StoredBytes)}, {Label: "Creation time", Value: millis(g.CreationTime, p.Env)},
	}
	pairs := component.KeyValues(width, max(1, min(4, width/20)), details...)
	switch {
	case !p.loaded:
		pairs = component.Text(width, theme.Info.Render("◌ Loading"))
	case height >= 28:
		arn := component.KeyValues(width, 1, component.Pair{Label: "ARN", Value: component.Clean(g.LogGroupArn)})
		pairs = component.Stack(width, pairs, arn)
	}
	return component.Stack(width, pairs, p.functionLine(width))
}

// functionLine leads to the function whose log it is.
func (p *groupPage) functionLine(width int) component.Block {
	if p.function == nil {
		return component.Block{Width: width}
	}
	return linkLine(&p.Panel, width, "Function:", p.function)
}

// linkLine is a link with what it leads to before it.
func linkLine(p *page.Panel, width int, label string, link *component.Link) component.Block {
	return component.Row(width, 1, component.Text(len(label), theme.Heading.Render(label)), p.Ring.View(link, max(1, width-len(label)-1)))
}

// newFunctionLink leads to a function's page.
func newFunctionLink(name string) *component.Link {
	return component.NewLink(name, func() tea.Cmd { return nav.Go(functionID, name, "") })
}

// missingGroup says that a group does not exist, and what makes it.
func missingGroup(width int, name string) component.Block {
	parts := []component.Block{
		page.Styled(width, theme.Danger, "✗ The specified log group does not exist."),
		page.Styled(width, theme.Plain, "  "+component.Clean(name)),
	}
	if function, ok := strings.CutPrefix(name, functionGroups); ok {
		parts = append(parts, component.Blank(width, 1), page.Styled(width, theme.Plain,
			"Lambda makes it when the function "+component.Clean(function)+" first writes to its log: run or test the function, then refresh."),
			page.Styled(width, theme.Plain,
				"If it has run, its execution role may lack the right to log. The role needs logs:CreateLogGroup, logs:CreateLogStream and logs:PutLogEvents, "+
					"which the policy AWSLambdaBasicExecutionRole gives."))
	}
	return component.Stack(width, parts...)
}
