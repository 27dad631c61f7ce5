package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
)

// bucketTrigger is what a check asks of a bucket's trigger.
type bucketTrigger struct {
	bucket         string
	events         []string
	prefix, suffix string
	filters        map[string]bool // of the two, those asked for
}

// trigger is the check function.
func (e *evaluation) trigger(function, from string, given map[string]any) (Findings, error) {
	switch from {
	case "s3":
		return e.bucketTrigger(function, given)
	case "apigateway":
		return e.apiTrigger(function, given)
	}
	return nil, fmt.Errorf("a trigger is from s3 or apigateway, not from %q", from)
}

func parseBucketTrigger(given map[string]any) (bucketTrigger, error) {
	t := bucketTrigger{filters: make(map[string]bool)}
	for name, value := range given {
		one, isText := value.(string)
		list, isList := value.([]any)
		switch {
		case name == "Bucket" && isText:
			t.bucket = one
		case name == "Prefix" && isText:
			t.prefix, t.filters[name] = one, true
		case name == "Suffix" && isText:
			t.suffix, t.filters[name] = one, true
		case name == "Events" && isList:
			for _, event := range list {
				t.events = append(t.events, fmt.Sprint(event))
			}
		default:
			return t, fmt.Errorf("a trigger has a Bucket, a Prefix and a Suffix, which are texts, and a list of Events; not %s: %v", name, value)
		}
	}
	if t.bucket == "" {
		return t, errors.New("a trigger needs its Bucket")
	}
	return t, nil
}

func (e *evaluation) bucketTrigger(function string, given map[string]any) (Findings, error) {
	want, err := parseBucketTrigger(given)
	if err != nil {
		return nil, err
	}
	if _, wrong := e.needFunction(function); wrong != nil {
		return wrong, nil
	}
	if wrong := e.needBucket(want.bucket); wrong != nil {
		return wrong, nil
	}
	subject := "trigger of " + visible(function)
	out, err := e.world.Cloud.S3.GetBucketNotificationConfiguration(e.ctx, aws.GetBucketNotificationConfigurationInput{Bucket: want.bucket})
	if err != nil {
		return unreadable(subject, err), nil
	}
	wrong := want.compare(subject, function, out.LambdaFunctionConfigurations)
	if wrong = append(wrong, e.permission(function, bucketCaller(want.bucket))...); len(wrong) > 0 {
		return wrong, nil
	}
	return holds(subject + " by " + visible(want.bucket)), nil
}

// compare says what is wrong with the notification that comes closest.
func (t bucketTrigger) compare(subject, function string, got []aws.LambdaFunctionConfiguration) Findings {
	best := Findings{{
		Subject: subject, Expected: "bucket " + visible(t.bucket) + " tells the function", Found: nothing, Cause: CauseNoTrigger,
		Advice: "The bucket has no event notification for the function: add the trigger.",
	}}
	for _, n := range got {
		if !isFunction(n.LambdaFunctionArn, function) {
			continue
		}
		wrong := t.differs(n)
		if len(wrong) == 0 {
			return nil
		}
		best = wrong
	}
	return best
}

func (t bucketTrigger) differs(n aws.LambdaFunctionConfiguration) Findings {
	var wrong Findings
	for _, event := range t.events {
		if !slices.ContainsFunc(n.Events, func(e aws.EventType) bool { return Like(string(e), event) }) {
			wrong = append(wrong, Finding{
				Subject: "event types", Expected: visible(event), Found: visible(joined(n.Events)), Cause: CauseTriggerEvents,
			})
		}
	}
	for _, filter := range slices.Sorted(maps.Keys(t.filters)) {
		want, found := t.prefix, n.Filter.Prefix()
		if filter == "Suffix" {
			want, found = t.suffix, n.Filter.Suffix()
		}
		if want != found {
			wrong = append(wrong, Finding{Subject: strings.ToLower(filter), Expected: named(want), Found: named(found), Cause: CauseTriggerFilter})
		}
	}
	return wrong
}

func named(filter string) string {
	if filter == "" {
		return "none"
	}
	return quote(filter)
}

func joined(events []aws.EventType) string {
	texts := make([]string, len(events))
	for i, e := range events {
		texts[i] = string(e)
	}
	return strings.Join(texts, ", ")
}

// isFunction reports whether an ARN, or a name, is that of a function.
func isFunction(arn, name string) bool {
	if arn == name {
		return true
	}
	_, rest, ok := strings.Cut(arn, ":function:")
	rest, _, _ = strings.Cut(rest, ":")
	return ok && rest == name
}

// caller is who asks to invoke a function, and for what.
type caller struct {
	service string // "s3.amazonaws.com"
	title   string // "S3"
	source  string // the ARN that it acts for
	shown   string // that, for people
}

func bucketCaller(bucket string) caller {
	return caller{"s3.amazonaws.com", "S3", "arn:aws:s3:::" + bucket, visible(bucket)}
}

// permission says that a service may not invoke a function; nil when it may.
func (e *evaluation) permission(function string, by caller) Findings {
	f := Finding{
		Subject: "permission of " + visible(function), Expected: by.service + " may invoke it for " + by.shown, Found: nothing, Cause: CauseNoPermission,
		Advice: "The function's resource-based policy does not let " + by.title + " in: delete the trigger if it is there, and add it again.",
	}
	out, err := e.world.Cloud.Lambda.GetPolicy(e.ctx, aws.LambdaGetPolicyInput{FunctionName: function})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return Findings{f}
	case err != nil:
		return unreadable(f.Subject, err)
	}
	all, err := statements(out.Policy)
	if err != nil {
		return unreadable(f.Subject, err)
	}
	if slices.ContainsFunc(all, func(s statement) bool { return s.lets(by.service, "lambda:InvokeFunction", by.source) }) {
		return nil
	}
	if near, ok := otherSource(all); ok {
		f.Found = "for " + visible(near)
	}
	return Findings{f}
}

// otherSource finds a source that a policy names: a bucket, or an ARN.
func otherSource(all []statement) (string, bool) {
	var sources []string
	for _, s := range all {
		for _, conditions := range s.Condition {
			for key, patterns := range conditions {
				if strings.EqualFold(key, "aws:SourceArn") {
					sources = append(sources, patterns...)
				}
			}
		}
	}
	slices.Sort(sources)
	if len(sources) == 0 {
		return "", false
	}
	return strings.TrimPrefix(sources[0], "arn:aws:s3:::"), true
}
