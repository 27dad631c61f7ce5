package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// clock is a clock that a test sets.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 11, 22, 13, 43, 15, 484e6, time.UTC).Add(time.Duration(c.offset.Load()))
}

func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// sandbox is a service on a folder of its own, and what is around it.
type sandbox struct {
	*Service
	dir       string
	clock     *clock
	functions *functions
	store     *store.Store
}

// ids hands out the numbers of a source to many goroutines.
type ids struct {
	mu     sync.Mutex
	source rand.Source
}

func (i *ids) next() uint64 {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.source.Uint64()
}

// functions stands for Lambda: it keeps what was enqueued in the store, as Lambda
// does, and refuses the functions named "refused".
type functions struct {
	mu     sync.Mutex
	awake  int
	chains []int
}

const queueBucket = "test/queue"

var errRefused = errors.New("the function's policy does not let S3")

func (f *functions) MayInvoke(_ *store.Reader, arn, service, source, account string) error {
	if strings.HasSuffix(arn, ":refused") || service != "s3.amazonaws.com" || !strings.HasPrefix(source, "arn:aws:s3:::") || account != "000000000000" {
		return errRefused
	}
	return nil
}

func (f *functions) Enqueue(w *store.Writer, arn string, payload []byte, chain int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.chains = append(f.chains, chain)
	w.Put(queueBucket, []byte(strings.Join([]string{arn, string(payload)}, "\n")), nil)
}

func (f *functions) Wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.awake++
}

func migrations() []store.Migration {
	return []store.Migration{{Name: "first", Apply: func(w *store.Writer) error {
		w.Put("made", []byte("by"), []byte("test"))
		return nil
	}}}
}

// options change what open opens.
type options struct {
	region   string
	openFile store.OpenFile
	seed     uint64 // of ids, which must differ from one opening to the next
}

