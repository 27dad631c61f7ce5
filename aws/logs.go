package aws

import "context"

// Logs is Amazon CloudWatch Logs. A missing group or stream is
// ResourceNotFoundException, a bad member InvalidParameterException. Times are
// in milliseconds since 1970 UTC, as everywhere in this service.
type Logs interface {
	// CreateLogGroup makes a group; ResourceAlreadyExistsException if it is there.
	CreateLogGroup(context.Context, CreateLogGroupInput) (CreateLogGroupOutput, error)
	// DeleteLogGroup deletes a group with all its streams and events.
	DeleteLogGroup(context.Context, DeleteLogGroupInput) (DeleteLogGroupOutput, error)
	// DescribeLogGroups lists groups by name, 50 a page.
	DescribeLogGroups(context.Context, DescribeLogGroupsInput) (DescribeLogGroupsOutput, error)
	// PutRetentionPolicy says after how many days events are deleted.
	PutRetentionPolicy(context.Context, PutRetentionPolicyInput) (PutRetentionPolicyOutput, error)
	// DeleteRetentionPolicy has events kept for ever, as in a new group.
	DeleteRetentionPolicy(context.Context, DeleteRetentionPolicyInput) (DeleteRetentionPolicyOutput, error)
	// ListTagsForResource lists a group's tags.
	ListTagsForResource(context.Context, ListTagsForResourceInput) (ListTagsForResourceOutput, error)
	// TagResource gives a group tags.
	TagResource(context.Context, LogsTagResourceInput) (LogsTagResourceOutput, error)
	// UntagResource takes tags from a group.
	UntagResource(context.Context, LogsUntagResourceInput) (LogsUntagResourceOutput, error)

	// CreateLogStream makes a stream in a group.
	CreateLogStream(context.Context, CreateLogStreamInput) (CreateLogStreamOutput, error)
	// DeleteLogStream deletes a stream and its events.
	DeleteLogStream(context.Context, DeleteLogStreamInput) (DeleteLogStreamOutput, error)
	// DescribeLogStreams lists streams by name or by their last event, 50 a page.
	DescribeLogStreams(context.Context, DescribeLogStreamsInput) (DescribeLogStreamsOutput, error)

	// PutLogEvents adds events to a stream, 10,000 or 1 MB at most.
	PutLogEvents(context.Context, PutLogEventsInput) (PutLogEventsOutput, error)
	// GetLogEvents reads a stream in order, 10,000 events or 1 MB a page. Its
	// tokens are never empty: the end is where the token returned is the one sent.
	GetLogEvents(context.Context, GetLogEventsInput) (GetLogEventsOutput, error)
	// FilterLogEvents reads across streams what matches a pattern, in order of
	// time; its token is empty at the end.
	FilterLogEvents(context.Context, FilterLogEventsInput) (FilterLogEventsOutput, error)
}

// CreateLogGroupInput describes a group.
type CreateLogGroupInput struct {
	LogGroupName string            `json:"logGroupName"`
	Tags         map[string]string `json:"tags,omitempty"`
}

// CreateLogGroupOutput has no members.
type CreateLogGroupOutput struct{}

// DeleteLogGroupInput names a group.
type DeleteLogGroupInput struct {
	LogGroupName string `json:"logGroupName"`
}

// DeleteLogGroupOutput has no members.
type DeleteLogGroupOutput struct{}

// DescribeLogGroupsInput bounds the list; a prefix or a pattern, not both.
type DescribeLogGroupsInput struct {
	LogGroupNamePrefix  string      `json:"logGroupNamePrefix,omitempty"`
	LogGroupNamePattern string      `json:"logGroupNamePattern,omitempty"` // a part of the name
	Limit               Option[int] `json:"limit,omitzero"`                // 1 to 50
	NextToken           string      `json:"nextToken,omitempty"`
}

// DescribeLogGroupsOutput is one page of groups.
type DescribeLogGroupsOutput struct {
	LogGroups []LogGroup `json:"logGroups"`
	NextToken string     `json:"nextToken,omitempty"`
}

// LogGroup is a group of streams.
type LogGroup struct {
	LogGroupName      string `json:"logGroupName"`
	CreationTime      int64  `json:"creationTime"`
	RetentionInDays   int    `json:"retentionInDays,omitempty"` // 0: never expires
	MetricFilterCount int    `json:"metricFilterCount"`
	Arn               string `json:"arn"` // ends in ":*"
	LogGroupArn       string `json:"logGroupArn"`
	StoredBytes       int64  `json:"storedBytes"`
	LogGroupClass     string `json:"logGroupClass"` // STANDARD
}

// PutRetentionPolicyInput says how long a group's events stay.
type PutRetentionPolicyInput struct {
	LogGroupName    string `json:"logGroupName"`
	RetentionInDays int    `json:"retentionInDays"` // one of RetentionDays
}

// RetentionDays lists the retentions that there are, in days.
func RetentionDays() []int {
	return []int{
		1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
	}
}

// PutRetentionPolicyOutput has no members.
type PutRetentionPolicyOutput struct{}

// DeleteRetentionPolicyInput names a group.
type DeleteRetentionPolicyInput struct {
	LogGroupName string `json:"logGroupName"`
}

// DeleteRetentionPolicyOutput has no members.
type DeleteRetentionPolicyOutput struct{}

// CreateLogStreamInput names a stream of a group.
type CreateLogStreamInput struct {
	LogGroupName  string `json:"logGroupName"`
	LogStreamName string `json:"logStreamName"`
}

// CreateLogStreamOutput has no members.
type CreateLogStreamOutput struct{}

