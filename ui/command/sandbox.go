package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"awslab/ui/lab"

	"github.com/spf13/cobra"
)

// reset empties the sandbox, and forgets the labs' progress and where the user was.
func (f *flags) reset() error {
	if err := f.backend.Reset(f.sandbox); err != nil {
		return err
	}
	for _, name := range []string{lab.ProgressFile, memoryFile, keptFolder} {
		if err := os.RemoveAll(filepath.Join(f.sandbox, name)); err != nil {
			return err
		}
	}
	fmt.Fprintln(f.out, "The sandbox in "+f.sandbox+" is empty.")
	return nil
}

func (f *flags) sandboxCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "sandbox", Short: "Where the sandbox is, and starting it afresh"}
	yes := false
	reset := &cobra.Command{
		Use: "reset", Short: "Delete everything in the sandbox, and the labs' progress", Args: cobra.NoArgs, Annotations: marks(sandboxOnly),
		Example: "  awslab sandbox reset --yes",
		RunE: func(*cobra.Command, []string) error {
			if f.readOnly {
				return errors.New("reset deletes everything: leave --read-only out")
			}
			if !yes {
				return fmt.Errorf("this deletes everything in %s: say --yes to do it", f.sandbox)
			}
			return f.reset()
		},
	}
	reset.Flags().BoolVar(&yes, "yes", false, "do it")
	cmd.AddCommand(reset, &cobra.Command{
		Use: "path", Short: "Print the sandbox's folder", Args: cobra.NoArgs, Example: "  awslab sandbox path", Annotations: marks(sandboxOnly),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(f.out, f.sandbox)
			return err
		},
	})
	return cmd
}
