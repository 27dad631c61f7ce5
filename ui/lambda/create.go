package lambda

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// createPage is the "Create function" form.
type createPage struct {
	page.Panel
	origin       *component.Radio
	name         *component.TextField
	runtime      *component.Select
	architecture *component.Radio
	permissions  *component.Section
	execution    *component.Radio
	existing     *component.Select
	random       io.Reader // for the names of roles

	names       []string // of the functions there are
	roles       []aws.Role
	made        aws.Role // a role made by an attempt to create the function that failed
	rolesLoaded bool
	saving      bool
	faults      []string
	fault       error
}

// The two ways to get an execution role.
const (
	newRole      = "new"
	existingRole = "existing"
)

func newCreateFunction(env page.Env, _ nav.Route) page.Page {
	p := &createPage{
		Panel: page.NewPanel(env), random: rand.Reader,
		origin: component.NewRadio("Choose one of the following options to create your function.",
			component.Option{Value: "scratch", Label: "Author from scratch", Detail: "Start with a simple Hello World example."},
			component.Option{Value: "blueprint", Label: "Use a blueprint", Disabled: "This console has no blueprints."},
			component.Option{Value: "image", Label: "Container image", Disabled: "This console makes functions from .zip files only."}),
		name:    component.NewTextField("Function name"),
		runtime: component.NewSelect("Runtime"),
		architecture: component.NewRadio("Architecture",
			component.Option{Value: "x86_64"}, component.Option{Value: "arm64"}),
		permissions: component.NewSection("Change default execution role"),
		execution: component.NewRadio("Execution role",
			component.Option{Value: newRole, Label: "Create a new role with basic Lambda permissions"},
			component.Option{Value: existingRole, Label: "Use an existing role"},
			component.Option{Value: "templates", Label: "Create a new role from AWS policy templates", Disabled: "Create the role in IAM with the policies it needs, then use it here."}),
		existing: component.NewSelect("Existing role"),
	}
	p.name.Placeholder = "myFunctionName"
	p.name.Hint = "1 to 64 characters, unique to the Region, no spaces. Valid characters are a-z, A-Z, 0-9, hyphens (-), and underscores (_)."
	p.name.Check = p.nameFault
	p.runtime.Options = runtimeOptions(env.Now(), nil)
	p.runtime.Hint = "The language of your function. " + goneRuntimes(env.Now())
	p.existing.Hint = "An existing role that Lambda may assume, with permission to upload logs to Amazon CloudWatch Logs."
	p.arrange()
	p.Ring.Focus(p.name)
	return p
}

// runtimeOptions lists the runtimes for new functions; engines tells what runs
// them here, nil on AWS.
func runtimeOptions(now time.Time, engines aws.Engines) []component.Option {
	var out []component.Option
	for _, r := range aws.LambdaRuntimes() {
		if !r.Shown(now) {
			continue
		}
		o := component.Option{Value: string(r.Name), Label: r.Label}
		if engines != nil {
			if e := engines.Engine(r.Name); e.Runs {
				o.Detail = "run by " + e.Name
			} else {
				o.Detail = "not run here"
			}
		}
		out = append(out, o)
	}
	return out
}

// goneRuntimes says why the runtimes of older lab texts are not in the list.
func goneRuntimes(now time.Time) string {
	var gone []string
	for _, name := range []aws.Runtime{"python3.7", "nodejs12.x"} {
		if r, ok := aws.LambdaRuntimeNamed(name); ok && r.BlocksCreate(now) {
			gone = append(gone, r.Label+" (since "+r.CreateBlocked.Format(time.DateOnly)+")")
		}
	}
	if gone == nil {
		return ""
	}
	return "Older labs name " + strings.Join(gone, " or ") + ": AWS blocks new functions with it; take a newer one."
}

// nameFault says what is wrong with a function's name.
func (p *createPage) nameFault(name string) string {
	switch {
	case name == "":
		return "Enter a function name"
	case len(name) > 64:
		return "A function's name has at most 64 characters"
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "":
		return "Use only letters, numbers, hyphens, and underscores with no spaces"
	case slices.Contains(p.names, name):
		return "A function named " + name + " exists already"
	}
	return ""
}

// Title is the page's crumb.
func (p *createPage) Title() string { return "Create function" }

// choices is what the form offers to choose from.
type choices struct {
	names    []string
	runtimes []component.Option
}

