package runtime

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// program is what a process of an environment runs.
type program struct {
	quickJS bool     // this program's own QuickJS worker; no arguments then
	args    []string // the program and its arguments
	folders []string // what it needs besides the system's programs and the code
	env     []string // variables of its own, "NAME=value"
	bare    bool     // it writes no frames between its lines
}

// confinedTask is where a confined function finds its code.
const confinedTask = "/var/task"

// programFor says what runs a function; task is the folder of its code as the
// function will see it.
func (e *Engines) programFor(ctx context.Context, s Spec, task string) (program, *Failure) {
	engine := e.describe(s.Runtime)
	if !engine.Runs {
		return program{}, failure(TypeFailed, s.RequestID, engine.Why)
	}
	var made program
	var err error
	switch familyOf(s.Runtime) {
	case familyNode:
		made, err = e.nodeProgram(ctx, s)
	case familyPython:
		made, err = e.pythonProgram(ctx)
	default:
		return bootstrapProgram(s, task)
	}
	if err != nil {
		return program{}, failure(TypeFailed, s.RequestID, fmt.Sprintf("the sandbox could not prepare %s: %v", engine.Name, err))
	}
	return made, nil
}

func (e *Engines) nodeProgram(ctx context.Context, s Spec) (program, error) {
	if e.options.JSEngine != "quickjs" {
		if found := e.findNode(ctx); found.path != "" {
			return e.hostNodeProgram(found, s)
		}
	}
	if err := e.prepareJS(); err != nil {
		return program{}, err
	}
	cache := filepath.Join(e.options.Cache, "js")
	return program{quickJS: true, folders: []string{cache}, env: []string{"AWSLAB_JS_CACHE=" + cache}}, nil
}

func (e *Engines) hostNodeProgram(found node, s Spec) (program, error) {
	bootstrap, err := e.nodeBootstrap()
	if err != nil {
		return program{}, err
	}
	// Node collects garbage late unless it knows how little memory it has.
	heap := "--max-old-space-size=" + strconv.Itoa(max(s.MemoryMB*9/10, 32))
	return program{
		args:    []string{found.path, heap, bootstrap},
		folders: []string{found.path, filepath.Dir(bootstrap)},
	}, nil
}

func (e *Engines) pythonProgram(ctx context.Context) (program, error) {
	python, err := e.preparePython(ctx)
	if err != nil {
		return program{}, err
	}
	return program{args: python.Command(), folders: python.Folders()}, nil
}

// bootstrapProgram is the bootstrap that came with the code, when this
// computer can run it.
func bootstrapProgram(s Spec, task string) (program, *Failure) {
	path := filepath.Join(s.Code, "bootstrap")
	seen := filepath.Join(task, "bootstrap")
	invalid := func(message string) (program, *Failure) {
		return program{}, failure(TypeInvalidEntrypoint, s.RequestID, message)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return invalid("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")
	case !executable(info):
		return invalid("fork/exec /var/task/bootstrap: permission denied")
	}
	if built, fits := builtFor(path); !fits {
		return invalid("fork/exec /var/task/bootstrap: exec format error (" + built + "; this computer is " + platform() + ")")
	}
	return program{args: []string{seen}, bare: true}, nil
}

// memoryLimit returns what a process tree may use before it is killed, in
// bytes. A QuickJS worker keeps its limit itself and exactly; what it needs
// around that is not the function's.
func (p program) memoryLimit(s Spec) int64 {
	limit := int64(cmp.Or(s.MemoryMB, defaultMemoryMB))
	if p.quickJS {
		limit += quickJSExtraMB
	}
	return limit << 20
}

const (
	defaultMemoryMB = 128
	quickJSExtraMB  = 96
)

func megabytes(n int) string { return strconv.Itoa(cmp.Or(n, defaultMemoryMB)) }
