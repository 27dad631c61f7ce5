package fake

import (
	"context"
	cryptorand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"awslab/aws"
	"awslab/aws/fake/apigateway"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/dynamodb"
	"awslab/aws/fake/iam"
	"awslab/aws/fake/lambda"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/fake/logs"
	"awslab/aws/fake/s3"
	"awslab/aws/fake/store"
)

// What a sandbox is unless Options say otherwise.
const (
	DefaultRegion    = "us-west-2"
	DefaultAccountID = "000000000000"
	DefaultDelay     = 1500 * time.Millisecond
)

// The user that calls a sandbox, and the credentials that are as good as any.
const (
	learner       = "learner"
	learnerID     = "AIDALEARNERSANDBOX000"
	learnerKey    = "AKIALEARNERSANDBOX00"
	learnerSecret = "awslab" // no secret: the endpoint takes any key as the learner's
)

// gather is how long the logs and metrics of functions wait for more.
const gather = 20 * time.Millisecond

// codeFolder is the folder of the functions' code, beside the store's file.
const codeFolder = "functions"

// The classes of failure of Open; test for one with errors.Is. The error itself
// says which file and what to do next.
var (
	ErrInUse      = store.ErrInUse      // another process has the folder open
	ErrReadOnly   = store.ErrReadOnly   // the folder cannot be written to
	ErrNotFolder  = store.ErrNotFolder  // the path is a file
	ErrNoParent   = store.ErrNoParent   // the folder cannot be made
	ErrFull       = store.ErrFull       // the disk is full
	ErrCorrupt    = store.ErrCorrupt    // the file is damaged
	ErrNotSandbox = store.ErrNotSandbox // the file is something else
	ErrNewer      = store.ErrNewer      // a newer version made it
)

// Options say how a sandbox behaves. The zero value is what people want; tests
// set the clock, the randomness and the delay.
type Options struct {
	// Now is the clock; time.Now unless given.
	Now func() time.Time
	// Random is where ids come from; a source seeded by the system unless
	// given. The sandbox takes care of concurrent use.
	Random rand.Source
	// Delay is how long a table is CREATING, UPDATING or DELETING;
	// DefaultDelay unless given.
	Delay     aws.Option[time.Duration]
	Region    string // DefaultRegion unless given
	AccountID string // twelve digits; DefaultAccountID unless given
	// OpenFile replaces os.OpenFile for the sandbox's file; tests make disks
	// fail with it.
	OpenFile func(name string, flag int, mode os.FileMode) (*os.File, error)
	// After gives a channel that is sent to when the time is over; time.After
	// unless given. Retries of functions wait by it.
	After func(time.Duration) <-chan time.Time
	// Endpoint is the URL at which the sandbox will answer AWS's protocols, for
	// presigned URLs and the CLI; "" for none.
	Endpoint string
}

// Sandbox is an open sandbox folder.
type Sandbox struct {
	opts   Options
	store  *store.Store
	iam    *iam.Service
	s3     *s3.Service
	lambda *lambda.Service
	apis   *apigateway.Service
	cloud  aws.Cloud

	engines   atomic.Pointer[runtime.Engines] // once functions run
	preparing atomic.Pointer[preparation]

	mu        sync.Mutex // protects what follows
	unprepare func()     // ends the preparation; nil when there is none
}

// Open opens the sandbox in a folder, making it if it is not there. The folder
// is this process's own until Close.
func Open(dir string, opts Options) (*Sandbox, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	ids := &ids{source: opts.Random}
	roles := func(st *store.Store) *iam.Service {
		return iam.New(st, iam.Config{Now: opts.Now, Random: ids.next, AccountID: opts.AccountID})
	}
	st, err := store.Open(dir, store.Options{Migrations: migrations(roles(nil)), OpenFile: opts.OpenFile})
	if err != nil {
		return nil, fmt.Errorf("open the sandbox: %w", err)
	}
	s := &Sandbox{opts: opts, store: st, iam: roles(st)}
	s.assemble(dir, ids)
	return s, nil
}

