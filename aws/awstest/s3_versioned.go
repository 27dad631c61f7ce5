package awstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// versioning sets the bucket's versioning.
func (f Fixture) versioning(t *testing.T, status string) {
	t.Helper()
	must(t, f.Cloud.S3.PutBucketVersioning, aws.PutBucketVersioningInput{Bucket: bucketName, VersioningConfiguration: aws.VersioningConfiguration{Status: status}})
	same(t, "versioning", must(t, f.Cloud.S3.GetBucketVersioning, aws.GetBucketVersioningInput{Bucket: bucketName}).Status, status)
}

// version puts an object and gives its version.
func (f Fixture) version(t *testing.T, key, content string) string {
	t.Helper()
	return must(t, f.Cloud.S3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: key, Body: strings.NewReader(content)}).VersionID
}

// versions lists all versions of the bucket, by pages of some size: key and version,
// with a star for the latest and a cross for delete markers. Within a page, versions
// come before markers.
func (f Fixture) versions(t *testing.T, size int) (all []string) {
	t.Helper()
	in := aws.ListObjectVersionsInput{Bucket: bucketName, MaxKeys: aws.Some(size)}
	for {
		out := must(t, f.Cloud.S3.ListObjectVersions, in)
		add := func(key, version string, latest bool, sign string) {
			if latest {
				sign += "*"
			}
			all = append(all, key+" "+version+sign)
		}
		for _, v := range out.Versions {
			add(v.Key, v.VersionID, v.IsLatest, "")
		}
		for _, m := range out.DeleteMarkers {
			add(m.Key, m.VersionID, m.IsLatest, "x")
		}
		if !out.IsTruncated {
			return all
		}
		in.KeyMarker, in.VersionIDMarker = out.NextKeyMarker, out.NextVersionIDMarker
	}
}

func testPutBucketVersioning(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	put := func(bucket, status string) aws.PutBucketVersioningInput {
		return aws.PutBucketVersioningInput{Bucket: bucket, VersioningConfiguration: aws.VersioningConfiguration{Status: status}}
	}
	s3Refuses(t, "s3:PutBucketVersioning",
		noBucket(errorOf(s3.PutBucketVersioning, put(missingOne, "Enabled"))),
		refusal{"another status", errorOf(s3.PutBucketVersioning, put(bucketName, "enabled")), "MalformedXML", badXMLMessage},
		refusal{"no status", errorOf(s3.PutBucketVersioning, put(bucketName, "")), "IllegalVersioningConfigurationException", "The Versioning element must be specified"})
	testCanceled(t, s3.PutBucketVersioning, put(bucketName, "Enabled"))
	same(t, "versioning", must(t, s3.GetBucketVersioning, aws.GetBucketVersioningInput{Bucket: bucketName}).Status, "")
	testVersionsAreKept(t, f)
	testSuspended(t, f)
	s3Refuses(t, "s3:DeleteBucket", refusal{"a bucket with versions", errorOf(s3.DeleteBucket, aws.DeleteBucketInput{Bucket: bucketName}),
		"BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket."})
	emptyByPages(t, f)
	must(t, s3.DeleteBucket, aws.DeleteBucketInput{Bucket: bucketName})
}

