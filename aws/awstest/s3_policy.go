package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

// bucketPolicy lets a role of the account read the bucket's objects.
func bucketPolicy(f Fixture) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + f.Cloud.Place.AccountID +
		`:role/lambda-execution-role"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::` + bucketName + `/*"}]}`
}

const noPolicyMessage = "The bucket policy does not exist"

func testGetBucketPolicy(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketPolicyInput{Bucket: bucketName}
	s3Refuses(t, "s3:GetBucketPolicy",
		refusal{"a bucket without one", errorOf(s3.GetBucketPolicy, in), "NoSuchBucketPolicy", noPolicyMessage},
		noBucket(errorOf(s3.GetBucketPolicy, aws.GetBucketPolicyInput{Bucket: missingOne})))
	must(t, s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: bucketPolicy(f)})
	same(t, "policy", must(t, s3.GetBucketPolicy, in).Policy, bucketPolicy(f))
	other := strings.Replace(bucketPolicy(f), "s3:GetObject", "s3:PutObject", 1)
	must(t, s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: other})
	same(t, "another policy", must(t, s3.GetBucketPolicy, in).Policy, other)
	testCanceled(t, s3.GetBucketPolicy, in)
}

func testPutBucketPolicy(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	put := func(policy string) func() error {
		return errorOf(s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: policy})
	}
	for range 2 {
		if err := put(bucketPolicy(f))(); err != nil {
			t.Fatal(err)
		}
	}
	changed := func(old, now string) func() error { return put(strings.ReplaceAll(bucketPolicy(f), old, now)) }
	const notJSON = "Policies must be valid JSON and the first byte must be '{'"
	role := `{"AWS":"arn:aws:iam::` + f.Cloud.Place.AccountID + `:role/lambda-execution-role"}`
	public := `User: ` + f.Cloud.Place.ARN + ` is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::` + bucketName +
		`" because public policies are blocked by the BlockPublicPolicy block public access setting.`
	s3Refuses(t, "s3:PutBucketPolicy",
		noBucket(errorOf(s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: missingOne, Policy: bucketPolicy(f)})),
		refusal{"nothing", put(""), "MalformedPolicy", notJSON},
		refusal{"what is no JSON", put("{"), "MalformedPolicy", notJSON},
		refusal{"a list", put("[]"), "MalformedPolicy", notJSON},
		refusal{"nobody to allow it to", changed(`"Principal":`+role+`,`, ""), "MalformedPolicy", "Missing required field Principal"},
		refusal{"another bucket's objects", changed(bucketName, "another"), "MalformedPolicy", "Policy has invalid resource"},
		refusal{"everybody", changed(role, `"*"`), "AccessDenied", public})
	same(t, "policy after the refusals", must(t, s3.GetBucketPolicy, aws.GetBucketPolicyInput{Bucket: bucketName}).Policy, bucketPolicy(f))
	testCanceled(t, s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: bucketPolicy(f)})
}

func testDeleteBucketPolicy(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	must(t, s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: bucketPolicy(f)})
	in := aws.DeleteBucketPolicyInput{Bucket: bucketName}
	testCanceled(t, s3.DeleteBucketPolicy, in)
	for range 2 { // having none is no error
		must(t, s3.DeleteBucketPolicy, in)
	}
	s3Refuses(t, "s3:GetBucketPolicy", refusal{"a bucket whose policy was deleted", errorOf(s3.GetBucketPolicy, aws.GetBucketPolicyInput{Bucket: bucketName}), "NoSuchBucketPolicy", noPolicyMessage})
	s3Refuses(t, "s3:DeleteBucketPolicy", noBucket(errorOf(s3.DeleteBucketPolicy, aws.DeleteBucketPolicyInput{Bucket: missingOne})))
}
