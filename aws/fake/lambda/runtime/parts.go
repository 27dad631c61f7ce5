package runtime

import (
	"context"
	"net/http"
	"os"
	"path/filepath"

	"awslab/aws/fake/lambda/runtime/js"
	"awslab/aws/fake/lambda/runtime/python"
)

const pythonSupported = python.Supported

// interpreter is Python, unpacked.
type interpreter = *python.Interpreter

func quickJS() { js.Worker() }

func pictures() http.Handler { return python.Pictures() }

func quickJSName() string { return js.EngineName + " (embedded)" }

func describePython() Engine {
	if !python.Supported {
		return Engine{Why: "no Python is embedded for " + platform()}
	}
	return Engine{Name: new(python.Interpreter).Version() + " (embedded)", Runs: true}
}

// preparePython unpacks Python into the cache, once.
func (e *Engines) preparePython(ctx context.Context) (interpreter, error) {
	return e.python.get(func() (interpreter, error) {
		return python.Prepare(ctx, filepath.Join(e.options.Cache, "python"), func(done, total int64) {
			if e.options.Progress != nil {
				e.options.Progress("Python", done, total)
			}
		})
	})
}

// readyPython is Python when it is unpacked already, by this process or another.
func (e *Engines) readyPython() (interpreter, bool) {
	if python, ok := e.python.ready(); ok {
		return python, true
	}
	return python.Installed(filepath.Join(e.options.Cache, "python"))
}

// checksJS reports whether a file is one that readJS reads.
func checksJS(file string) bool { return js.Checks(file) }

// checksPython reports whether a file is one of Python's.
func checksPython(file string) bool { return python.Checks(file) }

// readJS reads a file in this process.
func readJS(c checking) (*SyntaxFault, error) {
	fault, err := js.Check(c.Cache, c.Empty, c.File, c.Source)
	if fault == nil || err != nil {
		return nil, err
	}
	return (*SyntaxFault)(fault), nil
}

// prepareJS compiles into the cache what every QuickJS worker runs first.
func (e *Engines) prepareJS() error {
	_, err := e.bytecode.get(func() (string, error) {
		folder := filepath.Join(e.options.Cache, "js")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", err
		}
		return folder, js.Cache(folder)
	})
	return err
}

// nodeBootstrap writes the bootstrap that node runs into the cache, once, and
// returns its path.
func (e *Engines) nodeBootstrap() (string, error) {
	return e.bootstrap.get(func() (string, error) {
		return e.cached("node", "bootstrap.mjs", js.NodeBootstrap)
	})
}
