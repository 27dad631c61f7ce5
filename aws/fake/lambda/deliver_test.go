package lambda_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
	"awslab/aws/fake/lambda/runtime"
)

// seen notes which events were delivered, and when.
type seen struct {
	mu    sync.Mutex
	order []string
	times map[string][]time.Duration // since the first look
	ids   map[string]bool            // request ids
	began time.Time
}

func watch() *seen {
	return &seen{times: map[string][]time.Duration{}, ids: map[string]bool{}, began: time.Now()}
}

func (s *seen) note(e runtime.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order = append(s.order, string(e.Payload))
	s.times[string(e.Payload)] = append(s.times[string(e.Payload)], time.Since(s.began).Truncate(time.Millisecond))
	s.ids[e.RequestID] = true
}

func (s *seen) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.times)
}

// delivered lists the payloads in the order of their deliveries.
func (s *seen) delivered() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.order)
}

// at tells when an event was delivered.
func (s *seen) at(payload string) []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.times[payload])
}

// requests counts the request ids.
func (s *seen) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ids)
}

func numbered(n int) (payloads []string) {
	for i := range n {
		payloads = append(payloads, fmt.Sprintf(`"%03d"`, i))
	}
	return payloads
}

func TestEventsAreDelivered(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := watch()
		w := run(t, func(e runtime.Event) runtime.Outcome {
			s.note(e)
			pass(time.Millisecond)
			return echo(e)
		})
		w.create(t, describe("Echo"))
		w.queue(t, "Echo", 0, numbered(200)...)
		pass(time.Second)
		if s.count() != 200 || len(s.delivered()) != 200 || s.requests() != 200 {
			t.Errorf("%d events in %d deliveries with %d ids, want 200 of each", s.count(), len(s.delivered()), s.requests())
		}
		for n, payload := range s.delivered() { // several at a time, so about in order
			var i int
			if _, err := fmt.Sscanf(payload, `"%d"`, &i); err != nil || i-n > 20 || n-i > 20 {
				t.Fatalf("event %s came as number %d (%v)", payload, n, err)
			}
		}
		if received, age := w.metrics.sum("AsyncEventsReceived"), w.metrics.sum("AsyncEventAge"); received != 200 || age <= 0 {
			t.Errorf("AsyncEventsReceived is %v, AsyncEventAge %v in all", received, age)
		}
		if n := len(w.engines.started()); n > 64 {
			t.Errorf("%d environments were started for 200 events", n)
		}
	})
}

func TestEventsOutliveTheProcess(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := t.TempDir()
		s := watch()
		w := open(t, dir)
		w.engines.handler = func(e runtime.Event) runtime.Outcome {
			pass(10 * time.Millisecond)
			s.note(e)
			return echo(e)
		}
		w.create(t, describe("Echo"))
		w.queue(t, "Echo", 0, numbered(100)...)
		w.RunOn(w.engines)
		w.queue(t, "Echo", 0, `"last"`)
		pass(35 * time.Millisecond)
		w.shut(t)
		if n := s.count(); n == 0 || n == 101 {
			t.Fatalf("%d events were delivered before the end, want some", n)
		}
		again := open(t, dir)
		again.engines.handler = w.engines.handler
		again.RunOn(again.engines)
		pass(2 * time.Second)
		if n := s.count(); n != 101 {
			t.Errorf("%d of 101 events were delivered: %v", n, s.delivered())
		}
		again.shut(t)
		before := len(s.delivered())
		third := open(t, dir)
		third.engines.handler = w.engines.handler
		third.RunOn(third.engines)
		pass(time.Second)
		if len(s.delivered()) != before {
			t.Errorf("%d events were delivered once more", len(s.delivered())-before)
		}
	})
}

func TestRetries(t *testing.T) {
	for name, c := range map[string]struct {
		config *aws.PutFunctionEventInvokeConfigInput
		times  []time.Duration
	}{
		"as usual": {nil, []time.Duration{0, time.Minute, 3 * time.Minute}},
		"once": {&aws.PutFunctionEventInvokeConfigInput{FunctionName: "Bad", MaximumRetryAttempts: aws.Some(1)},
			[]time.Duration{0, time.Minute}},
		"never": {&aws.PutFunctionEventInvokeConfigInput{FunctionName: "Bad", MaximumRetryAttempts: aws.Some(0)},
			[]time.Duration{0}},
		"until it is too old": {&aws.PutFunctionEventInvokeConfigInput{FunctionName: "Bad", MaximumEventAgeInSeconds: 90},
			[]time.Duration{0, time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				var s *seen
				w := run(t, func(e runtime.Event) runtime.Outcome {
					s.note(e)
					return failed("KeyError", "")
				})
				w.create(t, describe("Bad"))
				if c.config != nil {
					if _, err := w.PutFunctionEventInvokeConfig(t.Context(), *c.config); err != nil {
						t.Fatal(err)
					}
				}
				s = watch()
				out := w.invoke(t, aws.InvokeInput{FunctionName: "Bad", InvocationType: aws.InvokeEvent, Payload: []byte(`"x"`)})
				if out.StatusCode != http.StatusAccepted || out.Payload != nil {
					t.Errorf("answer is %+v", out)
				}
				pass(7 * time.Hour)
				if got := s.at(`"x"`); !slices.Equal(got, c.times) || s.requests() != 1 {
					t.Errorf("attempts at %v with %d request ids, want %v with one", got, s.requests(), c.times)
				}
				if n := w.metrics.sum("AsyncEventsDropped"); n != 1 {
					t.Errorf("AsyncEventsDropped is %v", n)
				}
			})
		})
	}
}

