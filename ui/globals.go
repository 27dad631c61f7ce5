package ui

import (
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	trailpages "awslab/ui/trail"

	tea "charm.land/bubbletea/v2"
)

// globals are the bindings that work everywhere.
func (c *Console) globals() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Help, c.showHelp),
		keys.Bind(keys.GuidePane, c.toggleGuide),
		keys.Bind(keys.GuideHide, c.hideGuide),
		keys.Bind(keys.Command, c.showCommand).Unless(c.noCommand()),
		keys.Bind(keys.Back, c.escape),
		keys.Bind(keys.Services, c.showServices),
		keys.Bind(keys.Palette, c.showPalette),
		keys.Bind(keys.Home, func() tea.Cmd { return c.follow(home()) }),
		keys.Bind(keys.SideNav, c.toggleNav).Unless(c.side.empty()),
		keys.Bind(keys.Calls, func() tea.Cmd { return c.follow(&nav.Route{Page: trailpages.EventsPage}) }),
		keys.Bind(keys.Dismiss, c.notices.dismiss).Unless(c.notices.none()),
		keys.Bind(keys.MouseOff, c.toggleMouse),
		keys.Bind(keys.Paste, c.pasteCopied),
		keys.Bind(keys.Switch, c.showElsewhere).Unless(c.nowhereElse()),
		keys.Bind(keys.Quit, c.quit),
	}
}

// escape goes back to the page from a pane, or to the page before.
func (c *Console) escape() tea.Cmd {
	if c.focus != inPage {
		c.focus = inPage
		return nil
	}
	return tea.Batch(c.back(), c.remember())
}

// toggleGuide goes into the guide and back. Where there is no room beside the
// page, the guide takes its place while it has the keyboard.
func (c *Console) toggleGuide() tea.Cmd {
	if c.guideShown && c.focus == inGuide {
		c.focus = inPage
		return nil
	}
	c.guideShown, c.focus = true, inGuide
	return c.remember()
}

// hideGuide takes the guide off the screen, or puts it back. Where it has no room
// beside the page, that is going into it and back.
func (c *Console) hideGuide() tea.Cmd {
	if c.width < guideFrom {
		return c.toggleGuide()
	}
	c.guideShown = !c.guideShown
	if !c.guideShown && c.focus == inGuide {
		c.focus = inPage
	}
	return c.remember()
}

func (c *Console) toggleNav() tea.Cmd {
	if c.focus == inNav {
		c.focus = inPage
	} else {
		c.focus = inNav
		c.side.enter(c.current().route)
	}
	return nil
}

func (c *Console) toggleMouse() tea.Cmd {
	c.mouseOff = !c.mouseOff
	text := "The mouse is awslab's again."
	if c.mouseOff {
		text = "The mouse is released: select text as in any terminal; " + keys.Name(keys.Lookup(keys.MouseOff).Keys[0]) + " takes it back."
	}
	return nav.Send(nav.Notify{Level: nav.Information, Title: text})
}

// quit ends the program, asking first if something would be lost.
func (c *Console) quit() tea.Cmd { return c.leaving("Quit", c.leave) }

// leaving does what closes all pages, after asking if something would be lost.
func (c *Console) leaving(action string, do func() tea.Cmd) tea.Cmd {
	for i := len(c.visits) - 1; i >= 0; i-- {
		if lost := c.visits[i].page.Unsaved(); lost != "" && len(c.overlays) == 0 {
			return nav.Send(nav.Confirm{
				Title: action + " without saving?", Text: []string{lost},
				Action: action, Do: do,
			})
		}
	}
	return do()
}

// leave ends the program; a terminal that was sent pictures forgets them.
func (c *Console) leave() tea.Cmd { return tea.Sequence(c.cfg.Gallery.Clear(), tea.Quit) }

// remember keeps where the user is.
func (c *Console) remember() tea.Cmd {
	if c.cfg.Memory == nil {
		return nil
	}
	keep := c.cfg.Memory.keep(c.place())
	return func() tea.Msg {
		if err := keep(); err != nil {
			return nav.Notify{Level: nav.Warning, Title: "Where you are could not be kept for the next time", Text: err.Error()}
		}
		return nil
	}
}

func (c *Console) place() memoryState {
	state := memoryState{Recent: c.recent, GuideShown: c.guideShown}
	for _, v := range c.visits {
		if v.page.Unsaved() == "" {
			state.Visits = append(state.Visits, v.route)
		}
	}
	return state
}

func (c *Console) noCommand() string {
	if _, ok := c.cfg.Trail.Last(trail.OriginConsole); !ok {
		return "Nothing has been called yet."
	}
	return ""
}

// showCommand shows the last call as a command of the AWS CLI.
func (c *Console) showCommand() tea.Cmd {
	e, ok := c.cfg.Trail.Last(trail.OriginConsole)
	if !ok {
		return nil
	}
	place := c.cfg.Cloud.Place
	command, err := e.Operation.Command(e.In, place)
	if err != nil {
		return nav.Failed("No CLI command for "+e.Operation.Name, err)
	}
	lines := append([]string{fmt.Sprintf("%s, called last, as an AWS CLI command:", e.Operation), ""}, component.CleanLines(command)...)
	switch {
	case place.Kind == aws.Sandbox && place.Endpoint == "":
		lines = append(lines, "", "It does the same on an AWS account. This sandbox answers it only here, in the console.")
	case place.Kind == aws.Sandbox:
		lines = append(lines, "", "The sandbox answers it for as long as this console is open; any access key will do.")
	}
	c.push(newReader("Equivalent AWS CLI command", lines, nav.Copy{Text: command, What: "the command"}, c.pop))
	return nil
}

var errNoEditor = errors.New("neither VISUAL nor EDITOR is set: set one (EDITOR=nano, say) and start awslab again")
