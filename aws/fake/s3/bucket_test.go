package s3

import (
	"testing"

	"awslab/aws"
)

// TestFirstRegion makes buckets in us-east-1, where S3 has kept old habits.
func TestFirstRegion(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{region: firstRegion})
	at := func(name, region string) aws.CreateBucketInput {
		return aws.CreateBucketInput{Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: region}}
	}
	for range 2 { // the second time is no error there
		if out := must(t, s.CreateBucket, aws.CreateBucketInput{Bucket: "home"}); out.Location != "/home" {
			t.Errorf("location is %q", out.Location)
		}
		s.put(t, "home", "key", "content")
	}
	if got := s.get(t, "home", "key"); got != "content" {
		t.Errorf("the object is %q after the bucket was made again", got)
	}
	refused(t, s.CreateBucket, at("named", firstRegion), "InvalidLocationConstraint")
	refused(t, s.CreateBucket, at("named", "mars-north-1"), "InvalidLocationConstraint")
	for name, region := range map[string]string{"abroad": "eu-central-1", "old-name": "EU"} {
		if out := must(t, s.CreateBucket, at(name, region)); out.Location != "http://"+name+".s3.amazonaws.com/" {
			t.Errorf("location is %q", out.Location)
		}
		refused(t, s.CreateBucket, at(name, region), "BucketAlreadyOwnedByYou")
	}
	for name, want := range map[string]string{"home": "", "abroad": "eu-central-1", "old-name": "eu-west-1"} {
		if got := must(t, s.GetBucketLocation, aws.GetBucketLocationInput{Bucket: name}).LocationConstraint; got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
}