// assemble makes the services of an open store and joins them to a Cloud.
func (s *Sandbox) assemble(dir string, ids *ids) {
	opts := s.opts
	delay := opts.Delay.Or(DefaultDelay)
	arn := fmt.Sprintf("arn:aws:iam::%s:user/%s", opts.AccountID, learner)
	events := logs.New(s.store, logs.Config{Now: opts.Now, Random: ids.next, Region: opts.Region, AccountID: opts.AccountID})
	metrics := cloudwatch.New(s.store, cloudwatch.Config{Now: opts.Now, Random: ids.next})
	s.lambda = lambda.New(s.store, lambda.Config{
		Now: opts.Now, Random: ids.next, After: opts.After, Gather: gather, Delay: delay, Region: opts.Region, AccountID: opts.AccountID,
		Code: filepath.Join(dir, codeFolder), Roles: s.iam, Logs: events, Metrics: metrics,
		Objects: func(ctx context.Context, in aws.GetObjectInput) (aws.GetObjectOutput, error) {
			return s.s3.GetObject(ctx, in)
		},
	})
	s.s3 = s3.New(s.store, store.OpenObjects(dir, opts.OpenFile), s3.Config{
		Now: opts.Now, Random: ids.next, Region: opts.Region, AccountID: opts.AccountID,
		User:      s3.User{ARN: arn, ID: learnerID, AccessKeyID: learnerKey, SecretAccessKey: learnerSecret},
		Functions: s.lambda, Endpoint: opts.Endpoint,
	})
	s.apis = apigateway.New(s.store, apigateway.Config{
		Now: opts.Now, Random: ids.next, After: opts.After, Gather: gather, Region: opts.Region, AccountID: opts.AccountID,
		Functions: s.lambda, Metrics: metrics,
	})
	tables := dynamodb.New(s.store, dynamodb.Config{
		Now: opts.Now, Random: ids.next, Delay: delay, Region: opts.Region, AccountID: opts.AccountID, Endpoint: opts.Endpoint,
	})
	s.cloud = aws.Cloud{
		Place: aws.Place{
			Kind: aws.Sandbox, Region: opts.Region, AccountID: opts.AccountID, ARN: arn, Endpoint: opts.Endpoint,
		},
		DynamoDB: tables, DynamoDBStreams: tables.Streams(),
		S3: s.s3, Lambda: s.lambda, APIGateway: s.apis, Logs: events, CloudWatch: metrics, IAM: s.iam,
		STS: sts{account: opts.AccountID, arn: arn}, Engines: s,
	}
	if opts.Endpoint != "" {
		s.cloud.Presign = s.s3
	}
}

// Cloud is the sandbox as an AWS to work on.
func (s *Sandbox) Cloud() aws.Cloud { return s.cloud }

// Furnish makes the public bucket with the labs' files, when it is missing.
func (s *Sandbox) Furnish(ctx context.Context) error {
	if err := s.s3.SeedAssets(ctx); err != nil {
		return fmt.Errorf("make the labs' files: %w", err)
	}
	return nil
}

// Close ends the functions, waits for what is under way and closes the folder.
// Calls that come later fail with aws.ErrStorage; events that were not delivered
// are when the sandbox is open again.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	end := s.unprepare
	s.unprepare = func() {} // none begins any more
	s.mu.Unlock()
	if end != nil {
		end()
	}
	s.apis.Close()
	s.lambda.Close()
	s.s3.Close()
	return s.store.Close()
}

// complete fills in what was not given.
func (o Options) complete() (Options, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		var seed [32]byte
		if _, err := cryptorand.Read(seed[:]); err != nil {
			return o, fmt.Errorf("open the sandbox: no randomness: %w", err)
		}
		o.Random = rand.NewChaCha8(seed)
	}
	if o.Region == "" {
		o.Region = DefaultRegion
	}
	if o.AccountID == "" {
		o.AccountID = DefaultAccountID
	}
	return o, nil
}

// migrations are the steps from one layout of the file to the next.
func migrations(roles *iam.Service) []store.Migration {
	return []store.Migration{{
		Name: "mark the file as a sandbox",
		Apply: func(w *store.Writer) error {
			w.Put("sandbox", []byte("kind"), []byte("awslab sandbox"))
			return nil
		},
	}, {
		Name:  "make the roles that the labs' account has",
		Apply: roles.Seed,
	},
		widened("let objects have checksums, tags and versions, and tables streams"),
		widened("let objects have storage classes, and buckets another ownership"),
	}
}

// widened is a step to a layout in which what is there is read as it is; but a program
// that knows none of it could not read what is written from now on.
func widened(name string) store.Migration {
	return store.Migration{Name: name, Apply: func(*store.Writer) error { return nil }}
}

// ids hands out randomness to many goroutines.
type ids struct {
	mu     sync.Mutex
	source rand.Source
}

func (i *ids) next() uint64 {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.source.Uint64()
}

// sts answers who is calling: always the learner.
type sts struct{ account, arn string }

// GetCallerIdentity names the learner.
func (s sts) GetCallerIdentity(ctx context.Context, _ aws.GetCallerIdentityInput) (aws.GetCallerIdentityOutput, error) {
	if err := ctx.Err(); err != nil {
		return aws.GetCallerIdentityOutput{}, &aws.Error{
			Service: aws.ServiceSTS, Operation: "GetCallerIdentity", Code: "RequestCanceled",
			Message: "the request was canceled: " + err.Error(), Cause: err,
		}
	}
	return aws.GetCallerIdentityOutput{Account: s.account, Arn: s.arn, UserID: learnerID}, nil
}
