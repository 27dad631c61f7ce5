package iam

import (
	"context"
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
type rolesPage struct{ *page.ListPage }

func newRoles(env page.Env, _ nav.Route) page.Page {
	words := page.ListWords{
		Title: "Roles", One: "role", Many: "roles", None: "n makes one: Create role.",
		About: "A role is an identity with permissions, taken on by whom its trust policy names: a function runs as its execution role.",
	}
	p := &rolesPage{page.NewListPage(env, words, func(name string) tea.Cmd { return nav.Go(roleID, name, "") },
		component.Column{Title: "Role name"}, component.Column{Title: "Trusted entities"}, component.Column{Title: "Created"}, component.Column{Title: "Description"})}
	p.Begin(p.Bindings)
	return p
}

// Init loads the roles.
func (p *rolesPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) ([]aws.Role, error) { return page.Roles(ctx, p.Env.Cloud.IAM) },
		func(roles []aws.Role, err error) tea.Cmd {
			rows := make([]component.ListRow, len(roles))
			for i, r := range roles {
				rows[i] = component.ListRow{Key: r.RoleName, Cells: []component.Cell{
					{Text: component.Clean(r.RoleName), Style: theme.Link}, {Text: component.Clean(trusted(r.AssumeRolePolicyDocument))},
					{Text: r.CreateDate.Local().Format(time.DateTime)}, {Text: component.Clean(r.Description)},
				}}
			}
			p.Show(rows, err)
			return nil
		})
}

// Bindings lists what can be done.
func (p *rolesPage) Bindings() []keys.Binding {
	none, role := p.Missing(), p.Current()
	return []keys.Binding{
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createRoleID, "", "") }).As("Create role").Main(),
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(roleID, role, "") }).Unless(none),
		keys.Bind(keys.Delete, func() tea.Cmd { return confirmDeleteRole(p.Env, role, p.Init) }).Unless(none),
		keys.Bind(keys.Filter, p.Find).Unless(none),
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
