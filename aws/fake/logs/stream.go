package logs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// CreateLogStream makes a stream in a group.
func (s *Service) CreateLogStream(ctx context.Context, in aws.CreateLogStreamInput) (aws.CreateLogStreamOutput, error) {
	return answer(ctx, s, "CreateLogStream", func() (out aws.CreateLogStreamOutput, err error) {
		if err := checkStream(in.LogGroupName, in.LogStreamName); err != nil {
			return out, err
		}
		return out, s.store.Update(func(w *store.Writer) error {
			g, err := findGroup(&w.Reader, in.LogGroupName)
			if err != nil {
				return err
			}
			if w.Get(streamsBucket, g.streamKey(in.LogStreamName)) != nil {
				return taken("stream")
			}
			ids := numbering(&w.Reader)
			m := stream{ID: ids.take(), Group: g.ID, Name: in.LogStreamName, Created: s.now()}
			ids.save(w)
			return put(w, streamsBucket, m.key(), m)
		})
	})
}

func checkStream(groupName, streamName string) error {
	var m members
	m.group(groupName)
	m.stream(streamName, "logStreamName")
	return m.err()
}

// DeleteLogStream deletes a stream and its events.
func (s *Service) DeleteLogStream(ctx context.Context, in aws.DeleteLogStreamInput) (aws.DeleteLogStreamOutput, error) {
	return answer(ctx, s, "DeleteLogStream", func() (out aws.DeleteLogStreamOutput, err error) {
		if err := checkStream(in.LogGroupName, in.LogStreamName); err != nil {
			return out, err
		}
		return out, s.store.Update(func(w *store.Writer) error {
			g, m, err := findStream(&w.Reader, in.LogGroupName, in.LogStreamName)
			if err != nil {
				return err
			}
			size := int64(0)
			c := w.Cursor(m.bucket())
			for key, value := c.Seek(nil); key != nil; key, value = c.Next() {
				if e, err := parseEvent(key, value); err == nil {
					size += int64(e.size())
				}
			}
			grow(w, g, -size)
			w.Delete(streamsBucket, m.key())
			w.Drop(m.bucket())
			return nil
		})
	})
}

// DescribeLogStreams lists streams, by name or by their last event.
func (s *Service) DescribeLogStreams(ctx context.Context, in aws.DescribeLogStreamsInput) (aws.DescribeLogStreamsOutput, error) {
	return answer(ctx, s, "DescribeLogStreams", func() (out aws.DescribeLogStreamsOutput, err error) {
		if err := checkDescribeStreams(in); err != nil {
			return out, err
		}
		first, err := parseStreamToken(in.NextToken)
		if err != nil {
			return out, err
		}
		all, err := s.streams(in.LogGroupName, in.LogStreamNamePrefix)
		if err != nil {
			return out, err
		}
		order := streamOrder(in)
		slices.SortFunc(all, order)
		from := 0
		if in.NextToken != "" {
			from, _ = slices.BinarySearchFunc(all, first, order)
		}
		to := min(from+in.Limit.Or(maxDescribed), len(all))
		out.LogStreams = append([]aws.LogStream{}, all[from:to]...)
		if to < len(all) {
			out.NextToken = streamToken(all[to])
		}
		return out, nil
	})
}

// streams describes the streams of a group whose names start with a prefix.
func (s *Service) streams(groupName, prefix string) ([]aws.LogStream, error) {
	var all []aws.LogStream
	old := false
	err := s.store.View(func(r *store.Reader) error {
		g, err := findGroup(r, groupName)
		if err != nil {
			return err
		}
		cutoff := g.cutoff(s.now())
		return eachStream(r, g, prefix, func(m stream) bool {
			all = append(all, s.describeStream(r, g, m, cutoff))
			old = old || stale(r, m, cutoff)
			return true
		})
	})
	if err == nil && old {
		err = s.sweep(groupName)
	}
	return all, err
}

// streamOrder is the order that a list of streams is asked for in.
func streamOrder(in aws.DescribeLogStreamsInput) func(a, b aws.LogStream) int {
	byName := func(a, b aws.LogStream) int { return cmp.Compare(a.LogStreamName, b.LogStreamName) }
	order := byName
	if in.OrderBy == aws.OrderByLastEventTime {
		order = func(a, b aws.LogStream) int {
			return cmp.Or(cmp.Compare(a.LastEventTimestamp, b.LastEventTimestamp), byName(a, b))
		}
	}
	if in.Descending {
		return func(a, b aws.LogStream) int { return order(b, a) }
	}
	return order
}

// streamToken is a token of a list of streams: the one to go on at, by what
// lists are in order of.
func streamToken(next aws.LogStream) string {
	return nameToken(fmt.Sprintf("%d:%s", next.LastEventTimestamp, next.LogStreamName))
}

func parseStreamToken(token string) (aws.LogStream, error) {
	if token == "" {
		return aws.LogStream{}, nil
	}
	text, err := parseNameToken(token, "")
	if err != nil {
		return aws.LogStream{}, err
	}
	last, name, found := strings.Cut(text, ":")
	at, err := strconv.ParseInt(last, 10, 64)
	if err != nil || !found {
		return aws.LogStream{}, badToken()
	}
	return aws.LogStream{LogStreamName: name, LastEventTimestamp: at}, nil
}

func (s *Service) describeStream(r *store.Reader, g group, m stream, cutoff int64) aws.LogStream {
	d := aws.LogStream{
		LogStreamName: m.Name, CreationTime: m.Created, LastIngestionTime: m.Ingested, UploadSequenceToken: sequenceToken(m),
		Arn: s.groupARN(g.Name) + ":log-stream:" + m.Name,
	}
	if first, last, some := span(r, m, cutoff); some {
		d.FirstEventTimestamp, d.LastEventTimestamp = first, last
	}
	return d
}

func checkDescribeStreams(in aws.DescribeLogStreamsInput) error {
	var m members
	m.group(in.LogGroupName)
	if in.LogStreamNamePrefix != "" {
		m.stream(in.LogStreamNamePrefix, "logStreamNamePrefix")
	}
	m.limit(in.Limit, maxDescribed)
	switch in.OrderBy {
	case "", aws.OrderByLogStreamName, aws.OrderByLastEventTime:
	default:
		m.add(in.OrderBy, "orderBy", "Member must satisfy enum value set: [LogStreamName, LastEventTime]")
	}
	if err := m.err(); err != nil {
		return err
	}
	if in.OrderBy == aws.OrderByLastEventTime && in.LogStreamNamePrefix != "" {
		return invalid("Cannot order by LastEventTime with a logStreamNamePrefix.")
	}
	return nil
}
