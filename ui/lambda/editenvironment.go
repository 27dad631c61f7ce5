package lambda

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// environmentForm is "Edit environment variables".
type environmentForm struct {
	rows   []*variable
	before map[string]string
}

// variable is a row of the form.
type variable struct {
	key, value *component.TextField
	remove     *component.Button
}

func newEditEnvironment(env page.Env, route nav.Route) page.Page {
	return newSettings(env, route, "Edit environment variables", &environmentForm{})
}

func (f *environmentForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	c, err := configurationOf(ctx, cloud, function)
	if err != nil {
		return nil, err
	}
	return func() {
		f.rows, f.before = nil, nil
		if c.Environment != nil {
			f.before = c.Environment.Variables
		}
		for _, name := range slices.Sorted(maps.Keys(f.before)) {
			v := f.add()
			v.key.SetValue(name)
			v.value.SetValue(f.before[name])
		}
	}, nil
}

// variableName is what a variable may be called.
var variableName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

func (f *environmentForm) add() *variable {
	v := &variable{key: component.NewTextField("Key"), value: component.NewTextField("Value")}
	v.key.Check = func(text string) string {
		switch {
		case text == "":
			return "Enter a key, or remove the row"
		case !variableName.MatchString(text):
			return "Keys start with a letter, and have at least two letters, digits or underscores"
		}
		return ""
	}
	v.remove = component.NewButton("Remove", func() tea.Cmd {
		f.rows = slices.DeleteFunc(f.rows, func(o *variable) bool { return o == v })
		return nil
	})
	f.rows = append(f.rows, v)
	return v
}

func (f *environmentForm) fields() []component.Control {
	var out []component.Control
	for _, v := range f.rows {
		out = append(out, v.key, v.value, v.remove)
	}
	return out
}

func (f *environmentForm) bindings(p *page.Panel) []keys.Binding {
	return []keys.Binding{keys.Bind(keys.AddRow, func() tea.Cmd {
		v := f.add()
		p.Ring.Set(f.fields()...)
		return p.Ring.Focus(v.key)
	}).As("Add environment variable")}
}

func (f *environmentForm) variables() map[string]string {
	out := make(map[string]string, len(f.rows))
	for _, v := range f.rows {
		out[v.key.Value()] = v.value.Value()
	}
	return out
}

func (f *environmentForm) fault() string {
	seen := make(map[string]bool)
	for _, v := range f.rows {
		if name := v.key.Value(); seen[name] {
			return "Key: " + name + " is there twice"
		}
		seen[v.key.Value()] = true
	}
	return ""
}

func (f *environmentForm) values() string {
	var b strings.Builder
	for _, v := range f.rows {
		fmt.Fprintf(&b, "%q=%q\n", v.key.Value(), v.value.Value())
	}
	return b.String()
}

func (f *environmentForm) saving(function string) func(context.Context, aws.Cloud) error {
	now := f.variables()
	if maps.Equal(now, f.before) {
		return nil
	}
	return update(aws.UpdateFunctionConfigurationInput{FunctionName: function, Environment: &aws.Environment{Variables: now}})
}

func (f *environmentForm) view(p *page.Panel, width int) component.Block {
	parts := []component.Block{page.Styled(width, theme.Faint, "You can define environment variables as key-value pairs that are accessible from your function code. These are useful to store configuration settings without the need to change function code. 4 KB in all.")}
	if len(f.rows) == 0 {
		parts = append(parts, page.Styled(width, theme.Plain, "No environment variables. Add environment variable makes the first."))
	}
	for _, v := range f.rows {
		remove := component.Stack(v.remove.Natural(), component.Blank(1, 1), p.Ring.View(v.remove, v.remove.Natural()))
		each := max(16, (width-remove.Width-2)/2)
		parts = append(parts, component.Row(width, 1, p.Ring.View(v.key, each), p.Ring.View(v.value, each), remove))
	}
	return component.Stack(width, parts...)
}
