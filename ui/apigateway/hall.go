package apigateway

import (
	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// hall is what the pages of one API share: its name, what it is, and the way
// from one page to another.
type hall struct {
	id    string
	api   aws.RestAPI
	known bool // the API has been read
	tabs  *component.Tabs
	here  int
}

// rooms are the pages of an API, in their order.
var rooms = []struct{ title, page string }{
	{"Resources", apiID}, {"Stages", stagesID}, {"Deployments", deploymentsID}, {"API settings", settingsID},
}

// newHall makes the hall of one of the rooms.
func newHall(id, page string) *hall {
	h := &hall{id: id, tabs: component.NewTabs()}
	for i, s := range rooms {
		h.tabs.Titles = append(h.tabs.Titles, s.title)
		if s.page == page {
			h.here = i
		}
	}
	h.tabs.SetActive(h.here)
	h.tabs.Changed = h.open
	return h
}

// open opens a room; this page's tabs stay as they are for when it comes back.
func (h *hall) open(i int) tea.Cmd {
	h.tabs.SetActive(h.here)
	if i == h.here {
		return nil
	}
	return nav.Go(rooms[i].page, h.id, "")
}

// sections lead to the API's other pages.
func (h *hall) sections() []keys.Binding {
	n := len(rooms)
	return []keys.Binding{
		keys.Bind(keys.NextTab, func() tea.Cmd { return h.open((h.here + 1) % n) }),
		keys.Bind(keys.LastTab, func() tea.Cmd { return h.open((h.here + n - 1) % n) }),
	}
}

// learn takes in what was read about the API.
func (h *hall) learn(api aws.RestAPI) { h.api, h.known = api, true }

// Resource is the API's name, once it is known.
func (h *hall) Resource() string { return h.api.Name }

// welcome draws the API's name with a page's buttons, what it is, and the tabs.
func (h *hall) welcome(p *page.Panel, width int, buttons []component.Control) component.Block {
	name, summary := h.id, "ID "+h.id
	if h.known {
		name = h.api.Name
		summary += " · REST · " + endpointType(h.api) + " · created " + when(h.api.CreatedDate)
		if h.api.Description != "" {
			summary += " · " + h.api.Description
		}
	}
	return component.Stack(width, p.Heading(width, component.Clean(name), buttons),
		component.Text(width, theme.Faint.Render(component.Clean(summary))), p.Ring.View(h.tabs, width))
}

// trimmed names a tree's rows as they read, without their indentation.
func trimmed(tree component.Block) component.Block {
	for i, z := range tree.Zones {
		if z.Role == component.RoleRow {
			tree.Zones[i].Label = trim(z.Label)
		}
	}
	return tree
}

func trim(text string) string {
	for len(text) > 0 && text[0] == ' ' {
		text = text[1:]
	}
	return text
}

// The measures of a tree beside what it leads to, in cells and lines.
const (
	besideFrom = 70 // from which width on they stand side by side
	treeLeast  = 22
	treeMost   = 34
	treeHigh   = 7 // of a tree above what it leads to
)

// beside draws a tree at the left and what its current row is at the right, which
// scrolls; in a narrow place the tree stands above.
func beside(p *page.Panel, width, height int, tree *component.Table, detail func(width, height int) component.Block) component.Block {
	if width < besideFrom {
		tree.Height = min(treeHigh, max(2, height/2))
		if tree.Rows != nil {
			tree.Height = min(tree.Height, tree.Rows.Len()+1)
		}
		top := trimmed(p.Ring.View(tree, width))
		rest := max(1, height-top.Height())
		return component.Stack(width, top, p.Scroll.View(room(width, rest, detail), rest)).Fit(width, height)
	}
	left := min(treeMost, max(treeLeast, width/5))
	right := width - left - 1
	tree.Height = max(2, height)
	return component.Beside(height, trimmed(p.Ring.View(tree, left)), component.Blank(1, 1), p.Scroll.View(room(right, height, detail), height))
}

// room leaves the last column to the scroll bar.
func room(width, height int, detail func(int, int) component.Block) component.Block {
	return component.Stack(width, detail(max(0, width-1), height))
}

// faint is an explanation under fields.
func faint(width int, text string) component.Block { return page.Styled(width, theme.Faint, text) }
