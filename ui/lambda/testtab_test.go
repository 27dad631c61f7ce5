package lambda

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
)

const reportLine = "REPORT RequestId: 12-34\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n"

// stage answers invocations as a function would, since the sandbox of these
// tests runs none.
type stage struct {
	mu     sync.Mutex
	asked  []aws.InvokeInput
	answer func(context.Context, aws.InvokeInput) (aws.InvokeOutput, error)
}

func (s *stage) on(cloud aws.Cloud) *pagetest.Watched {
	return pagetest.Watch(aws.Intercept(cloud, func(ctx context.Context, _ aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		invoke, ok := in.(aws.InvokeInput)
		if !ok {
			return next(ctx)
		}
		s.mu.Lock()
		s.asked = append(s.asked, invoke)
		s.mu.Unlock()
		return s.answer(ctx, invoke)
	}))
}

// last is the newest invocation asked for.
func (s *stage) last(t *testing.T) aws.InvokeInput {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) == 0 {
		t.Fatal("nothing was invoked")
	}
	return s.asked[len(s.asked)-1]
}

// says makes a function that answers with a payload and a log.
func says(payload, fault string) func(context.Context, aws.InvokeInput) (aws.InvokeOutput, error) {
	return func(_ context.Context, in aws.InvokeInput) (aws.InvokeOutput, error) {
		if in.InvocationType == aws.InvokeEvent {
			return aws.InvokeOutput{StatusCode: 202}, nil
		}
		log := "START RequestId: 12-34 Version: $LATEST\na line of \x1b[2Jthe function\nEND RequestId: 12-34\n" + reportLine
		return aws.InvokeOutput{
			StatusCode: 200, FunctionError: fault, ExecutedVersion: "$LATEST", Payload: aws.Payload(payload),
			LogResult: base64.StdEncoding.EncodeToString([]byte(log)),
		}, nil
	}
}

func testBench(t testing.TB, cloud *pagetest.Watched, keep page.Keeper) *pagetest.Bench {
	t.Helper()
	b := pagetest.New(t, Pages(), cloud.Cloud)
	b.Height, b.Env.Keep = 70, keep
	return b.Open(nav.Route{Page: functionID, Name: "Hello", Detail: "test"})
}

// theTestTab is the tab itself, of a function page.
func theTestTab(t *testing.T, b *pagetest.Bench) *testTab {
	t.Helper()
	tab, ok := pagetest.PageOf[*functionPage](b).tabs[1].(*testTab)
	if !ok {
		t.Fatal("the second tab is another")
	}
	return tab
}

// TestTheLabsTest is the lab's step: an event from the template, changed, saved
// and run.
func TestTheLabsTest(t *testing.T) {
	t.Parallel()
	s, keep := &stage{answer: says("null", "")}, &drawer{}
	b := testBench(t, s.on(withFunction(t, helloFiles()...).Cloud), keep)
	b.Shows("Test event action", "Create new event", "Invocation type", `"key1": "value1"`)
	b.TypeIn("Event name", "Upload").Choose("Template", "Amazon S3 Put").Shows("ObjectCreated:Put", "test%2Fkey")
	tab := theTestTab(t, b)
	tab.editor.SetValue(strings.ReplaceAll(tab.editor.Value(), "example-bucket", "image-1"))
	if b.Page.Unsaved() == "" {
		t.Error("a changed event can be left without a word")
	}
	b.Press("Save").Shows("● Edit saved event")
	if b.Page.Unsaved() != "" {
		t.Errorf("after saving: %s", b.Page.Unsaved())
	}
	b.Press("Test").Shows("Executing function: succeeded", "Execution result: succeeded").Lacks("Summary")
	if in := s.last(t); in.FunctionName != "Hello" || in.LogType != "Tail" || !strings.Contains(string(in.Payload), "arn:aws:s3:::image-1") {
		t.Errorf("invoked was %+v", in)
	}
	b.Keys("enter").Shows("Response", "null", "Summary", "Code SHA-256", "12-34", "3.01 ms", "114 ms", "128 MB", "36 MB", "110.10 ms",
		"Log output", "START RequestId: 12-34", "the function").Lacks("\x1b[2J")
	b.Press("logs")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: "cloudwatch/log-group", Name: "/aws/lambda/Hello"}) {
		t.Errorf("logs leads to %+v", got)
	}
	again := testBench(t, s.on(withFunction(t).Cloud), keep)
	again.Shows("● Edit saved event", "Upload", "image-1")
}

