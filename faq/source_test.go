package faq_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
	"awslab/faq"
)

// TestMain is also what runs JavaScript.
func TestMain(m *testing.M) {
	runtime.Worker()
	os.Exit(m.Run())
}

func TestSource(t *testing.T) {
	t.Parallel()
	tests := []struct {
		form       faq.Form
		file       string
		has, hasNo []string
	}{
		{faq.Modern, "index.mjs", []string{"export const handler = async (event)", "return response;", "JSON.stringify("}, []string{"exports.", "context.succeed(response)"}},
		{faq.Classic, "index.js", []string{"exports.handler = function (event, context)", "context.succeed(response);", "JSON.stringify("}, []string{"export const", "return response;"}},
		{faq.Malformed, "index.mjs", []string{"export const handler", "body: faq.questions[index]"}, []string{"body: JSON.stringify("}},
	}
	for _, test := range tests {
		source := faq.Source(test.form)
		if got := test.form.FileName(); got != test.file {
			t.Errorf("form %d is the file %q, want %q", test.form, got, test.file)
		}
		// People paste it whole.
		if len(source) > 20_000 || !strings.HasSuffix(source, "};\n") || strings.Contains(source, "{{") || strings.ContainsAny(source, "\t\r") {
			t.Errorf("%s, %d bytes: %s", test.file, len(source), source)
		}
		for _, part := range test.has {
			if !strings.Contains(source, part) {
				t.Errorf("form %d has no %q", test.form, part)
			}
		}
		for _, part := range test.hasNo {
			if strings.Contains(source, part) {
				t.Errorf("form %d has %q", test.form, part)
			}
		}
		for i, q := range faq.Questions() {
			if strings.Count(source, `"`+q.Text+`"`) != 1 || strings.Count(source, `"`+q.Answer+`"`) != 1 || !strings.Contains(source, q.Source+" ("+q.Checked+")") {
				t.Errorf("form %d lacks the question %d", test.form, i)
			}
		}
		if faq.Source(test.form) != source {
			t.Errorf("form %d is not always the same", test.form)
		}
	}
	for _, none := range []faq.Form{-1, faq.Malformed + 1} {
		if faq.Source(none) != "" || none.FileName() != "" {
			t.Errorf("there is a form %d: %q", none, none.FileName())
		}
	}
}

// function is an execution environment with the microservice in JavaScript.
type function struct {
	*runtime.Environment
	lines []string // what it logged
}

// start starts the microservice in a form. Chance gives it the questions in
// turn, and "the next one" is the first one again after the last.
func start(t *testing.T, engine, name string, form faq.Form) *function {
	t.Helper()
	engines := runtime.New(runtime.Options{Cache: t.TempDir(), JSEngine: engine})
	t.Cleanup(engines.Close)
	if described := engines.Describe(name); !described.Runs {
		t.Skip("no", engine)
	}
	chance := fmt.Sprintf("let turn = 0; Math.random = () => ((turn++ %% %[1]d) + 0.5) / %[1]d;\n", len(faq.Questions()))
	code := t.TempDir()
	if err := os.WriteFile(filepath.Join(code, form.FileName()), []byte(chance+faq.Source(form)), 0o644); err != nil {
		t.Fatal(err)
	}
	f := &function{}
	environment, begun := engines.Start(t.Context(), runtime.Spec{
		Runtime: name, Handler: "index.handler", Code: code, FunctionARN: "arn:aws:lambda:us-west-2:000000000000:function:FAQ",
		Env: []string{"AWS_LAMBDA_FUNCTION_NAME=FAQ", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST"},
		Log: func(l runtime.Line) { f.lines = append(f.lines, l.Text) },
	})
	if begun.Failure != nil {
		t.Fatalf("the init failed: %+v", begun.Failure)
	}
	f.Environment = environment
	return f
}

// ask invokes the function as a test in the console does.
func (f *function) ask(t *testing.T) runtime.Outcome {
	t.Helper()
	f.lines = nil
	return f.Invoke(t.Context(), runtime.Event{RequestID: "8f507cfc-4697-4d8b-91f8-1d7a4d2b3f61", Payload: []byte("{}"), Deadline: 20 * time.Second})
}

// everywhere runs a test with each engine for JavaScript that is here.
func everywhere(t *testing.T, test func(t *testing.T, engine string)) {
	for _, engine := range []string{"quickjs", "node"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, engine)
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		runtime string
		form    faq.Form
	}{{"nodejs22.x", faq.Modern}, {"nodejs24.x", faq.Modern}, {"nodejs22.x", faq.Classic}} {
		t.Run(test.runtime+" "+test.form.FileName(), func(t *testing.T) {
			t.Parallel()
			everywhere(t, func(t *testing.T, engine string) {
				f := start(t, engine, test.runtime, test.form)
				for i, want := range faq.Questions() {
					outcome := f.ask(t)
					if outcome.Failure != nil {
						t.Fatalf("question %d: %+v", i, outcome.Failure)
					}
					body := bodyOf[string](t, outcome.Payload)
					text, err := json.Marshal(want)
					if err != nil || body != string(text) {
						t.Errorf("question %d: the body is %s, want %s, %v", i, body, text, err)
					}
					f.logged(t, i)
				}
			})
		})
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, engine string) {
		f := start(t, engine, "nodejs22.x", faq.Malformed)
		outcome := f.ask(t)
		if outcome.Failure != nil {
			t.Fatalf("%+v", outcome.Failure)
		}
		want := faq.Questions()[0]
		if body := bodyOf[faq.Question](t, outcome.Payload); body.Text != want.Text || body.Answer != want.Answer {
			t.Errorf("the body is %+v, want %+v", body, want)
		}
		f.logged(t, 0)
	})
}

// TestClassicOnNode24 has the old form meet the runtime that took its end away.
func TestClassicOnNode24(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, engine string) {
		f := start(t, engine, "nodejs24.x", faq.Classic)
		outcome := f.ask(t)
		if failure := outcome.Failure; failure == nil || failure.Type != "TypeError" || failure.Message != "context.succeed is not a function" {
			t.Errorf("it ended with %s, %+v", outcome.Payload, failure)
		}
		f.logged(t, 0)
	})
}

// bodyOf is the body of a response that has nothing else.
func bodyOf[T any](t *testing.T, payload []byte) T {
	t.Helper()
	var response map[string]json.RawMessage
	var body T
	if err := json.Unmarshal(payload, &response); err != nil || len(response) != 1 {
		t.Fatalf("the response is %s, %v", payload, err)
	}
	if err := json.Unmarshal(response["body"], &body); err != nil {
		t.Fatalf("the body is %s, %v", response["body"], err)
	}
	return body
}

// logged sees to it that the log begins with the index and has the response.
func (f *function) logged(t *testing.T, index int) {
	t.Helper()
	if len(f.lines) < 2 || !strings.HasSuffix(f.lines[0], fmt.Sprintf("\tINFO\tQuote selected:  %d", index)) || !strings.Contains(f.lines[1], "\tINFO\t{") || !strings.Contains(f.lines[1], "body: ") {
		t.Errorf("question %d logged %q", index, f.lines)
	}
}
