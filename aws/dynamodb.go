package aws

import "context"

// DynamoDB is Amazon DynamoDB. All its failures are *Error with Status 400
// unless an operation says otherwise.
type DynamoDB interface {
	// CreateTable starts making a table; it is CREATING when this returns and
	// ACTIVE within seconds. A taken name is ResourceInUseException.
	CreateTable(context.Context, CreateTableInput) (CreateTableOutput, error)
	// DescribeTable tells all about one table, or ResourceNotFoundException.
	DescribeTable(context.Context, DescribeTableInput) (DescribeTableOutput, error)
	// ListTables lists names in order, at most 100 a page.
	ListTables(context.Context, ListTablesInput) (ListTablesOutput, error)
	// UpdateTable changes capacity, deletion protection, the stream, or one global
	// secondary index; the table is UPDATING for a moment.
	UpdateTable(context.Context, UpdateTableInput) (UpdateTableOutput, error)
	// DeleteTable starts deleting a table and everything in it.
	DeleteTable(context.Context, DeleteTableInput) (DeleteTableOutput, error)

	// PutItem writes a whole item, replacing one with the same key.
	PutItem(context.Context, PutItemInput) (PutItemOutput, error)
	// GetItem reads one item by its key; no such item is an empty output, not an error.
	GetItem(context.Context, GetItemInput) (GetItemOutput, error)
	// UpdateItem changes some attributes of an item, creating it if missing.
	UpdateItem(context.Context, UpdateItemInput) (UpdateItemOutput, error)
	// DeleteItem deletes one item by its key; a missing one is no error.
	DeleteItem(context.Context, DeleteItemInput) (DeleteItemOutput, error)

	// Query reads the items of one partition in sort-key order, up to Limit
	// items or 1 MB a page.
	Query(context.Context, QueryInput) (QueryOutput, error)
	// Scan reads every item of a table or index, up to Limit items or 1 MB a page.
	Scan(context.Context, ScanInput) (ScanOutput, error)

	// BatchGetItem reads up to 100 items by key; what did not fit in 16 MB
	// comes back as UnprocessedKeys.
	BatchGetItem(context.Context, BatchGetItemInput) (BatchGetItemOutput, error)
	// BatchWriteItem puts and deletes up to 25 items, each on its own.
	BatchWriteItem(context.Context, BatchWriteItemInput) (BatchWriteItemOutput, error)
	// TransactGetItems reads up to 100 items as of one moment.
	TransactGetItems(context.Context, TransactGetItemsInput) (TransactGetItemsOutput, error)
	// TransactWriteItems does up to 100 writes, all or none; if none,
	// TransactionCanceledException whose Reasons tell why.
	TransactWriteItems(context.Context, TransactWriteItemsInput) (TransactWriteItemsOutput, error)

	// ExecuteStatement runs one statement of PartiQL; an INSERT of an item that is
	// there is DuplicateItemException.
	ExecuteStatement(context.Context, ExecuteStatementInput) (ExecuteStatementOutput, error)
	// BatchExecuteStatement runs up to 25 statements, each on its own; one that
	// fails says so in its answer.
	BatchExecuteStatement(context.Context, BatchExecuteStatementInput) (BatchExecuteStatementOutput, error)
	// ExecuteTransaction runs up to 100 statements, all or none, as
	// TransactGetItems or TransactWriteItems does.
	ExecuteTransaction(context.Context, ExecuteTransactionInput) (ExecuteTransactionOutput, error)

	// UpdateTimeToLive has items expire, or no longer; the change takes a moment,
	// in which another one is ValidationException.
	UpdateTimeToLive(context.Context, UpdateTimeToLiveInput) (UpdateTimeToLiveOutput, error)
	// DescribeTimeToLive tells whether, and by which attribute, items expire.
	DescribeTimeToLive(context.Context, DescribeTimeToLiveInput) (DescribeTimeToLiveOutput, error)
	// TagResource gives a table tags.
	TagResource(context.Context, TagResourceInput) (TagResourceOutput, error)
	// UntagResource takes tags from a table.
	UntagResource(context.Context, UntagResourceInput) (UntagResourceOutput, error)
	// ListTagsOfResource lists a table's tags.
	ListTagsOfResource(context.Context, ListTagsOfResourceInput) (ListTagsOfResourceOutput, error)
	// DescribeLimits tells the account's limits.
	DescribeLimits(context.Context, DescribeLimitsInput) (DescribeLimitsOutput, error)
	// DescribeEndpoints tells where DynamoDB answers.
	DescribeEndpoints(context.Context, DescribeEndpointsInput) (DescribeEndpointsOutput, error)
	// DescribeContinuousBackups tells whether a table can be restored; a missing
	// one is TableNotFoundException.
	DescribeContinuousBackups(context.Context, DescribeContinuousBackupsInput) (DescribeContinuousBackupsOutput, error)
}

// The expressions' tags say how one comes from the wire that is given but empty: as
// a blank, which DynamoDB refuses as it does an empty one. "" is not given.

