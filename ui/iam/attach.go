package iam

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// attachPage attaches managed policies to a role.
type attachPage struct {
	page.Panel
	role     string
	policies *policyTable
	saving   bool
	fault    error
}

func newAttach(env page.Env, route nav.Route) page.Page {
	p := &attachPage{Panel: page.NewPanel(env), role: route.Name}
	p.policies = newPolicyTable(&p.Panel)
	p.policies.table.Markable = true
	p.arrange()
	p.Ring.Focus(p.policies.table)
	return p
}

// Title is the page's crumb.
func (p *attachPage) Title() string { return "Attach policies" }

// Init loads the policies.
func (p *attachPage) Init() tea.Cmd { return p.policies.load(p.Env) }

// marked lists the ARNs of the policies that are marked.
func (t *policyTable) marked() []string {
	var out []string
	for _, row := range t.table.Marked() {
		out = append(out, t.list.At(row).Key)
	}
	return out
}

func (p *attachPage) attach() tea.Cmd {
	arns := p.policies.marked()
	p.saving, p.fault = true, nil
	return page.Latest(p.Env.Calls, "attach",
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, attachAll(ctx, p.Env.Cloud.IAM, p.role, arns)
		},
		func(_ struct{}, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if err != nil {
				return nil
			}
			return tea.Batch(nav.Done("Attached "+policies(len(arns))+" to the role "+p.role+"."), nav.Send(nav.Back{}))
		})
}

func attachAll(ctx context.Context, service aws.IAM, role string, arns []string) error {
	for _, arn := range arns {
		if _, err := service.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: role, PolicyArn: arn}); err != nil {
			return err
		}
	}
	return nil
}

// Bindings lists what can be done.
func (p *attachPage) Bindings() []keys.Binding {
	wait := ""
	switch {
	case p.saving:
		wait = "The policies are being attached."
	case len(p.policies.table.Marked()) == 0:
		wait = "Select policies first, with space."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.attach).As("Add permissions").Unless(wait).Main(),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.policies.filter) }),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *attachPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.policies.filter, p.policies.list, p.policies.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *attachPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *attachPage) arrange() {
	p.Ring.Set(append([]component.Control{p.policies.table, p.policies.filter}, p.buttons()...)...)
}

// View draws the page.
func (p *attachPage) View(width, height int) component.Block {
	p.arrange()
	t := p.policies
	foot := p.Foot(width, nil, p.fault, "The policies were not attached", p.buttons())
	head := component.Stack(width, p.Heading(width, "Attach policies to "+component.Clean(p.role), nil), p.Ring.View(t.filter, width))
	body := tableView(&p.Panel, width, max(4, height-foot.Height()), head, t.table, t.loaded, t.fault, "The policies could not be read", "There are no policies to show.")
	return component.Stack(width, body, foot).Fit(width, height)
}

// policies is a number of policies.
func policies(n int) string {
	if n == 1 {
		return "1 policy"
	}
	return fmt.Sprintf("%d policies", n)
}
