package lab

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/drive"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

// Bench is a console on a fresh Cloud, to prove a lab on.
type Bench struct {
	Console drive.Console
	Trail   *trail.Trail
	Cloud   aws.Cloud // below the trail
	Close   func() error
	// Store and Assets prepare an AWS account for the lab, whose progress is kept in
	// Store; a sandbox needs neither.
	Store  *Store
	Assets Assets
	// Width and Height are the screen's cells; 170 by 50 unless given.
	Width, Height int
	// Patience is how long a check may take to hold after its step was played;
	// 15 seconds unless given.
	Patience time.Duration
}

// NewConsole makes a Bench.
type NewConsole func(context.Context) (Bench, error)

// The screen that labs are proved on unless another is given.
const (
	benchWidth  = 170
	benchHeight = 50
)

// Report is what came out of proving a lab.
type Report struct {
	Lab   *spec.Lab
	Steps []StepReport
}

// StepReport is what came out of proving a step.
type StepReport struct {
	Step   spec.Step
	Before []check.Result // before its do block was played
	After  []check.Result
	Played error // why the do block could not be played
	Took   time.Duration
}

// Fault says what is wrong with the step; "" for nothing.
func (s StepReport) Fault() string {
	switch {
	case s.Step.Read() && s.Played == nil:
		return ""
	case s.Played != nil:
		return "the do block cannot be played"
	case allOK(s.Before):
		return "the check holds before the step is done"
	case !allOK(s.After):
		return "the check does not hold after the do block"
	}
	return ""
}

// OK reports whether the lab is proved.
func (r Report) OK() bool {
	for _, s := range r.Steps {
		if s.Fault() != "" {
			return false
		}
	}
	return len(r.Steps) == len(r.Lab.Steps)
}

// String is the report for people.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", r.Lab.Title, r.Lab.File)
	for _, s := range r.Steps {
		fault := s.Fault()
		if fault == "" {
			fmt.Fprintf(&b, "✓ %s (%d ms)\n", s.Step.Title, s.Took.Milliseconds())
			continue
		}
		fmt.Fprintf(&b, "✗ %s: %s\n    %s:%d\n", s.Step.Title, fault, r.Lab.File, s.Step.Line)
		if s.Played != nil {
			fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(s.Played.Error(), "\n", "\n    "))
			continue
		}
		for _, result := range s.After {
			writeFindings(&b, result)
		}
	}
	if missing := len(r.Lab.Steps) - len(r.Steps); missing > 0 {
		fmt.Fprintf(&b, "The other steps (%d) were not tried.\n", missing)
	}
	return b.String()
}

// slowest is how long a step may wait for the screen to change: the first
// function of a runtime can take that long on a busy machine.
const slowest = time.Minute

// patience is that of a Bench which says nothing of it.
const patience = 15 * time.Second

// Test proves a lab on a fresh console: each check fails before the step's do
// block is played, and holds after it. A step that cannot be played ends the
// test, since the steps after it build on it. The error is of the console that
// could not be made or closed.
func Test(ctx context.Context, lab *spec.Lab, newConsole NewConsole) (report Report, err error) {
	bench, err := newConsole(ctx)
	if err != nil {
		return Report{}, err
	}
	if bench.Patience == 0 {
		bench.Patience = patience
	}
	if bench.Width == 0 {
		bench.Width, bench.Height = benchWidth, benchHeight
	}
	if lab, err = prepared(ctx, bench, lab); err != nil {
		return Report{}, errors.Join(err, bench.Close())
	}
	session := drive.Start(ctx, bench.Console, bench.Width, bench.Height)
	session.Limit = slowest
	defer func() {
		session.Close()
		err = errors.Join(err, bench.Close())
	}()
	if bench.Cloud.Place.Kind == aws.Account {
		if err := session.Keys("esc"); err != nil { // the console first says where it is
			return Report{Lab: lab}, err
		}
	}
	p := proof{session: session, bench: bench, started: time.Now()}
	report = Report{Lab: lab}
	for _, step := range lab.Steps {
		s := p.step(ctx, step)
		report.Steps = append(report.Steps, s)
		if s.Fault() != "" {
			break
		}
	}
	return report, ctx.Err()
}

// prepared is a lab in its form for the bench's kind of Cloud, which has what the
// lab needs.
func prepared(ctx context.Context, bench Bench, lab *spec.Lab) (*spec.Lab, error) {
	lab = lab.On(bench.Cloud.Place.Kind)
	if bench.Store == nil {
		return lab, nil
	}
	bench.Store.Begin(lab)
	lab = lab.With(bench.Store.Progress(lab.ID).Names)
	parts, err := Preparation{Cloud: bench.Trail.Cloud(), Store: bench.Store, Lab: lab, Assets: bench.Assets}.Make(ctx)
	for _, p := range parts {
		err = errors.Join(err, p.Err)
	}
	return lab, err
}

type proof struct {
	session *drive.Session
	bench   Bench
	started time.Time
}

func (p proof) step(ctx context.Context, step spec.Step) StepReport {
	out := StepReport{Step: step, Before: p.check(ctx, step)}
	begin := time.Now()
	if out.Played = p.session.Play(step.Do); out.Played == nil {
		out.After = p.settled(ctx, step)
	} else {
		out.Played = fmt.Errorf("%w\n%s", out.Played, p.session.Screen())
	}
	out.Took = time.Since(begin)
	return out
}

func (p proof) check(ctx context.Context, step spec.Step) []check.Result {
	return run(ctx, step, check.World{Cloud: p.bench.Cloud, Events: p.bench.Trail.Events(), Since: p.started})
}

// settled checks until the step is done or time is up; the console lives on
// meanwhile.
func (p proof) settled(ctx context.Context, step spec.Step) []check.Result {
	const pause = 100 * time.Millisecond
	for limit := time.Now().Add(p.bench.Patience); ; p.session.Pump(pause) {
		results := p.check(ctx, step)
		if allOK(results) || step.Read() || !time.Now().Before(limit) || ctx.Err() != nil {
			return results
		}
	}
}
