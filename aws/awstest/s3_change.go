package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

func testCopyObject(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.bucket(t, "other-bucket")
	want := described(t, f)
	f.object(t, "a+b%2F/ü", "a name to encode")
	copied := func(change func(*aws.CopyObjectInput)) aws.CopyObjectInput {
		in := aws.CopyObjectInput{Bucket: bucketName, Key: "copy", CopySource: bucketName + "/a%20key"}
		change(&in)
		return in
	}
	out := must(t, s3.CopyObject, copied(func(in *aws.CopyObjectInput) { in.Bucket = "other-bucket" })).CopyObjectResult
	there := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: "other-bucket", Key: "copy"})
	same(t, "answer", out, aws.CopyObjectResult{
		ETag: there.ETag, LastModified: there.LastModified, Checksums: sumsOf("SHA256", "0123456789"), ChecksumType: "FULL_OBJECT",
	})
	want.LastModified = there.LastModified
	same(t, "copy", there.ObjectAttributes, want)

	must(t, s3.CopyObject, copied(func(in *aws.CopyObjectInput) { in.CopySource = "/" + bucketName + "/a%2Bb%252F/%C3%BC" }))
	same(t, "content", f.content(t, "copy"), "a name to encode")
	must(t, s3.CopyObject, copied(func(in *aws.CopyObjectInput) {
		in.MetadataDirective, in.ContentType, in.Metadata = "REPLACE", "text/html", map[string]string{"new": "yes"}
	}))
	there = must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "copy"})
	same(t, "replaced metadata", there.ObjectAttributes, aws.ObjectAttributes{ETag: want.ETag, LastModified: there.LastModified,
		ObjectHeaders: aws.ObjectHeaders{ContentType: "text/html", Metadata: map[string]string{"new": "yes"}}, ServerSideEncryption: "AES256", TagCount: 2})
	must(t, s3.CopyObject, copied(func(in *aws.CopyObjectInput) { in.Key, in.MetadataDirective = "a key", "REPLACE" }))
	same(t, "content of what was copied onto itself", f.content(t, "a key"), "0123456789")
	same(t, "its type", must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key"}).ContentType, "binary/octet-stream")
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "a key"})
	same(t, "content of a copy without its source", f.content(t, "copy"), "0123456789")

	testCopyTags(t, f)
	testCopyClasses(t, f)
	refuse := func(name, code, message string, change func(*aws.CopyObjectInput)) {
		s3Refuses(t, "s3:CopyObject", refusal{name, errorOf(s3.CopyObject, copied(change)), code, message})
	}
	refuse("a missing source", "NoSuchKey", noKeyMessage, func(in *aws.CopyObjectInput) { in.CopySource = bucketName + "/missing" })
	refuse("a missing bucket of the source", "NoSuchBucket", noBucketMessage, func(in *aws.CopyObjectInput) { in.CopySource = missingOne + "/copy" })
	refuse("a missing bucket", "NoSuchBucket", noBucketMessage, func(in *aws.CopyObjectInput) { in.Bucket, in.CopySource = missingOne, bucketName+"/copy" })
	refuse("an object onto itself", "InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
		func(in *aws.CopyObjectInput) { in.CopySource = bucketName + "/copy" })
	refuse("another directive", "InvalidArgument", "Unknown metadata directive.", func(in *aws.CopyObjectInput) { in.MetadataDirective = "MERGE" })
	refuse("another directive of tags", "InvalidArgument", "Unknown tagging directive.", func(in *aws.CopyObjectInput) { in.TaggingDirective = "MERGE" })
	refuse("a version that is none", "InvalidArgument", noVersionID, func(in *aws.CopyObjectInput) { in.CopySource = bucketName + "/copy?versionId=1" })
	refuse("a source without a key", "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", func(in *aws.CopyObjectInput) { in.CopySource = bucketName })
	refuse("a key too long", "KeyTooLongError", "Your key is too long", func(in *aws.CopyObjectInput) { in.Key = strings.Repeat("x", 1025) })
	testCanceled(t, s3.CopyObject, copied(func(in *aws.CopyObjectInput) { in.CopySource = bucketName + "/copy"; in.Key = "canceled" }))
}

