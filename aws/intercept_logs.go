package aws

import "context"

type interceptedLogs struct {
	next Logs
	via  intercepted
}

func (l interceptedLogs) CreateLogGroup(ctx context.Context, in CreateLogGroupInput) (CreateLogGroupOutput, error) {
	return through(ctx, l.via, "CreateLogGroup", in, l.next.CreateLogGroup)
}

func (l interceptedLogs) DeleteLogGroup(ctx context.Context, in DeleteLogGroupInput) (DeleteLogGroupOutput, error) {
	return through(ctx, l.via, "DeleteLogGroup", in, l.next.DeleteLogGroup)
}

func (l interceptedLogs) DescribeLogGroups(ctx context.Context, in DescribeLogGroupsInput) (DescribeLogGroupsOutput, error) {
	return through(ctx, l.via, "DescribeLogGroups", in, l.next.DescribeLogGroups)
}

func (l interceptedLogs) PutRetentionPolicy(ctx context.Context, in PutRetentionPolicyInput) (PutRetentionPolicyOutput, error) {
	return through(ctx, l.via, "PutRetentionPolicy", in, l.next.PutRetentionPolicy)
}

func (l interceptedLogs) DeleteRetentionPolicy(ctx context.Context, in DeleteRetentionPolicyInput) (DeleteRetentionPolicyOutput, error) {
	return through(ctx, l.via, "DeleteRetentionPolicy", in, l.next.DeleteRetentionPolicy)
}

func (l interceptedLogs) CreateLogStream(ctx context.Context, in CreateLogStreamInput) (CreateLogStreamOutput, error) {
	return through(ctx, l.via, "CreateLogStream", in, l.next.CreateLogStream)
}

func (l interceptedLogs) DeleteLogStream(ctx context.Context, in DeleteLogStreamInput) (DeleteLogStreamOutput, error) {
	return through(ctx, l.via, "DeleteLogStream", in, l.next.DeleteLogStream)
}

func (l interceptedLogs) DescribeLogStreams(ctx context.Context, in DescribeLogStreamsInput) (DescribeLogStreamsOutput, error) {
	return through(ctx, l.via, "DescribeLogStreams", in, l.next.DescribeLogStreams)
}

func (l interceptedLogs) PutLogEvents(ctx context.Context, in PutLogEventsInput) (PutLogEventsOutput, error) {
	return through(ctx, l.via, "PutLogEvents", in, l.next.PutLogEvents)
}

func (l interceptedLogs) GetLogEvents(ctx context.Context, in GetLogEventsInput) (GetLogEventsOutput, error) {
	return through(ctx, l.via, "GetLogEvents", in, l.next.GetLogEvents)
}

func (l interceptedLogs) FilterLogEvents(ctx context.Context, in FilterLogEventsInput) (FilterLogEventsOutput, error) {
	return through(ctx, l.via, "FilterLogEvents", in, l.next.FilterLogEvents)
}

func (l interceptedLogs) ListTagsForResource(ctx context.Context, in ListTagsForResourceInput) (ListTagsForResourceOutput, error) {
	return through(ctx, l.via, "ListTagsForResource", in, l.next.ListTagsForResource)
}

func (l interceptedLogs) TagResource(ctx context.Context, in LogsTagResourceInput) (LogsTagResourceOutput, error) {
	return through(ctx, l.via, "TagResource", in, l.next.TagResource)
}

func (l interceptedLogs) UntagResource(ctx context.Context, in LogsUntagResourceInput) (LogsUntagResourceOutput, error) {
	return through(ctx, l.via, "UntagResource", in, l.next.UntagResource)
}
