// Command awslab is a terminal console that teaches AWS serverless by doing. It
// gives the command line its sandboxes.
package main

import (
	"context"
	"os"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/aws/sdk"
	"awslab/aws/trail"
	"awslab/ui/command"
)

func main() {
	runtime.Worker() // this process may have been started as one
	os.Exit(command.Run(command.Backend{
		Open: open, OpenAccount: openAccount, Profiles: sdk.Profiles, Reset: fake.Reset, JSEngines: runtime.JSEngines(), Address: local.Address,
	}))
}

// open puts a sandbox to work.
func open(ctx context.Context, opts command.Options) (*command.Opened, error) {
	how := local.Options{Dir: opts.Dir, ReadOnly: opts.ReadOnly, Listen: opts.Listen, ListenThere: opts.ListenThere, Refused: opts.Refused}
	if opts.Functions {
		how.Engines = &runtime.Options{Cache: local.Cache(opts.Dir), JSEngine: opts.JSEngine, Path: os.Getenv("PATH")}
	}
	s, err := local.Open(ctx, how)
	if err != nil {
		return nil, err
	}
	return &command.Opened{Trail: s.Trail, Cloud: s.Cloud, Close: s.Close}, nil
}

// openAccount opens an AWS account.
func openAccount(ctx context.Context, opts command.AccountOptions) (*command.Opened, error) {
	var t *trail.Trail
	account, err := sdk.Open(ctx, sdk.Options{
		Profile: opts.Profile, Region: opts.Region, EndpointURL: opts.EndpointURL,
		Retried: func(op aws.Operation, attempt int, err error) {
			if t != nil {
				t.Retried(op, attempt, err)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	t = trail.New(account.Cloud, trail.Options{ReadOnly: opts.ReadOnly, Permit: opts.Permit})
	return &command.Opened{Trail: t, Cloud: account.Cloud, Profile: account.Profile, Close: func() error { return nil }}, nil
}
