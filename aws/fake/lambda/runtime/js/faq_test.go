package js

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"awslab/faq"
)

// TestFAQ runs the microservice in both its forms on both engines, as nodejs22.x and as nodejs24.x: each logs which
// question it took and what it answers; the classic one then has no context.succeed on nodejs24.x.
func TestFAQ(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"quickjs", "node"} {
		for _, runtime := range []string{"nodejs22.x", "nodejs24.x"} {
			for name, form := range map[string]faq.Form{"modern": faq.Modern, "classic": faq.Classic} {
				t.Run(engine+"/"+runtime+"/"+name, func(t *testing.T) {
					t.Parallel()
					f := start(t, engine, map[string]string{form.FileName(): faq.Source(form)}, "AWS_EXECUTION_ENV=AWS_Lambda_"+runtime)
					answers := []answer{f.invoke(t, "{}"), f.invoke(t, "{}")}
					f.stop()
					events := f.out.all()
					if form == faq.Classic && runtime == "nodejs24.x" {
						checkRefused(t, events, answers)
						return
					}
					if len(events) != 4 {
						t.Fatalf("it logged %q", events)
					}
					for i, a := range answers {
						checkQuestion(t, events[2*i:2*i+2], i+1, a)
					}
				})
			}
		}
	}
}

var selected = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t(\S+)\tINFO\tQuote selected:  (\d+)$`)

// checkQuestion wants the two lines of an invocation, and the question they tell in its answer.
func checkQuestion(t *testing.T, events []string, n int, a answer) {
	t.Helper()
	m := selected.FindStringSubmatch(events[0])
	if m == nil || m[1] != requestID(n) {
		t.Fatalf("it logged %q", events[0])
	}
	index, err := strconv.Atoi(m[2])
	if err != nil {
		t.Fatal(err)
	}
	if head, body, ok := strings.Cut(events[1], "{\n  body: "); !ok || !strings.HasSuffix(head, "\tINFO\t") || !strings.HasSuffix(body, "\n}") {
		t.Errorf("the response is logged as %q", events[1])
	}
	var response struct{ Body string }
	var question struct{ Q, A string }
	if err := json.Unmarshal([]byte(a.Body), &response); err != nil {
		t.Fatalf("%v: %q", err, a.Body)
	}
	if err := json.Unmarshal([]byte(response.Body), &question); err != nil {
		t.Fatalf("%v: %q", err, response.Body)
	}
	if want := faq.Questions()[index]; question.Q != want.Text || question.A != want.Answer || a.Path != "/invocation/"+requestID(n)+"/response" {
		t.Errorf("question %d is answered by %v at %s", index, question, a.Path)
	}
}

// checkRefused wants both lines of both invocations, then each time Node.js 24's error with the learner's own line.
func checkRefused(t *testing.T, events []string, answers []answer) {
	t.Helper()
	head, _, _ := strings.Cut(faq.Source(faq.Classic), "context.succeed(response)")
	line := 1 + strings.Count(head, "\n")
	want := `{"errorType":"TypeError","errorMessage":"context.succeed is not a function","trace":["TypeError: context.succeed is not a function",` +
		`"    at exports.handler (/var/task/index.js:` + strconv.Itoa(line) + `:11)"]}`
	for i, a := range answers {
		if got := nodeFrames.ReplaceAllString(a.Body, ""); got != want || a.Path != "/invocation/"+requestID(i+1)+"/error" {
			t.Errorf("%s got %s\nwant %s", a.Path, got, want)
		}
	}
	if len(events) != 6 || !selected.MatchString(events[0]) || !strings.Contains(events[2], "\tERROR\tInvoke Error \t{\"errorType\":\"TypeError\"") ||
		!slices.ContainsFunc(events[4:5], func(e string) bool { return strings.Contains(e, "body: ") }) {
		t.Errorf("it logged %q", events)
	}
}

// nodeFrames are Node's own in a trace.
var nodeFrames = regexp.MustCompile(`,"    at [^"]*node:[^"]*"`)
