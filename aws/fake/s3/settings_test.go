package s3

import (
	"testing"

	"awslab/aws"
)

// TestPublicBucket has a bucket that comes with a policy for everybody, which is told,
// and an own one, which can have none.
func TestPublicBucket(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	if err := s.SeedAssets(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.bucketOf(t, "image-abcdef")
	for bucket, public := range map[string]bool{AssetsBucket: true, "image-abcdef": false} {
		want := aws.PublicAccessBlockConfiguration{BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: !public}
		if got := must(t, s.GetPublicAccessBlock, aws.GetPublicAccessBlockInput{Bucket: bucket}).PublicAccessBlockConfiguration; got != want {
			t.Errorf("%s blocks %+v, want %+v", bucket, got, want)
		}
	}
	if !must(t, s.GetBucketPolicyStatus, aws.GetBucketPolicyStatusInput{Bucket: AssetsBucket}).PolicyStatus.IsPublic {
		t.Error("the policy for everybody is not public")
	}
	must(t, s.DeleteBucketPolicy, aws.DeleteBucketPolicyInput{Bucket: AssetsBucket})
	if !must(t, s.GetPublicAccessBlock, aws.GetPublicAccessBlockInput{Bucket: AssetsBucket}).PublicAccessBlockConfiguration.RestrictPublicBuckets {
		t.Error("a bucket without a policy lets everybody in")
	}
}
