package sdk_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/sdk"
	"awslab/aws/trail"
)

// answer is what a server that a test sets up says to one request.
type answer struct {
	status int
	code   string // of the error
	drop   bool   // the connection breaks instead
}

// faulty serves a sandbox; the next requests get the answers first, one each.
type faulty struct {
	mu      sync.Mutex
	answers []answer
	inner   http.Handler
}

// next takes the next answer; without one, the handler behind answers.
func (f *faulty) next() (answer, http.Handler) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.answers) == 0 {
		return answer{}, f.inner
	}
	a := f.answers[0]
	f.answers = f.answers[1:]
	return a, nil
}

// wrap puts something before the handler behind.
func (f *faulty) wrap(with func(http.Handler) http.Handler) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inner = with(f.inner)
}

// fail sets the answers to the next requests.
func (f *faulty) fail(answers ...answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers = answers
}

func (f *faulty) left() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.answers)
}

// ServeHTTP answers one request.
func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, inner := f.next()
	switch {
	case inner != nil:
		inner.ServeHTTP(w, r)
	case a.drop:
		connection, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = connection.Close() // that is the fault
		}
	case strings.Contains(r.Header.Get("Authorization"), "/s3/"):
		w.Header().Set("Content-Type", "application/xml")
		w.Header().Set("x-amz-request-id", "REQUEST")
		w.WriteHeader(a.status)
		_, _ = w.Write([]byte("<Error><Code>" + a.code + "</Code><Message>as told</Message></Error>"))
	default:
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.Header().Set("x-amzn-RequestId", "REQUEST")
		w.WriteHeader(a.status)
		_, _ = w.Write([]byte(`{"__type":"com.amazonaws.dynamodb.v20120810#` + a.code + `","message":"as told"}`))
	}
}

// retry is what Options.Retried was told.
type retry struct {
	operation string
	attempt   int
	code      string
}

// troubled is an account on a sandbox with a table and a bucket, whose next
// requests get the answers; told gives the retries so far.
func troubled(t *testing.T, answers ...answer) (account *sdk.Account, server *faulty, told func() []retry) {
	t.Helper()
	sandbox, _ := serve(t, time.Now)
	server = &faulty{inner: handler(sandbox)}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)
	var mu sync.Mutex
	var retries []retry
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: front.URL, MaxBackoff: time.Millisecond, Retried: func(ctx context.Context, attempt int, err error) {
		mu.Lock()
		defer mu.Unlock()
		r := retry{attempt: attempt}
		var failure *aws.Error
		if errors.As(err, &failure) {
			r.operation, r.code = aws.Operation{Service: failure.Service, Name: failure.Operation}.String(), failure.Code
		}
		retries = append(retries, r)
		trail.Retried(ctx, attempt, err)
	}})
	if err != nil {
		t.Fatal(err)
	}
	create(t, account.Cloud)
	server.fail(answers...)
	return account, server, func() []retry {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(retries)
	}
}

