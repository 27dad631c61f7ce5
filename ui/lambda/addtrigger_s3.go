package lambda

import (
	"context"
	"io"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// s3Form has a bucket set a function off.
type s3Form struct {
	env         page.Env
	function    string
	random      io.Reader // for the ids
	bucket      *component.Select
	events      *component.Select
	prefix      *component.TextField
	suffix      *component.TextField
	acknowledge *component.Checkbox
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

func newS3Form(env page.Env, function string, random io.Reader) *s3Form {
	f := &s3Form{
		env: env, function: function, random: random,
		bucket: component.NewSelect("Bucket", component.Option{Label: "Choose a bucket"}), events: component.NewSelect("Event types"),
		prefix: component.NewTextField("Prefix - optional"), suffix: component.NewTextField("Suffix - optional"),
		acknowledge: component.NewCheckbox("I acknowledge"),
	}
	for _, o := range eventTypes {
		o.Detail = o.Value
		f.events.Options = append(f.events.Options, o)
	}
	f.bucket.Hint = "The S3 bucket that serves as the event source. It must be in the same Region as the function."
	f.events.Hint = "The events that you want to have trigger the Lambda function. You can set up a prefix or suffix for an event; for each bucket, individual events cannot have overlapping prefixes and suffixes."
	f.prefix.Hint = "Only objects whose key starts with this."
	f.prefix.Placeholder = "e.g. images/"
	f.suffix.Hint = "Only objects whose key ends with this."
	f.suffix.Placeholder = "e.g. .jpg"
	f.acknowledge.Detail = "that using the same S3 bucket for both input and output is not recommended and that this configuration can cause recursive invocations, increased Lambda usage, and increased costs."
	return f
}

// load reads the buckets.
func (f *s3Form) load() tea.Cmd {
	return page.Latest(f.env.Calls, "buckets",
		func(ctx context.Context) ([]aws.Bucket, error) { return page.Buckets(ctx, f.env.Cloud.S3) },
		func(buckets []aws.Bucket, err error) tea.Cmd {
			if err != nil {
				f.bucket.Error = "The buckets could not be read: " + page.Explain(err)[0]
				return nil
			}
			chosen, here := f.bucket.Value(), f.env.Cloud.Place.Region
			f.bucket.Options = []component.Option{{Label: "Choose a bucket"}}
			for _, b := range buckets {
				o := component.Option{Value: b.Name}
				if b.BucketRegion != "" && b.BucketRegion != here {
					o.Disabled = "in " + b.BucketRegion + ", not in the function's Region"
				}
				f.bucket.Options = append(f.bucket.Options, o)
			}
			f.bucket.SetValue(chosen)
			return nil
		})
}

func (f *s3Form) fields() []component.Control {
	return []component.Control{f.bucket, f.events, f.prefix, f.suffix, f.acknowledge}
}

func (f *s3Form) entered() bool {
	return f.bucket.Value() != "" || f.prefix.Value() != "" || f.suffix.Value() != ""
}

func (f *s3Form) clear() {
	f.bucket.SetValue("")
	f.prefix.SetValue("")
	f.suffix.SetValue("")
}

func (f *s3Form) wait() string {
	if !f.acknowledge.On() {
		return "Tick the acknowledgement about recursive invocations first."
	}
	return ""
}

func (f *s3Form) wrong() (component.Control, string) {
	if f.bucket.Value() == "" {
		return f.bucket, "Bucket: choose the bucket whose events are to set the function off"
	}
	return nil, ""
}

// notification is what the form says.
func (f *s3Form) notification() aws.LambdaFunctionConfiguration {
	n := aws.LambdaFunctionConfiguration{Events: []aws.EventType{aws.EventType(f.events.Value())}}
	var rules []aws.FilterRule
	if v := f.prefix.Value(); v != "" {
		rules = append(rules, aws.FilterRule{Name: "prefix", Value: v})
	}
	if v := f.suffix.Value(); v != "" {
		rules = append(rules, aws.FilterRule{Name: "suffix", Value: v})
	}
	if rules != nil {
		n.Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}
	}
	return n
}

func (f *s3Form) adding() func(context.Context) (added, error) {
	bucket, notification := f.bucket.Value(), f.notification()
	return func(ctx context.Context) (added, error) {
		return added{name: bucket}, addS3Trigger(ctx, f.env.Cloud, f.random, f.function, bucket, notification)
	}
}

// patience is how long taking back what was made may take, also when the page
// has gone meanwhile.
const patience = 10 * time.Second

// addS3Trigger lets a bucket invoke a function, and has it do so: S3 takes a
// notification only for a function that it may invoke. When it does not take
// it, the permission is taken back.
func addS3Trigger(ctx context.Context, cloud aws.Cloud, random io.Reader, function, bucket string, notification aws.LambdaFunctionConfiguration) error {
	sid, err := uuid(random)
	if err != nil {
		return err
	}
	if notification.ID, err = uuid(random); err != nil {
		return err
	}
	described, err := configurationOf(ctx, cloud, function)
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
	undo, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if _, stays := cloud.Lambda.RemovePermission(undo, aws.RemovePermissionInput{FunctionName: function, StatementID: permission.StatementID}); stays != nil {
		return &unmade{err, "The permission " + permission.StatementID + " was given already and stays: " + page.Explain(stays)[0]}
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

// view draws the fields, and what AWS warns of.
func (f *s3Form) view(p *page.Panel, width int) (fields, below component.Block) {
	outer := width + component.ContainerSides
	fields = page.Stacked(p, width, f.bucket, f.events, f.prefix, f.suffix)
	return fields, component.Stack(outer,
		component.Container(outer, "Recursive invocation", nil, component.Stack(width,
			page.Styled(width, theme.Plain, "If your function writes objects to an S3 bucket, ensure that you are using different S3 buckets for input and output. Writing to the same bucket increases the risk of creating a recursive invocation, which can result in increased Lambda usage and increased costs."),
			p.Ring.View(f.acknowledge, width))),
		page.Styled(outer-1, theme.Faint, "Lambda will add the necessary permissions for Amazon S3 to invoke your Lambda function from this trigger."))
}
