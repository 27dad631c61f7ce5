package dynamodb

import (
	"errors"
	"fmt"
	"strconv"

	"awslab/ui/page"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/theme"
)

// View draws the page. The search panel takes the upper part, and scrolls
// within it where there is not enough room for it and for the results.
func (p *explorePage) View(width, height int) component.Block {
	p.width, p.height = width, height
	p.arrange()
	bindings := p.Bindings()
	panel := p.form.view(&p.Panel, width, p.ButtonsOf(bindings, keys.AddRow)[0], p.runButtons(bindings))
	banner := component.Stack(width, p.banner(width),
		p.Heading(width, p.resultsTitle(), p.itemButtons(bindings)))
	const fewest = 5 // lines of results
	if most := height - banner.Height() - fewest; panel.Height() > most {
		panel = p.Scroll.View(panel, max(1, most))
	}
	p.table.Empty = p.empty()
	p.table.Loading = p.running
	p.table.Height = max(2, height-panel.Height()-banner.Height())
	return component.Stack(width, panel, banner, p.Ring.View(p.table, width)).Fit(width, height)
}

// resultsTitle is "Table: Music - Items returned (3)".
func (p *explorePage) resultsTitle() string {
	what, more := "Table: "+component.Clean(p.name), ""
	if p.results.search.Index != "" {
		what = "Index: " + component.Clean(p.results.search.Index)
	}
	if !p.results.done {
		more = "+"
	}
	return fmt.Sprintf("%s - Items returned (%d%s)", what, p.results.Len(), more)
}

// banner tells how the run went.
func (p *explorePage) banner(width int) component.Block {
	r := p.results
	say := func(style theme.Style, how string) component.Block {
		return flow(width, style, how,
			fmt.Sprintf("Items returned: %d", r.Len()), fmt.Sprintf("Items scanned: %d", r.Scanned),
			"Efficiency: "+efficiency(r), "RCUs consumed: "+strconv.FormatFloat(r.Units, 'f', -1, 64))
	}
	switch {
	case errors.Is(p.fault, errCanceled):
		return say(theme.Warning, "⚠ Cancelled")
	case p.fault != nil:
		return page.Fault(width, "The search did not work", p.fault)
	case p.running:
		return say(theme.Info, "◌ Running")
	case !p.passed:
		return component.Text(width, theme.Info.Render("◌ Loading the table"))
	case !r.done && r.Len() == 0:
		return say(theme.Info, "◌ Nothing found so far")
	}
	return say(theme.Success, "✓ Completed")
}

// efficiency is how much of what was read was returned.
func efficiency(r *results) string {
	if r.Scanned == 0 {
		return "100%"
	}
	return strconv.Itoa(int(100*float64(min(r.Len(), r.Scanned))/float64(r.Scanned)+0.5)) + "%"
}

// empty is what stands where no items are.
func (p *explorePage) empty() []string {
	switch {
	case p.fault != nil || p.running || !p.passed || !p.results.done:
		return nil
	case len(p.results.search.Filters) > 0 || p.results.search.Query:
		return []string{"No items match.", "The attribute's name and type have to be right as well as its value."}
	}
	return []string{"The table has no items.", "n makes one: Create item."}
}
