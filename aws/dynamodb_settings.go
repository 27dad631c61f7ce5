package aws

// TimeToLiveSpecification says whether, and by which attribute, items expire.
type TimeToLiveSpecification struct {
	Enabled bool
	// AttributeName is the attribute that holds the time when an item expires,
	// as a number of seconds since 1970.
	AttributeName string
}

// UpdateTimeToLiveInput changes the time to live of a table's items.
type UpdateTimeToLiveInput struct {
	TableName               string
	TimeToLiveSpecification TimeToLiveSpecification
}

// UpdateTimeToLiveOutput repeats what was asked for.
type UpdateTimeToLiveOutput struct {
	TimeToLiveSpecification TimeToLiveSpecification
}

// TimeToLiveStatus is the state of a table's time to live.
type TimeToLiveStatus string

// The four states.
const (
	TimeToLiveEnabling  TimeToLiveStatus = "ENABLING"
	TimeToLiveEnabled   TimeToLiveStatus = "ENABLED"
	TimeToLiveDisabling TimeToLiveStatus = "DISABLING"
	TimeToLiveDisabled  TimeToLiveStatus = "DISABLED"
)

// TimeToLiveDescription describes a table's time to live.
type TimeToLiveDescription struct {
	TimeToLiveStatus TimeToLiveStatus
	AttributeName    string `json:",omitempty"` // unless DISABLED
}

// DescribeTimeToLiveInput names a table.
type DescribeTimeToLiveInput struct{ TableName string }

// DescribeTimeToLiveOutput describes its time to live.
type DescribeTimeToLiveOutput struct {
	TimeToLiveDescription TimeToLiveDescription
}

// Tag is a label on a resource: a key of 1 to 128 characters and a value of up
// to 256.
type Tag struct {
	Key   string
	Value string
}

// TagResourceInput gives a table tags, 50 in all at most; one whose key it has
// already gets the new value.
type TagResourceInput struct {
	ResourceArn string
	Tags        []Tag
}

// TagResourceOutput is empty.
type TagResourceOutput struct{}

// UntagResourceInput takes tags from a table; keys that it does not have are no
// error.
type UntagResourceInput struct {
	ResourceArn string
	TagKeys     []string
}

// UntagResourceOutput is empty.
type UntagResourceOutput struct{}

// ListTagsOfResourceInput names a table.
type ListTagsOfResourceInput struct {
	ResourceArn string
	NextToken   string `json:",omitempty"`
}

// ListTagsOfResourceOutput is a page of its tags.
type ListTagsOfResourceOutput struct {
	Tags      []Tag
	NextToken string `json:",omitempty"` // "" on the last page
}

// DescribeLimitsInput is empty.
type DescribeLimitsInput struct{}

// DescribeLimitsOutput holds how many units a second the account, and one table
// of it, can be provisioned with.
type DescribeLimitsOutput struct {
	AccountMaxReadCapacityUnits  int64
	AccountMaxWriteCapacityUnits int64
	TableMaxReadCapacityUnits    int64
	TableMaxWriteCapacityUnits   int64
}

// DescribeEndpointsInput is empty.
type DescribeEndpointsInput struct{}

// DescribeEndpointsOutput names where DynamoDB answers.
type DescribeEndpointsOutput struct{ Endpoints []Endpoint }

// Endpoint is where a service answers.
type Endpoint struct {
	Address              string // host, and port if it is not the usual one
	CachePeriodInMinutes int64
}

// DescribeContinuousBackupsInput names a table.
type DescribeContinuousBackupsInput struct{ TableName string }

// DescribeContinuousBackupsOutput describes its backups.
type DescribeContinuousBackupsOutput struct {
	ContinuousBackupsDescription ContinuousBackupsDescription
}

// ContinuousBackupsDescription describes the backups that AWS keeps by itself.
type ContinuousBackupsDescription struct {
	ContinuousBackupsStatus        string // ENABLED on every table
	PointInTimeRecoveryDescription PointInTimeRecoveryDescription
}

// PointInTimeRecoveryDescription says whether the table can be restored as of a
// moment.
type PointInTimeRecoveryDescription struct {
	PointInTimeRecoveryStatus string // ENABLED or DISABLED
}
