package fake

import (
	"context"
	cryptorand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/dynamodb"
	"awslab/aws/fake/store"
)

// What a sandbox is unless Options say otherwise.
const (
	DefaultRegion    = "us-west-2"
	DefaultAccountID = "000000000000"
	DefaultDelay     = 1500 * time.Millisecond
)

// learner is the user that calls a sandbox.
const learner = "learner"

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
}

// Sandbox is an open sandbox folder.
type Sandbox struct {
	store *store.Store
	cloud aws.Cloud
}

// Open opens the sandbox in a folder, making it if it is not there. The folder
// is this process's own until Close.
func Open(dir string, opts Options) (*Sandbox, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	st, err := store.Open(dir, store.Options{Migrations: migrations(), OpenFile: opts.OpenFile})
	if err != nil {
		return nil, fmt.Errorf("open the sandbox: %w", err)
	}
	ids := &ids{source: opts.Random}
	arn := fmt.Sprintf("arn:aws:iam::%s:user/%s", opts.AccountID, learner)
	return &Sandbox{store: st, cloud: aws.Cloud{
		Place: aws.Place{Kind: aws.Sandbox, Region: opts.Region, AccountID: opts.AccountID, ARN: arn},
		DynamoDB: dynamodb.New(st, dynamodb.Config{
			Now: opts.Now, Random: ids.next, Delay: opts.Delay.Or(DefaultDelay),
			Region: opts.Region, AccountID: opts.AccountID,
		}),
		STS: sts{account: opts.AccountID, arn: arn},
	}}, nil
}

// Cloud is the sandbox as an AWS to work on.
func (s *Sandbox) Cloud() aws.Cloud { return s.cloud }

// Close waits for what is under way and closes the folder. Calls that come
// later fail with aws.ErrStorage.
func (s *Sandbox) Close() error { return s.store.Close() }

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
func migrations() []store.Migration {
	return []store.Migration{{
		Name: "mark the file as a sandbox",
		Apply: func(w *store.Writer) error {
			w.Put("sandbox", []byte("kind"), []byte("awslab sandbox"))
			return nil
		},
	}}
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
	return aws.GetCallerIdentityOutput{Account: s.account, Arn: s.arn, UserID: "AIDALEARNERSANDBOX000"}, nil
}
