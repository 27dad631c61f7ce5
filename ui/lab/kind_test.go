package lab_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/lab"
)

// try fails the test on an error.
func try[Out any](t *testing.T) func(Out, error) Out {
	return func(out Out, err error) Out {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

func (w *world) function(name string) {
	w.t.Helper()
	try[aws.CreateFunctionOutput](w.t)(w.trail.Cloud().Lambda.CreateFunction(w.t.Context(), aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.14", Handler: "a.b", Code: aws.FunctionCode{ZipFile: zipped(w.t, "a.py", "")},
		Role: "arn:aws:iam::" + w.below.Place.AccountID + ":role/lambda-execution-role",
	}))
}

// trigger has a bucket's new objects set a function off.
func (w *world) trigger(bucket, function string) {
	w.t.Helper()
	cloud, ctx := w.trail.Cloud(), w.t.Context()
	try[aws.AddPermissionOutput](w.t)(cloud.Lambda.AddPermission(ctx, aws.AddPermissionInput{
		FunctionName: function, StatementID: "s3-" + bucket, Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::" + bucket, SourceAccount: w.below.Place.AccountID,
	}))
	out := try[aws.GetBucketNotificationConfigurationOutput](w.t)(cloud.S3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket}))
	now := out.NotificationConfiguration
	now.LambdaFunctionConfigurations = append(now.LambdaFunctionConfigurations, aws.LambdaFunctionConfiguration{
		LambdaFunctionArn: fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", w.below.Place.Region, w.below.Place.AccountID, function),
		Events:            []aws.EventType{aws.EventObjectCreatedCopy}, Filter: &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: []aws.FilterRule{{Name: "prefix", Value: function}}}},
	})
	try[aws.PutBucketNotificationConfigurationOutput](w.t)(cloud.S3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{
		Bucket: bucket, NotificationConfiguration: now,
	}))
}

func (w *world) group(name string) {
	w.t.Helper()
	try[aws.CreateLogGroupOutput](w.t)(w.below.Logs.CreateLogGroup(w.t.Context(), aws.CreateLogGroupInput{LogGroupName: name}))
}

// left lists all that there is.
func (w *world) left() string {
	w.t.Helper()
	ctx := w.t.Context()
	var all []string
	for _, b := range try[aws.ListBucketsOutput](w.t)(w.below.S3.ListBuckets(ctx, aws.ListBucketsInput{})).Buckets {
		all = append(all, "bucket "+b.Name)
	}
	for _, f := range try[aws.ListFunctionsOutput](w.t)(w.below.Lambda.ListFunctions(ctx, aws.ListFunctionsInput{})).Functions {
		all = append(all, "function "+f.FunctionName)
	}
	for _, g := range try[aws.DescribeLogGroupsOutput](w.t)(w.below.Logs.DescribeLogGroups(ctx, aws.DescribeLogGroupsInput{})).LogGroups {
		all = append(all, "group "+g.LogGroupName)
	}
	for _, r := range try[aws.ListRolesOutput](w.t)(w.below.IAM.ListRoles(ctx, aws.ListRolesInput{})).Roles {
		all = append(all, "role "+r.RoleName)
	}
	return strings.Join(all, ", ")
}

// paged is an S3 with two versions of objects a page.
type paged struct{ aws.S3 }

func (p paged) ListObjectVersions(ctx context.Context, in aws.ListObjectVersionsInput) (aws.ListObjectVersionsOutput, error) {
	in.MaxKeys = aws.Some(2)
	return p.S3.ListObjectVersions(ctx, in)
}

func told(results []lab.Result) []string {
	out := make([]string, len(results))
	for i, r := range results {
		out[i] = r.String()
	}
	return out
}

