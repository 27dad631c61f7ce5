package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"awslab/aws"
	"awslab/ui"
	"awslab/ui/lab"
)

// memoryFile is the file in the sandbox's folder that keeps where the user was.
const memoryFile = "console.json"

// keptFolder is the folder beside it of what the pages keep.
const keptFolder = "console"

// session is a sandbox or an account at work, with what the fronts need of it.
type session struct {
	*Opened
	folder   string // where what is kept lies
	labs     *lab.Library
	progress *lab.Store
	memory   *ui.Memory
	warnings []string
}

// open opens the sandbox, or the account, and what is kept for it. permit is asked
// before an account is changed.
func (f *flags) open(ctx context.Context, how Options, permit func(context.Context, aws.Operation) error) (*session, error) {
	s := &session{folder: f.sandbox}
	var err error
	if f.account.aws {
		s.Opened, s.folder, err = f.openAccount(ctx, permit)
	} else {
		s.Opened, err = f.openSandbox(ctx, how)
	}
	if err != nil {
		return nil, err
	}
	if s.labs, err = lab.Embedded(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.progress, err = lab.OpenStore(s.folder); err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
	if s.memory, err = ui.OpenMemory(filepath.Join(s.folder, memoryFile)); err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
	return s, nil
}

func (f *flags) openSandbox(ctx context.Context, how Options) (*Opened, error) {
	how.Dir, how.ReadOnly, how.JSEngine = f.sandbox, f.readOnly, f.jsEngine
	return f.backend.Open(ctx, how)
}

// with runs a command that needs no screen, and no functions.
func (f *flags) with(ctx context.Context, do func(*session) error) error {
	s, err := f.open(ctx, Options{}, nil)
	if err != nil {
		return err
	}
	for _, warning := range s.warnings {
		fmt.Fprintln(os.Stderr, "awslab: "+warning)
	}
	return errors.Join(do(s), s.Close())
}
