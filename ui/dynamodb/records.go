package dynamodb

import (
	"cmp"
	"context"
	"slices"

	"awslab/aws"
)

// What is read of a stream to find its newest records.
const (
	shardsRead  = 8   // of the last shards
	pagesRead   = 5   // of a shard
	recordsKept = 100 // in the end
)

// newestRecords reads the newest records of a stream, the newest first. Of a busy
// stream, whose shards have more than a few thousand records, these are not the
// very newest: a shard can be read from its beginning only.
func newestRecords(ctx context.Context, streams aws.DynamoDBStreams, arn string) ([]aws.Record, error) {
	shards, err := lastShards(ctx, streams, arn)
	if err != nil {
		return nil, err
	}
	var all []aws.Record
	for _, shard := range shards {
		more, err := shardRecords(ctx, streams, arn, shard.ShardID)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	slices.SortStableFunc(all, func(a, b aws.Record) int {
		return cmp.Or(b.DynamoDB.ApproximateCreationDateTime.Compare(a.DynamoDB.ApproximateCreationDateTime),
			cmp.Compare(len(b.DynamoDB.SequenceNumber), len(a.DynamoDB.SequenceNumber)), // they are numbers
			cmp.Compare(b.DynamoDB.SequenceNumber, a.DynamoDB.SequenceNumber))
	})
	return all[:min(len(all), recordsKept)], nil
}

func lastShards(ctx context.Context, streams aws.DynamoDBStreams, arn string) ([]aws.Shard, error) {
	var shards []aws.Shard
	for in := (aws.DescribeStreamInput{StreamArn: arn}); ; {
		out, err := streams.DescribeStream(ctx, in)
		if err != nil {
			return nil, err
		}
		shards = append(shards, out.StreamDescription.Shards...)
		if in.ExclusiveStartShardID = out.StreamDescription.LastEvaluatedShardID; in.ExclusiveStartShardID == "" {
			return shards[max(0, len(shards)-shardsRead):], nil
		}
	}
}

func shardRecords(ctx context.Context, streams aws.DynamoDBStreams, arn, shard string) ([]aws.Record, error) {
	out, err := streams.GetShardIterator(ctx, aws.GetShardIteratorInput{StreamArn: arn, ShardID: shard, ShardIteratorType: aws.ShardTrimHorizon})
	if err != nil {
		return nil, err
	}
	var all []aws.Record
	iterator := out.ShardIterator
	for range pagesRead {
		page, err := streams.GetRecords(ctx, aws.GetRecordsInput{ShardIterator: iterator})
		if err != nil {
			return nil, err
		}
		all = append(all, page.Records...)
		if iterator = page.NextShardIterator; iterator == "" || len(page.Records) == 0 {
			break
		}
	}
	return all, nil
}
