package aws

// KeysAndAttributes is what a BatchGetItem wants of one table.
type KeysAndAttributes struct {
	Keys                     []Item
	ConsistentRead           bool              `json:",omitempty"`
	ProjectionExpression     string            `json:",omitempty" empty:" "`
	ExpressionAttributeNames map[string]string `json:",omitempty"`
	AttributesToGet          []string          `json:",omitempty"` // the older form of ProjectionExpression
}

// BatchGetItemInput names keys by table, 100 in all.
type BatchGetItemInput struct {
	RequestItems           map[string]KeysAndAttributes
	ReturnConsumedCapacity ReturnConsumedCapacity `json:",omitempty"`
}

// BatchGetItemOutput holds the items found, in no order.
type BatchGetItemOutput struct {
	Responses        map[string][]Item
	UnprocessedKeys  map[string]KeysAndAttributes // never nil
	ConsumedCapacity []ConsumedCapacity           `json:",omitempty"`
}

// WriteRequest is one put or one delete of a batch: exactly one is given.
type WriteRequest struct {
	PutRequest    *PutRequest    `json:",omitempty"`
	DeleteRequest *DeleteRequest `json:",omitempty"`
}

// PutRequest is the item to put.
type PutRequest struct{ Item Item }

// DeleteRequest is the key to delete.
type DeleteRequest struct{ Key Item }

// BatchWriteItemInput names writes by table, 25 in all.
type BatchWriteItemInput struct {
	RequestItems                map[string][]WriteRequest
	ReturnConsumedCapacity      ReturnConsumedCapacity      `json:",omitempty"`
	ReturnItemCollectionMetrics ReturnItemCollectionMetrics `json:",omitempty"`
}

// BatchWriteItemOutput holds what was not written.
type BatchWriteItemOutput struct {
	UnprocessedItems      map[string][]WriteRequest          // never nil
	ConsumedCapacity      []ConsumedCapacity                 `json:",omitempty"`
	ItemCollectionMetrics map[string][]ItemCollectionMetrics `json:",omitempty"` // by table
}

// TransactGetItem is one read of a transaction.
type TransactGetItem struct{ Get Get }

// Get names one item.
type Get struct {
	TableName                string
	Key                      Item
	ProjectionExpression     string            `json:",omitempty" empty:" "`
	ExpressionAttributeNames map[string]string `json:",omitempty"`
}

// TransactGetItemsInput holds up to 100 reads.
type TransactGetItemsInput struct {
	TransactItems          []TransactGetItem
	ReturnConsumedCapacity ReturnConsumedCapacity `json:",omitempty"`
}

// ItemResponse is one read's item; nil when there is none.
type ItemResponse struct {
	Item Item `json:",omitempty"`
}

// TransactGetItemsOutput answers in the order asked.
type TransactGetItemsOutput struct {
	Responses        []ItemResponse
	ConsumedCapacity []ConsumedCapacity `json:",omitempty"`
}

// TransactWriteItem is one write of a transaction: exactly one is given.
type TransactWriteItem struct {
	ConditionCheck *ConditionCheck `json:",omitempty"`
	Put            *Put            `json:",omitempty"`
	Update         *Update         `json:",omitempty"`
	Delete         *Delete         `json:",omitempty"`
}

// ConditionCheck requires a condition of an item that it does not change.
type ConditionCheck struct {
	TableName                           string
	Key                                 Item
	ConditionExpression                 string
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// Put writes a whole item.
type Put struct {
	TableName                           string
	Item                                Item
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// Update changes some attributes of an item.
type Update struct {
	TableName                           string
	Key                                 Item
	UpdateExpression                    string
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// Delete deletes an item.
type Delete struct {
	TableName                           string
	Key                                 Item
	ConditionExpression                 string                              `json:",omitempty" empty:" "`
	ExpressionAttributeNames            map[string]string                   `json:",omitempty"`
	ExpressionAttributeValues           Item                                `json:",omitempty"`
	ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure `json:",omitempty"`
}

// TransactWriteItemsInput holds up to 100 writes of different items, 4 MB in
// all. A repeated ClientRequestToken within ten minutes does nothing again.
type TransactWriteItemsInput struct {
	TransactItems               []TransactWriteItem
	ClientRequestToken          string                      `json:",omitempty"`
	ReturnConsumedCapacity      ReturnConsumedCapacity      `json:",omitempty"`
	ReturnItemCollectionMetrics ReturnItemCollectionMetrics `json:",omitempty"`
}

// TransactWriteItemsOutput tells what it cost.
type TransactWriteItemsOutput struct {
	ConsumedCapacity      []ConsumedCapacity                 `json:",omitempty"`
	ItemCollectionMetrics map[string][]ItemCollectionMetrics `json:",omitempty"` // by table
}
