package aws

import "time"

// KeyType is a key attribute's part in a primary key.
type KeyType string

// The two parts: the partition key is HASH, the sort key RANGE.
const (
	KeyHash  KeyType = "HASH"
	KeyRange KeyType = "RANGE"
)

// BillingMode is how a table's capacity is paid for; PROVISIONED is the API's default.
type BillingMode string

// The two modes; the console calls PAY_PER_REQUEST "On-demand".
const (
	BillingProvisioned   BillingMode = "PROVISIONED"
	BillingPayPerRequest BillingMode = "PAY_PER_REQUEST"
)

// Status is the state of a table or an index.
type Status string

// The states a sandbox's tables and indexes pass through.
const (
	StatusCreating Status = "CREATING"
	StatusUpdating Status = "UPDATING"
	StatusDeleting Status = "DELETING"
	StatusActive   Status = "ACTIVE"
)

// ProjectionType is which attributes an index holds beside the keys.
type ProjectionType string

// The three projections.
const (
	ProjectAll      ProjectionType = "ALL"
	ProjectKeysOnly ProjectionType = "KEYS_ONLY"
	ProjectInclude  ProjectionType = "INCLUDE"
)

// Select is what a Query or Scan returns of each item.
type Select string

// The four selections.
const (
	SelectAllAttributes          Select = "ALL_ATTRIBUTES"
	SelectAllProjectedAttributes Select = "ALL_PROJECTED_ATTRIBUTES"
	SelectCount                  Select = "COUNT"
	SelectSpecificAttributes     Select = "SPECIFIC_ATTRIBUTES"
)

// ReturnValues is which attributes of the item a write gives back.
type ReturnValues string

// The five choices; none is NONE.
const (
	ReturnNone       ReturnValues = "NONE"
	ReturnAllOld     ReturnValues = "ALL_OLD"
	ReturnUpdatedOld ReturnValues = "UPDATED_OLD"
	ReturnAllNew     ReturnValues = "ALL_NEW"
	ReturnUpdatedNew ReturnValues = "UPDATED_NEW"
)

// ReturnValuesOnConditionCheckFailure is NONE or ALL_OLD.
type ReturnValuesOnConditionCheckFailure string

// The two choices; none is NONE.
const (
	OnFailureNone   ReturnValuesOnConditionCheckFailure = "NONE"
	OnFailureAllOld ReturnValuesOnConditionCheckFailure = "ALL_OLD"
)

// ReturnItemCollectionMetrics asks for the size of the item collections that a
// write changed.
type ReturnItemCollectionMetrics string

// The two choices; none is NONE.
const (
	MetricsNone ReturnItemCollectionMetrics = "NONE"
	MetricsSize ReturnItemCollectionMetrics = "SIZE"
)

// ItemCollectionMetrics tells the size of the items of one partition of a table
// with local secondary indexes, which may be 10 GB.
type ItemCollectionMetrics struct {
	ItemCollectionKey   Item      // the partition key
	SizeEstimateRangeGB []float64 // a lower and an upper bound
}

// ReturnConsumedCapacity asks for the units an operation used.
type ReturnConsumedCapacity string

// The three choices; none is NONE.
const (
	CapacityNone    ReturnConsumedCapacity = "NONE"
	CapacityTotal   ReturnConsumedCapacity = "TOTAL"
	CapacityIndexes ReturnConsumedCapacity = "INDEXES"
)

// AttributeDefinition types one key attribute: S, N or B.
type AttributeDefinition struct {
	AttributeName string
	AttributeType AttributeType
}

// KeySchemaElement is one attribute of a primary key.
type KeySchemaElement struct {
	AttributeName string
	KeyType       KeyType
}

// Projection is what an index holds.
type Projection struct {
	ProjectionType   ProjectionType `json:",omitempty"`
	NonKeyAttributes []string       `json:",omitempty"` // with INCLUDE
}

