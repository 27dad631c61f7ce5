package s3

import (
	"fmt"
	"slices"
	"testing"

	"awslab/aws"
)

// TestUploadsOfTheUser has uploads told as those of the sandbox's user.
func TestUploadsOfTheUser(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "k"}).UploadID
	want := aws.Initiator{ID: "arn:aws:iam::000000000000:user/learner", DisplayName: "learner"}
	if got := must(t, s.ListParts, aws.ListPartsInput{Bucket: "image-abcdef", Key: "k", UploadID: id}).Initiator; got != want {
		t.Errorf("parts are of %+v", got)
	}
	if got := must(t, s.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: "image-abcdef"}).Uploads[0].Initiator; got != want {
		t.Errorf("the upload is of %+v", got)
	}
}

// TestUploadsThatEndMeanwhile ends uploads page by page, and goes on after those; what is
// no upload's id is refused.
func TestUploadsThatEndMeanwhile(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	for n := range 5 {
		must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: fmt.Sprint("k", n/3)})
	}
	in := aws.ListMultipartUploadsInput{Bucket: "image-abcdef", MaxUploads: aws.Some(2)}
	var ended []string
	for more := true; more; {
		page := must(t, s.ListMultipartUploads, in)
		for _, u := range page.Uploads {
			must(t, s.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: "image-abcdef", Key: u.Key, UploadID: u.UploadID})
			ended = append(ended, u.Key)
		}
		in.KeyMarker, in.UploadIDMarker, more = page.NextKeyMarker, page.NextUploadIDMarker, page.IsTruncated
	}
	if want := []string{"k0", "k0", "k0", "k1", "k1"}; !slices.Equal(ended, want) {
		t.Errorf("ended %q, want %q", ended, want)
	}
	in.UploadIDMarker = "no id"
	failed := refused(t, s.ListMultipartUploads, in, "InvalidArgument")
	if want := []aws.ErrorDetail{{Name: "ArgumentName", Value: "upload-id-marker"}, {Name: "ArgumentValue", Value: "no id"}}; !slices.Equal(failed.Details, want) {
		t.Errorf("details are %v, want %v", failed.Details, want)
	}
}

// TestFoldersOfUploads: an upload's id is no part of its key, whatever the delimiter.
func TestFoldersOfUploads(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	for _, key := range []string{"k", "k\x00", "l0"} {
		must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: key})
	}
	for delimiter, folders := range map[string][]aws.CommonPrefix{"0": {{Prefix: "l0"}}, "\x00": {{Prefix: "k\x00"}}, "\xff": nil} {
		out := must(t, s.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: "image-abcdef", Delimiter: delimiter})
		if !slices.Equal(out.CommonPrefixes, folders) || len(out.Uploads) != 3-len(folders) {
			t.Errorf("%q: %+v", delimiter, out)
		}
	}
}
