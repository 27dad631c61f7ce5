package lambda_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/iam"
	"awslab/aws/fake/lambda"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/fake/store"
)

const (
	role    = "arn:aws:iam::000000000000:role/lambda-execution-role"
	untrust = "arn:aws:iam::000000000000:role/somebody-elses"
	delay   = time.Second
)

// world is a Lambda with all that it needs around it.
type world struct {
	*lambda.Service
	store   *store.Store
	roles   *roles
	logs    *logs
	metrics *metrics
	engines *engines
}

// open opens the Lambda of a folder. Tests run it in a bubble of their own,
// where time passes when nothing else happens.
func open(t *testing.T, dir string) *world { return openWith(t, dir, nil) }

// objects is S3 as Lambda sees it.
type objects = func(context.Context, aws.GetObjectInput) (aws.GetObjectOutput, error)

func openWith(t *testing.T, dir string, from objects) *world { return openDelayed(t, dir, delay, from) }

func openDelayed(t testing.TB, dir string, delay time.Duration, from objects) *world {
	t.Helper()
	return openGathering(t, dir, delay, 0, from)
}

// openGathering is one whose logs and metrics wait for more.
func openGathering(t testing.TB, dir string, delay, gather time.Duration, from objects) *world {
	t.Helper()
	st, err := store.Open(dir, store.Options{Migrations: []store.Migration{{Name: "mark", Apply: func(w *store.Writer) error {
		w.Put("sandbox", []byte("kind"), []byte("test"))
		return nil
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		store: st, roles: &roles{denied: map[string]bool{}}, logs: &logs{streams: map[string][]string{}},
		metrics: &metrics{}, engines: &engines{used: map[string]runtime.Spec{}},
	}
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	w.Service = lambda.New(st, lambda.Config{
		Now: time.Now, Gather: gather, Delay: delay, Region: "us-west-2", AccountID: "000000000000",
		Random: func() uint64 {
			mu.Lock()
			defer mu.Unlock()
			return random.Uint64()
		},
		Code: filepath.Join(dir, "code"), Objects: from,
		Roles: w.roles, Logs: w.logs, Metrics: w.metrics,
	})
	t.Cleanup(func() { w.shut(t) })
	return w
}

// shut closes the Lambda and its store.
func (w *world) shut(t testing.TB) {
	t.Helper()
	w.Close()
	w.engines.calls.Wait()
	if err := w.store.Close(); err != nil && !errors.Is(err, store.ErrClosed) {
		t.Error(err)
	}
}

// run opens a Lambda that runs functions.
func run(t *testing.T, handler func(runtime.Event) runtime.Outcome) *world {
	w := open(t, t.TempDir())
	w.engines.handler = handler
	w.RunOn(w.engines)
	return w
}

// pass lets the time of a bubble pass, which takes no time: it stands until all
// goroutines of the bubble wait, and then jumps.
func pass(d time.Duration) { time.Sleep(d) }

// bubble is a test whose time is its own.
func bubble(t *testing.T, test func(*testing.T)) {
	t.Parallel()
	synctest.Test(t, test)
}

// code is a zip file of one Python file.
func code(text string) []byte { return packed("lambda_function.py", text) }

func packed(name, text string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(f, text)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err) // memory does not fail
	}
	return out.Bytes()
}

func describe(name string) aws.CreateFunctionInput {
	return aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.13", Role: role, Handler: "lambda_function.lambda_handler",
		Code: aws.FunctionCode{ZipFile: code("def lambda_handler(event, context): return event")},
	}
}

// create makes a function and waits until it is Active.
func (w *world) create(t *testing.T, in aws.CreateFunctionInput) {
	t.Helper()
	if _, err := w.CreateFunction(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	pass(delay)
}

func (w *world) invoke(t testing.TB, in aws.InvokeInput) aws.InvokeOutput {
	t.Helper()
	out, err := w.Invoke(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// queue queues events for a function.
func (w *world) queue(t *testing.T, function string, chain int, payloads ...string) {
	t.Helper()
	err := w.store.Update(func(writer *store.Writer) error {
		for _, p := range payloads {
			w.Enqueue(writer, "arn:aws:lambda:us-west-2:000000000000:function:"+function, []byte(p), chain)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Wake()
}

// roles is an IAM in which Lambda is trusted, but by one role.
type roles struct {
	mu     sync.Mutex
	denied map[string]bool // actions
	count  int
}

func (r *roles) Trusts(arn, _ string) error {
	if arn == untrust {
		return iam.ErrNotTrusted
	}
	return nil
}

func (r *roles) Assume(arn, name string) (iam.Session, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	return iam.Session{
		ARN: arn + "/" + name, RoleARN: arn, AccessKeyID: "ASIA" + strings.Repeat("X", r.count),
		SecretAccessKey: "secret", Token: "token", Expires: time.Now().Add(12 * time.Hour),
	}, nil
}

func (r *roles) Authorize(_ iam.Session, action, _ string, _ map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.denied[action] {
		return &aws.Error{Code: "AccessDeniedException", Message: "no"}
	}
	return nil
}

func (r *roles) deny(actions ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range actions {
		r.denied[a] = true
	}
}

// logs keeps log events by stream.
type logs struct {
	mu      sync.Mutex
	order   []string
	streams map[string][]string
	groups  []string
	fail    error
}

func (l *logs) Append(group, stream string, events []aws.InputLogEvent) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail != nil {
		return l.fail
	}
	name := group + " " + stream
	if _, known := l.streams[name]; !known {
		l.order = append(l.order, name)
	}
	for _, e := range events {
		l.streams[name] = append(l.streams[name], e.Message)
	}
	return nil
}

func (l *logs) DescribeLogGroups(_ context.Context, in aws.DescribeLogGroupsInput) (out aws.DescribeLogGroupsOutput, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, g := range l.groups {
		if strings.HasPrefix(g, in.LogGroupNamePrefix) {
			out.LogGroups = append(out.LogGroups, aws.LogGroup{LogGroupName: g})
		}
	}
	return out, nil
}

// all gives the events of each stream, in the order of the streams' beginnings.
func (l *logs) all() (streams [][]string) {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range l.order {
		streams = append(streams, slices.Clone(l.streams[name]))
	}
	return streams
}

// metrics keeps data.
type metrics struct {
	mu   sync.Mutex
	data []cloudwatch.Datum
}

func (m *metrics) Record(data ...cloudwatch.Datum) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = append(m.data, data...)
	return nil
}

// sum adds up a metric.
func (m *metrics) sum(name string) (sum float64) {
	synctest.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.data {
		if d.Name == name && d.Namespace == "AWS/Lambda" {
			sum += d.Value
		}
	}
	return sum
}

// engines runs functions as calls of a handler.
type engines struct {
	handler func(runtime.Event) runtime.Outcome
	init    func(runtime.Spec) runtime.Init
	calls   sync.WaitGroup // of the handler

	mu    sync.Mutex
	specs []runtime.Spec
	used  map[string]runtime.Spec // by request id
	alive int
}

func (e *engines) Describe(name string) runtime.Engine {
	if strings.HasPrefix(name, "java") {
		return runtime.Engine{Why: "no Java here"}
	}
	return runtime.Engine{Name: "a stand-in", Runs: true}
}

func (e *engines) Start(_ context.Context, spec runtime.Spec) (lambda.Environment, runtime.Init) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.specs = append(e.specs, spec)
	init := runtime.Init{Duration: 100500 * time.Microsecond, MaxMemoryMB: 30}
	if e.init != nil {
		init = e.init(spec)
	}
	if init.Failure != nil {
		return nil, init
	}
	e.alive++
	return &environment{engines: e, spec: spec}, init
}

func (e *engines) Close() {}

func (e *engines) started() []runtime.Spec {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.specs)
}

// serving tells how the environment of an event was started.
func (e *engines) serving(event runtime.Event) runtime.Spec {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.used[event.RequestID]
}

func (e *engines) living() int {
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.alive
}

type environment struct {
	engines *engines
	spec    runtime.Spec
	once    sync.Once
}

// Invoke calls the handler, and gives up when the context ends.
func (e *environment) Invoke(ctx context.Context, event runtime.Event) runtime.Outcome {
	e.engines.mu.Lock()
	e.engines.used[event.RequestID] = e.spec
	e.engines.mu.Unlock()
	done := make(chan runtime.Outcome, 1)
	e.engines.calls.Go(func() { done <- e.engines.handler(event) })
	select {
	case out := <-done:
		return out
	case <-ctx.Done():
		return failed("Sandbox.Failure", "error")
	}
}

func (e *environment) Close() {
	e.once.Do(func() {
		e.engines.mu.Lock()
		defer e.engines.mu.Unlock()
		e.engines.alive--
	})
}

// echo answers the event.
func echo(e runtime.Event) runtime.Outcome {
	return runtime.Outcome{Payload: e.Payload, Duration: 3010 * time.Microsecond, MaxMemoryMB: 36}
}

// failed is an outcome that is a failure; a status other than "" is the
// environment's end, too.
func failed(kind, status string) runtime.Outcome {
	payload := []byte(`{"errorType":"` + kind + `"}`)
	return runtime.Outcome{
		Payload: payload, Duration: 2 * time.Millisecond, MaxMemoryMB: 36, Dead: status != "",
		Failure: &runtime.Failure{Type: kind, Message: "it failed", Payload: payload, Status: status},
	}
}
