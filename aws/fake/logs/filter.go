package logs

import (
	"container/heap"
	"context"
	"fmt"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/logs/pattern"
	"awslab/aws/fake/store"
)

// maxSearched is how many events one call looks at; then it answers with what
// it found, perhaps nothing, and a token to go on.
const maxSearched = 100_000

// maxNamed is how many streams a request can name.
const maxNamed = 100

// FilterLogEvents reads what matches across the streams of a group.
func (s *Service) FilterLogEvents(ctx context.Context, in aws.FilterLogEventsInput) (aws.FilterLogEventsOutput, error) {
	return answer(ctx, s, "FilterLogEvents", func() (out aws.FilterLogEventsOutput, err error) {
		if err := checkFilter(in); err != nil {
			return out, err
		}
		wanted, err := pattern.Parse(in.FilterPattern)
		if err != nil {
			return out, invalid("Invalid filter pattern: %v", err)
		}
		out.Events, out.SearchedLogStreams = []aws.FilteredLogEvent{}, []aws.SearchedLogStream{}
		old := false
		err = s.store.View(func(r *store.Reader) error {
			g, err := findGroup(r, in.LogGroupName)
			if err != nil {
				return err
			}
			at, err := parseFilterToken(in.NextToken, g)
			if err != nil {
				return err
			}
			streams, err := chosen(r, g, in)
			if err != nil {
				return err
			}
			old = slices.ContainsFunc(streams, func(m stream) bool { return stale(r, m, g.cutoff(s.now())) })
			all, err := merge(r, streams, windowOf(g, in.StartTime, in.EndTime, s.now()), at)
			if err != nil {
				return err
			}
			return search(ctx, all, wanted, in.Limit.Or(maxRead), g, &out)
		})
		if err == nil && old {
			err = s.sweep(in.LogGroupName)
		}
		return out, err
	})
}

func checkFilter(in aws.FilterLogEventsInput) error {
	var m members
	m.group(in.LogGroupName)
	if len(in.LogStreamNames) > maxNamed {
		m.add(fmt.Sprintf("%d names", len(in.LogStreamNames)), "logStreamNames", fmt.Sprintf("Member must have length less than or equal to %d", maxNamed))
	}
	for n, name := range in.LogStreamNames {
		m.stream(name, fmt.Sprintf("logStreamNames.%d.member", n+1))
	}
	if in.LogStreamNamePrefix != "" {
		m.stream(in.LogStreamNamePrefix, "logStreamNamePrefix")
	}
	m.length(in.FilterPattern, "filterPattern", 0, 1024)
	m.time(in.StartTime, "startTime")
	m.time(in.EndTime, "endTime")
	m.limit(in.Limit, maxRead)
	if err := m.err(); err != nil {
		return err
	}
	if len(in.LogStreamNames) > 0 && in.LogStreamNamePrefix != "" {
		return invalid("LogStream names and LogStream name prefix are mutually exclusive parameters.")
	}
	return nil
}

// chosen are the streams that a request is about.
func chosen(r *store.Reader, g group, in aws.FilterLogEventsInput) ([]stream, error) {
	var streams []stream
	if len(in.LogStreamNames) == 0 {
		err := eachStream(r, g, in.LogStreamNamePrefix, func(m stream) bool {
			streams = append(streams, m)
			return true
		})
		return streams, err
	}
	for _, name := range in.LogStreamNames {
		_, m, err := findStream(r, in.LogGroupName, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(streams, func(other stream) bool { return other.ID == m.ID }) {
			streams = append(streams, m)
		}
	}
	return streams, nil
}

// search walks the events and takes those that match.
func search(ctx context.Context, all *merged, wanted pattern.Pattern, limit int, g group, out *aws.FilterLogEventsOutput) error {
	bytes := 0
	for n := 0; all.Len() > 0; n++ {
		source, e := all.head()
		if n%1000 == 999 && ctx.Err() != nil {
			return ctx.Err()
		}
		matches := wanted.Match(e.message)
		full := matches && (len(out.Events) == limit || bytes > 0 && bytes+e.size() > maxBytes)
		if full || n == maxSearched {
			out.NextToken = filterToken(g, spot{e.time, source.ID, e.seq})
			return nil
		}
		if matches {
			bytes += e.size()
			out.Events = append(out.Events, aws.FilteredLogEvent{
				LogStreamName: source.Name, Timestamp: e.time, Message: e.message, IngestionTime: e.ingested,
				EventID: fmt.Sprintf("%019d%017d%020d", e.time, source.ID, e.seq),
			})
		}
		if err := all.next(); err != nil {
			return err
		}
	}
	return nil
}

// merged gives the events of several streams in order of time, then of streams.
type merged struct {
	sources []*source
	to      place
}

// source is a stream that is read, at an event.
type source struct {
	stream
	at    event
	walks store.Cursor
}

// merge starts to read streams, each at its boundary of a spot of the group.
func merge(r *store.Reader, streams []stream, w window, at spot) (*merged, error) {
	all := &merged{to: w.to}
	for _, m := range streams {
		from := at.in(m)
		if from.before(w.from) {
			from = w.from
		}
		one := &source{stream: m, walks: r.Cursor(m.bucket())}
		key, value := one.walks.Seek(from.key())
		more, err := one.set(key, value, w.to)
		if err != nil {
			return nil, err
		}
		if more {
			all.sources = append(all.sources, one)
		}
	}
	heap.Init(all)
	return all, nil
}

// set takes the event that the cursor is at; false when there is none left.
func (o *source) set(key, value []byte, to place) (more bool, err error) {
	if key == nil {
		return false, nil
	}
	o.at, err = parseEvent(key, value)
	return err == nil && o.at.before(to), err
}

// head is the first event that is left, and its stream.
func (m *merged) head() (stream, event) { return m.sources[0].stream, m.sources[0].at }

// next goes on to the event after.
func (m *merged) next() error {
	key, value := m.sources[0].walks.Next()
	more, err := m.sources[0].set(key, value, m.to)
	switch {
	case err != nil:
		return err
	case more:
		heap.Fix(m, 0)
	default:
		heap.Remove(m, 0)
	}
	return nil
}

// Len is how many streams have events left.
func (m *merged) Len() int { return len(m.sources) }

// Less orders by time, then by stream.
func (m *merged) Less(a, b int) bool {
	x, y := m.sources[a], m.sources[b]
	return x.at.time < y.at.time || x.at.time == y.at.time && x.ID < y.ID
}

// Swap swaps two streams.
func (m *merged) Swap(a, b int) { m.sources[a], m.sources[b] = m.sources[b], m.sources[a] }

// Push adds a stream.
func (m *merged) Push(one any) {
	if s, ok := one.(*source); ok {
		m.sources = append(m.sources, s)
	}
}

// Pop takes the last stream out.
func (m *merged) Pop() any {
	last := m.sources[len(m.sources)-1]
	m.sources = m.sources[:len(m.sources)-1]
	return last
}
