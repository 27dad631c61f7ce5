package ui

import (
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// sideNav is the side navigation: the pages of the service that is open.
type sideNav struct {
	entries []page.Entry
	way     []crumb // from the service's first page to the page shown
	cursor  int
}

// place sets the entries, and where the page shown is among them.
func (s *sideNav) place(entries []page.Entry, way []crumb) {
	s.entries, s.way = entries, way
}

// empty says why there is nothing to go to; "" when there is.
func (s *sideNav) empty() string {
	if len(s.entries) == 0 {
		return "This page has no side navigation."
	}
	return ""
}

// enter puts the cursor on the entry of the page shown.
func (s *sideNav) enter(nav.Route) { s.cursor = max(0, s.shown()) }

// shown is the entry nearest to the page shown; -1 when there is none.
func (s *sideNav) shown() int {
	for i := len(s.way) - 1; i >= 0; i-- {
		for n, e := range s.entries {
			if e.ID == s.way[i].route.Page {
				return n
			}
		}
	}
	return -1
}

// key moves the cursor; enter gives the route to open.
func (s *sideNav) key(msg tea.KeyPressMsg) (*nav.Route, bool) {
	switch msg.String() {
	case "up", "k", "shift+tab":
		s.cursor = max(0, s.cursor-1)
	case "down", "j", "tab":
		s.cursor = min(len(s.entries)-1, s.cursor+1)
	case "enter", "right", "space":
		return &nav.Route{Page: s.entries[s.cursor].ID}, true
	default:
		return nil, false
	}
	return nil, true
}

// view draws the entries.
func (s *sideNav) view(width, height int, focused bool, follow func(*nav.Route) tea.Cmd) component.Block {
	blocks := []component.Block{component.Text(width, " "+theme.Heading.Render(s.entries[0].Service.Title()))}
	shown := s.shown()
	for i, e := range s.entries {
		mark, text := "  ", e.Nav
		switch {
		case focused && i == s.cursor:
			text = theme.Selected.Render(component.FitLine("▸ "+e.Nav, width-1))
			mark = ""
		case i == shown:
			mark, text = theme.Focused.Render("▸ "), theme.Focused.Render(e.Nav)
		}
		blocks = append(blocks, component.Text(width, " "+mark+text).All(component.Zone{
			Role: component.RoleLink, Label: e.Nav, Focused: i == shown,
			Click: func(int, int) tea.Cmd { s.cursor = i; return follow(&nav.Route{Page: e.ID}) },
		}))
	}
	return component.Stack(width, blocks...).Fit(width, height)
}
