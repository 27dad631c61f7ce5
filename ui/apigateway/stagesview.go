package apigateway

import (
	"maps"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Key offers a key to the focused control.
func (p *stagesPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

func (p *stagesPage) heads() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Save, keys.Create)
}

// links are the buttons of the URL, and owns those of the stage.
func (p *stagesPage) links() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Explore, keys.Copy, keys.Browse)
}

func (p *stagesPage) owns() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Delete, keys.AddRow, keys.Edit)
}

func (p *stagesPage) arrange() {
	all := []component.Control{p.tree}
	if at, ok := p.chosen(); ok {
		all = append(all, p.links()...)
		if at.path == "" {
			all = append(all, p.owns()...)
		}
	}
	p.Ring.Set(append(append(all, p.heads()...), p.tabs)...)
}

// View draws the page.
func (p *stagesPage) View(width, height int) component.Block {
	p.arrange()
	head := p.welcome(&p.Panel, width, p.heads())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The stages could not be read", p.fault))
	}
	if !p.loaded {
		if p.fault == nil {
			head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
		}
		return head.Fit(width, height)
	}
	if len(p.stages) == 0 {
		return component.Stack(width, head, page.Styled(width, theme.Plain, "No stages. Deploy API makes one, and with it the URL that answers.")).Fit(width, height)
	}
	return component.Stack(width, head, beside(&p.Panel, width, max(1, height-head.Height()), p.tree, p.detail)).Fit(width, height)
}

// detail draws what is chosen in the tree.
func (p *stagesPage) detail(width, _ int) component.Block {
	at, ok := p.chosen()
	if !ok {
		return component.Block{Width: width}
	}
	if at.path == "" {
		return p.viewStage(width, at.stage)
	}
	inner := max(0, width-component.ContainerSides)
	title := at.path
	if at.method != "" {
		title = at.method + " " + at.path
	}
	parts := []component.Block{p.viewURL(inner)}
	if m, ok := p.deployments[at.stage.DeploymentID].APISummary[at.path][at.method]; ok {
		parts = append(parts, component.KeyValues(inner, 2,
			component.Pair{Label: "Authorization", Value: component.Clean(m.AuthorizationType)},
			component.Pair{Label: "API key", Value: yesNo(m.APIKeyRequired, "Required", "Not required")}))
	}
	return component.Stack(width,
		component.Container(width, title, nil, component.Stack(inner, parts...)),
		faint(width, "As deployed on "+at.stage.StageName+". "+untilDeployed))
}

// viewURL shows the invoke URL and what can be done with it.
func (p *stagesPage) viewURL(width int) component.Block {
	url := p.url()
	if url == "" {
		return component.Stack(width, component.Text(width, theme.Heading.Render("Invoke URL")),
			page.Styled(width, theme.Warning, "⚠ This sandbox answers on no port now: when it starts, it says why."))
	}
	parts := []component.Block{
		component.Text(width, theme.Heading.Render("Invoke URL")), component.Text(width, broken(url, width)...),
		component.Row(width, 1, p.Show(p.links()...)...),
	}
	if why := p.unopened(); why != "" {
		parts = append(parts, faint(width, why))
	}
	return component.Stack(width, parts...)
}

// broken breaks a URL into lines of a width, wherever that is: whoever takes it
// from the screen joins the lines again. URLs are of bytes that are a cell wide.
func broken(url string, width int) []string {
	url, width = component.Clean(url), max(1, width)
	var lines []string
	for len(url) > width {
		lines = append(lines, theme.Link.Render(url[:width]))
		url = url[width:]
	}
	return append(lines, theme.Link.Render(url))
}

// viewStage draws a stage.
func (p *stagesPage) viewStage(width int, s aws.Stage) component.Block {
	inner := max(0, width-component.ContainerSides)
	d := p.deployments[s.DeploymentID]
	parts := []component.Block{p.viewURL(inner)}
	if len(d.APISummary["/"]) == 0 {
		parts = append(parts, faint(inner, "The root has no method, so this URL itself says Missing Authentication Token: the paths in the tree answer."))
	}
	details := component.Stack(inner, append(parts, component.KeyValues(inner, columns(inner),
		component.Pair{Label: "Stage name", Value: component.Clean(s.StageName)},
		component.Pair{Label: "Description", Value: component.Clean(s.Description)},
		component.Pair{Label: "Active deployment", Value: component.Clean(d.ID) + " on " + when(d.CreatedDate)},
		component.Pair{Label: "Deployment description", Value: component.Clean(d.Description)},
		component.Pair{Label: "Created", Value: when(s.CreatedDate)},
		component.Pair{Label: "Last updated", Value: when(s.LastUpdatedDate)}))...)
	return component.Stack(width,
		component.Container(width, "Stage details", p.Show(p.owns()...), details),
		component.Container(width, "Stage variables", nil, pairs(inner, s.Variables, "No stage variables. Edit stage adds some.")),
		component.Container(width, "Tags", nil, pairs(inner, s.Tags, "No tags. Manage tags adds some.")))
}

// pairs lists names with their values; none says what to do where there are none.
func pairs(width int, values map[string]string, none string) component.Block {
	if len(values) == 0 {
		return faint(width, none)
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		lines = append(lines, component.Clean(name+" = "+values[name]))
	}
	return component.Text(width, lines...)
}
