// Command awslab is a terminal console that teaches AWS serverless by doing. It
// gives the command line its sandboxes.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"awslab/aws/fake"
	"awslab/aws/fake/assets"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/aws/sdk"
	"awslab/aws/trail"
	"awslab/thumbnail/bundle"
	"awslab/ui/command"
	"awslab/ui/lab"
)

func main() {
	runtime.Worker() // this process may have been started as one
	os.Exit(command.Run(command.Backend{
		Open: open, OpenAccount: openAccount, Profiles: sdk.Profiles, Assets: assetsFor, Reset: fake.Reset, JSEngines: runtime.JSEngines(), Address: local.Address,
	}))
}

// open puts a sandbox to work.
func open(ctx context.Context, opts command.Options) (*command.Opened, error) {
	how := local.Options{Dir: opts.Dir, ReadOnly: opts.ReadOnly, Listen: opts.Listen, ListenThere: opts.ListenThere, Refused: opts.Refused, Forget: opts.Forget}
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
	account, err := sdk.Open(ctx, sdk.Options{
		Profile: opts.Profile, Region: opts.Region, EndpointURL: opts.EndpointURL, Code: opts.Code, Retried: trail.Retried,
	})
	if err != nil {
		return nil, err
	}
	t := trail.New(account.Cloud, trail.Options{ReadOnly: opts.ReadOnly, Permit: opts.Permit})
	return &command.Opened{Trail: t, Cloud: account.Cloud, Profile: account.Profile, Close: func() error { return nil }}, nil
}

// files are what the labs hand out on an account: the picture, and the thumbnail
// function's package.
type files struct{ thumbnailZip string }

func assetsFor(thumbnailZip string) lab.Assets { return files{thumbnailZip} }

// packages are the thumbnail function's, and what the Go tool calls the architecture
// that each is for.
var packages = map[string]string{assets.CreateThumbnailName: "amd64", "CreateThumbnail-arm64.zip": "arm64"}

// Offers reports whether there is a file. A package that was given stands for all.
func (f files) Offers(ctx context.Context, name string) bool {
	switch {
	case name == assets.HappyFaceName, name == assets.CreateThumbnailName && f.thumbnailZip != "":
		return true
	case f.thumbnailZip != "" || packages[name] == "":
		return false
	}
	return bundle.Available(ctx, ".")
}

// Asset gives a file. The function is built by the Go tool unless its package was
// given.
func (f files) Asset(ctx context.Context, name string) ([]byte, error) {
	switch {
	case name == assets.HappyFaceName:
		return assets.HappyFace(), nil
	case name == assets.CreateThumbnailName && f.thumbnailZip != "":
		return os.ReadFile(f.thumbnailZip) // #nosec G304 -- the file that the user named
	case packages[name] != "":
		packed, err := bundle.Build(ctx, ".", packages[name])
		if errors.Is(err, bundle.ErrNoSource) {
			err = fmt.Errorf("%w; start awslab in the folder of its source, or with --thumbnail-zip FILE.zip", err)
		}
		return packed, err
	}
	return nil, fmt.Errorf("the labs hand out no file %s", name)
}
