package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"
)

// AccountOptions say which AWS account to work on.
type AccountOptions struct {
	Profile, Region, EndpointURL string
	// ReadOnly refuses every call that would change something.
	ReadOnly bool
	// Permit is asked before each call that would; nil permits all.
	Permit func(context.Context, aws.Operation) error
	// Code asks for the code that an MFA device shows, for profiles that want one. Once
	// the account is open it is an error.
	Code func() (string, error)
}

// accountFlags are the flags for AWS accounts.
type accountFlags struct {
	aws                          bool
	profile, region, endpointURL string
	thumbnailZip                 string
}

func (a *accountFlags) declare(root *cobra.Command) {
	set := root.PersistentFlags()
	set.BoolVar(&a.aws, "aws", false, "work on an AWS account instead of a sandbox")
	set.StringVar(&a.profile, "profile", "", "with --aws: the `profile` of your AWS configuration")
	set.StringVar(&a.region, "region", "", "with --aws: the `region`, such as us-west-2")
	set.StringVar(&a.endpointURL, "endpoint-url", "", "with --aws: the `URL` that speaks AWS's protocols instead of AWS")
	set.StringVar(&a.thumbnailZip, "thumbnail-zip", "", "with --aws: the package (`FILE`.zip) of the thumbnail function; without it the Go tool builds one")
}

// forAccounts are the flags that make sense with --aws alone.
var forAccounts = []string{"profile", "region", "endpoint-url", "thumbnail-zip"}

// fits checks that the flags given belong together, and to the command: none is ever
// ignored.
func (f *flags) fits(cmd *cobra.Command, _ []string) error {
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	if !f.account.aws {
		for _, name := range forAccounts {
			if given(name) {
				return fmt.Errorf("--%s is for AWS accounts: add --aws, or leave it out", name)
			}
		}
	}
	if _, only := cmd.Annotations[sandboxOnly]; f.account.aws && only {
		return fmt.Errorf("%s works on a sandbox: leave --aws out", cmd.Name())
	}
	for _, name := range []string{"sandbox", "js-engine"} {
		if f.account.aws && given(name) {
			return fmt.Errorf("--%s is for sandboxes: leave it out, or --aws", name)
		}
	}
	for _, flag := range forSome {
		if _, honours := cmd.Annotations[flag.name]; given(flag.name) && !honours {
			return fmt.Errorf("%s %s: leave --%s out", cmd.Name(), flag.others, flag.name)
		}
	}
	if given("js-engine") && !slices.Contains(f.backend.JSEngines, f.jsEngine) {
		return fmt.Errorf("--js-engine is one of %s, not %q", strings.Join(f.backend.JSEngines, ", "), f.jsEngine)
	}
	return nil
}

// sandboxOnly marks the commands that make sense on a sandbox alone.
const sandboxOnly = "sandbox-only"

// forSome are the flags that some commands honour, which are marked with their names,
// and what the others do instead.
var forSome = []struct{ name, others string }{
	{"images", "shows no pictures"}, {"js-engine", "runs no functions"}, {"thumbnail-zip", "prepares no account"},
}

// marks are those of a command.
func marks(names ...string) map[string]string {
	out := make(map[string]string, len(names))
	for _, name := range names {
		out[name] = "yes"
	}
	return out
}

// onScreens marks the commands that show the console.
func onScreens() map[string]string { return marks("images", "js-engine", "thumbnail-zip") }

// openAccount opens an account; what is kept for it lies in a folder of its own.
func (f *flags) openAccount(ctx context.Context, permit func(context.Context, aws.Operation) error) (opened *Opened, folder string, err error) {
	opened, err = f.identify(ctx, permit)
	if err != nil {
		return nil, "", err
	}
	place := opened.Cloud.Place
	name := place.AccountID + " " + place.Region
	if strings.ContainsAny(name, `/\`) { // what an endpoint says is no way to other folders
		return nil, "", errors.Join(fmt.Errorf("there is no account %q in the region %q", place.AccountID, place.Region), opened.Close())
	}
	folder = filepath.Join(xdg.DataHome, "awslab", "accounts", name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, "", errors.Join(fmt.Errorf("keep the labs' progress: %w", err), opened.Close())
	}
	return opened, folder, nil
}

// How long it takes until the user is told that an answer is awaited, and until none
// is awaited any more.
const (
	tellWaiting = time.Second
	giveUp      = 30 * time.Second
)

// identify opens an account, which asks it whose the credentials are.
func (f *flags) identify(ctx context.Context, permit func(context.Context, aws.Operation) error) (*Opened, error) {
	from := "AWS"
	if f.account.endpointURL != "" {
		from = f.account.endpointURL
	}
	waiting := time.AfterFunc(tellWaiting, func() {
		fmt.Fprintf(os.Stderr, "awslab: asking %s whose the credentials are … (ctrl+c gives up)\n", from)
	})
	defer waiting.Stop()
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	limit := time.AfterFunc(giveUp, func() {
		cancel(fmt.Errorf("%s has not answered within %s: see that this machine is connected, and that the address is right", from, giveUp))
	})
	defer limit.Stop()
	device := &device{ctx: ctx, in: f.in, clocks: map[*time.Timer]time.Duration{waiting: tellWaiting, limit: giveUp}}
	defer device.opened.Store(true)
	opened, err := f.backend.OpenAccount(limited, AccountOptions{
		Profile: f.account.profile, Region: f.account.region, EndpointURL: f.account.endpointURL, ReadOnly: f.readOnly, Permit: permit, Code: device.code,
	})
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("given up before %s answered", from)
	case err != nil && limited.Err() != nil:
		return nil, context.Cause(limited)
	}
	return opened, err
}

// consent is what asks before the first change of an account; nil for a sandbox,
// and where nothing can be changed anyway.
func (f *flags) consent() *ui.Consent {
	if !f.account.aws || f.readOnly {
		return nil
	}
	return ui.NewConsent()
}
