package aws

// GetBucketNotificationConfigurationInput names a bucket.
type GetBucketNotificationConfigurationInput struct{ Bucket string }

// GetBucketNotificationConfigurationOutput is the bucket's configuration.
type GetBucketNotificationConfigurationOutput struct{ NotificationConfiguration }

// PutBucketNotificationConfigurationInput replaces the whole configuration.
type PutBucketNotificationConfigurationInput struct {
	Bucket                    string
	NotificationConfiguration NotificationConfiguration
	SkipDestinationValidation bool `json:",omitempty"` // whether S3 may reach the targets is not checked
}

// PutBucketNotificationConfigurationOutput has no members.
type PutBucketNotificationConfigurationOutput struct{}

// NotificationConfiguration says what happens on a bucket's events. Only
// functions can be targets in a sandbox; queues and topics are kept as they are
// on AWS.
type NotificationConfiguration struct {
	LambdaFunctionConfigurations []LambdaFunctionConfiguration `json:",omitempty"`
	QueueConfigurations          []QueueConfiguration          `json:",omitempty"`
	TopicConfigurations          []TopicConfiguration          `json:",omitempty"`
}

// LambdaFunctionConfiguration has a function invoked on events.
type LambdaFunctionConfiguration struct {
	ID                string `json:"Id,omitempty"` // made up when not given
	LambdaFunctionArn string
	Events            []EventType
	Filter            *NotificationFilter `json:",omitempty"`
}

// QueueConfiguration has a queue told of events.
type QueueConfiguration struct {
	ID       string `json:"Id,omitempty"`
	QueueArn string
	Events   []EventType
	Filter   *NotificationFilter `json:",omitempty"`
}

// TopicConfiguration has a topic told of events.
type TopicConfiguration struct {
	ID       string `json:"Id,omitempty"`
	TopicArn string
	Events   []EventType
	Filter   *NotificationFilter `json:",omitempty"`
}

// NotificationFilter picks objects by key.
type NotificationFilter struct{ Key KeyFilter }

// KeyFilter has up to one rule named prefix and one named suffix.
type KeyFilter struct{ FilterRules []FilterRule }

// FilterRule is one rule; names read back as Prefix and Suffix.
type FilterRule struct{ Name, Value string }

// Prefix is the filter's prefix, "" for any.
func (f *NotificationFilter) Prefix() string { return f.rule("prefix") }

// Suffix is the filter's suffix, "" for any.
func (f *NotificationFilter) Suffix() string { return f.rule("suffix") }

func (f *NotificationFilter) rule(name string) string {
	if f == nil {
		return ""
	}
	for _, r := range f.Key.FilterRules {
		if r.Name == name || r.Name == string(name[0]-'a'+'A')+name[1:] {
			return r.Value
		}
	}
	return ""
}

// EventType is a kind of event of a bucket, "s3:ObjectCreated:Put".
type EventType string

// The events of the console's form that a sandbox's buckets have.
const (
	EventObjectCreated         EventType = "s3:ObjectCreated:*"
	EventObjectCreatedPut      EventType = "s3:ObjectCreated:Put"
	EventObjectCreatedPost     EventType = "s3:ObjectCreated:Post"
	EventObjectCreatedCopy     EventType = "s3:ObjectCreated:Copy"
	EventObjectCreatedComplete EventType = "s3:ObjectCreated:CompleteMultipartUpload"
	EventObjectTaggingPut      EventType = "s3:ObjectTagging:Put"
	EventObjectTaggingDelete   EventType = "s3:ObjectTagging:Delete"
	EventObjectRemoved         EventType = "s3:ObjectRemoved:*"
	EventObjectRemovedDelete   EventType = "s3:ObjectRemoved:Delete"
	EventObjectRemovedMarker   EventType = "s3:ObjectRemoved:DeleteMarkerCreated"
)
