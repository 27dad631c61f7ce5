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
	pagesRead   = 5   // of a shard, that hold records
	pagesPassed = 5   // of a shard, that hold none
	recordsKept = 100 // in the end
)

// newestRecords reads the newest records of a stream, the newest first. Of a busy
// stream, whose shards have more than a few thousand records, these are not the
// very newest: a shard can be read from its beginning only.
func newestRecords(ctx context.Context, cloud aws.Cloud, arn string) ([]aws.Record, error) {
	streams, passed := cloud.DynamoDBStreams, 0
	if cloud.Place.Kind == aws.Account { // where a page may be empty though there are records after it
		passed = pagesPassed
	}
	shards, err := lastShards(ctx, streams, arn)
	if err != nil {
		return nil, err
	}
	var all []aws.Record
	for _, shard := range shards {
		more, err := shardRecords(ctx, streams, arn, shard.ShardID, passed)
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

// shardRecords reads a shard from its beginning, over some empty pages.
func shardRecords(ctx context.Context, streams aws.DynamoDBStreams, arn, shard string, passed int) ([]aws.Record, error) {
	out, err := streams.GetShardIterator(ctx, aws.GetShardIteratorInput{StreamArn: arn, ShardID: shard, ShardIteratorType: aws.ShardTrimHorizon})
	if err != nil {
		return nil, err
	}
	var all []aws.Record
	iterator := out.ShardIterator
	for full, empty := 0, 0; iterator != "" && full < pagesRead && empty <= passed; {
		page, err := streams.GetRecords(ctx, aws.GetRecordsInput{ShardIterator: iterator})
		if err != nil {
			return nil, err
		}
		all, iterator = append(all, page.Records...), page.NextShardIterator
		if len(page.Records) > 0 {
			full++
		} else {
			empty++
		}
	}
	return all, nil
}
