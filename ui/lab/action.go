package lab

import (
	"context"
	"errors"
	"strings"

	"awslab/aws/trail"
	"awslab/ui/drive"
	"awslab/ui/keys"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Bindings lists what can be done in the guide now.
func (g *Guide) Bindings() []keys.Binding {
	if g.lab == nil {
		labs := g.labs()
		if len(labs) == 0 {
			return nil
		}
		chosen := labs[min(g.cursor, len(labs)-1)]
		return []keys.Binding{keys.Bind(keys.GuideStart, func() tea.Cmd { return g.Start(chosen.ID) }).As(g.startLabel(chosen)).Main()}
	}
	end := keys.Bind(keys.GuideEnd, g.askEnd).Unless(g.noEnd())
	reset := keys.Bind(keys.GuideReset, g.askReset)
	back := keys.Bind(keys.GuideBack, func() tea.Cmd { return g.goTo(g.step - 1) })
	s := g.current()
	if s == nil {
		return []keys.Binding{end.Main(), back, reset}
	}
	next := keys.Bind(keys.GuideNext, g.next)
	switch _, done := g.isDone(*s); {
	case g.unprepared():
	case done || s.Read():
		next = next.Main()
	default:
		next = next.Unless("This step is not done yet: do it, or skip it.")
	}
	all := []keys.Binding{next}
	if g.prepares() {
		all = append(all, g.prepareBinding())
	}
	if !s.Read() {
		all = append(all, keys.Bind(keys.GuideCheck, g.look))
	}
	all = append(all, links(*s)...)
	all = append(all, copies(*s)...)
	if len(s.Hints) > 0 {
		all = append(all, keys.Bind(keys.GuideHint, g.hint).Unless(g.noHint(*s)))
	}
	if s.Do != nil {
		all = append(all, keys.Bind(keys.GuideShow, g.showMe), keys.Bind(keys.GuideSkip, g.skip))
	}
	return append(all, back.Unless(g.noBack()), end, reset)
}

// startLabel is what starting a lab means now.
func (g *Guide) startLabel(lab *spec.Lab) string {
	switch extent := g.cfg.Store.Of(lab); {
	case extent.Ended:
		return "Start lab again"
	case extent.Started:
		return "Resume lab"
	}
	return "Start lab"
}

func (g *Guide) noBack() string {
	if g.step == 0 {
		return "This is the first step."
	}
	return ""
}

func (g *Guide) noHint(s spec.Step) string {
	if g.hints(s) >= len(s.Hints) {
		return "There are no more hints; s shows how it is done."
	}
	return ""
}

func (g *Guide) noEnd() string {
	if g.closing == g.lab.ID {
		return "It is being ended."
	}
	return ""
}

// hints is how many hints of a step are shown.
func (g *Guide) hints(s spec.Step) int {
	return min(g.cfg.Store.Progress(g.lab.ID).Hints[s.ID], len(s.Hints))
}

// next goes on; a step that is only read is done by that.
func (g *Guide) next() tea.Cmd {
	if s := g.current(); s != nil && s.Read() {
		g.cfg.Store.Pass(g.lab.ID, s.ID, false)
	}
	return g.goTo(g.step + 1)
}

// hint shows the next hint.
func (g *Guide) hint() tea.Cmd {
	s := g.current()
	g.cfg.Store.Hint(g.lab.ID, s.ID, g.hints(*s)+1)
	g.drawn.follow = true
	return g.save()
}

// links opens the object that the first such link of a step's text leads to.
func links(s spec.Step) []keys.Binding {
	for _, l := range s.Links {
		if l.URL == "" {
			route := nav.Route{Page: drive.ObjectPage, Name: l.Bucket, Detail: l.Key}
			open := func() tea.Cmd { return nav.Send(nav.Open{Route: route, Seen: true}) }
			return []keys.Binding{keys.Bind(keys.GuideOpen, open).As("Open " + l.Label)}
		}
	}
	return nil
}

// showMe has the step played on the screen.
func (g *Guide) showMe() tea.Cmd {
	s := g.current()
	return nav.Send(Play{Script: s.Do, Caption: s.Title, Done: func(err error) tea.Cmd {
		if err != nil {
			return nil // the shell has told it
		}
		return g.check()
	}})
}

// skip has the step played fast, and goes on when it is done.
func (g *Guide) skip() tea.Cmd {
	s := g.current()
	if _, done := g.isDone(*s); done || s.Read() {
		return g.next()
	}
	step := s.ID
	g.skipping = step
	return nav.Send(Play{Script: s.Do, Caption: s.Title, Fast: true, Done: func(err error) tea.Cmd {
		if err != nil || g.skipping != step {
			g.skipping = ""
			return nil
		}
		return g.check()
	}})
}

// askEnd asks whether to end the lab, and says what that deletes.
func (g *Guide) askEnd() tea.Cmd {
	lab := g.lab
	return page.Latest(g.cfg.Calls, "end",
		func(ctx context.Context) ([]Resource, error) {
			return Remaining(trail.WithOrigin(ctx, trail.OriginGuide), g.cfg.Cloud, g.cfg.Store, lab)
		},
		func(left []Resource, err error) tea.Cmd {
			if err != nil {
				return nav.Failed("What the lab has created cannot be looked up", err)
			}
			return nav.Send(endQuestion(lab, left, g.onAccount(), func() tea.Cmd { return g.end(lab) }))
		})
}

// endQuestion says what ending a lab deletes, and in an account, what of it costs.
func endQuestion(lab *spec.Lab, left []Resource, account bool, do func() tea.Cmd) nav.Confirm {
	ask := nav.Confirm{Title: "End " + lab.Heading(), Action: "End lab", Do: do}
	if len(left) == 0 {
		ask.Text = []string{"Nothing that the lab created is left: there is nothing to delete."}
		return ask
	}
	ask.Word = "confirm"
	ask.Text = []string{"This deletes what the lab created and is still there, and nothing else:"}
	for _, r := range left {
		ask.Text = append(ask.Text, "• "+r.Deleting(account))
	}
	return ask
}

// end ends a lab.
func (g *Guide) end(lab *spec.Lab) tea.Cmd {
	if last := lab.Steps[len(lab.Steps)-1]; last.Read() && g.step >= len(lab.Steps)-1 {
		g.cfg.Store.Pass(lab.ID, last.ID, false) // it says to end the lab
	}
	g.closing = lab.ID
	return page.Do(g.cfg.Calls,
		func(ctx context.Context) ([]Result, error) { return End(ctx, g.cfg.Trail.Cloud(), g.cfg.Store, lab) },
		func(results []Result, err error) tea.Cmd {
			g.closing = ""
			return g.ending(ending{lab, results}, err)
		})
}

// ending tells what End lab did. The lab stays where something of it is left, so
// that it can be ended again; another one that was opened meanwhile stays anyway.
func (g *Guide) ending(e ending, err error) tea.Cmd {
	var left []string
	failures := []error{err}
	for _, r := range e.results {
		if r.Err != nil {
			left, failures = append(left, r.Resource.String()), append(failures, r.Err)
		}
	}
	if g.lab != nil && g.lab.ID == e.lab.ID {
		if g.ended = &e; len(left) == 0 {
			g.lab = nil
		}
		g.scroll.ToTop()
	}
	if err = errors.Join(failures...); err == nil {
		return nav.Done(e.lab.Heading() + " has ended.")
	}
	failed := nav.Notify{Level: nav.Failure, Title: "The lab could not be ended altogether", Err: err}
	if len(left) > 0 {
		failed.Text = "Not deleted: " + strings.Join(left, ", ") + ". End lab can be run again."
	}
	return nav.Send(failed)
}

// askReset asks whether to start the lab again.
func (g *Guide) askReset() tea.Cmd {
	lab := g.lab
	text := []string{"The steps that are done are forgotten, and the lab starts from its first step."}
	if len(g.cfg.Store.Progress(lab.ID).Resources) > 0 {
		text = append(text, "What the lab has created stays as it is; End lab deletes it, before or after.")
	}
	return nav.Send(nav.Confirm{Title: "Reset " + lab.Heading(), Text: text, Action: "Reset lab", Do: func() tea.Cmd {
		return page.Do(g.cfg.Calls,
			func(context.Context) (struct{}, error) { return struct{}{}, g.cfg.Store.Reset(lab.ID) },
			func(_ struct{}, err error) tea.Cmd {
				if err != nil {
					return nav.Failed("The progress in the lab could not be saved", err)
				}
				return g.Start(lab.ID)
			})
	}})
}

// Key takes the keys that no binding took: it scrolls, and moves in the list.
func (g *Guide) Key(msg tea.KeyPressMsg) tea.Cmd {
	const page = 8 // lines
	switch msg.String() {
	case "up":
		g.move(-1)
	case "down":
		g.move(1)
	case "pgup":
		g.scroll.By(-page)
	case "pgdown", "space":
		g.scroll.By(page)
	case "home":
		g.scroll.ToTop()
	case "end":
		g.scroll.By(1 << 20)
	case "enter":
		return g.enter()
	}
	return nil
}

// move moves in the list of labs, or scrolls the text.
func (g *Guide) move(by int) {
	if g.lab == nil {
		g.cursor = max(0, min(g.cursor+by, len(g.labs())-1))
		return
	}
	g.scroll.By(by)
}

// enter does the main thing.
func (g *Guide) enter() tea.Cmd {
	for _, b := range g.Bindings() {
		if b.Primary {
			return press(b)
		}
	}
	return nil
}

// press does what a binding does, or says why it cannot be done now.
func press(b keys.Binding) tea.Cmd {
	if b.Disabled != "" {
		return nav.Send(nav.Notify{Level: nav.Information, Title: b.Label + " is not possible now", Text: b.Disabled})
	}
	return b.Run()
}
