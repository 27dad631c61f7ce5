package s3

import (
	"context"
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

// notificationPage is the "Create event notification" form.
type notificationPage struct {
	page.Panel
	bucket               string
	name, prefix, suffix *component.TextField
	boxes                map[aws.EventType]*component.Checkbox
	function             *component.Select

	functions bool // they have been read
	saving    bool
	faults    []string
	fault     error
}

func newNotificationPage(env page.Env, route nav.Route) page.Page {
	p := &notificationPage{
		Panel: page.NewPanel(env), bucket: route.Name,
		name:     component.NewTextField("Event name"),
		prefix:   component.NewTextField("Prefix - optional"),
		suffix:   component.NewTextField("Suffix - optional"),
		boxes:    make(map[aws.EventType]*component.Checkbox),
		function: component.NewSelect("Lambda function"),
	}
	p.name.Hint, p.name.Check = "Up to 255 characters", func(name string) string {
		switch {
		case name == "":
			return "Enter a name"
		case len(name) > 255:
			return "Event names have at most 255 characters"
		}
		return ""
	}
	p.prefix.Hint = "Only objects whose keys start with these characters, for example images/"
	p.suffix.Hint = "Only objects whose keys end with these characters, for example .jpg"
	for _, g := range eventGroups {
		for _, k := range append([]eventKind{g.all}, g.each...) {
			box := component.NewCheckbox(k.label)
			box.Detail = string(k.event)
			p.boxes[k.event] = box
		}
	}
	p.arrange()
	p.Ring.Focus(p.name)
	return p
}

// Title is the page's crumb.
func (p *notificationPage) Title() string { return "Create event notification" }

// Init loads the functions to choose from.
func (p *notificationPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "functions",
		func(ctx context.Context) ([]aws.FunctionConfiguration, error) {
			return page.Functions(ctx, p.Env.Cloud.Lambda)
		},
		func(list []aws.FunctionConfiguration, err error) tea.Cmd {
			if err != nil {
				p.function.Error = reason(err)
				return nil
			}
			p.functions = true
			options := []component.Option{{Label: "Choose a function"}}
			for _, f := range list {
				options = append(options, component.Option{Value: f.FunctionArn, Label: f.FunctionName, Detail: f.Description})
			}
			chosen := p.function.Value()
			p.function.Options = options
			p.function.SetValue("")
			p.function.SetValue(chosen)
			return nil
		})
}

// Unsaved says what would be lost.
func (p *notificationPage) Unsaved() string {
	if p.name.Value() == "" && len(p.events()) == 0 {
		return ""
	}
	return "The event notification has not been created; what you entered for it would be lost."
}

// events are the types chosen: a whole group stands for its parts.
func (p *notificationPage) events() []aws.EventType {
	var out []aws.EventType
	for _, g := range eventGroups {
		if p.boxes[g.all.event].On() {
			out = append(out, g.all.event)
			continue
		}
		for _, k := range g.each {
			if p.boxes[k.event].On() {
				out = append(out, k.event)
			}
		}
	}
	return out
}

// wanted is the notification that the form describes.
func (p *notificationPage) wanted() aws.LambdaFunctionConfiguration {
	c := aws.LambdaFunctionConfiguration{ID: p.name.Value(), LambdaFunctionArn: p.function.Value(), Events: p.events()}
	var rules []aws.FilterRule
	for _, r := range []aws.FilterRule{{Name: "prefix", Value: p.prefix.Value()}, {Name: "suffix", Value: p.suffix.Value()}} {
		if r.Value != "" {
			rules = append(rules, r)
		}
	}
	if len(rules) > 0 {
		c.Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}
	}
	return c
}

// create checks the form, lets S3 invoke the function, and adds the notification.
func (p *notificationPage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	c := p.wanted()
	switch {
	case len(c.Events) == 0:
		p.faults = []string{"Event types: choose at least one"}
		return p.Ring.Focus(p.boxes[eventGroups[0].all.event])
	case c.LambdaFunctionArn == "":
		p.function.Error = "Choose a function"
		p.faults = []string{"Lambda function: choose one"}
		return p.Ring.Focus(p.function)
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, addNotification(ctx, p.Env.Cloud, p.bucket, c)
		},
		func(_ struct{}, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.name.SetValue("") // nothing is unsaved any more
			for _, box := range p.boxes {
				box.Set(false)
			}
			return tea.Batch(nav.Send(nav.Replace{Route: nav.Route{Page: bucketID, Name: p.bucket, Detail: propertiesDetail}}),
				nav.Done("Successfully created event notification "+component.Clean(c.ID)+"."))
		})
}

// Bindings lists what can be done.
func (p *notificationPage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The event notification is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Save changes").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

// group is the boxes of a group that are shown: its parts only while they are
// not all chosen together.
func (p *notificationPage) group(g eventGroup) []component.Control {
	out := []component.Control{p.boxes[g.all.event]}
	if p.boxes[g.all.event].On() {
		return out
	}
	for _, k := range g.each {
		out = append(out, p.boxes[k.event])
	}
	return out
}

func (p *notificationPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *notificationPage) arrange() {
	all := []component.Control{p.name, p.prefix, p.suffix}
	for _, g := range eventGroups {
		all = append(all, p.group(g)...)
	}
	p.Ring.Set(slices.Concat(all, []component.Control{p.function}, p.buttons())...)
}

// Key offers a key to the focused control.
func (p *notificationPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *notificationPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	types := []component.Block{page.Styled(inner, theme.Faint, "Specify at least one event for which you want to receive notifications.")}
	for _, g := range eventGroups {
		types = append(types, component.Text(inner, theme.Heading.Render(g.title)))
		for _, box := range p.group(g) {
			types = append(types, p.Ring.View(box, inner))
		}
	}
	target := []component.Block{
		page.Styled(inner, theme.Faint, "Choose a destination to publish the event to. S3 gets the permission to invoke the function, if it has not yet."),
		p.Ring.View(p.function, inner),
	}
	if p.functions && len(p.function.Options) == 1 {
		target = append(target, page.Styled(inner, theme.Warning, "⚠ There is no function yet: create one in Lambda first."))
	}
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create event notification")),
		component.Container(width, "General configuration", nil, component.Stack(inner,
			p.Ring.View(p.name, inner), p.Ring.View(p.prefix, inner), p.Ring.View(p.suffix, inner))),
		component.Container(width, "Event types", nil, component.Stack(inner, types...)),
		component.Container(width, "Destination", nil, component.Stack(inner, target...)))
	foot := p.Foot(width, p.faults, p.fault, "The event notification was not created", p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}

// addNotification lets S3 invoke the function for the bucket's events, unless it
// may already, and adds the notification to those that the bucket has.
func addNotification(ctx context.Context, cloud aws.Cloud, bucket string, add aws.LambdaFunctionConfiguration) error {
	if err := permit(ctx, cloud, bucket, add.LambdaFunctionArn); err != nil {
		return err
	}
	out, err := cloud.S3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		return err
	}
	c := out.NotificationConfiguration
	c.LambdaFunctionConfigurations = append(slices.Clip(c.LambdaFunctionConfigurations), add)
	_, err = cloud.S3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{Bucket: bucket, NotificationConfiguration: c})
	return err
}

// statementID names the permission for a bucket's events: each bucket has one.
func statementID(bucket string) string {
	return "s3-" + strings.ReplaceAll(bucket, ".", "_")
}
