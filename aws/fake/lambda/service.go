package lambda

import (
	"context"
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/iam"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members are needed,
// but for After, Gather and Objects.
type Config struct {
	Now    func() time.Time
	Random func() uint64 // of ids; may be called from many goroutines
	// After gives a channel that is sent to when the time is over; time.After
	// unless given.
	After func(time.Duration) <-chan time.Time
	// Gather is how long logs and metrics wait, by the computer's clock, for more
	// to be written with them.
	Gather time.Duration
	// Delay is how long a function is Pending and a change InProgress.
	Delay     time.Duration
	Region    string
	AccountID string
	// Code is a folder of the service's own, made if missing: the functions' zip
	// files, and the code unpacked.
	Code string
	// Objects reads code from S3; without it there is none to read.
	Objects func(context.Context, aws.GetObjectInput) (aws.GetObjectOutput, error)
	Roles   Roles
	Logs    Logs
	Metrics Metrics
}

// Roles is what Lambda asks of IAM.
type Roles interface {
	// Trusts is nil when the role exists and the service may assume it.
	Trusts(roleARN, service string) error
	// Assume gives a function credentials of its role.
	Assume(roleARN, sessionName string) (iam.Session, error)
	// Authorize is nil when the role of a session may do the action.
	Authorize(s iam.Session, action, resource string, conditions map[string]string) error
}

// Logs is what Lambda asks of CloudWatch Logs.
type Logs interface {
	// Append adds events to a stream; it makes the group and the stream.
	Append(group, stream string, events []aws.InputLogEvent) error
	DescribeLogGroups(context.Context, aws.DescribeLogGroupsInput) (aws.DescribeLogGroupsOutput, error)
}

// Metrics is what Lambda asks of CloudWatch.
type Metrics interface {
	Record(...cloudwatch.Datum) error
}

// Service is Lambda in a store. It implements aws.Lambda.
type Service struct {
	config  Config
	store   *store.Store
	decoded sync.Map // of names to *function, as last read
	code    *codeFolder
	events  *queue
	pool    *pool
	records *recorder

	mu      sync.Mutex // protects what follows
	engines Engines    // nil: nothing runs functions
	closed  bool
	// running ends what is under way; work counts it.
	running context.Context
	stop    context.CancelFunc
	work    sync.WaitGroup
}

var _ aws.Lambda = (*Service)(nil)

// New serves the functions in a store. It starts nothing.
func New(st *store.Store, config Config) *Service {
	if config.After == nil {
		config.After = time.After
	}
	s := &Service{config: config, store: st}
	s.running, s.stop = context.WithCancel(context.Background())
	s.code = newCodeFolder(config.Code, s.hex(8), s.inUse)
	s.events = newQueue()
	s.pool = newPool()
	s.records = newRecorder(s)
	return s
}

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceLambda, Status: statusOf, RequestID: s.uuid}
}

// uuid makes a random (version 4) UUID, the form of Lambda's request ids.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// hex gives random hexadecimal digits of n bytes, n a multiple of 8.
func (s *Service) hex(n int) string { return fmt.Sprintf("%x", s.random(n)) }

// random gives n random bytes.
func (s *Service) random(n int) []byte { return answers.Random(s.config.Random).Bytes(n) }

// now is the time as Lambda tells it, to the millisecond.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Millisecond) }

func (s *Service) functionARN(name string) string {
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", s.config.Region, s.config.AccountID, name)
}
