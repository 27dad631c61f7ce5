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
	// UpdateTable changes capacity, deletion protection, or one global
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
}

// PutItemInput asks for one whole-item write.
type PutItemInput struct {
	TableName                 string
	Item                      Item
	ConditionExpression       string                 `json:",omitempty"`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	ReturnValues              ReturnValues           `json:",omitempty"` // NONE or ALL_OLD
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
}

// PutItemOutput holds the replaced item when ALL_OLD asked for it.
type PutItemOutput struct {
	Attributes       Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// GetItemInput asks for one item by its whole primary key.
type GetItemInput struct {
	TableName                string
	Key                      Item
	ConsistentRead           bool                   `json:",omitempty"`
	ProjectionExpression     string                 `json:",omitempty"`
	ExpressionAttributeNames map[string]string      `json:",omitempty"`
	ReturnConsumedCapacity   ReturnConsumedCapacity `json:",omitempty"`
}

// GetItemOutput holds the item; nil when there is none.
type GetItemOutput struct {
	Item             Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// UpdateItemInput asks for changes to one item.
type UpdateItemInput struct {
	TableName                 string
	Key                       Item
	UpdateExpression          string                 `json:",omitempty"`
	ConditionExpression       string                 `json:",omitempty"`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	ReturnValues              ReturnValues           `json:",omitempty"`
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
}

// UpdateItemOutput holds the attributes that ReturnValues asked for.
type UpdateItemOutput struct {
	Attributes       Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// DeleteItemInput asks for one item to be deleted.
type DeleteItemInput struct {
	TableName                 string
	Key                       Item
	ConditionExpression       string                 `json:",omitempty"`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	ReturnValues              ReturnValues           `json:",omitempty"` // NONE or ALL_OLD
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
}

// DeleteItemOutput holds the deleted item when ALL_OLD asked for it.
type DeleteItemOutput struct {
	Attributes       Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// QueryInput asks for items of one partition of a table or index.
type QueryInput struct {
	TableName                 string
	IndexName                 string                 `json:",omitempty"`
	KeyConditionExpression    string                 `json:",omitempty"`
	FilterExpression          string                 `json:",omitempty"`
	ProjectionExpression      string                 `json:",omitempty"`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	ScanIndexForward          Option[bool]           `json:",omitzero"` // true unless given
	Limit                     Option[int]            `json:",omitzero"` // items read a page, before the filter; 1 or more
	ExclusiveStartKey         Item                   `json:",omitempty"`
	ConsistentRead            bool                   `json:",omitempty"` // not for global secondary indexes
	Select                    Select                 `json:",omitempty"`
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
}

// QueryOutput is one page of results.
type QueryOutput struct {
	Items            []Item            `json:",omitempty"` // nil for SelectCount
	Count            int               // items that passed the filter
	ScannedCount     int               // items read
	LastEvaluatedKey Item              `json:",omitempty"` // where the next page starts; nil when this was the last
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}

// ScanInput asks for the items of a table or index, or of one segment of it.
type ScanInput struct {
	TableName                 string
	IndexName                 string                 `json:",omitempty"`
	FilterExpression          string                 `json:",omitempty"`
	ProjectionExpression      string                 `json:",omitempty"`
	ExpressionAttributeNames  map[string]string      `json:",omitempty"`
	ExpressionAttributeValues Item                   `json:",omitempty"`
	Limit                     Option[int]            `json:",omitzero"`
	ExclusiveStartKey         Item                   `json:",omitempty"`
	Segment                   Option[int]            `json:",omitzero"` // from 0; goes with TotalSegments
	TotalSegments             Option[int]            `json:",omitzero"` // 1 to 1,000,000
	ConsistentRead            bool                   `json:",omitempty"`
	Select                    Select                 `json:",omitempty"`
	ReturnConsumedCapacity    ReturnConsumedCapacity `json:",omitempty"`
}

// ScanOutput is one page of results, as QueryOutput is.
type ScanOutput struct {
	Items            []Item            `json:",omitempty"`
	Count            int               // items that passed the filter
	ScannedCount     int               // items read
	LastEvaluatedKey Item              `json:",omitempty"`
	ConsumedCapacity *ConsumedCapacity `json:",omitempty"`
}
