package lambda

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"awslab/aws/fake/store"
)

// eventsBucket holds the asynchronous invocations that are not over: number, in
// the order of queueing → event as a line of JSON, then the payload.
const eventsBucket = "lambda/events"

// event is an asynchronous invocation, without its payload.
type event struct {
	Function string
	Request  string // the same id for each attempt
	Context  string `json:",omitempty"`
	Chain    int    `json:",omitempty"`
	Queued   time.Time
	Failed   int       `json:",omitempty"` // attempts so far
	Due      time.Time // not before
}

// queue is what is known in memory of the events.
type queue struct {
	signal chan struct{} // something may have become due

	mu      sync.Mutex // protects what follows
	next    uint64     // the number of the next event; 0: not known yet
	first   uint64     // of the events queued in this run
	seen    uint64     // the last event that was read
	waiting []*queued  // in order
	// blocked holds back functions that were throttled.
	blocked map[string]*throttle
}

// queued is an event that waits or is being delivered.
type queued struct {
	number    uint64
	function  string
	due       time.Time
	delivered bool // it is being delivered
	over      bool // its outcome is final: it only has to be deleted
}

// throttle is how long a function's events are held back.
type throttle struct {
	until time.Time
	times int
}

func newQueue() *queue {
	return &queue{signal: make(chan struct{}, 1), blocked: map[string]*throttle{}}
}

// wake has the queue looked at.
func (q *queue) wake() {
	select {
	case q.signal <- struct{}{}:
	default: // it will be, anyway
	}
}

// unblock holds a function's events back no longer.
func (q *queue) unblock(function string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.blocked, function)
}

// number gives the next event's number, above all that are in the store.
func (q *queue) number(r *store.Reader) uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.count(r)
	q.next++
	return q.next - 1
}

func (q *queue) count(r *store.Reader) {
	if q.next != 0 {
		return
	}
	q.next = 1
	if last, _ := r.Cursor(eventsBucket).Last(); len(last) == 8 {
		q.next = binary.BigEndian.Uint64(last) + 1
	}
	q.first = q.next
}

func eventKey(number uint64) []byte { return binary.BigEndian.AppendUint64(nil, number) }

// encode writes an event as it is stored.
func (e event) encode(payload []byte) []byte {
	head, _ := json.Marshal(e) // strings, numbers and times of this age always marshal
	return append(append(head, '\n'), payload...)
}

// decodeEvent reads a stored event.
func decodeEvent(raw []byte) (e event, payload []byte, err error) {
	head, payload, found := bytes.Cut(raw, []byte("\n"))
	if !found {
		return e, nil, errors.New("a queued event is cut short")
	}
	if err := json.Unmarshal(head, &e); err != nil {
		return e, nil, fmt.Errorf("a queued event: %w", err)
	}
	return e, bytes.Clone(payload), nil
}

// Enqueue stages an asynchronous invocation in w, so that it is queued if, and
// only if, what caused it is committed; call Wake then. chain is how many
// invocations of functions led to it. An ARN of no function here is passed over.
func (s *Service) Enqueue(w *store.Writer, functionARN string, payload []byte, chain int) {
	if name := s.nameOf(functionARN); name != "" {
		s.enqueue(w, event{Function: name, Request: s.uuid(), Chain: chain}, payload)
	}
}

func (s *Service) enqueue(w *store.Writer, e event, payload []byte) {
	e.Queued = s.now()
	e.Due = e.Queued
	w.Put(eventsBucket, eventKey(s.events.number(&w.Reader)), e.encode(payload))
}

// Wake has queued events delivered.
func (s *Service) Wake() { s.events.wake() }

// load reads the events that were committed since the last time.
func (s *Service) load(r *store.Reader) error {
	q := s.events
	q.mu.Lock()
	defer q.mu.Unlock()
	q.count(r)
	c := r.Cursor(eventsBucket)
	for key, raw := c.Seek(eventKey(q.seen + 1)); key != nil; key, raw = c.Next() {
		e, _, err := decodeEvent(raw)
		if err != nil || len(key) != 8 {
			continue // it can't be delivered, and must not hold others up
		}
		q.seen = binary.BigEndian.Uint64(key)
		q.waiting = append(q.waiting, &queued{number: q.seen, function: e.Function, due: e.Due})
		if q.seen >= q.first {
			s.records.measure(count(e.Function, "AsyncEventsReceived", e.Queued, 1))
		}
	}
	return nil
}

// earlier is the earlier of two times, of which the zero one is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// sleep waits until something may be due, or a time; the zero time is never. It
// is false when the service is closed.
func (s *Service) sleep(until time.Time) bool {
	var alarm <-chan time.Time
	if !until.IsZero() {
		alarm = s.config.After(max(0, until.Sub(s.now())))
	}
	select {
	case <-s.running.Done():
		return false
	case <-s.events.signal:
	case <-alarm:
	}
	return s.running.Err() == nil
}
