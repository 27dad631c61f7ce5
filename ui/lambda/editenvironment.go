package lambda

import (
	"context"
	"maps"
	"regexp"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// environmentForm is "Edit environment variables".
type environmentForm struct {
	rows   *page.Pairs
	before map[string]string
}

func newEditEnvironment(env page.Env, route nav.Route) page.Page {
	f := &environmentForm{rows: &page.Pairs{Key: "Key", Add: "Add environment variable"}}
	f.rows.Check.Key = func(text string) string {
		if !variableName.MatchString(text) {
			return "Keys start with a letter, and have at least two letters, digits or underscores"
		}
		return ""
	}
	return newSettings(env, route, "Edit environment variables", f)
}

// variableName is what a variable may be called.
var variableName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

func (f *environmentForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	c, err := configurationOf(ctx, cloud, function)
	if err != nil {
		return nil, err
	}
	return func() {
		f.before = nil
		if c.Environment != nil {
			f.before = c.Environment.Variables
		}
		f.rows.Set(f.before)
	}, nil
}

func (f *environmentForm) fields() []component.Control { return f.rows.Fields() }

// Bindings add a variable.
func (f *environmentForm) Bindings(p *page.Panel) []keys.Binding { return f.rows.Bindings(p, f.fields) }

func (f *environmentForm) fault() string { return f.rows.Fault() }

func (f *environmentForm) values() string { return f.rows.Values() }

func (f *environmentForm) saving(function string) func(context.Context, aws.Cloud) error {
	now := f.rows.Map()
	if maps.Equal(now, f.before) {
		return nil
	}
	return update(aws.UpdateFunctionConfigurationInput{FunctionName: function, Environment: &aws.Environment{Variables: now}})
}

func (f *environmentForm) view(p *page.Panel, width int) component.Block {
	parts := []component.Block{page.Styled(width, theme.Faint, "You can define environment variables as key-value pairs that are accessible from your function code. These are useful to store configuration settings without the need to change function code. 4 KB in all.")}
	if f.rows.Len() == 0 {
		parts = append(parts, page.Styled(width, theme.Plain, "No environment variables. Add environment variable makes the first."))
	}
	return component.Stack(width, append(parts, f.rows.View(p, width))...)
}
