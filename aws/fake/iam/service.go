package iam

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
	Now       func() time.Time
	Random    func() uint64 // of ids and credentials; may be called from many goroutines
	AccountID string        // twelve digits
}

// Service is IAM in a store. It implements aws.IAM.
type Service struct {
	config Config
	store  *store.Store
	rights sync.Map // of role names to *rights, as last read
	rules  map[string]rule

	mu       sync.Mutex // protects sessions
	sessions map[string]Session
}

var _ aws.IAM = (*Service)(nil)

// New serves the roles and policies in a store.
func New(st *store.Store, config Config) *Service {
	return &Service{config: config, store: st, rules: rules(), sessions: make(map[string]Session)}
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
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		failure = &aws.Error{Code: "RequestCanceled", Message: "the request was canceled: " + err.Error(), Cause: err}
	default:
		failure = &aws.Error{Code: aws.CodeStorage, Message: err.Error(), Status: 500, Cause: err}
	}
	failure.Service = aws.ServiceIAM
	failure.Operation = operation
	failure.RequestID = s.uuid()
	return failure
}

// uuid makes a random (version 4) UUID, the form of IAM's request ids.
func (s *Service) uuid() string {
	b := s.random(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// id makes an id of 21 characters that starts as its kind does: AROA for
// roles, ANPA for policies.
func (s *Service) id(kind string) string {
	return kind + base32.StdEncoding.EncodeToString(s.random(16))[:17]
}

// random gives n random bytes, n a multiple of 8.
func (s *Service) random(n int) []byte {
	out := make([]byte, 0, n)
	for len(out) < n {
		out = binary.BigEndian.AppendUint64(out, s.config.Random())
	}
	return out
}

// now is the time as IAM tells it, to the second.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Second) }

// arn is that of something of the account: kind is "role" or "policy".
func (s *Service) arn(kind, path, name string) string {
	return "arn:aws:iam::" + s.config.AccountID + ":" + kind + path + name
}
