package lambda

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

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

// settingsForm is such a form of a function.
type settingsForm struct {
	function, title string
	form            settings
}

func newSettings(env page.Env, route nav.Route, title string, form settings) page.Page {
	return page.NewForm(env, &settingsForm{route.Name, title, form})
}

// Words is what the page around the form says.
func (f *settingsForm) Words() page.Words {
	return page.Words{
		Title: f.title, Of: f.function, Action: "Save", Failed: "The settings were not saved",
		Lost: "The settings of " + f.function + " were changed and not saved; the changes would be lost.",
	}
}

// Read reads what the form shows.
func (f *settingsForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	return f.form.read(ctx, cloud, f.function)
}

// Fields lists the fields.
func (f *settingsForm) Fields() []component.Control { return f.form.fields() }

// First is the first field, if there is one.
func (f *settingsForm) First() component.Control {
	if fields := f.form.fields(); len(fields) > 0 {
		return fields[0]
	}
	return nil
}

// Fault says what is wrong with the form as a whole.
func (f *settingsForm) Fault() string { return f.form.fault() }

// Values is what the form says.
func (f *settingsForm) Values() string { return f.form.values() }

// Saving gives the call that writes what the form says, if it says something new.
func (f *settingsForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	call := f.form.saving(f.function)
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		back := nav.Send(nav.Back{})
		if call == nil {
			return back, nil
		}
		if err := call(ctx, cloud); err != nil {
			return nil, err
		}
		return tea.Batch(back, nav.Done("Successfully updated the function "+f.function+".")), nil
	}
}

// WaitsFor says that a function that is being changed takes no other change.
func (f *settingsForm) WaitsFor(err error) string {
	if errors.Is(err, aws.ErrInUse) {
		return "Waiting until the change of the function that is under way is done"
	}
	return ""
}

// Bindings are what the form can do beside.
func (f *settingsForm) Bindings(p *page.Panel) []keys.Binding {
	if m, ok := f.form.(page.More); ok {
		return m.Bindings(p)
	}
	return nil
}

// View draws the fields.
func (f *settingsForm) View(p *page.Panel, width int) component.Block { return f.form.view(p, width) }

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
