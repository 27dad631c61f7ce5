package cloudwatch

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"awslab/aws"
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
	err := ctx.Err()
	if err == nil {
		var out Out
		if out, err = do(); err == nil {
			return out, nil
		}
	}
	var none Out
	return none, s.failure(operation, err)
}

func (s *Service) failure(operation string, err error) error {
	var failure *aws.Error
	switch {
	case errors.As(err, &failure):
		failure.Status = http.StatusBadRequest
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		failure = &aws.Error{Code: "RequestCanceled", Message: "the request was canceled: " + err.Error(), Cause: err}
	default:
		failure = &aws.Error{Code: aws.CodeStorage, Message: err.Error(), Status: http.StatusInternalServerError, Cause: err}
	}
	failure.Service = aws.ServiceCloudWatch
	failure.Operation = operation
	failure.RequestID = s.uuid()
	return failure
}

// uuid makes a random (version 4) UUID, the form of request ids.
func (s *Service) uuid() string {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.config.Random()), s.config.Random())
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

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
