package check

import (
	"context"
	"fmt"
	"time"

	"awslab/aws"
	"awslab/aws/trail"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// World is what checks look at.
type World struct {
	// Cloud is read; give the one below the trail, so that checks leave no trace.
	Cloud aws.Cloud
	// Events are the calls so far, oldest first.
	Events []trail.Event
	// Since is when the lab was started: earlier calls do not count for it.
	Since time.Time
	// Now is the time; that of the clock if it is zero.
	Now time.Time
}

func (w World) now() time.Time {
	if w.Now.IsZero() {
		return time.Now()
	}
	return w.Now
}

// limit bounds one check.
const limit = 10 * time.Second

// Function is a row of the table of check functions.
type Function struct {
	Name      string
	Signature string
	Help      string
	Example   string
	// bind makes the function of one evaluation.
	bind func(*evaluation) any
}

// Check is one check line, compiled.
type Check struct {
	Source  string
	program *vm.Program
}

// Result is how a check came out.
type Result struct {
	Check    string   `json:"check"` // the line of the lab
	OK       bool     `json:"ok"`
	Findings Findings `json:"findings"`
}

// Compile compiles a check line. It is tried out on an empty world, so that
// wrong arguments are found here and not when a learner is at the step.
func Compile(source string) (*Check, error) {
	dry := &evaluation{ctx: context.Background()}
	program, err := expr.Compile(source, expr.Env(dry.functions()), expr.DisableAllBuiltins(), expr.EnableBuiltin("len"))
	if err != nil {
		return nil, err
	}
	c := &Check{source, program}
	_, err = c.evaluate(dry)
	return c, err
}

// Run evaluates the check. What goes wrong on the way is a finding, too.
func (c *Check) Run(ctx context.Context, w World) Result {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	findings, err := c.evaluate(&evaluation{ctx: ctx, world: w})
	if err != nil {
		findings = unreadable(c.Source, err)
	}
	return Result{Check: c.Source, OK: findings.OK(), Findings: findings}
}

func (c *Check) evaluate(e *evaluation) (Findings, error) {
	out, err := expr.Run(c.program, e.functions())
	if err != nil {
		return nil, err
	}
	switch out := out.(type) {
	case Findings:
		return out, nil
	case bool:
		if out {
			return holds(c.Source), nil
		}
		return Findings{{Subject: c.Source, Expected: "true", Found: "false", Cause: CauseFalse}}, nil
	}
	return nil, fmt.Errorf("a check is true or false, or calls a check function; this is a %T", out)
}

// evaluation is one run of one check.
type evaluation struct {
	ctx   context.Context
	world World
}

func (e *evaluation) functions() map[string]any {
	out := make(map[string]any)
	for _, f := range Functions() {
		out[f.Name] = f.bind(e)
	}
	return out
}

// late marks what AWS shows some seconds after it was done; a sandbox shows it at
// once.
func (e *evaluation) late(findings Findings) Findings {
	if e.world.Cloud.Place.Kind == aws.Account {
		for i := range findings {
			findings[i].Late = !findings[i].OK && findings[i].Cause != CauseUnreadable
		}
	}
	return findings
}

// unreadable is the finding for a state that could not be read.
func unreadable(subject string, err error) Findings {
	return Findings{{
		Subject: subject, Expected: "to read it", Found: visible(err.Error()), Cause: CauseUnreadable,
		Advice: "This is no fault of the step: see to the error, then check again.",
	}}
}
