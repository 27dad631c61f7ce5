package dynamodb

import (
	"context"
	"encoding/base32"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members but Endpoint
// are needed.
type Config struct {
	Now    func() time.Time
	Random func() uint64 // of ids; may be called from many goroutines
	// Delay is how long a table or an index is CREATING, UPDATING or DELETING.
	Delay     time.Duration
	Region    string
	AccountID string
	// Endpoint is the URL at which clients reach the service; "" for none.
	Endpoint string
}

// Service is DynamoDB in a store. It implements aws.DynamoDB.
type Service struct {
	config  Config
	store   *store.Store
	decoded sync.Map     // of table names to *table, as last read
	sweepAt atomic.Int64 // when items whose time has come are deleted next, in nanoseconds; 0 is at once
}

var _ aws.DynamoDB = (*Service)(nil)

// New serves the tables in a store.
func New(st *store.Store, config Config) *Service {
	return &Service{config: config, store: st}
}

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	s.sweepWhenDue()
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceDynamoDB, Status: answers.BadRequest, RequestID: s.requestID}
}

// requestID makes an id of the form DynamoDB gives: 52 of 0-9 and A-V.
func (s *Service) requestID() string {
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(s.random(32))
}

// uuid makes a random (version 4) UUID.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// random gives n random bytes.
func (s *Service) random(n int) []byte { return answers.Random(s.config.Random).Bytes(n) }

// now is the time as DynamoDB tells it, to the millisecond.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Millisecond) }

func (s *Service) tableARN(name string) string {
	return fmt.Sprintf("arn:aws:dynamodb:%s:%s:table/%s", s.config.Region, s.config.AccountID, name)
}
