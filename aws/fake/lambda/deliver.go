package lambda

import (
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/chain"
	"awslab/aws/fake/store"
)

// How long the next attempt waits: of an event whose function failed, one and
// then two minutes; of one that was throttled or could not be run, from a second
// to five minutes, doubling.
const (
	retryDelay    = time.Minute
	throttleDelay = time.Second
	maxThrottle   = 5 * time.Minute
)

// deliverDue starts the delivery of the events that are due, in the order in
// which they were queued, as far as concurrency allows. It tells when the next
// one is due; the zero time is never.
func (s *Service) deliverDue() (next time.Time) {
	now := s.now()
	if err := s.store.View(s.load); err != nil {
		return now.Add(throttleDelay) // the disk may work again
	}
	functions := map[string]*function{}
	for n := 0; ; n++ {
		w, more := s.events.at(n)
		if !more {
			return next
		}
		if w == nil {
			continue
		}
		if due := s.events.dueTime(w); due.After(now) {
			next = earlier(next, due)
			continue
		}
		f, known := functions[w.function]
		if !known {
			var err error
			if f, err = s.read(w.function); err != nil {
				return now.Add(throttleDelay)
			}
			functions[w.function] = f
		}
		full, held := s.launch(w, f, now)
		if full {
			return next // who ends wakes us
		}
		next = earlier(next, held)
	}
}

// read reads a function; nil when there is none.
func (s *Service) read(name string) (f *function, err error) {
	err = s.store.View(func(r *store.Reader) error {
		f, err = s.function(r, name)
		return err
	})
	return f, err
}

// at gives the n-th event if it waits, nil if it is being delivered. One that is
// skipped because others before it went is found when those who ended them wake
// the queue.
func (q *queue) at(n int) (w *queued, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if n >= len(q.waiting) {
		return nil, false
	}
	if w = q.waiting[n]; w.delivered {
		return nil, true
	}
	return w, true
}

// dueTime is when an event may be delivered.
func (q *queue) dueTime(w *queued) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t := q.blocked[w.function]; t != nil && t.until.After(w.due) {
		return t.until
	}
	return w.due
}

// launch starts the delivery of one event. full: no slot is free; held: its
// function is throttled until then.
func (s *Service) launch(w *queued, f *function, now time.Time) (full bool, held time.Time) {
	admitted := false
	if f != nil && !w.over {
		limits, err := s.limits(f)
		if err != nil {
			return false, now.Add(throttleDelay)
		}
		if reason := s.pool.admit(w.function, limits); reason != "" {
			s.records.measure(count(w.function, "Throttles", now, 1))
			return false, s.events.block(w.function, now)
		}
		admitted = true
	}
	if !s.pool.queueSlot() {
		if admitted {
			s.pool.leave(w.function)
		}
		return true, held
	}
	if !s.begin() {
		return true, held
	}
	s.events.mark(w, true)
	go func() {
		defer s.work.Done()
		s.deliver(w, f)
		s.pool.vacate(true)
		if admitted {
			s.left(w.function)
		}
		s.events.wake()
	}()
	return false, held
}

func (q *queue) mark(w *queued, delivered bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	w.delivered = delivered
}

// block holds a function's events back, longer each time.
func (q *queue) block(function string, now time.Time) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := q.blocked[function]
	if t == nil {
		t = &throttle{}
		q.blocked[function] = t
	}
	t.until = now.Add(backoff(t.times))
	t.times++
	return t.until
}

func backoff(times int) time.Duration {
	return min(throttleDelay<<min(times, 16), maxThrottle)
}

// verdict is what becomes of an event.
type verdict struct {
	over   bool
	due    time.Time // when it is not over
	failed bool      // the attempt counts as one that failed
}

// deliver makes one attempt at an event and keeps what came of it. Nothing is
// taken off the queue before its outcome is final, and known to the disk.
func (s *Service) deliver(w *queued, f *function) {
	var e event
	var payload []byte
	var there bool
	err := s.store.View(func(r *store.Reader) (err error) {
		raw := r.Get(eventsBucket, eventKey(w.number))
		if there = raw != nil; there {
			e, payload, err = decodeEvent(raw)
		}
		return err
	})
	v := verdict{over: true}
	if err == nil && there && !w.over {
		v = s.attempt(e, payload, f)
	}
	if err == nil && s.running.Err() != nil && !v.over {
		return // it was cut off; the next run tries it again
	}
	if err == nil {
		err = s.store.Update(func(writer *store.Writer) error {
			switch {
			case v.over:
				writer.Delete(eventsBucket, eventKey(w.number))
			case v.failed:
				e.Failed++
				e.Due = v.due
				writer.Put(eventsBucket, eventKey(w.number), e.encode(payload))
			}
			return nil
		})
	}
	s.events.settle(w, v, err, s.now())
}

// settle notes what became of an event. If the disk did not take that, it stays,
// and only its deletion is tried again.
func (q *queue) settle(w *queued, v verdict, err error, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	w.delivered, w.due = false, v.due
	switch {
	case err != nil:
		w.over = v.over
		w.due = now.Add(throttleDelay)
	case v.over:
		q.waiting = slices.DeleteFunc(q.waiting, func(other *queued) bool { return other == w })
	}
}

// attempt runs an event's function once, if it may run.
func (s *Service) attempt(e event, payload []byte, f *function) verdict {
	now := s.now()
	switch {
	case f == nil:
		return s.drop(e, "AsyncEventsDropped")
	case now.Sub(e.Queued) > f.eventAge():
		return s.drop(e, "AsyncEventsDropped")
	case e.Chain >= chain.Most && f.Recursion != aws.RecursiveLoopAllow:
		return s.drop(e, "RecursiveInvocationsDropped")
	case f.pending(now):
		return verdict{due: f.Until}
	case !s.Engine(string(f.effective(now).Runtime)).Runs:
		return s.drop(e, "AsyncEventsDropped")
	}
	age := count(e.Function, "AsyncEventAge", now, milliseconds(now.Sub(e.Queued)))
	age.Unit = "Milliseconds"
	s.records.measure(age)
	r, err := s.execute(execution{
		function: e.Function, settings: f.effective(now), request: e.Request,
		payload: payload, context: e.Context, chain: e.Chain,
	})
	now = s.now()
	switch {
	case err != nil: // Lambda's own fault, not the function's
		return verdict{due: now.Add(maxThrottle)}
	case r.failure == nil:
		return verdict{over: true}
	case s.running.Err() != nil:
		return verdict{}
	case e.Failed >= f.retries():
		return s.drop(e, "AsyncEventsDropped")
	}
	return verdict{failed: true, due: now.Add(retryDelay << e.Failed)}
}

// drop gives an event up.
func (s *Service) drop(e event, metric string) verdict {
	s.records.measure(count(e.Function, metric, s.now(), 1))
	return verdict{over: true}
}
