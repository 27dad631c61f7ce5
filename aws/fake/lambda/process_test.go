package lambda_test

import (
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/lambda/runtime"
)

// TestMain is also what QuickJS functions of these tests run in.
func TestMain(m *testing.M) {
	runtime.Worker()
	os.Exit(m.Run())
}

// processes opens a Lambda whose functions are processes, by the engines that
// every computer has.
func processes(t testing.TB) *world {
	t.Helper()
	engines := runtime.New(runtime.Options{Cache: t.TempDir(), JSEngine: "quickjs", Path: t.TempDir()})
	t.Cleanup(engines.Close)
	w := openDelayed(t, t.TempDir(), 0, nil)
	w.Run(engines)
	return w
}

func TestProcesses(t *testing.T) {
	t.Parallel()
	w := processes(t)
	for _, c := range []struct {
		runtime                   aws.Runtime
		file, handler, code, line string
	}{
		{"python3.13", "lambda_function.py", "lambda_function.lambda_handler",
			"import os\ndef lambda_handler(event, context):\n    print('mode', os.environ['MODE'])\n    if event.get('fail'): raise KeyError('Records')\n    return {'saw': event['a'], 'id': context.aws_request_id}\n",
			`mode loud\n`},
		{"nodejs22.x", "index.mjs", "index.handler",
			"export const handler = async (event, context) => {\n  console.log('mode', process.env.MODE)\n  if (event.fail) throw new Error('boom')\n  return {saw: event.a, id: context.awsRequestId}\n}\n",
			`\S+Z\tID\tINFO\tmode loud\n`},
	} {
		t.Run(string(c.runtime), func(t *testing.T) {
			t.Parallel()
			if engine := w.Engine(string(c.runtime)); !engine.Runs {
				t.Skipf("this computer does not run %s: %s", c.runtime, engine.Why)
			}
			name := "F-" + strings.ReplaceAll(string(c.runtime), ".", "-")
			_, err := w.CreateFunction(t.Context(), aws.CreateFunctionInput{
				FunctionName: name, Runtime: c.runtime, Role: role, Handler: c.handler, Timeout: 30,
				Code:        aws.FunctionCode{ZipFile: packed(c.file, c.code)},
				Environment: &aws.Environment{Variables: map[string]string{"MODE": "loud"}},
			})
			if err != nil {
				t.Fatal(err)
			}
			for n, init := range []string{`\tInit Duration: [0-9.]+ ms\t\n`, `\t\n`} {
				out := w.invoke(t, aws.InvokeInput{FunctionName: name, Payload: []byte(`{"a": 7}`), LogType: "Tail"})
				tail, err := base64.StdEncoding.DecodeString(out.LogResult)
				if err != nil {
					t.Fatal(err)
				}
				id := regexp.MustCompile(`RequestId: (\S+)`).FindSubmatch(tail)
				if id == nil || !regexp.MustCompile(`^\{"saw": ?7, ?"id": ?"`+string(id[1])+`"\}$`).Match(out.Payload) {
					t.Fatalf("invocation %d answers %s; its log ends\n%s", n, out.Payload, tail)
				}
				form := `^START RequestId: ID Version: \$LATEST\n` + c.line + `END RequestId: ID\nREPORT RequestId: ID\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms` +
					`\tMemory Size: 128 MB\tMax Memory Used: [1-9][0-9]* MB` + init + `$`
				if !regexp.MustCompile(strings.ReplaceAll(form, "ID", string(id[1]))).Match(tail) {
					t.Errorf("the log of invocation %d ends\n%q, want\n%s", n, tail, form)
				}
			}
			out := w.invoke(t, aws.InvokeInput{FunctionName: name, Payload: []byte(`{"fail": true}`)})
			if out.FunctionError != "Unhandled" || !strings.Contains(string(out.Payload), `"errorType"`) {
				t.Errorf("the failure is %+v: %s", out, out.Payload)
			}
		})
	}
}

func BenchmarkWarmInvoke(b *testing.B) {
	w := processes(b)
	_, err := w.CreateFunction(b.Context(), aws.CreateFunctionInput{
		FunctionName: "Warm", Runtime: "nodejs22.x", Role: role, Handler: "index.handler",
		Code: aws.FunctionCode{ZipFile: packed("index.mjs", "export const handler = async () => 1")},
	})
	if err != nil {
		b.Fatal(err)
	}
	in := aws.InvokeInput{FunctionName: "Warm"}
	w.invoke(b, in)
	for b.Loop() {
		w.invoke(b, in)
	}
}

// BenchmarkInvokeWithoutProcess is what an invocation takes beside its function.
func BenchmarkInvokeWithoutProcess(b *testing.B) {
	w := openDelayed(b, b.TempDir(), 0, nil)
	w.engines.handler = echo
	w.RunOn(w.engines)
	if _, err := w.CreateFunction(b.Context(), describe("Echo")); err != nil {
		b.Fatal(err)
	}
	in := aws.InvokeInput{FunctionName: "Echo", Payload: []byte(`{}`)}
	for b.Loop() {
		w.invoke(b, in)
	}
}
