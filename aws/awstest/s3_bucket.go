package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

func testCreateBucket(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	home := f.Cloud.Place.Region == "us-east-1"
	out := must(t, s3.CreateBucket, f.located(bucketName))
	want := "http://" + bucketName + ".s3.amazonaws.com/"
	if home {
		want = "/" + bucketName
	}
	same(t, "answer", out, aws.CreateBucketOutput{Location: want, BucketArn: "arn:aws:s3:::" + bucketName})
	testTaggedBucket(t, f)
	for _, name := range []string{"abc", strings.Repeat("a", 63), "a.b-c", "1-2", "192.168.5", "192.168.5.4.1"} {
		f.bucket(t, name)
	}
	for _, name := range []string{
		"", "ab", strings.Repeat("a", 64), "Image", "my_bucket", "my bucket", "a/b", "-ab", "ab-", ".ab", "ab.", "a..b", "192.168.5.4", "999.1.1.1",
		"xn--ab", "sthree-ab", "amzn-s3-demo-ab", "ab-s3alias", "ab--ol-s3", "ab.mrap", "ab--x-s3", "ab--table-s3", "ab-an", "bücher", "abc\n",
	} {
		s3Refuses(t, "s3:CreateBucket", refusal{"the name " + name, errorOf(s3.CreateBucket, f.located(name)), "InvalidBucketName", "The specified bucket is not valid."})
	}
	at := func(name, region string) func() error {
		return errorOf(s3.CreateBucket, aws.CreateBucketInput{Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: region}})
	}
	s3Refuses(t, "s3:CreateBucket",
		refusal{"no such region", at("somewhere", "mars-north-1"), "InvalidLocationConstraint", "The specified location-constraint is not valid"},
		refusal{"us-east-1, which is not to be named", at("somewhere", "us-east-1"), "InvalidLocationConstraint", "The specified location-constraint is not valid"})
	if home {
		must(t, s3.CreateBucket, f.located(bucketName)) // once more is no error there
		return
	}
	illegal := func(what string) string {
		return "The " + what + " location constraint is incompatible for the region specific endpoint this request was sent to."
	}
	s3Refuses(t, "s3:CreateBucket",
		refusal{"one's own name", errorOf(s3.CreateBucket, f.located(bucketName)), "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it."},
		refusal{"no region", errorOf(s3.CreateBucket, aws.CreateBucketInput{Bucket: "somewhere"}), "IllegalLocationConstraintException", illegal("unspecified")},
		refusal{"another region", at("somewhere", "ap-south-2"), "IllegalLocationConstraintException", illegal("ap-south-2")})
	testCanceled(t, s3.CreateBucket, f.located("canceled"))
}

func testDeleteBucket(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	remove := errorOf(s3.DeleteBucket, aws.DeleteBucketInput{Bucket: bucketName})
	s3Refuses(t, "s3:DeleteBucket", noBucket(remove))
	f.bucket(t, bucketName)
	testCanceled(t, s3.DeleteBucket, aws.DeleteBucketInput{Bucket: bucketName})
	f.object(t, "key", "content")
	s3Refuses(t, "s3:DeleteBucket", refusal{"a bucket with an object", remove, "BucketNotEmpty", "The bucket you tried to delete is not empty"})
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"})
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	s3Refuses(t, "s3:DeleteBucket", noBucket(remove))
	f.bucket(t, bucketName)
	same(t, "keys of the new bucket", f.keys(t), []string{})
}

func testHeadBucket(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	out := must(t, s3.HeadBucket, aws.HeadBucketInput{Bucket: bucketName})
	same(t, "bucket", out, aws.HeadBucketOutput{BucketArn: "arn:aws:s3:::" + bucketName, BucketRegion: f.Cloud.Place.Region})
	s3Refuses(t, "s3:HeadBucket",
		refusal{"a missing bucket", errorOf(s3.HeadBucket, aws.HeadBucketInput{Bucket: missingOne}), "NotFound", "Not Found"},
		refusal{"a name that is none", errorOf(s3.HeadBucket, aws.HeadBucketInput{Bucket: "No_Bucket"}), "BadRequest", "Bad Request"})
	testCanceled(t, s3.HeadBucket, aws.HeadBucketInput{Bucket: bucketName})
}

func testListBuckets(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	empty := must(t, s3.ListBuckets, aws.ListBucketsInput{})
	if len(empty.Buckets) != 0 || len(empty.Owner.ID) != 64 {
		t.Errorf("an account without buckets has %+v", empty)
	}
	all := []string{"a-first", "b-1", "b-2", "b-3", "c-last"}
	for _, n := range []int{3, 0, 4, 1, 2} {
		f.bucket(t, all[n])
	}
	list := func(in aws.ListBucketsInput) (names []string) {
		for {
			out := must(t, s3.ListBuckets, in)
			for _, b := range out.Buckets {
				names = append(names, b.Name)
				if b.CreationDate.IsZero() || b.BucketRegion != f.Cloud.Place.Region || b.BucketArn != "arn:aws:s3:::"+b.Name {
					t.Errorf("bucket is %+v", b)
				}
			}
			if in.ContinuationToken = out.ContinuationToken; in.ContinuationToken == "" {
				return names
			}
		}
	}
	same(t, "buckets", list(aws.ListBucketsInput{}), all)
	same(t, "buckets of b-", list(aws.ListBucketsInput{Prefix: "b-"}), all[1:4])
	elsewhere := "us-east-2"
	if f.Cloud.Place.Region == elsewhere {
		elsewhere = "us-west-2"
	}
	same(t, "buckets here", list(aws.ListBucketsInput{BucketRegion: f.Cloud.Place.Region, MaxBuckets: aws.Some(2)}), all)
	same(t, "buckets elsewhere", len(list(aws.ListBucketsInput{BucketRegion: elsewhere})), 0)
	for _, n := range []int{1, 2, 5} {
		same(t, "buckets by pages", list(aws.ListBucketsInput{MaxBuckets: aws.Some(n)}), all)
	}
	for _, n := range []int{0, 10_001} {
		s3Refuses(t, "s3:ListBuckets", refusal{"pages out of range", errorOf(s3.ListBuckets, aws.ListBucketsInput{MaxBuckets: aws.Some(n)}),
			"InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000"})
	}
	s3Refuses(t, "s3:ListBuckets", refusal{"a token that is none", errorOf(s3.ListBuckets, aws.ListBucketsInput{ContinuationToken: "b-1"}),
		"InvalidArgument", "The continuation token provided is incorrect"})
	testCanceled(t, s3.ListBuckets, aws.ListBucketsInput{})
}

func testGetBucketLocation(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	want := f.Cloud.Place.Region
	if want == "us-east-1" {
		want = ""
	}
	same(t, "location", must(t, s3.GetBucketLocation, aws.GetBucketLocationInput{Bucket: bucketName}).LocationConstraint, want)
	s3Refuses(t, "s3:GetBucketLocation",
		noBucket(errorOf(s3.GetBucketLocation, aws.GetBucketLocationInput{Bucket: missingOne})),
		refusal{"a name that is none", errorOf(s3.GetBucketLocation, aws.GetBucketLocationInput{Bucket: "No_Bucket"}), "InvalidBucketName", "The specified bucket is not valid."})
	testCanceled(t, s3.GetBucketLocation, aws.GetBucketLocationInput{Bucket: bucketName})
}
