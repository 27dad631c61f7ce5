package lambda

import (
	"context"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// runtimeForm is "Edit runtime settings".
type runtimeForm struct {
	runtime      *component.Select
	handler      *component.TextField
	architecture *component.Radio
	before       aws.FunctionConfiguration
}

func newEditRuntime(env page.Env, route nav.Route) page.Page {
	f := &runtimeForm{
		runtime: component.NewSelect("Runtime"), handler: component.NewTextField("Handler"),
		architecture: component.NewRadio("Architecture", component.Option{Value: "x86_64"}, component.Option{Value: "arm64"}),
	}
	f.runtime.Options = runtimeOptions(env.Now(), nil)
	f.handler.Hint = "The file and the function in it that Lambda calls: lambda_function.lambda_handler is lambda_handler of lambda_function.py."
	f.handler.Check = func(text string) string {
		switch {
		case text == "":
			return "Enter a handler"
		case len(text) > 128:
			return "A handler has at most 128 characters"
		case strings.ContainsAny(text, " \t"):
			return "A handler has no spaces"
		}
		return ""
	}
	f.architecture.Disabled = "The architecture changes with the code: Lambda sets it when new code is uploaded."
	return newSettings(env, route, "Edit runtime settings", f)
}

func (f *runtimeForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	c, err := configurationOf(ctx, cloud, function)
	if err != nil {
		return nil, err
	}
	return func() {
		f.before = c
		f.runtime.SetValue(string(c.Runtime))
		if f.runtime.Value() != string(c.Runtime) { // one that new functions no longer get
			f.runtime.Options = append(f.runtime.Options, component.Option{Value: string(c.Runtime), Label: runtimeLabel(c.Runtime)})
			f.runtime.SetValue(string(c.Runtime))
		}
		f.handler.SetValue(c.Handler)
		f.architecture.SetValue(architecture(c))
	}, nil
}

func (f *runtimeForm) fields() []component.Control {
	return []component.Control{f.runtime, f.handler, f.architecture}
}

func (f *runtimeForm) fault() string { return "" }

func (f *runtimeForm) values() string { return f.runtime.Value() + " " + f.handler.Value() }

func (f *runtimeForm) saving(function string) func(context.Context, aws.Cloud) error {
	in := aws.UpdateFunctionConfigurationInput{FunctionName: function}
	if v := aws.Runtime(f.runtime.Value()); v != f.before.Runtime {
		in.Runtime = v
	}
	if v := f.handler.Value(); v != f.before.Handler {
		in.Handler = v
	}
	if in.Runtime == "" && in.Handler == "" {
		return nil
	}
	return update(in)
}

func (f *runtimeForm) view(p *page.Panel, width int) component.Block {
	return component.Stack(width, page.Stacked(p, width, f.fields()...),
		page.Styled(width, theme.Faint, "Changes take effect with the next environment that runs the function."))
}
