package lambda

import (
	"context"
	"crypto/rand"
	"errors"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// addTriggerPage has something set a function off: it lets the user choose what,
// and shows the form for that.
type addTriggerPage struct {
	page.Panel
	function string
	source   *component.Select
	forms    map[string]sourceForm // by the source's value

	saving bool
	faults []string
	fault  error
	after  string // what came of what had been made, when it failed
}

// sourceForm is the form for one kind of source.
type sourceForm interface {
	// load reads what the form offers to choose from.
	load() tea.Cmd
	// fields lists the fields that show now, in their order.
	fields() []component.Control
	// entered reports whether something would be lost, and clear forgets it.
	entered() bool
	clear()
	// wait says why the form cannot be sent yet; "" when it can.
	wait() string
	// wrong is the first field that is not filled in as it must be, and what is
	// wrong with it; nil when the form can be sent.
	wrong() (component.Control, string)
	// adding gives the call that makes the trigger as the form says now. The call
	// gives what the trigger is called, and what else there is to tell.
	adding() func(context.Context) (added, error)
	// view draws the fields, and what is told under them.
	view(p *page.Panel, width int) (fields, below component.Block)
}

// unchosen is the form while no source is chosen: there is nothing in it.
type unchosen struct{}

func (unchosen) load() tea.Cmd                      { return nil }
func (unchosen) fields() []component.Control        { return nil }
func (unchosen) entered() bool                      { return false }
func (unchosen) clear()                             {}
func (unchosen) wait() string                       { return "Select the source of the trigger first." }
func (unchosen) wrong() (component.Control, string) { return nil, "" }
func (unchosen) adding() func(context.Context) (added, error) {
	return func(context.Context) (added, error) { return added{}, errors.New("no source is chosen") }
}

func (unchosen) view(_ *page.Panel, width int) (fields, below component.Block) {
	return component.Stack(width), component.Stack(width)
}

// added is a trigger that was made.
type added struct{ name, note string }

// unmade is why a trigger was not added, and what came of the parts of it that
// had been made already.
type unmade struct {
	cause error
	after string
}

func (u *unmade) Error() string { return u.cause.Error() + " (" + u.after + ")" }
func (u *unmade) Unwrap() error { return u.cause }

// The sources' values.
const (
	sourceAPIGateway = "apigateway"
	sourceS3         = "s3"
)

func newAddTrigger(env page.Env, route nav.Route) page.Page {
	p := &addTriggerPage{
		Panel: page.NewPanel(env), function: route.Name,
		source: component.NewSelect("Trigger configuration",
			component.Option{Label: "Select a source"},
			component.Option{Value: sourceAPIGateway, Label: "API Gateway", Detail: "api, application-services, backend"},
			component.Option{Value: sourceS3, Label: "S3", Detail: "asynchronous, storage"}),
		forms: map[string]sourceForm{
			"":               unchosen{},
			sourceAPIGateway: newAPIForm(env, route.Name, rand.Reader),
			sourceS3:         newS3Form(env, route.Name, rand.Reader),
		},
	}
	p.source.Changed = func() tea.Cmd {
		p.faults, p.fault, p.after = nil, nil, ""
		return p.form().load()
	}
	p.arrange()
	p.Ring.Focus(p.source)
	return p
}

// form is the one of the source that is chosen.
func (p *addTriggerPage) form() sourceForm { return p.forms[p.source.Value()] }

// Title is the page's crumb.
func (p *addTriggerPage) Title() string { return "Add trigger" }

// Init loads what there is to choose from.
func (p *addTriggerPage) Init() tea.Cmd { return p.form().load() }

// Unsaved says what would be lost.
func (p *addTriggerPage) Unsaved() string {
	for _, f := range p.forms {
		if f.entered() {
			return "The trigger has not been added; what you entered for it would be lost."
		}
	}
	return ""
}

// add checks the form and makes the trigger.
func (p *addTriggerPage) add() tea.Cmd {
	p.faults, p.fault, p.after = nil, nil, ""
	form := p.form()
	if field, text := form.wrong(); field != nil {
		p.faults = []string{text}
		p.arrange()
		return p.Ring.Focus(field)
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "add", form.adding(), func(made added, err error) tea.Cmd {
		p.saving = false
		var u *unmade
		if errors.As(err, &u) {
			p.after, err = u.after, u.cause
		}
		if p.fault = err; err != nil {
			return nil
		}
		form.clear() // nothing is unsaved any more
		return tea.Batch(nav.Send(nav.Back{}), nav.Send(nav.Notify{
			Level: nav.Success, Text: made.note,
			Title: "The trigger " + made.name + " was successfully added to function " + p.function + ". The function is now receiving events from the trigger.",
		}))
	})
}

// Bindings lists what can be done.
func (p *addTriggerPage) Bindings() []keys.Binding {
	wait := p.form().wait()
	if p.saving {
		wait = "The trigger is being added."
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
	fields := append([]component.Control{p.source}, p.form().fields()...)
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
	fields, below := p.form().view(&p.Panel, inner)
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Add trigger"), theme.Faint.Render(component.Clean("to "+p.function))),
		component.Container(width, "", nil, component.Stack(inner, p.Ring.View(p.source, inner), fields)),
		below)
	var told []component.Block
	if p.fault != nil {
		told = append(told, page.Fault(width, "The trigger was not added", p.fault))
	}
	if p.after != "" {
		told = append(told, page.Styled(width, theme.Plain, "  "+component.Clean(p.after)))
	}
	if p.saving {
		told = append(told, component.Text(width, component.Status(component.StatusInProgress, "Adding the trigger")))
	}
	foot := component.Stack(width, append(told, p.Foot(width, p.faults, nil, "", p.buttons()))...)
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
