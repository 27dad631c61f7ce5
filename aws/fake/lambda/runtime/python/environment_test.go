package python

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// interpreter is the one that all tests run, unpacked by TestMain.
var interpreter *Interpreter

func TestMain(m *testing.M) {
	os.Exit(withInterpreter(m.Run))
}

func withInterpreter(run func() int) int {
	if !Supported {
		fmt.Println("no Python is embedded for this platform: nothing to test")
		return 0
	}
	cache, err := os.MkdirTemp("", "python-test-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() { _ = os.RemoveAll(cache) }()
	if interpreter, err = Prepare(context.Background(), cache, nil); err != nil {
		fmt.Println(err)
		return 1
	}
	return run()
}

// function is what an execution environment runs in a test.
type function struct {
	files    map[string]string // the package, by path
	handler  string            // "index.handler" if empty
	env      []string
	events   []string          // payloads, one invocation each
	headers  map[string]string // of every invocation, besides the usual
	endpoint http.Handler      // serves AWS_ENDPOINT_URL; Pictures is served always
}

// report is what an execution environment did.
type report struct {
	Init    string   // body of /init/error
	Answers []answer // one for each event that was answered
	Log     []string // events, each with "id: " before it if it belongs to a request
	Code    int      // the exit code if it ended by itself; -1 if it was stopped
	Folder  string   // the package's folder
}

type answer struct {
	Kind string // "response" or "error"
	Type string // header Lambda-Runtime-Function-Error-Type
	Body string
}

// runtimeAPI is Lambda's Runtime API for one environment.
type runtimeAPI struct {
	function function
	idle     chan struct{} // closed when all events are answered
	once     sync.Once

	mu     sync.Mutex
	sent   int
	report report
}

func (a *runtimeAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/2018-06-01/runtime/")
	switch path {
	case "invocation/next":
		a.next(w, r)
	case "init/error":
		a.mu.Lock()
		defer a.mu.Unlock()
		a.report.Init = string(body)
		w.WriteHeader(http.StatusAccepted)
	default:
		a.mu.Lock()
		defer a.mu.Unlock()
		if want := fmt.Sprintf("invocation/%s/", requestID(a.sent-1)); !strings.HasPrefix(path, want) {
			http.Error(w, "wrong request", http.StatusBadRequest)
			return
		}
		a.report.Answers = append(a.report.Answers, answer{
			Kind: filepath.Base(path), Type: r.Header.Get("Lambda-Runtime-Function-Error-Type"), Body: string(body),
		})
		w.WriteHeader(http.StatusAccepted)
	}
}

func (a *runtimeAPI) next(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	n := a.sent
	if n < len(a.function.events) {
		a.sent++
	}
	a.mu.Unlock()
	if n == len(a.function.events) {
		a.once.Do(func() { close(a.idle) })
		<-r.Context().Done()
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Lambda-Runtime-Aws-Request-Id", requestID(n))
	h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(time.Minute).UnixMilli(), 10))
	h.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:test")
	for name, value := range a.function.headers {
		h.Set(name, value)
	}
	_, _ = io.WriteString(w, a.function.events[n])
}

func requestID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n+1) }

// run starts an environment, gives it its events, and stops it when all are answered.
func run(t testing.TB, f function) report {
	t.Helper()
	folder := t.TempDir()
	for name, text := range f.files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	api := &runtimeAPI{function: f, idle: make(chan struct{})}
	mux := http.NewServeMux()
	mux.Handle("/2018-06-01/runtime/", api)
	mux.Handle("/_awslab/pictures/", Pictures())
	if f.endpoint != nil {
		mux.Handle("/", f.endpoint)
	}
	server := httptest.NewServer(mux)
	defer server.Close()

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := start(ctx, t, f, folder, strings.TrimPrefix(server.URL, "http://"), api.idle, stop)
	server.CloseClientConnections()

	api.mu.Lock()
	defer api.mu.Unlock()
	api.report.Log = parseLog(t, out.stdout)
	for _, line := range parseLog(t, out.stderr) {
		api.report.Log = append(api.report.Log, "stderr "+line)
	}
	api.report.Code, api.report.Folder = out.code, folder
	return api.report
}

type output struct {
	stdout, stderr []byte
	code           int
}

func start(ctx context.Context, t testing.TB, f function, folder, address string, idle <-chan struct{}, stop func()) output {
	t.Helper()
	handler := f.handler
	if handler == "" {
		handler = "index.handler"
	}
	command := interpreter.Command()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = folder
	cmd.Env = append([]string{
		"AWS_LAMBDA_RUNTIME_API=" + address, "AWS_ENDPOINT_URL=http://" + address, "_HANDLER=" + handler,
		"LAMBDA_TASK_ROOT=" + folder, "AWS_REGION=us-east-1", "AWS_EXECUTION_ENV=AWS_Lambda_python3.14",
		"AWS_LAMBDA_FUNCTION_NAME=test", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/test", "AWS_LAMBDA_LOG_STREAM_NAME=2026/11/22/[$LATEST]0123",
		"AWS_ACCESS_KEY_ID=ASIAEXAMPLE", "AWS_SECRET_ACCESS_KEY=secret", "AWS_SESSION_TOKEN=token",
		"PATH=", "TMPDIR=" + t.TempDir(), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"),
	}, f.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = cmd.Wait() // the exit code tells
	}()
	select {
	case <-idle:
		stop()
	case <-done:
	case <-time.After(time.Minute):
		t.Error("the environment is stuck")
		stop()
	}
	<-done
	return output{stdout.Bytes(), stderr.Bytes(), cmd.ProcessState.ExitCode()}
}

// parseLog takes a pipe's bytes apart into events.
func parseLog(t testing.TB, data []byte) []string {
	t.Helper()
	var events, current []string
	finish := func(id string) {
		for _, e := range current {
			if id != "" {
				e = id + ": " + e
			}
			events = append(events, e)
		}
		current = nil
	}
	for len(data) > 0 {
		if rest, ok := bytes.CutPrefix(data, []byte("\x00END ")); ok {
			id, after, _ := bytes.Cut(rest, []byte("\n"))
			finish(string(id))
			data = after
			continue
		}
		if rest, ok := bytes.CutPrefix(data, []byte("\x00EVENT ")); ok {
			size, after, _ := bytes.Cut(rest, []byte("\n"))
			n, err := strconv.Atoi(string(size))
			if err != nil || n+1 > len(after) || after[n] != '\n' {
				t.Fatalf("broken frame: %q", data)
			}
			current = append(current, string(after[:n]))
			data = after[n+1:]
			continue
		}
		end := bytes.IndexAny(data, "\n\x00")
		if end < 0 {
			end = len(data)
		}
		current = append(current, string(data[:end]))
		data = data[end:]
		data = bytes.TrimPrefix(data, []byte("\n"))
	}
	finish("")
	return events
}

// same compares two values by their JSON.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.MarshalIndent(want, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(g, w) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, g, w)
	}
}
