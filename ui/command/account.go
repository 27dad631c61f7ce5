package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// fits checks that the flags given belong together: none is ever ignored.
func (f *flags) fits(cmd *cobra.Command, _ []string) error {
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	if !f.account.aws {
		for _, name := range forAccounts {
			if given(name) {
				return fmt.Errorf("--%s is for AWS accounts: add --aws, or leave it out", name)
			}
		}
		return nil
	}
	if cmd.Annotations[sandboxOnly] != "" {
		return fmt.Errorf("%s works on a sandbox: leave --aws out", cmd.Name())
	}
	for _, name := range []string{"sandbox", "js-engine"} {
		if given(name) {
			return fmt.Errorf("--%s is for sandboxes: leave it out, or --aws", name)
		}
	}
	return nil
}

// sandboxOnly marks the commands that make sense on a sandbox alone.
const sandboxOnly = "sandbox-only"

func onSandboxes() map[string]string { return map[string]string{sandboxOnly: "yes"} }

// openAccount opens an account; what is kept for it lies in a folder of its own.
func (f *flags) openAccount(ctx context.Context, permit func(context.Context, aws.Operation) error) (opened *Opened, folder string, err error) {
	opened, err = f.identify(ctx, permit)
	if err != nil {
		return nil, "", err
	}
	place := opened.Cloud.Place
	folder = filepath.Join(xdg.DataHome, "awslab", "accounts", place.AccountID+" "+place.Region)
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
	limited, cancel := context.WithTimeoutCause(ctx, giveUp, fmt.Errorf("%s has not answered within %s: see that this machine is connected, and that the address is right", from, giveUp))
	defer cancel()
	opened, err := f.backend.OpenAccount(limited, AccountOptions{
		Profile: f.account.profile, Region: f.account.region, EndpointURL: f.account.endpointURL, ReadOnly: f.readOnly, Permit: permit,
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
