package lambda

import (
	"context"
	"errors"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// settings is a form over some of a function's settings.
type settings interface {
	// read reads what the form shows, and gives what puts it into the fields.
	read(ctx context.Context, cloud aws.Cloud, function string) (show func(), err error)
	// fields lists the fields in their order.
	fields() []component.Control
	// fault says what is wrong with the form as a whole; "" when nothing is.
	fault() string
	// values is what the form says, as a text that changes with it.
	values() string
	// saving gives the call that writes what the form says now; nil when that
	// is what there is.
	saving(function string) func(ctx context.Context, cloud aws.Cloud) error
	// view draws the fields.
	view(p *page.Panel, width int) component.Block
}

// more is what a form can do beside saving, for those that can.
type more interface {
	bindings(p *page.Panel) []keys.Binding
}

// settingsPage is the page around such a form: it loads it, saves it, and says
// what went wrong.
type settingsPage struct {
	page.Panel
	function, title string
	form            settings
	kept            string // the form's values as they are in the service
	loaded, saving  bool
	waiting         bool // for a change of the function that is under way
	faults          []string
	failed          error // to read
	fault           error // to save
}

func newSettings(env page.Env, route nav.Route, title string, form settings) *settingsPage {
	p := &settingsPage{Panel: page.NewPanel(env), function: route.Name, title: title, form: form}
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *settingsPage) Title() string { return p.title }

// Init reads what is there now, unless the user is changing it.
func (p *settingsPage) Init() tea.Cmd {
	if p.Unsaved() != "" {
		return nil
	}
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (func(), error) { return p.form.read(ctx, p.Env.Cloud, p.function) },
		func(show func(), err error) tea.Cmd {
			if p.failed = err; err != nil {
				return nil
			}
			show()
			first := !p.loaded
			p.loaded, p.kept = true, p.form.values()
			p.arrange()
			if fields := p.form.fields(); first && len(fields) > 0 {
				return p.Ring.Focus(fields[0])
			}
			return nil
		})
}

// Unsaved says what would be lost.
func (p *settingsPage) Unsaved() string {
	if !p.loaded || p.form.values() == p.kept {
		return ""
	}
	return "The settings of " + p.function + " were changed and not saved; the changes would be lost."
}

// A function that is being changed takes no other change: how often saving is
// tried, and how long is waited between.
const (
	saveTries = 20
	saveEvery = time.Second
)

// save checks the form and writes it.
func (p *settingsPage) save() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate(p.form.fields()); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	if text := p.form.fault(); text != "" {
		p.faults = []string{text}
		return nil
	}
	call := p.form.saving(p.function)
	if call == nil {
		return nav.Send(nav.Back{})
	}
	return p.write(call, saveTries)
}

func (p *settingsPage) write(call func(context.Context, aws.Cloud) error, tries int) tea.Cmd {
	p.saving = true
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx, p.Env.Cloud) },
		func(_ struct{}, err error) tea.Cmd {
			if p.waiting = tries > 0 && errors.Is(err, aws.ErrInUse); p.waiting {
				return p.Env.Calls.After(saveEvery, func() tea.Cmd { return p.write(call, tries-1) })
			}
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.kept = p.form.values()
			return tea.Batch(nav.Send(nav.Back{}), nav.Done("Successfully updated the function "+p.function+"."))
		})
}

// Bindings lists what can be done.
func (p *settingsPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case !p.loaded:
		wait = "The settings are not there yet."
	case p.saving:
		wait = "The settings are being saved."
	}
	all := []keys.Binding{
		keys.Bind(keys.Save, p.save).Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
	if m, ok := p.form.(more); ok {
		all = append(all, m.bindings(&p.Panel)...)
	}
	return all
}

func (p *settingsPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.AddRow, keys.Cancel, keys.Save)
}

func (p *settingsPage) arrange() {
	var fields []component.Control
	if p.loaded {
		fields = p.form.fields()
	}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *settingsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *settingsPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	var inside component.Block
	switch {
	case p.failed != nil:
		inside = page.Fault(inner, "The settings could not be read", p.failed)
	case !p.loaded:
		inside = component.Text(inner, theme.Info.Render("◌ Loading"))
	default:
		inside = p.form.view(&p.Panel, inner)
	}
	body := component.Stack(width, component.Text(width, theme.Title.Render(component.Clean(p.title+" · "+p.function))),
		component.Container(width, "", nil, inside))
	foot := p.Foot(width, p.faults, p.fault, "The settings were not saved", p.buttons())
	if p.waiting {
		foot = component.Stack(width, component.Text(width, component.Status(component.StatusInProgress, "Waiting until the change of the function that is under way is done")), foot)
	}
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}

// stacked draws fields under each other.
func stacked(p *page.Panel, width int, fields []component.Control) component.Block {
	parts := make([]component.Block, len(fields))
	for i, f := range fields {
		parts[i] = p.Ring.View(f, width)
	}
	return component.Stack(width, parts...)
}

// configurationOf reads a function's configuration.
func configurationOf(ctx context.Context, cloud aws.Cloud, function string) (aws.FunctionConfiguration, error) {
	out, err := cloud.Lambda.GetFunctionConfiguration(ctx, aws.GetFunctionConfigurationInput{FunctionName: function})
	return out.FunctionConfiguration, err
}

// update writes some of a function's settings.
func update(in aws.UpdateFunctionConfigurationInput) func(context.Context, aws.Cloud) error {
	return func(ctx context.Context, cloud aws.Cloud) error {
		_, err := cloud.Lambda.UpdateFunctionConfiguration(ctx, in)
		return err
	}
}
