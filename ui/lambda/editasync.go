package lambda

import (
	"context"
	"errors"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// asyncForm is "Edit asynchronous configuration".
type asyncForm struct {
	hours, minutes, secs *component.TextField
	retries              *component.Select
	before               asynchronous
}

// asynchronous says how events are tried.
type asynchronous struct{ age, retries int } // seconds, and attempts after the first

// The defaults and bounds of asynchronous invocation.
const (
	defaultAge     = 21600
	leastAge       = 60
	defaultRetries = 2
)

// readAsync reads how a function's events are tried; the defaults when nothing
// is set.
func readAsync(ctx context.Context, service aws.Lambda, function string) (asynchronous, error) {
	out, err := service.GetFunctionEventInvokeConfig(ctx, aws.GetFunctionEventInvokeConfigInput{FunctionName: function})
	a := asynchronous{defaultAge, out.MaximumRetryAttempts.Or(defaultRetries)}
	if out.MaximumEventAgeInSeconds != 0 {
		a.age = out.MaximumEventAgeInSeconds
	}
	if errors.Is(err, aws.ErrNotFound) {
		return a, nil
	}
	return a, err
}

func newEditAsync(env page.Env, route nav.Route) page.Page {
	f := &asyncForm{
		hours: numberField("Maximum age of event (h)", 0, 6), minutes: numberField("(min)", 0, 59), secs: numberField("(sec)", 0, 59),
		retries: component.NewSelect("Retry attempts", component.Option{Value: "0"}, component.Option{Value: "1"}, component.Option{Value: "2"}),
	}
	f.retries.Hint = "How often an event is tried again when the function fails with it."
	return newSettings(env, route, "Edit asynchronous configuration", f)
}

func (f *asyncForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	a, err := readAsync(ctx, cloud.Lambda, function)
	if err != nil {
		return nil, err
	}
	return func() {
		f.before = a
		setNumber(f.hours, a.age/3600)
		setNumber(f.minutes, a.age/60%60)
		setNumber(f.secs, a.age%60)
		f.retries.SetValue(strconv.Itoa(a.retries))
	}, nil
}

func (f *asyncForm) fields() []component.Control {
	return []component.Control{f.hours, f.minutes, f.secs, f.retries}
}

func (f *asyncForm) now() asynchronous {
	a := asynchronous{age: number(f.hours)*3600 + number(f.minutes)*60 + number(f.secs)}
	for i, o := range f.retries.Options {
		if o.Value == f.retries.Value() {
			a.retries = i
		}
	}
	return a
}

func (f *asyncForm) fault() string {
	if age := f.now().age; age < leastAge || age > defaultAge {
		return "Maximum age of event: from 1 minute to 6 hours"
	}
	return ""
}

func (f *asyncForm) values() string {
	return f.hours.Value() + ":" + f.minutes.Value() + ":" + f.secs.Value() + " " + f.retries.Value()
}

func (f *asyncForm) saving(function string) func(context.Context, aws.Cloud) error {
	now := f.now()
	if now == f.before {
		return nil
	}
	return func(ctx context.Context, cloud aws.Cloud) error {
		_, err := cloud.Lambda.PutFunctionEventInvokeConfig(ctx, aws.PutFunctionEventInvokeConfigInput{
			FunctionName: function, MaximumEventAgeInSeconds: now.age, MaximumRetryAttempts: aws.Some(now.retries),
		})
		return err
	}
}

func (f *asyncForm) view(p *page.Panel, width int) component.Block {
	return component.Stack(width,
		page.Styled(width, theme.Faint, "How long Lambda keeps an event that could not be handled, and how often it tries it again."),
		component.Row(width, 0, p.Ring.View(f.hours, min(30, width)), p.Ring.View(f.minutes, min(20, width)), p.Ring.View(f.secs, min(20, width))),
		page.Stacked(p, width, f.retries))
}
