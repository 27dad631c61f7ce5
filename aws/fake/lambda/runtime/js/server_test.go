package js

import (
	"bufio"
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

// requestID is the id of every test invocation's event, numbered.
func requestID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// answer is what a worker posted: where to, with what, and the error type header.
type answer struct{ Path, Body, ErrorType string }

// runtimeServer is a Lambda Runtime API that hands out events and collects answers.
type runtimeServer struct {
	*httptest.Server
	events  chan string
	answers chan answer
	mu      sync.Mutex
	served  int
}

func newRuntimeServer(tb testing.TB) *runtimeServer {
	s := &runtimeServer{events: make(chan string), answers: make(chan answer, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", s.next)
	mux.HandleFunc("POST /2018-06-01/runtime/", s.take)
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("X-Method", r.Method)
		_, _ = w.Write(append([]byte("echo "), body...))
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s.Server = httptest.NewServer(mux)
	tb.Cleanup(s.Close)
	return s
}

func (s *runtimeServer) next(w http.ResponseWriter, r *http.Request) {
	select {
	case event := <-s.events:
		s.mu.Lock()
		s.served++
		id := requestID(s.served)
		s.mu.Unlock()
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", id)
		w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(3*time.Second).UnixMilli(), 10))
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:test")
		_, _ = io.WriteString(w, event)
	case <-r.Context().Done():
	}
}

func (s *runtimeServer) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.answers <- answer{strings.TrimPrefix(r.URL.Path, "/2018-06-01/runtime"), string(body), r.Header.Get("Lambda-Runtime-Function-Error-Type")}
	w.WriteHeader(http.StatusAccepted)
}

// worker is a process that runs one package.
type worker struct {
	server *runtimeServer
	cmd    *exec.Cmd
	out    *output
	tmp    string
	exited chan struct{}
}

// start runs a package on an engine ("quickjs" or "node") and returns before its init is over.
func start(tb testing.TB, engine string, files map[string]string, env ...string) *worker {
	tb.Helper()
	task, tmp := tb.TempDir(), tb.TempDir()
	for name, content := range files {
		file := filepath.Join(task, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	f := &worker{server: newRuntimeServer(tb), out: &output{came: make(chan struct{})}, tmp: tmp, exited: make(chan struct{})}
	address := f.server.Listener.Addr().String()
	f.cmd = command(tb, engine)
	f.cmd.Env = append([]string{
		asWorker + "=1", "AWS_LAMBDA_RUNTIME_API=" + address, "AWS_ENDPOINT_URL=http://" + address, "LAMBDA_TASK_ROOT=" + task, "TMPDIR=" + tmp,
		"_HANDLER=index.handler", "AWS_EXECUTION_ENV=AWS_Lambda_nodejs22.x", "AWS_LAMBDA_FUNCTION_NAME=test", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128", "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/test", "AWS_LAMBDA_LOG_STREAM_NAME=stream",
		"TZ=UTC", "LANG=en_US.UTF-8", "PATH=" + os.Getenv("PATH"),
	}, env...)
	f.cmd.Dir = task
	stdout, err := f.cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	f.cmd.Stderr = &f.out.stderr
	if err := f.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		defer close(f.exited)
		f.out.read(stdout)
		_ = f.cmd.Wait() // how it ended is in ProcessState
	}()
	tb.Cleanup(f.stop)
	return f
}

// invoke sends an event and waits for its answer, or for the process to end, which gives a zero answer.
func (f *worker) invoke(tb testing.TB, event string) answer {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	events := f.server.events
	for {
		select {
		case events <- event:
			events = nil
		case a := <-f.server.answers:
			return a
		case <-f.exited:
			select {
			case a := <-f.server.answers:
				return a
			default:
				return answer{}
			}
		case <-ctx.Done():
			tb.Fatalf("no answer in time; output:\n%s\n%s", strings.Join(f.out.all(), "\n"), f.out.stderr.String())
		}
	}
}

// stop ends the process and waits until all its output is read.
func (f *worker) stop() {
	_ = f.cmd.Process.Kill() // it may have ended
	<-f.exited
}

// output collects a worker's standard output as log events.
type output struct {
	mu     sync.Mutex
	events []string
	ends   []string
	came   chan struct{} // closed at the first event
	stderr lockedBuffer
}

func (o *output) all() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string{}, o.events...)
}

func (o *output) add(event string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.events) == 0 {
		close(o.came)
	}
	o.events = append(o.events, event)
}

func (o *output) mark(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ends = append(o.ends, line)
}

func (o *output) marks() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string{}, o.ends...)
}

// read takes events apart until the pipe closes: frames, plain lines, and END marks, which are no events.
func (o *output) read(r io.Reader) {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "\x00EVENT "):
			n, _ := strconv.Atoi(line[len("\x00EVENT "):])
			event := make([]byte, n+1)
			if _, err := io.ReadFull(in, event); err != nil {
				o.add("broken frame: " + err.Error())
				return
			}
			o.add(string(event[:n]))
		case strings.HasPrefix(line, "\x00END "):
			o.mark(line)
		case line != "":
			o.add(line)
		}
		if err != nil {
			return
		}
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// command starts an engine; the test is skipped when there is no node.
func command(tb testing.TB, engine string) *exec.Cmd {
	tb.Helper()
	if engine == "quickjs" {
		self, err := os.Executable()
		if err != nil {
			tb.Fatal(err)
		}
		return exec.Command(self)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		tb.Skip("no node on this computer")
	}
	file := filepath.Join(tb.TempDir(), "bootstrap.mjs")
	if err := os.WriteFile(file, NodeBootstrap, 0o600); err != nil {
		tb.Fatal(err)
	}
	return exec.Command(node, file)
}

func mustJSON(tb testing.TB, v any) string {
	tb.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
