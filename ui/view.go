package ui

import (
	"fmt"
	"net"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The smallest terminal that the console draws in, and the widths at which
// panes fit beside the page.
const (
	minWidth, minHeight = 40, 10
	sideWidth           = 18
	pageWidth           = 78  // columns the page needs before the side navigation stands beside it
	guideFrom           = 118 // columns of terminal for the guide beside the page
)

// layout is where the panes are in the frame drawn last.
type layout struct {
	side, guide rect
	guideAlone  bool // the guide takes the page's place
}

type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// areaAt says which pane a click goes to; bars leave the keyboard where it is.
func (l layout) areaAt(x, y int, now area) area {
	body := rect{0, l.guide.y, l.guide.x + l.guide.w, l.guide.h}
	switch {
	case l.guide.contains(x, y):
		return inGuide
	case l.side.contains(x, y):
		return inNav
	case body.contains(x, y):
		return inPage
	}
	return now
}

// View draws the console.
func (c *Console) View() tea.View {
	c.frame = c.draw()
	view := tea.NewView(c.frame.String())
	view.AltScreen = true
	view.WindowTitle = "awslab"
	if len(c.visits) > 0 {
		view.WindowTitle = "awslab · " + c.current().page.Title()
	}
	if !c.mouseOff {
		view.MouseMode = tea.MouseModeCellMotion
	}
	if p := c.frame.Cursor; p != nil {
		view.Cursor = tea.NewCursor(p.X, p.Y)
	}
	return view
}

// draw composes the frame: bars, panes, and what lies above them.
func (c *Console) draw() component.Block {
	if c.width == 0 || c.height == 0 {
		return component.Block{}
	}
	if c.width < minWidth || c.height < minHeight {
		c.layout = layout{}
		return component.Text(c.width,
			"awslab needs a larger terminal:",
			fmt.Sprintf("at least %d×%d; this one is %d×%d.", minWidth, minHeight, c.width, c.height),
			"ctrl+c quits, and keeps everything.",
		).Fit(c.width, c.height)
	}
	const bars = 2 // the top bar and the breadcrumbs
	foot := c.footer()
	flash := c.notices.view(c.width, c.height)
	height := c.height - bars - foot.Height() - flash.Height()
	body := c.body(height, bars+flash.Height())
	frame := component.Stack(c.width, c.topBar(), c.breadcrumbs(), flash, body, foot)
	for _, o := range c.overlays {
		frame = c.drawOverlay(frame, o)
	}
	return frame
}

// body draws the side navigation, the page and the guide beside each other, or
// the one that has the keyboard where there is no room.
func (c *Console) body(height, top int) component.Block {
	c.guide.SetFocused(c.focus == inGuide)
	l := layout{guideAlone: c.guideShown && c.width < guideFrom}
	defer func() { c.layout = l }()
	if l.guideAlone {
		if c.focus == inGuide {
			l.guide = rect{0, top, c.width, height}
			return c.guide.View(c.width, height).Fit(c.width, height)
		}
		l.guide = rect{c.width, top, 0, height}
		return c.pageBody(&l, c.width, height, top)
	}
	if !c.guideShown {
		l.guide = rect{c.width, top, 0, height}
		return c.pageBody(&l, c.width, height, top)
	}
	guideWidth := min(60, max(40, c.width*30/100))
	width := c.width - guideWidth - 1
	l.guide = rect{width + 1, top, guideWidth, height}
	main := c.pageBody(&l, width, height, top)
	guide := unfocused(c.guide.View(guideWidth, height).Fit(guideWidth, height), c.focus == inGuide)
	return component.Beside(height, main, divider(height), guide)
}

// pageBody draws the side navigation and the page.
func (c *Console) pageBody(l *layout, width, height, top int) component.Block {
	show := c.side.empty() == "" && (width-sideWidth-1 >= pageWidth || c.focus == inNav)
	if !show {
		return unfocused(c.current().page.View(width, height).Fit(width, height), c.focus == inPage)
	}
	l.side = rect{0, top, sideWidth, height}
	side := c.side.view(sideWidth, height, c.focus == inNav, c.follow)
	width -= sideWidth + 1
	shown := unfocused(c.current().page.View(width, height).Fit(width, height), c.focus == inPage)
	return component.Beside(height, side, divider(height), shown)
}

// unfocused takes the cursor out of a pane that does not have the keyboard.
func unfocused(b component.Block, focused bool) component.Block {
	if !focused {
		b.Cursor = nil
	}
	return b
}

func divider(height int) component.Block {
	lines := make([]string, height)
	for i := range lines {
		lines[i] = theme.Border.Render("│")
	}
	return component.Block{Width: 1, Lines: lines}
}

// drawOverlay lays a dialog or menu in the middle, above what is there.
func (c *Console) drawOverlay(frame component.Block, o overlay) component.Block {
	b := o.view(c.width-4, c.height-2)
	x, y := max(0, (c.width-b.Width)/2), max(0, (c.height-b.Height())/3)
	return b.Fit(min(b.Width, c.width), min(b.Height(), c.height)).Over(frame, x, y, true)
}

// topBar is the first line: what this is, the menus, and where it works.
func (c *Console) topBar() component.Block {
	services, search := keys.Lookup(keys.Services), keys.Lookup(keys.Palette)
	where := c.whereabouts()
	reserved := 0
	if c.cfg.Cloud.Place.Kind == aws.Account {
		reserved = component.Width(where[len(where)-1]) // the mark of an account never gives way
	}
	bar := newBar(c.width - reserved)
	bar.put(" awslab ", component.Zone{Role: component.RoleLink, Label: "awslab", Click: press(func() tea.Cmd { return c.follow(home()) })})
	bar.put(" "+services.Label+" ", component.Zone{Role: component.RoleButton, Label: services.Label, Click: press(c.showServices)})
	bar.put(" ⌕ "+search.Label+" "+search.Keys[0]+" ", component.Zone{Role: component.RoleButton, Label: search.Label, Click: press(c.showPalette)})
	bar.width = c.width
	return bar.end(where...)
}

// whereabouts says on what the console works, the longest form first: what matters
// most is in all of them.
func (c *Console) whereabouts() []string {
	place := c.cfg.Cloud.Place
	kind := string(place.Kind)
	if place.Kind == aws.Account {
		kind = "‼ AWS account" // for as long as it is one
	}
	where := kind
	if _, port, err := net.SplitHostPort(strings.TrimPrefix(place.Endpoint, "http://")); err == nil {
		where += " :" + port
	}
	if c.cfg.Trail.ReadOnly() {
		kind, where = kind+" │ read-only", where+" │ read-only"
	}
	account := place.AccountID
	if len(account) == 12 {
		account = account[:4] + "-" + account[4:8] + "-" + account[8:]
	}
	full := where + " │ " + place.Region + " │ " + account
	forms := []string{full, where + " │ " + place.Region, where, kind}
	if c.cfg.Profile != "" {
		forms = append([]string{full + " " + component.Clean(c.cfg.Profile)}, forms...)
	}
	if what := c.preparing(); what != "" {
		forms = append([]string{what + " │ " + forms[0], what + " │ " + where}, forms...)
	}
	for i := range forms {
		forms[i] += " "
	}
	return forms
}

// breadcrumbs is the second line: the way from the service to this page.
func (c *Console) breadcrumbs() component.Block {
	var out []component.Block
	if c.side.empty() == "" && c.layout.side.w == 0 {
		out = append(out, component.Text(2, " »").All(component.Zone{
			Role: component.RoleButton, Label: "Side navigation", Click: press(c.toggleNav),
		}))
	}
	crumbs := c.pages.crumbs(c.current().route)
	for i, crumb := range crumbs {
		text := component.Clean(c.introduced(crumb))
		if i == len(crumbs)-1 {
			out = append(out, component.Text(len([]rune(text))+1, " "+theme.Strong.Render(text)))
			continue
		}
		out = append(out, c.crumbLink(text, crumb), component.Text(2, theme.Faint.Render(" ›")))
	}
	line := component.Beside(1, out...)
	if !c.layoutHidesPage() {
		return line.Fit(c.width, 1)
	}
	hint := theme.Key.Render(keys.Lookup(keys.GuidePane).Keys[0]) + theme.Faint.Render(" page") + " "
	if c.focus != inGuide {
		hint = theme.Key.Render(keys.Lookup(keys.GuidePane).Keys[0]) + theme.Faint.Render(" guide") + " "
	}
	const hintWidth = 13
	button := component.Text(hintWidth, hint).All(component.Zone{
		Role: component.RoleTab, Label: "Guide", Click: press(c.toggleGuide),
	})
	return component.Beside(1, line.Fit(c.width-hintWidth, 1), button)
}

// introduced is a crumb's label: where that is a resource's id, its name, as an
// open page has learned it.
func (c *Console) introduced(crumb crumb) string {
	if crumb.label != crumb.route.Name {
		return crumb.label
	}
	for i := len(c.visits) - 1; i >= 0; i-- {
		if p, ok := c.visits[i].page.(page.Introduced); ok && c.visits[i].route.Name == crumb.label && p.Resource() != "" {
			return p.Resource()
		}
	}
	return crumb.label
}

// layoutHidesPage reports that page and guide share one place.
func (c *Console) layoutHidesPage() bool {
	_, _, steps := c.guide.Active()
	return c.width < guideFrom && (steps > 0 || c.focus == inGuide)
}

func (c *Console) crumbLink(text string, to crumb) component.Block {
	b := component.Text(component.Width(text)+1, " "+theme.Link.Render(text))
	return b.All(component.Zone{Role: component.RoleLink, Label: text, Click: press(func() tea.Cmd { return c.follow(&to.route) })})
}
