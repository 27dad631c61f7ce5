package lambda

import (
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

func (p *createPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *createPage) arrange() {
	fields := []component.Control{p.origin, p.name, p.runtime, p.architecture, p.permissions}
	if p.permissions.Open() {
		fields = append(fields, p.execution)
		if p.execution.Value() == existingRole {
			fields = append(fields, p.existing)
		}
	}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *createPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *createPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create function")),
		p.Ring.View(p.origin, width),
		component.Container(width, "Basic information", nil, component.Stack(inner,
			p.Ring.View(p.name, inner), p.Ring.View(p.runtime, inner), p.Ring.View(p.architecture, inner))),
		component.Container(width, "Permissions", nil, p.viewPermissions(inner)))
	foot := p.Foot(width, p.faults, p.fault, "The function was not created", p.buttons())
	if p.saving {
		foot = component.Stack(width, component.Text(width, component.Status(component.StatusInProgress, "Creating the function"+p.waitsFor())), foot)
	}
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}

// waitsFor says why creating takes a while.
func (p *createPage) waitsFor() string {
	if p.execution.Value() == newRole && p.made.Arn != "" {
		return ": waiting until Lambda may assume the new role " + component.Clean(p.made.RoleName)
	}
	return ""
}

func (p *createPage) viewPermissions(width int) component.Block {
	parts := []component.Block{
		page.Styled(width, theme.Faint, "By default, Lambda will create an execution role with permissions to upload logs to Amazon CloudWatch Logs. You can customize this default role later when adding triggers."),
		p.Ring.View(p.permissions, width),
	}
	if p.permissions.Open() {
		parts = append(parts, p.Ring.View(p.execution, width))
		if p.execution.Value() == existingRole {
			parts = append(parts, p.Ring.View(p.existing, width))
		}
		if p.execution.Value() == newRole {
			parts = append(parts, page.Styled(width, theme.Faint, "  The new role is named after the function, and lets it write its log."))
		}
	}
	return component.Stack(width, parts...)
}
