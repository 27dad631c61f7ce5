package check_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/lab/check"
)

// must fails the test on an error.
func must[Out any](t *testing.T) func(Out, error) Out {
	return func(out Out, err error) Out {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

func (d *desk) bucket(name string) {
	d.t.Helper()
	must[aws.CreateBucketOutput](d.t)(d.cloud.S3.CreateBucket(d.t.Context(), aws.CreateBucketInput{
		Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: d.cloud.Place.Region},
	}))
}

func (d *desk) object(bucket, key string, content []byte) {
	d.t.Helper()
	must[aws.PutObjectOutput](d.t)(d.cloud.S3.PutObject(d.t.Context(), aws.PutObjectInput{
		Bucket: bucket, Key: key, Body: bytes.NewReader(content), ObjectHeaders: aws.ObjectHeaders{ContentType: "image/png"},
	}))
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func zipped(t *testing.T, name, content string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	entry, err := w.Create(name)
	if err == nil {
		_, err = entry.Write([]byte(content))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// function creates one and waits until it is Active.
func (d *desk) function(name, role string, code []byte) {
	d.t.Helper()
	must[aws.CreateFunctionOutput](d.t)(d.cloud.Lambda.CreateFunction(d.t.Context(), aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.14", Handler: "lambda_function.lambda_handler",
		Role: "arn:aws:iam::" + d.cloud.Place.AccountID + ":role/" + role, Code: aws.FunctionCode{ZipFile: code},
	}))
	for range 1000 {
		out := must[aws.GetFunctionConfigurationOutput](d.t)(d.cloud.Lambda.GetFunctionConfiguration(d.t.Context(), aws.GetFunctionConfigurationInput{FunctionName: name}))
		if out.State == aws.FunctionActive {
			return
		}
		<-time.After(time.Millisecond)
	}
	d.t.Fatal("the function does not become Active")
}

// told is what a check is expected to tell; an empty cause for that it holds.
type told struct {
	source string
	cause  check.Cause
	words  []string
}

func (d *desk) tells(cases ...told) {
	d.t.Helper()
	for _, c := range cases {
		r := d.run(c.source)
		if c.cause != "" {
			expect(d.t, r, c.cause, c.words...)
		} else if !r.OK {
			d.t.Errorf("%s: %+v", c.source, r.Findings)
		}
	}
}

func TestBuckets(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.tells(
		told{`noBucket("image-1")`, "", nil},
		told{`bucket("image-1")`, check.CauseNoBucket, []string{"bucket image-1: expected a bucket of this name, found —"}},
	)
	d.bucket("image-12")
	d.tells(
		told{`bucket("image-1")`, check.CauseBucketName, []string{`found a bucket "image-12"`, "cannot be renamed"}},
		told{`bucket("image-12")`, "", nil},
		told{`noBucket("image-12")`, check.CauseBucketExists, []string{"expected gone"}},
	)
	elsewhere := d.cloud.Place
	elsewhere.Region = "eu-central-1"
	d.cloud.Place = elsewhere
	d.tells(told{`bucket("image-12")`, check.CauseRegion, []string{"expected in eu-central-1"}})
}

func TestObjects(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.bucket("image-1")
	d.tells(
		told{`object("image-2", "a.png")`, check.CauseBucketName, nil},
		told{`object("image-1", "a.png")`, check.CauseNoObject, []string{"object a.png: expected in bucket image-1, found —"}},
		told{`noObject("image-1", "a.png")`, "", nil},
		told{`noObject("image-2", "a.png")`, check.CauseBucketName, nil},
	)
	d.object("image-1", "happyface.jpg", picture(t, 200, 100))
	d.object("image-1", "small.png", picture(t, 128, 64))
	d.object("image-1", "text.png", []byte("no picture"))
	d.tells(
		told{`object("image-1", "HappyFace.jpg")`, check.CauseObjectKey, []string{`found "happyface.jpg"`, "to the letter"}},
		told{`object("image-1", "unheard-of.mp3")`, check.CauseNoObject, []string{"other objects there: 3"}},
		told{`object("image-1", "small.png", {ContentType: "image/*"})`, "", nil},
		told{`object("image-1", "small.png", {ContentType: "text/*"})`, check.CauseSetting, []string{`ContentType: expected "text/*", found "image/png"`}},
		told{`noObject("image-1", "small.png")`, check.CauseObjectExists, nil},
		told{`thumbnail("image-1", "small.png", 128)`, "", nil},
		told{`thumbnail("image-1", "happyface.jpg", 128)`, check.CauseTooLarge, []string{"expected at most 128 × 128 pixels, found 200 × 100"}},
		told{`thumbnail("image-1", "text.png", 128)`, check.CauseNoPicture, []string{"expected a picture"}},
		told{`thumbnail("image-1", "smal.png", 128)`, check.CauseObjectKey, nil},
	)
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.tells(
		told{`function("Create-Thumbnail")`, check.CauseNoFunction, nil},
		told{`noFunction("Create-Thumbnail")`, "", nil},
	)
	d.function("create-thumbnail", "lambda-basic-execution", zipped(t, "lambda_function.py", "def lambda_handler(event, context):\n    pass\n"))
	const own = `function("create-thumbnail", `
	d.tells(
		told{`function("Create-Thumbnail")`, check.CauseFunctionName, []string{`found a function "create-thumbnail"`, "Upper and lower case count"}},
		told{own + `{Runtime: "python3.*", Role: "lambda-basic-execution", Timeout: 3})`, "", nil},
		told{own + `{Runtime: "nodejs*"})`, check.CauseRuntime, []string{`found "python3.14"`}},
		told{own + `{Role: "lambda-execution-role"})`, check.CauseRole, []string{`expected "lambda-execution-role", found "lambda-basic-execution"`}},
		told{own + `{Handler: "CreateThumbnail.handler"})`, check.CauseHandler, nil},
		told{own + `{Handler: "lambda_function.lambda_handler "})`, check.CauseSpace, []string{"␠"}},
		told{own + `{Description: "A"})`, check.CauseSetting, []string{`Description: expected "A", found —`}},
		told{own + `{MemorySize: 256})`, check.CauseSetting, []string{"MemorySize: expected 256, found 128"}},
		told{`noFunction("create-thumbnail")`, check.CauseFunctionExists, nil},
		told{`code("create-thumbnail", {file: "CreateThumbnail.py"})`, check.CauseDefaultCode, []string{`the code of a new function, "lambda_function.py"`}},
		told{`code("create-thumbnail", {file: "lambda_function.py", text: "lambda_handler"})`, "", nil},
		told{`code("create-thumbnail", {file: "lambda_function.py", text: "boto3"})`, check.CauseCodeText, []string{`expected a line with "boto3"`}},
		told{`code("create-thumbnail", {file: "a", other: "lambda_function.py", text: "lambda_handler"})`, "", nil},
		told{`code("unheard-of", {file: "a"})`, check.CauseNoFunction, nil},
	)
}

func TestFunctionInPassing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, time.Hour)
	must[aws.CreateFunctionOutput](t)(d.cloud.Lambda.CreateFunction(t.Context(), aws.CreateFunctionInput{
		FunctionName: "F", Runtime: "python3.14", Handler: "a.b", Role: "arn:aws:iam::" + d.cloud.Place.AccountID + ":role/lambda-execution-role",
		Code: aws.FunctionCode{ZipFile: zipped(t, "a.py", "")},
	}))
	d.tells(told{`function("F")`, check.CauseCreating, []string{"expected Active, found Pending"}})
}

func (d *desk) permit(source string) {
	d.t.Helper()
	must[aws.AddPermissionOutput](d.t)(d.cloud.Lambda.AddPermission(d.t.Context(), aws.AddPermissionInput{
		FunctionName: "F", StatementID: "s-" + source, Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::" + source, SourceAccount: d.cloud.Place.AccountID,
	}))
}

func (d *desk) notify(bucket string, event aws.EventType, rules ...aws.FilterRule) {
	d.t.Helper()
	c := aws.LambdaFunctionConfiguration{
		LambdaFunctionArn: "arn:aws:lambda:" + d.cloud.Place.Region + ":" + d.cloud.Place.AccountID + ":function:F", Events: []aws.EventType{event},
	}
	if len(rules) > 0 {
		c.Filter = &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}
	}
	must[aws.PutBucketNotificationConfigurationOutput](d.t)(d.cloud.S3.PutBucketNotificationConfiguration(d.t.Context(), aws.PutBucketNotificationConfigurationInput{
		Bucket: bucket, NotificationConfiguration: aws.NotificationConfiguration{LambdaFunctionConfigurations: []aws.LambdaFunctionConfiguration{c}},
	}))
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.bucket("image-1")
	d.bucket("other")
	d.function("F", "lambda-execution-role", zipped(t, "a.py", ""))
	const all = `trigger("F", "s3", {Bucket: "image-1", Events: ["s3:ObjectCreated:*"], Prefix: "", Suffix: ""})`
	r := d.run(all)
	expect(t, r, check.CauseNoTrigger, "expected bucket image-1 tells the function, found —")
	expect(t, r, check.CauseNoPermission, "s3.amazonaws.com may invoke it for image-1", "found —")
	d.permit("other")
	expect(t, d.run(all), check.CauseNoPermission, "found for other")
	d.permit("image-1")
	d.notify("image-1", aws.EventObjectCreatedPut)
	expect(t, d.run(all), check.CauseTriggerEvents, "event types: expected s3:ObjectCreated:*, found s3:ObjectCreated:Put")
	d.tells(told{`trigger("F", "s3", {Bucket: "image-1", Events: ["s3:ObjectCreated:Put"]})`, "", nil})
	d.notify("image-1", aws.EventObjectCreated, aws.FilterRule{Name: "suffix", Value: ".png"})
	d.tells(
		told{all, check.CauseTriggerFilter, []string{`suffix: expected none, found ".png"`}},
		told{`trigger("F", "s3", {Bucket: "image-1", Events: ["s3:ObjectCreated:Put"]})`, "", nil},
	)
	d.notify("image-1", aws.EventObjectCreated)
	d.tells(told{all, "", nil}, told{strings.ReplaceAll(all, "image-1", "other"), check.CauseNoTrigger, nil})
	must[aws.RemovePermissionOutput](t)(d.cloud.Lambda.RemovePermission(t.Context(), aws.RemovePermissionInput{FunctionName: "F", StatementID: "s-image-1"}))
	d.tells(told{all, check.CauseNoPermission, nil})
}

