package iam

import (
	"context"
	"fmt"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// rolePage is one role, in tabs.
type rolePage struct {
	page.Panel
	name     string
	tabs     *component.Tabs
	list     *component.List
	table    *component.Table
	document *component.Editor // of the current policy
	trust    *component.Editor
	tags     *page.TagTable

	role     aws.Role
	policies []granted
	loaded   bool
	fault    error
}

// The page's tabs.
const (
	tabPermissions = iota
	tabTrust
	tabTags
)

// facts is what the page reads.
type facts struct {
	role     aws.Role
	policies []granted
}

func newRolePage(env page.Env, route nav.Route) page.Page {
	p := &rolePage{
		Panel: page.NewPanel(env), name: route.Name, tabs: component.NewTabs("Permissions", "Trust relationships", "Tags"),
		list: component.NewList(), document: documentView(), trust: documentView(), tags: page.NewTagTable(),
	}
	p.trust.Label = "Trusted entities"
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{{Title: "Policy name"}, {Title: "Type"}}
	})
	p.table.Open = func(int) tea.Cmd { return p.open() }
	p.table.Moved = func(int) tea.Cmd { p.showDocument(); return nil }
	p.arrange()
	p.Ring.Focus(p.tabs)
	return p
}

// Title is the page's crumb.
func (p *rolePage) Title() string { return p.name }

// Init reads the role and its policies.
func (p *rolePage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (facts, error) {
			out, err := p.Env.Cloud.IAM.GetRole(ctx, aws.GetRoleInput{RoleName: p.name})
			if err != nil {
				return facts{}, err
			}
			policies, err := listGranted(ctx, p.Env.Cloud.IAM, p.name)
			return facts{out.Role, policies}, err
		},
		func(f facts, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.role, p.policies, p.loaded = f.role, f.policies, true
			p.trust.SetValue(indented(f.role.AssumeRolePolicyDocument))
			p.tags.Set(page.MapOfTags(f.role.Tags))
			rows := make([]component.ListRow, len(f.policies))
			for i, g := range f.policies {
				rows[i] = component.ListRow{Key: g.arn + " " + g.name, Cells: []component.Cell{
					{Text: component.Clean(g.name), Style: theme.Link}, {Text: policyKind(g.arn)},
				}}
			}
			p.list.Set(rows)
			p.showDocument()
			return nil
		})
}

// current is the policy whose row is marked.
func (p *rolePage) current() (granted, bool) {
	key := p.list.At(p.table.Current()).Key
	for _, g := range p.policies {
		if g.arn+" "+g.name == key {
			return g, true
		}
	}
	return granted{}, false
}

// showDocument shows the current policy's document.
func (p *rolePage) showDocument() {
	g, _ := p.current()
	if p.document.Value() != g.document {
		p.document.SetValue(g.document)
	}
}

// open opens the current policy: a managed one on its page, an inline one to edit.
func (p *rolePage) open() tea.Cmd {
	g, ok := p.current()
	switch {
	case !ok:
		return nil
	case g.arn != "":
		return nav.Go(policyID, g.arn, "")
	}
	return nav.Go(inlineID, p.name, g.name)
}

// remove asks, and takes the current policy from the role.
func (p *rolePage) remove() tea.Cmd {
	g, ok := p.current()
	if !ok {
		return nil
	}
	title, what := "Detach "+g.name+"?", "The role "+p.name+" loses what the policy "+g.name+" allows. The policy itself stays."
	if g.arn == "" {
		title, what = "Delete "+g.name+"?", "The inline policy "+g.name+" of the role "+p.name+" is deleted, and cannot be brought back."
	}
	return nav.Send(nav.Confirm{Title: title, Text: []string{what, "It counts at once for functions that run as this role."}, Action: "Remove", Do: func() tea.Cmd {
		return page.Do(p.Env.Calls,
			func(ctx context.Context) (struct{}, error) {
				var err error
				if g.arn != "" {
					_, err = p.Env.Cloud.IAM.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: p.name, PolicyArn: g.arn})
				} else {
					_, err = p.Env.Cloud.IAM.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: p.name, PolicyName: g.name})
				}
				return struct{}{}, err
			},
			func(_ struct{}, err error) tea.Cmd {
				if err != nil {
					return nav.Failed("The policy "+g.name+" was not removed", err)
				}
				return tea.Batch(nav.Done("The policy "+g.name+" was removed from the role "+p.name+"."), p.Init())
			})
	}})
}

