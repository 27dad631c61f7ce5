package fake

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"awslab/aws"
	"awslab/aws/endpoint"
	"awslab/aws/fake/chain"
	"awslab/aws/fake/lambda/runtime"
)

// Run lets functions run from now on, and delivers the events that wait for
// them.
func (s *Sandbox) Run(options runtime.Options) {
	options.Progress = func(what string, done, total int64) {
		if done >= total {
			s.preparing.Store(nil)
			return
		}
		s.preparing.Store(&preparation{what, float64(done) / float64(total)})
	}
	engines := runtime.New(options)
	s.engines.Store(engines)
	s.lambda.Run(engines)
}

// Prepare makes ready in the background what starts functions, which takes some
// seconds the first time. Close ends it.
func (s *Sandbox) Prepare() {
	engines := s.engines.Load()
	if engines == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unprepare != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	s.unprepare = func() { cancel(); <-done }
	go func() {
		defer close(done)
		// What fails here fails again, and is told, when a function starts.
		_ = engines.Prepare(ctx)
		s.preparing.Store(nil)
	}()
}

// preparation is how far something is that is being made ready.
type preparation struct {
	what string
	done float64
}

// Preparing tells what is being made ready so that functions start quickly.
func (s *Sandbox) Preparing() (what string, done float64) {
	if p := s.preparing.Load(); p != nil {
		return p.what, p.done
	}
	return "", 0
}

// Engine tells what runs functions of a runtime.
func (s *Sandbox) Engine(name aws.Runtime) aws.Engine {
	engines := s.engines.Load()
	if engines == nil {
		return aws.Engine{Why: "This session runs no functions: it is read-only, or a command without a screen."}
	}
	found := engines.Describe(string(name))
	return aws.Engine{Name: found.Name, Runs: found.Runs, Why: found.Why, Confined: found.Confined}
}

// Check reads a file of a function's code as the runtime would.
func (s *Sandbox) Check(ctx context.Context, name aws.Runtime, file string, source []byte) (*aws.SyntaxError, error) {
	engines := s.engines.Load()
	if engines == nil {
		return nil, nil // nothing here can tell
	}
	fault, err := engines.Check(ctx, string(name), file, source)
	if fault == nil || err != nil {
		return nil, err
	}
	return &aws.SyntaxError{Line: fault.Line, Column: fault.Column, Message: fault.Message}, nil
}

// Access says how programs reach a sandbox over HTTP.
type Access struct {
	// Cloud is what they reach: the sandbox's own, or a trail's around it.
	Cloud aws.Cloud
	// Origin marks the calls of a role's session in a context; nil for no mark.
	Origin func(ctx context.Context, sessionARN string) context.Context
	// Roles lets in the sessions of roles alone: for functions, which have no
	// other keys.
	Roles bool
	// Refused is told of requests that reached no operation, and why; nil for
	// nobody.
	Refused func(r *http.Request, err error)
}

// Handler answers AWS's protocols, for functions and other programs.
func (s *Sandbox) Handler(to Access) http.Handler {
	a := &access{sandbox: s, Access: to}
	return endpoint.New(endpoint.Config{
		Caller: a.caller, Anonymous: a.anonymous, Bucket: s.s3.Known, Presigned: a.presigned, Execute: s.apis.Serve, Refused: to.Refused,
	})
}

// access tells the endpoint who may do what.
type access struct {
	sandbox *Sandbox
	Access
}

// sessionKey is how the access keys of a role's session begin.
const sessionKey = "ASIA"

// caller is a role's session, with what its policies allow. Any other key is
// the learner's, but from a function: a sandbox has one user, and asks no secret
// of him.
func (a *access) caller(accessKeyID string) (endpoint.Caller, bool) {
	if !strings.HasPrefix(accessKeyID, sessionKey) {
		return endpoint.Caller{Cloud: a.Cloud}, !a.Roles && accessKeyID != ""
	}
	session, ok := a.sandbox.iam.Session(accessKeyID)
	if !ok {
		return endpoint.Caller{}, false
	}
	cloud := aws.Intercept(a.Cloud, func(ctx context.Context, _ aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if a.Origin != nil {
			ctx = a.Origin(ctx, session.ARN)
		}
		return next(chain.With(ctx, a.sandbox.lambda.Chain(accessKeyID)))
	})
	return endpoint.Caller{Cloud: a.sandbox.iam.As(session, cloud), Token: session.Token}, true
}

// anonymous lets anybody read what a bucket's policy makes public.
func (a *access) anonymous(bucket, key string) (aws.Cloud, bool) {
	return a.Cloud, a.sandbox.s3.Anonymous(bucket, "s3:GetObject", key)
}

// presigned gives the signer of a URL that carries its signature.
func (a *access) presigned(r *http.Request) (endpoint.Caller, error) {
	err := a.sandbox.s3.VerifyPresigned(r, func(accessKeyID string) (string, bool) {
		switch {
		case accessKeyID == learnerKey:
			return learnerSecret, true
		case !strings.HasPrefix(accessKeyID, sessionKey):
			return "", !a.Roles // the learner's, with a secret of his own
		}
		session, ok := a.sandbox.iam.Session(accessKeyID)
		return session.SecretAccessKey, ok
	})
	if err != nil {
		return endpoint.Caller{}, err
	}
	key, _, _ := strings.Cut(r.URL.Query().Get("X-Amz-Credential"), "/")
	caller, ok := a.caller(key)
	if !ok {
		return endpoint.Caller{}, fmt.Errorf("the signer %s is gone", key)
	}
	return caller, nil
}
