package lambda

import (
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/page/pagetest"
)

// sandbox opens a sandbox whose functions are ready at once.
func sandbox(t testing.TB) aws.Cloud {
	t.Helper()
	return sandboxWith(t, fake.Options{Delay: aws.Some(time.Duration(0))})
}

func sandboxWith(t testing.TB, opts fake.Options) aws.Cloud {
	t.Helper()
	s, err := fake.Open(t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud()
}

func newBench(t testing.TB, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	return pagetest.New(t, Pages(), cloud)
}

// makeFunction makes a Python function with the code that new ones start with.
func makeFunction(t testing.TB, cloud aws.Cloud, name string) {
	t.Helper()
	handler, code, err := helloCode("python3.14")
	if err != nil {
		t.Fatal(err)
	}
	role, err := cloud.IAM.GetRole(t.Context(), aws.GetRoleInput{RoleName: "lambda-execution-role"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = cloud.Lambda.CreateFunction(t.Context(), aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.14", Handler: handler, Role: role.Role.Arn, Code: aws.FunctionCode{ZipFile: code},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func makeBucket(t testing.TB, cloud aws.Cloud, name string) {
	t.Helper()
	_, err := cloud.S3.CreateBucket(t.Context(), aws.CreateBucketInput{
		Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: cloud.Place.Region},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// configuration reads a function's configuration.
func configuration(t testing.TB, cloud aws.Cloud, name string) aws.FunctionConfiguration {
	t.Helper()
	c, err := configurationOf(t.Context(), cloud, name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
