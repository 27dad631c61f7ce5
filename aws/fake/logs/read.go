package logs

import (
	"context"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// maxRead is how many events a page has at most; it has maxBytes, too.
const maxRead = 10_000

// window is the part of a stream that a reader may see: from the one boundary
// to the other.
type window struct{ from, to place }

// windowOf is what the times of a request and retention leave.
func windowOf(g group, start, stop aws.Option[int64], now int64) window {
	w := window{from: place{time: max(start.Or(0), g.cutoff(now))}, to: end}
	if t, given := stop.Get(); given {
		w.to = place{time: t}
	}
	return w
}

// GetLogEvents reads a page of a stream.
func (s *Service) GetLogEvents(ctx context.Context, in aws.GetLogEventsInput) (aws.GetLogEventsOutput, error) {
	return answer(ctx, s, "GetLogEvents", func() (out aws.GetLogEventsOutput, err error) {
		if err := checkGet(in); err != nil {
			return out, err
		}
		old := false
		err = s.store.View(func(r *store.Reader) error {
			g, m, err := findStream(r, in.LogGroupName, in.LogStreamName)
			if err != nil {
				return err
			}
			old = stale(r, m, g.cutoff(s.now()))
			out, err = readStream(r, m, windowOf(g, in.StartTime, in.EndTime, s.now()), in)
			return err
		})
		if err == nil && old {
			err = s.sweep(in.LogGroupName)
		}
		return out, err
	})
}

func checkGet(in aws.GetLogEventsInput) error {
	var m members
	m.group(in.LogGroupName)
	m.stream(in.LogStreamName, "logStreamName")
	m.time(in.StartTime, "startTime")
	m.time(in.EndTime, "endTime")
	m.limit(in.Limit, maxRead)
	return m.err()
}

func readStream(r *store.Reader, m stream, w window, in aws.GetLogEventsInput) (out aws.GetLogEventsOutput, err error) {
	direction, at := backward, w.to
	if in.StartFromHead {
		direction, at = forward, w.from
	}
	if in.NextToken != "" {
		if direction, at, err = parsePageToken(in.NextToken, m); err != nil {
			return out, err
		}
	}
	var events []event
	if direction == forward {
		events, err = readForward(r, m, w, at, in.Limit.Or(maxRead))
	} else {
		events, err = readBackward(r, m, w, at, in.Limit.Or(maxRead))
	}
	if err != nil {
		return out, err
	}
	first, last := at, at
	switch {
	case len(events) > 0:
		first, last = events[0].place, events[len(events)-1].after()
	case at == end:
		// There is nothing yet: what comes is ahead of the beginning.
		first, last = w.from, w.from
	}
	out.NextForwardToken, out.NextBackwardToken = pageToken(forward, m, last), pageToken(backward, m, first)
	out.Events = make([]aws.OutputLogEvent, len(events))
	for n, e := range events {
		out.Events[n] = aws.OutputLogEvent{Timestamp: e.time, Message: e.message, IngestionTime: e.ingested}
	}
	return out, nil
}

// readForward reads the events from a boundary on.
func readForward(r *store.Reader, m stream, w window, at place, limit int) ([]event, error) {
	if at.before(w.from) {
		at = w.from
	}
	var page pageOf
	c := r.Cursor(m.bucket())
	for key, value := c.Seek(at.key()); key != nil; key, value = c.Next() {
		e, err := parseEvent(key, value)
		if err != nil {
			return nil, err
		}
		if !e.before(w.to) || !page.add(e, limit) {
			break
		}
	}
	return page.events, nil
}

// readBackward reads the events before a boundary, the nearest ones, and gives
// them in order.
func readBackward(r *store.Reader, m stream, w window, at place, limit int) ([]event, error) {
	if w.to.before(at) {
		at = w.to
	}
	var page pageOf
	c := r.Cursor(m.bucket())
	for key, value := c.SeekBefore(at.key()); key != nil; key, value = c.Prev() {
		e, err := parseEvent(key, value)
		if err != nil {
			return nil, err
		}
		if e.before(w.from) || !page.add(e, limit) {
			break
		}
	}
	slices.Reverse(page.events)
	return page.events, nil
}

// pageOf gathers events up to the limits of a page.
type pageOf struct {
	events []event
	bytes  int
}

// add takes an event, unless the page is full.
func (p *pageOf) add(e event, limit int) bool {
	if len(p.events) >= limit || len(p.events) > 0 && p.bytes+e.size() > maxBytes {
		return false
	}
	p.events = append(p.events, e)
	p.bytes += e.size()
	return true
}
