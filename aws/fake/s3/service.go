package s3

import (
	"context"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"net/http"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// Config is what a Service needs to know of the world. All members but
// Functions and Endpoint are needed.
type Config struct {
	Now       func() time.Time
	Random    func() uint64 // of ids; may be called from many goroutines
	Region    string
	AccountID string
	User      User
	Functions Functions // that events go to; nil when there are none
	Endpoint  string    // the URL that presigned URLs lead to; "" for none
}

// User is who calls the service, when it is not a function.
type User struct {
	ARN, ID         string // "arn:aws:iam::…:user/learner", "AIDA…"
	AccessKeyID     string // that presigned URLs are signed with
	SecretAccessKey string
}

// Functions is what S3 asks of Lambda.
type Functions interface {
	// MayInvoke is nil when the function exists and its resource policy lets the
	// service (s3.amazonaws.com) invoke it for the source.
	MayInvoke(r *store.Reader, functionARN, service, sourceARN, sourceAccount string) error
	// Enqueue stages an asynchronous invocation, in the transaction of what caused
	// it; chain counts how often functions have set each other off.
	Enqueue(w *store.Writer, functionARN string, payload []byte, chain int)
	// Wake says that events were committed.
	Wake()
}

// Service is S3 in a store and a folder of blobs. It implements aws.S3 and
// aws.Presigner.
type Service struct {
	config  Config
	store   *store.Store
	objects *store.Objects
	buffers sync.Pool // of *[]byte, for what goes by

	stop  chan struct{} // closed to end the sweep
	swept chan struct{} // closed when the sweep has ended
	once  sync.Once
}

var _ aws.S3 = (*Service)(nil)

// bufferSize is how much of an object is in memory at a time, in bytes.
const bufferSize = 128 << 10

// New serves the buckets in a store, and begins to sweep away, in the
// background, what a crash left of unfinished uploads.
func New(st *store.Store, objects *store.Objects, config Config) *Service {
	s := &Service{
		config: config, store: st, objects: objects,
		stop: make(chan struct{}), swept: make(chan struct{}),
	}
	s.buffers.New = func() any { b := make([]byte, bufferSize); return &b }
	go s.sweep()
	return s
}

// Close ends the sweep, if it is still at work, and deletes the blobs that were
// made ahead.
func (s *Service) Close() {
	s.once.Do(func() { close(s.stop) })
	<-s.swept
	s.objects.Close()
}

// answer runs one operation. What it returns as an error is always *aws.Error.
func answer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	return answers.Of(ctx, s.form(), operation, do)
}

// headAnswer runs an operation whose answers have no body: of a refusal, only
// the HTTP status is left.
func headAnswer[Out any](ctx context.Context, s *Service, operation string, do func() (Out, error)) (Out, error) {
	out, err := answer(ctx, s, operation, do)
	var failure *aws.Error
	if errors.As(err, &failure) && failure.Status != 0 && failure.Code != aws.CodeStorage {
		failure.Message = http.StatusText(failure.Status)
		failure.Code = withoutSpaces(failure.Message)
	}
	return out, err
}

// form is how the service tells what went wrong.
func (s *Service) form() answers.Form {
	return answers.Form{Service: aws.ServiceS3, Status: statusOf, RequestID: s.requestID}
}

// requestID makes an id of the form S3 gives: 16 of 0-9 and A-V.
func (s *Service) requestID() string {
	return base32.HexEncoding.EncodeToString(s.random(16)[:10])
}

// hostID makes an x-amz-id-2, which says which of S3's machines answered.
func (s *Service) hostID() string { return base64.StdEncoding.EncodeToString(s.random(56)) }

// random gives n random bytes.
func (s *Service) random(n int) []byte { return answers.Random(s.config.Random).Bytes(n) }

// now is the time as S3 tells it of buckets and objects, to the second.
func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Second) }

// sweep deletes the blobs that no object has.
func (s *Service) sweep() {
	defer close(s.swept)
	// What cannot be swept now will be the next time; nothing depends on it.
	_ = s.objects.Sweep(s.stop, func(id store.BlobID) (known bool, err error) {
		err = s.store.View(func(r *store.Reader) error {
			known = r.Get(blobsBucket, id[:]) != nil
			return nil
		})
		return known, err
	})
}

// uuid makes a random (version 4) UUID.
func (s *Service) uuid() string { return answers.Random(s.config.Random).UUID() }