// create makes a table and a bucket.
func create(t *testing.T, cloud aws.Cloud) {
	t.Helper()
	_, err := cloud.DynamoDB.CreateTable(t.Context(), aws.CreateTableInput{
		TableName: "Music", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = cloud.S3.CreateBucket(t.Context(), aws.CreateBucketInput{
		Bucket: "box", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: "us-west-2"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRetries sees that what passes is tried again, and told.
func TestRetries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		answers []answer
		want    []retry
	}{
		{"a fault of the service", []answer{{status: 500, code: "InternalServerError"}}, []retry{{"dynamodb:DescribeTable", 2, "InternalServerError"}}},
		{"a service that is not there", []answer{{status: 503, code: "ServiceUnavailable"}, {status: 502, code: "BadGateway"}}, []retry{
			{"dynamodb:DescribeTable", 2, "ServiceUnavailable"}, {"dynamodb:DescribeTable", 3, "BadGateway"},
		}},
		{"throttling", []answer{{status: 400, code: "ThrottlingException"}, {status: 400, code: "ProvisionedThroughputExceededException"}}, []retry{
			{"dynamodb:DescribeTable", 2, "ThrottlingException"}, {"dynamodb:DescribeTable", 3, "ProvisionedThroughputExceededException"},
		}},
		{"a connection that breaks", []answer{{drop: true}}, []retry{{"dynamodb:DescribeTable", 2, sdk.CodeUnreachable}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			account, server, told := troubled(t, c.answers...)
			out, err := account.Cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
			if err != nil || out.Table.TableName != "Music" {
				t.Errorf("table is %+v, error %v", out.Table, err)
			}
			if got := told(); !slices.Equal(got, c.want) {
				t.Errorf("told of %v, want %v", got, c.want)
			}
			if server.left() != 0 {
				t.Errorf("%d answers were not asked for", server.left())
			}
		})
	}
}

// TestRetriedBodies sees that a body that was sent in vain is sent again, whole.
func TestRetriedBodies(t *testing.T) {
	t.Parallel()
	account, _, told := troubled(t, answer{status: 503, code: "SlowDown"}, answer{drop: true})
	in := aws.PutObjectInput{Bucket: "box", Key: "k", Body: strings.NewReader("all of it")}
	if _, err := account.Cloud.S3.PutObject(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if got, want := told(), []retry{{"s3:PutObject", 2, "SlowDown"}, {"s3:PutObject", 3, sdk.CodeUnreachable}}; !slices.Equal(got, want) {
		t.Errorf("told of %v, want %v", got, want)
	}
	if got := read(t, account.Cloud, "box", "k"); got != "all of it" {
		t.Errorf("object is %q", got)
	}
}

// failsOnce answers the first request of some with a fault, when meanwhile has returned.
func failsOnce(inner http.Handler, which func(*http.Request) bool, meanwhile func()) http.Handler {
	var once sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fails := false
		if which(r) {
			once.Do(func() { fails = true })
		}
		if !fails {
			inner.ServeHTTP(w, r)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body) // or the connection would break instead
		meanwhile()
		(&faulty{answers: []answer{{status: 503, code: "SlowDown"}}}).ServeHTTP(w, r)
	})
}

// TestRetriesOfTwoAtOnce sees that of two calls of one operation the one that is sent
// again is marked.
func TestRetriesOfTwoAtOnce(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	calls := trail.New(account.Cloud, trail.Options{})
	put := func(key string) {
		if _, err := calls.Cloud().S3.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: key, Body: strings.NewReader("hello")}); err != nil {
			t.Error(err)
		}
	}
	underway, ended := make(chan struct{}), make(chan struct{})
	var second sync.WaitGroup
	server.wrap(func(inner http.Handler) http.Handler {
		held := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/second") {
				close(underway)
				<-ended
			}
			inner.ServeHTTP(w, r)
		})
		first := func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/first") }
		return failsOnce(held, first, func() {
			second.Go(func() { put("second") })
			<-underway
		})
	})
	put("first")
	close(ended)
	second.Wait()
	if events := calls.Events(); len(events) != 2 || events[0].Attempt != 2 || events[1].Attempt != 0 {
		t.Errorf("the calls are %+v", events)
	}
}

// TestRetriesOfParts sees that an upload in parts is marked when one of them is sent
// again.
func TestRetriesOfParts(t *testing.T) {
	t.Parallel()
	account, server, told := troubled(t)
	calls := trail.New(account.Cloud, trail.Options{})
	server.wrap(func(inner http.Handler) http.Handler {
		part := func(r *http.Request) bool { return r.URL.Query().Has("partNumber") }
		return failsOnce(inner, part, func() {})
	})
	body := io.MultiReader(bytes.NewReader(make([]byte, 17<<20)))
	if _, err := calls.Cloud().S3.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: "k", Body: body}); err != nil {
		t.Fatal(err)
	}
	if got, want := told(), []retry{{"s3:UploadPart", 2, "SlowDown"}}; !slices.Equal(got, want) {
		t.Errorf("told of %v, want %v", got, want)
	}
	events := calls.Events()
	if len(events) != 1 || events[0].Operation.Name != "PutObject" || events[0].Attempt != 2 || !errors.Is(events[0].Before, aws.ErrThrottled) {
		t.Errorf("the calls are %+v", events)
	}
}

