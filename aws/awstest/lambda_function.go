package awstest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"

	"awslab/aws"
)

// handlerForm is how a handler's form is told, at the end of a message.
const handlerForm = `Member must satisfy regular expression pattern: [^\s]+`

func codeSHA(zip []byte) string {
	sum := sha256.Sum256(zip)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func testCreateFunction(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	in := f.echo(t, "Create-Thumbnail")
	in.Description, in.Timeout, in.MemorySize = "Create a thumbnail-sized image", 30, 256
	in.Environment = &aws.Environment{Variables: map[string]string{"MODE": "small"}}
	made := f.makeFunction(t, in)
	same(t, "state", made.State, aws.FunctionPending)
	same(t, "reason", made.StateReason, "The function is being created.")
	same(t, "code of the reason", made.StateReasonCode, "Creating")
	lambdaRefuses(t, "lambda:CreateFunction",
		refusal{"a name that is taken", errorOf(l.CreateFunction, in), lambdaConflict, "Function already exist: Create-Thumbnail"})
	lambdaRefuses(t, "lambda:UpdateFunctionConfiguration",
		refusal{"changes while it is made", errorOf(l.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "Create-Thumbnail", Timeout: 5}),
			lambdaConflict, "The operation cannot be performed at this time. The function is currently in the following state: Pending"})
	c := f.settled(t, "Create-Thumbnail")
	want := aws.FunctionConfiguration{
		FunctionName: "Create-Thumbnail", FunctionArn: f.functionARNOf("Create-Thumbnail"), Runtime: in.Runtime, Role: in.Role, Handler: in.Handler,
		CodeSize: int64(len(in.Code.ZipFile)), CodeSha256: codeSHA(in.Code.ZipFile), Description: in.Description, Timeout: 30, MemorySize: 256,
		LastModified: c.LastModified, Version: "$LATEST", Environment: in.Environment, TracingConfig: aws.TracingConfig{Mode: "PassThrough"},
		RevisionID: c.RevisionID, State: aws.FunctionActive, LastUpdateStatus: aws.UpdateSuccessful, PackageType: "Zip", Architectures: []string{"x86_64"},
		EphemeralStorage: aws.EphemeralStorage{Size: 512}, LoggingConfig: aws.LoggingConfig{LogFormat: "Text", LogGroup: "/aws/lambda/Create-Thumbnail"},
		SnapStart: aws.SnapStart{ApplyOn: "None", OptimizationStatus: "Off"},
	}
	same(t, "function", c, want)
	t.Run("has defaults", func(t *testing.T) {
		c := f.function(t, "Plain")
		same(t, "timeout and memory", [2]int{c.Timeout, c.MemorySize}, [2]int{3, 128})
		if c.Environment != nil || c.RevisionID == "" || !strings.HasSuffix(c.LastModified, "+0000") {
			t.Errorf("function is %+v", c)
		}
	})
	t.Run("takes code from S3", func(t *testing.T) { testCodeFromS3(t, f) })
	lambdaRefuses(t, "lambda:CreateFunction", createFunctionRefusals(t, f)...)
	testCanceled(t, l.CreateFunction, f.echo(t, "Canceled"))
}

func testCodeFromS3(t *testing.T, f Fixture) {
	zip := packed(t, echoCode+"# from S3\n")
	bucket := "code-of-" + f.Cloud.Place.AccountID
	must(t, f.Cloud.S3.CreateBucket, f.located(bucket))
	must(t, f.Cloud.S3.PutObject, aws.PutObjectInput{Bucket: bucket, Key: "a/code.zip", Body: bytes.NewReader(zip)})
	in := f.echo(t, "FromS3")
	in.Code = aws.FunctionCode{S3Bucket: bucket, S3Key: "a/code.zip"}
	f.makeFunction(t, in)
	same(t, "code", f.settled(t, "FromS3").CodeSha256, codeSHA(zip))
	missing := func(bucket, key string) func() error {
		in := f.echo(t, "Nothing")
		in.Code = aws.FunctionCode{S3Bucket: bucket, S3Key: key}
		return errorOf(f.Cloud.Lambda.CreateFunction, in)
	}
	lambdaRefuses(t, "lambda:CreateFunction",
		refusal{"a missing bucket", missing("nothing-"+bucket, "code.zip"), lambdaInvalid,
			"Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist"},
		refusal{"a missing object", missing(bucket, "nope.zip"), lambdaInvalid,
			"Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist."})
}

