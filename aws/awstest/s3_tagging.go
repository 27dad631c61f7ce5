package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// s3Tags are tags of all that tags may have in them.
var s3Tags = []aws.Tag{{Key: "lab", Value: "s3 + Lambda"}, {Key: "Größe/1", Value: ""}, {Key: "a_b.c:d=e-f@g", Value: "1"}}

// s3TagsOf are so many tags.
func s3TagsOf(n int) (tags []aws.Tag) {
	for i := range n {
		tags = append(tags, aws.Tag{Key: fmt.Sprint("key ", i), Value: "x"})
	}
	return tags
}

// s3TagFaults are the refusals of tags, of which most may be set; reserved and tooMany
// are what is said of the keys of AWS's own, and of too many.
func s3TagFaults(most int, reserved, tooMany string, put func(tags ...aws.Tag) func() error) []refusal {
	const key, value = "The TagKey you have provided is invalid", "The TagValue you have provided is invalid"
	return []refusal{
		{"a key twice", put(aws.Tag{Key: "a", Value: "1"}, aws.Tag{Key: "a", Value: "2"}), "InvalidTag", "Cannot provide multiple Tags with the same key"},
		{"no key", put(aws.Tag{Value: "1"}), "InvalidTag", key},
		{"a key of 129 characters", put(aws.Tag{Key: strings.Repeat("é", 129)}), "InvalidTag", key},
		{"a key with a comma", put(aws.Tag{Key: "a,b"}), "InvalidTag", key},
		{"a value of 257 characters", put(aws.Tag{Key: "a", Value: strings.Repeat("é", 257)}), "InvalidTag", value},
		{"a value with a comma", put(aws.Tag{Key: "a", Value: "b,c"}), "InvalidTag", value},
		{"a key of AWS's own", put(aws.Tag{Key: "aws:lab"}), "InvalidTag", reserved},
		{"too many tags", put(s3TagsOf(most + 1)...), "BadRequest", tooMany},
	}
}

const (
	systemTag      = "System tags cannot be added/updated by requester"
	tooManyBucket  = "Bucket tag count cannot be greater than 50"
	reservedObject = "Your TagKey cannot be prefixed with aws:"
	tooManyObject  = "Object tags cannot be greater than 10"
)

func testTaggedBucket(t *testing.T, f Fixture) {
	tagged := func(tags ...aws.Tag) aws.CreateBucketInput {
		in := f.located("tagged-bucket")
		if in.CreateBucketConfiguration == nil {
			in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{}
		}
		in.CreateBucketConfiguration.Tags = tags
		return in
	}
	s3Refuses(t, "s3:CreateBucket", refusal{"a tag of AWS's own", errorOf(f.Cloud.S3.CreateBucket, tagged(aws.Tag{Key: "aws:lab"})), "InvalidTag",
		`User-defined tag keys can't start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.`})
	must(t, f.Cloud.S3.CreateBucket, tagged(s3Tags...))
	same(t, "tags of a new bucket", must(t, f.Cloud.S3.GetBucketTagging, aws.GetBucketTaggingInput{Bucket: "tagged-bucket"}).TagSet, s3Tags)
	must(t, f.Cloud.S3.DeleteBucket, aws.DeleteBucketInput{Bucket: "tagged-bucket"})
}

func testPutBucketTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	put := func(tags ...aws.Tag) func() error {
		return errorOf(s3.PutBucketTagging, aws.PutBucketTaggingInput{Bucket: bucketName, Tagging: aws.Tagging{TagSet: tags}})
	}
	longest := aws.Tag{Key: strings.Repeat("é", 128), Value: strings.Repeat("ü", 256)}
	for _, tags := range [][]aws.Tag{{longest}, s3TagsOf(50), s3Tags} {
		if err := put(tags...)(); err != nil {
			t.Fatal(err)
		}
		same(t, "tags", must(t, s3.GetBucketTagging, aws.GetBucketTaggingInput{Bucket: bucketName}).TagSet, tags)
	}
	s3Refuses(t, "s3:PutBucketTagging", s3TagFaults(50, systemTag, tooManyBucket, put)...)
	in := aws.PutBucketTaggingInput{Bucket: missingOne, Tagging: aws.Tagging{TagSet: s3Tags}}
	s3Refuses(t, "s3:PutBucketTagging", noBucket(errorOf(s3.PutBucketTagging, in)))
	in.Bucket, in.Tagging.TagSet = bucketName, s3TagsOf(1)
	testCanceled(t, s3.PutBucketTagging, in)
	same(t, "tags after the refusals", must(t, s3.GetBucketTagging, aws.GetBucketTaggingInput{Bucket: bucketName}).TagSet, s3Tags)
}

func testGetBucketTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketTaggingInput{Bucket: bucketName}
	s3Refuses(t, "s3:GetBucketTagging",
		refusal{"a bucket without tags", errorOf(s3.GetBucketTagging, in), "NoSuchTagSet", noTagSetMessage},
		noBucket(errorOf(s3.GetBucketTagging, aws.GetBucketTaggingInput{Bucket: missingOne})))
	for _, tags := range [][]aws.Tag{s3TagsOf(1), s3Tags} {
		must(t, s3.PutBucketTagging, aws.PutBucketTaggingInput{Bucket: bucketName, Tagging: aws.Tagging{TagSet: tags}})
		same(t, "tags", must(t, s3.GetBucketTagging, in).TagSet, tags)
	}
	testCanceled(t, s3.GetBucketTagging, in)
}

func testDeleteBucketTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	must(t, s3.PutBucketTagging, aws.PutBucketTaggingInput{Bucket: bucketName, Tagging: aws.Tagging{TagSet: s3Tags}})
	in := aws.DeleteBucketTaggingInput{Bucket: bucketName}
	testCanceled(t, s3.DeleteBucketTagging, in)
	for range 2 { // having none is no error
		must(t, s3.DeleteBucketTagging, in)
	}
	s3Refuses(t, "s3:GetBucketTagging", refusal{"a bucket whose tags were deleted",
		errorOf(s3.GetBucketTagging, aws.GetBucketTaggingInput{Bucket: bucketName}), "NoSuchTagSet", noTagSetMessage})
	s3Refuses(t, "s3:DeleteBucketTagging", noBucket(errorOf(s3.DeleteBucketTagging, aws.DeleteBucketTaggingInput{Bucket: missingOne})))
}

// objectTags lists an object's tags, and checks that S3 counts as many.
func (f Fixture) objectTags(t *testing.T, key string) []aws.Tag {
	t.Helper()
	out := must(t, f.Cloud.S3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: key})
	same(t, "number of tags", must(t, f.Cloud.S3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: key}).TagCount, len(out.TagSet))
	return out.TagSet
}

// noObject are the refusals of a call on tags of an object that is not there.
func noObject(call func(bucket, key, version string) error) []refusal {
	return []refusal{
		noBucket(func() error { return call(missingOne, "key", "") }),
		{"a missing key", func() error { return call(bucketName, "missing", "") }, "NoSuchKey", noKeyMessage},
		{"a version of a bucket that keeps none", func() error { return call(bucketName, "key", "1") }, "InvalidArgument", noVersionID},
	}
}

func testPutObjectTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "key", "content")
	put := func(tags ...aws.Tag) func() error {
		return errorOf(s3.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: bucketName, Key: "key", Tagging: aws.Tagging{TagSet: tags}})
	}
	for _, tags := range [][]aws.Tag{s3TagsOf(10), {}, s3Tags} {
		if err := put(tags...)(); err != nil {
			t.Fatal(err)
		}
		same(t, "tags", f.objectTags(t, "key"), tags)
	}
	s3Refuses(t, "s3:PutObjectTagging", s3TagFaults(10, reservedObject, tooManyObject, put)...)
	s3Refuses(t, "s3:PutObjectTagging", noObject(func(bucket, key, version string) error {
		return errorOf(s3.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: bucket, Key: key, VersionID: version, Tagging: aws.Tagging{TagSet: s3TagsOf(1)}})()
	})...)
	testCanceled(t, s3.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: bucketName, Key: "key", Tagging: aws.Tagging{TagSet: s3TagsOf(1)}})
	same(t, "tags after the refusals", f.objectTags(t, "key"), s3Tags)
	same(t, "content", f.content(t, "key"), "content")
	testTaggedObjects(t, f)
}

