package sdk

import (
	"context"
	"fmt"
	"time"

	"awslab/aws"

	core "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	http "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/smithy-go/logging"
)

// Options say which account to use. What is not given is found as the AWS CLI and
// the SDKs find it: the environment, the shared configuration files, SSO, and
// what a machine at AWS is given.
type Options struct {
	Profile     string // of the shared configuration
	Region      string // "us-west-2"
	EndpointURL string // where the AWS protocols are spoken instead of at AWS
	// Code asks for the code that the MFA device shows, when the profile's role wants
	// one; without it such a profile cannot be used. It is asked again when the role's
	// session is over.
	Code func() (string, error)
	// Retried is told of each attempt after the first one, when it is made: which one
	// it is (2 or more), and how the one before failed (an *aws.Error). The context has
	// the values of the one that the call was made with; an upload in parts is one call,
	// though each part has attempts of its own. Many goroutines may call it.
	Retried func(ctx context.Context, attempt int, err error)
	// MaxBackoff is the longest wait between two attempts; the SDK's, 20 s, unless
	// given.
	MaxBackoff time.Duration
}

// Account is an AWS account in one region, with somebody's credentials.
type Account struct {
	// Cloud is the account as an AWS to work on.
	Cloud aws.Cloud
	// Profile is the profile in use, "default" unless one was chosen.
	Profile string

	clients    clients
	converters converters
	regions    regions
	source     source
	download   core.HTTPClient // for what needs no credentials
}

// Open finds credentials and asks AWS whose they are, which is the only call it
// makes. An error of class aws.ErrCredentials says what to run. Keys that were
// written into a file anew are read by opening again; a sign-in by SSO is found
// without.
func Open(ctx context.Context, opts Options) (*Account, error) {
	loaded, err := load(ctx, opts)
	if err != nil {
		return nil, unreadable(err)
	}
	a := &Account{source: sourceOf(loaded, opts.Profile), download: loaded.HTTPClient}
	a.Profile = a.source.profile
	loaded.APIOptions = append(loaded.APIOptions, a.tellRetries(opts.Retried))
	if loaded.Region == "" {
		return nil, fmt.Errorf("no region is chosen for the profile %q. Pass --region, set AWS_REGION, or run: %s", a.Profile, a.source.configure())
	}
	a.clients = newClients(loaded, opts.EndpointURL)
	a.Cloud = a.cloud()
	who, err := a.Cloud.STS.GetCallerIdentity(ctx, aws.GetCallerIdentityInput{})
	if err != nil {
		return nil, err
	}
	a.Cloud.Place = aws.Place{
		Kind: aws.Account, Region: loaded.Region, AccountID: who.Account, ARN: who.Arn, Endpoint: a.clients.endpoint,
	}
	return a, nil
}

// load reads the configuration, as the SDK does.
func load(ctx context.Context, opts Options) (core.Config, error) {
	options := []func(*config.LoadOptions) error{
		config.WithSharedConfigProfile(opts.Profile),
		config.WithRegion(opts.Region),
		config.WithLogger(logging.Nop{}), // the screen is not the SDK's to write on
	}
	if opts.Code != nil {
		options = append(options, config.WithAssumeRoleCredentialOptions(func(o *stscreds.AssumeRoleOptions) { o.TokenProvider = opts.Code }))
	}
	if opts.MaxBackoff > 0 {
		options = append(options, config.WithRetryer(func() core.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = opts.MaxBackoff })
		}))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return loaded, err
	}
	if loaded.HTTPClient == nil {
		loaded.HTTPClient = http.NewBuildableClient() // one for all services
	}
	loaded.HTTPClient = readOnce{loaded.HTTPClient}
	if loaded.Credentials != nil {
		loaded.Credentials = telling{loaded.Credentials}
	}
	loaded.APIOptions = append(loaded.APIOptions, leaveValidation)
	return loaded, nil
}
