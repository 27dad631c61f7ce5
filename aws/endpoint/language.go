package endpoint

import (
	"strings"

	"awslab/aws"
)

// language is how one service is spoken to over HTTP.
type language struct {
	service aws.Service
	scope   string // the service's name in signatures
	// target is what X-Amz-Target begins with, for a service that takes JSON; and
	// version is that of its JSON.
	target, version string
	// faults is what the type of an error begins with in JSON.
	faults string
	// dated is the version of the service's API, and namespace that of its XML, for
	// one that takes forms (AWS's Query protocol).
	dated, namespace string
	rest             bool // it has paths and methods, and JSON (AWS's REST-JSON protocol)
}

// languages are those of the services beside S3, which has one of its own.
var languages = []language{
	{service: aws.ServiceDynamoDB, scope: "dynamodb", target: "DynamoDB_20120810", version: "1.0", faults: "com.amazonaws.dynamodb.v20120810#"},
	{service: aws.ServiceDynamoDBStreams, scope: "dynamodb", target: "DynamoDBStreams_20120810", version: "1.0", faults: "com.amazonaws.dynamodb.v20120810#"},
	{service: aws.ServiceLogs, scope: "logs", target: "Logs_20140328", version: "1.1"},
	{
		service: aws.ServiceCloudWatch, scope: "monitoring", target: "GraniteServiceVersion20100801", version: "1.0",
		faults: "com.amazonaws.cloudwatch.v2010_08_01#", dated: "2010-08-01", namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
	},
	{service: aws.ServiceIAM, scope: "iam", dated: "2010-05-08", namespace: "https://iam.amazonaws.com/doc/2010-05-08/"},
	{service: aws.ServiceSTS, scope: "sts", dated: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/"},
	{service: aws.ServiceLambda, scope: "lambda", rest: true},
	{service: aws.ServiceAPIGateway, scope: "apigateway", rest: true},
}

// isDynamoDB tells the services whose answers look as DynamoDB's do.
func (l *language) isDynamoDB() bool {
	return l.service == aws.ServiceDynamoDB || l.service == aws.ServiceDynamoDBStreams
}

// languageOf is the first language that fits; nil for none.
func languageOf(fits func(*language) bool) *language {
	for i := range languages {
		if l := &languages[i]; fits(l) {
			return l
		}
	}
	return nil
}

// targeted is the language of a target, and the operation that it names.
func targeted(target string) (*language, string) {
	prefix, operation, _ := strings.Cut(target, ".")
	return languageOf(func(l *language) bool { return l.target != "" && l.target == prefix }), operation
}

// scoped is the language of a name in signatures; the first, where services share
// one and requests name theirs otherwise.
func scoped(scope string) *language {
	return languageOf(func(l *language) bool { return l.scope == scope })
}

// operation is a row of the operation table, with how its input and output look
// on the wire.
type operation struct {
	aws.Operation
	in, out *shape
}

// operations are the operations of the services that have a language.
type operations map[aws.Service]map[string]*operation

func newOperations(all shapes) operations {
	out := make(operations)
	for _, l := range languages {
		out[l.service] = make(map[string]*operation)
	}
	for _, op := range aws.Operations() {
		if of := out[op.Service]; of != nil {
			of[op.Name] = &operation{op, all.of(op.In), all.of(op.Out)}
		}
	}
	return out
}
