package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// showServices opens the services menu.
func (c *Console) showServices() tea.Cmd {
	options := []nav.Choice{c.choice(c.pages.byID[homePage], "")}
	for _, e := range c.pages.services() {
		options = append(options, c.choice(e, e.Service.Title()))
	}
	c.push(newPicker("Services", options, c.pop))
	return nil
}

// choice is a page as an entry of a menu.
func (c *Console) choice(e page.Entry, label string) nav.Choice {
	if label == "" {
		label = e.Title
	}
	return nav.Choice{Label: label, Detail: e.Summary, Do: func() tea.Cmd { return c.follow(&nav.Route{Page: e.ID}) }}
}

// showPalette opens the palette: what can be done here, every page that needs
// no name, where the user was, the labs.
func (c *Console) showPalette() tea.Cmd {
	var options []nav.Choice
	for _, b := range c.bindings() {
		if b.ID == keys.Palette || b.ID == keys.Back {
			continue
		}
		options = append(options, nav.Choice{
			Label: upperFirst(b.Label), Detail: keys.Name(b.Keys[0]) + " · " + b.Help, Disabled: b.Disabled, Do: b.Run,
		})
	}
	for _, e := range c.pages.entries {
		if !e.Named {
			options = append(options, c.choice(e, ""))
		}
	}
	for _, route := range c.recent {
		options = append(options, nav.Choice{Label: c.where(route), Detail: "recently visited", Do: func() tea.Cmd { return c.follow(&route) }})
	}
	for _, l := range c.labs() {
		options = append(options, nav.Choice{Label: "Lab: " + l.Title, Detail: l.Summary, Do: func() tea.Cmd { return c.startLab(l.ID) }})
	}
	c.push(newPicker("Search", options, c.pop))
	return nil
}

// where writes a route as its crumbs.
func (c *Console) where(route nav.Route) string {
	var parts []string
	for _, crumb := range c.pages.crumbs(route) {
		parts = append(parts, crumb.label)
	}
	return strings.Join(parts, " › ")
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// startLab opens a lab in the guide.
func (c *Console) startLab(id string) tea.Cmd {
	c.guideShown, c.focus = true, inGuide
	return tea.Batch(c.guide.Start(id), c.remember())
}

// showHelp shows what the keys do: first those at work here, then all.
func (c *Console) showHelp() tea.Cmd {
	lines := []string{theme.Heading.Render("Here: " + c.current().page.Title())}
	for _, b := range c.bindings() {
		if b.Group != keys.Everywhere {
			lines = append(lines, helpLine(b))
		}
	}
	lines = append(lines, "", theme.Heading.Render(string(keys.Everywhere)))
	for _, b := range c.globals() {
		lines = append(lines, helpLine(b))
	}
	mark, sort := keys.Lookup(keys.Mark), keys.Lookup(keys.Sort)
	lines = append(lines, "",
		theme.Heading.Render("Moving"),
		helpRow("tab shift+tab", "from field to field and button to button"),
		helpRow("↑ ↓ PgUp PgDn", "in a list; ← → move a wide table sideways"),
		helpRow("enter", "press the button, open the row or the list"),
		helpRow(keys.Name(mark.Keys[0]), "press the button; "+mark.Label+" the row, where rows have [ ]"),
		helpRow(keys.Name(sort.Keys[0]), sort.Label+" by the next column, where a table can be sorted"),
		"", "Everything can be clicked, too, and lists follow the wheel.",
	)
	help := newReader("Help", lines, nav.Copy{}, c.pop)
	help.hang = 2 + helpKeys
	c.push(help)
	return nil
}

// helpKeys is how many columns the keys take.
const helpKeys = 14

func helpRow(names, text string) string {
	return "  " + theme.Key.Render(component.FitLine(names, helpKeys)) + text
}

func helpLine(b keys.Binding) string {
	names := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		names[i] = keys.Name(k)
	}
	text := b.Help
	switch {
	case b.Label == "" || b.Group == keys.Everywhere:
	case b.Label == keys.Lookup(b.ID).Label:
		text = b.Label + theme.Faint.Render(" · "+b.Help)
	default: // which says itself what the key does here
		text = b.Label
	}
	if b.Disabled != "" {
		text += theme.Faint.Render(" (not now: " + b.Disabled + ")")
	}
	return helpRow(strings.Join(names, " "), text)
}

// labs are the labs as they are where the console works.
func (c *Console) labs() []*spec.Lab {
	all := slices.Clone(c.cfg.Labs.All())
	for i, l := range all {
		all[i] = l.On(c.cfg.Cloud.Place.Kind)
	}
	return all
}
