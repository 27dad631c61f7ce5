package ui

import (
	"awslab/aws"
	"awslab/ui/apigateway"
	"awslab/ui/cloudwatch"
	"awslab/ui/dynamodb"
	"awslab/ui/iam"
	"awslab/ui/lambda"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/s3"
	trailpages "awslab/ui/trail"
	"awslab/ui/web"

	tea "charm.land/bubbletea/v2"
)

// homePage is the ID of the console's home.
const homePage = "home"

// pageTable is the one list of the console's pages, in the order of the menus.
type pageTable struct {
	entries []page.Entry
	byID    map[string]page.Entry
}

func newPageTable(c *Console) pageTable {
	t := pageTable{byID: make(map[string]page.Entry)}
	t.entries = append(t.entries, homeEntry(c))
	t.entries = append(t.entries, dynamodb.Pages()...)
	t.entries = append(t.entries, s3.Pages()...)
	t.entries = append(t.entries, lambda.Pages()...)
	t.entries = append(t.entries, apigateway.Pages()...)
	t.entries = append(t.entries, cloudwatch.Pages()...)
	t.entries = append(t.entries, iam.Pages()...)
	t.entries = append(t.entries, web.Pages()...)
	t.entries = append(t.entries, trailpages.Pages(c.cfg.Trail)...)
	for _, e := range t.entries {
		t.byID[e.ID] = e
	}
	return t
}

// navigation lists the side navigation of a service.
func (t pageTable) navigation(service aws.Service) []page.Entry {
	var out []page.Entry
	for _, e := range t.entries {
		if service != "" && e.Service == service && e.Nav != "" {
			out = append(out, e)
		}
	}
	return out
}

// services lists the services that have pages, each with its first page.
func (t pageTable) services() []page.Entry {
	var out []page.Entry
	seen := map[aws.Service]bool{"": true}
	for _, e := range t.entries {
		if !seen[e.Service] {
			seen[e.Service] = true
			out = append(out, e)
		}
	}
	return out
}

// crumbs walks from a route up to its service's first page.
func (t pageTable) crumbs(route nav.Route) []crumb {
	var out []crumb
	for range len(t.entries) {
		entry, ok := t.byID[route.Page]
		if !ok {
			break
		}
		out = append([]crumb{{entry.Crumb(route), route}}, out...)
		if entry.Parent == nil {
			break
		}
		if route, ok = entry.Parent(route); !ok {
			break
		}
	}
	return out
}

type crumb struct {
	label string
	route nav.Route
}

// maxVisits bounds how many pages stay open behind the one shown.
const maxVisits = 30

// open shows a page: the one already open for this route if there is one, else
// a new one. Init is left to the caller when load is false.
func (c *Console) open(route nav.Route, load bool) tea.Cmd {
	entry, ok := c.pages.byID[route.Page]
	if !ok {
		return nav.Send(nav.Notify{Level: nav.Warning, Title: "There is no page " + route.Page})
	}
	for i := range c.visits {
		if c.visits[i].route == route {
			return c.unwind(i+1, load)
		}
	}
	calls := c.newCalls()
	v := visit{route: route, entry: entry, calls: calls}
	v.page = entry.New(page.Env{
		Cloud: c.cloud, Calls: calls, Now: c.cfg.Now,
		Home: c.cfg.Home, Folder: c.cfg.Folder, Gallery: c.cfg.Gallery, Keep: c.cfg.Keep,
	}, route)
	c.visits = append(c.visits, v)
	if len(c.visits) > maxVisits {
		c.forget()
	}
	c.arrived()
	if load {
		return v.page.Init()
	}
	return nil
}

// forget closes the oldest page that would lose nothing.
func (c *Console) forget() {
	for i := range c.visits[:len(c.visits)-1] {
		if c.visits[i].page.Unsaved() == "" {
			c.visits[i].calls.Close()
			c.visits = append(c.visits[:i:i], c.visits[i+1:]...)
			return
		}
	}
}

// unwind goes back until n pages are open, asking first if that would lose
// something.
func (c *Console) unwind(n int, load bool) tea.Cmd {
	for i := len(c.visits) - 1; i >= n; i-- {
		if lost := c.visits[i].page.Unsaved(); lost != "" {
			return nav.Send(nav.Confirm{
				Title: "Leave without saving?", Text: []string{lost},
				Action: "Leave", Do: func() tea.Cmd { return c.closeDown(n, load) },
			})
		}
	}
	return c.closeDown(n, load)
}

func (c *Console) closeDown(n int, load bool) tea.Cmd {
	for len(c.visits) > n {
		last := len(c.visits) - 1
		c.visits[last].calls.Close()
		c.visits[last] = visit{}
		c.visits = c.visits[:last]
	}
	c.arrived()
	if load {
		return c.current().page.Init()
	}
	return nil
}

// arrived notes that another page is shown. It takes the keyboard from the side
// navigation, but not from the guide: a page may open late, when what it waited
// for is done.
func (c *Console) arrived() {
	route := c.current().route
	if c.focus == inNav {
		c.focus = inPage
	}
	c.side.place(c.pages.navigation(c.current().entry.Service), c.pages.crumbs(route))
	if route.Page != homePage {
		kept := []nav.Route{route}
		for _, r := range c.recent {
			if r != route && len(kept) < maxRecent {
				kept = append(kept, r)
			}
		}
		c.recent = kept
	}
}

const maxRecent = 8

// back goes to the page before, or up.
func (c *Console) back() tea.Cmd {
	if len(c.visits) > 1 {
		return c.unwind(len(c.visits)-1, true)
	}
	return nil
}

// replace shows a page in the place of the one that is shown.
func (c *Console) replace(route nav.Route) tea.Cmd {
	if n := len(c.visits); n > 1 {
		for i := range c.visits[:n-1] {
			if c.visits[i].route == route {
				return c.closeDown(i+1, true)
			}
		}
		c.closeDown(n-1, false)
	}
	return c.open(route, true)
}