// TestFailures sees what becomes of answers that are not tried again, or were too
// often.
func TestFailures(t *testing.T) {
	t.Parallel()
	down := answer{status: 503, code: "ServiceUnavailable"}
	for _, c := range []struct {
		name    string
		answers []answer
		code    string
		status  int
		class   error
		message string
	}{
		{"a service that stays away", []answer{down, down, down}, "ServiceUnavailable", 503, nil, "as told"},
		{"throttling that goes on", slices.Repeat([]answer{{status: 400, code: "ThrottlingException"}}, 3), "ThrottlingException", 400, aws.ErrThrottled, "as told"},
		{"a right that is missing", []answer{{status: 400, code: "AccessDeniedException"}}, "AccessDeniedException", 400, aws.ErrAccessDenied, "as told"},
		{
			"credentials that expired", []answer{{status: 400, code: "ExpiredTokenException"}}, "ExpiredTokenException", 400, aws.ErrCredentials,
			"as told. The environment's AWS_ACCESS_KEY_ID is in use: leave awslab, set it anew or unset it to use a profile, and start awslab again",
		},
		{"connections that break", slices.Repeat([]answer{{drop: true}}, 3), sdk.CodeUnreachable, 0, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			account, server, _ := troubled(t, c.answers...)
			_, err := account.Cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
			var got *aws.Error
			if !errors.As(err, &got) {
				t.Fatalf("error is %v (%T)", err, err)
			}
			if got.Code != c.code || got.Status != c.status || c.message != "" && got.Message != c.message {
				t.Errorf("error is %d %s: %s\nwant     %d %s: %s", got.Status, got.Code, got.Message, c.status, c.code, c.message)
			}
			if got.Service != aws.ServiceDynamoDB || got.Operation != "DescribeTable" || c.status != 0 && got.RequestID != "REQUEST" {
				t.Errorf("error comes from %s %s, request %q", got.Service, got.Operation, got.RequestID)
			}
			if c.class != nil && !errors.Is(err, c.class) {
				t.Errorf("%v is not of class %v", err, c.class)
			}
			if server.left() != 0 {
				t.Errorf("%d answers were not asked for", server.left())
			}
		})
	}
}

// TestExpiry has credentials expire in the middle of an upload in parts.
func TestExpiry(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	begun, err := account.Cloud.S3.CreateMultipartUpload(t.Context(), aws.CreateMultipartUploadInput{Bucket: "box", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	server.fail(answer{status: 400, code: "ExpiredToken"})
	_, err = account.Cloud.S3.UploadPart(t.Context(), aws.UploadPartInput{
		Bucket: "box", Key: "k", UploadID: begun.UploadID, PartNumber: 1, Body: strings.NewReader("part"),
	})
	var got *aws.Error
	if !errors.As(err, &got) || !errors.Is(err, aws.ErrCredentials) || !strings.Contains(got.Message, "AWS_ACCESS_KEY_ID") || server.left() != 0 {
		t.Errorf("error is %v", err)
	}
}

// TestCanceledWhileWaiting ends a call in the middle of its answer.
func TestCanceledWhileWaiting(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	ctx, cancel := context.WithCancel(t.Context())
	server.wrap(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // a server notices who leaves once it has read
			cancel()
			<-r.Context().Done()
		})
	})
	_, err := account.Cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: "Music"})
	var got *aws.Error
	if !errors.As(err, &got) || got.Code != sdk.CodeCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// ending is a body that ends something at its start.
type ending struct {
	io.Reader
	end func()
}

func (e ending) Read(p []byte) (int, error) {
	e.end()
	return e.Reader.Read(p)
}

