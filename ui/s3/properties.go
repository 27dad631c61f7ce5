package s3

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// propertiesTab tells about a bucket: its settings, its tags, and what its events go
// to.
type propertiesTab struct {
	panel  *page.Panel
	env    page.Env
	bucket string
	list   *component.List
	table  *component.Table

	facts  bucketFacts
	loaded bool
	fault  error
}

// bucketFacts is what the tab reads.
type bucketFacts struct {
	bucket        aws.Bucket
	versioning    string
	tags          map[string]string
	untold        error // why the tags could not be read
	notifications aws.NotificationConfiguration
}

// readBucketFacts reads them. Who may not read a bucket's versioning or tags sees the
// rest.
func readBucketFacts(ctx context.Context, service aws.S3, name string) (f bucketFacts, err error) {
	if f.bucket, err = describeBucket(ctx, service, name); err != nil {
		return f, err
	}
	status, known, err := readVersioning(ctx, service, name)
	if err != nil {
		return f, err
	}
	if known {
		f.versioning = cmp.Or(status, "Disabled")
	}
	f.tags, f.untold = tagged{bucket: name}.read(ctx, service)
	out, err := service.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: name})
	f.notifications = out.NotificationConfiguration
	return f, err
}

func newPropertiesTab(panel *page.Panel, bucket string) *propertiesTab {
	t := &propertiesTab{panel: panel, env: panel.Env, bucket: bucket, list: component.NewList()}
	t.table = component.NewTable(t.list, func() []component.Column {
		return []component.Column{{Title: "Name"}, {Title: "Event types"}, {Title: "Filters"}, {Title: "Destination type"}, {Title: "Destination"}}
	})
	t.table.Open = func(int) tea.Cmd { return t.open() }
	return t
}

func (t *propertiesTab) load() tea.Cmd {
	return page.Latest(t.env.Calls, "properties",
		func(ctx context.Context) (bucketFacts, error) { return readBucketFacts(ctx, t.env.Cloud.S3, t.bucket) },
		func(f bucketFacts, err error) tea.Cmd {
			if t.fault = err; err != nil {
				return nil
			}
			t.facts, t.loaded = f, true
			t.list.Set(notificationRows(f.notifications))
			return nil
		})
}

// notificationRows is a row for each notification.
func notificationRows(c aws.NotificationConfiguration) []component.ListRow {
	var rows []component.ListRow
	add := func(id string, events []aws.EventType, filter *aws.NotificationFilter, kind, arn string) {
		cells := make([]component.Cell, 0, 5)
		for _, text := range []string{id, eventNames(events), filterText(filter), kind, arn[strings.LastIndexByte(arn, ':')+1:]} {
			cells = append(cells, component.Cell{Text: component.Clean(text)})
		}
		cells[len(cells)-1].Style = theme.Link
		rows = append(rows, component.ListRow{Key: id, Cells: cells})
	}
	for _, l := range c.LambdaFunctionConfigurations {
		add(l.ID, l.Events, l.Filter, "Lambda function", l.LambdaFunctionArn)
	}
	for _, q := range c.QueueConfigurations {
		add(q.ID, q.Events, q.Filter, "SQS queue", q.QueueArn)
	}
	for _, s := range c.TopicConfigurations {
		add(s.ID, s.Events, s.Filter, "SNS topic", s.TopicArn)
	}
	return rows
}

// filterText tells which keys a notification is about.
func filterText(f *aws.NotificationFilter) string {
	var parts []string
	if prefix := f.Prefix(); prefix != "" {
		parts = append(parts, "prefix "+prefix)
	}
	if suffix := f.Suffix(); suffix != "" {
		parts = append(parts, "suffix "+suffix)
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, ", ")
}

// current names the notification whose row is marked; "" when there is none.
func (t *propertiesTab) current() string { return t.list.At(t.table.Current()).Key }

// open opens the function that the current notification goes to.
func (t *propertiesTab) open() tea.Cmd {
	for _, l := range t.facts.notifications.LambdaFunctionConfigurations {
		if l.ID == t.current() {
			return nav.Go(functionID, functionName(l.LambdaFunctionArn), "")
		}
	}
	return nil
}

// functionName is the name in a function's ARN, with or without a qualifier.
func functionName(arn string) string {
	const before = 6 // arn:aws:lambda:region:account:function
	if parts := strings.Split(arn, ":"); len(parts) > before {
		return parts[before]
	}
	return arn
}

