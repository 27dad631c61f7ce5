package lambda

import (
	"context"
	"slices"
	"strings"
	"sync"

	"awslab/aws"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// trigger is a bucket that sets a function off: a notification of the bucket,
// and the statement of the function's policy that allows it. Either may be
// missing; a trigger without both works not.
type trigger struct {
	bucket       string
	notification *aws.LambdaFunctionConfiguration
	statement    *statement
	unread       error // why the bucket's notifications could not be read
}

// warning says why a trigger does not work; "" when it does.
func (t trigger) warning() string {
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

// key tells a trigger from the others.
func (t trigger) key() string {
	switch {
	case t.notification != nil:
		return t.bucket + " " + t.notification.ID
	case t.statement != nil:
		return t.bucket + " " + t.statement.Sid
	}
	return t.bucket
}

// wiring is what sets a function off, and what lets it.
type wiring struct {
	triggers   []trigger
	statements []statement
}

// mostBucketsRead bounds how many buckets are asked for notifications that the
// function's policy does not name.
const mostBucketsRead = 100

// readTriggers finds the triggers of a function: in the buckets that its policy
// names, and, as far as they can be listed, in the account's others.
func readTriggers(ctx context.Context, cloud aws.Cloud, function string) (wiring, error) {
	statements, err := readPolicy(ctx, cloud.Lambda, function)
	if err != nil {
		return wiring{}, err
	}
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
		found[i] = triggersOf(ctx, cloud.S3, function, names[i], named[names[i]])
	})
	return wiring{slices.Concat(found...), statements}, ctx.Err()
}

// triggersOf joins a bucket's notifications for a function with the statements
// that allow them.
func triggersOf(ctx context.Context, s3 aws.S3, function, bucket string, allowed []statement) []trigger {
	out, err := s3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil && len(allowed) == 0 {
		return nil // a bucket that the function has nothing to do with
	}
	var triggers []trigger
	for _, n := range out.LambdaFunctionConfigurations {
		if !isFunction(n.LambdaFunctionArn, function) {
			continue
		}
		t := trigger{bucket: bucket, notification: &n}
		if len(allowed) > 0 { // each has one of its own, as the console makes them, or they share the last
			t.statement = &allowed[min(len(triggers), len(allowed)-1)]
		}
		triggers = append(triggers, t)
	}
	for i := len(triggers); i < len(allowed); i++ {
		triggers = append(triggers, trigger{bucket: bucket, statement: &allowed[i], unread: err})
	}
	return triggers
}

// isFunction reports whether an ARN is that of a function by its name.
func isFunction(arn, name string) bool {
	_, rest, ok := strings.Cut(arn, ":function:")
	rest, _, _ = strings.Cut(rest, ":") // a version
	return ok && rest == name
}

// eachAtOnce does n things, some at a time, and waits for all.
func eachAtOnce(n int, do func(i int)) {
	const atOnce = 8
	var all sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for i := range n {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			do(i)
		})
	}
	all.Wait()
}

// bucketsOf lists the triggers' buckets, each once.
func bucketsOf(triggers []trigger) []string {
	var out []string
	for _, t := range triggers {
		if !slices.Contains(out, t.bucket) {
			out = append(out, t.bucket)
		}
	}
	return out
}

// readTriggers loads the function's triggers into the page.
func (p *functionPage) readTriggers() tea.Cmd {
	return page.Latest(p.Env.Calls, "triggers",
		func(ctx context.Context) (wiring, error) { return readTriggers(ctx, p.Env.Cloud, p.name) },
		func(w wiring, err error) tea.Cmd {
			if p.triggersFault = err; err == nil {
				p.wiring = w
				p.settings.showTriggers()
			}
			return nil
		})
}

// deleteTrigger takes a notification from its bucket, and the statement that
// allowed it unless another trigger needs that.
func deleteTrigger(ctx context.Context, cloud aws.Cloud, function string, t trigger, others []trigger) error {
	if t.notification != nil {
		if err := removeNotification(ctx, cloud.S3, t.bucket, *t.notification); err != nil {
			return err
		}
	}
	if t.statement == nil || slices.ContainsFunc(others, func(o trigger) bool {
		return o.key() != t.key() && o.statement != nil && o.statement.Sid == t.statement.Sid
	}) {
		return nil
	}
	_, err := cloud.Lambda.RemovePermission(ctx, aws.RemovePermissionInput{FunctionName: function, StatementID: t.statement.Sid})
	return err
}

func removeNotification(ctx context.Context, s3 aws.S3, bucket string, gone aws.LambdaFunctionConfiguration) error {
	out, err := s3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		return err
	}
	all := out.NotificationConfiguration
	all.LambdaFunctionConfigurations = slices.DeleteFunc(all.LambdaFunctionConfigurations, func(n aws.LambdaFunctionConfiguration) bool {
		return n.ID == gone.ID && n.LambdaFunctionArn == gone.LambdaFunctionArn
	})
	_, err = s3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{Bucket: bucket, NotificationConfiguration: all})
	return err
}
