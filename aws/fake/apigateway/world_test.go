package apigateway

import (
	"context"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/store"
)

// world is a Service in a store of its own, with functions, a clock and timers
// that the test sets, and an HTTP server before it.
type world struct {
	*Service
	offset  atomic.Int64
	timers  chan chan time.Time // those that the service asks for
	server  *httptest.Server
	metrics *metrics

	mu       sync.Mutex // protects what follows
	function func(source string, in aws.InvokeInput) (aws.InvokeOutput, error)
	event    []byte // the last one
	source   string
}

var start = time.Date(2026, 11, 22, 13, 43, 15, 0, time.UTC)

const (
	region  = "us-west-2"
	account = "000000000000"
	faq     = "arn:aws:lambda:us-west-2:000000000000:function:FAQ"
)

func open(t testing.TB) *world {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{timers: make(chan chan time.Time, 10_000), metrics: &metrics{}}
	w.Service = New(st, Config{
		Now: w.now, Random: rand.Uint64, Region: region, AccountID: account, Functions: w, Metrics: w.metrics,
		After: func(time.Duration) <-chan time.Time {
			timer := make(chan time.Time, 1)
			select {
			case w.timers <- timer:
			default:
			}
			return timer
		},
	})
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		api, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
		stage, path, more := strings.Cut(rest, "/")
		if more {
			path = "/" + path
		}
		w.Serve(rw, r, api, stage, path)
	}))
	t.Cleanup(func() {
		w.server.CloseClientConnections()
		w.Close()
		w.server.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) now() time.Time { return start.Add(time.Duration(w.offset.Load())) }

// InvokeFor runs the function that the test has set; it answers nothing else.
func (w *world) InvokeFor(_ context.Context, _, source string, in aws.InvokeInput) (aws.InvokeOutput, error) {
	w.mu.Lock()
	w.event, w.source = in.Payload, source
	function := w.function
	w.mu.Unlock()
	if function == nil {
		return aws.InvokeOutput{StatusCode: 200, ExecutedVersion: "$LATEST", Payload: []byte(`{}`)}, nil
	}
	return function(source, in)
}

// answers has the function answer a payload from now on.
func (w *world) answers(payload string) {
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		return aws.InvokeOutput{StatusCode: 200, ExecutedVersion: "$LATEST", Payload: []byte(payload)}, nil
	})
}

// fails has Lambda refuse from now on.
func (w *world) fails(code string, status int) {
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		return aws.InvokeOutput{}, &aws.Error{Service: aws.ServiceLambda, Code: code, Message: "no", Status: status, RequestID: "r"}
	})
}

func (w *world) runs(function func(string, aws.InvokeInput) (aws.InvokeOutput, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.function = function
}

// seen is the last event and what it came for.
func (w *world) seen() (event, source string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.event), w.source
}

// metrics keeps what is recorded, or fails.
type metrics struct {
	mu   sync.Mutex
	data []cloudwatch.Datum
	fail error
}

// Record keeps data.
func (m *metrics) Record(data ...cloudwatch.Datum) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = append(m.data, data...)
	return m.fail
}

// sum adds up a metric of so many dimensions.
func (m *metrics) sum(name string, dimensions int) (sum float64, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.data {
		if d.Name == name && len(d.Dimensions) == dimensions {
			sum += d.Value
			n++
		}
	}
	return sum, n
}

// must gives a call's output; an error fails the test.
func must[In, Out any](t testing.TB, call func(context.Context, In) (Out, error), in In) Out {
	t.Helper()
	out, err := call(context.Background(), in)
	if err != nil {
		t.Fatalf("%T: %v", in, err)
	}
	return out
}

// built is an API that a test has made.
type built struct {
	*world
	id, root string
	ids      map[string]string // of resources, by path
}

// build makes an API of methods, each "GET /path", that the function answers.
func (w *world) build(t testing.TB, methods ...string) *built {
	t.Helper()
	return w.buildOf(t, aws.CreateRestApiInput{Name: "FAQ-API"}, methods...)
}

func (w *world) buildOf(t testing.TB, in aws.CreateRestApiInput, methods ...string) *built {
	t.Helper()
	api := must(t, w.CreateRestApi, in)
	b := &built{w, api.ID, api.RootResourceID, map[string]string{"/": api.RootResourceID}}
	for _, m := range methods {
		method, path, _ := strings.Cut(m, " ")
		b.method(t, method, path)
		b.integrate(t, method, path, aws.PutIntegrationInput{
			Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: aws.Place{Region: region}.LambdaURI(faq),
		})
	}
	return b
}

// resource gives the id of a resource, making it with those above if need be.
func (b *built) resource(t testing.TB, path string) string {
	t.Helper()
	if id, ok := b.ids[path]; ok {
		return id
	}
	at := strings.LastIndex(path, "/")
	parent := b.resource(t, path[:max(1, at)])
	b.ids[path] = must(t, b.CreateResource, aws.CreateResourceInput{RestAPIID: b.id, ParentID: parent, PathPart: path[at+1:]}).ID
	return b.ids[path]
}

func (b *built) method(t testing.TB, method, path string) {
	t.Helper()
	must(t, b.PutMethod, aws.PutMethodInput{RestAPIID: b.id, ResourceID: b.resource(t, path), HTTPMethod: method, AuthorizationType: aws.AuthorizationNone})
}

func (b *built) integrate(t testing.TB, method, path string, in aws.PutIntegrationInput) {
	t.Helper()
	in.RestAPIID, in.ResourceID, in.HTTPMethod = b.id, b.resource(t, path), method
	must(t, b.PutIntegration, in)
}

// deploy deploys the API to the stage "dev".
func (b *built) deploy(t testing.TB, variables ...map[string]string) *built {
	t.Helper()
	in := aws.CreateDeploymentInput{RestAPIID: b.id, StageName: "dev", Variables: map[string]string{}}
	for _, v := range variables {
		maps.Copy(in.Variables, v)
	}
	must(t, b.CreateDeployment, in)
	return b
}

// reply is an answer over HTTP.
type reply struct {
	status int
	header http.Header
	body   string
}

// send sends a request to the stage "dev"; headers are names and values.
func (b *built) send(t testing.TB, method, path, body string, headers ...string) reply {
	t.Helper()
	return b.request(t, method, "/"+b.id+"/dev"+path, strings.NewReader(body), headers...)
}

func (w *world) request(t testing.TB, method, path string, body io.Reader, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, w.server.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Add(pair[0], pair[1])
	}
	response, err := w.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // it was read to its end
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(text)}
}

// wants checks a status and a body.
func (r reply) wants(t testing.TB, what string, status int, body string) {
	t.Helper()
	if r.status != status || r.body != body {
		t.Errorf("%s answers %d %s, want %d %s", what, r.status, r.body, status, body)
	}
}
