package local_test

import (
	"bytes"
	"image"
	_ "image/jpeg" // thumbnails are JPEG
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
)

// cache is unpacked once for all tests.
var cache string

func TestMain(m *testing.M) {
	runtime.Worker() // this process may be one that a test started
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awslab-local-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // the tests are over
	cache = filepath.Join(dir, "cache")
	return m.Run()
}

// open puts a sandbox to work, as on a machine that has neither node nor python.
func open(t *testing.T, dir string) *local.Sandbox {
	t.Helper()
	s, err := local.Open(t.Context(), local.Options{
		Dir: dir, Sandbox: fake.Options{Delay: aws.Some(time.Duration(0))}, Listen: "127.0.0.1:0",
		Engines: &runtime.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must[Out any](t *testing.T, out Out, err error) Out {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// thumbnails makes the lab's buckets, its function and its trigger.
func thumbnails(t *testing.T, cloud aws.Cloud) {
	t.Helper()
	ctx := t.Context()
	for _, name := range []string{"image-1", "image-1-resized"} {
		must(t, must2(cloud.S3.CreateBucket(ctx, aws.CreateBucketInput{
			Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: cloud.Place.Region},
		})), nil)
	}
	role := must2(cloud.IAM.GetRole(ctx, aws.GetRoleInput{RoleName: "lambda-execution-role"})).Role
	f := must2(cloud.Lambda.CreateFunction(ctx, aws.CreateFunctionInput{
		FunctionName: "Create-Thumbnail", Runtime: "python3.14", Role: role.Arn, Handler: "CreateThumbnail.handler",
		Code: aws.FunctionCode{S3Bucket: "awslab-assets", S3Key: "CreateThumbnail.zip"}, Timeout: 30,
	}))
	must2(cloud.Lambda.AddPermission(ctx, aws.AddPermissionInput{
		FunctionName: "Create-Thumbnail", StatementID: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::image-1", SourceAccount: cloud.Place.AccountID,
	}))
	must2(cloud.S3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{
		Bucket: "image-1", NotificationConfiguration: aws.NotificationConfiguration{
			LambdaFunctionConfigurations: []aws.LambdaFunctionConfiguration{{LambdaFunctionArn: f.FunctionArn, Events: []aws.EventType{aws.EventObjectCreated}}},
		},
	}))
}

func must2[Out any](out Out, err error) Out {
	if err != nil {
		panic(err)
	}
	return out
}

func TestUploadMakesThumbnail(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	cloud := s.Trail.Cloud()
	thumbnails(t, cloud)
	picture := must2(cloud.S3.GetObject(t.Context(), aws.GetObjectInput{Bucket: "awslab-assets", Key: "HappyFace.jpg"}))
	content := must2(io.ReadAll(picture.Body))
	if err := picture.Body.Close(); err != nil {
		t.Fatal(err)
	}
	must2(cloud.S3.PutObject(t.Context(), aws.PutObjectInput{Bucket: "image-1", Key: "my happy face.jpg", Body: bytes.NewReader(content), ContentType: "image/jpeg"}))
	for range 600 {
		small, err := cloud.S3.GetObject(t.Context(), aws.GetObjectInput{Bucket: "image-1-resized", Key: "my happy face.jpg"})
		if err != nil {
			<-time.After(50 * time.Millisecond)
			continue
		}
		config, _, err := image.DecodeConfig(small.Body)
		if err := small.Body.Close(); err != nil {
			t.Error(err)
		}
		if err != nil || max(config.Width, config.Height) != 128 {
			t.Errorf("%+v, %v", config, err)
		}
		return
	}
	groups := must2(cloud.Logs.DescribeLogGroups(t.Context(), aws.DescribeLogGroupsInput{}))
	var text strings.Builder
	for _, g := range groups.LogGroups {
		for _, e := range must2(cloud.Logs.FilterLogEvents(t.Context(), aws.FilterLogEventsInput{LogGroupName: g.LogGroupName})).Events {
			text.WriteString(e.Message + "\n")
		}
	}
	t.Fatalf("no thumbnail; the log:\n%s", &text)
}
