// Package command is the command line: it reads flags, opens a sandbox and hands
// it to a front: the console, a lab, a check.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"
)

// Run carries out the command line on the sandboxes of a backend, and returns
// the exit code: 1 for a check that says no, 2 for what went wrong.
func Run(backend Backend) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	err := newRoot(backend, os.Stdout).ExecuteContext(ctx)
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

// Backend is where the commands get their sandboxes from.
type Backend struct {
	// Open puts a sandbox to work.
	Open func(context.Context, Options) (*Opened, error)
	// OpenAccount opens an AWS account.
	OpenAccount func(context.Context, AccountOptions) (*Opened, error)
	// Assets are the files that labs hand out on an account; thumbnailZip is the
	// thumbnail function's package, "" to build it.
	Assets func(thumbnailZip string) lab.Assets
	// Profiles lists the profiles of the user's AWS configuration.
	Profiles func() ([]string, error)
	// Reset deletes all that a sandbox keeps in its folder.
	Reset func(dir string) error
	// JSEngines lists what can run Node.js functions.
	JSEngines []string
	// Address is where a sandbox answers other programs when its port is free.
	Address string
}

// Options say how a command wants its sandbox.
type Options struct {
	Dir      string
	ReadOnly bool
	// Functions has functions run, by the JavaScript engine named.
	Functions bool
	JSEngine  string
	// Listen is the address at which the sandbox answers other programs; "" for
	// none. Where its port is taken, another one serves unless it has to be there.
	Listen      string
	ListenThere bool
	// Refused is told of requests there that reached no operation; nil for nobody.
	Refused func(r *http.Request, err error)
	// Forget keeps no call in the trail once it has ended.
	Forget bool
}

// Opened is a sandbox at work, or an AWS account.
type Opened struct {
	Trail *trail.Trail
	Cloud aws.Cloud // without the trail
	// Profile is the account's profile; "" for a sandbox.
	Profile string
	Close   func() error
}

// flags are what every command takes.
type flags struct {
	backend  Backend
	sandbox  string
	account  accountFlags
	readOnly bool
	jsEngine string
	images   string
	in       io.Reader
	out      io.Writer
}

// newRoot builds the command line.
func newRoot(backend Backend, out io.Writer) *cobra.Command {
	f := &flags{backend: backend, in: os.Stdin, out: out}
	root := &cobra.Command{
		Use:   "awslab",
		Short: "An AWS console in the terminal, with labs that check what you did",
		Long: "awslab is a console that looks and behaves like the AWS Management Console, with hands-on\n" +
			"labs beside it. It works on a sandbox: an AWS on this machine that keeps real data.",
		Example:       "  awslab                 the console, on the sandbox\n  awslab lab dynamodb    the console, in the DynamoDB lab\n  awslab lab lambda      the console, in the S3 and Lambda lab\n  awslab lab apigateway  the console, in the API Gateway lab\n  awslab serve           the sandbox without a screen",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,

		Annotations:       onScreens(),
		PersistentPreRunE: f.fits,
		RunE:              func(cmd *cobra.Command, _ []string) error { return f.console(cmd.Context(), "") },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetOut(out)
	root.PersistentFlags().StringVar(&f.sandbox, "sandbox", defaultSandbox(), "the sandbox's `folder`; it is made if it is not there")
	root.PersistentFlags().BoolVar(&f.readOnly, "read-only", false, "refuse every call that would change something")
	root.PersistentFlags().StringVar(&f.jsEngine, "js-engine", "auto", "what runs Node.js functions: auto (node on this machine, if any), node or quickjs")
	root.PersistentFlags().StringVar(&f.images, "images", "auto", "how pictures are shown: auto, kitty, blocks or characters")
	f.account.declare(root)
	root.AddCommand(f.labCommand(), f.checkCommand(), f.serveCommand(), f.sandboxCommand())
	return root
}

// defaultSandbox is the user's own sandbox, in the place the system has for data.
func defaultSandbox() string { return filepath.Join(xdg.DataHome, "awslab", "sandbox") }