func TestFunctionThatFails(t *testing.T) {
	t.Parallel()
	s := &stage{answer: says(`{"errorMessage":"Unable to import module 'x': no","errorType":"Runtime.ImportModuleError","stackTrace":[]}`, "Unhandled")}
	cloud := s.on(withFunction(t, helloFiles()...).Cloud)
	b := testBench(t, cloud, nil)
	b.Press("Test").Shows("Executing function: failed", "Runtime.ImportModuleError: Unable to import module")
	b.Press("Details").Shows(`"errorType": "Runtime.ImportModuleError"`)
	cloud.Refuse("Invoke")
	b.Press("Test").Shows("Executing function: failed", "The function was not run", "It went wrong").Lacks("Details")
	cloud.Allow()
	b.Press("Asynchronous").Press("Test").Shows("202 accepted").Lacks("Details")
	if in := s.last(t); in.InvocationType != aws.InvokeEvent || in.LogType != "" {
		t.Errorf("invoked was %+v", in)
	}
}

func TestCodeThatIsNotDeployedDoesNotRun(t *testing.T) {
	t.Parallel()
	s := &stage{answer: says("1", "")}
	b := codeBench(t, s.on(withFunction(t, helloFiles()...).Cloud), "code")
	b.TypeIn("lambda_function.py", "# mine").Press("Test").Shows("Your changes in the Code tab are not deployed")
}

// TestALongRunIsCancelled: the spinner counts seconds; esc stops the waiting, and
// the answer that comes later is dropped.
func TestALongRunIsCancelled(t *testing.T) {
	t.Parallel()
	started, ended := make(chan struct{}), make(chan error, 1)
	s := &stage{answer: func(ctx context.Context, _ aws.InvokeInput) (aws.InvokeOutput, error) {
		close(started)
		<-ctx.Done()
		ended <- ctx.Err()
		return aws.InvokeOutput{}, ctx.Err()
	}}
	b := pagetest.New(t, Pages(), s.on(withFunction(t, helloFiles()...).Cloud).Cloud)
	clock := pagetest.NewClock(time.Unix(1_700_000_000, 0))
	b.Env.Now, b.Height = clock.Now, 60
	b.Open(nav.Route{Page: functionID, Name: "Hello", Detail: "test"})
	answers := make(chan page.Answer, 1)
	beside(b.Zone("Test", "button").Click(0, 0), answers)
	<-started
	clock.Pass(12 * time.Second)
	b.Tick()
	b.Shows("Executing function: 12 s", "Cancel esc").Keys("esc").Shows("Executing function: cancelled", "Given up after 12 s")
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the call ended with %v", err)
	}
	b.Do(func() tea.Msg { return <-answers })
	b.Shows("Executing function: cancelled").Tick()
	b.Lacks("12 s  [ Cancel")
}

// beside runs a command, and what it consists of, beside the test, and passes
// the answers on.
func beside(cmd tea.Cmd, answers chan<- page.Answer) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, part := range msg {
				beside(part, answers)
			}
		case page.Answer:
			answers <- msg
		}
	}()
}

func TestEventsThatAreNoJSON(t *testing.T) {
	t.Parallel()
	s := &stage{answer: says("null", "")}
	b := testBench(t, s.on(withFunction(t, helloFiles()...).Cloud), &drawer{})
	tab := theTestTab(t, b)
	tab.editor.SetValue("{\n  \"a\": 1,\n}")
	for _, button := range []string{"Test", "Save", "Format JSON"} {
		b.Press(button).Shows("The Event JSON has a fault in line 3", "✗3")
	}
	if len(s.asked) != 0 {
		t.Error("a broken event was sent")
	}
	tab.editor.SetValue(`{"a":[1]}`)
	b.Press("Format JSON").Shows(`  "a": [`).Lacks("has a fault")
	b.Press("Save").Shows("Event name: Enter a name")
}

