package aws

import "context"

type interceptedDynamoDBStreams struct {
	next DynamoDBStreams
	via  intercepted
}

func (d interceptedDynamoDBStreams) ListStreams(ctx context.Context, in ListStreamsInput) (ListStreamsOutput, error) {
	return through(ctx, d.via, "ListStreams", in, d.next.ListStreams)
}

func (d interceptedDynamoDBStreams) DescribeStream(ctx context.Context, in DescribeStreamInput) (DescribeStreamOutput, error) {
	return through(ctx, d.via, "DescribeStream", in, d.next.DescribeStream)
}

func (d interceptedDynamoDBStreams) GetShardIterator(ctx context.Context, in GetShardIteratorInput) (GetShardIteratorOutput, error) {
	return through(ctx, d.via, "GetShardIterator", in, d.next.GetShardIterator)
}

func (d interceptedDynamoDBStreams) GetRecords(ctx context.Context, in GetRecordsInput) (GetRecordsOutput, error) {
	return through(ctx, d.via, "GetRecords", in, d.next.GetRecords)
}
