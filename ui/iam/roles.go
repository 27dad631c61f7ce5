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

// rolesPage lists the roles.
type rolesPage struct {
	page.Panel
	list   *component.List
	table  *component.Table
	filter *component.TextField
	loaded bool
	fault  error
}

func newRoles(env page.Env, _ nav.Route) page.Page {
	p := &rolesPage{Panel: page.NewPanel(env), list: component.NewList(), filter: component.NewTextField("Find roles")}
	p.table = component.NewTable(p.list, func() []component.Column {
		return []component.Column{{Title: "Role name"}, {Title: "Trusted entities"}, {Title: "Created"}, {Title: "Description"}}
	})
	p.table.Sortable = true
	p.table.Open = func(row int) tea.Cmd { return nav.Go(roleID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "roles", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *rolesPage) Title() string { return "Roles" }

// Init loads the roles.
func (p *rolesPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.Role, error) { return page.Roles(ctx, p.Env.Cloud.IAM) },
		func(roles []aws.Role, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded = true
			rows := make([]component.ListRow, len(roles))
			for i, r := range roles {
				rows[i] = component.ListRow{Key: r.RoleName, Cells: []component.Cell{
					{Text: component.Clean(r.RoleName), Style: theme.Link}, {Text: component.Clean(trusted(r.AssumeRolePolicyDocument))},
					{Text: r.CreateDate.Local().Format(time.DateTime)}, {Text: component.Clean(r.Description)},
				}}
			}
			p.list.Set(rows)
			return nil
		})
}

// current is the role whose row is marked; "" when there is none.
func (p *rolesPage) current() string { return p.list.At(p.table.Current()).Key }

// Bindings lists what can be done.
func (p *rolesPage) Bindings() []keys.Binding {
	none := ""
	if p.current() == "" {
		none = "There is no role here."
	}
	role := p.current()
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createRoleID, "", "") }).As("Create role").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(roleID, role, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteRole(p.Env, role, p.Init) }).Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: role, What: "the role's name"}) }).Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// confirmDeleteRole asks, and deletes a role.
func confirmDeleteRole(env page.Env, role string, then func() tea.Cmd) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete " + role + "?",
		Text: []string{
			"Delete the role " + role + " permanently? Its inline policies go with it; managed policies stay.",
			"Functions that run as this role fail from then on.",
		},
		Word: role, Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(env.Calls,
				func(ctx context.Context) (struct{}, error) { return struct{}{}, deleteRole(ctx, env.Cloud.IAM, role) },
				func(_ struct{}, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The role "+role+" was not deleted", err), then())
					}
					return tea.Batch(nav.Done("The role "+role+" was deleted."), then())
				})
		},
	})
}

// deleteRole takes a role's policies from it first, as the console of AWS does:
// the service deletes no role that has some.
func deleteRole(ctx context.Context, service aws.IAM, role string) error {
	policies, err := listGranted(ctx, service, role)
	if err != nil {
		return err
	}
	for _, p := range policies {
		if p.arn != "" {
			_, err = service.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: role, PolicyArn: p.arn})
		} else {
			_, err = service.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: role, PolicyName: p.name})
		}
		if err != nil {
			return err
		}
	}
	_, err = service.DeleteRole(ctx, aws.DeleteRoleInput{RoleName: role})
	return err
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *rolesPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *rolesPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Delete, keys.Create)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *rolesPage) View(width, height int) component.Block {
	head := component.Stack(width, p.Heading(width, listTitle("Roles", p.list), p.arrange()),
		page.Styled(width, theme.Faint, "A role is an identity with permissions, taken on by whom its trust policy names: a function runs as its execution role."),
		p.Ring.View(p.filter, width))
	return tableView(&p.Panel, width, height, head, p.table, p.loaded, p.fault, "The roles could not be read", "There are no roles to show.")
}

// listTitle is a list's heading with its number of rows.
func listTitle(what string, list *component.List) string {
	if n := list.Len(); n != list.Total() {
		return fmt.Sprintf("%s (%d/%d)", what, n, list.Total())
	}
	return fmt.Sprintf("%s (%d)", what, list.Total())
}

// tableView draws a table under a head, or why there is none.
func tableView(p *page.Panel, width, height int, head component.Block, table *component.Table, loaded bool, fault error, failed, empty string) component.Block {
	if fault != nil {
		head = component.Stack(width, head, page.Fault(width, failed, fault))
	}
	table.Empty = nil
	if loaded {
		table.Empty = []string{empty}
	}
	table.Loading = !loaded && fault == nil
	table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(table, width)).Fit(width, height)
}
