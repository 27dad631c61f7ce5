package iam

import (
	"context"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// policyTable is a table of managed policies, with a filter.
type policyTable struct {
	list   *component.List
	table  *component.Table
	filter *component.TextField
	loaded bool
	fault  error
}

func newPolicyTable(p *page.Panel) *policyTable {
	t := &policyTable{list: component.NewList(), filter: component.NewTextField("Find policies")}
	t.table = component.NewTable(t.list, func() []component.Column {
		return []component.Column{{Title: "Policy name"}, {Title: "Type"}, {Title: "Used as permissions policy", Right: true}, {Title: "Description"}}
	})
	t.table.Sortable = true
	page.FilterList(p, "policies", t.filter, t.list, t.table)
	return t
}

// load reads the policies.
func (t *policyTable) load(env page.Env) tea.Cmd {
	return page.Latest(env.Calls, "policies",
		func(ctx context.Context) ([]aws.Policy, error) { return listPolicies(ctx, env.Cloud.IAM) },
		func(policies []aws.Policy, err error) tea.Cmd {
			if t.fault = err; err != nil {
				return nil
			}
			t.loaded = true
			rows := make([]component.ListRow, len(policies))
			for i, p := range policies {
				rows[i] = component.ListRow{Key: p.Arn, Cells: []component.Cell{
					{Text: component.Clean(p.PolicyName), Style: theme.Link}, {Text: policyKind(p.Arn)},
					{Text: strconv.Itoa(p.AttachmentCount)}, {Text: component.Clean(p.Description)},
				}}
			}
			t.list.Set(rows)
			return nil
		})
}

// policyKind is the kind of a policy as the console calls it.
func policyKind(arn string) string {
	const ofAWS = "arn:aws:iam::aws:"
	switch {
	case arn == "":
		return "Customer inline"
	case len(arn) > len(ofAWS) && arn[:len(ofAWS)] == ofAWS:
		return "AWS managed"
	}
	return "Customer managed"
}

// policiesPage lists the managed policies.
type policiesPage struct {
	page.Panel
	policies *policyTable
}

func newPolicies(env page.Env, _ nav.Route) page.Page {
	p := &policiesPage{Panel: page.NewPanel(env)}
	p.policies = newPolicyTable(&p.Panel)
	p.policies.table.Open = func(row int) tea.Cmd { return nav.Go(policyID, p.policies.list.At(row).Key, "") }
	p.arrange()
	p.Ring.Focus(p.policies.table)
	return p
}

// Title is the page's crumb.
func (p *policiesPage) Title() string { return "Policies" }

// Init loads the policies.
func (p *policiesPage) Init() tea.Cmd { return p.policies.load(p.Env) }

// Bindings lists what can be done.
func (p *policiesPage) Bindings() []keys.Binding {
	arn, none := p.policies.list.At(p.policies.table.Current()).Key, ""
	if arn == "" {
		none = "There is no policy here."
	}
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(policyID, arn, "") }).Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.policies.filter) }),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: arn, What: "the policy's ARN"}) }).As("Copy ARN").Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *policiesPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.policies.filter, p.policies.list, p.policies.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *policiesPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh)
	p.Ring.Set(append([]component.Control{p.policies.table, p.policies.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *policiesPage) View(width, height int) component.Block {
	t := p.policies
	head := component.Stack(width, p.Heading(width, page.CountedTitle("Policies", t.list, t.loaded), p.arrange()),
		page.Styled(width, theme.Faint, "A policy allows or denies actions on resources. Managed policies can be attached to many roles."),
		p.Ring.View(t.filter, width))
	return tableView(&p.Panel, width, height, head, t.table, t.loaded, t.fault, "The policies could not be read", "There are no policies to show.")
}

// policyPage shows one managed policy.
type policyPage struct {
	page.Panel
	arn    string
	editor *component.Editor
	policy aws.Policy
	loaded bool
	fault  error
}

func newPolicyPage(env page.Env, route nav.Route) page.Page {
	p := &policyPage{Panel: page.NewPanel(env), arn: route.Name, editor: documentView()}
	p.arrange()
	p.Ring.Focus(p.editor)
	return p
}

// documentView is an editor that only shows a policy's document.
func documentView() *component.Editor {
	e := component.NewEditor()
	e.Label, e.Language, e.ReadOnly = "Policy document", "json", true
	return e
}

// Title is the page's crumb.
func (p *policyPage) Title() string { return lastPart(p.arn) }

// described is a policy with its document.
type described struct {
	policy   aws.Policy
	document string
}

// Init reads the policy.
func (p *policyPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (described, error) {
			out, err := p.Env.Cloud.IAM.GetPolicy(ctx, aws.GetPolicyInput{PolicyArn: p.arn})
			if err != nil {
				return described{}, err
			}
			document, err := documentOf(ctx, p.Env.Cloud.IAM, p.arn)
			return described{out.Policy, document}, err
		},
		func(d described, err error) tea.Cmd {
			if p.fault = err; err == nil {
				p.policy, p.loaded = d.policy, true
				p.editor.SetValue(d.document)
			}
			return nil
		})
}

// Bindings lists what can be done.
func (p *policyPage) Bindings() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.editor.Value(), What: "the policy's document"})
		}),
		keys.Bind(keys.Refresh, p.Init),
	}
}

func (p *policyPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Copy)
	p.Ring.Set(append([]component.Control{p.editor}, buttons...)...)
	return buttons
}

// Key offers a key to the focused control.
func (p *policyPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *policyPage) View(width, height int) component.Block {
	head := p.Heading(width, component.Clean(p.Title()), p.arrange())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The policy could not be read", p.fault))
	}
	pairs := component.KeyValues(width, max(1, min(3, width/30)),
		component.Pair{Label: "Type", Value: policyKind(p.arn)},
		component.Pair{Label: "Attached entities", Value: strconv.Itoa(p.policy.AttachmentCount)},
		component.Pair{Label: "Default version", Value: p.policy.DefaultVersionID},
		component.Pair{Label: "ARN", Value: component.Clean(p.arn)})
	head = component.Stack(width, head, page.Styled(width, theme.Plain, component.Clean(p.policy.Description)), pairs)
	p.editor.Height = max(4, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.editor, width)).Fit(width, height)
}
