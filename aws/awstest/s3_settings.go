package awstest

import (
	"context"
	"testing"

	"awslab/aws"
)

// grants are those of what is its owner's alone.
func (f Fixture) grants(t *testing.T) (aws.Owner, []aws.Grant) {
	t.Helper()
	owner := aws.Owner{ID: must(t, f.Cloud.S3.ListBuckets, aws.ListBucketsInput{}).Owner.ID}
	return owner, []aws.Grant{{Grantee: aws.Grantee{Type: "CanonicalUser", ID: owner.ID}, Permission: "FULL_CONTROL"}}
}

// setting reads what all buckets have of one, which must be there.
func setting[In, Out any](t *testing.T, f Fixture, name string, read func(context.Context, In) (Out, error), of func(bucket string) In) Out {
	t.Helper()
	f.bucket(t, bucketName)
	s3Refuses(t, name, noBucket(errorOf(read, of(missingOne))))
	testCanceled(t, read, of(bucketName))
	return must(t, read, of(bucketName))
}

func testGetBucketACL(t *testing.T, f Fixture) {
	out := setting(t, f, "s3:GetBucketAcl", f.Cloud.S3.GetBucketAcl, func(b string) aws.GetBucketAclInput { return aws.GetBucketAclInput{Bucket: b} })
	owner, grants := f.grants(t)
	same(t, "access control list", out, aws.GetBucketAclOutput{Owner: owner, Grants: grants})
}

func testGetObjectACL(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "key", "content")
	owner, grants := f.grants(t)
	want := aws.GetObjectAclOutput{Owner: owner, Grants: grants}
	in := aws.GetObjectAclInput{Bucket: bucketName, Key: "key"}
	same(t, "access control list", must(t, s3.GetObjectAcl, in), want)
	refused := func(bucket, key, version string) error {
		return errorOf(s3.GetObjectAcl, aws.GetObjectAclInput{Bucket: bucket, Key: key, VersionID: version})()
	}
	s3Refuses(t, "s3:GetObjectAcl", noObject(refused)...)

	f.versioning(t, "Enabled")
	gone := f.version(t, "key", "new")
	marker := must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"}).VersionID
	for _, version := range []string{aws.NullVersion, gone} {
		in.VersionID = version
		same(t, "access control list of a version", must(t, s3.GetObjectAcl, in), want)
	}
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key", VersionID: gone})
	s3Refuses(t, "s3:GetObjectAcl",
		refusal{"a deleted object", func() error { return refused(bucketName, "key", "") }, "NoSuchKey", noKeyMessage},
		refusal{"a delete marker", func() error { return refused(bucketName, "key", marker) }, "MethodNotAllowed", noMethodMessage},
		refusal{"a missing version", func() error { return refused(bucketName, "key", gone) }, "NoSuchVersion", "The specified version does not exist."})
	testCanceled(t, s3.GetObjectAcl, in)
}

func testGetBucketEncryption(t *testing.T, f Fixture) {
	rules := setting(t, f, "s3:GetBucketEncryption", f.Cloud.S3.GetBucketEncryption, func(b string) aws.GetBucketEncryptionInput {
		return aws.GetBucketEncryptionInput{Bucket: b}
	}).ServerSideEncryptionConfiguration.Rules
	for i := range rules {
		rules[i].BlockedEncryptionTypes = nil // not all regions block any
	}
	same(t, "encryption", rules, []aws.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: aws.ServerSideEncryptionByDefault{SSEAlgorithm: "AES256"}}})
}

func testGetBucketOwnership(t *testing.T, f Fixture) {
	out := setting(t, f, "s3:GetBucketOwnershipControls", f.Cloud.S3.GetBucketOwnershipControls, func(b string) aws.GetBucketOwnershipControlsInput {
		return aws.GetBucketOwnershipControlsInput{Bucket: b}
	})
	same(t, "ownership", out.OwnershipControls.Rules, []aws.OwnershipControlsRule{{ObjectOwnership: "BucketOwnerEnforced"}})
}

func testGetPublicAccessBlock(t *testing.T, f Fixture) {
	out := setting(t, f, "s3:GetPublicAccessBlock", f.Cloud.S3.GetPublicAccessBlock, func(b string) aws.GetPublicAccessBlockInput {
		return aws.GetPublicAccessBlockInput{Bucket: b}
	})
	same(t, "what is blocked", out.PublicAccessBlockConfiguration,
		aws.PublicAccessBlockConfiguration{BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true})
}

func testGetBucketPolicyStatus(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketPolicyStatusInput{Bucket: bucketName}
	s3Refuses(t, "s3:GetBucketPolicyStatus",
		refusal{"a bucket without a policy", errorOf(s3.GetBucketPolicyStatus, in), "NoSuchBucketPolicy", noPolicyMessage},
		noBucket(errorOf(s3.GetBucketPolicyStatus, aws.GetBucketPolicyStatusInput{Bucket: missingOne})))
	must(t, s3.PutBucketPolicy, aws.PutBucketPolicyInput{Bucket: bucketName, Policy: bucketPolicy(f)})
	same(t, "status", must(t, s3.GetBucketPolicyStatus, in).PolicyStatus, aws.PolicyStatus{})
	testCanceled(t, s3.GetBucketPolicyStatus, in)
}
