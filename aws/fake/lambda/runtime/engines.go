package runtime

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Confinement says how far functions are kept from the rest of the computer.
type Confinement int

const (
	// ConfineBest confines functions as far as this system lets it.
	ConfineBest Confinement = iota
	// ConfineFiles confines functions less, with Landlock on Linux, as
	// ConfineBest does where namespaces are not to be had.
	ConfineFiles
	// ConfineNone runs functions as plain processes with a clean environment.
	ConfineNone
)

// Options says how functions are run. The zero value is good.
type Options struct {
	// Cache is the folder for what is unpacked once (Python, bytecode), made
	// if missing. Empty: awslab in the user's cache folder.
	Cache string
	// JSEngine runs nodejs functions: "node" (the host's, version 18 or later),
	// "quickjs" (embedded), or "auto" or "" (node when there is one).
	JSEngine string
	// Path is where node is looked for, in the form of PATH, which serves when
	// Path is empty.
	Path string
	// Endpoint answers what functions ask under AWS_ENDPOINT_URL. Without one
	// they get 501.
	Endpoint http.Handler
	// Confine is how far functions are confined.
	Confine Confinement
	// Progress is told of long preparations: what is prepared, and how many
	// bytes of how many are done. It may be nil.
	Progress func(what string, done, total int64)
}

// Engines starts execution environments. Its methods may be called from many
// goroutines.
type Engines struct {
	options Options
	starter *starter

	node      once[node]
	confine   once[struct{}]
	python    once[interpreter]
	bytecode  once[string] // the folder with it
	bootstrap once[string] // the file that node runs

	mu     sync.Mutex // protects what follows
	closed bool
	alive  map[*Environment]struct{}
}

// Engine is what runs the functions of a runtime here.
type Engine struct {
	Name     string // for the screen: "QuickJS 2026-06-04 (embedded)"
	Runs     bool   // whether functions of the runtime run at all
	Why      string // when not: why
	Confined string // how far functions are kept from the rest of the computer
}

// New returns engines that have started nothing yet.
func New(options Options) *Engines {
	if options.Cache == "" {
		folder, err := os.UserCacheDir()
		if err != nil {
			folder = os.TempDir()
		}
		options.Cache = filepath.Join(folder, "awslab")
	}
	if folder, err := filepath.Abs(options.Cache); err == nil {
		options.Cache = folder
	}
	options.JSEngine = cmp.Or(options.JSEngine, "auto")
	return &Engines{options: options, starter: newStarter(), alive: map[*Environment]struct{}{}}
}

// Prepare does ahead of time what the first start of each engine would wait
// for: it unpacks Python, compiles the JavaScript prelude, looks for node and
// tries the confinement. It may be called again, and is quick then.
func (e *Engines) Prepare(ctx context.Context) error {
	e.confinement()
	if e.options.JSEngine != "quickjs" {
		e.findNode(ctx)
	}
	if !pythonSupported {
		return e.prepareJS()
	}
	_, err := e.preparePython(ctx)
	return errors.Join(e.prepareJS(), err)
}

// Describe says what runs the functions of a runtime ("nodejs22.x"). The first
// call may take a tenth of a second: it looks for node and tries the
// confinement.
func (e *Engines) Describe(runtime string) Engine {
	engine := e.describe(runtime)
	if engine.Runs {
		engine.Confined = e.describeConfinement()
	}
	return engine
}

func (e *Engines) describeConfinement() string {
	why := e.confinement()
	version := landlockVersion()
	switch {
	case why == "":
		return "own network, files and processes"
	case e.options.Confine == ConfineNone || version == 0:
		return "its own process only: " + why
	case version < landlockNetwork:
		return "own files only: " + why
	}
	return "own files, and TCP to the sandbox only: " + why
}

func (e *Engines) describe(runtime string) Engine {
	switch familyOf(runtime) {
	case familyNode:
		return e.describeJS()
	case familyPython:
		return describePython()
	case familyProvided:
		return Engine{Name: "bootstrap of the code, run by this computer (" + platform() + ")", Runs: true}
	}
	return Engine{Why: runtime + " functions need " + missing(runtime) +
		", which the sandbox does not contain; they can be created and configured, but not run"}
}

// Close ends every environment and waits until their processes are gone.
// Starts that are under way fail.
func (e *Engines) Close() {
	e.mu.Lock()
	e.closed = true
	var alive []*Environment
	for environment := range e.alive {
		alive = append(alive, environment)
	}
	e.mu.Unlock()
	var wait sync.WaitGroup
	for _, environment := range alive {
		wait.Go(environment.Close)
	}
	wait.Wait()
	e.starter.stop()
}

// enter counts an environment among the living, unless the engines are closed.
func (e *Engines) enter(environment *Environment) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.closed {
		e.alive[environment] = struct{}{}
	}
	return !e.closed
}

func (e *Engines) leave(environment *Environment) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.alive, environment)
}

// confinement says why functions cannot be confined, or "". The first call
// tries it.
func (e *Engines) confinement() string {
	if e.options.Confine != ConfineBest {
		return "no more was asked for"
	}
	if _, err := e.confine.get(func() (struct{}, error) { return struct{}{}, e.tryConfinement() }); err != nil {
		return err.Error()
	}
	return ""
}

// landlockNetwork is the version of Landlock that brought rules for TCP.
const landlockNetwork = 4

type family int

const (
	familyOther family = iota
	familyNode
	familyPython
	familyProvided
)

func familyOf(runtime string) family {
	switch {
	case strings.HasPrefix(runtime, "nodejs"):
		return familyNode
	case strings.HasPrefix(runtime, "python"):
		return familyPython
	case strings.HasPrefix(runtime, "provided"), runtime == "go1.x":
		return familyProvided
	}
	return familyOther
}

// missing names what a runtime would need.
func missing(runtime string) string {
	for prefix, need := range map[string]string{"java": "a Java virtual machine", "dotnet": ".NET", "ruby": "Ruby"} {
		if strings.HasPrefix(runtime, prefix) {
			return need
		}
	}
	return "an engine"
}

// once is a value that is made at the first use. An error is kept like a
// value, except one of a context that ended.
type once[T any] struct {
	mu    sync.Mutex
	made  bool
	value T
	err   error
}

func (o *once[T]) get(make func() (T, error)) (T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.made {
		o.value, o.err = make()
		o.made = !errors.Is(o.err, context.Canceled) && !errors.Is(o.err, context.DeadlineExceeded)
	}
	return o.value, o.err
}

// ready gives the value when it was made, without waiting for its making.
func (o *once[T]) ready() (value T, ok bool) {
	if !o.mu.TryLock() {
		return value, false
	}
	defer o.mu.Unlock()
	return o.value, o.made && o.err == nil
}

// JSEngines lists what Options.JSEngine can be: node on this machine when there
// is one, else QuickJS; that node; the embedded QuickJS.
func JSEngines() []string { return []string{"auto", "node", "quickjs"} }
