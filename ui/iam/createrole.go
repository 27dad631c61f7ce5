package iam

import (
	"context"
	"errors"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// createRolePage is the "Create role" form.
type createRolePage struct {
	page.Panel
	entity      *component.Radio
	useCase     *component.Select
	policies    *policyTable
	name        *component.TextField
	description *component.TextField
	saving      bool
	faults      []string
	fault       error
}

// lambdaTrust lets Lambda take on a role.
const lambdaTrust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

func newCreateRole(env page.Env, _ nav.Route) page.Page {
	const only = "This console makes roles for functions."
	p := &createRolePage{
		Panel: page.NewPanel(env),
		entity: component.NewRadio("Trusted entity type",
			component.Option{Value: "service", Label: "AWS service", Detail: "Allow AWS services like Lambda to perform actions in this account"},
			component.Option{Value: "account", Label: "AWS account", Disabled: only},
			component.Option{Value: "web", Label: "Web identity", Disabled: only}),
		useCase:     component.NewSelect("Use case", component.Option{Value: "lambda", Label: "Lambda", Detail: "Allows Lambda functions to call AWS services on your behalf"}),
		name:        component.NewTextField("Role name"),
		description: component.NewTextField("Description"),
	}
	p.policies = newPolicyTable(&p.Panel)
	p.policies.table.Markable, p.policies.table.Height = true, 9
	p.name.Hint, p.name.Check = "Up to 64 characters: letters, digits and + = , . @ - _", roleNameFault
	p.description.SetValue("Allows Lambda functions to call AWS services on your behalf.")
	p.arrange()
	return p
}

// roleNameFault says what is wrong with a role's name.
func roleNameFault(name string) string {
	if fault := policyNameFault(name); fault != "" {
		return strings.ReplaceAll(fault, "policy's", "role's")
	}
	if len(name) > 64 {
		return "A role's name has at most 64 characters"
	}
	return ""
}

// Title is the page's crumb.
func (p *createRolePage) Title() string { return "Create role" }

// Init loads the policies to choose from.
func (p *createRolePage) Init() tea.Cmd { return p.policies.load(p.Env) }

// Unsaved says what would be lost.
func (p *createRolePage) Unsaved() string {
	if p.name.Value() == "" && len(p.policies.table.Marked()) == 0 {
		return ""
	}
	return "The role has not been created; what you entered for it would be lost."
}

// create checks the form, makes the role and attaches its policies.
func (p *createRolePage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	arns, role := p.policies.marked(), p.name.Value()
	in := aws.CreateRoleInput{RoleName: role, AssumeRolePolicyDocument: lambdaTrust, Description: p.description.Value()}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (bool, error) {
			if _, err := p.Env.Cloud.IAM.CreateRole(ctx, in); err != nil {
				return false, err
			}
			return true, attachAll(ctx, p.Env.Cloud.IAM, role, arns)
		},
		func(made bool, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if errors.Is(err, aws.ErrInUse) && !made {
				p.name.Error = "A role named " + role + " exists already"
				return p.Ring.Focus(p.name)
			}
			if err != nil && !made {
				return nil
			}
			p.name.SetValue("") // nothing is unsaved any more
			p.policies.table.ClearMarks()
			open := nav.Send(nav.Replace{Route: nav.Route{Page: roleID, Name: role}})
			if err != nil {
				return tea.Batch(open, nav.Failed("The role "+role+" was created, but not all policies were attached", err))
			}
			return tea.Batch(open, nav.Done("Role "+role+" created."))
		})
}

// Bindings lists what can be done.
func (p *createRolePage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The role is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create role").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *createRolePage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *createRolePage) arrange() {
	fields := []component.Control{p.entity, p.useCase, p.policies.filter, p.policies.table, p.name, p.description}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *createRolePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.policies.filter, p.policies.list, p.policies.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *createRolePage) View(width, height int) component.Block {
	p.arrange()
	inner, t := width-4, p.policies
	permissions := []component.Block{
		page.Styled(inner, theme.Faint, "What functions with this role may do, beside what other policies allow them. Select with space."),
		p.Ring.View(t.filter, inner), p.Ring.View(t.table, inner),
	}
	if t.fault != nil {
		permissions = append(permissions, page.Fault(inner, "The policies could not be read", t.fault))
	}
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create role")),
		component.Container(width, "Select trusted entity", nil, component.Stack(inner, p.Ring.View(p.entity, inner), p.Ring.View(p.useCase, inner))),
		component.Container(width, "Add permissions", nil, component.Stack(inner, permissions...)),
		component.Container(width, "Name, review, and create", nil, component.Stack(inner, p.Ring.View(p.name, inner), p.Ring.View(p.description, inner))))
	foot := p.Foot(width, p.faults, p.fault, "The role was not created", p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
