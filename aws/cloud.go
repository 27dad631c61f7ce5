package aws

// Cloud is an AWS to work on: one small interface a service, and where it is.
// A nil service is one this Cloud does not offer.
type Cloud struct {
	Place           Place
	DynamoDB        DynamoDB
	DynamoDBStreams DynamoDBStreams
	S3              S3
	Lambda          Lambda
	APIGateway      APIGateway
	Logs            Logs
	CloudWatch      CloudWatch
	IAM             IAM
	STS             STS
	Presign         Presigner // nil where there is no endpoint for a URL to lead to
	Engines         Engines   // nil where AWS runs the functions
}

// Kind tells a sandbox from an AWS account.
type Kind string

// The two kinds of Cloud.
const (
	Sandbox Kind = "sandbox"
	Account Kind = "AWS"
)

// Place says where a Cloud is and who acts in it.
type Place struct {
	Kind      Kind
	Region    string // "us-west-2"
	AccountID string // twelve digits
	ARN       string // of the caller
	Endpoint  string // the URL of its AWS protocols; "" when AWS's own, or none
}
