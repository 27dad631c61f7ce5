package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"awslab/ui"
	"awslab/ui/lab"
)

// memoryFile is the file in the sandbox's folder that keeps where the user was.
const memoryFile = "console.json"

// keptFolder is the folder beside it of what the pages keep.
const keptFolder = "console"

// session is a sandbox at work, with what the fronts need of it.
type session struct {
	*Sandbox
	labs     *lab.Library
	progress *lab.Store
	memory   *ui.Memory
	warnings []string
}

// open opens the sandbox and what is kept beside its data.
func (f *flags) open(ctx context.Context, how Options) (*session, error) {
	if !slices.Contains(f.backend.JSEngines, f.jsEngine) {
		return nil, fmt.Errorf("--js-engine is one of %s, not %q", strings.Join(f.backend.JSEngines, ", "), f.jsEngine)
	}
	how.Dir, how.ReadOnly, how.JSEngine = f.sandbox, f.readOnly, f.jsEngine
	sandbox, err := f.backend.Open(ctx, how)
	if err != nil {
		return nil, err
	}
	s := &session{Sandbox: sandbox}
	if s.labs, err = lab.Embedded(); err != nil {
		return nil, errors.Join(err, sandbox.Close())
	}
	if s.progress, err = lab.OpenStore(f.sandbox); err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
	if s.memory, err = ui.OpenMemory(filepath.Join(f.sandbox, memoryFile)); err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
	return s, nil
}

// with runs a command that needs no screen, and no functions.
func (f *flags) with(ctx context.Context, do func(*session) error) error {
	s, err := f.open(ctx, Options{})
	if err != nil {
		return err
	}
	for _, warning := range s.warnings {
		fmt.Fprintln(os.Stderr, "awslab: "+warning)
	}
	return errors.Join(do(s), s.Close())
}
