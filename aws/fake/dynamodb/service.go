package dynamodb

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members are needed.
type Config struct {
	Now    func() time.Time
	Random func() uint64 // of ids; may be called from many goroutines
	// Delay is how long a table or an index is CREATING, UPDATING or DELETING.
	Delay     time.Duration
	Region    string
	AccountID string
}

// Service is DynamoDB in a store. It implements aws.DynamoDB.
type Service struct {
	config  Config
	store   *store.Store
	decoded sync.Map // of table names to *table, as last read
}

var _ aws.DynamoDB = (*Service)(nil)

// New serves the tables in a store.
func New(st *store.Store, config Config) *Service {
	return &Service{config: config, store: st}
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
		failure.Status = 400
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		failure = &aws.Error{Code: "RequestCanceled", Message: "the request was canceled: " + err.Error(), Cause: err}
	default:
		failure = &aws.Error{Code: aws.CodeStorage, Message: err.Error(), Status: 500, Cause: err}
	}
	failure.Service = aws.ServiceDynamoDB
	failure.Operation = operation
	failure.RequestID = s.requestID()
	return failure
}

// requestID makes an id of the form DynamoDB gives: 52 of 0-9 and A-V.
func (s *Service) requestID() string {
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(s.random(32))
}

// uuid makes a random (version 4) UUID.
func (s *Service) uuid() string {
	b := s.random(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// random gives n random bytes, n a multiple of 8.
func (s *Service) random(n int) []byte {
	out := make([]byte, 0, n)
	for len(out) < n {
		out = binary.BigEndian.AppendUint64(out, s.config.Random())
	}
	return out
}

// now is the time as DynamoDB tells it, to the millisecond.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Millisecond) }

func (s *Service) tableARN(name string) string {
	return fmt.Sprintf("arn:aws:dynamodb:%s:%s:table/%s", s.config.Region, s.config.AccountID, name)
}
