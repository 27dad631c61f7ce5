package runtime_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
)

const requestID = "8f507cfc-4697-4d8b-91f8-1d7a4d2b3f61"

func parentContext() context.Context { return context.Background() }

func event(o order) runtime.Event {
	payload, err := json.Marshal(o)
	if err != nil {
		panic(err) // of a struct of strings
	}
	return runtime.Event{RequestID: requestID, Payload: payload, Deadline: 20 * time.Second}
}

// lines collects what a function logs.
type lines struct {
	mu  sync.Mutex
	all []runtime.Line
}

func (l *lines) add(line runtime.Line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, line)
}

func (l *lines) texts() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var texts []string
	for _, line := range l.all {
		texts = append(texts, line.Text)
	}
	return texts
}

// modes are the ways to run functions that this system has.
func modes(t *testing.T, run func(t *testing.T, confine runtime.Confinement)) {
	t.Run("plain", func(t *testing.T) {
		t.Parallel()
		run(t, runtime.ConfineNone)
	})
	t.Run("restricted", func(t *testing.T) {
		t.Parallel()
		needRestriction(t)
		run(t, runtime.ConfineFiles)
	})
	t.Run("confined", func(t *testing.T) {
		t.Parallel()
		needConfinement(t)
		run(t, runtime.ConfineBest)
	})
}

func needConfinement(t *testing.T) {
	t.Helper()
	engines := newEngines(t, runtime.Options{})
	if engine := engines.Describe("provided.al2023"); engine.Confined != "own network, files and processes" {
		t.Skip(engine.Confined)
	}
}

func needRestriction(t *testing.T) {
	t.Helper()
	engines := newEngines(t, runtime.Options{Confine: runtime.ConfineFiles})
	if engine := engines.Describe("provided.al2023"); !strings.HasPrefix(engine.Confined, "own files, and TCP") {
		t.Skip(engine.Confined)
	}
}

func newEngines(t testing.TB, options runtime.Options) *runtime.Engines {
	t.Helper()
	if options.Cache == "" {
		options.Cache = t.TempDir()
	}
	engines := runtime.New(options)
	t.Cleanup(engines.Close)
	return engines
}