// delete asks, and takes the current notification away.
func (t *propertiesTab) delete() tea.Cmd {
	id := t.current()
	return nav.Send(nav.Confirm{
		Title: "Delete event notification?",
		Text: []string{
			"The event notification " + component.Clean(id) + " of the bucket " + t.bucket + " is deleted: events no longer go to its destination.",
			"The function's permission to be invoked by S3 stays.",
		},
		Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(t.env.Calls,
				func(ctx context.Context) (struct{}, error) {
					return struct{}{}, dropNotification(ctx, t.env.Cloud.S3, t.bucket, id)
				},
				func(_ struct{}, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The event notification was not deleted", err), t.load())
					}
					return tea.Batch(nav.Done("Successfully deleted event notification "+component.Clean(id)+"."), t.load())
				})
		},
	})
}

// dropNotification takes one notification out of a bucket's configuration, which
// can only be replaced as a whole.
func dropNotification(ctx context.Context, service aws.S3, bucket, id string) error {
	out, err := service.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		return err
	}
	c := out.NotificationConfiguration
	c.LambdaFunctionConfigurations = slices.DeleteFunc(c.LambdaFunctionConfigurations, func(l aws.LambdaFunctionConfiguration) bool { return l.ID == id })
	c.QueueConfigurations = slices.DeleteFunc(c.QueueConfigurations, func(q aws.QueueConfiguration) bool { return q.ID == id })
	c.TopicConfigurations = slices.DeleteFunc(c.TopicConfigurations, func(s aws.TopicConfiguration) bool { return s.ID == id })
	_, err = service.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{Bucket: bucket, NotificationConfiguration: c})
	return err
}

func (t *propertiesTab) unsaved() string { return "" }

// bindings lists what can be done with the bucket and its notifications.
func (t *propertiesTab) bindings() []keys.Binding {
	wait, none := "", ""
	if !t.loaded {
		wait = "The bucket is not there yet."
	}
	if t.current() == "" {
		none = "There is no event notification."
	}
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(notificationID, t.bucket, "") }).As("Create event notification").Unless(wait).Main(),
		keys.Bind(keys.Open, t.open).As("function").Unless(none),
		keys.Bind(keys.Delete, t.delete).As("Delete").Unless(none),
		keys.Bind(keys.Run, t.turnVersioning).As(turnOf(t.facts.versioning).action + " Bucket Versioning").Unless(wait),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(tagsID, t.bucket, "") }).As("Edit tags").Unless(wait),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: bucketARN(t.bucket), What: "the bucket's ARN"})
		}).As("Copy ARN"),
	}
}

func (t *propertiesTab) controls() []component.Control { return []component.Control{t.table} }

func (t *propertiesTab) buttons(int) []component.Control {
	return t.panel.ButtonsOf(t.bindings(), keys.Copy, keys.Run, keys.Edit, keys.Delete, keys.Create)
}

func (t *propertiesTab) view(width, height int) component.Block {
	inner := width - component.ContainerSides
	var head component.Block
	switch b := t.facts.bucket; {
	case t.fault != nil:
		head = page.Fault(width, "The bucket could not be read", t.fault)
	case !t.loaded:
		head = component.Text(width, theme.Info.Render("◌ Loading"))
	default:
		head = component.Container(width, "Bucket overview", nil, component.KeyValues(inner, max(1, min(3, width/34)),
			component.Pair{Label: "AWS Region", Value: component.Clean(b.BucketRegion)},
			component.Pair{Label: "Amazon Resource Name (ARN)", Value: component.Clean(b.BucketArn)},
			component.Pair{Label: "Creation date", Value: wholeTime(b.CreationDate)},
			component.Pair{Label: "Bucket Versioning", Value: t.facts.versioning}))
		const others = 11 // lines, at least: the events, and the frame of the tags
		head = component.Stack(width, head, page.TagsBox(width, max(1, height-head.Height()-others), t.facts.tags, t.facts.untold))
	}
	head = component.Stack(width, head,
		component.Text(width, theme.Heading.Render("Event notifications")),
		page.Styled(width, theme.Faint, "Invoke a function when something happens to an object of this bucket."))
	t.table.Empty = nil
	if t.loaded {
		t.table.Empty = []string{"No event notifications", "n makes one: Create event notification."}
	}
	t.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, t.panel.Ring.View(t.table, width))
}
