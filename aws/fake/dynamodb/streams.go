package dynamodb

import (
	"context"
	"regexp"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// Streams reads the streams of a Service's tables. It implements aws.DynamoDBStreams.
type Streams struct{ of *Service }

var _ aws.DynamoDBStreams = Streams{}

// Streams is DynamoDB Streams of the same tables.
func (s *Service) Streams() Streams { return Streams{s} }

// streamAnswer runs one operation on streams. What it returns as an error is always
// *aws.Error.
func streamAnswer[Out any](ctx context.Context, s Streams, operation string, do func() (Out, error)) (Out, error) {
	s.of.sweepWhenDue()
	form := s.of.form()
	form.Service = aws.ServiceDynamoDBStreams
	return answers.Of(ctx, form, operation, do)
}

// Limits of a page.
const (
	mostStreams = 100
	mostShards  = 100
)

// ListStreams lists streams by their tables' names, the older ones of a table first.
func (s Streams) ListStreams(ctx context.Context, in aws.ListStreamsInput) (aws.ListStreamsOutput, error) {
	return streamAnswer(ctx, s, "ListStreams", func() (out aws.ListStreamsOutput, err error) {
		start, err := checkListStreams(in)
		if err != nil {
			return out, err
		}
		out.Streams = []aws.Stream{}
		now, limit := s.of.now(), in.Limit.Or(mostStreams)
		err = s.of.store.View(func(r *store.Reader) error {
			c := r.Cursor(streamsBucket)
			for key, raw := c.Seek(start); key != nil; key, raw = c.Next() {
				found, err := decodeStream(raw)
				if err != nil {
					return err
				}
				if in.TableName != "" && found.Table != in.TableName || found.gone(now) || string(key) == string(start) {
					continue
				}
				if len(out.Streams) == limit {
					out.LastEvaluatedStreamArn = out.Streams[limit-1].StreamArn
					return nil
				}
				out.Streams = append(out.Streams, aws.Stream{
					StreamArn: s.of.streamARN(found.Table, found.Label), TableName: found.Table, StreamLabel: found.Label,
				})
			}
			return nil
		})
		return out, err
	})
}

// checkListStreams gives the key after which the page begins; nil for the first.
func checkListStreams(in aws.ListStreamsInput) (start []byte, err error) {
	var m members
	if in.TableName != "" {
		m.name(in.TableName, "tableName", 3)
	}
	m.least(in.Limit)
	if err := m.err(); err != nil {
		return nil, err
	}
	if in.Limit.Or(0) > mostStreams {
		return nil, invalidParameter("Limit cannot be greater than the maximum allowed size: %d", mostStreams)
	}
	if in.ExclusiveStartStreamArn == "" {
		return nil, nil
	}
	parts := streamARN.FindStringSubmatch(in.ExclusiveStartStreamArn)
	if parts == nil {
		return nil, invalid(badStreamARN)
	}
	return streamKey(parts[3], parts[4]), nil
}

// least refuses a limit below 1.
func (m *members) least(limit aws.Option[int]) {
	if n, given := limit.Get(); given {
		m.number(int64(n), "limit", 1, 0)
	}
}

// streamARN has the region, the account, the table and the label of a stream.
var streamARN = regexp.MustCompile(`^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table/([a-zA-Z0-9_.-]{3,255})/stream/([0-9T:.-]+)$`)

const badStreamARN = "Invalid StreamArn"

// find finds the stream that an ARN names.
func (s Streams) find(r *store.Reader, arn string) (*stream, error) {
	missing := notFound("Requested resource not found: Stream: %s not found", arn)
	parts := streamARN.FindStringSubmatch(arn)
	switch {
	case parts == nil:
		return nil, invalid(badStreamARN)
	case parts[1] != s.of.config.Region || parts[2] != s.of.config.AccountID:
		return nil, missing
	}
	found, err := readStream(r, streamKey(parts[3], parts[4]))
	if err == nil && (found == nil || found.gone(s.of.now())) {
		err = missing
	}
	return found, err
}

// DescribeStream tells all about one stream. It has one shard; AWS begins another
// every four hours, and more with the table's partitions.
func (s Streams) DescribeStream(ctx context.Context, in aws.DescribeStreamInput) (aws.DescribeStreamOutput, error) {
	return streamAnswer(ctx, s, "DescribeStream", func() (out aws.DescribeStreamOutput, err error) {
		if err := checkDescribeStream(in); err != nil {
			return out, err
		}
		err = s.of.store.View(func(r *store.Reader) error {
			found, err := s.find(r, in.StreamArn)
			if err == nil {
				out.StreamDescription = s.describe(r, found, in)
			}
			return err
		})
		return out, err
	})
}

func checkDescribeStream(in aws.DescribeStreamInput) error {
	var m members
	m.least(in.Limit)
	if in.ExclusiveStartShardID != "" {
		m.shard(in.ExclusiveStartShardID, "exclusiveStartShardId")
	}
	if f := in.ShardFilter; f != nil {
		m.required(string(f.Type), "shardFilter.type")
		enum(&m, f.Type, "shardFilter.type", aws.ShardFilterChildShards)
		m.shard(f.ShardID, "shardFilter.shardId")
	}
	if err := m.err(); err != nil {
		return err
	}
	if in.Limit.Or(0) > mostShards {
		return invalidParameter("Limit cannot be greater than the maximum: %d", mostShards)
	}
	return nil
}

// shard checks the id of a shard.
func (m *members) shard(id, member string) { m.length(len(id), "'"+id+"'", member, 28, 65) }

func (s Streams) describe(r *store.Reader, found *stream, in aws.DescribeStreamInput) aws.StreamDescription {
	d := aws.StreamDescription{
		StreamArn: s.of.streamARN(found.Table, found.Label), StreamLabel: found.Label, StreamStatus: found.status(s.of.now()),
		StreamViewType: found.View, CreationRequestDateTime: found.Created, TableName: found.Table, KeySchema: found.Key, Shards: []aws.Shard{},
	}
	if found.Shard <= in.ExclusiveStartShardID || in.ShardFilter != nil { // no shard follows the one there is
		return d
	}
	numbers := aws.SequenceNumberRange{StartingSequenceNumber: found.sequence(1)}
	if found.closed() {
		numbers.EndingSequenceNumber = found.sequence(max(1, found.Space.count(r).items))
	}
	d.Shards = append(d.Shards, aws.Shard{ShardID: found.Shard, SequenceNumberRange: numbers})
	return d
}