func TestEndDeletesBucketsFunctionsAndRoles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	pictures := parseLab(t, pictureLab)
	newDesk(t, w, lab.NewLibrary(pictures))
	w.bucket("mine")
	w.function("Mine")
	w.group("/aws/lambda/Mine")
	before := w.left()

	w.store.Begin(pictures)
	ctx := t.Context()
	w.bucket("image-1")
	for i := range 5 { // more than a page
		try[aws.PutObjectOutput](t)(w.below.S3.PutObject(ctx, aws.PutObjectInput{Bucket: "image-1", Key: fmt.Sprint(i)}))
	}
	// From now on it keeps versions: of one object an older one, and one that is deleted.
	try[aws.PutBucketVersioningOutput](t)(w.below.S3.PutBucketVersioning(ctx, aws.PutBucketVersioningInput{
		Bucket: "image-1", VersioningConfiguration: aws.VersioningConfiguration{Status: "Enabled"},
	}))
	try[aws.PutObjectOutput](t)(w.below.S3.PutObject(ctx, aws.PutObjectInput{Bucket: "image-1", Key: "0"}))
	try[aws.DeleteObjectOutput](t)(w.below.S3.DeleteObject(ctx, aws.DeleteObjectInput{Bucket: "image-1", Key: "1"}))
	const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	const rights = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	iam := w.trail.Cloud().IAM
	try[aws.CreateRoleOutput](t)(iam.CreateRole(ctx, aws.CreateRoleInput{RoleName: "R", AssumeRolePolicyDocument: trust}))
	policy := try[aws.CreatePolicyOutput](t)(iam.CreatePolicy(ctx, aws.CreatePolicyInput{PolicyName: "P", PolicyDocument: rights}))
	try[aws.AttachRolePolicyOutput](t)(iam.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: policy.Policy.Arn}))
	try[aws.PutRolePolicyOutput](t)(iam.PutRolePolicy(ctx, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "own", PolicyDocument: rights}))
	w.function("F")
	w.trigger("mine", "Mine")
	w.trigger("mine", "F")
	w.trigger("image-1", "F")
	w.group("/aws/lambda/F")

	left := try[[]lab.Resource](t)(lab.Remaining(ctx, w.below, w.store, pictures))
	if len(left) != 5 {
		t.Errorf("remaining: %v", left)
	}
	cloud := w.trail.Cloud()
	cloud.S3 = paged{cloud.S3}
	results := try[[]lab.Result](t)(lab.End(ctx, cloud, w.store, pictures))
	if want := []string{
		"✓ Lambda function F: deleted", "✓ S3 bucket image-1: deleted", "✓ IAM role R: deleted", "✓ IAM policy /P: deleted", "✓ Log group /aws/lambda/F: deleted",
	}; !slices.Equal(told(results), want) {
		t.Errorf("ended: %q", told(results))
	}
	if now := w.left(); now != before {
		t.Errorf("left: %s\nbefore: %s", now, before)
	}
	out := try[aws.GetBucketNotificationConfigurationOutput](t)(w.below.S3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: "mine"}))
	if n := out.LambdaFunctionConfigurations; len(n) != 1 || !strings.HasSuffix(n[0].LambdaFunctionArn, ":Mine") {
		t.Errorf("the notifications of a bucket that stays: %+v", n)
	}
	if again := try[[]lab.Result](t)(lab.End(ctx, w.trail.Cloud(), w.store, pictures)); len(again) != 0 {
		t.Errorf("ended again: %q", told(again))
	}
}

// askedLater is a store in which everything was asked for later.
func askedLater(t *testing.T, w *world, by time.Duration) *lab.Store {
	t.Helper()
	file := filepath.Join(w.dir, lab.ProgressFile)
	body := try[[]byte](t)(os.ReadFile(file))
	var state struct {
		Schema int                      `json:"schema"`
		Active string                   `json:"active"`
		Labs   map[string]*lab.Progress `json:"labs"`
	}
	if err := json.Unmarshal(body, &state); err != nil {
		t.Fatal(err)
	}
	for _, progress := range state.Labs {
		for i := range progress.Resources {
			progress.Resources[i].Asked = progress.Resources[i].Asked.Add(by)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lab.ProgressFile), try[[]byte](t)(json.Marshal(state)), 0o600); err != nil {
		t.Fatal(err)
	}
	return openStore(t, dir)
}

func TestEndLeavesOlderLogGroupsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	pictures := parseLab(t, pictureLab)
	newDesk(t, w, lab.NewLibrary(pictures))
	w.group("/aws/lambda/F")
	w.group("/aws/lambda/F-and-more")
	w.store.Begin(pictures)
	w.function("F")
	if r := w.store.Progress("pictures").Resources; len(r) != 2 {
		t.Fatalf("written down: %v", r)
	}
	later := askedLater(t, w, 2*time.Hour)
	results := try[[]lab.Result](t)(lab.End(t.Context(), w.trail.Cloud(), later, pictures))
	if want := "– Log group /aws/lambda/F: left alone: it was there before the lab"; !slices.Contains(told(results), want) {
		t.Errorf("ended: %q", told(results))
	}
}

func TestAFunctionMadeTwiceIsWrittenDownOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	pictures := parseLab(t, pictureLab)
	newDesk(t, w, lab.NewLibrary(pictures))
	w.store.Begin(pictures)
	for range 2 {
		w.function("F")
		try[aws.DeleteFunctionOutput](t)(w.trail.Cloud().Lambda.DeleteFunction(t.Context(), aws.DeleteFunctionInput{FunctionName: "F"}))
	}
	if r := w.store.Progress("pictures").Resources; len(r) != 2 { // and its log group
		t.Errorf("written down: %v", r)
	}
	w.bucket("image-1")
	_, err := w.trail.Cloud().S3.CreateBucket(t.Context(), aws.CreateBucketInput{
		Bucket: "image-1", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: w.below.Place.Region},
	})
	if !errors.Is(err, aws.ErrInUse) {
		t.Fatal(err)
	}
	if r := w.store.Progress("pictures").Resources; len(r) != 3 {
		t.Errorf("a refused call has changed what is written down: %v", r)
	}
}
