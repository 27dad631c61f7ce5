package apigateway

import (
	"context"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// form is what is asked for to make or change something.
type form interface {
	// words is what the page around it says.
	words() words
	// read reads what the form needs to know, and gives what puts it into the
	// fields.
	read(ctx context.Context, cloud aws.Cloud) (show func(), err error)
	// fields lists the fields in their order, as they are now.
	fields() []component.Control
	// first is the field that gets the focus.
	first() component.Control
	// fault says what is wrong with the form as a whole; "" when nothing is.
	fault() string
	// values is what the form says, as a text that changes with it.
	values() string
	// saving gives the calls that do what the form says now, and what follows
	// when they worked.
	saving() func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error)
	// view draws the fields.
	view(p *page.Panel, width int) component.Block
}

// words is what a form's page says.
type words struct {
	title  string
	action string // the main button
	failed string // "The API was not created"
	lost   string // what leaving would lose
}

// more is what a form can do beside saving, for those that can.
type more interface {
	bindings(p *page.Panel) []keys.Binding
}

// formPage is the page around a form: it loads it, saves it, and says what went
// wrong.
type formPage struct {
	page.Panel
	form           form
	kept           string // the form's values as they were when it was loaded
	loaded, saving bool
	faults         []string
	failed         error // to read
	fault          error // to save
}

func newForm(env page.Env, f form) *formPage {
	p := &formPage{Panel: page.NewPanel(env), form: f}
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *formPage) Title() string { return p.form.words().title }

// Init reads what is there now, unless the user is changing it.
func (p *formPage) Init() tea.Cmd {
	if p.Unsaved() != "" {
		return nil
	}
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (func(), error) { return p.form.read(ctx, p.Env.Cloud) },
		func(show func(), err error) tea.Cmd {
			if p.failed = err; err != nil {
				return nil
			}
			show()
			again := p.loaded
			p.loaded, p.kept = true, p.form.values()
			p.arrange()
			if again {
				return nil
			}
			return p.Ring.Focus(p.form.first())
		})
}

// Unsaved says what would be lost.
func (p *formPage) Unsaved() string {
	if !p.loaded || p.form.values() == p.kept {
		return ""
	}
	return p.form.words().lost
}

// save checks the form and does what it says.
func (p *formPage) save() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate(p.form.fields()); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	if text := p.form.fault(); text != "" {
		p.faults = []string{text}
		return nil
	}
	call := p.form.saving()
	p.saving = true
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (tea.Cmd, error) { return call(ctx, p.Env.Cloud) },
		func(then tea.Cmd, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.kept = p.form.values()
			return then
		})
}

// Bindings lists what can be done.
func (p *formPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case !p.loaded:
		wait = "The form is not there yet."
	case p.saving:
		wait = "It is being done."
	}
	all := []keys.Binding{
		keys.Bind(keys.Save, p.save).As(p.form.words().action).Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
	if m, ok := p.form.(more); ok {
		all = append(all, m.bindings(&p.Panel)...)
	}
	return all
}

func (p *formPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.AddRow, keys.Cancel, keys.Save)
}

func (p *formPage) arrange() {
	var fields []component.Control
	if p.loaded {
		fields = p.form.fields()
	}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *formPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *formPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	var inside component.Block
	switch {
	case p.failed != nil:
		inside = page.Fault(inner, "What the form needs could not be read", p.failed)
	case !p.loaded:
		inside = component.Text(inner, theme.Info.Render("◌ Loading"))
	default:
		inside = p.form.view(&p.Panel, inner)
	}
	says := p.form.words()
	body := component.Container(width, says.title, nil, inside)
	foot := p.Foot(width, p.faults, p.fault, says.failed, p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}

// stacked draws fields under each other.
func stacked(p *page.Panel, width int, fields ...component.Control) component.Block {
	parts := make([]component.Block, len(fields))
	for i, f := range fields {
		parts[i] = p.Ring.View(f, width)
	}
	return component.Stack(width, parts...)
}

// faint is an explanation under fields.
func faint(width int, text string) component.Block { return page.Styled(width, theme.Faint, text) }