// PutItemInput asks for one whole-item write.
type PutItemInput struct {
	TableName                           string
	Item                                Item
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValues                        ReturnValues                        `json:",omitempty"` // NONE or ALL_OLD
	ReturnConsumedCapacity              ReturnConsumedCapacity              `json:",omitempty"`
	ReturnItemCollectionMetrics         ReturnItemCollectionMetrics         `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
	Expected                            map[string]ExpectedAttributeValue   `json:",omitempty"` // the older form of ConditionExpression
	ConditionalOperator                 ConditionalOperator                 `json:",omitempty"` // of Expected
}

// PutItemOutput holds the replaced item when ALL_OLD asked for it.
type PutItemOutput struct {
	Attributes            Item                   `json:",omitempty"`
	ConsumedCapacity      *ConsumedCapacity      `json:",omitempty"`
	ItemCollectionMetrics *ItemCollectionMetrics `json:",omitempty"` // of a table with local indexes
}

// GetItemInput asks for one item by its whole primary key.
type GetItemInput struct {
	TableName                string
	Key                      Item
	ConsistentRead           bool                   `json:",omitempty"`
	ProjectionExpression     string                 `json:",omitempty" empty:" "`
	ExpressionAttributeNames map[string]string      `json:",omitempty"`
	ReturnConsumedCapacity   ReturnConsumedCapacity `json:",omitempty"`
	AttributesToGet          []string               `json:",omitempty"` // the older form of ProjectionExpression
}

// GetItemOutput holds the item; nil when there is none.
type GetItemOutput struct {
	Item             Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// UpdateItemInput asks for changes to one item.
type UpdateItemInput struct {
	TableName                           string
	Key                                 Item
	UpdateExpression                    string                              `json:",omitempty" empty:" "`
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValues                        ReturnValues                        `json:",omitempty"`
	ReturnConsumedCapacity              ReturnConsumedCapacity              `json:",omitempty"`
	ReturnItemCollectionMetrics         ReturnItemCollectionMetrics         `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
	Expected                            map[string]ExpectedAttributeValue   `json:",omitempty"` // the older form of ConditionExpression
	ConditionalOperator                 ConditionalOperator                 `json:",omitempty"` // of Expected
	AttributeUpdates                    map[string]AttributeValueUpdate     `json:",omitempty"` // the older form of UpdateExpression
}

// UpdateItemOutput holds the attributes that ReturnValues asked for.
type UpdateItemOutput struct {
	Attributes            Item                   `json:",omitempty"`
	ConsumedCapacity      *ConsumedCapacity      `json:",omitempty"`
	ItemCollectionMetrics *ItemCollectionMetrics `json:",omitempty"` // of a table with local indexes
}

// DeleteItemInput asks for one item to be deleted.
type DeleteItemInput struct {
	TableName                           string
	Key                                 Item
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValues                        ReturnValues                        `json:",omitempty"` // NONE or ALL_OLD
	ReturnConsumedCapacity              ReturnConsumedCapacity              `json:",omitempty"`
	ReturnItemCollectionMetrics         ReturnItemCollectionMetrics         `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
	Expected                            map[string]ExpectedAttributeValue   `json:",omitempty"` // the older form of ConditionExpression
	ConditionalOperator                 ConditionalOperator                 `json:",omitempty"` // of Expected
}

// DeleteItemOutput holds the deleted item when ALL_OLD asked for it.
type DeleteItemOutput struct {
	Attributes            Item                   `json:",omitempty"`
	ConsumedCapacity      *ConsumedCapacity      `json:",omitempty"`
	ItemCollectionMetrics *ItemCollectionMetrics `json:",omitempty"` // of a table with local indexes
}

// QueryInput asks for items of one partition of a table or index.
type QueryInput struct {
	TableName                 string
	IndexName                 string                 `json:",omitempty"`
	KeyConditionExpression    string                 `json:",omitempty" empty:" "`
	FilterExpression          string                 `json:",omitempty" empty:" "`
	ProjectionExpression      string                 `json:",omitempty" empty:" "`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	ScanIndexForward          Option[bool]           `json:",omitzero"` // true unless given
	Limit                     Option[int]            `json:",omitzero"` // items read a page, before the filter; 1 or more
	ExclusiveStartKey         Item                   `json:",omitempty"`
	ConsistentRead            bool                   `json:",omitempty"` // not for global secondary indexes
	Select                    Select                 `json:",omitempty"`
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
	AttributesToGet           []string               `json:",omitempty"` // the older form of ProjectionExpression
	KeyConditions             map[string]Condition   `json:",omitempty"` // the older form of KeyConditionExpression
	QueryFilter               map[string]Condition   `json:",omitempty"` // the older form of FilterExpression
	ConditionalOperator       ConditionalOperator    `json:",omitempty"` // of QueryFilter
}

// QueryOutput is one page of results.
type QueryOutput struct {
	Items            []Item            `json:",omitzero"` // nil for SelectCount
	Count            int               // items that passed the filter
	ScannedCount     int               // items read
	LastEvaluatedKey Item              `json:",omitempty"` // where the next page starts; nil when this was the last
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// ScanInput asks for the items of a table or index, or of one segment of it.
type ScanInput struct {
	TableName                 string
	IndexName                 string                 `json:",omitempty"`
	FilterExpression          string                 `json:",omitempty" empty:" "`
	ProjectionExpression      string                 `json:",omitempty" empty:" "`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	Limit                     Option[int]            `json:",omitzero"`
	ExclusiveStartKey         Item                   `json:",omitempty"`
	Segment                   Option[int]            `json:",omitzero"` // from 0; goes with TotalSegments
	TotalSegments             Option[int]            `json:",omitzero"` // 1 to 1,000,000
	ConsistentRead            bool                   `json:",omitempty"`
	Select                    Select                 `json:",omitempty"`
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
	AttributesToGet           []string               `json:",omitempty"` // the older form of ProjectionExpression
	ScanFilter                map[string]Condition   `json:",omitempty"` // the older form of FilterExpression
	ConditionalOperator       ConditionalOperator    `json:",omitempty"` // of ScanFilter
}

// ScanOutput is one page of results, as QueryOutput is.
type ScanOutput struct {
	Items            []Item            `json:",omitzero"`
	Count            int               // items that passed the filter
	ScannedCount     int               // items read
	LastEvaluatedKey Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}