func createFunctionRefusals(t *testing.T, f Fixture) []refusal {
	create := func(change func(*aws.CreateFunctionInput)) func() error {
		in := f.echo(t, "Refused")
		change(&in)
		return errorOf(f.Cloud.Lambda.CreateFunction, in)
	}
	parameter := func(name, message string, change func(*aws.CreateFunctionInput)) refusal {
		return refusal{name, create(change), lambdaInvalid, message}
	}
	long, variables := strings.Repeat("n", 65), map[string]string{"LONG": strings.Repeat("x", 4096)}
	return []refusal{
		badName(create(func(in *aws.CreateFunctionInput) { in.FunctionName = "my-function!" })),
		parameter("a long name", oneError+"Value '"+long+"' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
			func(in *aws.CreateFunctionInput) { in.FunctionName = long }),
		invalid("several faults", "2 validation errors detected: Value 'a handler' at 'handler' failed to satisfy constraint: "+handlerForm+
			"; Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
			create(func(in *aws.CreateFunctionInput) { in.Handler, in.Timeout = "a handler", 901 })),
		invalid("too little memory", oneError+"Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
			create(func(in *aws.CreateFunctionInput) { in.MemorySize = 64 })),
		parameter("a runtime of the past", "The runtime parameter of python3.7 is no longer supported for creating or updating AWS Lambda functions. "+
			"We recommend you use a supported runtime while creating or updating functions.", func(in *aws.CreateFunctionInput) { in.Runtime = "python3.7" }),
		parameter("a role that is none", "The role defined for the function cannot be assumed by Lambda.",
			func(in *aws.CreateFunctionInput) { in.Role = strings.Replace(in.Role, ":role/", ":role/not-", 1) }),
		parameter("no code", "Please provide a source for function code.", func(in *aws.CreateFunctionInput) { in.Code = aws.FunctionCode{} }),
		parameter("a file that is no zip", "Could not unzip uploaded file. Please check your file, then try to upload again.",
			func(in *aws.CreateFunctionInput) { in.Code.ZipFile = []byte(echoCode) }),
		parameter("reserved variables", "Lambda was unable to configure your environment variables because the environment variables you have provided "+
			"contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION",
			func(in *aws.CreateFunctionInput) {
				in.Environment = &aws.Environment{Variables: map[string]string{"AWS_REGION": "x", "MODE": "y"}}
			}),
		parameter("too many variables", "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. "+
			`String measured: {"LONG":"`+variables["LONG"]+`"}`, func(in *aws.CreateFunctionInput) { in.Environment = &aws.Environment{Variables: variables} }),
		{"a zip that is too big", create(func(in *aws.CreateFunctionInput) { in.Code.ZipFile = make([]byte, 52428800) }),
			"RequestEntityTooLargeException", "Zipped size must be smaller than 52428800 bytes"},
	}
}

func testGetFunction(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	out := must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ"})
	same(t, "name", out.Configuration.FunctionName, "FAQ")
	if out.Concurrency != nil {
		t.Errorf("%+v is reserved, want nothing", out.Concurrency)
	}
	body, err := out.Code.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	zip, err := io.ReadAll(body)
	if closed := body.Close(); err != nil || closed != nil || codeSHA(zip) != out.Configuration.CodeSha256 {
		t.Errorf("the code has %d bytes (%v, %v), want the function's", len(zip), err, closed)
	}
	same(t, "by ARN", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: f.functionARNOf("FAQ")}).Configuration.FunctionName, "FAQ")
	same(t, "by version", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ", Qualifier: "$LATEST"}).Configuration.FunctionName, "FAQ")
	must(t, l.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "FAQ", Description: aws.Some("changed")})
	f.settled(t, "FAQ")
	same(t, "description", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ"}).Configuration.Description, "changed")
	lambdaRefuses(t, "lambda:GetFunction", noFunction(f, errorOf(l.GetFunction, aws.GetFunctionInput{FunctionName: "Nope"})),
		refusal{"an unknown version", errorOf(l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ", Qualifier: "7"}), lambdaNotFound,
			"Function not found: " + f.functionARNOf("FAQ") + ":7"},
		badName(errorOf(l.GetFunction, aws.GetFunctionInput{FunctionName: "my-function!"})))
	testCanceled(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ"})
}

func testGetFunctionConfiguration(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	c := f.function(t, "FAQ")
	out := must(t, l.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "FAQ"})
	same(t, "configuration", out.FunctionConfiguration, c)
	same(t, "configuration", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ"}).Configuration, c)
	lambdaRefuses(t, "lambda:GetFunctionConfiguration",
		noFunction(f, errorOf(l.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "Nope"})))
	testCanceled(t, l.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "FAQ"})
}

func testListFunctions(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	var want []string
	for n := range 5 {
		name := fmt.Sprintf("Function-%d", n)
		want = append(want, name)
		f.makeFunction(t, f.echo(t, name))
	}
	var got []string
	for in := (aws.ListFunctionsInput{MaxItems: aws.Some(2)}); ; {
		out := must(t, l.ListFunctions, in)
		if len(out.Functions) > 2 {
			t.Fatalf("a page has %d functions, want two at most", len(out.Functions))
		}
		for _, c := range out.Functions {
			got = append(got, c.FunctionName)
		}
		if in.Marker = out.NextMarker; in.Marker == "" {
			break
		}
	}
	same(t, "functions", sorted(got), want)
	lambdaRefuses(t, "lambda:ListFunctions", invalid("an empty page",
		oneError+"Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
		errorOf(l.ListFunctions, aws.ListFunctionsInput{MaxItems: aws.Some(0)})))
	testCanceled(t, l.ListFunctions, aws.ListFunctionsInput{})
}

func testDeleteFunction(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	must(t, l.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "FAQ"})
	gone := refusal{"what is deleted", errorOf(l.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "FAQ"}), lambdaNotFound,
		"Function not found: " + f.functionARNOf("FAQ")}
	lambdaRefuses(t, "lambda:DeleteFunction", gone, noFunction(f, errorOf(l.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "Nope"})))
	f.function(t, "FAQ") // the name is free again
	testCanceled(t, l.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "FAQ"})
	f.settled(t, "FAQ")
}
