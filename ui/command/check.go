package command

import (
	"context"
	"encoding/json"
	"fmt"

	"awslab/ui/lab"

	"github.com/spf13/cobra"
)

func (f *flags) checkCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "check NAME", Short: "Is each step of a lab done? For scripts: the exit code is 0 when all are",
		Example: "  awslab check dynamodb\n  awslab check dynamodb --json", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(cmd.Context(), func(s *session) error { return f.check(cmd.Context(), s, args[0], asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the results as JSON")
	return cmd
}

func (f *flags) check(ctx context.Context, s *session, name string, asJSON bool) error {
	l, err := s.labs.Find(name)
	if err != nil {
		return err
	}
	results, err := lab.Check(ctx, s.Cloud, s.Trail, s.progress, l)
	if err != nil {
		return err
	}
	if asJSON {
		encoder := json.NewEncoder(f.out)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(results)
	} else {
		fmt.Fprint(f.out, results.String())
	}
	if err == nil && !results.Done() {
		return errNotDone
	}
	return err
}
