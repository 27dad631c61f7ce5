package logs

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
	failure.Service = aws.ServiceLogs
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

// now is the time in milliseconds since 1970.
func (s *Service) now() int64 { return s.config.Now().UnixMilli() }

func (s *Service) groupARN(group string) string {
	return fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", s.config.Region, s.config.AccountID, group)
}
