package logs

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The limits of a batch of events and of one event.
const (
	maxBatch    = 10_000
	maxBytes    = 1_048_576
	maxMessage  = maxBytes - overhead
	tooNewAfter = 2 * 60 * 60 * 1000 // milliseconds in the future
	tooOldAfter = 14 * dayMillis
)

// Append adds events to a stream, making the stream and its group if they are
// missing. It returns when the events are durable; calls that come together
// share a commit. Events stay in the order in which they are given as far as
// their times do not say otherwise; messages over 1 MB are cut. Many goroutines
// may call it at once, also for one stream.
func (s *Service) Append(groupName, streamName string, events []aws.InputLogEvent) error {
	var m members
	m.group(groupName)
	m.stream(streamName, "logStreamName")
	if err := m.err(); err != nil {
		return err
	}
	for len(events) > 0 {
		n := batchLength(events)
		var written group
		err := s.store.Update(func(w *store.Writer) error {
			g, st, err := s.made(w, groupName, streamName)
			if err != nil {
				return err
			}
			written = g
			return s.add(w, g, st, events[:n])
		})
		if err != nil {
			return fmt.Errorf("write the log %s: %w", groupName, err)
		}
		if err := s.sweepNowAndThen(written); err != nil {
			return err
		}
		events = events[n:]
	}
	return nil
}

// batchLength is how many of the events make a batch: as many as fit, one at least.
func batchLength(events []aws.InputLogEvent) int {
	bytes := 0
	for n, e := range events {
		bytes += len(e.Message) + overhead
		if n > 0 && (bytes > maxBytes || n == maxBatch) {
			return n
		}
	}
	return len(events)
}

// made reads a stream and its group and stages what is missing of them.
func (s *Service) made(w *store.Writer, groupName, streamName string) (group, stream, error) {
	g, m, err := findStream(&w.Reader, groupName, streamName)
	if err == nil || !errors.Is(err, aws.ErrNotFound) {
		return g, m, err
	}
	ids := numbering(&w.Reader)
	if g.ID == 0 {
		g = group{ID: ids.take(), Name: groupName, Created: s.now()}
		if err := put(w, groupsBucket, g.key(), g); err != nil {
			return g, m, err
		}
	}
	m = stream{ID: ids.take(), Group: g.ID, Name: streamName, Created: s.now()}
	ids.save(w)
	return g, m, nil // add stages the stream
}

// add stages events of a stream, and the stream.
func (s *Service) add(w *store.Writer, g group, m stream, events []aws.InputLogEvent) error {
	m.Ingested = s.now()
	next := make(map[int64]uint64)
	size := int64(0)
	for _, in := range events {
		e := event{place{time: max(0, in.Timestamp)}, m.Ingested, cut(in.Message)}
		seq, known := next[e.time]
		if !known {
			seq = nextSeq(&w.Reader, m, e.time)
		}
		e.seq, next[e.time] = seq, seq+1
		w.Put(m.bucket(), e.key(), e.value())
		size += int64(e.size())
	}
	grow(w, g, size)
	return put(w, streamsBucket, m.key(), m)
}

// cut shortens a message to the longest there is, between characters.
func cut(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	n := maxMessage
	for n > maxMessage-utf8.UTFMax && !utf8.RuneStart(message[n]) {
		n--
	}
	return message[:n]
}

// PutLogEvents adds events to a stream.
func (s *Service) PutLogEvents(ctx context.Context, in aws.PutLogEventsInput) (aws.PutLogEventsOutput, error) {
	return answer(ctx, s, "PutLogEvents", func() (out aws.PutLogEventsOutput, err error) {
		if err := checkPut(in); err != nil {
			return out, err
		}
		var written group
		err = s.store.Update(func(w *store.Writer) error {
			g, m, err := findStream(&w.Reader, in.LogGroupName, in.LogStreamName)
			if err != nil {
				return err
			}
			written = g
			events, rejected := s.acceptable(g, in.LogEvents)
			out.RejectedLogEventsInfo = rejected
			out.NextSequenceToken = sequenceToken(m)
			if len(events) == 0 {
				return nil
			}
			return s.add(w, g, m, events)
		})
		if err == nil {
			err = s.sweepNowAndThen(written)
		}
		return out, err
	})
}

// sequenceToken is a token of the form that uploads once had to carry.
func sequenceToken(m stream) string { return fmt.Sprintf("49%054d", m.ID) }

func checkPut(in aws.PutLogEventsInput) error {
	var m members
	m.group(in.LogGroupName)
	m.stream(in.LogStreamName, "logStreamName")
	switch n := len(in.LogEvents); {
	case n == 0:
		m.add("[]", "logEvents", "Member must have length greater than or equal to 1")
	case n > maxBatch:
		m.add(fmt.Sprintf("%d events", n), "logEvents", fmt.Sprintf("Member must have length less than or equal to %d", maxBatch))
	}
	bytes := 0
	for n, e := range in.LogEvents {
		bytes += len(e.Message) + overhead
		if e.Message == "" {
			m.add("", fmt.Sprintf("logEvents.%d.member.message", n+1), "Member must have length greater than or equal to 1")
		}
		if e.Timestamp < 0 {
			m.add(fmt.Sprint(e.Timestamp), fmt.Sprintf("logEvents.%d.member.timestamp", n+1), "Member must have value greater than or equal to 0")
		}
	}
	if err := m.err(); err != nil {
		return err
	}
	for n := 1; n < len(in.LogEvents); n++ {
		if in.LogEvents[n].Timestamp < in.LogEvents[n-1].Timestamp {
			return invalid("Log events in a single PutLogEvents request must be in chronological order.")
		}
	}
	switch first, last := in.LogEvents[0].Timestamp, in.LogEvents[len(in.LogEvents)-1].Timestamp; {
	case last-first > dayMillis:
		return invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
	case bytes > maxBytes:
		return invalid("Upload too large: %d bytes exceeds limit of %d", bytes, maxBytes)
	}
	return nil
}

// acceptable is what of the events, which are in order, is neither too old nor
// too new.
func (s *Service) acceptable(g group, events []aws.InputLogEvent) ([]aws.InputLogEvent, *aws.RejectedLogEventsInfo) {
	now, cutoff := s.now(), g.cutoff(s.now())
	var rejected aws.RejectedLogEventsInfo
	from, to := 0, len(events)
	for n, e := range events {
		switch {
		case e.Timestamp < now-tooOldAfter:
			rejected.TooOldLogEventEndIndex, from = aws.Some(n+1), n+1
		case e.Timestamp < cutoff:
			rejected.ExpiredLogEventEndIndex, from = aws.Some(n+1), n+1
		case e.Timestamp > now+tooNewAfter && to == len(events):
			rejected.TooNewLogEventStartIndex, to = aws.Some(n), n
		}
	}
	if rejected == (aws.RejectedLogEventsInfo{}) {
		return events, nil
	}
	return events[min(from, to):to], &rejected
}