// start starts the test's function.
func start(t testing.TB, engines *runtime.Engines, change func(*runtime.Spec)) *runtime.Environment {
	t.Helper()
	spec := runtime.Spec{Runtime: "provided.al2023", Handler: "any.handler", Code: bootstrap(t), MemoryMB: 512, FunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:f"}
	if change != nil {
		change(&spec)
	}
	environment, begun := engines.Start(t.Context(), spec)
	if begun.Failure != nil {
		t.Fatalf("the init failed: %+v", begun.Failure)
	}
	if begun.Duration <= 0 || begun.MaxMemoryMB <= 0 {
		t.Errorf("the init took %v and %d MB", begun.Duration, begun.MaxMemoryMB)
	}
	return environment
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		var log lines
		environment := start(t, newEngines(t, runtime.Options{Confine: confine}), func(s *runtime.Spec) { s.Log = log.add })
		for i := range 20 {
			e := event(order{Do: "print", Text: fmt.Sprintf("line %d\nand part", i)})
			e.RequestID = fmt.Sprint("request-", i)
			outcome := environment.Invoke(t.Context(), e)
			if outcome.Failure != nil || string(outcome.Payload) != `"printed"` || outcome.Dead {
				t.Fatalf("invocation %d: %+v", i, outcome)
			}
			if outcome.Duration <= 0 || outcome.MaxMemoryMB <= 0 || outcome.MaxMemoryMB > 512 {
				t.Errorf("invocation %d took %v and %d MB", i, outcome.Duration, outcome.MaxMemoryMB)
			}
			got := log.all[2*i:]
			want := []string{fmt.Sprintf("line %d", i), "and part"}
			for j, line := range got {
				if line.Text != want[j] || line.RequestID != e.RequestID {
					t.Errorf("invocation %d logged %q for %q", i, line.Text, line.RequestID)
				}
			}
			if len(got) != 2 {
				t.Fatalf("invocation %d logged %d lines", i, len(got))
			}
		}
	})
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	environment := start(t, newEngines(t, runtime.Options{Confine: runtime.ConfineNone}), nil)
	e := event(order{Do: "header"})
	e.ClientContext = `{"client":{}}`
	before := time.Now()
	outcome := environment.Invoke(t.Context(), e)
	var header http.Header
	if err := json.Unmarshal(outcome.Payload, &header); err != nil {
		t.Fatal(err)
	}
	if got := header.Get("Lambda-Runtime-Invoked-Function-Arn"); got != "arn:aws:lambda:us-east-1:123456789012:function:f" {
		t.Errorf("the function's ARN is %q", got)
	}
	if got := header.Get("Lambda-Runtime-Client-Context"); got != e.ClientContext {
		t.Errorf("the client context is %q", got)
	}
	var deadline int64
	if _, err := fmt.Sscan(header.Get("Lambda-Runtime-Deadline-Ms"), &deadline); err != nil {
		t.Fatal(err)
	}
	if at := time.UnixMilli(deadline); at.Before(before.Add(19*time.Second)) || at.After(time.Now().Add(21*time.Second)) {
		t.Errorf("the deadline is %v", at)
	}
	if got := header.Get("Lambda-Runtime-Trace-Id"); !strings.HasPrefix(got, "Root=1-") {
		t.Errorf("the trace is %q", got)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	prefix := "RequestId: " + requestID + " Error: "
	tests := []struct {
		name     string
		order    order
		deadline time.Duration
		kind     string
		message  string
		status   string
		dead     bool
		line     string
	}{
		{name: "raised", order: order{Do: "fail", Text: "boom"}, kind: "Oops", message: "boom"},
		{name: "timeout", order: order{Do: "loop"}, deadline: 300 * time.Millisecond, kind: "Sandbox.Timedout", message: prefix + "Task timed out after 0.30 seconds", status: "timeout", dead: true},
		{name: "exit 1", order: order{Do: "exit", N: 1}, kind: "Runtime.ExitError", message: prefix + "Runtime exited with error: exit status 1", status: "error", dead: true, line: "bye"},
		{name: "exit 0", order: order{Do: "exit"}, kind: "Runtime.ExitError", message: prefix + "Runtime exited without providing a reason", status: "error", dead: true, line: "bye"},
		{name: "memory", order: order{Do: "eat"}, kind: "Runtime.OutOfMemory", message: prefix + "Runtime exited with error: signal: killed", status: "error", dead: true},
		{name: "memory of a child", order: order{Do: "feed"}, kind: "Runtime.OutOfMemory", message: prefix + "Runtime exited with error: signal: killed", status: "error", dead: true},
		{name: "large", order: order{Do: "large", N: 6291556}, kind: "Function.ResponseSizeTooLarge", message: "Response payload size exceeded maximum allowed payload size (6291556 bytes)."},
	}
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		engines := newEngines(t, runtime.Options{Confine: confine})
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				t.Parallel()
				var log lines
				environment := start(t, engines, func(s *runtime.Spec) { s.Log, s.MemoryMB = log.add, 256 })
				e := event(test.order)
				if test.deadline > 0 {
					e.Deadline = test.deadline
				}
				outcome := environment.Invoke(t.Context(), e)
				if outcome.Failure == nil {
					t.Fatalf("it worked: %.100s", outcome.Payload)
				}
				got := *outcome.Failure
				if got.Type != test.kind || got.Message != test.message || got.Status != test.status || outcome.Dead != test.dead {
					t.Errorf("got %s: %s (status %q, dead %t)", got.Type, got.Message, got.Status, outcome.Dead)
				}
				var payload struct{ ErrorType, ErrorMessage string }
				if err := json.Unmarshal(outcome.Payload, &payload); err != nil || payload.ErrorType != test.kind || payload.ErrorMessage != test.message {
					t.Errorf("the payload is %s", outcome.Payload)
				}
				if test.deadline > 0 && outcome.Duration != test.deadline {
					t.Errorf("it took %v", outcome.Duration)
				}
				if test.kind == "Runtime.OutOfMemory" && outcome.MaxMemoryMB != 256 {
					t.Errorf("it used %d MB", outcome.MaxMemoryMB)
				}
				if test.line != "" && !slices.Equal(log.texts(), []string{test.line}) {
					t.Errorf("it logged %q", log.texts())
				}
				if test.dead {
					<-environment.Done()
					return
				}
				if again := environment.Invoke(t.Context(), event(order{Do: "echo", Text: "again"})); string(again.Payload) != `"again"` {
					t.Errorf("afterwards: %s", again.Payload)
				}
			})
		}
	})
}