// DeleteLogStreamInput names a stream of a group.
type DeleteLogStreamInput struct {
	LogGroupName  string `json:"logGroupName"`
	LogStreamName string `json:"logStreamName"`
}

// DeleteLogStreamOutput has no members.
type DeleteLogStreamOutput struct{}

// The orders of streams.
const (
	OrderByLogStreamName = "LogStreamName"
	OrderByLastEventTime = "LastEventTime" // goes without a prefix
)

// DescribeLogStreamsInput bounds the list.
type DescribeLogStreamsInput struct {
	LogGroupName        string      `json:"logGroupName"`
	LogStreamNamePrefix string      `json:"logStreamNamePrefix,omitempty"`
	OrderBy             string      `json:"orderBy,omitempty"`
	Descending          bool        `json:"descending,omitempty"`
	Limit               Option[int] `json:"limit,omitzero"` // 1 to 50
	NextToken           string      `json:"nextToken,omitempty"`
}

// DescribeLogStreamsOutput is one page of streams.
type DescribeLogStreamsOutput struct {
	LogStreams []LogStream `json:"logStreams"`
	NextToken  string      `json:"nextToken,omitempty"`
}

// LogStream is a sequence of events of one source.
type LogStream struct {
	LogStreamName       string `json:"logStreamName"`
	CreationTime        int64  `json:"creationTime"`
	FirstEventTimestamp int64  `json:"firstEventTimestamp,omitempty"`
	LastEventTimestamp  int64  `json:"lastEventTimestamp,omitempty"`
	LastIngestionTime   int64  `json:"lastIngestionTime,omitempty"`
	UploadSequenceToken string `json:"uploadSequenceToken,omitempty"`
	Arn                 string `json:"arn"`
	StoredBytes         int64  `json:"storedBytes"` // always 0
}

// PutLogEventsInput adds events, in order of time.
type PutLogEventsInput struct {
	LogGroupName  string          `json:"logGroupName"`
	LogStreamName string          `json:"logStreamName"`
	LogEvents     []InputLogEvent `json:"logEvents"`
	SequenceToken string          `json:"sequenceToken,omitempty"` // no longer needed
}

// InputLogEvent is an event to add; its message has up to 1 MB.
type InputLogEvent struct {
	Timestamp int64  `json:"timestamp"`
	Message   string `json:"message"`
}

// PutLogEventsOutput tells what of the events was not taken.
type PutLogEventsOutput struct {
	NextSequenceToken     string                 `json:"nextSequenceToken"`
	RejectedLogEventsInfo *RejectedLogEventsInfo `json:"rejectedLogEventsInfo,omitempty"`
}

// RejectedLogEventsInfo tells which events were too new, too old or expired.
type RejectedLogEventsInfo struct {
	TooNewLogEventStartIndex Option[int] `json:"tooNewLogEventStartIndex,omitzero"`
	TooOldLogEventEndIndex   Option[int] `json:"tooOldLogEventEndIndex,omitzero"`
	ExpiredLogEventEndIndex  Option[int] `json:"expiredLogEventEndIndex,omitzero"`
}

// GetLogEventsInput asks for a page of a stream.
type GetLogEventsInput struct {
	LogGroupName  string        `json:"logGroupName"`
	LogStreamName string        `json:"logStreamName"`
	StartTime     Option[int64] `json:"startTime,omitzero"` // from, inclusive
	EndTime       Option[int64] `json:"endTime,omitzero"`   // to, exclusive
	StartFromHead bool          `json:"startFromHead,omitempty"`
	Limit         Option[int]   `json:"limit,omitzero"` // 1 to 10,000
	NextToken     string        `json:"nextToken,omitempty"`
}

// GetLogEventsOutput is one page, oldest event first.
type GetLogEventsOutput struct {
	Events            []OutputLogEvent `json:"events"`
	NextForwardToken  string           `json:"nextForwardToken"`
	NextBackwardToken string           `json:"nextBackwardToken"`
}

// OutputLogEvent is an event of a stream.
type OutputLogEvent struct {
	Timestamp     int64  `json:"timestamp"`
	Message       string `json:"message"`
	IngestionTime int64  `json:"ingestionTime"`
}

// FilterLogEventsInput says which events of a group to read.
type FilterLogEventsInput struct {
	LogGroupName        string        `json:"logGroupName"`
	LogStreamNames      []string      `json:"logStreamNames,omitempty"` // or a prefix
	LogStreamNamePrefix string        `json:"logStreamNamePrefix,omitempty"`
	FilterPattern       string        `json:"filterPattern,omitempty"`
	StartTime           Option[int64] `json:"startTime,omitzero"`
	EndTime             Option[int64] `json:"endTime,omitzero"`
	Limit               Option[int]   `json:"limit,omitzero"` // 1 to 10,000
	NextToken           string        `json:"nextToken,omitempty"`
}

// FilterLogEventsOutput is one page.
type FilterLogEventsOutput struct {
	Events             []FilteredLogEvent  `json:"events"`
	SearchedLogStreams []SearchedLogStream `json:"searchedLogStreams"` // empty nowadays
	NextToken          string              `json:"nextToken,omitempty"`
}

// FilteredLogEvent is an event that was found.
type FilteredLogEvent struct {
	LogStreamName string `json:"logStreamName"`
	Timestamp     int64  `json:"timestamp"`
	Message       string `json:"message"`
	IngestionTime int64  `json:"ingestionTime"`
	EventID       string `json:"eventId"`
}

// SearchedLogStream is a stream that was looked through.
type SearchedLogStream struct {
	LogStreamName      string `json:"logStreamName"`
	SearchedCompletely bool   `json:"searchedCompletely"`
}
