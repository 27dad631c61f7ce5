package lambda_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
	"awslab/aws/fake/chain"
	"awslab/aws/fake/lambda/runtime"
)

func TestInvoke(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		in := describe("Echo")
		in.Environment = &aws.Environment{Variables: map[string]string{"MODE": "loud"}}
		w.create(t, in)
		out := w.invoke(t, aws.InvokeInput{FunctionName: "Echo", Payload: []byte(`{"a":1}`), LogType: "Tail"})
		if out.StatusCode != http.StatusOK || out.FunctionError != "" || string(out.Payload) != `{"a":1}` || out.ExecutedVersion != "$LATEST" {
			t.Errorf("answer is %+v", out)
		}
		second := w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		if string(second.Payload) != "{}" || second.LogResult != "" {
			t.Errorf("answer is %+v, want the empty event and no log", second)
		}
		streams := w.logs.all()
		if len(streams) != 1 {
			t.Fatalf("%d streams, want one of the one environment", len(streams))
		}
		want := []string{
			`INIT_START Runtime Version: python:3\.13\.v1\tRuntime Version ARN: arn:aws:lambda:us-west-2::runtime:[0-9a-f]{64}\n`,
			`START RequestId: UUID Version: \$LATEST\n`, `END RequestId: UUID\n`,
			`REPORT RequestId: UUID\tDuration: 3\.01 ms\tBilled Duration: 104 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 100\.50 ms\t\n`,
			`START RequestId: UUID Version: \$LATEST\n`, `END RequestId: UUID\n`,
			`REPORT RequestId: UUID\tDuration: 3\.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n`,
		}
		matchAll(t, streams[0], want)
		tail, err := base64.StdEncoding.DecodeString(out.LogResult)
		if err != nil || string(tail) != strings.Join(streams[0][1:4], "") {
			t.Errorf("tail is %q (%v)", tail, err)
		}
		spec := w.engines.started()[0]
		for _, variable := range []string{"MODE=loud", "AWS_REGION=us-west-2", "AWS_LAMBDA_FUNCTION_NAME=Echo", "AWS_ACCESS_KEY_ID=ASIAX",
			"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/Echo", "AWS_EXECUTION_ENV=AWS_Lambda_python3.13"} {
			if !strings.Contains("\n"+strings.Join(spec.Env, "\n")+"\n", "\n"+variable+"\n") {
				t.Errorf("the environment %q lacks %s", spec.Env, variable)
			}
		}
		for name, sum := range map[string]float64{"Invocations": 2, "Errors": 0, "Throttles": 0, "Duration": 6.02, "ConcurrentExecutions": 2} {
			if got := w.metrics.sum(name); got != sum {
				t.Errorf("%s is %v, want %v", name, got, sum)
			}
		}
	})
}