func TestLargestResponse(t *testing.T) {
	t.Parallel()
	environment := start(t, newEngines(t, runtime.Options{Confine: runtime.ConfineNone}), nil)
	outcome := environment.Invoke(t.Context(), event(order{Do: "large", N: 6291556 - 2})) // and two quotes
	if outcome.Failure != nil || len(outcome.Payload) != 6291556 {
		t.Fatalf("got %d bytes, failure %+v", len(outcome.Payload), outcome.Failure)
	}
}

func TestInitFailures(t *testing.T) {
	t.Parallel()
	prefix := "RequestId: " + requestID + " Error: "
	tests := []struct{ handler, kind, message, status string }{
		{"init.exit", "Runtime.ExitError", prefix + "Runtime exited with error: exit status 3", "error"},
		{"init.error", "Runtime.ImportModuleError", "Unable to import", "error"},
		{"init.loop", "Sandbox.Timedout", prefix + "Task timed out after 0.50 seconds", "timeout"},
	}
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		engines := newEngines(t, runtime.Options{Confine: confine})
		for _, test := range tests {
			t.Run(test.handler, func(t *testing.T) {
				t.Parallel()
				var log lines
				limit := 20 * time.Second
				if test.handler == "init.loop" {
					limit = 500 * time.Millisecond
				}
				environment, begun := engines.Start(t.Context(), runtime.Spec{
					Runtime: "provided.al2023", Handler: test.handler, Code: bootstrap(t), Log: log.add, RequestID: requestID, InitLimit: limit,
				})
				if environment != nil || begun.Failure == nil {
					t.Fatal("the init worked")
				}
				if f := begun.Failure; f.Type != test.kind || f.Message != test.message || f.Status != test.status {
					t.Errorf("got %s: %s (status %q)", f.Type, f.Message, f.Status)
				}
				if test.handler == "init.error" && !slices.Equal(log.texts(), []string{"no module", "last words"}) {
					t.Errorf("it logged %q", log.texts())
				}
			})
		}
	})
}

func TestFlood(t *testing.T) {
	t.Parallel()
	var count, size int
	environment := start(t, newEngines(t, runtime.Options{Confine: runtime.ConfineNone}), func(s *runtime.Spec) {
		s.Log = func(line runtime.Line) { count, size = count+1, size+len(line.Text)+1 }
	})
	outcome := environment.Invoke(t.Context(), event(order{Do: "flood", N: 100e6}))
	if outcome.Failure != nil || count != 1e6 || size != 100e6 {
		t.Fatalf("logged %d lines of %d bytes, failure %+v", count, size, outcome.Failure)
	}
}

