package aws

import "context"

// Engines tells what runs functions where AWS does not: in a sandbox. What runs
// is not always what the runtime's name says, and the screens tell it.
type Engines interface {
	// Engine tells what runs functions of a runtime here.
	Engine(Runtime) Engine
	// Prepare makes ready, in the background, what starts functions: else the
	// first function of each kind waits for it. It returns at once.
	Prepare()
	// Preparing tells what is being made ready so that functions start quickly,
	// and how much of it is done (0 to 1); "" when nothing is.
	Preparing() (what string, done float64)
	// Check reads a file of a function's code as the runtime would, without running
	// it. It gives the first place where the syntax is wrong; nil where none is, or
	// where nothing here can tell.
	Check(ctx context.Context, runtime Runtime, file string, source []byte) (*SyntaxError, error)
}

// Engine is what runs functions of a runtime.
type Engine struct {
	Name     string // "CPython 3.14.6 (embedded)"; "" when nothing does
	Runs     bool
	Why      string // why nothing runs them, and what to do; "" when something does
	Confined string // what the functions are kept from, or that they are not
}

// SyntaxError is where a file of a function's code cannot be read.
type SyntaxError struct {
	Line, Column int // from 1; the column in bytes, 0 where it is not known
	Message      string
}
