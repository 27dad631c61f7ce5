package lab

import (
	"context"
	"errors"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/keys"
	"awslab/ui/lab/prose"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// prepareLabel is the name of what makes in an account what the lab needs.
const prepareLabel = "Prepare account"

// preparing is how it stands with what the lab needs in an account, as the guide
// knows it.
type preparing struct {
	lab   string // whose parts they are; "" before the first look
	parts []Part
	err   error // why it is not known
	busy  bool  // it is being made
}

// onAccount reports whether the guide works on an AWS account.
func (g *Guide) onAccount() bool { return g.cfg.Cloud.Place.Kind == aws.Account }

// prepares reports whether the step that is shown is the one that prepares the
// account.
func (g *Guide) prepares() bool {
	return g.onAccount() && g.lab != nil && g.step == 0 && len(g.lab.Needs) > 0
}

// unprepared reports whether something that the lab needs is known to be missing.
func (g *Guide) unprepared() bool {
	return g.prepares() && g.preparing.lab == g.lab.ID && missing(g.preparing.parts)
}

// surveyLimit bounds the looking.
const surveyLimit = 30 * time.Second

// survey looks what the lab needs and the account lacks.
func (g *Guide) survey() tea.Cmd { return g.surveyThen(func() tea.Cmd { return nil }) }

// surveyThen goes on with do when it is known.
func (g *Guide) surveyThen(do func() tea.Cmd) tea.Cmd {
	if !g.prepares() || g.preparing.busy {
		return nil
	}
	lab := g.lab
	look := func(p Preparation, ctx context.Context) ([]Part, error) {
		ctx, cancel := context.WithTimeout(ctx, surveyLimit)
		defer cancel()
		return p.Survey(ctx)
	}
	return page.Latest(g.cfg.Calls, "prepare", g.preparation(g.cfg.Cloud, look), func(parts []Part, err error) tea.Cmd {
		if g.preparing.busy {
			return nil
		}
		g.surveyed(lab, parts, err)
		return do()
	})
}

// preparation is a part of the preparation of the lab that is shown, with its names
// of then.
func (g *Guide) preparation(cloud aws.Cloud, do func(Preparation, context.Context) ([]Part, error)) func(context.Context) ([]Part, error) {
	lab, progress, below := g.lab, g.cfg.Store.Progress(g.lab.ID), g.cfg.Cloud
	return func(ctx context.Context) ([]Part, error) {
		now := named(ctx, below, progress, lab)
		return do(Preparation{Cloud: cloud, Store: g.cfg.Store, Lab: now, Assets: g.cfg.Assets}, ctx)
	}
}

// surveyed takes in how it stands with what a lab needs, if it is still shown.
func (g *Guide) surveyed(lab *spec.Lab, parts []Part, err error) {
	if g.lab != nil && g.lab.ID == lab.ID {
		g.preparing = preparing{lab: lab.ID, parts: parts, err: err}
	}
}

// prepareBinding makes what is missing, after asking.
func (g *Guide) prepareBinding() keys.Binding {
	b := keys.Bind(keys.GuidePrepare, g.askPrepare)
	switch {
	case g.cfg.Trail.ReadOnly():
		return b.Unless("This session is read-only: nothing can be made.")
	case g.preparing.busy:
		return b.Unless("It is being made.")
	case g.unprepared():
		return b.Main()
	}
	return b
}

// askPrepare looks again, since the account may have changed meanwhile, and shows
// what is going to be made and what it may cost.
func (g *Guide) askPrepare() tea.Cmd { return g.surveyThen(g.confirmPrepare) }

func (g *Guide) confirmPrepare() tea.Cmd {
	switch {
	case g.preparing.err != nil:
		return nil // which the guide shows
	case !g.unprepared():
		return nav.Done("All that the lab needs is there.")
	}
	text := []string{"This makes in the account " + g.cfg.Cloud.Place.AccountID + " what the lab needs, and nothing else; End lab deletes it:"}
	for _, p := range g.preparing.parts {
		if p.Standing == Missing {
			text = append(text, "• "+p.Title+p.costs()+p.rights())
		}
	}
	return nav.Send(nav.Confirm{Title: prepareLabel, Text: text, Action: prepareLabel, Do: g.prepare})
}

// costs says what a part may cost; those of another cost with it.
func (p Part) costs() string {
	if p.part {
		return ""
	}
	return costs(p.Cost)
}

// rights says what a part lets its owner do.
func (p Part) rights() string {
	if len(p.Allows) == 0 {
		return ""
	}
	return ", which allows " + strings.Join(p.Allows, "; ")
}

// costs says what something may cost.
func costs(what string) string {
	if what == "" {
		return " (free)"
	}
	return " (what costs: " + what + ")"
}

// prepare makes what is missing.
func (g *Guide) prepare() tea.Cmd {
	if !g.prepares() {
		return nil
	}
	g.preparing.busy = true
	lab := g.lab
	return page.Do(g.cfg.Calls, g.preparation(Tagging(g.cfg.Trail.Cloud(), g.cfg.Store.Active), Preparation.Make), func(parts []Part, err error) tea.Cmd {
		g.surveyed(lab, parts, err)
		var failures []error
		for _, p := range parts {
			failures = append(failures, p.Err)
		}
		if err = errors.Join(append(failures, err)...); err != nil {
			return nav.Failed("The account could not be prepared altogether", err)
		}
		return nav.Done("The account has what the lab needs.")
	})
}

// warning says, before all else, what the lab makes in an account and costs there.
func (g *Guide) warning(width int) []string {
	if !g.onAccount() || g.step != 0 {
		return nil
	}
	var lines []string
	for _, line := range prose.Wrap(accountText(g.lab), width) {
		lines = append(lines, theme.Warning.Render(line))
	}
	return append(lines, "")
}

// account says how it stands in an account with what the lab needs.
func (g *Guide) account(width int) []string {
	if !g.prepares() {
		return nil
	}
	lines := []string{theme.Heading.Render("In this account")}
	lines = append(lines, prose.Wrap("The lab needs what a sandbox has ready-made. "+prepareLabel+" makes what of it is missing here, and End lab deletes that again.", width)...)
	for _, line := range g.standings() {
		lines = append(lines, hang("", "  ", prose.Wrap(line, width-2))...)
	}
	return append(lines, "")
}

// standings are the parts of what the lab needs, a line each.
func (g *Guide) standings() []string {
	switch p := g.preparing; {
	case p.busy:
		return []string{"◌ It is being made: that takes some seconds, and some minutes when programs are built for the first time."}
	case p.lab != g.lab.ID:
		return []string{"◌ Looking what is there."}
	case p.err != nil && len(p.parts) == 0:
		return []string{"✗ It cannot be looked up: " + p.err.Error()}
	}
	lines := make([]string, len(g.preparing.parts))
	for i, p := range g.preparing.parts {
		lines[i] = p.String()
	}
	return lines
}

// accountText says what a lab makes, and what it costs.
func accountText(lab *spec.Lab) string {
	text := "This is an AWS account. " + lab.Cost
	if len(lab.Creates) > 0 {
		text += " It creates: " + strings.Join(lab.Creates, ", ") + "."
	}
	return text
}
