package lambda

import (
	"context"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// s3Trigger is a bucket that sets a function off: a notification of the bucket,
// and the statement of the function's policy that allows it.
type s3Trigger struct {
	bucket       string
	notification *aws.LambdaFunctionConfiguration
	statement    *statement
	unread       error // why the bucket's notifications could not be read
}

func (t s3Trigger) source() string  { return kindS3 }
func (t s3Trigger) name() string    { return t.bucket }
func (t s3Trigger) home() nav.Route { return nav.Route{Page: "s3/bucket", Name: t.bucket} }
func (t s3Trigger) kept() string    { return "" }

func (t s3Trigger) warning() string {
	switch {
	case t.unread != nil:
		return "The notifications of the bucket could not be read: " + page.Explain(t.unread)[0]
	case t.notification == nil:
		return "The function's policy lets the bucket invoke it, but the bucket has no notification for it: nothing arrives."
	case t.statement == nil:
		return "The bucket has a notification for the function, but the function's policy does not allow it: invocations are refused."
	}
	return ""
}

func (t s3Trigger) key() string {
	switch {
	case t.notification != nil:
		return t.bucket + " " + t.notification.ID
	case t.statement != nil:
		return t.bucket + " " + t.statement.Sid
	}
	return t.bucket
}

func (t s3Trigger) about() string {
	if t.notification == nil {
		return ""
	}
	text, filter := eventText(t.notification.Events), t.notification.Filter
	if v := filter.Prefix(); v != "" {
		text += " · prefix " + v
	}
	if v := filter.Suffix(); v != "" {
		text += " · suffix " + v
	}
	return text
}

func (t s3Trigger) allowed() []statement {
	if t.statement == nil {
		return nil
	}
	return []statement{*t.statement}
}

func (t s3Trigger) details() []component.Pair {
	var n aws.LambdaFunctionConfiguration
	if t.notification != nil {
		n = *t.notification
	}
	var s statement
	if t.statement != nil {
		s = *t.statement
	}
	return []component.Pair{
		{Label: "Bucket arn", Value: "arn:aws:s3:::" + component.Clean(t.bucket)},
		{Label: "Event types", Value: component.Clean(eventText(n.Events))},
		{Label: "isComplexStatement", Value: "No"},
		{Label: "Notification name", Value: component.Clean(n.ID)},
		{Label: "Prefix", Value: orNone(component.Clean(n.Filter.Prefix()))},
		{Label: "Service principal", Value: component.Clean(s.principal())},
		{Label: "Source account", Value: component.Clean(s.account())},
		{Label: "Statement ID", Value: component.Clean(s.Sid)},
		{Label: "Suffix", Value: orNone(component.Clean(n.Filter.Suffix()))},
	}
}

// eventText lists events as AWS writes them.
func eventText(events []aws.EventType) string {
	texts := make([]string, len(events))
	for i, e := range events {
		texts[i] = string(e)
	}
	return strings.Join(texts, ", ")
}

func (t s3Trigger) farewell() []string {
	return []string{
		"The bucket's events no longer set the function off.",
		"The notification is taken from the bucket, and the permission from the function. The bucket and its objects stay.",
	}
}

// detach takes the notification from the bucket.
func (t s3Trigger) detach(ctx context.Context, cloud aws.Cloud) error {
	if t.notification == nil {
		return nil
	}
	out, err := cloud.S3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: t.bucket})
	if err != nil {
		return err
	}
	all := out.NotificationConfiguration
	all.LambdaFunctionConfigurations = slices.DeleteFunc(all.LambdaFunctionConfigurations, func(n aws.LambdaFunctionConfiguration) bool {
		return n.ID == t.notification.ID && n.LambdaFunctionArn == t.notification.LambdaFunctionArn
	})
	_, err = cloud.S3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{Bucket: t.bucket, NotificationConfiguration: all})
	return err
}

// mostBucketsRead bounds how many buckets are asked for notifications that the
// function's policy does not name.
const mostBucketsRead = 100

// findBuckets finds the buckets that set a function off: those that its policy
// names, and, as far as they can be listed, the account's others.
func findBuckets(ctx context.Context, cloud aws.Cloud, function string, statements []statement) ([]trigger, error) {
	named := make(map[string][]statement)
	for _, s := range statements {
		if bucket, ok := s.bucket(); ok {
			named[bucket] = append(named[bucket], s)
		}
	}
	var names []string
	for bucket := range named {
		names = append(names, bucket)
	}
	others, err := cloud.S3.ListBuckets(ctx, aws.ListBucketsInput{MaxBuckets: aws.Some(mostBucketsRead)})
	if err == nil { // who may not list buckets still sees those of the policy
		for _, b := range others.Buckets {
			if named[b.Name] == nil {
				names = append(names, b.Name)
			}
		}
	}
	slices.Sort(names)
	found := make([][]trigger, len(names))
	eachAtOnce(len(names), func(i int) {
		found[i] = bucketTriggers(ctx, cloud.S3, function, names[i], named[names[i]])
	})
	return slices.Concat(found...), ctx.Err()
}

// bucketTriggers joins a bucket's notifications for a function with the
// statements that allow them.
func bucketTriggers(ctx context.Context, s3 aws.S3, function, bucket string, allowed []statement) []trigger {
	out, err := s3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil && len(allowed) == 0 {
		return nil // a bucket that the function has nothing to do with
	}
	var triggers []trigger
	for _, n := range out.LambdaFunctionConfigurations {
		if !isFunction(n.LambdaFunctionArn, function) {
			continue
		}
		t := s3Trigger{bucket: bucket, notification: &n}
		if len(allowed) > 0 { // each has one of its own, as the console makes them, or they share the last
			t.statement = &allowed[min(len(triggers), len(allowed)-1)]
		}
		triggers = append(triggers, t)
	}
	for i := len(triggers); i < len(allowed); i++ {
		triggers = append(triggers, s3Trigger{bucket: bucket, statement: &allowed[i], unread: err})
	}
	return triggers
}

// isFunction reports whether an ARN is that of a function by its name.
func isFunction(arn, name string) bool {
	_, rest, ok := strings.Cut(arn, ":function:")
	rest, _, _ = strings.Cut(rest, ":") // a version
	return ok && rest == name
}
