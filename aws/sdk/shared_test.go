package sdk_test

import (
	"flag"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/awstest"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/sdk"
)

// TestContractShared has the contract kept, over the wire, in one sandbox that holds
// other things, of the names that the tests use, and which is left as it was.
func TestContractShared(t *testing.T) {
	t.Parallel()
	c := &clock{}
	account := occupied(t, c)
	path := filepath.Join(t.TempDir(), "record")
	unchanged(t, account, path)
	awstest.RunInTurn(t, chosen, awstest.Tenants(t, awstest.Account{
		Cloud: account.Cloud, Record: path, Now: c.now, Wait: func() { c.advance(time.Second / 2) },
	}))
}

// whole has TestContractShared run the whole suite.
var whole = flag.Bool("whole", false, "run the whole suite in TestContractShared")

// telling are the operations that TestContractShared tests unless the whole suite is
// asked for: what makes, lists and deletes things of an account, and what names them
// in a way of its own.
var telling = []string{
	"dynamodb:CreateTable", "dynamodb:ListTables", "dynamodb:DeleteTable", "dynamodb:BatchWriteItem", "dynamodb:TransactWriteItems", "dynamodb:ExecuteStatement", "dynamodb:TagResource",
	"dynamodbstreams:ListStreams", "dynamodbstreams:GetRecords",
	"s3:CreateBucket", "s3:ListBuckets", "s3:DeleteBucket", "s3:CopyObject", "s3:ListMultipartUploads", "s3:PutBucketNotificationConfiguration", "s3:PutBucketPolicy",
	"lambda:GetFunction", "lambda:ListFunctions", "lambda:AddPermission",
	"apigateway:CreateRestApi", "apigateway:GetRestApis", "apigateway:DeleteRestApi", "apigateway:TestInvokeMethod",
	"logs:CreateLogGroup", "logs:DescribeLogGroups", "logs:FilterLogEvents", "cloudwatch:ListMetrics",
	"iam:ListRoles", "iam:DeleteRole", "iam:ListPolicies", "iam:AttachRolePolicy", "iam:GetPolicyVersion", "sts:GetCallerIdentity",
}

func chosen(op aws.Operation) bool { return *whole || slices.Contains(telling, op.String()) }

// occupied is a sandbox with things in it, as an account.
func occupied(t *testing.T, c *clock) *sdk.Account {
	t.Helper()
	sandbox, url := serveAfter(t, 20*time.Second, c.now)
	sandbox.Run(runtime.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()})
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: url, MaxBackoff: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	occupy(t, account.Cloud, func() { c.advance(time.Second) })
	return account
}
