package lab_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"awslab/aws"
	"awslab/ui/lab"
)

// TestWhatALabMakesIsTagged: in an account everything that is created while a lab is
// active bears its tag beside its own; nothing does at other times, or in a sandbox.
func TestWhatALabMakesIsTagged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, active string
		kind         aws.Kind
		want         string // of the lab's tag
	}{
		{"in a lab on an account", "music", aws.Account, "music"},
		{"without a lab", "", aws.Account, ""},
		{"on a sandbox", "music", aws.Sandbox, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, 0)
			w.below.Place.Kind = c.kind
			w.make(lab.Tagging(w.below, func() string { return c.active }))
			for what, tags := range w.tags() {
				if tags["mine"] != "kept" || tags[lab.TagKey] != c.want {
					t.Errorf("%s has the tags %v", what, tags)
				}
			}
		})
	}
}

// make creates one of each kind.
func (w *world) make(cloud aws.Cloud) {
	w.t.Helper()
	ctx, mine, list := w.t.Context(), map[string]string{"mine": "kept"}, []aws.Tag{{Key: "mine", Value: "kept"}}
	try[aws.CreateTableOutput](w.t)(cloud.DynamoDB.CreateTable(ctx, aws.CreateTableInput{
		TableName: "Music", BillingMode: aws.BillingPayPerRequest, Tags: list,
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
	}))
	try[aws.CreateBucketOutput](w.t)(cloud.S3.CreateBucket(ctx, aws.CreateBucketInput{
		Bucket: "image-1", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: cloud.Place.Region, Tags: list},
	}))
	try[aws.CreateRestApiOutput](w.t)(cloud.APIGateway.CreateRestApi(ctx, aws.CreateRestApiInput{Name: "FAQ-API", Tags: mine}))
	try[aws.CreateLogGroupOutput](w.t)(cloud.Logs.CreateLogGroup(ctx, aws.CreateLogGroupInput{LogGroupName: "mine", Tags: mine}))
	const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	role := try[aws.CreateRoleOutput](w.t)(cloud.IAM.CreateRole(ctx, aws.CreateRoleInput{RoleName: "worker", AssumeRolePolicyDocument: trust, Tags: list}))
	const nothing = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`
	try[aws.CreatePolicyOutput](w.t)(cloud.IAM.CreatePolicy(ctx, aws.CreatePolicyInput{PolicyName: "nothing", PolicyDocument: nothing, Tags: list}))
	try[aws.CreateFunctionOutput](w.t)(cloud.Lambda.CreateFunction(ctx, aws.CreateFunctionInput{
		FunctionName: "work", Runtime: "nodejs22.x", Handler: "index.handler", Role: role.Role.Arn, Tags: mine,
		Code: aws.FunctionCode{ZipFile: zipped(w.t, "index.mjs", "export const handler = async () => 1;")},
	}))
}

// tags are those of what make has created.
func (w *world) tags() map[string]map[string]string {
	w.t.Helper()
	ctx, cloud := w.t.Context(), w.below
	arn := func(rest string) string { return "arn:aws:" + rest }
	place := cloud.Place.Region + ":" + cloud.Place.AccountID
	api := try[aws.GetRestApisOutput](w.t)(cloud.APIGateway.GetRestApis(ctx, aws.GetRestApisInput{})).Items[0]
	return map[string]map[string]string{
		"the table":     listed(try[aws.ListTagsOfResourceOutput](w.t)(cloud.DynamoDB.ListTagsOfResource(ctx, aws.ListTagsOfResourceInput{ResourceArn: arn("dynamodb:" + place + ":table/Music")})).Tags),
		"the bucket":    listed(try[aws.GetBucketTaggingOutput](w.t)(cloud.S3.GetBucketTagging(ctx, aws.GetBucketTaggingInput{Bucket: "image-1"})).TagSet),
		"the API":       api.Tags,
		"the log group": try[aws.ListTagsForResourceOutput](w.t)(cloud.Logs.ListTagsForResource(ctx, aws.ListTagsForResourceInput{ResourceArn: arn("logs:" + place + ":log-group:mine")})).Tags,
		"the role":      listed(try[aws.ListRoleTagsOutput](w.t)(cloud.IAM.ListRoleTags(ctx, aws.ListRoleTagsInput{RoleName: "worker"})).Tags),
		"the policy":    listed(try[aws.ListPolicyTagsOutput](w.t)(cloud.IAM.ListPolicyTags(ctx, aws.ListPolicyTagsInput{PolicyArn: arn("iam::" + cloud.Place.AccountID + ":policy/nothing")})).Tags),
		"the function":  try[aws.ListTagsOutput](w.t)(cloud.Lambda.ListTags(ctx, aws.ListTagsInput{Resource: arn("lambda:" + place + ":function:work")})).Tags,
	}
}

// zipped is a package of one file.
func zipped(t *testing.T, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	file, err := archive.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func listed(tags []aws.Tag) map[string]string {
	out := make(map[string]string, len(tags))
	for _, tag := range tags {
		out[tag.Key] = tag.Value
	}
	return out
}
