package cloudwatch

import (
	"context"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members are needed.
type Config struct {
	Now    func() time.Time
	Random func() uint64 // of request ids; may be called from many goroutines
}

// Service is CloudWatch's metrics in a store. It implements aws.CloudWatch.
type Service struct {
	config Config
	store  *store.Store

	mu    sync.Mutex // protects swept
	swept int64      // the minute when old points were last deleted
}

var _ aws.CloudWatch = (*Service)(nil)

// New serves the metrics in a store.
func New(st *store.Store, config Config) *Service { return &Service{config: config, store: st} }

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceCloudWatch, Status: answers.BadRequest, RequestID: s.uuid}
}

// uuid makes a random (version 4) UUID, the form of request ids.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// kept is how long points are kept, and how long a metric is listed after its
// last one.
const (
	kept   = 15 * 24 * time.Hour
	listed = 14 * 24 * time.Hour
)

// oldest is the first minute whose points are kept.
func (s *Service) oldest() int64 { return minuteOf(s.config.Now().Add(-kept)) }

// minuteOf numbers minutes since 1970.
func minuteOf(t time.Time) int64 { return t.Unix() / 60 }
