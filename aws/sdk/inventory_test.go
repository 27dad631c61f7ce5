package sdk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// must gives a call's output; an error ends the test.
func must[In, Out any](t *testing.T, call func(context.Context, In) (Out, error), in In) Out {
	t.Helper()
	out, err := call(context.WithoutCancel(t.Context()), in) // at the end of a test, too
	if err != nil {
		t.Fatalf("%T: %v", in, err)
	}
	return out
}

// The tags of what is made beforehand.
var (
	mine  = []aws.Tag{{Key: "of", Value: "mine"}}
	owned = map[string]string{"of": "mine"}
)

// occupy makes things of all kinds, of the names that the contract's tests use.
func occupy(t *testing.T, cloud aws.Cloud, wait func()) {
	t.Helper()
	occupyTables(t, cloud, wait)
	role := must(t, cloud.IAM.CreateRole, aws.CreateRoleInput{RoleName: "function-role", Tags: mine,
		AssumeRolePolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`}).Role
	policy := must(t, cloud.IAM.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Mine", Tags: mine,
		PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::image-abcdef/*"}]}`}).Policy
	must(t, cloud.IAM.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: role.RoleName, PolicyArn: policy.Arn})
	must(t, cloud.IAM.PutRolePolicy, aws.PutRolePolicyInput{RoleName: role.RoleName, PolicyName: "P",
		PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}]}`})
	occupyFunctions(t, cloud, role.Arn)
	occupyBuckets(t, cloud)
	const group, stream = "/aws/lambda/CreateThumbnail", "a"
	must(t, cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: group, Tags: owned})
	must(t, cloud.Logs.CreateLogStream, aws.CreateLogStreamInput{LogGroupName: group, LogStreamName: stream})
	now := must(t, cloud.Logs.DescribeLogGroups, aws.DescribeLogGroupsInput{LogGroupNamePrefix: group}).LogGroups[0].CreationTime
	must(t, cloud.Logs.PutLogEvents, aws.PutLogEventsInput{LogGroupName: group, LogStreamName: stream, LogEvents: []aws.InputLogEvent{{Timestamp: now, Message: "mine"}}})
	api := must(t, cloud.APIGateway.CreateRestApi, aws.CreateRestApiInput{Name: "FAQ-API", Tags: owned}).RestAPI
	root := aws.PutMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", AuthorizationType: aws.AuthorizationNone}
	must(t, cloud.APIGateway.PutMethod, root)
	must(t, cloud.APIGateway.PutIntegration, aws.PutIntegrationInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", Type: aws.IntegrationMock})
	must(t, cloud.APIGateway.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: api.ID, StageName: "dev"})
	for wait(); must(t, cloud.Lambda.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "FAQ"}).State != aws.FunctionActive; {
		wait()
	}
}

func occupyTables(t *testing.T, cloud aws.Cloud, wait func()) {
	t.Helper()
	for _, name := range []string{"Library", "Music", "Table1", "zzz"} {
		must(t, cloud.DynamoDB.CreateTable, aws.CreateTableInput{
			TableName: name, BillingMode: aws.BillingPayPerRequest, Tags: mine,
			AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeS}},
			KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}},
		})
	}
	for must(t, cloud.DynamoDB.DescribeTable, aws.DescribeTableInput{TableName: "Music"}).Table.TableStatus != aws.StatusActive {
		wait()
	}
	must(t, cloud.DynamoDB.PutItem, aws.PutItemInput{TableName: "Music", Item: aws.Item{"ID": aws.S("1"), "Mine": aws.BOOL(true)}})
}

// functionCode is the code of a function, as a zip file.
func functionCode(t *testing.T) []byte {
	t.Helper()
	var code bytes.Buffer
	w := zip.NewWriter(&code)
	file, err := w.Create("lambda_function.py")
	if err == nil {
		_, err = io.WriteString(file, "def lambda_handler(event, context): return 'mine'\n")
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return code.Bytes()
}

func occupyFunctions(t *testing.T, cloud aws.Cloud, role string) {
	t.Helper()
	code := functionCode(t)
	for _, name := range []string{"FAQ", "Echo", "Function-1"} {
		must(t, cloud.Lambda.CreateFunction, aws.CreateFunctionInput{FunctionName: name, Runtime: "python3.13", Handler: "lambda_function.lambda_handler",
			Role: role, Tags: owned, Code: aws.FunctionCode{ZipFile: code}})
	}
	must(t, cloud.Lambda.AddPermission, aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com"})
	must(t, cloud.Lambda.PutFunctionConcurrency, aws.PutFunctionConcurrencyInput{FunctionName: "FAQ", ReservedConcurrentExecutions: 3})
}

func occupyBuckets(t *testing.T, cloud aws.Cloud) {
	t.Helper()
	for _, name := range []string{"b-1", "image-abcdef", "other-bucket"} {
		must(t, cloud.S3.CreateBucket, aws.CreateBucketInput{Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: cloud.Place.Region}})
		must(t, cloud.S3.PutObject, aws.PutObjectInput{Bucket: name, Key: "a key", Body: strings.NewReader("mine")})
	}
	function := must(t, cloud.Lambda.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "FAQ"}).FunctionArn
	must(t, cloud.S3.PutBucketNotificationConfiguration, aws.PutBucketNotificationConfigurationInput{Bucket: "image-abcdef",
		NotificationConfiguration: aws.NotificationConfiguration{LambdaFunctionConfigurations: []aws.LambdaFunctionConfiguration{
			{LambdaFunctionArn: function, Events: []aws.EventType{aws.EventObjectCreated}}}}})
	must(t, cloud.S3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "under way"})
}

// inventory writes down all that there is in an account, byte for byte. What AWS has
// for as long as it likes is not in it: metrics, and the streams of the suite's tables,
// which stay for a day.
func inventory(t *testing.T, cloud aws.Cloud) []string {
	t.Helper()
	var all []string
	add := func(what any, of ...string) {
		t.Helper()
		text, err := json.Marshal(what)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%T of %v: %s", what, of, text))
	}
	addTables(t, cloud.DynamoDB, add)
	streams := must(t, cloud.DynamoDBStreams.ListStreams, aws.ListStreamsInput{})
	streams.Streams = slices.DeleteFunc(streams.Streams, func(s aws.Stream) bool { return strings.HasPrefix(s.TableName, "awslab") })
	add(streams)
	addBuckets(t, cloud.S3, add)
	addFunctions(t, cloud.Lambda, add)
	addRoles(t, cloud.IAM, add)
	addAPIs(t, cloud.APIGateway, add)
	groups := must(t, cloud.Logs.DescribeLogGroups, aws.DescribeLogGroupsInput{})
	add(groups)
	for _, g := range groups.LogGroups {
		add(must(t, cloud.Logs.ListTagsForResource, aws.ListTagsForResourceInput{ResourceArn: g.LogGroupArn}), g.LogGroupName)
		add(must(t, cloud.Logs.DescribeLogStreams, aws.DescribeLogStreamsInput{LogGroupName: g.LogGroupName}), g.LogGroupName)
		add(must(t, cloud.Logs.FilterLogEvents, aws.FilterLogEventsInput{LogGroupName: g.LogGroupName}), g.LogGroupName)
	}
	return all
}

func addTables(t *testing.T, db aws.DynamoDB, add func(any, ...string)) {
	t.Helper()
	tables := must(t, db.ListTables, aws.ListTablesInput{})
	add(tables)
	for _, name := range tables.TableNames {
		table := must(t, db.DescribeTable, aws.DescribeTableInput{TableName: name})
		add(table)
		add(must(t, db.Scan, aws.ScanInput{TableName: name}), name)
		add(must(t, db.ListTagsOfResource, aws.ListTagsOfResourceInput{ResourceArn: table.Table.TableArn}), name)
		add(must(t, db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: name}), name)
	}
}

func addBuckets(t *testing.T, s3 aws.S3, add func(any, ...string)) {
	t.Helper()
	buckets := must(t, s3.ListBuckets, aws.ListBucketsInput{})
	add(buckets)
	for _, b := range buckets.Buckets {
		objects := must(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: b.Name})
		add(objects)
		for _, o := range objects.Contents {
			out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: b.Name, Key: o.Key})
			content, err := io.ReadAll(out.Body)
			if err := errors.Join(err, out.Body.Close()); err != nil {
				t.Fatal(err)
			}
			add(content, b.Name, o.Key)
			add(out.ObjectAttributes, b.Name, o.Key)
		}
		add(must(t, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: b.Name}))
		tags, err := s3.GetBucketTagging(context.WithoutCancel(t.Context()), aws.GetBucketTaggingInput{Bucket: b.Name})
		var none *aws.Error
		if err != nil && (!errors.As(err, &none) || none.Code != "NoSuchTagSet") {
			t.Fatal(err)
		}
		add(tags, b.Name)
		add(must(t, s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: b.Name}), b.Name)
		add(must(t, s3.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: b.Name}), b.Name)
		policy, err := s3.GetBucketPolicy(context.WithoutCancel(t.Context()), aws.GetBucketPolicyInput{Bucket: b.Name})
		if err != nil && !errors.Is(err, aws.ErrNotFound) {
			t.Fatal(err)
		}
		add(policy, b.Name)
	}
}

func addFunctions(t *testing.T, l aws.Lambda, add func(any, ...string)) {
	t.Helper()
	add(must(t, l.GetAccountSettings, aws.GetAccountSettingsInput{}))
	functions := must(t, l.ListFunctions, aws.ListFunctionsInput{})
	add(functions)
	for _, f := range functions.Functions {
		out := must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: f.FunctionName})
		add(out.Configuration)
		add(out.Concurrency, f.FunctionName)
		add(out.Tags, f.FunctionName)
		policy, err := l.GetPolicy(context.WithoutCancel(t.Context()), aws.LambdaGetPolicyInput{FunctionName: f.FunctionName})
		if err != nil && !errors.Is(err, aws.ErrNotFound) {
			t.Fatal(err)
		}
		add(policy, f.FunctionName)
	}
}

func addRoles(t *testing.T, iam aws.IAM, add func(any, ...string)) {
	t.Helper()
	roles := must(t, iam.ListRoles, aws.ListRolesInput{})
	add(roles)
	for _, r := range roles.Roles {
		add(must(t, iam.GetRole, aws.GetRoleInput{RoleName: r.RoleName}))
		add(must(t, iam.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: r.RoleName}), r.RoleName)
		for _, name := range must(t, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: r.RoleName}).PolicyNames {
			add(must(t, iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: r.RoleName, PolicyName: name}))
		}
	}
	policies := must(t, iam.ListPolicies, aws.ListPoliciesInput{})
	add(policies)
	for _, p := range policies.Policies {
		add(must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: p.Arn}))
		add(must(t, iam.GetPolicyVersion, aws.GetPolicyVersionInput{PolicyArn: p.Arn, VersionID: p.DefaultVersionID}), p.Arn)
	}
}

func addAPIs(t *testing.T, g aws.APIGateway, add func(any, ...string)) {
	t.Helper()
	apis := must(t, g.GetRestApis, aws.GetRestApisInput{})
	add(apis)
	for _, api := range apis.Items {
		add(must(t, g.GetResources, aws.GetResourcesInput{RestAPIID: api.ID, Embed: []string{aws.EmbedMethods}}), api.ID)
		add(must(t, g.GetDeployments, aws.GetDeploymentsInput{RestAPIID: api.ID}), api.ID)
		add(must(t, g.GetStages, aws.GetStagesInput{RestAPIID: api.ID}), api.ID)
	}
}