// ProvisionedThroughput is a capacity in units a second.
type ProvisionedThroughput struct {
	ReadCapacityUnits  int64
	WriteCapacityUnits int64
}

// LocalSecondaryIndex shares the table's partition key.
type LocalSecondaryIndex struct {
	IndexName  string
	KeySchema  []KeySchemaElement
	Projection Projection
}

// GlobalSecondaryIndex has a key of its own.
type GlobalSecondaryIndex struct {
	IndexName             string
	KeySchema             []KeySchemaElement
	Projection            Projection
	ProvisionedThroughput *ProvisionedThroughput `json:",omitempty"`
}

// CreateTableInput describes the table wanted.
type CreateTableInput struct {
	TableName                 string
	AttributeDefinitions      []AttributeDefinition
	KeySchema                 []KeySchemaElement
	BillingMode               BillingMode            `json:",omitempty"`
	ProvisionedThroughput     *ProvisionedThroughput `json:",omitempty"`
	LocalSecondaryIndexes     []LocalSecondaryIndex  `json:",omitempty"`
	GlobalSecondaryIndexes    []GlobalSecondaryIndex `json:",omitempty"`
	TableClass                string                 `json:",omitempty"` // STANDARD unless given
	DeletionProtectionEnabled bool                   `json:",omitempty"`
	StreamSpecification       *StreamSpecification   `json:",omitempty"`
	Tags                      []Tag                  `json:",omitempty"`
}

// CreateTableOutput shows the table as CREATING.
type CreateTableOutput struct{ TableDescription TableDescription }

// DescribeTableInput names a table.
type DescribeTableInput struct{ TableName string }

// DescribeTableOutput describes it.
type DescribeTableOutput struct{ Table TableDescription }

// ListTablesInput asks for a page of names.
type ListTablesInput struct {
	ExclusiveStartTableName string      `json:",omitempty"`
	Limit                   Option[int] `json:",omitzero"` // 1 to 100
}

// ListTablesOutput is a page of names.
type ListTablesOutput struct {
	TableNames             []string
	LastEvaluatedTableName string `json:",omitempty"` // "" on the last page
}

// UpdateTableInput holds what to change.
type UpdateTableInput struct {
	TableName                   string
	AttributeDefinitions        []AttributeDefinition        `json:",omitempty"`
	BillingMode                 BillingMode                  `json:",omitempty"`
	ProvisionedThroughput       *ProvisionedThroughput       `json:",omitempty"`
	GlobalSecondaryIndexUpdates []GlobalSecondaryIndexUpdate `json:",omitempty"`
	TableClass                  string                       `json:",omitempty"`
	DeletionProtectionEnabled   Option[bool]                 `json:",omitzero"`
	StreamSpecification         *StreamSpecification         `json:",omitempty"`
}

// GlobalSecondaryIndexUpdate is one change: exactly one is given.
type GlobalSecondaryIndexUpdate struct {
	Create *GlobalSecondaryIndex       `json:",omitempty"`
	Update *UpdateGlobalSecondaryIndex `json:",omitempty"`
	Delete *DeleteGlobalSecondaryIndex `json:",omitempty"`
}

// UpdateGlobalSecondaryIndex changes an index's capacity.
type UpdateGlobalSecondaryIndex struct {
	IndexName             string
	ProvisionedThroughput ProvisionedThroughput
}

// DeleteGlobalSecondaryIndex names the index to delete.
type DeleteGlobalSecondaryIndex struct{ IndexName string }

// UpdateTableOutput shows the table as UPDATING.
type UpdateTableOutput struct{ TableDescription TableDescription }

// DeleteTableInput names a table.
type DeleteTableInput struct{ TableName string }

// DeleteTableOutput shows the table as DELETING, without its keys.
type DeleteTableOutput struct{ TableDescription TableDescription }

