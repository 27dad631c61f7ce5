package ui

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Elsewhere is another place to work in.
type Elsewhere struct {
	Profile string // "" for the same credentials
	Region  string
}

// Elsewhere is where the user wants to go on; nil when the program has simply
// ended.
func (c *Console) Elsewhere() *Elsewhere { return c.elsewhere }

// Visits are the pages that are open, those with something unsaved aside, the one
// shown last.
func (c *Console) Visits() []nav.Route { return c.place().Visits }

// nowhereElse says why there is no other place to go on; "" when there is one.
func (c *Console) nowhereElse() string {
	if c.cfg.Cloud.Place.Kind != aws.Account {
		return "A sandbox is one place. With --aws the console works on an AWS account."
	}
	return ""
}

// showElsewhere offers the other profiles and regions.
func (c *Console) showElsewhere() tea.Cmd {
	read := func(context.Context) ([]string, error) { return nil, nil }
	if c.cfg.Profiles != nil {
		read = func(context.Context) ([]string, error) { return c.cfg.Profiles() }
	}
	return page.Do(c.guideCalls, read, func(profiles []string, err error) tea.Cmd {
		if err != nil {
			return nav.Failed("The profiles could not be listed", err)
		}
		c.push(newPicker("Switch region or profile", c.places(profiles), c.pop))
		return nil
	})
}

// places are the choices: the other regions, then the other profiles.
func (c *Console) places(profiles []string) []nav.Choice {
	here := c.cfg.Cloud.Place.Region
	var options []nav.Choice
	add := func(label, detail string, there bool, to Elsewhere) {
		option := nav.Choice{Label: label, Detail: detail, Do: func() tea.Cmd { return c.goElsewhere(to) }}
		if there {
			option.Disabled = "You are there."
		}
		options = append(options, option)
	}
	for _, r := range aws.Regions() {
		add(r.Name, r.Label, r.Name == here, Elsewhere{Region: r.Name})
	}
	for _, p := range profiles {
		detail := "in " + here
		if p == c.cfg.Profile {
			detail = "again, with its credentials of now"
		}
		add("Profile "+p, detail, false, Elsewhere{p, here})
	}
	return options
}

// goElsewhere ends the program, to go on in another place.
func (c *Console) goElsewhere(to Elsewhere) tea.Cmd {
	return c.leaving("Switch", func() tea.Cmd {
		c.elsewhere = &to
		return c.leave()
	})
}
