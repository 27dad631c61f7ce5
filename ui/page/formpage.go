package page

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Form is what is asked for to make or change something.
type Form interface {
	// Words is what the page around it says.
	Words() Words
	// Read reads what the form needs to know, and gives what puts it into the
	// fields.
	Read(ctx context.Context, cloud aws.Cloud) (show func(), err error)
	// Fields lists the fields in their order, as they are now.
	Fields() []component.Control
	// First is the field that gets the focus; nil when there is none.
	First() component.Control
	// Fault says what is wrong with the form as a whole; "" when nothing is.
	Fault() string
	// Values is what the form says, as a text that changes with it.
	Values() string
	// Saving gives the calls that do what the form says now, and what follows
	// when they worked.
	Saving() func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error)
	// View draws the fields.
	View(p *Panel, width int) component.Block
}

// Words is what a form's page says.
type Words struct {
	Title  string
	Of     string // whose settings they are; "" where the title says so
	Action string // the main button
	Failed string // "The API was not created"
	Lost   string // what leaving would lose
}

// More is what a form can do beside saving, for those that can.
type More interface {
	Bindings(p *Panel) []keys.Binding
}

// Waiting is a form whose saving may have to wait until something else is done.
type Waiting interface {
	// WaitsFor says what that is, of an error of saving; "" when it is no such one.
	WaitsFor(err error) string
}

// How often saving is tried that has to wait, and how long it waits between.
const (
	saveTries = 20
	saveEvery = time.Second
)

// FormPage is the page around a form: it loads it, saves it, and says what went
// wrong.
type FormPage struct {
	Panel
	Form           Form
	kept           string // the form's values as they were when it was loaded
	loaded, saving bool
	waits          string // for what, while saving waits
	faults         []string
	failed         error // to read
	fault          error // to save
}

// NewForm makes the page around a form.
func NewForm(env Env, f Form) *FormPage {
	p := &FormPage{Panel: NewPanel(env), Form: f}
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *FormPage) Title() string { return p.Form.Words().Title }

// Init reads what is there now, unless the user is changing it.
func (p *FormPage) Init() tea.Cmd {
	if p.Unsaved() != "" {
		return nil
	}
	return Latest(p.Env.Calls, "read",
		func(ctx context.Context) (func(), error) { return p.Form.Read(ctx, p.Env.Cloud) },
		func(show func(), err error) tea.Cmd {
			if p.failed = err; err != nil || p.Unsaved() != "" {
				return nil // what was typed meanwhile stays
			}
			show()
			again := p.loaded
			p.loaded, p.kept = true, p.Form.Values()
			p.arrange()
			if first := p.Form.First(); first != nil && !again {
				return p.Ring.Focus(first)
			}
			return nil
		})
}

// Unsaved says what would be lost.
func (p *FormPage) Unsaved() string {
	if !p.loaded || p.Form.Values() == p.kept {
		return ""
	}
	return p.Form.Words().Lost
}

// save checks the form and does what it says.
func (p *FormPage) save() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := Validate(p.Form.Fields()); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	if text := p.Form.Fault(); text != "" {
		p.faults = []string{text}
		return nil
	}
	return p.write(p.Form.Saving(), p.Form.Values(), saveTries)
}

// write does the calls that save the values.
func (p *FormPage) write(call func(context.Context, aws.Cloud) (tea.Cmd, error), values string, tries int) tea.Cmd {
	p.saving = true
	return Latest(p.Env.Calls, "save",
		func(ctx context.Context) (tea.Cmd, error) { return call(ctx, p.Env.Cloud) },
		func(then tea.Cmd, err error) tea.Cmd {
			p.waits = ""
			if f, ok := p.Form.(Waiting); ok && err != nil && tries > 0 {
				p.waits = f.WaitsFor(err)
			}
			if p.waits != "" {
				return p.Env.Calls.After(saveEvery, func() tea.Cmd { return p.write(call, values, tries-1) })
			}
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.kept = values
			return then
		})
}

// Bindings lists what can be done.
func (p *FormPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case !p.loaded:
		wait = "The form is not there yet."
	case p.saving:
		wait = "It is being done."
	}
	all := []keys.Binding{
		keys.Bind(keys.Save, p.save).As(p.Form.Words().Action).Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
	if m, ok := p.Form.(More); ok {
		all = append(all, m.Bindings(&p.Panel)...)
	}
	return all
}

func (p *FormPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.AddRow, keys.Cancel, keys.Save)
}

func (p *FormPage) arrange() {
	var fields []component.Control
	if p.loaded {
		fields = p.Form.Fields()
	}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *FormPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *FormPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	var inside component.Block
	switch {
	case p.failed != nil:
		inside = Fault(inner, "What the form needs could not be read", p.failed)
	case !p.loaded:
		inside = component.Text(inner, theme.Info.Render("◌ Loading"))
	default:
		inside = p.Form.View(&p.Panel, inner)
	}
	says := p.Form.Words()
	title := says.Title
	if says.Of != "" {
		title += " · " + says.Of
	}
	body := component.Container(width, component.Clean(title), nil, inside)
	foot := p.Foot(width, p.faults, p.fault, says.Failed, p.buttons())
	if p.waits != "" {
		foot = component.Stack(width, component.Text(width, component.Status(component.StatusInProgress, p.waits)), foot)
	}
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}

// Stacked draws fields under each other.
func Stacked(p *Panel, width int, fields ...component.Control) component.Block {
	parts := make([]component.Block, len(fields))
	for i, f := range fields {
		parts[i] = p.Ring.View(f, width)
	}
	return component.Stack(width, parts...)
}
