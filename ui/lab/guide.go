package lab

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Config is what a guide works with.
type Config struct {
	// Cloud is the Cloud below the trail: checks read it without a trace.
	Cloud aws.Cloud
	// Trail is watched for what labs create; End deletes through its Cloud.
	Trail *trail.Trail
	Labs  *Library
	Store *Store
	Calls *page.Calls
	// Assets are the files that labs hand out, for an account; nil for none.
	Assets Assets
	Now    func() time.Time // time.Now unless given
}

// Play asks the shell to play a script on the screen, as a person would do it.
type Play struct {
	Script  drive.Script
	Caption string // what is being shown
	Fast    bool   // as fast as the screen follows
	// Done hears how it went: nil, drive.ErrStopped, or what could not be played.
	Done func(error) tea.Cmd
}

// Guide is the pane beside the console: the labs, or one of them with its steps.
// It is changed only by the program's Update; its checks run beside it.
type Guide struct {
	cfg     Config
	creates *recorder
	focused bool

	lab    *spec.Lab // nil while the labs are listed
	step   int       // that is shown; len(lab.Steps) for the summary
	cursor int       // in the list of labs
	ended  *ending   // what the last End lab did, while the labs are listed or something of the lab is left

	results    map[string][]check.Result // the last ones, by step
	generation int                       // of the debounced check
	looking    bool                      // the user asked for the check that runs
	waits      int                       // how often in a row what is on its way was looked for
	named      bool                      // the lab's names have been looked up
	preparing  preparing
	closing    string // the ID of the lab that is being ended; "" for none
	skipping   string // the step that goes on by itself when it is done
	scroll     *component.Scroll
	drawn      drawn
}

// ending is what End lab did.
type ending struct {
	lab     *spec.Lab
	results []Result
}

// New makes a guide, in the lab that was active when the program was left.
func New(cfg Config) *Guide {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	g := &Guide{cfg: cfg, results: make(map[string][]check.Result), scroll: component.NewScroll()}
	g.creates = record(cfg.Trail, cfg.Store)
	if lab := cfg.Labs.ByID(cfg.Store.Active()); lab != nil {
		g.show(lab.On(cfg.Cloud.Place.Kind))
	}
	return g
}

// Close ends the watching of the trail.
func (g *Guide) Close() { g.creates.stop() }

// SetFocused tells the guide whether it has the keyboard.
func (g *Guide) SetFocused(focused bool) { g.focused = focused }

// Editing is false: letters are never text to the guide.
func (g *Guide) Editing() bool { return false }

// Active is the lab that is shown, the step from 1, and how many there are; all
// zero while the labs are listed.
func (g *Guide) Active() (title string, step, of int) {
	if g.lab == nil {
		return "", 0, 0
	}
	return g.lab.Heading(), min(g.step+1, len(g.lab.Steps)), len(g.lab.Steps)
}

// Start opens a lab: where it was left, or from its start.
func (g *Guide) Start(id string) tea.Cmd {
	lab := g.cfg.Labs.ByID(id)
	if lab == nil {
		return nav.Failed("The lab cannot be started", g.cfg.Labs.unknown(id))
	}
	lab = lab.On(g.cfg.Cloud.Place.Kind)
	g.cfg.Store.Begin(lab)
	g.show(lab)
	return tea.Batch(g.save(), g.arrive())
}

// labs lists the labs, in their form for this kind of Cloud.
func (g *Guide) labs() []*spec.Lab {
	all := g.cfg.Labs.All()
	for i, lab := range all {
		all[i] = lab.On(g.cfg.Cloud.Place.Kind)
	}
	return all
}

// show makes a lab the one that is shown, at the step where it was left.
func (g *Guide) show(lab *spec.Lab) {
	progress := g.cfg.Store.Progress(lab.ID)
	g.lab, g.ended, g.named = lab.With(progress.Names), nil, len(lab.Names) == 0
	g.preparing = preparing{}
	clear(g.results)
	g.step = max(0, lab.Step(progress.Current))
	g.scroll.ToTop()
}

// current is the step that is shown; nil in the list and in the summary.
func (g *Guide) current() *spec.Step {
	if g.lab == nil || g.step >= len(g.lab.Steps) {
		return nil
	}
	return &g.lab.Steps[g.step]
}

// isDone reports whether a step is done.
func (g *Guide) isDone(step spec.Step) (Did, bool) {
	did, done := g.cfg.Store.Progress(g.lab.ID).Done[step.ID]
	return did, done
}

