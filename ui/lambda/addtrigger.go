package lambda

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// addTriggerPage has a bucket set a function off.
type addTriggerPage struct {
	page.Panel
	function    string
	source      *component.Select
	bucket      *component.Select
	events      *component.Select
	prefix      *component.TextField
	suffix      *component.TextField
	acknowledge *component.Checkbox
	random      io.Reader // for the ids

	saving bool
	faults []string
	fault  error
}

// eventTypes are the events of buckets that a function can be set off by.
var eventTypes = []component.Option{
	{Value: string(aws.EventObjectCreated), Label: "All object create events"},
	{Value: string(aws.EventObjectCreatedPut), Label: "PUT"},
	{Value: string(aws.EventObjectCreatedPost), Label: "POST"},
	{Value: string(aws.EventObjectCreatedCopy), Label: "COPY"},
	{Value: string(aws.EventObjectCreatedComplete), Label: "Multipart upload completed"},
	{Value: string(aws.EventObjectRemoved), Label: "All object delete events"},
	{Value: string(aws.EventObjectRemovedDelete), Label: "Permanently deleted"},
	{Value: string(aws.EventObjectRemovedMarker), Label: "Delete marker created"},
}

func newAddTrigger(env page.Env, route nav.Route) page.Page {
	p := &addTriggerPage{
		Panel: page.NewPanel(env), function: route.Name, random: rand.Reader,
		source: component.NewSelect("Trigger configuration", component.Option{Value: "s3", Label: "S3", Detail: "asynchronous, storage"}),
		bucket: component.NewSelect("Bucket", component.Option{Label: "Choose a bucket"}), events: component.NewSelect("Event types"),
		prefix: component.NewTextField("Prefix - optional"), suffix: component.NewTextField("Suffix - optional"),
		acknowledge: component.NewCheckbox("I acknowledge"),
	}
	for _, o := range eventTypes {
		o.Detail = o.Value
		p.events.Options = append(p.events.Options, o)
	}
	p.bucket.Hint = "The S3 bucket that serves as the event source. It must be in the same Region as the function."
	p.events.Hint = "The events that you want to have trigger the Lambda function. You can set up a prefix or suffix for an event; for each bucket, individual events cannot have overlapping prefixes and suffixes."
	p.prefix.Hint = "Only objects whose key starts with this."
	p.prefix.Placeholder = "e.g. images/"
	p.suffix.Hint = "Only objects whose key ends with this."
	p.suffix.Placeholder = "e.g. .jpg"
	p.acknowledge.Detail = "that using the same S3 bucket for both input and output is not recommended and that this configuration can cause recursive invocations, increased Lambda usage, and increased costs."
	p.arrange()
	p.Ring.Focus(p.bucket)
	return p
}

// Title is the page's crumb.
func (p *addTriggerPage) Title() string { return "Add trigger" }

// Init loads the buckets to choose from.
func (p *addTriggerPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "buckets",
		func(ctx context.Context) ([]aws.Bucket, error) { return listBuckets(ctx, p.Env.Cloud.S3) },
		func(buckets []aws.Bucket, err error) tea.Cmd {
			if err != nil {
				p.bucket.Error = "The buckets could not be read: " + page.Explain(err)[0]
				return nil
			}
			chosen, here := p.bucket.Value(), p.Env.Cloud.Place.Region
			p.bucket.Options = []component.Option{{Label: "Choose a bucket"}}
			for _, b := range buckets {
				o := component.Option{Value: b.Name}
				if b.BucketRegion != "" && b.BucketRegion != here {
					o.Disabled = "in " + b.BucketRegion + ", not in the function's Region"
				}
				p.bucket.Options = append(p.bucket.Options, o)
			}
			p.bucket.SetValue(chosen)
			return nil
		})
}

// listBuckets reads all buckets.
func listBuckets(ctx context.Context, service aws.S3) ([]aws.Bucket, error) {
	var all []aws.Bucket
	for in := (aws.ListBucketsInput{}); ; {
		out, err := service.ListBuckets(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Buckets...)
		if out.ContinuationToken == "" {
			return all, nil
		}
		in.ContinuationToken = out.ContinuationToken
	}
}

// Unsaved says what would be lost.
func (p *addTriggerPage) Unsaved() string {
	if p.bucket.Value() == "" && p.prefix.Value() == "" && p.suffix.Value() == "" {
		return ""
	}
	return "The trigger has not been added; what you entered for it would be lost."
}

