package js

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"modernc.org/quickjs"
	"modernc.org/quickjs/intl"
)

// ownMemoryMB is what the process needs beside the engine's heap, so that both together stay within the function's
// memory: the resident set of an idle worker less its VM, on linux/amd64.
const ownMemoryMB = 18

// leastHeapMB keeps tiny limits usable: the prelude alone takes 3 MB.
const leastHeapMB = 16

// errOutOfMemory is the engine at its memory limit.
var errOutOfMemory = errors.New("js: out of memory")

// engine is one VM with the prelude, and what its event loop waits for.
type engine struct {
	vm      *quickjs.VM
	native  native
	limits  *limits                  // of the heap
	entries map[string]quickjs.Value // the prelude's functions that were called, by name
	out     printer
	api     *runtimeAPI
	files   *fileSystem
	fetcher *fetcher
	start   time.Time

	asked     bool            // JavaScript waits for the next invocation
	exited    bool            // process.exit was called
	status    int             // with this status
	completed chan completion // answers to what runs outside, one event each
	pending   int             // how many of them are still to come
	failure   error           // of the Runtime API; ends the loop
}

// completion is the end of something asynchronous, as __complete(id, failed, json) takes it.
type completion struct {
	id     int
	failed bool
	json   string
}

func newEngine(s settings) (*engine, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start the engine: %w", err)
	}
	e := &engine{vm: vm, api: newRuntimeAPI(s.runtimeAPI), start: time.Now(), entries: map[string]quickjs.Value{}, completed: make(chan completion)}
	if e.native, err = nativeOf(vm); err != nil {
		return nil, err
	}
	if e.files, err = newFileSystem(s.taskRoot, s.tmp); err != nil {
		return nil, err
	}
	e.fetcher = newFetcher(s.endpoint)
	if err := e.register(); err != nil {
		return nil, err
	}
	e.native.trackRejections()
	vm.SetModuleLoader(e.importSource, e.resolveImport)
	code, err := prelude(vm, s.cache)
	if err != nil {
		return nil, err
	}
	if _, err := vm.EvalBytecode(code); err != nil {
		return nil, fmt.Errorf("prelude: %w", describe(err))
	}
	if s.memoryMB > 0 {
		e.limits = e.native.limitMemory(uintptr(max(s.memoryMB-ownMemoryMB, leastHeapMB))<<20, e.kill)
	}
	return e, nil
}

// hostFunctions are what the prelude can ask of Go; it finds each as a global __host_<name> and takes it away.
func (e *engine) hostFunctions() map[string]quickjs.HostFunc {
	functions := map[string]quickjs.HostFunc{
		"write":        e.hostWrite,
		"post":         e.hostPost,
		"next":         func([]any) (any, error) { e.asked = true; return nil, nil },
		"exit":         e.hostExit,
		"mark":         func(args []any) (any, error) { return nil, e.out.mark(text(args, 0)) },
		"kill":         func([]any) (any, error) { e.kill(); return nil, nil },
		"elapsed":      func([]any) (any, error) { return float64(time.Since(e.start)) / float64(time.Millisecond), nil },
		"evaluate":     e.hostEvaluate,
		"parse":        e.hostParse,
		"promiseState": func([]any) (any, error) { return e.native.promiseState("__promise", "__value") },
		"environ":      func([]any) (any, error) { return environ(), nil },
		"intl":         func([]any) (any, error) { return nil, intl.Register(e.vm) },
		"fetch":        e.hostFetch,
		"encode":       func(args []any) (any, error) { return toBase64([]byte(text(args, 0))), nil },
		"utf8Length":   func(args []any) (any, error) { return len(text(args, 0)), nil },
		"utf8":         func(args []any) (any, error) { return decodeUTF8(fromBase64(args, 0)), nil },
	}
	for name, f := range e.files.hostFunctions() {
		functions[name] = f
	}
	for name, f := range cryptoFunctions {
		functions[name] = f
	}
	return functions
}

func (e *engine) register() error {
	for name, f := range e.hostFunctions() {
		if err := e.vm.RegisterHostFunc("__host_"+name, f); err != nil {
			return fmt.Errorf("register %s: %w", name, err)
		}
	}
	return e.native.registerBrand()
}

// hostWrite(fd, text) writes to standard output (1) or error (2).
func (e *engine) hostWrite(args []any) (any, error) {
	out := os.Stdout
	if number(args) == 2 {
		out = os.Stderr
	}
	return nil, e.out.write(out, text(args, 1))
}

// kill ends the process as when it is out of memory; what it wrote until then can be read.
func (e *engine) kill() {
	_ = e.out.flush() // there is nobody to tell
	killSelf()
}

// hostExit(status) ends the event loop at its next turn; what JavaScript still runs until then cannot be heard.
func (e *engine) hostExit(args []any) (any, error) {
	if !e.exited {
		e.exited, e.status = true, int(number(args))
	}
	e.vm.Interrupt()
	return nil, nil
}

// hostEvaluate(file, source) runs a classic script; the value is left in __value, an exception in __thrown.
func (e *engine) hostEvaluate(args []any) (any, error) {
	return nil, e.native.evaluate(text(args, 1), text(args, 0), "__value", "__thrown")
}

// hostParse(file, source, module) reads a script or a module; what is wrong with its syntax is left in __thrown.
func (e *engine) hostParse(args []any) (any, error) {
	return nil, e.native.parse(text(args, 1), text(args, 0), truth(args, 2), "__thrown")
}

// resolveImport and importSource are the module loader's two halves; the prelude knows Node's rules.
func (e *engine) resolveImport(_ *quickjs.VM, importer, name string) (string, error) {
	return e.callForText("__resolveImport", importer, name)
}

func (e *engine) importSource(_ *quickjs.VM, module string) (string, error) {
	return e.callForText("__importSource", module)
}

// enter calls a function of the prelude. Each is looked up once: VM.Call would compile its name at each call.
func (e *engine) enter(function string, args ...any) (any, error) {
	entry, ok := e.entries[function]
	if !ok {
		var err error
		if entry, err = e.vm.EvalValue(function, quickjs.EvalGlobal); err != nil {
			return nil, err
		}
		e.entries[function] = entry
	}
	return entry.Call(quickjs.UndefinedValue, args...)
}

func (e *engine) callForText(function string, args ...any) (string, error) {
	result, err := e.enter(function, args...)
	if err != nil {
		return "", err
	}
	s, ok := result.(string)
	if !ok {
		return "", fmt.Errorf("js: %s gave %T", function, result)
	}
	return s, nil
}

// environ is the environment as a JSON-like list of alternating names and values.
func environ() []any {
	var list []any
	for _, entry := range os.Environ() {
		if name, value, ok := strings.Cut(entry, "="); ok && name != "" && !strings.HasPrefix(name, "AWSLAB_") {
			list = append(list, name, value)
		}
	}
	return list
}

// describe adds the engine's stack to an error of the prelude itself, and tells running out of memory apart.
func describe(err error) error {
	var thrown *quickjs.Error
	if !errors.As(err, &thrown) {
		return err
	}
	if thrown.Name == "InternalError" && thrown.Message == "out of memory" {
		return errOutOfMemory
	}
	return fmt.Errorf("%w\n%s", err, thrown.Stack)
}