// TableDescription is all that DescribeTable tells.
type TableDescription struct {
	TableName                 string
	TableArn                  string
	TableID                   string    `json:"TableId"`
	CreationDateTime          time.Time `json:",omitzero"`
	TableStatus               Status
	AttributeDefinitions      []AttributeDefinition             `json:",omitempty"`
	KeySchema                 []KeySchemaElement                `json:",omitempty"`
	ItemCount                 int64                             // refreshed about every six hours on AWS
	TableSizeBytes            int64                             // likewise
	ProvisionedThroughput     ProvisionedThroughputDescription  // 0/0 when on-demand
	BillingModeSummary        *BillingModeSummary               `json:",omitempty"`
	TableThroughputMode       *TableThroughputModeSummary       `json:"TableThroughputModeSummary,omitempty"`
	LocalSecondaryIndexes     []LocalSecondaryIndexDescription  `json:",omitempty"`
	GlobalSecondaryIndexes    []GlobalSecondaryIndexDescription `json:",omitempty"`
	TableClassSummary         *TableClassSummary                `json:",omitempty"`
	WarmThroughput            *WarmThroughput                   `json:",omitempty"`
	StreamSpecification       *StreamSpecification              `json:",omitempty"` // while a stream is on
	LatestStreamArn           string                            `json:",omitempty"` // also once it is off
	LatestStreamLabel         string                            `json:",omitempty"`
	DeletionProtectionEnabled bool
}

// ProvisionedThroughputDescription is a table's capacity and its history.
type ProvisionedThroughputDescription struct {
	LastIncreaseDateTime   time.Time `json:",omitzero"`
	LastDecreaseDateTime   time.Time `json:",omitzero"`
	NumberOfDecreasesToday int64
	ReadCapacityUnits      int64
	WriteCapacityUnits     int64
}

// BillingModeSummary is there once a table has been on-demand.
type BillingModeSummary struct {
	BillingMode                       BillingMode
	LastUpdateToPayPerRequestDateTime time.Time `json:",omitzero"`
}

// TableThroughputModeSummary repeats the mode, as today's API does.
type TableThroughputModeSummary struct {
	TableThroughputMode               BillingMode
	LastUpdateToPayPerRequestDateTime time.Time `json:",omitzero"`
}

// TableClassSummary is there when the class was given.
type TableClassSummary struct{ TableClass string }

// WarmThroughput is what a table can take at once.
type WarmThroughput struct {
	ReadUnitsPerSecond  int64
	WriteUnitsPerSecond int64
	Status              Status
}

// LocalSecondaryIndexDescription describes one index.
type LocalSecondaryIndexDescription struct {
	IndexName      string
	IndexArn       string
	KeySchema      []KeySchemaElement
	Projection     Projection
	ItemCount      int64
	IndexSizeBytes int64
}

// GlobalSecondaryIndexDescription describes one index.
type GlobalSecondaryIndexDescription struct {
	IndexName             string
	IndexArn              string
	IndexStatus           Status
	Backfilling           bool `json:",omitempty"`
	KeySchema             []KeySchemaElement
	Projection            Projection
	ProvisionedThroughput ProvisionedThroughputDescription
	WarmThroughput        *WarmThroughput `json:",omitempty"`
	ItemCount             int64
	IndexSizeBytes        int64
}

// ConsumedCapacity is what an operation used of one table, in read or write units.
type ConsumedCapacity struct {
	TableName              string
	CapacityUnits          float64
	ReadCapacityUnits      float64             `json:",omitempty"` // transactions only
	WriteCapacityUnits     float64             `json:",omitempty"` // transactions only
	Table                  *Capacity           `json:",omitempty"` // with INDEXES
	LocalSecondaryIndexes  map[string]Capacity `json:",omitempty"`
	GlobalSecondaryIndexes map[string]Capacity `json:",omitempty"`
}

// Capacity is the share of the table or of one index.
type Capacity struct {
	CapacityUnits      float64
	ReadCapacityUnits  float64 `json:",omitempty"`
	WriteCapacityUnits float64 `json:",omitempty"`
}