func TestInvalidBootstraps(t *testing.T) {
	t.Parallel()
	elf := func(machine byte) string {
		header := make([]byte, 64)
		copy(header, "\x7fELF\x02\x01\x01")
		header[16], header[18], header[20], header[52], header[54], header[58] = 2, machine, 1, 64, 56, 64
		return string(header)
	}
	tests := []struct {
		name, content string
		mode          os.FileMode
		message       string
	}{
		{"missing", "", 0, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"},
		{"forbidden", "#!/bin/sh\n", 0o644, "fork/exec /var/task/bootstrap: permission denied"},
		{"other CPU", elf(22), 0o755, "fork/exec /var/task/bootstrap: exec format error (it is a program for linux/EM_S390"},
		{"text", "hello, world", 0o755, "fork/exec /var/task/bootstrap: exec format error (it is no program"},
		{"empty", "", 0o755, "fork/exec /var/task/bootstrap: exec format error (it is no program"},
	}
	engines := newEngines(t, runtime.Options{Confine: runtime.ConfineNone})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code := t.TempDir()
			if test.mode != 0 {
				if err := os.WriteFile(filepath.Join(code, "bootstrap"), []byte(test.content), test.mode); err != nil {
					t.Fatal(err)
				}
			}
			_, begun := engines.Start(t.Context(), runtime.Spec{Runtime: "provided.al2023", Code: code, RequestID: requestID})
			want := "RequestId: " + requestID + " Error: " + test.message
			if f := begun.Failure; f == nil || f.Type != "Runtime.InvalidEntrypoint" || !strings.HasPrefix(f.Message, want) {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestScriptWithoutInterpreter(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		code := t.TempDir()
		if err := os.WriteFile(filepath.Join(code, "bootstrap"), []byte("#!/nowhere/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		_, begun := newEngines(t, runtime.Options{Confine: confine}).Start(t.Context(), runtime.Spec{Runtime: "provided.al2023", Code: code})
		if f := begun.Failure; f == nil || f.Type != "Runtime.InvalidEntrypoint" || !strings.HasSuffix(f.Message, "bootstrap: no such file or directory") {
			t.Errorf("got %+v", f)
		}
	})
}

func TestRuntimesThatCannotRun(t *testing.T) {
	t.Parallel()
	engines := newEngines(t, runtime.Options{Confine: runtime.ConfineNone, JSEngine: "node", Path: t.TempDir()})
	for _, name := range []string{"java21", "dotnet10", "ruby3.4", "nodejs22.x", "cobol1"} {
		engine := engines.Describe(name)
		if engine.Runs || engine.Why == "" {
			t.Errorf("%s: %+v", name, engine)
		}
		_, begun := engines.Start(t.Context(), runtime.Spec{Runtime: name, Code: t.TempDir()})
		if begun.Failure == nil || begun.Failure.Message != engine.Why {
			t.Errorf("%s: %+v", name, begun.Failure)
		}
	}
}

func TestParallelEnvironments(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		engines := newEngines(t, runtime.Options{Confine: confine})
		code := bootstrap(t)
		var wait sync.WaitGroup
		for i := range 8 {
			wait.Go(func() {
				environment, begun := engines.Start(t.Context(), runtime.Spec{Runtime: "provided.al2023", Code: code, MemoryMB: 512})
				if begun.Failure != nil {
					t.Errorf("environment %d: %+v", i, begun.Failure)
					return
				}
				for j := range 10 {
					text := fmt.Sprint(i, " ", j)
					if outcome := environment.Invoke(t.Context(), event(order{Do: "echo", Text: text})); string(outcome.Payload) != `"`+text+`"` {
						t.Errorf("environment %d answered %s", i, outcome.Payload)
					}
				}
				if i%2 == 0 {
					environment.Close()
				}
			})
		}
		wait.Wait()
	})
}

func TestGivenUp(t *testing.T) {
	t.Parallel()
	environment := start(t, newEngines(t, runtime.Options{Confine: runtime.ConfineNone}), nil)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if outcome := environment.Invoke(ctx, event(order{Do: "loop"})); outcome.Failure == nil || !outcome.Dead {
		t.Errorf("got %+v", outcome)
	}
	<-environment.Done()
	if outcome := environment.Invoke(t.Context(), event(order{Do: "echo"})); outcome.Failure == nil || !outcome.Dead {
		t.Errorf("afterwards: %+v", outcome)
	}
}

func TestClosedEngines(t *testing.T) {
	t.Parallel()
	engines := newEngines(t, runtime.Options{Confine: runtime.ConfineNone})
	environment := start(t, engines, nil)
	engines.Close()
	<-environment.Done()
	if _, begun := engines.Start(t.Context(), runtime.Spec{Runtime: "provided.al2023", Code: bootstrap(t)}); begun.Failure == nil {
		t.Error("closed engines start functions")
	}
}