func TestSavedEventsAreChangedAndDeleted(t *testing.T) {
	t.Parallel()
	keep := &drawer{}
	if err := writeEvents(keep, "Hello", []testEvent{{"one", "1"}, {"two", "2"}}); err != nil {
		t.Fatal(err)
	}
	b := testBench(t, withFunction(t, helloFiles()...), keep)
	b.Shows("● Edit saved event").TypeIn("Event JSON", "11").Choose("Event name", "two").TypeIn("Event JSON", "22")
	b.Choose("Event name", "one").Shows("11").Press("Save").Choose("Event name", "two").Shows("22")
	if b.Page.Unsaved() == "" {
		t.Error("the second event's change can be left without a word")
	}
	if got, err := readEvents(keep, "Hello"); err != nil || len(got) != 2 || got[0].Text != "11" || got[1].Text != "2" {
		t.Errorf("kept is %v, %v", got, err)
	}
	b.Press("Create new event").TypeIn("Event name", "one").Press("Save").Shows("A saved event has this name already")
	b.Press("Edit saved event").Choose("Event name", "two").Press("Delete").Confirm().Shows("11")
	b.Press("Delete").Confirm().Shows("● Create new event", `"key1"`)
	if got, err := readEvents(keep, "Hello"); err != nil || len(got) != 0 || b.Page.Unsaved() != "" {
		t.Errorf("kept is %v, %v; unsaved: %s", got, err, b.Page.Unsaved())
	}
	keep.fail(errors.New("disk full"))
	b.TypeIn("Event name", "three").Press("Save").Shows("could not be read or written", "disk full", "three")
}

func TestEventsAreTenAtMost(t *testing.T) {
	t.Parallel()
	keep := &drawer{}
	var events []testEvent
	for i := range mostEvents {
		events = append(events, testEvent{string(rune('a' + i)), "1"})
	}
	if err := writeEvents(keep, "Hello", events); err != nil {
		t.Fatal(err)
	}
	b := testBench(t, withFunction(t, helloFiles()...), keep)
	b.Press("Create new event").TypeIn("Event name", "more").Press("Save").Shows("at most 10 saved events")
}

// TestATemplateAsksBeforeItReplaces what was typed.
func TestATemplateAsksBeforeItReplaces(t *testing.T) {
	t.Parallel()
	b := testBench(t, withFunction(t, helloFiles()...), &drawer{})
	b.TypeIn("Event JSON", "[").Choose("Template", "Amazon S3 Put").Shows("hello-world", `"key1"`)
	b.Confirm().Shows("Amazon S3 Put", "ObjectCreated:Put")
	b.Choose("Template", "API Gateway AWS Proxy").Shows(`"body": "eyJ0ZXN0IjoiYm9keSJ9"`)
}

func TestReportsAreRead(t *testing.T) {
	t.Parallel()
	want := report{RequestID: "12-34", Duration: "3.01 ms", Billed: "114 ms", Memory: "128 MB", Used: "36 MB", Init: "110.10 ms"}
	for _, log := range []string{reportLine, "START\nREPORT RequestId: fake\tDuration: 9 ms\n" + reportLine, "REPORT RequestId: 1\n" + reportLine + "\n"} {
		if got := readReport(log); got != want {
			t.Errorf("%q: %+v", log, got)
		}
	}
	if got := readReport("REPORT RequestId: 7\tDuration: 3000.00 ms\tStatus: timeout\n"); got != (report{RequestID: "7", Duration: "3000.00 ms", Status: "timeout"}) {
		t.Errorf("%+v", got)
	}
	for _, log := range []string{"", "REPORT", "a REPORT RequestId: 7\tDuration: 1 ms"} {
		if got := readReport(log); got != (report{}) {
			t.Errorf("%q: %+v", log, got)
		}
	}
}

// FuzzReport: whatever a function prints before it, Lambda's own line counts.
func FuzzReport(f *testing.F) {
	f.Add("REPORT RequestId: fake\tDuration: 9 ms")
	f.Add("\t: \n")
	f.Fuzz(func(t *testing.T, printed string) {
		if got := readReport(printed + "\n" + reportLine); got.RequestID != "12-34" || got.Used != "36 MB" {
			t.Fatalf("%q: %+v", printed, got)
		}
		readReport(printed)
	})
}

func BenchmarkTestTabView(b *testing.B) {
	s := &stage{answer: says(`{"body":"`+strings.Repeat("x", 1<<20)+`"}`, "")}
	bench := testBench(b, s.on(withFunction(b, helloFiles()...).Cloud), &drawer{})
	bench.Press("Test").Keys("enter")
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

// TestAnswerInAnotherTab: an answer that comes while another tab is in front
// takes no focus there.
func TestAnswerInAnotherTab(t *testing.T) {
	t.Parallel()
	s := &stage{answer: says("null", "")}
	b := testBench(t, s.on(withFunction(t, helloFiles()...).Cloud), &drawer{})
	pending := b.Zone("Test", "button").Click(0, 0)
	b.Press("Code")
	p := pagetest.PageOf[*functionPage](b)
	before := p.Ring.Focused()
	b.Do(pending)
	if p.Ring.Focused() != before {
		t.Errorf("the focus went to %T", p.Ring.Focused())
	}
	b.Press("Test").Shows("Executing function: succeeded")
}
