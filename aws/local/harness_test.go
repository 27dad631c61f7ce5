package local_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/aws/trail"
)

// cache is where what runs functions is unpacked, once for all tests.
var cache string

// TestMain is also what functions of these tests run in, and a console that is
// killed.
func TestMain(m *testing.M) {
	runtime.Worker()
	if os.Getenv(victimFolder) != "" {
		fmt.Fprintln(os.Stderr, victim(os.Getenv(victimFolder), os.Getenv(victimCache)))
		os.Exit(1)
	}
	var err error
	if cache, err = os.MkdirTemp("", "awslab-local-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()

	if err := os.RemoveAll(cache); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// patience is how long a test waits for what should come soon.
const patience = time.Minute

// sandbox is a sandbox at work, and the learner in it.
type sandbox struct {
	*local.Sandbox
	aws.Cloud // as the learner uses it, with the trail
	dir       string
	close     func() error // once
}

// options put a sandbox to work as on a computer that has neither node nor
// python: the PATH is an empty folder.
func options(dir, empty string) local.Options {
	return local.Options{
		Dir: dir, Sandbox: fake.Options{Delay: aws.Some(time.Duration(0))}, Listen: "127.0.0.1:0",
		Engines: &runtime.Options{Cache: cache, JSEngine: "quickjs", Path: empty},
	}
}

// open puts a sandbox in a folder to work until the test ends, or shuts it.
func open(t testing.TB, dir string, changes ...func(*local.Options)) sandbox {
	t.Helper()
	opts := options(dir, t.TempDir())
	for _, change := range changes {
		change(&opts)
	}
	opened, err := local.Open(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	s := sandbox{opened, opened.Trail.Cloud(), dir, sync.OnceValue(opened.Close)}
	t.Cleanup(func() { s.shut(t) })
	return s
}

func (s sandbox) shut(t testing.TB) {
	t.Helper()
	if err := s.close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// must gives a call's output; an error fails the test.
func must[In, Out any](t testing.TB, call func(context.Context, In) (Out, error), in In) Out {
	t.Helper()
	out, err := call(t.Context(), in)
	if err != nil {
		t.Fatalf("%T: %v", in, err)
	}
	return out
}

// await waits until something is so. Logs and metrics are written beside the
// invocations: nothing tells when they are there but looking.
func await(t testing.TB, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(patience)
	for !so() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// packed is a zip file of files by name.
func packed(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range files {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		header.SetMode(0o755)
		file, err := w.CreateHeader(header)
		if err == nil {
			_, err = io.WriteString(file, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// role gives the ARN of a ready-made role.
func (s sandbox) role(t testing.TB, name string) string {
	t.Helper()
	return must(t, s.IAM.GetRole, aws.GetRoleInput{RoleName: name}).Role.Arn
}

// python makes a function of Python code with a function handler(event, context).
func (s sandbox) python(t testing.TB, name, code string, changes ...func(*aws.CreateFunctionInput)) string {
	t.Helper()
	return s.function(t, append([]func(*aws.CreateFunctionInput){func(in *aws.CreateFunctionInput) {
		in.FunctionName, in.Runtime, in.Handler = name, "python3.14", "code.handler"
		in.Code.ZipFile = packed(t, map[string]string{"code.py": code})
	}}, changes...)...)
}

// node makes a function of an ES module that exports handler.
func (s sandbox) node(t testing.TB, name, code string, changes ...func(*aws.CreateFunctionInput)) string {
	t.Helper()
	return s.function(t, append([]func(*aws.CreateFunctionInput){func(in *aws.CreateFunctionInput) {
		in.FunctionName, in.Runtime, in.Handler = name, "nodejs22.x", "index.handler"
		in.Code.ZipFile = packed(t, map[string]string{"index.mjs": code})
	}}, changes...)...)
}

// function makes a function and gives its ARN.
func (s sandbox) function(t testing.TB, changes ...func(*aws.CreateFunctionInput)) string {
	t.Helper()
	in := aws.CreateFunctionInput{Role: s.role(t, "lambda-execution-role"), Timeout: 60}
	for _, change := range changes {
		change(&in)
	}
	if engine := s.Engines.Engine(in.Runtime); !engine.Runs {
		t.Skipf("this computer does not run %s: %s", in.Runtime, engine.Why)
	}
	return must(t, s.Lambda.CreateFunction, in).FunctionArn
}

// timeout sets a function's timeout, in seconds.
func timeout(seconds int) func(*aws.CreateFunctionInput) {
	return func(in *aws.CreateFunctionInput) { in.Timeout = seconds }
}

// invoke runs a function and gives its answer and the end of its log.
func (s sandbox) invoke(t testing.TB, function, payload string) (out aws.InvokeOutput, tail string) {
	t.Helper()
	out = must(t, s.Lambda.Invoke, aws.InvokeInput{FunctionName: function, Payload: []byte(payload), LogType: "Tail"})
	log, err := base64.StdEncoding.DecodeString(out.LogResult)
	if err != nil {
		t.Fatal(err)
	}
	return out, string(log)
}

// log is what a function has logged so far; "" when it has no log group.
func (s sandbox) log(t testing.TB, function string) string {
	t.Helper()
	var text strings.Builder
	in := aws.FilterLogEventsInput{LogGroupName: "/aws/lambda/" + function}
	for {
		out, err := s.Sandbox.Cloud.Logs.FilterLogEvents(context.Background(), in)
		if err != nil {
			return ""
		}
		for _, e := range out.Events {
			text.WriteString(e.Message)
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			return text.String()
		}
	}
}

// awaitLog waits until a function's log has a text some times, and gives it all.
func (s sandbox) awaitLog(t testing.TB, function, text string, times int) (log string) {
	t.Helper()
	await(t, fmt.Sprintf("%q, %d times in the log of %s", text, times, function), func() bool {
		log = s.log(t, function)
		return strings.Count(log, text) >= times
	})
	return log
}

// metric is the sum of a function's metric over all time.
func (s sandbox) metric(t testing.TB, function, name string, from time.Time) (sum float64) {
	t.Helper()
	out := must(t, s.Sandbox.Cloud.CloudWatch.GetMetricData, aws.GetMetricDataInput{
		StartTime: from.Add(-time.Hour), EndTime: from.Add(time.Hour),
		MetricDataQueries: []aws.MetricDataQuery{{ID: "m", MetricStat: &aws.MetricStat{
			Metric: aws.Metric{Namespace: "AWS/Lambda", MetricName: name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}}},
			Period: 60, Stat: "Sum",
		}}},
	})
	for _, v := range out.MetricDataResults[0].Values {
		sum += v
	}
	return sum
}

// bucket makes a bucket.
func (s sandbox) bucket(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		must(t, s.S3.CreateBucket, aws.CreateBucketInput{
			Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: s.Place.Region},
		})
	}
}

// trigger has objects that are created in a bucket start a function.
func (s sandbox) trigger(t testing.TB, bucket, function, arn string) {
	t.Helper()
	must(t, s.Lambda.AddPermission, aws.AddPermissionInput{
		FunctionName: function, StatementID: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::" + bucket, SourceAccount: s.Place.AccountID,
	})
	must(t, s.S3.PutBucketNotificationConfiguration, aws.PutBucketNotificationConfigurationInput{
		Bucket: bucket, NotificationConfiguration: aws.NotificationConfiguration{
			LambdaFunctionConfigurations: []aws.LambdaFunctionConfiguration{{LambdaFunctionArn: arn, Events: []aws.EventType{aws.EventObjectCreated}}},
		},
	})
}

// put uploads an object.
func (s sandbox) put(t testing.TB, bucket, key string, content []byte) {
	t.Helper()
	must(t, s.S3.PutObject, aws.PutObjectInput{Bucket: bucket, Key: key, Body: bytes.NewReader(content), ObjectHeaders: aws.ObjectHeaders{ContentType: "image/jpeg"}})
}

// get reads an object.
func (s sandbox) get(t testing.TB, bucket, key string) (content []byte, out aws.GetObjectOutput) {
	t.Helper()
	out = must(t, s.Sandbox.Cloud.S3.GetObject, aws.GetObjectInput{Bucket: bucket, Key: key})
	content, err := io.ReadAll(out.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return content, out
}

// keys lists a bucket.
func (s sandbox) keys(t testing.TB, bucket string) (keys []string) {
	t.Helper()
	for _, o := range must(t, s.Sandbox.Cloud.S3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucket}).Contents {
		keys = append(keys, o.Key)
	}
	return keys
}

// written is an object that a function has put.
type written struct{ bucket, key string }

// writes gives a channel of the objects that functions write from now on.
func (s sandbox) writes(t testing.TB) <-chan written {
	t.Helper()
	puts := make(chan written, 10_000)
	stop := s.Trail.Observe(func(e trail.Event) {
		in, ok := e.In.(aws.PutObjectInput)
		if ok && e.Done && e.Err == nil && e.Origin != trail.OriginConsole {
			puts <- written{in.Bucket, in.Key}
		}
	})
	t.Cleanup(stop)
	return puts
}

// awaitWrite gives the next object that a function has written. Should none
// come, the test ends with the log of the function.
func (s sandbox) awaitWrite(t testing.TB, puts <-chan written, function string) written {
	t.Helper()
	select {
	case w := <-puts:
		return w
	case <-time.After(patience):
		t.Fatalf("%s has written nothing; its log:\n%s", function, s.log(t, function))
		return written{}
	}
}
