package ui

import (
	"fmt"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/lab"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

func home() *nav.Route { return &nav.Route{Page: homePage} }

// homeEntry is the home page's row of the page table.
func homeEntry(c *Console) page.Entry {
	return page.Entry{
		ID: homePage, Title: "Console home", Summary: "Labs, services, and where you were",
		Crumb: func(nav.Route) string { return "Console home" },
		New:   func(page.Env, nav.Route) page.Page { return newHomePage(c) },
	}
}

// homeView is the home page: the labs with their progress, the services, and
// the pages visited last.
type homeView struct {
	console *Console
	ring    *component.Ring
	scroll  *component.Scroll
	labs    []*component.Button
	pages   []*component.Link
	recent  []*component.Link
}

func newHomePage(c *Console) *homeView {
	h := &homeView{console: c, ring: component.NewRing(), scroll: component.NewScroll()}
	h.build()
	return h
}

// build makes the controls anew from what there is now.
func (h *homeView) build() {
	c := h.console
	h.labs, h.pages, h.recent = nil, nil, nil
	var controls []component.Control
	for _, l := range c.labs() {
		b := component.NewButton(labAction(c.cfg.Progress.Of(l)), func() tea.Cmd { return c.startLab(l.ID) })
		b.Primary = true
		h.labs = append(h.labs, b)
		controls = append(controls, b)
	}
	for _, e := range c.pages.services() {
		link := component.NewLink(e.Service.Title(), func() tea.Cmd { return nav.Go(e.ID, "", "") })
		h.pages = append(h.pages, link)
		controls = append(controls, link)
	}
	for _, route := range c.recent {
		link := component.NewLink(c.where(route), func() tea.Cmd { return nav.Send(nav.Open{Route: route}) })
		h.recent = append(h.recent, link)
		controls = append(controls, link)
	}
	h.ring.Set(controls...)
}

// labAction is the word on a lab's button.
func labAction(e lab.Extent) string {
	switch {
	case e.Ended:
		return "Start again"
	case e.Started:
		return "Resume lab"
	}
	return "Start lab"
}

func (h *homeView) Init() tea.Cmd {
	h.build()
	return nil
}

func (h *homeView) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if cmd, used := h.ring.Key(msg); used {
		return cmd, true
	}
	switch msg.String() {
	case "down", "right", "j":
		return h.ring.Move(1), true
	case "up", "left", "k":
		return h.ring.Move(-1), true
	}
	return nil, false
}

func (h *homeView) Paste(string) tea.Cmd { return nil }
func (h *homeView) Editing() bool        { return false }
func (h *homeView) Unsaved() string      { return "" }
func (h *homeView) Title() string        { return "Console home" }

func (h *homeView) Bindings() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd {
			cmd, _ := h.ring.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
			return cmd
		}),
		keys.Bind(keys.NextField, func() tea.Cmd { return h.ring.Move(1) }).As("next"),
	}
}

func (h *homeView) View(width, height int) component.Block {
	inner := width - 2
	blocks := []component.Block{
		component.Text(inner, theme.Title.Render("Welcome to awslab"),
			theme.Faint.Render("The AWS console in a terminal, with labs that check what you really did."), ""),
		h.labList(inner),
	}
	blocks = append(blocks, component.Blank(inner, 1), h.section(inner, "Services", h.pages, h.console.serviceSummaries()))
	if len(h.recent) > 0 {
		blocks = append(blocks, component.Blank(inner, 1), h.section(inner, "Recently visited", h.recent, nil))
	}
	content := component.Stack(inner, blocks...).Indent(1)
	return h.scroll.View(content.Fit(width, content.Height()), height)
}

// labList draws each lab with its progress and its button.
func (h *homeView) labList(width int) component.Block {
	blocks := []component.Block{component.Text(width, theme.Heading.Render("Labs"))}
	for i, l := range h.console.labs() {
		extent := h.console.cfg.Progress.Of(l)
		h.labs[i].Label = labAction(extent)
		name := fmt.Sprintf("%s  %s  %s", l.Title, component.Progress(12, float64(extent.Done)/float64(max(1, extent.Steps))), theme.Faint.Render(extent.String()))
		blocks = append(blocks, component.Text(width, "  "+name))
		for _, line := range component.Wrap(l.Summary, width-4) {
			blocks = append(blocks, component.Text(width, "  "+theme.Faint.Render(line)))
		}
		blocks = append(blocks, h.ring.View(h.labs[i], width-2).Indent(2))
	}
	return component.Stack(width, blocks...)
}

func (h *homeView) section(width int, title string, links []*component.Link, details []string) component.Block {
	blocks := []component.Block{component.Text(width, theme.Heading.Render(title))}
	for i, link := range links {
		line := h.ring.View(link, width-2).Indent(2)
		if i < len(details) {
			const column = 18
			line = component.Beside(1, line.Fit(column, 1), component.Text(width-column, theme.Faint.Render(details[i])))
		}
		blocks = append(blocks, line)
	}
	return component.Stack(width, blocks...)
}

func (c *Console) serviceSummaries() []string {
	var out []string
	for _, e := range c.pages.services() {
		out = append(out, e.Summary)
	}
	return out
}
