package aws

import (
	"context"
	"fmt"
	"reflect"
)

// Service names an AWS service as its API and CLI do ("dynamodb").
type Service string

// The services.
const (
	ServiceDynamoDB        Service = "dynamodb"
	ServiceDynamoDBStreams Service = "dynamodbstreams"
	ServiceS3              Service = "s3"
	ServiceLambda          Service = "lambda"
	ServiceAPIGateway      Service = "apigateway"
	ServiceLogs            Service = "logs"
	ServiceCloudWatch      Service = "cloudwatch"
	ServiceIAM             Service = "iam"
	ServiceSTS             Service = "sts"
)

// Title is the service's name in the console.
func (s Service) Title() string {
	switch s {
	case ServiceDynamoDB:
		return "DynamoDB"
	case ServiceDynamoDBStreams:
		return "DynamoDB Streams"
	case ServiceS3:
		return "S3"
	case ServiceLambda:
		return "Lambda"
	case ServiceAPIGateway:
		return "API Gateway"
	case ServiceLogs:
		return "CloudWatch Logs"
	case ServiceCloudWatch:
		return "CloudWatch"
	case ServiceIAM:
		return "IAM"
	case ServiceSTS:
		return "STS"
	}
	return string(s)
}

// Access tells reading operations from writing ones. What writes depends on the
// input with some: ask Operation.Changes.
type Access bool

// Reads leaves everything as it was; Writes does not.
const (
	Reads  Access = false
	Writes Access = true
)

// Operation is one row of the operation table.
type Operation struct {
	Service Service
	Name    string // as AWS names it, "PutItem"
	Access  Access
	In, Out reflect.Type
	call    func(context.Context, Cloud, any) (any, error)
	reads   func(in any) bool // of one that writes: with what it only reads; nil for never
}

// Changes reports whether the operation may change something when it is called with
// an input: it writes, and not only with other inputs.
func (o Operation) Changes(in any) bool {
	return o.Access == Writes && (o.reads == nil || !o.reads(in))
}

// Call runs the operation on a Cloud; in must be of type In.
func (o Operation) Call(ctx context.Context, cloud Cloud, in any) (any, error) {
	return o.call(ctx, cloud, in)
}

// String is "dynamodb:PutItem", as policies name it.
func (o Operation) String() string { return string(o.Service) + ":" + o.Name }

// picker takes a service out of a Cloud, as its interface.
type picker[S any] struct {
	service Service
	of      func(Cloud) S
}

func operation[S, In, Out any](p picker[S], name string, access Access, method func(S, context.Context, In) (Out, error)) Operation {
	return Operation{
		Service: p.service, Name: name, Access: access,
		In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		call: func(ctx context.Context, cloud Cloud, in any) (any, error) {
			typed, ok := in.(In)
			if !ok {
				return nil, fmt.Errorf("%s takes %v, not %T", name, reflect.TypeFor[In](), in)
			}
			return method(p.of(cloud), ctx, typed)
		},
	}
}

// unless is an operation that writes, but not with some inputs.
func unless[In any](o Operation, reads func(In) bool) Operation {
	o.reads = func(in any) bool {
		typed, ok := in.(In)
		return ok && reads(typed)
	}
	return o
}