// matchAll compares lines with patterns, in which UUID stands for one.
func matchAll(t *testing.T, lines, patterns []string) {
	t.Helper()
	if len(lines) != len(patterns) {
		t.Fatalf("%d lines, want %d: %q", len(lines), len(patterns), lines)
	}
	for n, p := range patterns {
		p = strings.ReplaceAll(p, "UUID", `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
		if !regexp.MustCompile("^" + p + "$").MatchString(lines[n]) {
			t.Errorf("line %d is\n%q, want\n%q", n, lines[n], p)
		}
	}
}

func TestFailures(t *testing.T) {
	bubble(t, func(t *testing.T) {
		outcome := failed("KeyError", "")
		w := run(t, func(runtime.Event) runtime.Outcome { return outcome })
		w.create(t, describe("Bad"))
		last := func() string {
			streams := w.logs.all()
			lines := streams[len(streams)-1]
			return lines[len(lines)-1]
		}
		out := w.invoke(t, aws.InvokeInput{FunctionName: "Bad"})
		if out.StatusCode != http.StatusOK || out.FunctionError != "Unhandled" || string(out.Payload) != `{"errorType":"KeyError"}` {
			t.Errorf("answer is %+v", out)
		}
		if strings.Contains(last(), "Status") {
			t.Errorf("the report of a caught exception is %q", last())
		}
		outcome = failed("Sandbox.Timedout", "timeout")
		outcome.Duration = 3004 * time.Millisecond
		w.invoke(t, aws.InvokeInput{FunctionName: "Bad"})
		matchAll(t, []string{last()}, []string{`REPORT RequestId: UUID\tDuration: 3000\.00 ms\tBilled Duration: 3000 ms\t.*\tStatus: timeout\n`})
		outcome = failed("Runtime.ExitError", "error")
		w.invoke(t, aws.InvokeInput{FunctionName: "Bad"})
		matchAll(t, []string{last()}, []string{`REPORT .*\tInit Duration: 100\.50 ms\tStatus: error\tError Type: Runtime\.ExitError\n`})
		if n := len(w.engines.started()); n != 2 {
			t.Errorf("%d environments were started, want a second after the timeout", n)
		}
		if n := w.engines.living(); n != 0 {
			t.Errorf("%d environments live on", n)
		}
		if n := w.metrics.sum("Errors"); n != 3 {
			t.Errorf("Errors is %v", n)
		}
	})
}

func TestFailingInitRunsTwice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		w.engines.init = func(spec runtime.Spec) runtime.Init {
			spec.Log(runtime.Line{Text: "no module"})
			return runtime.Init{Duration: 137690 * time.Microsecond, MaxMemoryMB: 34, Failure: &runtime.Failure{
				Type: "Runtime.ImportModuleError", Payload: []byte(`{"errorType":"Runtime.ImportModuleError"}`), Status: "error",
			}}
		}
		w.create(t, describe("Bad"))
		out := w.invoke(t, aws.InvokeInput{FunctionName: "Bad", LogType: "Tail"})
		if out.FunctionError != "Unhandled" || string(out.Payload) != `{"errorType":"Runtime.ImportModuleError"}` {
			t.Errorf("answer is %+v", out)
		}
		matchAll(t, w.logs.all()[0], []string{
			`INIT_START .*\n`, `no module\n`,
			`INIT_REPORT Init Duration: 137\.69 ms\tPhase: init\tStatus: error\tError Type: Runtime\.ImportModuleError\n`, `no module\n`,
			`INIT_REPORT Init Duration: 137\.69 ms\tPhase: invoke\tStatus: error\tError Type: Runtime\.ImportModuleError\n`,
			`START RequestId: UUID Version: \$LATEST\n`, `END RequestId: UUID\n`,
			`REPORT RequestId: UUID\tDuration: 137\.69 ms\tBilled Duration: 138 ms\tMemory Size: 128 MB\tMax Memory Used: 34 MB\tStatus: error\tError Type: Runtime\.ImportModuleError\n`,
		})
	})
}

func TestEnvironmentsAreReusedReplacedAndReaped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		w.create(t, describe("Echo"))
		for range 3 {
			w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		}
		if n := len(w.engines.started()); n != 1 {
			t.Fatalf("%d environments, want one", n)
		}
		if _, err := w.UpdateFunctionConfiguration(t.Context(), aws.UpdateFunctionConfigurationInput{FunctionName: "Echo", MemorySize: 256}); err != nil {
			t.Fatal(err)
		}
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		if n := len(w.engines.started()); n != 1 {
			t.Errorf("%d environments while the change is InProgress, want the one from before", n)
		}
		pass(delay)
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		specs := w.engines.started()
		if len(specs) != 2 || specs[1].MemoryMB != 256 || w.engines.living() != 1 {
			t.Errorf("%d environments, %d alive, want a second instead of the first", len(specs), w.engines.living())
		}
		if n := len(w.logs.all()); n != 2 {
			t.Errorf("%d log streams, want two", n)
		}
		pass(9 * time.Minute)
		if n := w.engines.living(); n != 1 {
			t.Errorf("%d environments live after nine minutes, want one", n)
		}
		pass(time.Minute + time.Second)
		if n := w.engines.living(); n != 0 {
			t.Errorf("%d environments live after ten minutes", n)
		}
	})
}

func TestReservedConcurrency(t *testing.T) {
	bubble(t, func(t *testing.T) {
		hold := make(chan struct{})
		w := run(t, func(e runtime.Event) runtime.Outcome {
			<-hold
			return echo(e)
		})
		w.create(t, describe("Slow"))
		reserve := func(n int) {
			t.Helper()
			if _, err := w.PutFunctionConcurrency(t.Context(), aws.PutFunctionConcurrencyInput{FunctionName: "Slow", ReservedConcurrentExecutions: n}); err != nil {
				t.Fatal(err)
			}
		}
		throttled := func() {
			t.Helper()
			_, err := w.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Slow"})
			var failure *aws.Error
			if !errors.As(err, &failure) || failure.Code != "TooManyRequestsException" || failure.Status != 429 || failure.Message != "Rate Exceeded." ||
				len(failure.Reasons) != 1 || failure.Reasons[0].Code != "ReservedFunctionConcurrentInvocationLimitExceeded" {
				t.Errorf("error is %v", err)
			}
		}
		reserve(0)
		throttled()
		reserve(1)
		done := make(chan error)
		go func() {
			_, err := w.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Slow"})
			done <- err
		}()
		synctest.Wait()
		throttled()
		close(hold)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if n := w.metrics.sum("Throttles"); n != 2 {
			t.Errorf("Throttles is %v, want 2", n)
		}
	})
}

func TestMoreCallersThanTheComputerRuns(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, func(e runtime.Event) runtime.Outcome {
			pass(10 * time.Millisecond)
			return echo(e)
		})
		w.create(t, describe("Echo"))
		results := make(chan error)
		for n := range 100 {
			go func() {
				out, err := w.Invoke(context.Background(), aws.InvokeInput{FunctionName: "Echo", Payload: fmt.Append(nil, n)})
				if err == nil && string(out.Payload) != fmt.Sprint(n) {
					err = fmt.Errorf("%d got the answer %s", n, out.Payload)
				}
				results <- err
			}()
		}
		for range 100 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestCallerGoesAway(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, func(e runtime.Event) runtime.Outcome {
			pass(time.Second)
			return echo(e)
		})
		w.create(t, describe("Echo"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := w.Invoke(ctx, aws.InvokeInput{FunctionName: "Echo"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
		pass(2 * time.Second)
		if n := w.metrics.sum("Invocations"); n != 1 {
			t.Errorf("%v invocations came to their end, want one", n)
		}
	})
}

func TestFunctionThatInvokesItself(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		w.create(t, describe("Echo"))
		if _, err := w.Invoke(chain.With(t.Context(), 15), aws.InvokeInput{FunctionName: "Echo"}); err != nil {
			t.Error(err)
		}
		_, err := w.Invoke(chain.With(t.Context(), 16), aws.InvokeInput{FunctionName: "Echo"})
		var failure *aws.Error
		if !errors.As(err, &failure) || failure.Code != "RecursiveInvocationException" || failure.Status != http.StatusBadRequest {
			t.Errorf("error is %v", err)
		}
	})
}

func TestLongRunnersCanBeFollowed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := open(t, t.TempDir())
		w.engines.handler = func(e runtime.Event) runtime.Outcome {
			w.engines.serving(e).Log(runtime.Line{Text: "half-way"})
			pass(time.Minute)
			return echo(e)
		}
		w.RunOn(w.engines)
		w.create(t, describe("Slow"))
		done := make(chan error)
		go func() {
			_, err := w.Invoke(context.Background(), aws.InvokeInput{FunctionName: "Slow"})
			done <- err
		}()
		pass(2 * time.Second)
		matchAll(t, w.logs.all()[0], []string{"INIT_START .*\n", "START .*\n", "half-way\n"})
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestWithoutEngines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := open(t, t.TempDir())
		w.create(t, describe("Echo"))
		_, err := w.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Echo"})
		if err == nil || !strings.Contains(err.Error(), "This sandbox runs no functions.") {
			t.Errorf("error is %v", err)
		}
		w.RunOn(w.engines)
		java := describe("Java")
		java.Runtime = "java21"
		w.create(t, java)
		_, err = w.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Java"})
		if err == nil || !strings.Contains(err.Error(), "no Java here") {
			t.Errorf("error is %v", err)
		}
	})
}

func TestRoleDecidesAboutTheLog(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		w.create(t, describe("Echo"))
		w.roles.deny("logs:CreateLogGroup")
		w.logs.groups = []string{"/aws/lambda/Echo-2"}
		out := w.invoke(t, aws.InvokeInput{FunctionName: "Echo", LogType: "Tail"})
		if n := len(w.logs.all()); n != 0 || out.LogResult == "" {
			t.Errorf("%d streams, tail %q; want none but a tail", n, out.LogResult)
		}
		w.logs.groups = []string{"/aws/lambda/Echo", "/aws/lambda/Echo-2"}
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		if n := len(w.logs.all()); n != 1 {
			t.Errorf("%d streams when the group is there, want one", n)
		}
		w.roles.deny("logs:PutLogEvents")
		before := len(w.logs.all()[0])
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		if n := len(w.logs.all()[0]); n != before {
			t.Errorf("%d lines were written without the right", n-before)
		}
	})
}

func TestTooMuchOutput(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := open(t, t.TempDir())
		w.engines.handler = func(e runtime.Event) runtime.Outcome {
			line := strings.Repeat("x", 1023)
			for range 100 << 10 { // 100 MB
				w.engines.started()[0].Log(runtime.Line{Text: line})
			}
			w.engines.started()[0].Log(runtime.Line{Text: "the end"})
			return echo(e)
		}
		w.RunOn(w.engines)
		w.create(t, describe("Loud"))
		out := w.invoke(t, aws.InvokeInput{FunctionName: "Loud", LogType: "Tail"})
		total := 0
		lines := w.logs.all()[0]
		for _, l := range lines {
			total += len(l)
		}
		if total < 5<<20 || total > 5<<20+2000 {
			t.Errorf("%d bytes were kept, want 5 MB", total)
		}
		if left := lines[len(lines)-3]; !strings.Contains(left, "keeps 5 MB") {
			t.Errorf("the last line of output is %q", left)
		}
		tail, err := base64.StdEncoding.DecodeString(out.LogResult)
		if err != nil || len(tail) != 4096 || !strings.Contains(string(tail), "the end\nEND RequestId") {
			t.Errorf("the tail has %d bytes (%v)", len(tail), err)
		}
	})
}

func TestLogsSurviveAFailingDisk(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := run(t, echo)
		w.create(t, describe("Echo"))
		w.logs.fail = errors.New("full")
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		synctest.Wait()
		w.logs.fail = nil
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo"})
		matchAll(t, w.logs.all()[0], []string{"The sandbox could not write 4 log events before this.\n", "START .*\n", "END .*\n", "REPORT .*\n"})
	})
}
