package iam

import (
	"embed"
	"strings"
	"time"

	"awslab/aws"
)

// awsPolicy is a managed policy of AWS's own.
type awsPolicy struct {
	name, path, id, version, created, updated, description string
}

// awsPolicies are those of AWS's managed policies that functions of this
// console can have a use for, with AWS's own ids, versions and documents.
var awsPolicies = []awsPolicy{
	{"AWSLambdaBasicExecutionRole", "/service-role/", "ANPAJNCQGXC42545SKXIK", "v1", "2015-04-09T15:03:43Z", "2015-04-09T15:03:43Z",
		"Provides write permissions to CloudWatch Logs."},
	{"AWSLambdaExecute", "/", "ANPAJE5FX7FQZSU5XAKGO", "v1", "2015-02-06T18:40:46Z", "2015-02-06T18:40:46Z",
		"Provides Put, Get access to S3 and full access to CloudWatch Logs."},
	{"AWSLambdaRole", "/service-role/", "ANPAJX4DPCRGTC4NFDUXI", "v1", "2015-02-06T18:41:28Z", "2015-02-06T18:41:28Z",
		"Default policy for AWS Lambda service role."},
	{"AdministratorAccess", "/", "ANPAIWMBCKSKIEE64ZLYK", "v1", "2015-02-06T18:39:46Z", "2015-02-06T18:39:46Z",
		"Provides full access to AWS services and resources."},
	{"AmazonDynamoDBFullAccess", "/", "ANPAINUGF2JSOSUY76KYA", "v15", "2015-02-06T18:40:11Z", "2021-01-29T17:38:30Z",
		"Provides full access to Amazon DynamoDB via the AWS Management Console."},
	{"AmazonDynamoDBReadOnlyAccess", "/", "ANPAIY2XFNA232XJ6J7X2", "v13", "2015-02-06T18:40:12Z", "2021-01-27T01:01:47Z",
		"Provides read only access to Amazon DynamoDB via the AWS Management Console."},
	{"AmazonS3FullAccess", "/", "ANPAIFIR6V6BVTRAHWINE", "v2", "2015-02-06T18:40:58Z", "2021-09-27T20:16:37Z",
		"Provides full access to all buckets via the AWS Management Console."},
	{"AmazonS3ReadOnlyAccess", "/", "ANPAIZTJ4DXE7G6AGAE6M", "v3", "2015-02-06T18:40:59Z", "2023-08-10T21:31:39Z",
		"Provides read only access to all buckets via the AWS Management Console."},
	{"CloudWatchLogsFullAccess", "/", "ANPAJ3ZGNWK2R5HW5BQFO", "v2", "2015-02-06T18:40:02Z", "2023-11-26T18:12:10Z",
		"Provides full access to CloudWatch Logs"},
	{"CloudWatchLogsReadOnlyAccess", "/", "ANPAJ2YIYDYSNNEHK3VKW", "v6", "2015-02-06T18:40:03Z", "2023-11-26T18:11:13Z",
		"Provides read only access to CloudWatch Logs"},
}

//go:embed managed/*.json
var awsDocuments embed.FS

const awsPolicyPrefix = "arn:aws:iam::aws:policy"

// awsManaged finds one of AWS's policies by its ARN.
func awsManaged(arn string) (managed, bool) {
	name, own := strings.CutPrefix(arn, awsPolicyPrefix)
	for _, row := range awsPolicies {
		if !own || name != row.path+row.name {
			continue
		}
		text, err := awsDocuments.ReadFile("managed/" + row.name + ".json")
		return managed{row.policy(), string(text)}, err == nil
	}
	return managed{}, false
}

func (p awsPolicy) policy() aws.Policy {
	return aws.Policy{
		PolicyName: p.name, PolicyID: p.id, Arn: awsPolicyPrefix + p.path + p.name, Path: p.path, DefaultVersionID: p.version,
		IsAttachable: true, Description: p.description, CreateDate: day(p.created), UpdateDate: day(p.updated),
	}
}

// day reads a time of the table; a test reads them all.
func day(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
