package lambda

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"awslab/aws"
	"awslab/aws/fake/chain"
	"awslab/aws/fake/store"
)

// The largest payloads, in bytes.
const (
	maxPayload      = 6291456
	maxEventPayload = 1 << 20
)

// maxClientContext is the size of the largest client context, in bytes as sent.
const maxClientContext = 3583

// patience is how long a synchronous invocation waits for its turn on this
// computer before it is throttled.
const patience = 30 * time.Second

// Invoke runs a function: it waits for the answer, queues the event, or only
// checks. When the caller goes away, the function still runs to its end.
func (s *Service) Invoke(ctx context.Context, in aws.InvokeInput) (aws.InvokeOutput, error) {
	return answer(ctx, s, "Invoke", func() (out aws.InvokeOutput, err error) {
		x, f, err := s.prepare(in)
		if err != nil {
			return out, err
		}
		if x.chain = chain.Of(ctx); x.chain >= chain.Most && f.Recursion != aws.RecursiveLoopAllow {
			s.records.measure(count(x.function, "RecursiveInvocationsDropped", s.now(), 1))
			return out, fault("RecursiveInvocationException", "Lambda has detected your function being invoked in a recursive loop "+
				"with other Amazon Web Services resources and stopped your function's invocation.")
		}
		out.ExecutedVersion = latest
		switch in.InvocationType {
		case aws.InvokeDryRun:
			return aws.InvokeOutput{StatusCode: http.StatusNoContent}, nil
		case aws.InvokeEvent:
			err := s.store.Update(func(w *store.Writer) error {
				s.enqueue(w, event{Function: x.function, Request: x.request, Context: x.context, Chain: x.chain}, x.payload)
				return nil
			})
			s.Wake()
			return aws.InvokeOutput{StatusCode: http.StatusAccepted}, err
		}
		done, err := s.invoke(ctx, x, f)
		if err != nil {
			return out, err
		}
		out.StatusCode, out.Payload = http.StatusOK, done.payload
		if done.failure != nil {
			out.FunctionError = "Unhandled"
		}
		if in.LogType == "Tail" {
			out.LogResult = base64.StdEncoding.EncodeToString(done.tail)
		}
		return out, nil
	})
}

// prepare checks a request.
func (s *Service) prepare(in aws.InvokeInput) (x execution, f *function, err error) {
	var m members
	m.oneOf(in.InvocationType, "invocationType", aws.InvokeEvent, aws.InvokeRequestResponse, aws.InvokeDryRun)
	m.oneOf(in.LogType, "logType", "None", "Tail")
	if err := m.err(); err != nil {
		return x, nil, err
	}
	switch size := len(in.Payload); {
	case in.InvocationType == aws.InvokeEvent && size > maxEventPayload:
		return x, nil, fault(codeTooLarge, "%d byte payload is too large for the Event invocation type (limit %d bytes)", size, maxEventPayload)
	case size > maxPayload:
		return x, nil, fault(codeTooLarge, "Request must be smaller than %d bytes for the InvokeFunction operation", maxPayload)
	}
	if f, err = s.find(in.FunctionName, in.Qualifier, true); err != nil {
		return x, nil, err
	}
	x = execution{function: f.Name, settings: f.effective(s.now()), request: s.uuid(), payload: in.Payload}
	if len(x.payload) == 0 {
		x.payload = []byte("{}")
	}
	if err := checkPayload(x.payload); err != nil {
		return x, nil, err
	}
	if x.context, err = clientContext(in.ClientContext); err != nil {
		return x, nil, err
	}
	if f.pending(s.now()) {
		return x, nil, conflict("The operation cannot be performed at this time. The function is currently in the following state: Pending")
	}
	return x, f, nil
}

// checkPayload checks that a payload is JSON.
func checkPayload(payload []byte) error {
	var value json.RawMessage
	err := json.Unmarshal(payload, &value)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	why := "Unexpected end-of-input"
	if at := int(syntax.Offset) - 1; at >= 0 && at < len(payload) && syntax.Error() != "unexpected end of JSON input" {
		why = fmt.Sprintf("Unexpected character ('%c' (code %d))", payload[at], payload[at])
	}
	return fault("InvalidRequestContentException", "Could not parse request body into json: Could not parse payload into json: %s: %s", why, syntax)
}

// clientContext reads the context that a client gives, base64 JSON.
func clientContext(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !json.Valid(data) || len(text) > maxClientContext {
		return "", fault("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.")
	}
	return string(data), nil
}

// runnable checks that something here runs the function's runtime.
func (s *Service) runnable(name aws.Runtime) error {
	if s.engine() == nil {
		return fault(codeService, noEngines)
	}
	if engine := s.Engine(string(name)); !engine.Runs {
		return fault(codeRuntime, "The sandbox cannot run this function: %s.", engine.Why)
	}
	return nil
}

// invoke runs a function for somebody who waits: for its turn first, then for
// its end.
func (s *Service) invoke(ctx context.Context, x execution, f *function) (result, error) {
	if err := s.runnable(x.settings.Runtime); err != nil {
		return result{}, err
	}
	limits, err := s.limits(f)
	if err != nil {
		return result{}, err
	}
	if reason := s.pool.admit(x.function, limits); reason != "" {
		return result{}, s.throttled(x.function, reason)
	}
	if err := s.turn(ctx, x.function); err != nil {
		s.left(x.function)
		return result{}, err
	}
	if !s.begin() {
		s.pool.vacate(false)
		s.left(x.function)
		return result{}, context.Canceled
	}
	type end struct {
		result
		err error
	}
	done := make(chan end, 1)
	go func() {
		defer s.work.Done()
		defer s.left(x.function)
		defer s.pool.vacate(false)
		r, err := s.execute(x)
		done <- end{r, err}
	}()
	select {
	case e := <-done:
		if e.failure != nil && s.running.Err() != nil {
			return result{}, s.running.Err() // the sandbox was closed under it
		}
		return e.result, e.err
	case <-ctx.Done():
		return result{}, ctx.Err()
	}
}

// turn waits for a slot.
func (s *Service) turn(ctx context.Context, function string) error {
	wait := s.pool.slot()
	if wait == nil {
		return nil
	}
	var err error
	select {
	case <-wait:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-s.running.Done():
		err = s.running.Err()
	case <-s.config.After(patience):
		err = s.throttled(function, reasonAccount)
	}
	if !s.pool.giveUp(wait) {
		s.pool.vacate(false)
	}
	return err
}

// left ends an execution: the function's events may have waited for it.
func (s *Service) left(function string) {
	s.pool.leave(function)
	s.events.unblock(function)
	s.events.wake()
}

// throttled is the error of an invocation that is one too many.
func (s *Service) throttled(function, reason string) error {
	s.records.measure(count(function, "Throttles", s.now(), 1))
	return &aws.Error{Code: codeTooMany, Message: "Rate Exceeded.", Reasons: []aws.CancellationReason{{Code: reason}}}
}

// limits reads what bounds a function's executions.
func (s *Service) limits(f *function) (l limits, err error) {
	reservations := map[string]bool{}
	l.reserved, l.unreserved = f.Reserved.Or(-1), maxConcurrency
	l.apart = func(name string) bool { return reservations[name] }
	if l.reserved >= 0 || !s.pool.crowded() {
		return l, nil
	}
	err = s.store.View(func(r *store.Reader) error {
		return s.each(r, "", func(f *function) bool {
			if n, ok := f.Reserved.Get(); ok {
				reservations[f.Name] = true
				l.unreserved -= n
			}
			return true
		})
	})
	return l, err
}
