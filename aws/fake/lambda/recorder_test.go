package lambda_test

import (
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
)

// TestLogsOfManyInvocationsAreWrittenTogether: they wait a moment for more, and
// not at all when the service closes.
func TestLogsOfManyInvocationsAreWrittenTogether(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const gather = 20 * time.Millisecond
		w := openGathering(t, t.TempDir(), delay, gather, nil)
		w.engines.handler = echo
		w.RunOn(w.engines)
		w.create(t, describe("Echo"))
		lines := func() (n int) {
			synctest.Wait()
			w.logs.mu.Lock()
			defer w.logs.mu.Unlock()
			for _, lines := range w.logs.streams {
				n += len(lines)
			}
			return n
		}
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo", Payload: aws.Payload("1")})
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo", Payload: aws.Payload("2")})
		if n := lines(); n != 0 {
			t.Errorf("%d lines are written at once", n)
		}
		pass(gather)
		// INIT_START, and START, END and REPORT of both.
		if n := lines(); n != 7 {
			t.Errorf("%d lines are written after a moment, want 7", n)
		}
		w.invoke(t, aws.InvokeInput{FunctionName: "Echo", Payload: aws.Payload("3")})
		before := time.Now()
		w.Close()
		if n := lines(); n != 10 || time.Since(before) >= gather {
			t.Errorf("%d lines are written on closing, after %v", n, time.Since(before))
		}
	})
}
