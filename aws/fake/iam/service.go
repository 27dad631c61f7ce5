package iam

import (
	"context"
	"encoding/base32"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
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
	return answers.Of(ctx, s.form(), operation, do)
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceIAM, RequestID: s.uuid}
}

// uuid makes a random (version 4) UUID, the form of IAM's request ids.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }

// id makes an id of 21 characters that starts as its kind does: AROA for
// roles, ANPA for policies.
func (s *Service) id(kind string) string {
	return kind + base32.StdEncoding.EncodeToString(s.random(16))[:17]
}

// random gives n random bytes.
func (s *Service) random(n int) []byte { return answers.Random(s.config.Random).Bytes(n) }

// now is the time as IAM tells it, to the second.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Second) }

// arn is that of something of the account: kind is "role" or "policy".
func (s *Service) arn(kind, path, name string) string {
	return "arn:aws:iam::" + s.config.AccountID + ":" + kind + path + name
}
