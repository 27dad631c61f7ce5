package cloudwatch

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/component"
)

// pageSize is how many events are read at once.
const pageSize = 1000

// question says which events of a group are wanted.
type question struct {
	group, stream string // stream is "" for all of them
	pattern       string
	from, to      aws.Option[int64] // milliseconds since 1970
}

// searches reports whether the events are looked for by FilterLogEvents, which
// goes forward only. Those of one stream, without a pattern, GetLogEvents gives,
// both ways and from either end.
func (q question) searches() bool { return q.stream == "" || q.pattern != "" }

// event is an event, and where it is.
type event struct {
	component.LogEvent
	stream string
	id     string // only where it was searched for
}

// spot is where a page of events begins: a token, and the time to begin at
// when that is another than the question's.
type spot struct {
	token string
	since aws.Option[int64]
}

// direction is the part of the events to read.
type direction int

// The directions.
const (
	newest direction = iota // the last ones that there are
	oldest                  // the first ones
	older                   // those before the ones that were read
	newer                   // those after them
)

// batch is what one reading gives.
type batch struct {
	events        []event
	before, after spot // where to read on
	start, end    bool // nothing is before, or after, for now
}

// fetch reads a page of events.
func fetch(ctx context.Context, logs aws.Logs, q question, way direction, at spot) (batch, error) {
	if q.searches() {
		return search(ctx, logs, q, at)
	}
	return readStream(ctx, logs, q, way, at.token)
}

// search reads what matches, from a spot on. The page may be empty and yet not
// the last one.
func search(ctx context.Context, logs aws.Logs, q question, at spot) (batch, error) {
	in := aws.FilterLogEventsInput{
		LogGroupName: q.group, FilterPattern: q.pattern, StartTime: q.from, EndTime: q.to,
		NextToken: at.token, Limit: aws.Some(pageSize),
	}
	if q.stream != "" {
		in.LogStreamNames = []string{q.stream}
	}
	if _, given := at.since.Get(); given {
		in.StartTime = at.since
	}
	out, err := logs.FilterLogEvents(ctx, in)
	b := batch{after: spot{out.NextToken, at.since}, start: true, end: out.NextToken == "", events: make([]event, len(out.Events))}
	for i, e := range out.Events {
		b.events[i] = event{component.LogEvent{Time: time.UnixMilli(e.Timestamp), Message: e.Message}, e.LogStreamName, e.EventID}
	}
	return b, err
}

// readStream reads a page of a stream. An empty page may have others behind it:
// only a token that leads to itself is the end. New events are read up to there,
// so that it is known where the log ends.
func readStream(ctx context.Context, logs aws.Logs, q question, way direction, token string) (batch, error) {
	forward := way == oldest || way == newer
	in := aws.GetLogEventsInput{
		LogGroupName: q.group, LogStreamName: q.stream, StartTime: q.from, EndTime: q.to,
		StartFromHead: forward, Limit: aws.Some(pageSize), NextToken: token,
	}
	b := batch{start: way == oldest, end: way == newest}
	for {
		out, err := logs.GetLogEvents(ctx, in)
		if err != nil {
			return b, err
		}
		if len(b.events) == 0 {
			b.before = spot{token: out.NextBackwardToken}
		}
		if forward || len(b.events) == 0 {
			b.after = spot{token: out.NextForwardToken}
		}
		for _, e := range out.Events {
			b.events = append(b.events, event{LogEvent: component.LogEvent{Time: time.UnixMilli(e.Timestamp), Message: e.Message}, stream: q.stream})
		}
		next := out.NextBackwardToken
		if forward {
			next = out.NextForwardToken
		}
		over := next == in.NextToken
		if forward {
			b.end = b.end || over
		} else {
			b.start = b.start || over
		}
		if n := len(b.events); over || n >= pageSize || n > 0 && way != newer {
			return b, nil
		}
		in.NextToken = next
	}
}