// Bindings lists what can be done.
func (p *rolePage) Bindings() []keys.Binding {
	wait := ""
	if !p.loaded {
		wait = "The role is not there yet."
	}
	all := []keys.Binding{keys.Bind(keys.Refresh, p.Init)}
	if p.tabs.Active() == tabPermissions {
		none := wait
		if _, ok := p.current(); !ok {
			none = "The role has no policy."
		}
		all = append(all,
			keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(attachID, p.name, "") }).As("Attach policies").Unless(wait).Main(),
			keys.Bind(keys.AddRow, func() tea.Cmd { return nav.Go(inlineID, p.name, "") }).As("Create inline policy").Unless(wait),
			keys.Bind(keys.Edit, p.open).Unless(none),
			keys.Bind(keys.Delete, p.remove).As("Remove").Unless(none))
	}
	if p.tabs.Active() == tabTags {
		all = append(all, keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(manageTagsID, p.name, "") }).As("Manage tags").Unless(wait).Main())
	}
	return append(all,
		keys.Bind(keys.NextTab, func() tea.Cmd { return p.move(1) }),
		keys.Bind(keys.LastTab, func() tea.Cmd { return p.move(-1) }),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: p.role.Arn, What: "the role's ARN"}) }).As("Copy ARN").Unless(wait))
}

// move goes to another tab.
func (p *rolePage) move(by int) tea.Cmd {
	n := len(p.tabs.Titles)
	p.tabs.SetActive((p.tabs.Active() + by + n) % n)
	return p.Ring.Focus(p.tabs)
}

// Key offers a key to the focused control.
func (p *rolePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

func (p *rolePage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Edit, keys.AddRow, keys.Create)
}

func (p *rolePage) arrange() {
	all := []component.Control{p.tabs}
	switch p.tabs.Active() {
	case tabPermissions:
		all = append(all, p.table, p.document)
	case tabTrust:
		all = append(all, p.trust)
	case tabTags:
		all = append(all, p.tags.Table)
	}
	p.Ring.Set(append(all, p.buttons()...)...)
}

// View draws the page.
func (p *rolePage) View(width, height int) component.Block {
	p.arrange()
	head := p.Heading(width, component.Clean(p.name), p.buttons())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The role could not be read", p.fault))
	}
	if !p.loaded {
		return component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading"))).Fit(width, height)
	}
	head = component.Stack(width, head, component.KeyValues(width, max(1, min(4, width/28)),
		component.Pair{Label: "ARN", Value: component.Clean(p.role.Arn)},
		component.Pair{Label: "Creation date", Value: p.role.CreateDate.Local().Format(time.DateTime)},
		component.Pair{Label: "Maximum session duration", Value: hours(p.role.MaxSessionDuration)},
		component.Pair{Label: "Trusted entities", Value: component.Clean(trusted(p.role.AssumeRolePolicyDocument))},
	), p.Ring.View(p.tabs, width))
	room := max(4, height-head.Height())
	switch p.tabs.Active() {
	case tabTrust:
		p.trust.Height = room
		return component.Stack(width, head, p.Ring.View(p.trust, width)).Fit(width, height)
	case tabTags:
		about := page.Styled(width, theme.Faint, page.AboutTags)
		p.tags.Fit(room - about.Height() - 1)
		return component.Stack(width, head, component.Text(width, theme.Heading.Render(p.tags.Title())), about, p.Ring.View(p.tags.Table, width)).Fit(width, height)
	}
	p.table.Empty = []string{"The role has no policy: whoever takes it on may do nothing."}
	p.table.Height = min(max(2, room/3), len(p.policies)+2)
	p.document.Height = max(3, room-p.table.Height)
	return component.Stack(width, head, p.Ring.View(p.table, width), p.Ring.View(p.document, width)).Fit(width, height)
}

// hours is a number of seconds as the console tells it.
func hours(seconds int) string {
	if seconds%3600 != 0 {
		return (time.Duration(seconds) * time.Second).String()
	}
	if seconds == 3600 {
		return "1 hour"
	}
	return fmt.Sprintf("%d hours", seconds/3600)
}
