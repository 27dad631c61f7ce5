package runtime_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
)

// engine is one way to run functions, and the same functions for it.
type engine struct {
	name    string
	runtime string
	options runtime.Options
	file    string
	code    string
}

const javaScript = `
exports.handler = async (event) => {
  switch (event.Do) {
    case "print": console.log("hello", {a: 1}); return "printed";
    case "fail": throw new Error(event.Text);
    case "loop": for (;;) {}
    case "eat": { const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1)); }
    case "exit": process.exit(event.N);
    case "large": return "x".repeat(event.N);
    case "env": return process.env[event.Text];
  }
  return event.Text;
};
`

const pythonCode = `
import os, sys, subprocess
def handler(event, context):
    do = event["Do"]
    if do == "print":
        print("hello"); return "printed"
    if do == "fail":
        raise Exception(event["Text"])
    if do == "loop":
        while True: pass
    if do == "eat":
        all = []
        while True: all.append(bytearray(b"x" * 1000000))
    if do == "exit":
        os._exit(event["N"])
    if do == "large":
        return "x" * event["N"]
    if do == "env":
        return os.environ.get(event["Text"])
    return event["Text"]
`

// engines lists what this computer runs. Python is unpacked into a folder that
// the tests of this run share.
func engines(t testing.TB) []engine {
	all := []engine{{name: "quickjs", runtime: "nodejs22.x", file: "index.js", code: javaScript, options: runtime.Options{JSEngine: "quickjs"}}}
	host := runtime.Options{JSEngine: "node"}
	if newEngines(t, host).Describe("nodejs22.x").Runs {
		all = append(all, engine{name: "node", runtime: "nodejs22.x", file: "index.js", code: javaScript, options: host})
	}
	if newEngines(t, runtime.Options{}).Describe("python3.13").Runs {
		all = append(all, engine{name: "python", runtime: "python3.13", file: "index.py", code: pythonCode})
	}
	return all
}

// spec is that of a function of the engine.
func (e engine) spec(t testing.TB) runtime.Spec {
	t.Helper()
	code := t.TempDir()
	if err := os.WriteFile(filepath.Join(code, e.file), []byte(e.code), 0o644); err != nil {
		t.Fatal(err)
	}
	return runtime.Spec{Runtime: e.runtime, Handler: "index.handler", Code: code, MemoryMB: 128, Env: []string{
		"AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", "AWS_SESSION_TOKEN=c", "AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1",
		"AWS_LAMBDA_FUNCTION_NAME=f", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/f", "AWS_LAMBDA_LOG_STREAM_NAME=s", "COLOUR=red",
	}}
}

func TestEngines(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks Python")
	}
	t.Parallel()
	cache := t.TempDir()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		for _, e := range engines(t) {
			t.Run(e.name, func(t *testing.T) {
				t.Parallel()
				e.options.Cache, e.options.Confine = cache, confine
				testEngine(t, newEngines(t, e.options), e.spec(t))
			})
		}
	})
}

// testEngine meets a function with what ends well and with all that does not.
func testEngine(t *testing.T, engines *runtime.Engines, spec runtime.Spec) {
	tests := []struct {
		order   order
		kind    string // of the failure; "": it works
		message string // the end of the failure's
		payload string
		dead    bool
		line    string // the end of the one line that must be logged
	}{
		{order: order{Do: "echo", Text: "hé"}, payload: `"hé"`},
		{order: order{Do: "print"}, payload: `"printed"`, line: "hello"},
		{order: order{Do: "env", Text: "COLOUR"}, payload: `"red"`},
		{order: order{Do: "fail", Text: "boom"}, message: "boom"},
		{order: order{Do: "large", N: 7 << 20}, kind: "Function.ResponseSizeTooLarge"},
		{order: order{Do: "loop"}, kind: "Sandbox.Timedout", dead: true},
		{order: order{Do: "exit", N: 7}, kind: "Runtime.ExitError", message: "Runtime exited with error: exit status 7", dead: true},
		{order: order{Do: "eat"}, kind: "Runtime.OutOfMemory", message: "Runtime exited with error: signal: killed", dead: true},
	}
	var log lines
	spec.Log = log.add
	var environment *runtime.Environment
	for _, test := range tests {
		if environment == nil || isDone(environment) {
			var begun runtime.Init
			if environment, begun = engines.Start(t.Context(), spec); begun.Failure != nil {
				t.Fatalf("the init failed: %s: %s\n%q", begun.Failure.Type, begun.Failure.Message, log.texts())
			}
		}
		e := event(test.order)
		if test.order.Do == "loop" {
			e.Deadline = time.Second
		}
		before := len(log.texts())
		outcome := environment.Invoke(t.Context(), e)
		name := test.order.Do
		if test.payload != "" && !sameJSON(string(outcome.Payload), test.payload) {
			t.Errorf("%s: answered %.200s", name, outcome.Payload)
		}
		if f := outcome.Failure; test.payload == "" && (f == nil || test.kind != "" && f.Type != test.kind || !strings.HasSuffix(f.Message, test.message)) {
			t.Errorf("%s: failed with %+v", name, f)
		}
		if outcome.Dead != test.dead {
			t.Errorf("%s: dead %t", name, outcome.Dead)
		}
		if test.line != "" {
			logged := log.texts()[before:]
			if len(logged) != 1 || !strings.Contains(logged[0], test.line) {
				t.Errorf("%s: logged %q", name, logged)
			}
		}
		if outcome.MaxMemoryMB < 5 || outcome.MaxMemoryMB > 128 {
			t.Errorf("%s: used %d MB", name, outcome.MaxMemoryMB)
		}
	}
}

// sameJSON says whether two documents hold the same.
func sameJSON(a, b string) bool {
	var left, right any
	return json.Unmarshal([]byte(a), &left) == nil && json.Unmarshal([]byte(b), &right) == nil && left == right
}

func isDone(environment *runtime.Environment) bool {
	select {
	case <-environment.Done():
		return true
	default:
		return false
	}
}
