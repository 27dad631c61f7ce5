package command

import (
	"context"
	"fmt"
	"strings"

	"awslab/ui/lab"

	"github.com/spf13/cobra"
)

func (f *flags) labCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "lab [NAME | FILE.md]", Short: "The console, in a lab",
		Example: "  awslab lab dynamodb\n  awslab lab my-lab.md",
		Args:    cobra.MaximumNArgs(1), Annotations: onScreens(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.console(cmd.Context(), strings.Join(args, ""))
		},
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "The labs, and how far you are in each", Args: cobra.NoArgs,
			Example: "  awslab lab list",
			RunE:    func(cmd *cobra.Command, _ []string) error { return f.with(cmd.Context(), f.listLabs) },
		},
		&cobra.Command{
			Use: "test NAME | FILE.md …", Short: "Prove labs: each check fails before its step and passes after it",
			Long:    "Plays each lab in a console on a sandbox of its own, which is thrown away afterwards.",
			Example: "  awslab lab test dynamodb\n  awslab lab test my-lab.md", Args: cobra.MinimumNArgs(1), Annotations: marks(sandboxOnly, "js-engine"),
			RunE: func(cmd *cobra.Command, args []string) error { return f.testLabs(cmd, args) },
		},
		&cobra.Command{
			Use: "reset NAME", Short: "Forget the progress of a lab; what it made stays", Args: cobra.ExactArgs(1),
			Example: "  awslab lab reset dynamodb",
			RunE: func(cmd *cobra.Command, args []string) error {
				return f.with(cmd.Context(), func(s *session) error { return f.resetLab(s, args[0]) })
			},
		},
		f.endCommand(),
	)
	return cmd
}

func (f *flags) endCommand() *cobra.Command {
	yes := false
	cmd := &cobra.Command{
		Use: "end NAME", Short: "Delete what a lab made, and end it", Args: cobra.ExactArgs(1),
		Long:    "Deletes what the lab made and nothing else, with a result for each; it can be run again after a\nfailure, or days later. On an AWS account it lists what it would delete unless --yes is given.",
		Example: "  awslab lab end dynamodb\n  awslab lab end lambda --aws --yes",
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(cmd.Context(), func(s *session) error {
				if f.account.aws && !yes {
					return f.announceEnd(cmd.Context(), s, args[0])
				}
				return f.endLab(cmd.Context(), s, args[0])
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "on an AWS account: do it")
	return cmd
}

func (f *flags) listLabs(s *session) error {
	for _, l := range s.labs.All() {
		l = l.On(s.Cloud.Place.Kind)
		fmt.Fprintf(f.out, "%-12s %s (%s)\n             %s\n", l.ID, l.Title, s.progress.Of(l), l.Summary)
	}
	return nil
}

func (f *flags) resetLab(s *session, name string) error {
	l, err := s.labs.Find(name)
	if err != nil {
		return err
	}
	if err := s.progress.Reset(l.ID); err != nil {
		return err
	}
	fmt.Fprintf(f.out, "%s starts from its first step again.\n", l.Title)
	return nil
}

// announceEnd lists what ending a lab would delete from an account, and what that
// costs as long as it is there.
func (f *flags) announceEnd(ctx context.Context, s *session, name string) error {
	l, err := s.labs.Find(name)
	if err != nil {
		return err
	}
	left, err := lab.Remaining(ctx, s.Trail.Cloud(), s.progress, l)
	if err != nil {
		return err
	}
	if len(left) == 0 {
		return f.endLab(ctx, s, name)
	}
	for _, r := range left {
		fmt.Fprintln(f.out, "• "+r.Deleting(true))
	}
	place := s.Cloud.Place
	return fmt.Errorf("this deletes the above from the AWS account %s in %s: say --yes to do it", place.AccountID, place.Region)
}

func (f *flags) endLab(ctx context.Context, s *session, name string) error {
	l, err := s.labs.Find(name)
	if err != nil {
		return err
	}
	results, err := lab.End(ctx, s.Trail.Cloud(), s.progress, l)
	failed := err
	for _, r := range results {
		fmt.Fprintln(f.out, r.String())
		if r.Err != nil {
			failed = errNotDone
		}
	}
	if len(results) == 0 {
		fmt.Fprintln(f.out, "Nothing that this lab made is left.")
	}
	return failed
}