func testDeleteObject(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "a", "1")
	f.object(t, "b", "2")
	testCanceled(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "a"})
	s3Refuses(t, "s3:DeleteObject", refusal{"a version of a bucket that keeps none",
		errorOf(s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "a", VersionID: "1"}), "InvalidArgument", noVersionID})
	f.object(t, "null", "version")
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "null", VersionID: aws.NullVersion})
	for range 2 { // a missing object is as good as deleted
		must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "a"})
		same(t, "keys", f.keys(t), []string{"b"})
	}
	s3Refuses(t, "s3:DeleteObject", noBucket(errorOf(s3.DeleteObject, aws.DeleteObjectInput{Bucket: missingOne, Key: "a"})))
	s3Refuses(t, "s3:DeleteObject", keyFaults(func(key string) error {
		return errorOf(s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: key})()
	})...)
}

func testDeleteObjects(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	for _, key := range []string{"a", "b", "c", "d"} {
		f.object(t, key, "content")
	}
	request := func(quiet bool, keys ...string) aws.DeleteObjectsInput {
		in := aws.DeleteObjectsInput{Bucket: bucketName, Delete: aws.ObjectsToDelete{Quiet: quiet}}
		for _, key := range keys {
			in.Delete.Objects = append(in.Delete.Objects, aws.ObjectIdentifier{Key: key})
		}
		return in
	}
	out := must(t, s3.DeleteObjects, request(false, "a", "missing", "b", "a"))
	same(t, "answer", out, aws.DeleteObjectsOutput{Deleted: []aws.DeletedObject{{Key: "a"}, {Key: "missing"}, {Key: "b"}, {Key: "a"}}})
	same(t, "keys", f.keys(t), []string{"c", "d"})
	long := strings.Repeat("x", 1025)
	out = must(t, s3.DeleteObjects, request(true, "c", long))
	same(t, "quiet answer", out, aws.DeleteObjectsOutput{Errors: []aws.DeleteError{{Key: long, Code: "KeyTooLongError", Message: "Your key is too long"}}})
	same(t, "keys", f.keys(t), []string{"d"})

	f.object(t, "null", "version")
	versions := request(false, "null", "d")
	versions.Delete.Objects[0].VersionID, versions.Delete.Objects[1].VersionID = aws.NullVersion, "1"
	same(t, "answer about versions", must(t, s3.DeleteObjects, versions), aws.DeleteObjectsOutput{
		Deleted: []aws.DeletedObject{{Key: "null", VersionID: aws.NullVersion}},
		Errors:  []aws.DeleteError{{Key: "d", VersionID: "1", Code: "NoSuchVersion", Message: "The specified version does not exist."}},
	})

	many := make([]string, 1001)
	for n := range many {
		many[n] = fmt.Sprint(n)
	}
	must(t, s3.DeleteObjects, request(false, many[:1000]...))
	elsewhere := request(false, "d")
	elsewhere.Bucket = missingOne
	s3Refuses(t, "s3:DeleteObjects",
		noBucket(errorOf(s3.DeleteObjects, elsewhere)),
		refusal{"no keys", errorOf(s3.DeleteObjects, request(false)), "MalformedXML", badXMLMessage},
		refusal{"an empty key", errorOf(s3.DeleteObjects, request(false, "d", "")), "MalformedXML", badXMLMessage},
		refusal{"1,001 keys", errorOf(s3.DeleteObjects, request(false, many...)), "MalformedXML", badXMLMessage})
	testCanceled(t, s3.DeleteObjects, request(false, "d"))
	same(t, "keys after the refusals", f.keys(t), []string{"d"})
}