// goTo shows a step.
func (g *Guide) goTo(step int) tea.Cmd {
	g.step, g.skipping, g.ended = max(0, min(step, len(g.lab.Steps))), "", nil
	g.scroll.ToTop()
	if s := g.current(); s != nil {
		g.cfg.Store.Show(g.lab.ID, s.ID)
	}
	return tea.Batch(g.save(), g.arrive())
}

// arrive checks the step that has come up: it may be done already.
func (g *Guide) arrive() tea.Cmd {
	g.waits = 0
	if g.settled() {
		return g.survey()
	}
	return tea.Batch(g.check(), g.survey())
}

// settled reports whether a check of the step would tell nothing new.
func (g *Guide) settled() bool {
	s := g.current()
	if s == nil {
		return true
	}
	_, done := g.isDone(*s)
	return g.named && (done || s.Read())
}

// The pauses before a check: until calls that come together have ended, and
// until what is on its way has had time to arrive, longer each time.
const (
	quiet       = 150 * time.Millisecond
	again       = time.Second
	longestWait = 10 // times again
)

// CallFinished has the step checked, after calls of the console have ended.
func (g *Guide) CallFinished() tea.Cmd {
	g.waits = 0
	trouble := g.creates.trouble()
	cmd := g.checkAfter(quiet)
	if g.prepares() && g.preparing.lab != g.lab.ID {
		cmd = tea.Batch(cmd, g.survey())
	}
	if trouble != nil {
		cmd = tea.Batch(cmd, nav.Failed("What the lab creates could not be written down", trouble))
	}
	return cmd
}

// checkAfter checks the step in a while, unless something else asks for it
// sooner or the step is done by then.
func (g *Guide) checkAfter(d time.Duration) tea.Cmd {
	if g.settled() {
		return nil
	}
	g.generation++
	mine, step := g.generation, g.current().ID
	return g.cfg.Calls.After(d, func() tea.Cmd {
		now := g.current()
		if g.generation != mine || now == nil || now.ID != step || g.settled() {
			return nil
		}
		return g.check()
	})
}

// looked is what a check has seen.
type looked struct {
	lab     *spec.Lab // with the names that there are now
	results []check.Result
}

// check checks the step that is shown. Only the newest check's answer counts.
func (g *Guide) check() tea.Cmd {
	if g.current() == nil {
		return nil
	}
	g.generation++
	lab, at, progress := g.lab, g.step, g.cfg.Store.Progress(g.lab.ID)
	world := check.World{Cloud: g.cfg.Cloud, Events: g.cfg.Trail.Events(), Since: progress.Started, Now: g.cfg.Now()}
	return page.Latest(g.cfg.Calls, "check",
		func(ctx context.Context) (looked, error) {
			now := named(ctx, world.Cloud, progress, lab)
			return looked{now, run(ctx, now.Steps[at], world)}, ctx.Err()
		},
		func(l looked, err error) tea.Cmd {
			g.looking = false
			if err != nil || g.lab == nil || g.lab.ID != lab.ID {
				return nil
			}
			g.lab, g.named = l.lab, true
			if step := l.lab.Steps[at]; !step.Read() {
				return g.checked(step, l.results)
			}
			return nil
		})
}

// look is the check that the user asks for: the guide says that it runs.
func (g *Guide) look() tea.Cmd {
	g.looking = true
	return g.check()
}

// checked takes in what a check found.
func (g *Guide) checked(step spec.Step, results []check.Result) tea.Cmd {
	g.results[step.ID] = results
	if !allOK(results) {
		if s := g.current(); s != nil && s.ID == step.ID && passing(results) {
			g.waits = min(g.waits+1, longestWait)
			return g.checkAfter(again * time.Duration(g.waits))
		}
		return nil
	}
	skipped := g.skipping == step.ID
	g.cfg.Store.Pass(g.lab.ID, step.ID, skipped)
	if s := g.current(); skipped && s != nil && s.ID == step.ID {
		return g.goTo(g.step + 1)
	}
	return g.save()
}

// save writes the progress to disk, beside the program.
func (g *Guide) save() tea.Cmd {
	return page.Do(g.cfg.Calls,
		func(context.Context) (struct{}, error) { return struct{}{}, g.cfg.Store.Save() },
		func(_ struct{}, err error) tea.Cmd {
			if err != nil {
				return nav.Failed("The progress in the lab could not be saved", err)
			}
			return nil
		})
}
