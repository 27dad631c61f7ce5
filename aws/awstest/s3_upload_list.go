package awstest

import (
	"testing"

	"awslab/aws"
)

// owner is the account as S3 names it.
func (f Fixture) owner(t *testing.T) aws.Owner {
	t.Helper()
	return must(t, f.Cloud.S3.ListBuckets, aws.ListBucketsInput{}).Owner
}

// testUploadFolders lists the uploads a, a, a\x00, a/1, a/2 and b with common prefixes.
func (f Fixture) testUploadFolders(t *testing.T) {
	const one = 1
	for name, c := range map[string]struct {
		in        aws.ListMultipartUploadsInput
		keys      []string
		folders   []string
		truncated bool
	}{
		"all":                     {aws.ListMultipartUploadsInput{}, []string{"a", "a", "a\x00", "b"}, []string{"a/"}, false},
		"of a prefix":             {aws.ListMultipartUploadsInput{Prefix: "a/"}, []string{"a/1", "a/2"}, nil, false},
		"of a part of a folder":   {aws.ListMultipartUploadsInput{Prefix: "a"}, []string{"a", "a", "a\x00"}, []string{"a/"}, false},
		"a page of a folder only": {aws.ListMultipartUploadsInput{KeyMarker: "a\x00", MaxUploads: aws.Some(one)}, nil, []string{"a/"}, true},
		"after a folder":          {aws.ListMultipartUploadsInput{KeyMarker: "a/", MaxUploads: aws.Some(one)}, []string{"b"}, nil, false},
		"after a key in one":      {aws.ListMultipartUploadsInput{KeyMarker: "a/1", MaxUploads: aws.Some(one)}, []string{"b"}, nil, false},
	} {
		c.in.Bucket, c.in.Delimiter = bucketName, "/"
		out := must(t, f.Cloud.S3.ListMultipartUploads, c.in)
		var keys, folders []string
		var last aws.MultipartUpload
		for _, last = range out.Uploads {
			keys = append(keys, last.Key)
		}
		for _, p := range out.CommonPrefixes {
			folders = append(folders, p.Prefix)
		}
		same(t, "keys, "+name, keys, c.keys)
		same(t, "folders, "+name, folders, c.folders)
		same(t, "delimiter, "+name, out.Delimiter, "/")
		same(t, "whether more follows, "+name, out.IsTruncated, c.truncated)
		same(t, "next markers, "+name, [2]string{out.NextKeyMarker, out.NextUploadIDMarker}, [2]string{last.Key, last.UploadID})
	}
}

// testUploadMarkers goes on after an upload's id without its key, and with another's.
func (f Fixture) testUploadMarkers(t *testing.T) {
	s3 := f.Cloud.S3
	in := aws.ListMultipartUploadsInput{Bucket: bucketName}
	all := must(t, s3.ListMultipartUploads, in)
	in.UploadIDMarker = all.NextUploadIDMarker
	same(t, "uploads after an id", must(t, s3.ListMultipartUploads, in), all)
	in.KeyMarker = "a"
	s3Refuses(t, "s3:ListMultipartUploads",
		refusal{"another key's upload", errorOf(s3.ListMultipartUploads, in), "InvalidArgument", "Invalid uploadId marker"})
}