// TestCanceledUploads ends an upload in the middle, in one piece and in parts: nothing
// is left of it.
func TestCanceledUploads(t *testing.T) {
	t.Parallel()
	account, _, _ := troubled(t)
	for name, rest := range map[string]int{"in one piece": 1 << 20, "in parts": 30 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			body := io.MultiReader(bytes.NewReader(make([]byte, rest)), ending{strings.NewReader("end"), cancel})
			_, err := account.Cloud.S3.PutObject(ctx, aws.PutObjectInput{Bucket: "box", Key: name, Body: body})
			var got *aws.Error
			if !errors.As(err, &got) || got.Code != sdk.CodeCanceled || !errors.Is(err, context.Canceled) {
				t.Errorf("error is %v", err)
			}
		})
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		uploads, err := account.Cloud.S3.ListMultipartUploads(ctx, aws.ListMultipartUploadsInput{Bucket: "box"})
		if err != nil || len(uploads.Uploads) != 0 {
			t.Errorf("there are left %+v, error %v", uploads.Uploads, err)
		}
		objects, err := account.Cloud.S3.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: "box"})
		if err != nil || len(objects.Contents) != 0 {
			t.Errorf("there are %+v, error %v", objects.Contents, err)
		}
	})
}

// abroad answers as S3 does for a bucket of another region.
func abroad(inner http.Handler, asked *atomic.Int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scope := r.Header.Get("Authorization") + r.URL.Query().Get("X-Amz-Credential")
		if strings.HasPrefix(r.URL.Path, "/box") && !strings.Contains(scope, "/eu-north-1/s3/") {
			asked.Add(1)
			w.Header().Set("x-amz-bucket-region", "eu-north-1")
			w.WriteHeader(http.StatusMovedPermanently)
			if r.Method != http.MethodHead {
				_, _ = w.Write([]byte("<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"))
			}
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// TestBucketsOfOtherRegions sees that they are asked where they are, and that it is
// remembered.
func TestBucketsOfOtherRegions(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	var asked atomic.Int64
	server.wrap(func(inner http.Handler) http.Handler { return abroad(inner, &asked) })
	service := account.Cloud.S3
	if _, err := service.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: "k", Body: strings.NewReader("hello")}); err != nil {
		t.Fatal(err)
	}
	if _, err := service.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: "l", Body: io.MultiReader(strings.NewReader("hello"))}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, account.Cloud, "box", "k"); got != "hello" {
		t.Errorf("object is %q", got)
	}
	url, err := account.Cloud.Presign.PresignGetObject(t.Context(), aws.PresignGetObjectInput{Bucket: "box", Key: "k", Expires: time.Minute})
	if err != nil || !strings.Contains(url, "eu-north-1") {
		t.Errorf("URL is %s, error %v", url, err)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the bucket was asked for %d times where it is not", n)
	}
}

// TestHeadOfOtherRegions sees the same of an answer that has no body.
func TestHeadOfOtherRegions(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	server.wrap(func(inner http.Handler) http.Handler { return abroad(inner, new(atomic.Int64)) })
	if _, err := account.Cloud.S3.HeadBucket(t.Context(), aws.HeadBucketInput{Bucket: "box"}); err != nil {
		t.Error(err)
	}
}

// TestStreamsToOtherRegions sees that a body which cannot be sent again is sent
// where it belongs the next time.
func TestStreamsToOtherRegions(t *testing.T) {
	t.Parallel()
	account, server, _ := troubled(t)
	server.wrap(func(inner http.Handler) http.Handler { return abroad(inner, new(atomic.Int64)) })
	put := func() error {
		_, err := account.Cloud.S3.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: "k", Body: io.MultiReader(strings.NewReader("hello"))})
		return err
	}
	var got *aws.Error
	if err := put(); !errors.As(err, &got) || got.Code != "PermanentRedirect" {
		t.Errorf("error is %v", err)
	}
	if err := put(); err != nil {
		t.Error(err)
	}
}
