package lambda

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The page's measures, in lines: from which height on the overview is open
// unless the user says otherwise, and what a tab gets at least.
const (
	overviewFrom = 36
	leastTab     = 12
)

// View draws the page. It scrolls as a whole when a tab needs more than is left.
func (p *functionPage) View(width, height int) component.Block {
	if !p.pinned {
		p.overview.SetOpen(height >= overviewFrom)
	}
	p.arrange()
	head := component.Stack(width, p.Heading(width, component.Clean(p.name), p.heads()), p.notices(width))
	if !p.loaded {
		if p.fault == nil {
			head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
		}
		return head.Fit(width, height)
	}
	inner := width - 1 // the scroll bar's column
	body := component.Stack(inner, p.viewOverview(inner), p.Ring.View(p.titles, inner))
	room := max(leastTab, height-head.Height()-body.Height())
	body = component.Stack(width, body, p.tab().View(inner, room))
	return component.Stack(width, head, p.Scroll.View(body, max(1, height-head.Height()))).Fit(width, height)
}

// notices tell what is wrong with the function, or not yet as it will be.
func (p *functionPage) notices(width int) component.Block {
	var parts []component.Block
	if p.fault != nil {
		parts = append(parts, page.Fault(width, "The function could not be read", p.fault))
	}
	if kind, text := state(p.configuration); p.loaded && kind != component.StatusSuccess {
		parts = append(parts, component.Text(width, component.Status(kind, text)))
	}
	if p.loaded && !p.engine.Runs && p.engine.Why != "" {
		parts = append(parts, page.Styled(width, theme.Warning, "⚠ "+component.Clean(p.engine.Why)))
	}
	return component.Stack(width, parts...)
}

// viewOverview draws what sets the function off, and what it is.
func (p *functionPage) viewOverview(width int) component.Block {
	title := p.Ring.View(p.overview, width)
	if !p.overview.Open() {
		text := "  " + sources(p.triggers) + component.Clean(p.name)
		if p.configuration.Description != "" {
			text += " · " + component.Clean(p.configuration.Description)
		}
		return component.Stack(width, title, component.Text(width, theme.Faint.Render(text)))
	}
	var left []component.FlowBox
	for _, g := range grouped(p.triggers) {
		left = append(left, component.FlowBox{Draw: func(w int) component.Block { return p.viewSource(w, g) }})
	}
	center := component.FlowBox{Title: p.name, Draw: p.viewFunction}
	parts := []component.Block{title, component.Flow(width, left, center, nil)}
	if len(left) == 0 {
		parts = append(parts, page.Styled(width, theme.Faint, "Nothing sets the function off yet: Add trigger."))
	}
	if p.triggersFault != nil {
		parts = append(parts, page.Fault(width, "The triggers could not be read", p.triggersFault))
	}
	f := p.configuration
	pairs := []component.Pair{
		{Label: "Description", Value: component.Clean(f.Description)}, {Label: "Last modified", Value: ago(p.Env.Now(), f.LastModified)},
	}
	if p.engine.Runs {
		pairs = append(pairs, component.Pair{Label: "Run here by", Value: component.Clean(p.engine.Name + " · " + p.engine.Confined)})
	}
	parts = append(parts, component.KeyValues(width, max(1, min(3, width/36)), pairs...),
		component.KeyValues(width, 1, component.Pair{Label: "Function ARN", Value: component.Clean(f.FunctionArn)}))
	return component.Stack(width, parts...)
}

// mostNamed is how many resources of a service the diagram names.
const mostNamed = 4

// viewSource is the inside of a service's box: the service leads to its
// triggers, the resources beside it lead to their pages.
func (p *functionPage) viewSource(width int, g group) component.Block {
	parts := []component.Block{p.Ring.View(p.sourceLink(g.source), width)}
	if g.count > 1 {
		text := fmt.Sprintf("(%d)", g.count)
		parts = append(parts, component.Text(min(width, len(text)), theme.Faint.Render(text)))
	}
	for _, link := range p.homeLinks(g) {
		parts = append(parts, p.Ring.View(link, width))
	}
	if more := len(g.homes) - mostNamed; more > 0 {
		text := fmt.Sprintf("and %d more", more)
		parts = append(parts, component.Text(min(width, len(text)), theme.Faint.Render(text)))
	}
	return component.Row(width, 2, parts...)
}

// sourceLink is the link from a service's box to its triggers.
func (p *functionPage) sourceLink(source string) *component.Link {
	return p.link(source, source, func() tea.Cmd {
		p.titles.SetActive(len(p.tabs) - 1)
		p.settings.goTo(source)
		return tea.Batch(p.opened(), p.Ring.Focus(p.settings.triggerRow))
	})
}

// homeLinks are the links to the pages of a service's resources.
func (p *functionPage) homeLinks(g group) []component.Control {
	all := make([]component.Control, 0, mostNamed)
	for i, home := range g.homes[:min(len(g.homes), mostNamed)] {
		all = append(all, p.link(home.Page+" "+home.Name, g.names[i], func() tea.Cmd { return nav.Send(nav.Open{Route: home}) }))
	}
	return all
}

// link is the one link with a key, made when it is needed.
func (p *functionPage) link(key, label string, follow func() tea.Cmd) *component.Link {
	link, ok := p.links[key]
	if !ok {
		link = component.NewLink(label, follow)
		p.links[key] = link
	}
	link.Label = label
	return link
}

// viewFunction is the inside of the function's box.
func (p *functionPage) viewFunction(width int) component.Block {
	return component.Text(width, component.Clean(runtimeLabel(p.configuration.Runtime)))
}

// sources is what sets the function off, in a line before its name.
func sources(triggers []trigger) string {
	var all []string
	for _, g := range grouped(triggers) {
		all = append(all, g.source+" ("+component.Clean(strings.Join(g.names, ", "))+")")
	}
	if all == nil {
		return ""
	}
	return strings.Join(all, ", ") + " ─▸ "
}
