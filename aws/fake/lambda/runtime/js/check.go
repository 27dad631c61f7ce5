package js

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"modernc.org/quickjs"
)

// checkMemoryMB bounds the engine's heap while it reads a file; the parser takes some hundred bytes for one of source.
const checkMemoryMB = 256

// Fault is where a file cannot be read.
type Fault struct {
	Line, Column int // from 1; the column in characters
	Message      string
}

// Checks reports whether Check can read a file of this name: JavaScript and JSON.
func Checks(file string) bool {
	for _, ending := range []string{".mjs", ".cjs", ".js", ".json"} {
		if strings.HasSuffix(file, ending) {
			return true
		}
	}
	return false
}

// Check reads a file as Node.js would, without running anything of it, and gives the first fault of its syntax, in
// Node's words; nil when there is none. An .mjs file is a module, a .cjs file is CommonJS, a .js file may be either.
//
// The engine is a translated C program, which such a text could bring down: Check belongs into a process of its own.
// That is ended when the memory is used up. cache is the folder of [Cache], or empty; empty is any empty folder.
func Check(cache, empty, file, source string) (fault *Fault, err error) {
	source = strings.TrimPrefix(strings.ToValidUTF8(source, "\uFFFD"), "\uFEFF")
	e, err := newEngine(settings{taskRoot: empty, tmp: empty, cache: cache, memoryMB: checkMemoryMB})
	if err != nil {
		return nil, err
	}
	e.vm.SetModuleLoader(
		func(*quickjs.VM, string) (string, error) { return "", nil }, // what a file imports is not its own syntax
		func(_ *quickjs.VM, _, name string) (string, error) { return "import:" + name, nil },
	)
	found, err := e.callForText("__syntaxFault", "/var/task/"+file, source)
	runtime.KeepAlive(e.limits)
	if err = errors.Join(describe(err), e.vm.Close()); err != nil {
		return nil, fmt.Errorf("check %s: %w", file, err)
	}
	err = json.Unmarshal([]byte(found), &fault)
	return fault, err
}
