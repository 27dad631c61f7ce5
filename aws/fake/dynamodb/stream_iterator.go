package dynamodb

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// iteratorServes is how long an iterator can be used.
const iteratorServes = 15 * time.Minute

// iterator is a place in a stream, before the record of a number.
type iterator struct {
	arn    string
	number int64
	made   time.Time
}

// iteratorVersion stands between an iterator's ARN and the rest.
const iteratorVersion = "|1|"

// text is the iterator as clients hold it.
func (i iterator) text() string {
	body := append(numberKey(i.number), numberKey(i.made.UnixMilli())...)
	return i.arn + iteratorVersion + base64.StdEncoding.EncodeToString(body)
}

func parseIterator(text string) (i iterator, err error) {
	arn, rest, _ := strings.Cut(text, iteratorVersion)
	body, err := base64.StdEncoding.DecodeString(rest)
	if err != nil || len(body) != 16 || !streamARN.MatchString(arn) {
		return i, invalid("Invalid ShardIterator")
	}
	return iterator{arn, keyNumber(body[:8]), time.UnixMilli(keyNumber(body[8:]))}, nil
}

// GetShardIterator gives a place in a shard to read from.
func (s Streams) GetShardIterator(ctx context.Context, in aws.GetShardIteratorInput) (aws.GetShardIteratorOutput, error) {
	return streamAnswer(ctx, s, "GetShardIterator", func() (out aws.GetShardIteratorOutput, err error) {
		if err := checkIterator(in); err != nil {
			return out, err
		}
		err = s.of.store.View(func(r *store.Reader) error {
			found, err := s.find(r, in.StreamArn)
			if err != nil {
				return err
			}
			if in.ShardID != found.Shard {
				return notFound("Requested resource not found: Shard does not exist")
			}
			number, err := s.place(r, found, in)
			out.ShardIterator = iterator{in.StreamArn, number, s.of.now()}.text()
			return err
		})
		if err != nil {
			return aws.GetShardIteratorOutput{}, err
		}
		return out, nil
	})
}

func checkIterator(in aws.GetShardIteratorInput) error {
	var m members
	m.shard(in.ShardID, "shardId")
	if in.ShardIteratorType == "" {
		m.add("null", "shardIteratorType", "Member must not be null")
	}
	enum(&m, in.ShardIteratorType, "shardIteratorType",
		aws.ShardAfterSequenceNumber, aws.ShardLatest, aws.ShardAtSequenceNumber, aws.ShardTrimHorizon)
	if in.SequenceNumber != "" {
		m.length(len(in.SequenceNumber), "'"+in.SequenceNumber+"'", "sequenceNumber", 21, 40)
	}
	if err := m.err(); err != nil {
		return err
	}
	named := in.ShardIteratorType == aws.ShardAtSequenceNumber || in.ShardIteratorType == aws.ShardAfterSequenceNumber
	switch {
	case named && in.SequenceNumber == "":
		return invalidParameter("SequenceNumber must be specified with ShardIteratorType %s", in.ShardIteratorType)
	case !named && in.SequenceNumber != "":
		return invalidParameter("SequenceNumber must not be specified with ShardIteratorType %s", in.ShardIteratorType)
	}
	return nil
}

// place is the number of the record that an iterator of a type stands before.
func (s Streams) place(r *store.Reader, of *stream, in aws.GetShardIteratorInput) (int64, error) {
	first, next, err := of.kept(r, s.of.now())
	switch {
	case err != nil:
		return 0, err
	case in.ShardIteratorType == aws.ShardTrimHorizon:
		return first, nil
	case in.ShardIteratorType == aws.ShardLatest:
		return next, nil
	}
	number, ok := of.number(in.SequenceNumber)
	switch {
	case !ok || number > max(1, next-1):
		return 0, invalid("Invalid SequenceNumber for the shard")
	case number < first:
		return 0, errTrimmed()
	case in.ShardIteratorType == aws.ShardAfterSequenceNumber:
		return min(number+1, next), nil
	}
	return number, nil
}

// number reads a sequence number of the stream.
func (s *stream) number(sequence string) (int64, bool) {
	if len(sequence) <= serialSize {
		return 0, false
	}
	number, err := strconv.ParseInt(sequence[:len(sequence)-serialSize], 10, 64)
	return number, err == nil && number > 0 && s.sequence(number) == sequence
}

func errTrimmed() error {
	return &aws.Error{Code: "TrimmedDataAccessException", Message: "The data you are trying to access has been trimmed"}
}
