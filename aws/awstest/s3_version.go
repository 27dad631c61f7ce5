package awstest

import (
	"fmt"
	"testing"

	"awslab/aws"
)

func testGetBucketVersioning(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.GetBucketVersioningInput{Bucket: bucketName}
	same(t, "versioning of a new bucket", must(t, s3.GetBucketVersioning, in), aws.GetBucketVersioningOutput{})
	s3Refuses(t, "s3:GetBucketVersioning", noBucket(errorOf(s3.GetBucketVersioning, aws.GetBucketVersioningInput{Bucket: missingOne})))
	for _, status := range []string{"Enabled", "Suspended"} {
		f.versioning(t, status)
	}
	testCanceled(t, s3.GetBucketVersioning, in)
}

// testGetVersions reads "a key" by versions, of which the bucket keeps none.
func testGetVersions(t *testing.T, s3 aws.S3) {
	out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key", VersionID: aws.NullVersion})
	same(t, "content of the null version", bodyOf(t, out), "0123456789")
	same(t, "version", out.VersionID, "")
	s3Refuses(t, "s3:GetObject", refusal{"a version of a bucket that keeps none",
		errorOf(s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key", VersionID: "1"}), "InvalidArgument", noVersionID})
	s3Refuses(t, "s3:HeadObject", refusal{"a version of a bucket that keeps none",
		errorOf(s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key", VersionID: "1"}), "BadRequest", "Bad Request"})
}

func testListObjectVersions(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	empty := must(t, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: bucketName})
	same(t, "an empty bucket", empty, aws.ListObjectVersionsOutput{Name: bucketName, MaxKeys: 1000})
	all := []string{"A", "a\x01", "a/1", "a/2", "b/1", "é"}
	for _, key := range all {
		must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: key, ChecksumAlgorithm: "CRC32"})
	}
	one := must(t, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: bucketName}).Versions[0]
	same(t, "version", one, aws.ObjectVersion{Key: "A", VersionID: aws.NullVersion, IsLatest: true, LastModified: one.LastModified, ETag: etagOf(""),
		StorageClass: "STANDARD", ChecksumAlgorithm: []string{"CRC32"}, ChecksumType: "FULL_OBJECT", Owner: one.Owner})
	if one.Owner == nil || one.LastModified.IsZero() {
		t.Errorf("version is %+v, want an owner and a time", one)
	}
	for _, c := range []struct {
		name string
		in   aws.ListObjectVersionsInput
		want []string
	}{
		{"all", aws.ListObjectVersionsInput{}, []string{"A", "a\x01", "a/1", "a/2", "b/1", "é"}},
		{"a prefix", aws.ListObjectVersionsInput{Prefix: "a/"}, []string{"a/1", "a/2"}},
		{"folders", aws.ListObjectVersionsInput{Delimiter: "/"}, []string{"A", "a\x01", "a/*", "b/*", "é"}},
		{"after a key", aws.ListObjectVersionsInput{KeyMarker: "a/1"}, []string{"a/2", "b/1", "é"}},
		{"after a version", aws.ListObjectVersionsInput{KeyMarker: "a/1", VersionIDMarker: aws.NullVersion}, []string{"a/2", "b/1", "é"}},
	} {
		for _, size := range []int{1000, 1, 2} {
			in := c.in
			in.Bucket, in.MaxKeys = bucketName, aws.Some(size)
			same(t, fmt.Sprintf("%s by %d", c.name, size), versionsByPages(t, s3, in), c.want)
		}
	}
	s3Refuses(t, "s3:ListObjectVersions",
		noBucket(errorOf(s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: missingOne})),
		refusal{"a version without its key", errorOf(s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: bucketName, VersionIDMarker: aws.NullVersion}),
			"InvalidArgument", "A version-id marker cannot be specified without a key marker."})
	testCanceled(t, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: bucketName})
}

// versionsByPages lists the keys of versions and, with a star, common prefixes.
func versionsByPages(t *testing.T, s3 aws.S3, in aws.ListObjectVersionsInput) (all []string) {
	t.Helper()
	for {
		out := must(t, s3.ListObjectVersions, in)
		var page []string
		for _, v := range out.Versions {
			page = append(page, v.Key)
		}
		for _, p := range out.CommonPrefixes {
			page = append(page, p.Prefix+"*")
		}
		all = append(all, sorted(page)...)
		if out.IsTruncated != (out.NextKeyMarker != "") || out.KeyMarker != in.KeyMarker || out.VersionIDMarker != in.VersionIDMarker {
			t.Errorf("page says %+v", out)
		}
		if !out.IsTruncated {
			return all
		}
		in.KeyMarker, in.VersionIDMarker = out.NextKeyMarker, out.NextVersionIDMarker
	}
}
