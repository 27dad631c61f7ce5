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
	if names := bucketsOf(p.triggers); len(names) > 0 {
		left = append(left, component.FlowBox{Title: "S3", Draw: func(w int) component.Block { return p.viewBuckets(w, names) }})
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

// mostBuckets is how many buckets the diagram names.
const mostBuckets = 4

func (p *functionPage) viewBuckets(width int, names []string) component.Block {
	var parts []component.Block
	for _, name := range names[:min(len(names), mostBuckets)] {
		parts = append(parts, p.Ring.View(p.bucketLink(name), width))
	}
	if more := len(names) - mostBuckets; more > 0 {
		parts = append(parts, component.Text(width, theme.Faint.Render(fmt.Sprintf("and %d more", more))))
	}
	return component.Stack(width, parts...)
}

// bucketLink is the link to a bucket's page.
func (p *functionPage) bucketLink(name string) *component.Link {
	link, ok := p.buckets[name]
	if !ok {
		link = component.NewLink(name, nil)
		link.Follow = func() tea.Cmd { return nav.Go("s3/bucket", name, "") }
		p.buckets[name] = link
	}
	return link
}

// viewFunction is the inside of the function's box.
func (p *functionPage) viewFunction(width int) component.Block {
	return component.Text(width, component.Clean(runtimeLabel(p.configuration.Runtime)))
}

// sources is what sets the function off, in a line before its name.
func sources(triggers []trigger) string {
	names := bucketsOf(triggers)
	if len(names) == 0 {
		return ""
	}
	return "S3 (" + component.Clean(strings.Join(names, ", ")) + ") ─▸ "
}
