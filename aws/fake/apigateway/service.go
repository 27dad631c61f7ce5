package apigateway

import (
	"context"
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members are needed,
// but for After and Gather.
type Config struct {
	Now    func() time.Time
	Random func() uint64 // of ids; may be called from many goroutines
	// After gives a channel that is sent to when the time is over; time.After
	// unless given. Functions that take too long are given up by it.
	After func(time.Duration) <-chan time.Time
	// Gather is how long metrics wait, by the computer's clock, for more to be
	// written with them.
	Gather    time.Duration
	Region    string
	AccountID string
	Functions Functions
	Metrics   Metrics
}

// Functions is what API Gateway asks of Lambda.
type Functions interface {
	// InvokeFor runs a function for a service that acts for a source, if the
	// function's resource policy lets it.
	InvokeFor(ctx context.Context, service, sourceARN string, in aws.InvokeInput) (aws.InvokeOutput, error)
}

// Metrics is what API Gateway asks of CloudWatch.
type Metrics interface {
	Record(...cloudwatch.Datum) error
}

// Service is API Gateway in a store. It implements aws.APIGateway.
type Service struct {
	config  Config
	store   *store.Store
	live    sync.Map // of stage keys to *live, as last read
	records *recorder
	bucket  *bucket
	// patience is how long a client may take to send a body.
	patience time.Duration

	// running ends when the service is closed; work counts what is under way.
	running context.Context
	stop    context.CancelFunc
	mu      sync.Mutex // protects closed, and work from growing once it is set
	closed  bool
	work    sync.WaitGroup
}

var _ aws.APIGateway = (*Service)(nil)

// New serves the APIs in a store. It starts nothing.
func New(st *store.Store, config Config) *Service {
	if config.After == nil {
		config.After = time.After
	}
	s := &Service{config: config, store: st, records: newRecorder(config), bucket: newBucket(config.Now), patience: bodyPatience}
	s.running, s.stop = context.WithCancel(context.Background())
	return s
}

// Close ends the requests under way, and waits until their metrics are written.
// Requests that come later are refused.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.work.Wait()
	s.records.rounds.Drain()
}

// begin counts a request in; false when the service is closed.
func (s *Service) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.work.Add(1)
	return true
}

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceAPIGateway, Status: statusOf, RequestID: s.uuid}
}

// uuid makes a random (version 4) UUID, the form of request ids.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// id makes n small letters and digits, the form of the ids of APIs and what they
// are made of.
func (s *Service) id(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	id := make([]byte, n)
	for i := range id {
		id[i] = letters[s.config.Random()%uint64(len(letters))]
	}
	return string(id)
}

// now is the time as API Gateway tells it, to the second.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Second) }

// executeARN names a request to an API, as resource policies do.
func (s *Service) executeARN(api, stage, method, path string) string {
	return fmt.Sprintf("arn:aws:execute-api:%s:%s:%s/%s/%s%s", s.config.Region, s.config.AccountID, api, stage, method, path)
}
