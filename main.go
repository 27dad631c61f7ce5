// Command awslab is a terminal console that teaches AWS serverless by doing. It
// turns flags into a Cloud and hands it to a front: the console, a lab, a check.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"awslab/aws/fake"
	"awslab/aws/trail"
	"awslab/ui"
	"awslab/ui/drive"
	"awslab/ui/lab"

	tea "charm.land/bubbletea/v2"
	"github.com/adrg/xdg"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

func main() { os.Exit(run()) }

// run carries out the command line and returns the exit code.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := command(os.Stdout).ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errNotDone) {
		fmt.Fprintln(os.Stderr, "awslab: "+err.Error())
	}
	return exitCode(err)
}

// errNotDone is a check or a lab test that found something undone; its report
// has been printed already.
var errNotDone = errors.New("not everything is done")

// exitCode is 1 for a check that says no, and 2 for everything that went wrong.
func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errNotDone):
		return 1
	}
	return 2
}

// flags are what every command takes.
type flags struct {
	sandbox  string
	readOnly bool
	out      io.Writer
}

// command builds the command line.
func command(out io.Writer) *cobra.Command {
	f := &flags{out: out}
	root := &cobra.Command{
		Use:   "awslab",
		Short: "An AWS console in the terminal, with labs that check what you did",
		Long: "awslab is a console that looks and behaves like the AWS Management Console, with hands-on\n" +
			"labs beside it. It works on a sandbox: an AWS on this machine that keeps real data.",
		Example:       "  awslab                 the console, on the sandbox\n  awslab lab dynamodb    the console, in the DynamoDB lab",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return f.console(cmd.Context(), "") },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetOut(out)
	root.PersistentFlags().StringVar(&f.sandbox, "sandbox", defaultSandbox(), "the sandbox's `folder`; it is made if it is not there")
	root.PersistentFlags().BoolVar(&f.readOnly, "read-only", false, "refuse every call that would change something")
	root.AddCommand(f.labCommand(), f.checkCommand(), f.sandboxCommand())
	return root
}

// defaultSandbox is the user's own sandbox, in the place the system has for data.
func defaultSandbox() string { return filepath.Join(xdg.DataHome, "awslab", "sandbox") }

// memoryFile is the file in the sandbox's folder that keeps where the user was.
const memoryFile = "console.json"

// session is an open sandbox with what the fronts need of it.
type session struct {
	sandbox  *fake.Sandbox
	trail    *trail.Trail
	labs     *lab.Library
	progress *lab.Store
	memory   *ui.Memory
	warnings []string
}

// open opens the sandbox and what is kept beside its data.
func (f *flags) open() (*session, error) {
	sandbox, err := fake.Open(f.sandbox, fake.Options{})
	if err != nil {
		return nil, err
	}
	s := &session{sandbox: sandbox}
	s.trail = trail.New(sandbox.Cloud(), trail.Options{ReadOnly: f.readOnly})
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

func (s *session) close() error { return s.sandbox.Close() }

// with runs a command that needs no screen.
func (f *flags) with(do func(*session) error) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	for _, warning := range s.warnings {
		fmt.Fprintln(os.Stderr, "awslab: "+warning)
	}
	return errors.Join(do(s), s.close())
}

// errNoTerminal is a console that nobody could see.
var errNoTerminal = errors.New("the console needs a terminal for its input and output, and this is none; " +
	"`awslab check` and `awslab lab list` work without one")

// console runs the console, in a lab when one is named.
func (f *flags) console(ctx context.Context, labName string) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) || os.Getenv("TERM") == "dumb" {
		return errNoTerminal
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	if labName != "" {
		found, err := s.labs.Find(labName)
		if err != nil {
			return errors.Join(err, s.close())
		}
		labName = found.ID
	}
	console := ui.New(ctx, ui.Config{
		Trail: s.trail, Cloud: s.sandbox.Cloud(), Labs: s.labs, Progress: s.progress, Memory: s.memory,
		Lab: labName, Warnings: s.warnings, Clipboard: clipboard.WriteAll, Editor: editor(),
		Repaint: os.Getenv("AWS_EXECUTION_ENV") == "CloudShell",
	})
	_, err = tea.NewProgram(console, programOptions(ctx)...).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil // ended from outside: everything acknowledged is kept
	}
	remembered := console.Remember()
	console.Close()
	return errors.Join(err, remembered, s.close())
}

// programOptions sets the terminal up. NO_COLOR counts whatever its value, as
// its convention says.
func programOptions(ctx context.Context) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithContext(ctx)}
	if os.Getenv("NO_COLOR") != "" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	return options
}

// editor is the user's editor with its arguments.
func editor() []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}

