package lambda

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// concurrencyForm is "Edit concurrency".
type concurrencyForm struct {
	kind     *component.Radio
	reserved *component.TextField
	before   concurrency
}

// concurrency is what a function has of the account's concurrency.
type concurrency struct {
	reserved   aws.Option[int]
	unreserved int // what is left for all functions without a reservation
	limit      int // of the account
}

// readConcurrency reads what is reserved for a function, and what is left.
func readConcurrency(ctx context.Context, service aws.Lambda, function string) (concurrency, error) {
	own, err := service.GetFunctionConcurrency(ctx, aws.GetFunctionConcurrencyInput{FunctionName: function})
	if err != nil {
		return concurrency{}, err
	}
	account, err := service.GetAccountSettings(ctx, aws.GetAccountSettingsInput{})
	return concurrency{own.ReservedConcurrentExecutions, account.AccountLimit.UnreservedConcurrentExecutions, account.AccountLimit.ConcurrentExecutions}, err
}

// The two kinds of concurrency.
const (
	unreservedKind = "unreserved"
	reservedKind   = "reserved"
)

func newEditConcurrency(env page.Env, route nav.Route) page.Page {
	f := &concurrencyForm{
		kind: component.NewRadio("Concurrency",
			component.Option{Value: unreservedKind, Label: "Use unreserved account concurrency"},
			component.Option{Value: reservedKind, Label: "Reserve concurrency"}),
		reserved: numberField("Reserved concurrency", 0, 1_000_000),
	}
	f.reserved.Hint = "How many events the function handles at once, at most. 0 stops it: every invocation is throttled."
	return newSettings(env, route, "Edit concurrency", f)
}

func (f *concurrencyForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	c, err := readConcurrency(ctx, cloud.Lambda, function)
	if err != nil {
		return nil, err
	}
	return func() {
		f.before = c
		f.kind.SetValue(unreservedKind)
		f.reserved.SetValue("")
		if n, ok := c.reserved.Get(); ok {
			f.kind.SetValue(reservedKind)
			setNumber(f.reserved, n)
		}
	}, nil
}

func (f *concurrencyForm) fields() []component.Control {
	if f.kind.Value() == reservedKind {
		return []component.Control{f.kind, f.reserved}
	}
	return []component.Control{f.kind}
}

func (f *concurrencyForm) fault() string { return "" }

func (f *concurrencyForm) values() string {
	if f.kind.Value() == reservedKind {
		return f.reserved.Value()
	}
	return f.kind.Value()
}

func (f *concurrencyForm) saving(function string) func(context.Context, aws.Cloud) error {
	before, had := f.before.reserved.Get()
	if f.kind.Value() == unreservedKind {
		if !had {
			return nil
		}
		return func(ctx context.Context, cloud aws.Cloud) error {
			_, err := cloud.Lambda.DeleteFunctionConcurrency(ctx, aws.DeleteFunctionConcurrencyInput{FunctionName: function})
			return err
		}
	}
	n := number(f.reserved)
	if had && n == before {
		return nil
	}
	return func(ctx context.Context, cloud aws.Cloud) error {
		_, err := cloud.Lambda.PutFunctionConcurrency(ctx, aws.PutFunctionConcurrencyInput{FunctionName: function, ReservedConcurrentExecutions: n})
		return err
	}
}

func (f *concurrencyForm) view(p *page.Panel, width int) component.Block {
	return component.Stack(width,
		component.Text(width, theme.Faint.Render(fmt.Sprintf("Unreserved account concurrency: %d of %d", f.before.unreserved, f.before.limit))),
		page.Stacked(p, width, f.fields()...))
}