// Init loads the roles, and the names that are taken.
func (p *createPage) Init() tea.Cmd {
	now, cloud := p.Env.Now(), p.Env.Cloud
	return tea.Batch(
		page.Latest(p.Env.Calls, "choices",
			func(ctx context.Context) (choices, error) {
				c := choices{runtimes: runtimeOptions(now, cloud.Engines)}
				functions, err := page.Functions(ctx, cloud.Lambda)
				for _, f := range functions {
					c.names = append(c.names, f.FunctionName)
				}
				return c, err
			},
			func(c choices, err error) tea.Cmd {
				p.runtime.Options = c.runtimes
				if p.fault = err; err == nil {
					p.names = c.names
				}
				return nil
			}),
		page.Latest(p.Env.Calls, "roles",
			func(ctx context.Context) ([]aws.Role, error) { return listLambdaRoles(ctx, cloud.IAM) },
			func(roles []aws.Role, err error) tea.Cmd {
				p.takeRoles(roles, err)
				return nil
			}))
}

func (p *createPage) takeRoles(roles []aws.Role, err error) {
	if err != nil {
		p.existing.Error = "The roles could not be read: " + page.Explain(err)[0]
		return
	}
	p.roles, p.rolesLoaded = roles, true
	chosen := p.existing.Value()
	p.existing.Options = []component.Option{{Label: "Choose a role"}}
	for _, r := range roles {
		p.existing.Options = append(p.existing.Options, component.Option{Value: r.Arn, Label: r.RoleName, Detail: r.Description})
	}
	p.existing.SetValue(chosen)
	p.existing.Disabled = ""
	if len(roles) == 0 {
		p.existing.Disabled = "There is no role that Lambda may assume: create one in IAM, or have a new one made."
	}
}

// Unsaved says what would be lost.
func (p *createPage) Unsaved() string {
	if p.name.Value() == "" {
		return ""
	}
	return "The function has not been created; what you entered for it would be lost."
}

// create checks the form, makes a role if need be, and then the function.
func (p *createPage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	runtime := aws.Runtime(p.runtime.Value())
	handler, code, err := helloCode(runtime)
	if err != nil {
		p.fault = err
		return nil
	}
	in := aws.CreateFunctionInput{
		FunctionName: p.name.Value(), Runtime: runtime, Handler: handler, Code: aws.FunctionCode{ZipFile: code},
		Architectures: []string{p.architecture.Value()}, PackageType: "Zip",
	}
	switch {
	case p.execution.Value() == existingRole && p.existing.Value() == "":
		p.faults = []string{"Existing role: choose a role"}
		return p.Ring.Focus(p.existing)
	case p.execution.Value() == existingRole:
		in.Role = p.existing.Value()
		return p.createFunction(in, 0)
	case p.made.Arn != "":
		in.Role = p.made.Arn
		return p.createFunction(in, assumeTries)
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.Role, error) {
			return makeRole(ctx, p.Env.Cloud.IAM, p.random, in.FunctionName)
		},
		func(role aws.Role, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.made, in.Role = role, role.Arn
			return p.createFunction(in, assumeTries)
		})
}

// A new role can be assumed only after some seconds: how often that is tried,
// and how long is waited between.
const (
	assumeTries = 15
	assumeEvery = time.Second
)

// createFunction makes the function, and tries again so many times while its
// role cannot be assumed yet.
func (p *createPage) createFunction(in aws.CreateFunctionInput, tries int) tea.Cmd {
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.CreateFunctionOutput, error) {
			return p.Env.Cloud.Lambda.CreateFunction(ctx, in)
		},
		func(_ aws.CreateFunctionOutput, err error) tea.Cmd {
			if tries > 0 && notAssumable(err) {
				return p.Env.Calls.After(assumeEvery, func() tea.Cmd { return p.createFunction(in, tries-1) })
			}
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.name.SetValue("") // nothing is unsaved any more
			return tea.Batch(nav.Send(nav.Replace{Route: nav.Route{Page: functionID, Name: in.FunctionName}}),
				nav.Done("Successfully created the function "+in.FunctionName+". You can now change its code and configuration."))
		})
}

// notAssumable reports whether a function could not be made because Lambda may
// not take on its role, or not yet.
func notAssumable(err error) bool {
	var failed *aws.Error
	return errors.As(err, &failed) && strings.Contains(failed.Message, "cannot be assumed by Lambda")
}

// Bindings lists what can be done.
func (p *createPage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The function is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create function").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}