func (f *flags) labCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "lab [NAME | FILE.md]", Short: "The console, in a lab",
		Example: "  awslab lab dynamodb\n  awslab lab my-lab.md",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.console(cmd.Context(), strings.Join(args, ""))
		},
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "The labs, and how far you are in each", Args: cobra.NoArgs,
			Example: "  awslab lab list",
			RunE:    func(*cobra.Command, []string) error { return f.with(f.listLabs) },
		},
		&cobra.Command{
			Use: "test NAME | FILE.md …", Short: "Prove labs: each check fails before its step and passes after it",
			Long:    "Plays each lab in a console on a sandbox of its own, which is thrown away afterwards.",
			Example: "  awslab lab test dynamodb\n  awslab lab test my-lab.md", Args: cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return f.testLabs(cmd, args) },
		},
		&cobra.Command{
			Use: "reset NAME", Short: "Forget the progress of a lab; what it made stays", Args: cobra.ExactArgs(1),
			Example: "  awslab lab reset dynamodb",
			RunE: func(_ *cobra.Command, args []string) error {
				return f.with(func(s *session) error { return f.resetLab(s, args[0]) })
			},
		},
		&cobra.Command{
			Use: "end NAME", Short: "Delete what a lab made, and end it", Args: cobra.ExactArgs(1),
			Example: "  awslab lab end dynamodb",
			RunE: func(cmd *cobra.Command, args []string) error {
				return f.with(func(s *session) error { return f.endLab(cmd.Context(), s, args[0]) })
			},
		},
	)
	return cmd
}

func (f *flags) listLabs(s *session) error {
	for _, l := range s.labs.All() {
		p := s.progress.Of(l)
		fmt.Fprintf(f.out, "%-12s %s (%d of %d steps)\n             %s\n", l.ID, l.Title, p.Done, p.Steps, l.Summary)
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

func (f *flags) endLab(ctx context.Context, s *session, name string) error {
	l, err := s.labs.Find(name)
	if err != nil {
		return err
	}
	results, err := lab.End(ctx, s.trail.Cloud(), s.progress, l)
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
		report, err := lab.Test(cmd.Context(), l, newTestConsole(labs))
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

// newTestConsole makes consoles on sandboxes that are thrown away.
func newTestConsole(labs *lab.Library) lab.NewConsole {
	return func(ctx context.Context) (lab.Bench, error) {
		dir, err := os.MkdirTemp("", "awslab-test-")
		if err != nil {
			return lab.Bench{}, err
		}
		sandbox, err := fake.Open(dir, fake.Options{})
		if err != nil {
			return lab.Bench{}, errors.Join(err, os.RemoveAll(dir))
		}
		store, err := lab.OpenStore(dir)
		if err != nil {
			return lab.Bench{}, errors.Join(err, sandbox.Close(), os.RemoveAll(dir))
		}
		t := trail.New(sandbox.Cloud(), trail.Options{})
		console := ui.New(ctx, ui.Config{Trail: t, Cloud: sandbox.Cloud(), Labs: labs, Progress: store})
		return lab.Bench{
			Console: console, Trail: t, Cloud: sandbox.Cloud(),
			Close: func() error {
				console.Close()
				return errors.Join(sandbox.Close(), os.RemoveAll(dir))
			},
		}, nil
	}
}

var _ drive.Console = (*ui.Console)(nil)

func (f *flags) checkCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "check NAME", Short: "Is each step of a lab done? For scripts: the exit code is 0 when all are",
		Example: "  awslab check dynamodb\n  awslab check dynamodb --json", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(func(s *session) error { return f.check(cmd.Context(), s, args[0], asJSON) })
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
	results, err := lab.Check(ctx, s.sandbox.Cloud(), s.trail, s.progress, l)
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

// reset empties the sandbox, and forgets the labs' progress and where the user was.
func (f *flags) reset() error {
	if err := fake.Reset(f.sandbox); err != nil {
		return err
	}
	for _, name := range []string{lab.ProgressFile, memoryFile} {
		if err := os.Remove(filepath.Join(f.sandbox, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
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
		Use: "reset", Short: "Delete everything in the sandbox, and the labs' progress", Args: cobra.NoArgs,
		Example: "  awslab sandbox reset --yes",
		RunE: func(*cobra.Command, []string) error {
			if !yes {
				return fmt.Errorf("this deletes everything in %s: say --yes to do it", f.sandbox)
			}
			return f.reset()
		},
	}
	reset.Flags().BoolVar(&yes, "yes", false, "do it")
	cmd.AddCommand(reset, &cobra.Command{
		Use: "path", Short: "Print the sandbox's folder", Args: cobra.NoArgs, Example: "  awslab sandbox path",
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(f.out, f.sandbox)
			return err
		},
	})
	return cmd
}
