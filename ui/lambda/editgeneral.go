package lambda

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// generalForm is "Edit basic settings".
type generalForm struct {
	description   *component.TextField
	memory        *component.TextField
	storage       *component.TextField
	snapStart     *component.Select
	minutes, secs *component.TextField
	role          *component.Select
	before        aws.FunctionConfiguration
}

func newEditGeneral(env page.Env, route nav.Route) page.Page {
	f := &generalForm{
		description: component.NewTextField("Description"),
		memory:      numberField("Memory (MB)", 128, 10240), storage: numberField("Ephemeral storage (MB)", 512, 10240),
		snapStart: component.NewSelect("SnapStart", component.Option{Value: "None"}),
		minutes:   numberField("Timeout (min)", 0, 15), secs: numberField("Timeout (sec)", 0, 59),
		role: component.NewSelect("Existing role"),
	}
	f.description.Check = func(text string) string {
		if len([]rune(text)) > 256 {
			return "A description has at most 256 characters"
		}
		return ""
	}
	f.description.Hint = "Optional, up to 256 characters."
	f.memory.Hint = "Your function is allocated CPU proportional to the memory configured: 128 MB to 10240 MB."
	f.storage.Hint = "The size of the function's /tmp directory: 512 MB to 10240 MB."
	f.snapStart.Disabled = "Starting functions from snapshots cannot be set here."
	f.role.Hint = "The execution role: what the function may do. Lambda must be allowed to assume it."
	return newSettings(env, route, "Edit basic settings", f)
}

func (f *generalForm) read(ctx context.Context, cloud aws.Cloud, function string) (func(), error) {
	c, err := configurationOf(ctx, cloud, function)
	if err != nil {
		return nil, err
	}
	roles, unread := listLambdaRoles(ctx, cloud.IAM)
	return func() {
		f.before = c
		f.description.SetValue(c.Description)
		setNumber(f.memory, c.MemorySize)
		setNumber(f.storage, max(512, c.EphemeralStorage.Size))
		setNumber(f.minutes, c.Timeout/60)
		setNumber(f.secs, c.Timeout%60)
		f.showRoles(c.Role, roles, unread)
	}, nil
}

// showRoles offers the roles, and the function's own even when it is not among
// them.
func (f *generalForm) showRoles(own string, roles []aws.Role, unread error) {
	f.role.Options, f.role.Error = nil, ""
	if unread != nil {
		f.role.Error = "The roles could not be read: " + page.Explain(unread)[0]
	}
	there := false
	for _, r := range roles {
		there = there || r.Arn == own
		f.role.Options = append(f.role.Options, component.Option{Value: r.Arn, Label: r.RoleName, Detail: r.Description})
	}
	if !there {
		f.role.Options = append(f.role.Options, component.Option{Value: own, Label: roleName(own)})
	}
	f.role.SetValue(own)
}

func (f *generalForm) fields() []component.Control {
	return []component.Control{f.description, f.memory, f.storage, f.snapStart, f.minutes, f.secs, f.role}
}

func (f *generalForm) timeout() int { return number(f.minutes)*60 + number(f.secs) }

func (f *generalForm) fault() string {
	if t := f.timeout(); t < 1 || t > 900 {
		return "Timeout: from 1 second to 15 minutes"
	}
	return ""
}

func (f *generalForm) values() string {
	return fmt.Sprintf("%q %s %s %s:%s %s", f.description.Value(), f.memory.Value(), f.storage.Value(), f.minutes.Value(), f.secs.Value(), f.role.Value())
}

// saving writes what differs from before.
func (f *generalForm) saving(function string) func(context.Context, aws.Cloud) error {
	in := aws.UpdateFunctionConfigurationInput{FunctionName: function}
	b, changed := f.before, false
	if v := f.description.Value(); v != b.Description {
		in.Description, changed = aws.Some(v), true
	}
	if v := number(f.memory); v != b.MemorySize {
		in.MemorySize, changed = v, true
	}
	if v := number(f.storage); v != max(512, b.EphemeralStorage.Size) {
		in.EphemeralStorage, changed = &aws.EphemeralStorage{Size: v}, true
	}
	if v := f.timeout(); v != b.Timeout {
		in.Timeout, changed = v, true
	}
	if v := f.role.Value(); v != b.Role {
		in.Role, changed = v, true
	}
	if !changed {
		return nil
	}
	return update(in)
}

func (f *generalForm) view(p *page.Panel, width int) component.Block {
	half := min(30, width/2)
	return component.Stack(width,
		page.Stacked(p, width, f.description, f.memory, f.storage, f.snapStart),
		component.Row(width, 0, p.Ring.View(f.minutes, half), p.Ring.View(f.secs, half)),
		page.Stacked(p, width, f.role),
	)
}
