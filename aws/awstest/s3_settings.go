package awstest

import (
	"testing"

	"awslab/aws"
)

// grants are those of what is its owner's alone.
func (f Fixture) grants(t *testing.T) (aws.Owner, []aws.Grant) {
	t.Helper()
	owner := aws.Owner{ID: must(t, f.Cloud.S3.ListBuckets, aws.ListBucketsInput{}).Owner.ID}
	return owner, []aws.Grant{{Grantee: aws.Grantee{Type: "CanonicalUser", ID: owner.ID}, Permission: "FULL_CONTROL"}}
}

func testGetBucketACL(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	owner, grants := f.grants(t)
	in := aws.GetBucketAclInput{Bucket: bucketName}
	same(t, "access control list", must(t, s3.GetBucketAcl, in), aws.GetBucketAclOutput{Owner: owner, Grants: grants})
	s3Refuses(t, "s3:GetBucketAcl", noBucket(errorOf(s3.GetBucketAcl, aws.GetBucketAclInput{Bucket: missingOne})))
	testCanceled(t, s3.GetBucketAcl, in)
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
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketEncryptionInput{Bucket: bucketName}
	rules := must(t, s3.GetBucketEncryption, in).ServerSideEncryptionConfiguration.Rules
	for i := range rules {
		rules[i].BlockedEncryptionTypes = nil // not all regions block any
	}
	same(t, "encryption", rules, []aws.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: aws.ServerSideEncryptionByDefault{SSEAlgorithm: "AES256"}}})
	s3Refuses(t, "s3:GetBucketEncryption", noBucket(errorOf(s3.GetBucketEncryption, aws.GetBucketEncryptionInput{Bucket: missingOne})))
	testCanceled(t, s3.GetBucketEncryption, in)
}

func testGetBucketOwnership(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketOwnershipControlsInput{Bucket: bucketName}
	same(t, "ownership", must(t, s3.GetBucketOwnershipControls, in).OwnershipControls.Rules, []aws.OwnershipControlsRule{{ObjectOwnership: "BucketOwnerEnforced"}})
	s3Refuses(t, "s3:GetBucketOwnershipControls", noBucket(errorOf(s3.GetBucketOwnershipControls, aws.GetBucketOwnershipControlsInput{Bucket: missingOne})))
	testCanceled(t, s3.GetBucketOwnershipControls, in)
}

func testGetPublicAccessBlock(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetPublicAccessBlockInput{Bucket: bucketName}
	same(t, "what is blocked", must(t, s3.GetPublicAccessBlock, in).PublicAccessBlockConfiguration,
		aws.PublicAccessBlockConfiguration{BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true})
	s3Refuses(t, "s3:GetPublicAccessBlock", noBucket(errorOf(s3.GetPublicAccessBlock, aws.GetPublicAccessBlockInput{Bucket: missingOne})))
	testCanceled(t, s3.GetPublicAccessBlock, in)
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
