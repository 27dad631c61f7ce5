package lambda

import (
	"context"
	"slices"
	"sync"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// trigger is something that sets a function off. It has two halves: what sends
// the events, and the statements of the function's policy that allow it. Either
// may be missing; then it does not work, and warning says so.
type trigger interface {
	// key tells a trigger from the others.
	key() string
	// source is the service the events come from, as AWS's console names it, and
	// name the resource of it.
	source() string
	name() string
	// about is what of the source sets the function off, in a line.
	about() string
	// warning says why the trigger does not work, what happens then, and how to
	// mend it; "" when it works.
	warning() string
	// details are all about the trigger, as AWS's console lists it.
	details() []component.Pair
	// home is the page of the resource.
	home() nav.Route
	// allowed lists the statements that let it.
	allowed() []statement
	// kept says why the trigger cannot be deleted here; "" when it can.
	kept() string
	// farewell tells what deleting the trigger takes away, and what stays.
	farewell() []string
	// detach has the source send no more events; the statements are not its own.
	detach(context.Context, aws.Cloud) error
}

// visitable is a trigger that has a URL.
type visitable interface {
	// address is the URL; when there is none, why.
	address() (url, why string)
}

// The services that the triggers are of.
const (
	kindAPIGateway = "API Gateway"
	kindS3         = "S3"
)

// wiring is what sets a function off, and what lets it.
type wiring struct {
	triggers   []trigger
	statements []statement
}

// finders find the triggers of a function, each those of one service.
var finders = []func(context.Context, aws.Cloud, string, []statement) ([]trigger, error){findAPIs, findBuckets}

// readTriggers finds the triggers of a function.
func readTriggers(ctx context.Context, cloud aws.Cloud, function string) (wiring, error) {
	statements, err := readPolicy(ctx, cloud.Lambda, function)
	if err != nil {
		return wiring{}, err
	}
	w := wiring{statements: statements}
	for _, find := range finders {
		found, err := find(ctx, cloud, function, statements)
		if err != nil {
			return wiring{}, err
		}
		w.triggers = append(w.triggers, found...)
	}
	return w, ctx.Err()
}

// group is the triggers of one service.
type group struct {
	source string
	homes  []nav.Route // of the resources, each once
	names  []string    // of the resources, in the order of homes
	count  int
}

// grouped lists the triggers by their services, in the order of the triggers.
func grouped(triggers []trigger) []group {
	var out []group
	for _, t := range triggers {
		i := slices.IndexFunc(out, func(g group) bool { return g.source == t.source() })
		if i < 0 {
			i, out = len(out), append(out, group{source: t.source()})
		}
		g := &out[i]
		g.count++
		if !slices.Contains(g.homes, t.home()) {
			g.homes, g.names = append(g.homes, t.home()), append(g.names, t.name())
		}
	}
	return out
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

// readTriggers loads the function's triggers into the page.
func (p *functionPage) readTriggers() tea.Cmd {
	return page.Latest(p.Env.Calls, "triggers",
		func(ctx context.Context) (wiring, error) { return readTriggers(ctx, p.Env.Cloud, p.name) },
		func(w wiring, err error) tea.Cmd {
			if p.triggersFault = err; err == nil {
				p.wiring = w
				p.settings.showTriggers()
				p.arrange()
			}
			return nil
		})
}

// deleteTrigger detaches a trigger from the function, and takes the statements
// that allowed it away unless another trigger needs them.
func deleteTrigger(ctx context.Context, cloud aws.Cloud, function string, t trigger, others []trigger) error {
	if err := t.detach(ctx, cloud); err != nil {
		return err
	}
	needed := make(map[string]bool)
	for _, o := range others {
		for _, s := range o.allowed() {
			needed[s.Sid] = needed[s.Sid] || o.key() != t.key()
		}
	}
	for _, s := range t.allowed() {
		if needed[s.Sid] {
			continue
		}
		if _, err := cloud.Lambda.RemovePermission(ctx, aws.RemovePermissionInput{FunctionName: function, StatementID: s.Sid}); err != nil {
			return err
		}
	}
	return nil
}