func TestServicesThatAreNotThere(t *testing.T) {
	t.Parallel()
	for _, f := range check.Functions() {
		if f.Name == "called" || f.Name == "invoked" {
			continue
		}
		compiled, err := check.Compile(f.Example)
		if err != nil {
			t.Errorf("the example of %s: %v", f.Name, err)
			continue
		}
		expect(t, compiled.Run(t.Context(), check.World{}), check.CauseUnreadable, "there is no")
	}
}

func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for source, tells := range map[string]string{
		`function("F", {Handle: "a"})`:                     `nearest: "Handler"`,
		`object("b", "k", {ContentTyp: "a"})`:              `nearest: "ContentType"`,
		`object("b", "k", {}, {})`:                         "one group",
		`code("F", {})`:                                    "needs the name of a file",
		`code("F", {path: "a"})`:                           "file, other and text",
		`trigger("F", "sqs", {Bucket: "b"})`:               "from s3 or apigateway",
		`trigger("F", "apigateway", {API: "A"})`:           "needs its API and its Stage",
		`trigger("F", "apigateway", {Bucket: "A"})`:        "has an API, a Stage",
		`noTrigger("F", "s3", {Bucket: "A"})`:              "is of apigateway",
		`api("A", {Name: "B"})`:                            `nearest: "name"`,
		`route("A", "FAQ", "ANY")`:                         "begins with /",
		`route("A", "/FAQ", "ANY", {lambda: "F"})`:         "asks for function",
		`stage("A", "S", {path: "/FAQ"})`:                  "both",
		`stage("A", "S", {route: "/FAQ"})`:                 "path and method",
		`requested("A", {least: 0})`:                       "a number from 1",
		`requested("A", {answer: "200"})`:                  "answered with 2XX, 4XX, 5XX",
		`requested("A", {at: "x"})`:                        "there are after, answer",
		`trigger("F", "s3", {Events: ["a"]})`:              "needs its Bucket",
		`trigger("F", "s3", {Bucket: "b", Suffixes: "a"})`: "not Suffixes",
		`invoked("F", {succeeded: "yes"})`:                 "is true or false",
		`invoked("F", {payload: {}})`:                      "there are event",
		`metric("F", "Duration", 1)`:                       "metric counts",
		`metric("F", "Errors", 0)`:                         "at least 1",
		`logged("F", "")`:                                  "looks for a text",
		`thumbnail("b", "k", 0)`:                           "0 pixels",
	} {
		if _, err := check.Compile(source); err == nil || !strings.Contains(err.Error(), tells) {
			t.Errorf("%s: %v; want it to tell %q", source, err, tells)
		}
	}
}

func TestLike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		like          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"a*", "a", true}, {"a*", "ba", false}, {"*a", "ba", true}, {"*", "", true},
		{"a*a", "a", false}, {"a*a", "aa", true}, {"a*b*c", "axbxc", true}, {"a*b*c", "acb", false}, {"", "", true}, {"", "a", false},
		{"image-*", "image-1", true}, {"*-resized", "image-1-resized", true},
	} {
		if got := check.Like(c.pattern, c.text); got != c.like {
			t.Errorf("%q like %q: %v", c.text, c.pattern, got)
		}
	}
}
