package sdk

import (
	"context"
	"fmt"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// operation is a method of one of the SDK's clients.
type operation struct {
	in, out reflect.Type // structs of the SDK's
	// call takes and gives pointers to them. A region that is not "" is asked instead
	// of the account's; only S3 can be.
	call func(ctx context.Context, in any, region string) (any, error)
}

// operations are a service's, by the names that AWS gives them. They are written
// out although the names alone would find them: of a client whose methods are found
// by name, the linker keeps all, and most are never called.
type operations map[string]operation

// method makes an operation of a client's method.
func method[In, Out, Options any](call func(context.Context, *In, ...func(*Options)) (*Out, error)) operation {
	return operationOf(func(ctx context.Context, in *In, _ string) (*Out, error) { return call(ctx, in) })
}

// located makes an operation of a method of S3.
func located[In, Out any](call func(context.Context, *In, ...func(*s3.Options)) (*Out, error)) operation {
	return operationOf(func(ctx context.Context, in *In, region string) (*Out, error) { return call(ctx, in, askIn(region)) })
}

// askIn has a client of S3 ask in a region; in the account's for "".
func askIn(region string) func(*s3.Options) {
	return func(o *s3.Options) {
		if region != "" {
			o.Region = region
		}
	}
}

func operationOf[In, Out any](call func(context.Context, *In, string) (*Out, error)) operation {
	return operation{
		in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
		call: func(ctx context.Context, in any, region string) (any, error) {
			input, ok := in.(*In)
			if !ok {
				return nil, fmt.Errorf("the input is %T, not %T", in, input)
			}
			return call(ctx, input, region)
		},
	}
}

func dynamodbOperations(c *dynamodb.Client) operations {
	return operations{
		"CreateTable":               method(c.CreateTable),
		"DescribeTable":             method(c.DescribeTable),
		"ListTables":                method(c.ListTables),
		"UpdateTable":               method(c.UpdateTable),
		"DeleteTable":               method(c.DeleteTable),
		"PutItem":                   method(c.PutItem),
		"GetItem":                   method(c.GetItem),
		"UpdateItem":                method(c.UpdateItem),
		"DeleteItem":                method(c.DeleteItem),
		"Query":                     method(c.Query),
		"Scan":                      method(c.Scan),
		"BatchGetItem":              method(c.BatchGetItem),
		"BatchWriteItem":            method(c.BatchWriteItem),
		"TransactGetItems":          method(c.TransactGetItems),
		"TransactWriteItems":        method(c.TransactWriteItems),
		"ExecuteStatement":          method(c.ExecuteStatement),
		"BatchExecuteStatement":     method(c.BatchExecuteStatement),
		"ExecuteTransaction":        method(c.ExecuteTransaction),
		"UpdateTimeToLive":          method(c.UpdateTimeToLive),
		"DescribeTimeToLive":        method(c.DescribeTimeToLive),
		"TagResource":               method(c.TagResource),
		"UntagResource":             method(c.UntagResource),
		"ListTagsOfResource":        method(c.ListTagsOfResource),
		"DescribeLimits":            method(c.DescribeLimits),
		"DescribeEndpoints":         method(c.DescribeEndpoints),
		"DescribeContinuousBackups": method(c.DescribeContinuousBackups),
	}
}

func streamsOperations(c *dynamodbstreams.Client) operations {
	return operations{
		"ListStreams":      method(c.ListStreams),
		"DescribeStream":   method(c.DescribeStream),
		"GetShardIterator": method(c.GetShardIterator),
		"GetRecords":       method(c.GetRecords),
	}
}

func s3Operations(c *s3.Client) operations {
	return operations{
		"CreateBucket":                       located(c.CreateBucket),
		"DeleteBucket":                       located(c.DeleteBucket),
		"HeadBucket":                         located(c.HeadBucket),
		"ListBuckets":                        located(c.ListBuckets),
		"GetBucketLocation":                  located(c.GetBucketLocation),
		"PutObject":                          located(c.PutObject),
		"GetObject":                          located(c.GetObject),
		"HeadObject":                         located(c.HeadObject),
		"GetObjectAttributes":                located(c.GetObjectAttributes),
		"CopyObject":                         located(c.CopyObject),
		"DeleteObject":                       located(c.DeleteObject),
		"DeleteObjects":                      located(c.DeleteObjects),
		"ListObjectsV2":                      located(c.ListObjectsV2),
		"CreateMultipartUpload":              located(c.CreateMultipartUpload),
		"UploadPart":                         located(c.UploadPart),
		"UploadPartCopy":                     located(c.UploadPartCopy),
		"CompleteMultipartUpload":            located(c.CompleteMultipartUpload),
		"AbortMultipartUpload":               located(c.AbortMultipartUpload),
		"ListParts":                          located(c.ListParts),
		"ListMultipartUploads":               located(c.ListMultipartUploads),
		"PutBucketTagging":                   located(c.PutBucketTagging),
		"GetBucketTagging":                   located(c.GetBucketTagging),
		"DeleteBucketTagging":                located(c.DeleteBucketTagging),
		"PutObjectTagging":                   located(c.PutObjectTagging),
		"GetObjectTagging":                   located(c.GetObjectTagging),
		"DeleteObjectTagging":                located(c.DeleteObjectTagging),
		"PutBucketVersioning":                located(c.PutBucketVersioning),
		"GetBucketVersioning":                located(c.GetBucketVersioning),
		"ListObjectVersions":                 located(c.ListObjectVersions),
		"GetBucketNotificationConfiguration": located(c.GetBucketNotificationConfiguration),
		"PutBucketNotificationConfiguration": located(c.PutBucketNotificationConfiguration),
		"GetBucketPolicy":                    located(c.GetBucketPolicy),
		"PutBucketPolicy":                    located(c.PutBucketPolicy),
		"DeleteBucketPolicy":                 located(c.DeleteBucketPolicy),
		"GetBucketPolicyStatus":              located(c.GetBucketPolicyStatus),
		"GetBucketAcl":                       located(c.GetBucketAcl),
		"GetObjectAcl":                       located(c.GetObjectAcl),
		"GetBucketEncryption":                located(c.GetBucketEncryption),
		"GetBucketOwnershipControls":         located(c.GetBucketOwnershipControls),
		"GetPublicAccessBlock":               located(c.GetPublicAccessBlock),
	}
}

func lambdaOperations(c *lambda.Client) operations {
	return operations{
		"CreateFunction":                  method(c.CreateFunction),
		"GetFunction":                     method(c.GetFunction),
		"GetFunctionConfiguration":        method(c.GetFunctionConfiguration),
		"ListFunctions":                   method(c.ListFunctions),
		"UpdateFunctionCode":              method(c.UpdateFunctionCode),
		"UpdateFunctionConfiguration":     method(c.UpdateFunctionConfiguration),
		"DeleteFunction":                  method(c.DeleteFunction),
		"Invoke":                          method(c.Invoke),
		"AddPermission":                   method(c.AddPermission),
		"RemovePermission":                method(c.RemovePermission),
		"GetPolicy":                       method(c.GetPolicy),
		"PutFunctionConcurrency":          method(c.PutFunctionConcurrency),
		"GetFunctionConcurrency":          method(c.GetFunctionConcurrency),
		"DeleteFunctionConcurrency":       method(c.DeleteFunctionConcurrency),
		"PutFunctionEventInvokeConfig":    method(c.PutFunctionEventInvokeConfig),
		"GetFunctionEventInvokeConfig":    method(c.GetFunctionEventInvokeConfig),
		"DeleteFunctionEventInvokeConfig": method(c.DeleteFunctionEventInvokeConfig),
		"PutFunctionRecursionConfig":      method(c.PutFunctionRecursionConfig),
		"GetFunctionRecursionConfig":      method(c.GetFunctionRecursionConfig),
		"GetAccountSettings":              method(c.GetAccountSettings),
		"ListTags":                        method(c.ListTags),
		"TagResource":                     method(c.TagResource),
		"UntagResource":                   method(c.UntagResource),
	}
}

func apigatewayOperations(c *apigateway.Client) operations {
	return operations{
		"CreateRestApi":          method(c.CreateRestApi),
		"GetRestApi":             method(c.GetRestApi),
		"GetRestApis":            method(c.GetRestApis),
		"DeleteRestApi":          method(c.DeleteRestApi),
		"CreateResource":         method(c.CreateResource),
		"GetResource":            method(c.GetResource),
		"GetResources":           method(c.GetResources),
		"DeleteResource":         method(c.DeleteResource),
		"PutMethod":              method(c.PutMethod),
		"GetMethod":              method(c.GetMethod),
		"DeleteMethod":           method(c.DeleteMethod),
		"PutMethodResponse":      method(c.PutMethodResponse),
		"PutIntegration":         method(c.PutIntegration),
		"GetIntegration":         method(c.GetIntegration),
		"DeleteIntegration":      method(c.DeleteIntegration),
		"PutIntegrationResponse": method(c.PutIntegrationResponse),
		"CreateDeployment":       method(c.CreateDeployment),
		"GetDeployment":          method(c.GetDeployment),
		"GetDeployments":         method(c.GetDeployments),
		"DeleteDeployment":       method(c.DeleteDeployment),
		"CreateStage":            method(c.CreateStage),
		"GetStage":               method(c.GetStage),
		"GetStages":              method(c.GetStages),
		"UpdateStage":            method(c.UpdateStage),
		"DeleteStage":            method(c.DeleteStage),
		"TestInvokeMethod":       method(c.TestInvokeMethod),
		"GetTags":                method(c.GetTags),
		"TagResource":            method(c.TagResource),
		"UntagResource":          method(c.UntagResource),
	}
}

func logsOperations(c *cloudwatchlogs.Client) operations {
	return operations{
		"CreateLogGroup":        method(c.CreateLogGroup),
		"DeleteLogGroup":        method(c.DeleteLogGroup),
		"DescribeLogGroups":     method(c.DescribeLogGroups),
		"PutRetentionPolicy":    method(c.PutRetentionPolicy),
		"DeleteRetentionPolicy": method(c.DeleteRetentionPolicy),
		"CreateLogStream":       method(c.CreateLogStream),
		"DeleteLogStream":       method(c.DeleteLogStream),
		"DescribeLogStreams":    method(c.DescribeLogStreams),
		"PutLogEvents":          method(c.PutLogEvents),
		"GetLogEvents":          method(c.GetLogEvents),
		"FilterLogEvents":       method(c.FilterLogEvents),
		"ListTagsForResource":   method(c.ListTagsForResource),
		"TagResource":           method(c.TagResource),
		"UntagResource":         method(c.UntagResource),
	}
}

func cloudwatchOperations(c *cloudwatch.Client) operations {
	return operations{
		"GetMetricData":       method(c.GetMetricData),
		"GetMetricStatistics": method(c.GetMetricStatistics),
		"ListMetrics":         method(c.ListMetrics),
		"PutMetricData":       method(c.PutMetricData),
	}
}

func iamOperations(c *iam.Client) operations {
	return operations{
		"CreateRole":               method(c.CreateRole),
		"GetRole":                  method(c.GetRole),
		"ListRoles":                method(c.ListRoles),
		"DeleteRole":               method(c.DeleteRole),
		"AttachRolePolicy":         method(c.AttachRolePolicy),
		"DetachRolePolicy":         method(c.DetachRolePolicy),
		"ListAttachedRolePolicies": method(c.ListAttachedRolePolicies),
		"PutRolePolicy":            method(c.PutRolePolicy),
		"GetRolePolicy":            method(c.GetRolePolicy),
		"DeleteRolePolicy":         method(c.DeleteRolePolicy),
		"ListRolePolicies":         method(c.ListRolePolicies),
		"ListPolicies":             method(c.ListPolicies),
		"GetPolicy":                method(c.GetPolicy),
		"GetPolicyVersion":         method(c.GetPolicyVersion),
		"CreatePolicy":             method(c.CreatePolicy),
		"DeletePolicy":             method(c.DeletePolicy),
		"ListRoleTags":             method(c.ListRoleTags),
		"TagRole":                  method(c.TagRole),
		"UntagRole":                method(c.UntagRole),
		"ListPolicyTags":           method(c.ListPolicyTags),
		"TagPolicy":                method(c.TagPolicy),
		"UntagPolicy":              method(c.UntagPolicy),
	}
}

func stsOperations(c *sts.Client) operations {
	return operations{
		"GetCallerIdentity": method(c.GetCallerIdentity),
	}
}