// Operations is the one table of everything a Cloud can do, in AWS's order by
// service. The wire server, the trail, read-only mode, the equivalent CLI
// command and the contract suite read it; there is no second list.
func Operations() []Operation {
	dynamodb := picker[DynamoDB]{ServiceDynamoDB, func(c Cloud) DynamoDB { return c.DynamoDB }}
	streams := picker[DynamoDBStreams]{ServiceDynamoDBStreams, func(c Cloud) DynamoDBStreams { return c.DynamoDBStreams }}
	s3 := picker[S3]{ServiceS3, func(c Cloud) S3 { return c.S3 }}
	lambda := picker[Lambda]{ServiceLambda, func(c Cloud) Lambda { return c.Lambda }}
	apigateway := picker[APIGateway]{ServiceAPIGateway, func(c Cloud) APIGateway { return c.APIGateway }}
	logs := picker[Logs]{ServiceLogs, func(c Cloud) Logs { return c.Logs }}
	cloudwatch := picker[CloudWatch]{ServiceCloudWatch, func(c Cloud) CloudWatch { return c.CloudWatch }}
	iam := picker[IAM]{ServiceIAM, func(c Cloud) IAM { return c.IAM }}
	sts := picker[STS]{ServiceSTS, func(c Cloud) STS { return c.STS }}
	return []Operation{
		operation(dynamodb, "CreateTable", Writes, DynamoDB.CreateTable),
		operation(dynamodb, "DescribeTable", Reads, DynamoDB.DescribeTable),
		operation(dynamodb, "ListTables", Reads, DynamoDB.ListTables),
		operation(dynamodb, "UpdateTable", Writes, DynamoDB.UpdateTable),
		operation(dynamodb, "DeleteTable", Writes, DynamoDB.DeleteTable),
		operation(dynamodb, "PutItem", Writes, DynamoDB.PutItem),
		operation(dynamodb, "GetItem", Reads, DynamoDB.GetItem),
		operation(dynamodb, "UpdateItem", Writes, DynamoDB.UpdateItem),
		operation(dynamodb, "DeleteItem", Writes, DynamoDB.DeleteItem),
		operation(dynamodb, "Query", Reads, DynamoDB.Query),
		operation(dynamodb, "Scan", Reads, DynamoDB.Scan),
		operation(dynamodb, "BatchGetItem", Reads, DynamoDB.BatchGetItem),
		operation(dynamodb, "BatchWriteItem", Writes, DynamoDB.BatchWriteItem),
		operation(dynamodb, "TransactGetItems", Reads, DynamoDB.TransactGetItems),
		operation(dynamodb, "TransactWriteItems", Writes, DynamoDB.TransactWriteItems),
		unless(operation(dynamodb, "ExecuteStatement", Writes, DynamoDB.ExecuteStatement), ExecuteStatementInput.reads),
		unless(operation(dynamodb, "BatchExecuteStatement", Writes, DynamoDB.BatchExecuteStatement), BatchExecuteStatementInput.reads),
		unless(operation(dynamodb, "ExecuteTransaction", Writes, DynamoDB.ExecuteTransaction), ExecuteTransactionInput.reads),
		operation(dynamodb, "UpdateTimeToLive", Writes, DynamoDB.UpdateTimeToLive),
		operation(dynamodb, "DescribeTimeToLive", Reads, DynamoDB.DescribeTimeToLive),
		operation(dynamodb, "TagResource", Writes, DynamoDB.TagResource),
		operation(dynamodb, "UntagResource", Writes, DynamoDB.UntagResource),
		operation(dynamodb, "ListTagsOfResource", Reads, DynamoDB.ListTagsOfResource),
		operation(dynamodb, "DescribeLimits", Reads, DynamoDB.DescribeLimits),
		operation(dynamodb, "DescribeEndpoints", Reads, DynamoDB.DescribeEndpoints),
		operation(dynamodb, "DescribeContinuousBackups", Reads, DynamoDB.DescribeContinuousBackups),
		operation(streams, "ListStreams", Reads, DynamoDBStreams.ListStreams),
		operation(streams, "DescribeStream", Reads, DynamoDBStreams.DescribeStream),
		operation(streams, "GetShardIterator", Reads, DynamoDBStreams.GetShardIterator),
		operation(streams, "GetRecords", Reads, DynamoDBStreams.GetRecords),
		operation(s3, "CreateBucket", Writes, S3.CreateBucket),
		operation(s3, "DeleteBucket", Writes, S3.DeleteBucket),
		operation(s3, "HeadBucket", Reads, S3.HeadBucket),
		operation(s3, "ListBuckets", Reads, S3.ListBuckets),
		operation(s3, "GetBucketLocation", Reads, S3.GetBucketLocation),
		operation(s3, "PutObject", Writes, S3.PutObject),
		operation(s3, "GetObject", Reads, S3.GetObject),
		operation(s3, "HeadObject", Reads, S3.HeadObject),
		operation(s3, "GetObjectAttributes", Reads, S3.GetObjectAttributes),
		operation(s3, "CopyObject", Writes, S3.CopyObject),
		operation(s3, "DeleteObject", Writes, S3.DeleteObject),
		operation(s3, "DeleteObjects", Writes, S3.DeleteObjects),
		operation(s3, "ListObjectsV2", Reads, S3.ListObjectsV2),
		operation(s3, "CreateMultipartUpload", Writes, S3.CreateMultipartUpload),
		operation(s3, "UploadPart", Writes, S3.UploadPart),
		operation(s3, "UploadPartCopy", Writes, S3.UploadPartCopy),
		operation(s3, "CompleteMultipartUpload", Writes, S3.CompleteMultipartUpload),
		operation(s3, "AbortMultipartUpload", Writes, S3.AbortMultipartUpload),
		operation(s3, "ListParts", Reads, S3.ListParts),
		operation(s3, "ListMultipartUploads", Reads, S3.ListMultipartUploads),
		operation(s3, "PutBucketTagging", Writes, S3.PutBucketTagging),
		operation(s3, "GetBucketTagging", Reads, S3.GetBucketTagging),
		operation(s3, "DeleteBucketTagging", Writes, S3.DeleteBucketTagging),
		operation(s3, "PutObjectTagging", Writes, S3.PutObjectTagging),
		operation(s3, "GetObjectTagging", Reads, S3.GetObjectTagging),
		operation(s3, "DeleteObjectTagging", Writes, S3.DeleteObjectTagging),
		operation(s3, "PutBucketVersioning", Writes, S3.PutBucketVersioning),
		operation(s3, "GetBucketVersioning", Reads, S3.GetBucketVersioning),
		operation(s3, "ListObjectVersions", Reads, S3.ListObjectVersions),
		operation(s3, "GetBucketNotificationConfiguration", Reads, S3.GetBucketNotificationConfiguration),
		operation(s3, "PutBucketNotificationConfiguration", Writes, S3.PutBucketNotificationConfiguration),
		operation(s3, "GetBucketPolicy", Reads, S3.GetBucketPolicy),
		operation(s3, "PutBucketPolicy", Writes, S3.PutBucketPolicy),
		operation(s3, "DeleteBucketPolicy", Writes, S3.DeleteBucketPolicy),
		operation(s3, "GetBucketPolicyStatus", Reads, S3.GetBucketPolicyStatus),
		operation(s3, "GetBucketAcl", Reads, S3.GetBucketAcl),
		operation(s3, "GetObjectAcl", Reads, S3.GetObjectAcl),
		operation(s3, "GetBucketEncryption", Reads, S3.GetBucketEncryption),
		operation(s3, "GetBucketOwnershipControls", Reads, S3.GetBucketOwnershipControls),
		operation(s3, "GetPublicAccessBlock", Reads, S3.GetPublicAccessBlock),
		operation(lambda, "CreateFunction", Writes, Lambda.CreateFunction),
		operation(lambda, "GetFunction", Reads, Lambda.GetFunction),
		operation(lambda, "GetFunctionConfiguration", Reads, Lambda.GetFunctionConfiguration),
		operation(lambda, "ListFunctions", Reads, Lambda.ListFunctions),
		operation(lambda, "UpdateFunctionCode", Writes, Lambda.UpdateFunctionCode),
		operation(lambda, "UpdateFunctionConfiguration", Writes, Lambda.UpdateFunctionConfiguration),
		operation(lambda, "DeleteFunction", Writes, Lambda.DeleteFunction),
		operation(lambda, "Invoke", Writes, Lambda.Invoke),
		operation(lambda, "AddPermission", Writes, Lambda.AddPermission),
		operation(lambda, "RemovePermission", Writes, Lambda.RemovePermission),
		operation(lambda, "GetPolicy", Reads, Lambda.GetPolicy),
		operation(lambda, "PutFunctionConcurrency", Writes, Lambda.PutFunctionConcurrency),
		operation(lambda, "GetFunctionConcurrency", Reads, Lambda.GetFunctionConcurrency),
		operation(lambda, "DeleteFunctionConcurrency", Writes, Lambda.DeleteFunctionConcurrency),
		operation(lambda, "PutFunctionEventInvokeConfig", Writes, Lambda.PutFunctionEventInvokeConfig),
		operation(lambda, "GetFunctionEventInvokeConfig", Reads, Lambda.GetFunctionEventInvokeConfig),
		operation(lambda, "DeleteFunctionEventInvokeConfig", Writes, Lambda.DeleteFunctionEventInvokeConfig),
		operation(lambda, "PutFunctionRecursionConfig", Writes, Lambda.PutFunctionRecursionConfig),
		operation(lambda, "GetFunctionRecursionConfig", Reads, Lambda.GetFunctionRecursionConfig),
		operation(lambda, "ListTags", Reads, Lambda.ListTags),
		operation(lambda, "TagResource", Writes, Lambda.TagResource),
		operation(lambda, "UntagResource", Writes, Lambda.UntagResource),
		operation(lambda, "GetAccountSettings", Reads, Lambda.GetAccountSettings),
		operation(apigateway, "CreateRestApi", Writes, APIGateway.CreateRestApi),
		operation(apigateway, "GetRestApi", Reads, APIGateway.GetRestApi),
		operation(apigateway, "GetRestApis", Reads, APIGateway.GetRestApis),
		operation(apigateway, "DeleteRestApi", Writes, APIGateway.DeleteRestApi),
		operation(apigateway, "CreateResource", Writes, APIGateway.CreateResource),
		operation(apigateway, "GetResource", Reads, APIGateway.GetResource),
		operation(apigateway, "GetResources", Reads, APIGateway.GetResources),
		operation(apigateway, "DeleteResource", Writes, APIGateway.DeleteResource),
		operation(apigateway, "PutMethod", Writes, APIGateway.PutMethod),
		operation(apigateway, "GetMethod", Reads, APIGateway.GetMethod),
		operation(apigateway, "DeleteMethod", Writes, APIGateway.DeleteMethod),
		operation(apigateway, "PutMethodResponse", Writes, APIGateway.PutMethodResponse),
		operation(apigateway, "PutIntegration", Writes, APIGateway.PutIntegration),
		operation(apigateway, "GetIntegration", Reads, APIGateway.GetIntegration),
		operation(apigateway, "DeleteIntegration", Writes, APIGateway.DeleteIntegration),
		operation(apigateway, "PutIntegrationResponse", Writes, APIGateway.PutIntegrationResponse),
		operation(apigateway, "CreateDeployment", Writes, APIGateway.CreateDeployment),
		operation(apigateway, "GetDeployment", Reads, APIGateway.GetDeployment),
		operation(apigateway, "GetDeployments", Reads, APIGateway.GetDeployments),
		operation(apigateway, "DeleteDeployment", Writes, APIGateway.DeleteDeployment),
		operation(apigateway, "CreateStage", Writes, APIGateway.CreateStage),
		operation(apigateway, "GetStage", Reads, APIGateway.GetStage),
		operation(apigateway, "GetStages", Reads, APIGateway.GetStages),
		operation(apigateway, "UpdateStage", Writes, APIGateway.UpdateStage),
		operation(apigateway, "DeleteStage", Writes, APIGateway.DeleteStage),
		operation(apigateway, "GetTags", Reads, APIGateway.GetTags),
		operation(apigateway, "TagResource", Writes, APIGateway.TagResource),
		operation(apigateway, "UntagResource", Writes, APIGateway.UntagResource),
		operation(apigateway, "TestInvokeMethod", Writes, APIGateway.TestInvokeMethod),
		operation(logs, "CreateLogGroup", Writes, Logs.CreateLogGroup),
		operation(logs, "DeleteLogGroup", Writes, Logs.DeleteLogGroup),
		operation(logs, "DescribeLogGroups", Reads, Logs.DescribeLogGroups),
		operation(logs, "PutRetentionPolicy", Writes, Logs.PutRetentionPolicy),
		operation(logs, "DeleteRetentionPolicy", Writes, Logs.DeleteRetentionPolicy),
		operation(logs, "ListTagsForResource", Reads, Logs.ListTagsForResource),
		operation(logs, "TagResource", Writes, Logs.TagResource),
		operation(logs, "UntagResource", Writes, Logs.UntagResource),
		operation(logs, "CreateLogStream", Writes, Logs.CreateLogStream),
		operation(logs, "DeleteLogStream", Writes, Logs.DeleteLogStream),
		operation(logs, "DescribeLogStreams", Reads, Logs.DescribeLogStreams),
		operation(logs, "PutLogEvents", Writes, Logs.PutLogEvents),
		operation(logs, "GetLogEvents", Reads, Logs.GetLogEvents),
		operation(logs, "FilterLogEvents", Reads, Logs.FilterLogEvents),
		operation(cloudwatch, "GetMetricData", Reads, CloudWatch.GetMetricData),
		operation(cloudwatch, "GetMetricStatistics", Reads, CloudWatch.GetMetricStatistics),
		operation(cloudwatch, "ListMetrics", Reads, CloudWatch.ListMetrics),
		operation(cloudwatch, "PutMetricData", Writes, CloudWatch.PutMetricData),
		operation(iam, "CreateRole", Writes, IAM.CreateRole),
		operation(iam, "GetRole", Reads, IAM.GetRole),
		operation(iam, "ListRoles", Reads, IAM.ListRoles),
		operation(iam, "DeleteRole", Writes, IAM.DeleteRole),
		operation(iam, "AttachRolePolicy", Writes, IAM.AttachRolePolicy),
		operation(iam, "DetachRolePolicy", Writes, IAM.DetachRolePolicy),
		operation(iam, "ListAttachedRolePolicies", Reads, IAM.ListAttachedRolePolicies),
		operation(iam, "PutRolePolicy", Writes, IAM.PutRolePolicy),
		operation(iam, "GetRolePolicy", Reads, IAM.GetRolePolicy),
		operation(iam, "DeleteRolePolicy", Writes, IAM.DeleteRolePolicy),
		operation(iam, "ListRolePolicies", Reads, IAM.ListRolePolicies),
		operation(iam, "ListPolicies", Reads, IAM.ListPolicies),
		operation(iam, "GetPolicy", Reads, IAM.GetPolicy),
		operation(iam, "GetPolicyVersion", Reads, IAM.GetPolicyVersion),
		operation(iam, "CreatePolicy", Writes, IAM.CreatePolicy),
		operation(iam, "DeletePolicy", Writes, IAM.DeletePolicy),
		operation(iam, "ListRoleTags", Reads, IAM.ListRoleTags),
		operation(iam, "TagRole", Writes, IAM.TagRole),
		operation(iam, "UntagRole", Writes, IAM.UntagRole),
		operation(iam, "ListPolicyTags", Reads, IAM.ListPolicyTags),
		operation(iam, "TagPolicy", Writes, IAM.TagPolicy),
		operation(iam, "UntagPolicy", Writes, IAM.UntagPolicy),
		operation(sts, "GetCallerIdentity", Reads, STS.GetCallerIdentity),
	}
}

// OperationNamed finds an operation by its service and name.
func OperationNamed(service Service, name string) (Operation, bool) {
	for _, op := range Operations() {
		if op.Service == service && op.Name == name {
			return op, true
		}
	}
	return Operation{}, false
}