func TestRetryComesAfterARestart(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := t.TempDir()
		s := watch()
		handler := func(e runtime.Event) runtime.Outcome {
			s.note(e)
			return failed("KeyError", "")
		}
		w := open(t, dir)
		w.engines.handler = handler
		w.RunOn(w.engines)
		w.create(t, describe("Bad"))
		s.began = time.Now()
		w.queue(t, "Bad", 0, `"x"`)
		pass(30 * time.Second)
		w.shut(t)
		again := open(t, dir)
		again.engines.handler = handler
		again.RunOn(again.engines)
		pass(time.Hour)
		if want := []time.Duration{0, time.Minute, 3 * time.Minute}; !slices.Equal(s.at(`"x"`), want) || s.requests() != 1 {
			t.Errorf("attempts at %v with %d ids, want %v with one", s.at(`"x"`), s.requests(), want)
		}
	})
}

func TestThrottledEventsWait(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := watch()
		running, most := 0, 0
		w := run(t, func(e runtime.Event) runtime.Outcome {
			s.mu.Lock()
			running++
			most = max(most, running)
			s.mu.Unlock()
			pass(100 * time.Millisecond)
			s.note(e)
			s.mu.Lock()
			running--
			s.mu.Unlock()
			return echo(e)
		})
		w.create(t, describe("Echo"))
		reserve := func(n int) {
			t.Helper()
			if _, err := w.PutFunctionConcurrency(t.Context(), aws.PutFunctionConcurrencyInput{FunctionName: "Echo", ReservedConcurrentExecutions: n}); err != nil {
				t.Fatal(err)
			}
		}
		reserve(0)
		w.queue(t, "Echo", 0, numbered(20)...)
		pass(time.Hour)
		if n := s.count(); n != 0 {
			t.Fatalf("%d events were delivered to a function that is stopped", n)
		}
		if n := w.metrics.sum("Throttles"); n < 10 || n > 30 { // 1, 2, 4 … 256 s, then each 5 minutes
			t.Errorf("Throttles is %v in an hour", n)
		}
		reserve(1)
		pass(3 * time.Second)
		if n := s.count(); n != 20 || most != 1 {
			t.Errorf("%d events were delivered, %d at a time; want 20, one at a time", n, most)
		}
	})
}

func TestSynchronousCallersHaveTheirTurn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		hold := make(chan struct{})
		defer close(hold)
		w := run(t, func(e runtime.Event) runtime.Outcome {
			if string(e.Payload) != `"now"` {
				<-hold
			}
			return echo(e)
		})
		w.create(t, describe("Slow"))
		w.queue(t, "Slow", 0, numbered(200)...)
		synctest.Wait()
		began := time.Now()
		w.invoke(t, aws.InvokeInput{FunctionName: "Slow", Payload: []byte(`"now"`)})
		if waited := time.Since(began); waited > time.Second {
			t.Errorf("somebody waited %v behind the queue", waited)
		}
	})
}

func TestRecursionStops(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := watch()
		var w *world
		w = run(t, func(e runtime.Event) runtime.Outcome {
			s.note(e)
			pass(50 * time.Millisecond)
			key := "" // of the function's own requests, which continue the chain
			for _, variable := range w.engines.serving(e).Env {
				if value, ok := strings.CutPrefix(variable, "AWS_ACCESS_KEY_ID="); ok {
					key = value
				}
			}
			w.queue(t, "Loop", w.Chain(key), string(e.Payload))
			return echo(e)
		})
		w.create(t, describe("Loop"))
		w.queue(t, "Loop", 0, `"x"`)
		pass(time.Minute)
		if n := len(s.delivered()); n != 16 {
			t.Errorf("the function ran %d times, want 16", n)
		}
		if n := w.metrics.sum("RecursiveInvocationsDropped"); n != 1 {
			t.Errorf("RecursiveInvocationsDropped is %v", n)
		}
		if _, err := w.PutFunctionRecursionConfig(t.Context(), aws.PutFunctionRecursionConfigInput{FunctionName: "Loop", RecursiveLoop: aws.RecursiveLoopAllow}); err != nil {
			t.Fatal(err)
		}
		w.queue(t, "Loop", 40, `"x"`)
		pass(time.Second)
		if n := len(s.delivered()); n < 30 {
			t.Errorf("the function ran %d times, want more when it is allowed", n)
		}
		if _, err := w.DeleteFunction(t.Context(), aws.DeleteFunctionInput{FunctionName: "Loop"}); err != nil {
			t.Fatal(err)
		}
		pass(time.Second) // and the loop has ended
	})
}

func TestEventsOfADeletedFunctionAreDropped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := open(t, t.TempDir())
		w.create(t, describe("Gone"))
		w.queue(t, "Gone", 0, `1`, `2`)
		if _, err := w.DeleteFunction(t.Context(), aws.DeleteFunctionInput{FunctionName: "Gone"}); err != nil {
			t.Fatal(err)
		}
		w.RunOn(w.engines)
		synctest.Wait()
		if n := w.metrics.sum("AsyncEventsDropped"); n != 2 {
			t.Errorf("AsyncEventsDropped is %v, want 2", n)
		}
	})
}

func TestEventsWaitUntilTheFunctionIsActive(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := watch()
		w := run(t, func(e runtime.Event) runtime.Outcome {
			s.note(e)
			return echo(e)
		})
		if _, err := w.CreateFunction(t.Context(), describe("New")); err != nil {
			t.Fatal(err)
		}
		w.queue(t, "New", 0, `"x"`)
		pass(time.Hour)
		if got := s.at(`"x"`); len(got) != 1 || got[0] < delay-10*time.Millisecond || got[0] > 2*delay {
			t.Errorf("the event was delivered at %v, want once after %v", got, delay)
		}
	})
}
