package aws

import (
	"context"
	"time"
)

// DynamoDBStreams is Amazon DynamoDB Streams: what became of the items of tables
// whose stream is on, kept for 24 hours. Its failures are *Error with Status 400.
type DynamoDBStreams interface {
	// ListStreams lists streams, at most 100 a page: those that are on, and those
	// turned off, or left by a deleted table, less than 24 hours ago.
	ListStreams(context.Context, ListStreamsInput) (ListStreamsOutput, error)
	// DescribeStream tells all about one stream and its shards, or
	// ResourceNotFoundException.
	DescribeStream(context.Context, DescribeStreamInput) (DescribeStreamOutput, error)
	// GetShardIterator gives a place in a shard to read from; it serves for 15
	// minutes. A place that is not kept any more is TrimmedDataAccessException.
	GetShardIterator(context.Context, GetShardIteratorInput) (GetShardIteratorOutput, error)
	// GetRecords reads up to 1,000 records or 1 MB from an iterator on, and gives the
	// next one: ExpiredIteratorException when it is too old.
	GetRecords(context.Context, GetRecordsInput) (GetRecordsOutput, error)
}

// StreamViewType is what a stream's records hold of an item beside its key.
type StreamViewType string

// The four views.
const (
	StreamKeysOnly        StreamViewType = "KEYS_ONLY"
	StreamNewImage        StreamViewType = "NEW_IMAGE"
	StreamOldImage        StreamViewType = "OLD_IMAGE"
	StreamNewAndOldImages StreamViewType = "NEW_AND_OLD_IMAGES"
)

// StreamSpecification says whether a table has a stream.
type StreamSpecification struct {
	StreamEnabled  bool
	StreamViewType StreamViewType `json:",omitempty"` // of one that is on
}

// StreamStatus is the state of a stream.
type StreamStatus string

// The states.
const (
	StreamEnabling  StreamStatus = "ENABLING"
	StreamEnabled   StreamStatus = "ENABLED"
	StreamDisabling StreamStatus = "DISABLING"
	StreamDisabled  StreamStatus = "DISABLED"
)

// ListStreamsInput asks for a page of streams.
type ListStreamsInput struct {
	TableName               string      `json:",omitempty"` // only those of a table of this name
	Limit                   Option[int] `json:",omitzero"`  // 1 to 100
	ExclusiveStartStreamArn string      `json:",omitempty"`
}

// ListStreamsOutput is a page of streams.
type ListStreamsOutput struct {
	Streams                []Stream
	LastEvaluatedStreamArn string `json:",omitempty"` // "" on the last page
}

// Stream names one stream; the label is the time when it was turned on.
type Stream struct {
	StreamArn   string
	TableName   string
	StreamLabel string
}

// DescribeStreamInput names a stream.
type DescribeStreamInput struct {
	StreamArn             string
	Limit                 Option[int]  `json:",omitzero"`                       // shards a page, 1 to 100
	ExclusiveStartShardID string       `json:"ExclusiveStartShardId,omitempty"` // where the page before ended
	ShardFilter           *ShardFilter `json:",omitempty"`
}

// ShardFilterType is how shards are chosen.
type ShardFilterType string

// ShardFilterChildShards is the only way: those that follow another shard.
const ShardFilterChildShards ShardFilterType = "CHILD_SHARDS"

// ShardFilter chooses some of a stream's shards.
type ShardFilter struct {
	Type    ShardFilterType
	ShardID string `json:"ShardId"` // of the parent
}

// DescribeStreamOutput describes it.
type DescribeStreamOutput struct{ StreamDescription StreamDescription }

// StreamDescription is all that DescribeStream tells.
type StreamDescription struct {
	StreamArn               string
	StreamLabel             string
	StreamStatus            StreamStatus
	StreamViewType          StreamViewType
	CreationRequestDateTime time.Time `json:",omitzero"`
	TableName               string
	KeySchema               []KeySchemaElement
	Shards                  []Shard
	LastEvaluatedShardID    string `json:"LastEvaluatedShardId,omitempty"`
}

// Shard is a part of a stream, whose records are in order.
type Shard struct {
	ShardID             string `json:"ShardId"`
	SequenceNumberRange SequenceNumberRange
	ParentShardID       string `json:"ParentShardId,omitempty"`
}

// SequenceNumberRange is where a shard begins and, once it gets no more records,
// ends.
type SequenceNumberRange struct {
	StartingSequenceNumber string `json:",omitempty"`
	EndingSequenceNumber   string `json:",omitempty"`
}

// ShardIteratorType is how a place in a shard is named.
type ShardIteratorType string

// The four ways: the oldest record, after the newest, and at and after one whose
// sequence number is given.
const (
	ShardTrimHorizon         ShardIteratorType = "TRIM_HORIZON"
	ShardLatest              ShardIteratorType = "LATEST"
	ShardAtSequenceNumber    ShardIteratorType = "AT_SEQUENCE_NUMBER"
	ShardAfterSequenceNumber ShardIteratorType = "AFTER_SEQUENCE_NUMBER"
)

// GetShardIteratorInput names a place in a shard.
type GetShardIteratorInput struct {
	StreamArn         string
	ShardID           string `json:"ShardId"`
	ShardIteratorType ShardIteratorType
	SequenceNumber    string `json:",omitempty"`
}

// GetShardIteratorOutput holds the iterator.
type GetShardIteratorOutput struct{ ShardIterator string }

// GetRecordsInput asks for the records from an iterator on.
type GetRecordsInput struct {
	ShardIterator string
	Limit         Option[int] `json:",omitzero"` // 1 to 1,000
}

// GetRecordsOutput holds the records, in the order of the changes.
type GetRecordsOutput struct {
	Records           []Record
	NextShardIterator string `json:",omitempty"` // "" at the end of a shard that gets no more
}

// Record tells of one change of one item.
type Record struct {
	EventID      string          `json:"eventID"`
	EventName    RecordEvent     `json:"eventName"`
	EventVersion string          `json:"eventVersion"`
	EventSource  string          `json:"eventSource"`
	AwsRegion    string          `json:"awsRegion"`
	DynamoDB     StreamRecord    `json:"dynamodb"`
	UserIdentity *RecordIdentity `json:"userIdentity,omitempty"` // of what DynamoDB did itself
}

// RecordEvent is what was done to an item.
type RecordEvent string

// The three events.
const (
	RecordInsert RecordEvent = "INSERT"
	RecordModify RecordEvent = "MODIFY"
	RecordRemove RecordEvent = "REMOVE"
)

// StreamRecord holds the item of a change, as far as the stream's view goes.
type StreamRecord struct {
	ApproximateCreationDateTime time.Time `json:",omitzero"` // to the second
	Keys                        Item
	NewImage                    Item `json:",omitempty"`
	OldImage                    Item `json:",omitempty"`
	SequenceNumber              string
	SizeBytes                   int64 // of the keys and the images
	StreamViewType              StreamViewType
}

// RecordIdentity is who made a change; only items that expire say so.
type RecordIdentity struct {
	PrincipalID string `json:"PrincipalId"` // "dynamodb.amazonaws.com"
	Type        string // "Service"
}
