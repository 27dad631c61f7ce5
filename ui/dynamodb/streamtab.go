package dynamodb

import (
	"context"
	"errors"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// streamTab shows a table's stream, turns it on and off, and lists what became of
// the items of late.
type streamTab struct {
	page    *tablePage
	view    *component.Radio
	turn    *component.Button
	newest  *component.List
	records *component.Table

	read  string // the stream whose records are listed
	fault error
}

// views are the view types as the console words them.
func views() []component.Option {
	return []component.Option{
		{Value: string(aws.StreamKeysOnly), Label: "Key attributes only", Detail: "Only the key attributes of the changed item"},
		{Value: string(aws.StreamNewImage), Label: "New image", Detail: "The entire item as it appears after it was changed"},
		{Value: string(aws.StreamOldImage), Label: "Old image", Detail: "The entire item as it appears before it was changed"},
		{Value: string(aws.StreamNewAndOldImages), Label: "New and old images", Detail: "Both the new and old images of the changed item"},
	}
}

// viewName is the console's name of a view type.
func viewName(view aws.StreamViewType) string {
	for _, o := range views() {
		if o.Value == string(view) {
			return o.Label
		}
	}
	return string(view)
}

func newStreamTab(p *tablePage) *streamTab {
	t := &streamTab{page: p, view: component.NewRadio("View type", views()...), newest: component.NewList()}
	t.view.SetValue(string(aws.StreamNewAndOldImages))
	t.turn = component.NewButton("Turn on", t.toggle)
	t.records = component.NewTable(t.newest, func() []component.Column {
		return []component.Column{{Title: "Time"}, {Title: "Event"}, {Title: "Key"}, {Title: "New image"}, {Title: "Old image"}}
	})
	return t
}

// on reports whether the table's stream is on.
func (t *streamTab) on() bool { return t.page.table.StreamSpecification != nil }

// controls are those of the tab as it is.
func (t *streamTab) controls() []component.Control {
	all := []component.Control{t.turn}
	if !t.on() {
		all = []component.Control{t.view, t.turn}
	}
	if t.page.table.LatestStreamArn != "" {
		all = append(all, t.records)
	}
	return all
}

// toggle turns the stream on, or asks whether to turn it off.
func (t *streamTab) toggle() tea.Cmd {
	name := t.page.name
	in := aws.UpdateTableInput{TableName: name, StreamSpecification: &aws.StreamSpecification{}}
	if t.on() {
		return nav.Send(nav.Confirm{
			Title:  "Turn off DynamoDB stream",
			Text:   []string{"Turn off the stream of the table " + name + "?", "Changes of its items are no longer recorded. What is recorded can be read for 24 hours."},
			Word:   "confirm",
			Action: "Turn off",
			Do:     func() tea.Cmd { return t.page.change(in, "The stream of "+name+" is being turned off.") },
		})
	}
	*in.StreamSpecification = aws.StreamSpecification{StreamEnabled: true, StreamViewType: aws.StreamViewType(t.view.Value())}
	return t.page.change(in, "The stream of "+name+" is being turned on.")
}

// load reads the newest records of the table's latest stream.
func (t *streamTab) load() tea.Cmd {
	arn := t.page.table.LatestStreamArn
	if arn == "" {
		return nil
	}
	return page.Latest(t.page.Env.Calls, "records",
		func(ctx context.Context) ([]aws.Record, error) {
			records, err := newestRecords(ctx, t.page.Env.Cloud, arn)
			if errors.Is(err, aws.ErrNotFound) {
				return nil, nil // it has been off for a day, and its table still tells of it
			}
			return records, err
		},
		func(records []aws.Record, err error) tea.Cmd {
			if t.fault = err; err != nil {
				return nil
			}
			t.read = arn
			rows := make([]component.ListRow, len(records))
			for i, r := range records {
				rows[i] = recordRow(r)
			}
			t.newest.Set(rows)
			return nil
		})
}

func recordRow(r aws.Record) component.ListRow {
	event := string(r.EventName)
	if r.UserIdentity != nil {
		event += " (expired)"
	}
	image := func(item aws.Item) component.Cell {
		if item == nil {
			return component.Cell{Text: "-"}
		}
		return component.Cell{Text: component.Clean(summary(aws.M(item)))}
	}
	return component.ListRow{Key: r.EventID, Cells: []component.Cell{
		{Text: r.DynamoDB.ApproximateCreationDateTime.Local().Format(time.TimeOnly)}, {Text: component.Clean(event)},
		image(r.DynamoDB.Keys), image(r.DynamoDB.NewImage), image(r.DynamoDB.OldImage),
	}}
}

// draw draws the tab.
func (t *streamTab) draw(width, height int) component.Block {
	table, ring := t.page.table, t.page.Ring
	head := component.Container(width, "DynamoDB stream details", nil, t.details(width-4))
	if t.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The stream's records could not be read", t.fault))
	}
	if table.LatestStreamArn == "" {
		return t.page.Scroll.View(head, height)
	}
	head = component.Stack(width, head,
		component.Text(width, theme.Heading.Render("Newest records")+theme.Faint.Render("  of the last 24 hours; r reads them again")))
	t.records.Height = max(3, height-head.Height())
	switch {
	case t.fault != nil:
		t.records.Empty = nil
	case t.read != table.LatestStreamArn:
		t.records.Empty = []string{"◌ Loading"}
	default:
		t.records.Empty = []string{"No item was changed while the stream was on."}
	}
	return t.page.Scroll.View(component.Stack(width, head, ring.View(t.records, width)), height)
}

func (t *streamTab) details(width int) component.Block {
	table, ring := t.page.table, t.page.Ring
	status := component.Status(component.StatusStopped, "Off")
	t.turn.Label = "Turn on"
	pairs := []component.Pair{{Label: "Stream status", Value: status}}
	if t.on() {
		t.turn.Label = "Turn off"
		pairs[0].Value = component.Status(component.StatusSuccess, "On")
		pairs = append(pairs, component.Pair{Label: "View type", Value: viewName(table.StreamSpecification.StreamViewType)})
	}
	t.turn.Disabled = ""
	if !settled(table) {
		t.turn.Disabled = "The table is being changed; wait until it is Active."
	}
	body := []component.Block{component.KeyValues(width, min(2, max(1, width/26)), pairs...)}
	if table.LatestStreamArn != "" {
		body = append(body, component.KeyValues(width, 1, component.Pair{Label: "Latest stream ARN", Value: table.LatestStreamArn}))
	}
	if !t.on() {
		body = append(body, page.Styled(width, theme.Faint, "While it is on, each change of an item is recorded, and kept for 24 hours."), ring.View(t.view, width))
	}
	return component.Stack(width, append(body, ring.View(t.turn, t.turn.Natural()))...)
}
