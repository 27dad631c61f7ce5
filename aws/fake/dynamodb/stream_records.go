package dynamodb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// Limits of one GetRecords.
const (
	mostRecords    = 1000
	largestRecords = 1 << 20 // bytes, as DynamoDB counts
)

// What all records say.
const (
	recordVersion = "1.1"
	recordSource  = "aws:dynamodb"
	expirer       = "dynamodb.amazonaws.com" // who deletes items whose time has come
)

// GetRecords reads from an iterator on.
func (s Streams) GetRecords(ctx context.Context, in aws.GetRecordsInput) (aws.GetRecordsOutput, error) {
	return streamAnswer(ctx, s, "GetRecords", func() (out aws.GetRecordsOutput, err error) {
		at, err := s.checkRecords(in)
		if err != nil {
			return out, err
		}
		err = s.of.store.View(func(r *store.Reader) error {
			found, err := s.find(r, at.arn)
			if err != nil {
				return err
			}
			first, next, err := found.kept(r, s.of.now())
			if err != nil {
				return err
			}
			if at.number < first {
				return errTrimmed()
			}
			if out.Records, err = s.records(r, found, at.number, in.Limit.Or(mostRecords)); err != nil {
				return err
			}
			after := iterator{at.arn, min(at.number+int64(len(out.Records)), next), s.of.now()}
			if !found.closed() || after.number < next {
				out.NextShardIterator = after.text()
			}
			return nil
		})
		return out, err
	})
}

func (s Streams) checkRecords(in aws.GetRecordsInput) (at iterator, err error) {
	var m members
	m.length(len(in.ShardIterator), "'"+in.ShardIterator+"'", "shardIterator", 1, 2048)
	m.least(in.Limit)
	if err := m.err(); err != nil {
		return at, err
	}
	if in.Limit.Or(0) > mostRecords {
		return at, invalidParameter("Limit should be less than or equal to %d", mostRecords)
	}
	if at, err = parseIterator(in.ShardIterator); err != nil {
		return at, err
	}
	if s.of.now().Sub(at.made) > iteratorServes {
		return at, &aws.Error{Code: "ExpiredIteratorException", Message: "The provided iterator exceeds the maximum age allowed."}
	}
	return at, nil
}

// kept tells which records a stream has: from the first on, before the next that
// there will be. Those that are too old are passed over before they are deleted.
func (s *stream) kept(r *store.Reader, now time.Time) (first, next int64, err error) {
	next = s.Space.count(r).items + 1
	c := r.Cursor(s.Space.bucket())
	key, _ := c.Seek(nil)
	if key == nil {
		return next, next, nil
	}
	oldest, horizon := keyNumber(key), now.Add(-keptFor)
	// They are in the order of their times.
	passed := sort.Search(int(next-oldest), func(i int) bool {
		_, raw := c.Seek(numberKey(oldest + int64(i)))
		at, _, failed := entryTime(raw)
		if failed != nil {
			err = failed
		}
		return !at.Before(horizon)
	})
	return oldest + int64(passed), next, err
}

// records reads some records from a number on.
func (s Streams) records(r *store.Reader, of *stream, from int64, limit int) ([]aws.Record, error) {
	out := []aws.Record{}
	c := r.Cursor(of.Space.bucket())
	size := int64(0)
	for key, raw := c.Seek(numberKey(from)); key != nil && len(out) < limit; key, raw = c.Next() {
		entry, err := decodeStreamEntry(raw)
		if err != nil {
			return nil, err
		}
		if size += entry.size(); size > largestRecords && len(out) > 0 {
			break
		}
		out = append(out, s.record(of, keyNumber(key), entry))
	}
	return out, nil
}

// record is a stored record as clients see it. Its id is the same each time that it
// is read.
func (s Streams) record(of *stream, number int64, e streamEntry) aws.Record {
	sequence := of.sequence(number)
	id := sha256.Sum256([]byte(of.Shard + sequence))
	out := aws.Record{
		EventID: hex.EncodeToString(id[:16]), EventName: e.event, EventVersion: recordVersion, EventSource: recordSource, AwsRegion: s.of.config.Region,
		DynamoDB: aws.StreamRecord{
			ApproximateCreationDateTime: e.at.Truncate(time.Second), Keys: e.keys, NewImage: e.now, OldImage: e.before,
			SequenceNumber: sequence, SizeBytes: e.size(), StreamViewType: of.View,
		},
	}
	if e.expired {
		out.UserIdentity = &aws.RecordIdentity{PrincipalID: expirer, Type: "Service"}
	}
	return out
}