func testListObjects(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	empty := must(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName})
	same(t, "an empty bucket", empty, aws.ListObjectsV2Output{Name: bucketName, MaxKeys: 1000})
	all := []string{"A", "a", "a/", "a/1", "a/2", "a/b/1", "a/b/2", "a0", "b/1", "z", "é"}
	for _, n := range []int{10, 3, 5, 0, 1, 9, 2, 8, 7, 6, 4} {
		must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: all[n], Body: strings.NewReader(all[n]), ChecksumAlgorithm: "CRC32C"})
	}
	in := aws.ListObjectsV2Input{Bucket: bucketName, FetchOwner: true}
	one := must(t, s3.ListObjectsV2, in).Contents[1]
	same(t, "object", one, aws.Object{Key: "a", LastModified: one.LastModified, ETag: etagOf("a"), Size: 1, StorageClass: "STANDARD",
		ChecksumAlgorithm: []string{"CRC32C"}, ChecksumType: "FULL_OBJECT", Owner: one.Owner})
	if one.LastModified.IsZero() || one.Owner == nil || len(one.Owner.ID) != 64 {
		t.Errorf("object is %+v, want a time and an owner", one)
	}
	for _, c := range listCases(all) {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{1000, 1, 2, 3} {
				in := c.in
				in.Bucket, in.MaxKeys = bucketName, aws.Some(size)
				same(t, fmt.Sprintf("list by %d", size), listByPages(t, s3, in), c.want)
			}
		})
	}
	none := must(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName, MaxKeys: aws.Some(0)})
	same(t, "no keys", none, aws.ListObjectsV2Output{Name: bucketName})
	more := must(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName, MaxKeys: aws.Some(5000)})
	same(t, "the most keys", []int{more.MaxKeys, more.KeyCount}, []int{1000, len(all)})
	s3Refuses(t, "s3:ListObjectsV2",
		noBucket(errorOf(s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: missingOne})),
		refusal{"less than no keys", errorOf(s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName, MaxKeys: aws.Some(-1)}),
			"InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647"},
		refusal{"a token that is none", errorOf(s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName, ContinuationToken: "a"}),
			"InvalidArgument", "The continuation token provided is incorrect"})
	testCanceled(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName})
}

// listCase is a list, and the keys and (with a star) common prefixes in it.
type listCase struct {
	name string
	in   aws.ListObjectsV2Input
	want []string
}

func listCases(all []string) []listCase {
	return []listCase{
		{"all", aws.ListObjectsV2Input{}, all},
		{"a prefix", aws.ListObjectsV2Input{Prefix: "a/"}, all[2:7]},
		{"a prefix of none", aws.ListObjectsV2Input{Prefix: "c"}, []string{}},
		{"after a key", aws.ListObjectsV2Input{StartAfter: "a/2"}, all[5:]},
		{"after a key that is not there", aws.ListObjectsV2Input{StartAfter: "a/11"}, all[4:]},
		{"after a key before the prefix", aws.ListObjectsV2Input{Prefix: "a/", StartAfter: "A"}, all[2:7]},
		{"after the last", aws.ListObjectsV2Input{StartAfter: "é"}, []string{}},
		{"folders", aws.ListObjectsV2Input{Delimiter: "/"}, []string{"A", "a", "a/*", "a0", "b/*", "z", "é"}},
		{"a folder", aws.ListObjectsV2Input{Prefix: "a/", Delimiter: "/"}, []string{"a/", "a/1", "a/2", "a/b/*"}},
		{"a longer delimiter", aws.ListObjectsV2Input{Delimiter: "/b/"}, []string{"A", "a", "a/", "a/1", "a/2", "a/b/*", "a0", "b/1", "z", "é"}},
		{"folders after a key in one", aws.ListObjectsV2Input{Delimiter: "/", StartAfter: "a/1"}, []string{"a0", "b/*", "z", "é"}},
		{"folders after a folder", aws.ListObjectsV2Input{Delimiter: "/", StartAfter: "a/"}, []string{"a0", "b/*", "z", "é"}},
	}
}

// listByPages lists keys and, with a star, common prefixes, in the order in
// which the pages come; within one they are sorted.
func listByPages(t *testing.T, s3 aws.S3, in aws.ListObjectsV2Input) []string {
	t.Helper()
	all := []string{}
	for {
		out := must(t, s3.ListObjectsV2, in)
		var page []string
		for _, o := range out.Contents {
			page = append(page, o.Key)
		}
		for _, p := range out.CommonPrefixes {
			page = append(page, p.Prefix+"*")
		}
		all = append(all, sorted(page)...)
		size, _ := in.MaxKeys.Get()
		if out.KeyCount != len(page) || len(page) > size || out.IsTruncated != (out.NextContinuationToken != "") || out.IsTruncated && len(page) < size {
			t.Errorf("page of %d entries says %+v", len(page), out)
		}
		same(t, "token", out.ContinuationToken, in.ContinuationToken)
		if in.ContinuationToken = out.NextContinuationToken; in.ContinuationToken == "" {
			return all
		}
	}
}