// testVersionsAreKept writes and deletes "key", which was there before.
func testVersionsAreKept(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	same(t, "version in a bucket that keeps none", f.version(t, "key", "zero"), "")
	f.versioning(t, "Enabled")
	one := f.version(t, "key", "one")
	two := f.version(t, "key", "two")
	if one == "" || two == "" || one == two || one == aws.NullVersion {
		t.Fatalf("versions are %q and %q", one, two)
	}
	read := func(version string) aws.GetObjectInput {
		return aws.GetObjectInput{Bucket: bucketName, Key: "key", VersionID: version}
	}
	for version, want := range map[string][2]string{"": {two, "two"}, one: {one, "one"}, two: {two, "two"}, aws.NullVersion: {aws.NullVersion, "zero"}} {
		out := must(t, s3.GetObject, read(version))
		same(t, "content of "+version, bodyOf(t, out), want[1])
		same(t, "version", out.VersionID, want[0])
		same(t, "version by head", must(t, s3.HeadObject, aws.HeadObjectInput(read(version))).VersionID, want[0])
	}
	must(t, s3.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: bucketName, Key: "key", VersionID: one, Tagging: aws.Tagging{TagSet: s3Tags}})
	same(t, "tags of a version", must(t, s3.GetObjectTagging, aws.GetObjectTaggingInput{Bucket: bucketName, Key: "key", VersionID: one}),
		aws.GetObjectTaggingOutput{TagSet: s3Tags, VersionID: one})
	same(t, "tags of the latest", f.objectTags(t, "key"), []aws.Tag{})
	copied := must(t, s3.CopyObject, aws.CopyObjectInput{Bucket: bucketName, Key: "copy", CopySource: bucketName + "/key?versionId=" + one})
	same(t, "version that was copied", copied.CopySourceVersionID, one)
	same(t, "content of a version's copy", f.content(t, "copy"), "one")

	marker := must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"})
	if !marker.DeleteMarker || marker.VersionID == "" {
		t.Fatalf("deleting gave %+v, want a marker", marker)
	}
	same(t, "keys", f.keys(t), []string{"copy"})
	want := []string{"copy " + copied.VersionID + "*", "key " + two, "key " + one, "key null", "key " + marker.VersionID + "x*"}
	same(t, "versions", f.versions(t, 1000), want)
	want = slices.Insert(want[:4:4], 1, want[4])
	same(t, "versions, one by one", f.versions(t, 1), want)
	s3Refuses(t, "s3:GetObject",
		refusal{"what was deleted", errorOf(s3.GetObject, read("")), "NoSuchKey", noKeyMessage},
		refusal{"a delete marker", errorOf(s3.GetObject, read(marker.VersionID)), "MethodNotAllowed", noMethodMessage},
		refusal{"a version of another key", errorOf(s3.GetObject, read(copied.VersionID)), "NoSuchVersion", "The specified version does not exist."},
		refusal{"a version that is none", errorOf(s3.GetObject, read("1")), "InvalidArgument", noVersionID})

	remove := func(version string) aws.DeleteObjectOutput {
		return must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key", VersionID: version})
	}
	same(t, "deleting the marker", remove(marker.VersionID), aws.DeleteObjectOutput{DeleteMarker: true, VersionID: marker.VersionID})
	same(t, "content without the marker", f.content(t, "key"), "two")
	same(t, "deleting the latest", remove(two), aws.DeleteObjectOutput{VersionID: two})
	same(t, "deleting it again", remove(two), aws.DeleteObjectOutput{VersionID: two})
	same(t, "content without the latest", f.content(t, "key"), "one")
	same(t, "its tags", f.objectTags(t, "key"), s3Tags)
	remove(aws.NullVersion)
	same(t, "versions", f.versions(t, 2), []string{"copy " + copied.VersionID + "*", "key " + one + "*"})
}

// testSuspended suspends the versioning of a bucket that has a version of "key".
func testSuspended(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	one := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "key"}).VersionID
	f.versioning(t, "Suspended")
	for _, content := range []string{"null", "null again"} {
		same(t, "version", f.version(t, "key", content), "")
		same(t, "content", f.content(t, "key"), content)
		same(t, "version", must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "key"}).VersionID, aws.NullVersion)
	}
	same(t, "versions", f.versions(t, 1000)[1:], []string{"key null*", "key " + one})
	same(t, "deleting", must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"}), aws.DeleteObjectOutput{DeleteMarker: true, VersionID: aws.NullVersion})
	same(t, "versions", f.versions(t, 1000)[1:], []string{"key " + one, "key nullx*"})
	f.versioning(t, "Enabled")
	f.version(t, "key", "three")
	same(t, "number of versions", len(f.versions(t, 1)), 4)
}

// emptyByPages deletes all versions and markers, those of a page at once, as one does
// who empties a bucket.
func emptyByPages(t *testing.T, f Fixture) {
	for n := range 5 {
		f.version(t, "more", fmt.Sprint(n))
	}
	must(t, f.Cloud.S3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "more"})
	in := aws.ListObjectVersionsInput{Bucket: bucketName, MaxKeys: aws.Some(4)}
	for more := true; more; {
		out := must(t, f.Cloud.S3.ListObjectVersions, in)
		var these []aws.ObjectIdentifier
		for _, v := range out.Versions {
			these = append(these, aws.ObjectIdentifier{Key: v.Key, VersionID: v.VersionID})
		}
		markers := map[string]bool{}
		for _, m := range out.DeleteMarkers {
			these = append(these, aws.ObjectIdentifier{Key: m.Key, VersionID: m.VersionID})
			markers[m.Key+m.VersionID] = true
		}
		gone := must(t, f.Cloud.S3.DeleteObjects, aws.DeleteObjectsInput{Bucket: bucketName, Delete: aws.ObjectsToDelete{Objects: these}})
		for n, d := range gone.Deleted {
			want := aws.DeletedObject{Key: these[n].Key, VersionID: these[n].VersionID}
			if markers[d.Key+d.VersionID] {
				want.DeleteMarker, want.DeleteMarkerVersionID = true, d.VersionID
			}
			same(t, "deleted", d, want)
		}
		same(t, "errors", gone.Errors, nil)
		in.KeyMarker, in.VersionIDMarker, more = out.NextKeyMarker, out.NextVersionIDMarker, out.IsTruncated
	}
	same(t, "versions that are left", f.versions(t, 1000), nil)
}
