package cloudwatch

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// retentionName is a retention in the console's words; 0 days is for ever.
func retentionName(days int) string {
	const month, year = 30.4, 365
	var n int
	var unit string
	switch {
	case days == 0:
		return "Never expire"
	case days < 7:
		return page.Counted(days, "day")
	case days < 30:
		n, unit = days/7, "week"
	case days < 2*year:
		n, unit = int(math.Round(float64(days)/month)), "month"
	default:
		n, unit = days/year, "year"
	}
	return fmt.Sprintf("%s (%d days)", page.Counted(n, unit), days)
}

// retentionPage is the "Edit retention setting" form.
type retentionPage struct {
	page.Panel
	group   string
	setting *component.Select
	was     string // the setting that the group has
	loaded  bool
	saving  bool
	missing bool
	fault   error
}

func newRetention(env page.Env, route nav.Route) page.Page {
	options := []component.Option{{Value: "0", Label: retentionName(0)}}
	for _, days := range aws.RetentionDays() {
		options = append(options, component.Option{Value: strconv.Itoa(days), Label: retentionName(days)})
	}
	p := &retentionPage{Panel: page.NewPanel(env), group: route.Name, setting: component.NewSelect("Expire events after", options...)}
	p.setting.Hint = "Events that are older are deleted, and cannot be brought back."
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *retentionPage) Title() string { return "Edit retention setting" }

// Init reads the setting, once.
func (p *retentionPage) Init() tea.Cmd {
	if p.loaded {
		return nil
	}
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (described, error) { return describeGroup(ctx, p.Env.Cloud.Logs, p.group) },
		func(d described, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded, p.missing, p.was = d.found, !d.found, strconv.Itoa(d.group.RetentionInDays)
			p.setting.SetValue(p.was)
			return nil
		})
}

// Unsaved says what would be lost.
func (p *retentionPage) Unsaved() string {
	if !p.loaded || p.setting.Value() == p.was {
		return ""
	}
	return "The retention setting has not been saved."
}

// save sets the retention.
func (p *retentionPage) save() tea.Cmd {
	value, name := p.setting.Value(), p.setting.Chosen().Label
	days, err := strconv.Atoi(value)
	if err != nil {
		p.fault = err
		return nil
	}
	p.saving, p.fault = true, nil
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (struct{}, error) {
			if days == 0 {
				_, err := p.Env.Cloud.Logs.DeleteRetentionPolicy(ctx, aws.DeleteRetentionPolicyInput{LogGroupName: p.group})
				return struct{}{}, err
			}
			_, err := p.Env.Cloud.Logs.PutRetentionPolicy(ctx, aws.PutRetentionPolicyInput{LogGroupName: p.group, RetentionInDays: days})
			return struct{}{}, err
		},
		func(_ struct{}, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if err != nil {
				return nil
			}
			p.was = value
			return tea.Batch(nav.Send(nav.Back{}), nav.Done("The log group "+p.group+" now keeps its events: "+name+"."))
		})
}

// Bindings lists what can be done.
func (p *retentionPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case p.saving:
		wait = "The setting is being saved."
	case p.missing:
		wait = "The log group does not exist."
	case !p.loaded:
		wait = "The setting is not there yet."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.save).Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *retentionPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *retentionPage) arrange() {
	p.Ring.Set(append([]component.Control{p.setting}, p.buttons()...)...)
}

// View draws the page.
func (p *retentionPage) View(width, height int) component.Block {
	p.arrange()
	inner := max(0, width-component.ContainerSides)
	body := []component.Block{component.Text(width, theme.Title.Render("Edit retention setting"))}
	if p.missing {
		body = append(body, missingGroup(width, p.group))
	}
	body = append(body, component.Container(width, "Log group: "+component.Clean(p.group), nil, p.Ring.View(p.setting, inner)))
	foot := p.Foot(width, nil, p.fault, "The retention setting was not changed", p.buttons())
	return component.Stack(width, p.Scroll.View(component.Stack(width, body...), max(1, height-foot.Height())), foot).Fit(width, height)
}
