package sdk_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/awstest"
	"awslab/aws/sdk"
)

// The environment of a run of the contract that is to be killed: the sandbox that it
// runs on, and its record.
const (
	killedAt     = "CONTRACT_KILLED_AT"
	killedRecord = "CONTRACT_KILLED_RECORD"
)

// unchanged checks, when t has ended, that an account is as it is now and that the
// record is gone.
func unchanged(t *testing.T, account *sdk.Account, record string) {
	t.Helper()
	before := inventory(t, account.Cloud)
	t.Cleanup(func() {
		if after := inventory(t, account.Cloud); !slices.Equal(after, before) {
			t.Errorf("there are\n%s\nand there were\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
		if _, err := os.Stat(record); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the record is still there (%v)", err)
		}
	})
}

// TestContractBrokenOff has a test end in the middle of its work.
func TestContractBrokenOff(t *testing.T) {
	t.Parallel()
	c := &clock{}
	account := occupied(t, c)
	record := filepath.Join(t.TempDir(), "record")
	unchanged(t, account, record)
	open := awstest.Tenants(t, awstest.Account{Cloud: account.Cloud, Record: record, Now: c.now, Wait: func() { c.advance(time.Second / 2) }})
	t.Run("test", func(t *testing.T) {
		makeAll(t, open(t).Cloud)
		t.SkipNow() // as FailNow, but that it fails nothing
	})
	if made, err := os.ReadFile(record); err != nil || strings.Count(string(made), "\n") < 2*len(kindsMade) {
		t.Errorf("the record says\n%s (%v), want each thing made and deleted", made, err)
	}
}

// TestContractKilled has a process killed in the middle of a test, and another run
// delete what it left.
func TestContractKilled(t *testing.T) {
	t.Parallel()
	if url := os.Getenv(killedAt); url != "" {
		dieInATest(t, url)
	}
	c := &clock{}
	account := occupied(t, c)
	record := filepath.Join(t.TempDir(), "record")
	unchanged(t, account, record)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestContractKilled$")
	child.Env = append(os.Environ(), killedAt+"="+account.Cloud.Place.Endpoint, killedRecord+"="+record)
	for _, name := range []string{"TMPDIR", "TMP"} { // what it leaves there goes with this test
		child.Env = append(child.Env, name+"="+t.TempDir())
	}
	if out, err := child.CombinedOutput(); child.ProcessState.ExitCode() != 9 {
		t.Fatalf("the run ended with %v:\n%s", err, out)
	}
	c.advance(time.Minute) // the table is ACTIVE, and protected
	left := strings.Join(inventory(t, account.Cloud), "\n")
	for _, name := range kindsMade {
		if !strings.Contains(left, "awslabkilled001"+name) {
			t.Errorf("the run that was killed left no %s", name)
		}
	}
	awstest.Tenants(t, awstest.Account{Cloud: account.Cloud, Record: record, Now: c.now, Wait: func() { c.advance(time.Second / 2) }})
	if after := strings.Join(inventory(t, account.Cloud), "\n"); strings.Contains(after, "awslab") {
		t.Errorf("there still are things of the run that was killed:\n%s", after)
	}
}

// dieInATest is the process that is killed.
func dieInATest(t *testing.T, url string) {
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: url})
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{}
	open := awstest.Tenants(t, awstest.Account{Cloud: account.Cloud, Record: os.Getenv(killedRecord), Run: "killed", Now: c.now, Wait: func() { c.advance(time.Second) }})
	makeAll(t, open(t).Cloud)
	os.Exit(9)
}

// kindsMade are names of what makeAll makes, of each kind one.
var kindsMade = []string{"Music", "image-abcdef", "FAQ", "FAQ-API", "lambda-execution-role", "Mine", "/contract/group"}

// makeAll makes a thing of each kind, with what keeps it from being deleted easily.
func makeAll(t *testing.T, cloud aws.Cloud) {
	t.Helper()
	must(t, cloud.DynamoDB.CreateTable, aws.CreateTableInput{
		TableName: "Music", BillingMode: aws.BillingPayPerRequest, DeletionProtectionEnabled: true,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "ID", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "ID", KeyType: aws.KeyHash}},
	})
	must(t, cloud.S3.CreateBucket, aws.CreateBucketInput{Bucket: "image-abcdef", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: cloud.Place.Region}})
	must(t, cloud.S3.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "a\x01key", Body: strings.NewReader("x")})
	must(t, cloud.S3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "under way"})
	role := "arn:aws:iam::" + cloud.Place.AccountID + ":role/lambda-execution-role"
	must(t, cloud.Lambda.CreateFunction, aws.CreateFunctionInput{FunctionName: "FAQ", Runtime: "python3.13", Handler: "lambda_function.lambda_handler",
		Role: role, Code: aws.FunctionCode{ZipFile: functionCode(t)}})
	must(t, cloud.APIGateway.CreateRestApi, aws.CreateRestApiInput{Name: "FAQ-API"})
	policy := must(t, cloud.IAM.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Mine", Path: "/lab/",
		PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::image-abcdef/*"}]}`}).Policy
	must(t, cloud.IAM.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "lambda-execution-role", PolicyArn: policy.Arn})
	must(t, cloud.IAM.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "lambda-execution-role", PolicyName: "P",
		PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}]}`})
	must(t, cloud.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: "/contract/group"})
}