// open opens a service on a folder, until the test ends.
func open(t testing.TB, dir string, o options) *sandbox {
	t.Helper()
	s, stop, err := start(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func start(dir string, o options) (*sandbox, func() error, error) {
	st, err := store.Open(dir, store.Options{Migrations: migrations()})
	if err != nil {
		return nil, nil, err
	}
	if o.region == "" {
		o.region = "us-west-2"
	}
	s := &sandbox{dir: dir, clock: &clock{}, functions: &functions{}, store: st}
	s.Service = New(st, store.OpenObjects(dir, o.openFile), Config{
		Now: s.clock.now, Random: (&ids{source: rand.NewPCG(1, o.seed)}).next, Region: o.region, AccountID: "000000000000",
		User: User{
			ARN: "arn:aws:iam::000000000000:user/learner", ID: "AIDALEARNERSANDBOX000",
			AccessKeyID: "AKIALEARNERSANDBOX00", SecretAccessKey: "a secret of the sandbox's own",
		},
		Functions: s.functions, Endpoint: "http://127.0.0.1:4566",
	})
	return s, func() error { s.Close(); return st.Close() }, nil
}

// must gives a call's output; an error fails the test.
func must[In, Out any](t testing.TB, call func(context.Context, In) (Out, error), in In) Out {
	t.Helper()
	out, err := call(t.Context(), in)
	if err != nil {
		t.Fatalf("%T: %v", in, err)
	}
	return out
}

// refused checks that a call fails with a code, and tells the failure.
func refused[In, Out any](t testing.TB, call func(context.Context, In) (Out, error), in In, code string) aws.Error {
	t.Helper()
	_, err := call(t.Context(), in)
	var got *aws.Error
	if !errors.As(err, &got) || got.Code != code {
		t.Fatalf("%T gives %v, want %s", in, err, code)
	}
	return *got
}

// bucketOf makes a bucket.
func (s *sandbox) bucketOf(t testing.TB, name string) {
	t.Helper()
	in := aws.CreateBucketInput{Bucket: name}
	if s.config.Region != firstRegion {
		in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{LocationConstraint: s.config.Region}
	}
	must(t, s.CreateBucket, in)
}

func (s *sandbox) put(t testing.TB, bucket, key, content string) aws.PutObjectOutput {
	t.Helper()
	return must(t, s.PutObject, aws.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader(content)})
}

// get reads an object's content.
func (s *sandbox) get(t testing.TB, bucket, key string) string {
	t.Helper()
	return read(t, must(t, s.GetObject, aws.GetObjectInput{Bucket: bucket, Key: key}).Body)
}

func read(t testing.TB, body io.ReadCloser) string {
	t.Helper()
	content, err := io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// blobs lists the files of the sandbox's blobs. None are made ahead from now on.
func (s *sandbox) blobs(t testing.TB) []string {
	t.Helper()
	s.objects.Close()
	entries, err := os.ReadDir(s.dir + "/" + store.ObjectsFolder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	names := make([]string, len(entries))
	for n, e := range entries {
		names[n] = e.Name()
	}
	return names
}

func (s *sandbox) wantBlobs(t testing.TB, want int) {
	t.Helper()
	if got := s.blobs(t); len(got) != want {
		t.Errorf("there are %d blobs, want %d: %v", len(got), want, got)
	}
}

// queue lists the payloads enqueued for a function.
func (s *sandbox) queue(t testing.TB, arn string) (payloads []string) {
	t.Helper()
	err := s.store.View(func(r *store.Reader) error {
		for key := range between(r.Cursor(queueBucket), arn+"\n", "") {
			payloads = append(payloads, strings.TrimPrefix(string(key), arn+"\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return payloads
}

// pattern is n bytes that differ from place to place.
func pattern(n int) []byte {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(random.Uint32())
	}
	return out
}

func TestObjects(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	big := string(pattern(3*bufferSize + 17))
	for _, content := range []string{"", "x", big} {
		s.put(t, "image-abcdef", "key", content)
		if got := s.get(t, "image-abcdef", "key"); got != content {
			t.Errorf("%d bytes read back as %d others", len(content), len(got))
		}
	}
	s.wantBlobs(t, 1)
	must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "image-abcdef/key"})
	s.wantBlobs(t, 1)
	must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "key"})
	if got := s.get(t, "image-abcdef", "copy"); got != big {
		t.Error("the copy changed with its source")
	}
	refused(t, s.GetObject, aws.GetObjectInput{Bucket: "image-abcdef", Key: "key"}, "NoSuchKey")
	must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "copy"})
	s.wantBlobs(t, 0)
}

func TestReplacedObjectStaysReadable(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.put(t, "image-abcdef", "key", "first")
	reader := must(t, s.GetObject, aws.GetObjectInput{Bucket: "image-abcdef", Key: "key"}).Body
	second := must(t, s.GetObject, aws.GetObjectInput{Bucket: "image-abcdef", Key: "key"}).Body
	s.put(t, "image-abcdef", "key", "second")
	must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "key"})
	s.wantBlobs(t, 1) // the one being read
	if got := read(t, reader); got != "first" {
		t.Errorf("the reader reads %q", got)
	}
	if got := read(t, second); got != "first" {
		t.Errorf("the other reader reads %q", got)
	}
	s.wantBlobs(t, 0)
}

func TestUploadsAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	var group sync.WaitGroup
	for n := range 200 {
		group.Go(func() { // fifty of them replace others
			_, err := s.PutObject(t.Context(), aws.PutObjectInput{Bucket: "image-abcdef", Key: fmt.Sprint(n % 150), Body: bytes.NewReader(pattern(1000 + n))})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	list := must(t, s.ListObjectsV2, aws.ListObjectsV2Input{Bucket: "image-abcdef"}).Contents
	if len(list) != 150 {
		t.Errorf("there are %d objects, want 150", len(list))
	}
	for _, o := range list {
		if content := s.get(t, "image-abcdef", o.Key); content != string(pattern(len(content))) || int64(len(content)) != o.Size {
			t.Errorf("object %s is damaged", o.Key)
		}
	}
	s.wantBlobs(t, 150)
}
