package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

// Grade says for each step of a lab whether it is done.
type Grade struct {
	Lab   string      `json:"lab"`
	Title string      `json:"title"`
	Steps []StepGrade `json:"steps"`
}

// StepGrade says whether one step is done, and if not, why.
type StepGrade struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Read marks a step that has no check, only text.
	Read    bool           `json:"read,omitempty"`
	Done    bool           `json:"done"`
	At      time.Time      `json:"at,omitzero"` // when it was done, if that was in the console
	Skipped bool           `json:"skipped,omitempty"`
	Checks  []check.Result `json:"checks,omitempty"` // of a step that was not done before
}

// Check says how far a learner is in a lab: a step that was done once counts,
// whatever became of it; the others are checked now. The Cloud is only read.
func Check(ctx context.Context, cloud aws.Cloud, t *trail.Trail, store *Store, lab *spec.Lab) (Grade, error) {
	progress := store.Progress(lab.ID)
	lab = named(ctx, cloud, progress, lab)
	world := check.World{Cloud: cloud, Events: t.Events(), Since: progress.Started, Now: store.Now()}
	grade := Grade{Lab: lab.ID, Title: lab.Title}
	for _, step := range lab.Steps {
		g := StepGrade{ID: step.ID, Title: step.Title, Read: step.Read()}
		did, done := progress.Done[step.ID]
		switch {
		case done:
			g.Done, g.At, g.Skipped = true, did.At, did.Skipped
		case !g.Read:
			g.Checks = run(ctx, step, world)
			g.Done = allOK(g.Checks)
		}
		grade.Steps = append(grade.Steps, g)
	}
	return grade, ctx.Err()
}

// run runs the checks of a step.
func run(ctx context.Context, step spec.Step, world check.World) []check.Result {
	results := make([]check.Result, len(step.Checks))
	for i, c := range step.Checks {
		results[i] = c.Run(ctx, world)
	}
	return results
}

func allOK(results []check.Result) bool {
	for _, r := range results {
		if !r.OK {
			return false
		}
	}
	return len(results) > 0
}

// passing reports whether what does not hold yet is on its way.
func passing(results []check.Result) bool {
	for _, r := range results {
		for _, f := range r.Findings {
			if f.Passing() {
				return true
			}
		}
	}
	return false
}

// Done reports whether every step that is checked is done.
func (g Grade) Done() bool {
	for _, s := range g.Steps {
		if !s.Read && !s.Done {
			return false
		}
	}
	return true
}

// String is the grade for people, a line a step, with what is missing.
func (g Grade) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, g.Title)
	for _, s := range g.Steps {
		mark := "○"
		switch {
		case s.Done:
			mark = "✓"
		case !s.Read:
			mark = "✗"
		}
		fmt.Fprintf(&b, "%s %s\n", mark, s.Title)
		for _, r := range s.Checks {
			writeFindings(&b, r)
		}
	}
	return b.String()
}

func writeFindings(b *strings.Builder, r check.Result) {
	for _, f := range r.Findings {
		if f.OK {
			continue
		}
		fmt.Fprintf(b, "    %s\n", f)
		if f.Advice != "" {
			fmt.Fprintf(b, "      %s\n", f.Advice)
		}
	}
}
