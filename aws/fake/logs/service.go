package logs

import (
	"context"
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members are needed.
type Config struct {
	Now       func() time.Time
	Random    func() uint64 // of ids; may be called from many goroutines
	Region    string
	AccountID string
}

// Service is CloudWatch Logs in a store. It implements aws.Logs.
type Service struct {
	config Config
	store  *store.Store

	mu    sync.Mutex // protects swept
	swept map[uint64]int64
}

var _ aws.Logs = (*Service)(nil)

// New serves the logs in a store.
func New(st *store.Store, config Config) *Service {
	return &Service{config: config, store: st, swept: make(map[uint64]int64)}
}

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceLogs, Status: answers.BadRequest, RequestID: s.uuid}
}

// uuid makes a random (version 4) UUID, the form of request ids.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// now is the time in milliseconds since 1970.
func (s *Service) now() int64 { return s.config.Now().UnixMilli() }

func (s *Service) groupARN(group string) string {
	return fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", s.config.Region, s.config.AccountID, group)
}
