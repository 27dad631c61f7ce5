package command

import (
	"context"
	"errors"
	"fmt"
	"os"

	"awslab/ui"
	"awslab/ui/drive"
	"awslab/ui/lab"

	"github.com/spf13/cobra"
)

// testLabs proves each lab on a sandbox of its own.
func (f *flags) testLabs(cmd *cobra.Command, names []string) error {
	if cmd.Flags().Changed("sandbox") || cmd.Flags().Changed("read-only") {
		return errors.New("lab test uses a sandbox of its own: leave --sandbox and --read-only out")
	}
	labs, err := lab.Embedded()
	if err != nil {
		return err
	}
	failed := false
	for _, name := range names {
		l, err := labs.Find(name)
		if err != nil {
			return err
		}
		report, err := lab.Test(cmd.Context(), l, f.newTestConsole(labs))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprint(f.out, report.String())
		failed = failed || !report.OK()
	}
	if failed {
		return errNotDone
	}
	return nil
}

// anyPort is an address whose port the system chooses.
const anyPort = "127.0.0.1:0"

// newTestConsole makes consoles on sandboxes that are thrown away.
func (f *flags) newTestConsole(labs *lab.Library) lab.NewConsole {
	return func(ctx context.Context) (lab.Bench, error) {
		dir, err := os.MkdirTemp("", "awslab-test-")
		if err != nil {
			return lab.Bench{}, err
		}
		sandbox, err := f.backend.Open(ctx, Options{Dir: dir, Functions: true, JSEngine: f.jsEngine, Listen: anyPort})
		if err != nil {
			return lab.Bench{}, errors.Join(err, os.RemoveAll(dir))
		}
		store, err := lab.OpenStore(dir)
		if err != nil {
			return lab.Bench{}, errors.Join(err, sandbox.Close(), os.RemoveAll(dir))
		}
		console := ui.New(ctx, ui.Config{
			Trail: sandbox.Trail, Cloud: sandbox.Cloud, Labs: labs, Progress: store, Home: dir, Folder: dir,
		})
		return lab.Bench{
			Console: console, Trail: sandbox.Trail, Cloud: sandbox.Cloud,
			Close: func() error {
				return errors.Join(console.Close(), sandbox.Close(), os.RemoveAll(dir))
			},
		}, nil
	}
}

var _ drive.Console = (*ui.Console)(nil)