// testTaggedObjects tags objects as they are put.
func testTaggedObjects(t *testing.T, f Fixture) {
	put := func(tagging string) func() error {
		return errorOf(f.Cloud.S3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "key", Body: strings.NewReader("again"), Tagging: tagging})
	}
	if err := put("a=1&b&c=x%20y+z%3D")(); err != nil {
		t.Fatal(err)
	}
	same(t, "tags", f.objectTags(t, "key"), []aws.Tag{{Key: "a", Value: "1"}, {Key: "b"}, {Key: "c", Value: "x y z="}})
	const malformed = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."
	s3Refuses(t, "s3:PutObject",
		refusal{"a tag twice", put("a=1&a=2"), "InvalidArgument", malformed},
		refusal{"tags that are none", put("a=1,b=2"), "InvalidArgument", malformed},
		refusal{"a tag of AWS's own", put("aws:a=1"), "InvalidTag", reservedObject},
		refusal{"eleven tags", put("a&b&c&d&e&f&g&h&i&j&k"), "BadRequest", tooManyObject})
	f.object(t, "key", "without tags")
	same(t, "tags of what replaced it", f.objectTags(t, "key"), []aws.Tag{})
}

func testGetObjectTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "key", "content")
	same(t, "no tags", must(t, s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: "key", VersionID: aws.NullVersion}),
		aws.GetObjectTaggingOutput{TagSet: []aws.Tag{}})
	must(t, s3.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: bucketName, Key: "key", Tagging: aws.Tagging{TagSet: s3Tags}})
	same(t, "tags", must(t, s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: "key"}).TagSet, s3Tags)
	s3Refuses(t, "s3:GetObjectTagging", noObject(func(bucket, key, version string) error {
		return errorOf(s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucket, Key: key, VersionID: version})()
	})...)
	f.versioning(t, "Enabled")
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"})
	s3Refuses(t, "s3:GetObjectTagging", refusal{"a delete marker", errorOf(s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: "key"}), "MethodNotAllowed", noMethodMessage})
	testCanceled(t, s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: "key"})
}

func testDeleteObjectTagging(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "key", Tagging: "a=1"})
	in := aws.DeleteObjectTaggingInput{Bucket: bucketName, Key: "key"}
	testCanceled(t, s3.DeleteObjectTagging, in)
	same(t, "tags", f.objectTags(t, "key"), []aws.Tag{{Key: "a", Value: "1"}})
	for range 2 { // having none is no error
		must(t, s3.DeleteObjectTagging, in)
		same(t, "tags", f.objectTags(t, "key"), []aws.Tag{})
	}
	s3Refuses(t, "s3:DeleteObjectTagging", noObject(func(bucket, key, version string) error {
		return errorOf(s3.DeleteObjectTagging, aws.DeleteObjectTaggingInput{Bucket: bucket, Key: key, VersionID: version})()
	})...)
}

// testCopyTags copies "copy", which has two tags, with and without them.
func testCopyTags(t *testing.T, f Fixture) {
	copied := aws.CopyObjectInput{Bucket: bucketName, Key: "tagged", CopySource: bucketName + "/copy", Tagging: "new=1"}
	want := f.objectTags(t, "copy")
	for _, directive := range []string{"", "COPY", "REPLACE"} {
		copied.TaggingDirective = directive
		must(t, f.Cloud.S3.CopyObject, copied)
		if directive == "REPLACE" {
			want = []aws.Tag{{Key: "new", Value: "1"}}
		}
		same(t, "tags of a copy, "+directive, f.objectTags(t, "tagged"), want)
	}
}