// notification is what the form says.
func (p *addTriggerPage) notification() aws.LambdaFunctionConfiguration {
	n := aws.LambdaFunctionConfiguration{Events: []aws.EventType{aws.EventType(p.events.Value())}}
	var rules []aws.FilterRule
	if v := p.prefix.Value(); v != "" {
		rules = append(rules, aws.FilterRule{Name: "prefix", Value: v})
	}
	if v := p.suffix.Value(); v != "" {
		rules = append(rules, aws.FilterRule{Name: "suffix", Value: v})
	}
	if rules != nil {
		n.Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}
	}
	return n
}

// add checks the form and makes the trigger.
func (p *addTriggerPage) add() tea.Cmd {
	p.faults, p.fault = nil, nil
	bucket := p.bucket.Value()
	if bucket == "" {
		p.faults = []string{"Bucket: choose the bucket whose events are to set the function off"}
		return p.Ring.Focus(p.bucket)
	}
	notification := p.notification()
	p.saving = true
	return page.Latest(p.Env.Calls, "add",
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, addTrigger(ctx, p.Env.Cloud, p.random, p.function, bucket, notification)
		},
		func(_ struct{}, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.bucket.SetValue("") // nothing is unsaved any more
			p.prefix.SetValue("")
			p.suffix.SetValue("")
			return tea.Batch(nav.Send(nav.Back{}), nav.Done("The trigger "+bucket+" was successfully added to function "+p.function+". The function is now receiving events from the trigger."))
		})
}

// addTrigger lets a bucket invoke a function, and has it do so: S3 takes a
// notification only for a function that it may invoke. When it does not take
// it, the permission is taken back.
func addTrigger(ctx context.Context, cloud aws.Cloud, random io.Reader, function, bucket string, notification aws.LambdaFunctionConfiguration) error {
	sid, err := uuid(random)
	if err != nil {
		return err
	}
	if notification.ID, err = uuid(random); err != nil {
		return err
	}
	described, err := cloud.Lambda.GetFunctionConfiguration(ctx, aws.GetFunctionConfigurationInput{FunctionName: function})
	if err != nil {
		return err
	}
	notification.LambdaFunctionArn = described.FunctionArn
	permission := aws.AddPermissionInput{
		FunctionName: function, StatementID: "lambda-" + sid, Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:" + partition(described.FunctionArn) + ":s3:::" + bucket, SourceAccount: cloud.Place.AccountID,
	}
	if _, err := cloud.Lambda.AddPermission(ctx, permission); err != nil {
		return err
	}
	err = putNotification(ctx, cloud.S3, bucket, notification)
	if err == nil {
		return nil
	}
	const patience = 10 * time.Second // also when the page has gone meanwhile
	undo, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if _, gone := cloud.Lambda.RemovePermission(undo, aws.RemovePermissionInput{FunctionName: function, StatementID: permission.StatementID}); gone != nil {
		return fmt.Errorf("%w (and the permission %s stays: %w)", err, permission.StatementID, gone)
	}
	return err
}

// putNotification adds a notification to those of a bucket.
func putNotification(ctx context.Context, s3 aws.S3, bucket string, notification aws.LambdaFunctionConfiguration) error {
	out, err := s3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		return err
	}
	all := out.NotificationConfiguration
	all.LambdaFunctionConfigurations = append(all.LambdaFunctionConfigurations, notification)
	_, err = s3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{Bucket: bucket, NotificationConfiguration: all})
	return err
}

// Bindings lists what can be done.
func (p *addTriggerPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case p.saving:
		wait = "The trigger is being added."
	case !p.acknowledge.On():
		wait = "Tick the acknowledgement about recursive invocations first."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.add).As("Add").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *addTriggerPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *addTriggerPage) arrange() {
	fields := []component.Control{p.source, p.bucket, p.events, p.prefix, p.suffix, p.acknowledge}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *addTriggerPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *addTriggerPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Add trigger"), theme.Faint.Render(component.Clean("to "+p.function))),
		component.Container(width, "", nil, stacked(&p.Panel, inner, []component.Control{p.source, p.bucket, p.events, p.prefix, p.suffix})),
		component.Container(width, "Recursive invocation", nil, component.Stack(inner,
			page.Styled(inner, theme.Plain, "If your function writes objects to an S3 bucket, ensure that you are using different S3 buckets for input and output. Writing to the same bucket increases the risk of creating a recursive invocation, which can result in increased Lambda usage and increased costs."),
			p.Ring.View(p.acknowledge, inner))),
		page.Styled(width-1, theme.Faint, "Lambda will add the necessary permissions for Amazon S3 to invoke your Lambda function from this trigger."))
	foot := p.Foot(width, p.faults, p.fault, "The trigger was not added", p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
