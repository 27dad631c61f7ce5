package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func bucketTags(t testing.TB, cloud aws.Cloud, bucket string) []aws.Tag {
	t.Helper()
	out, err := cloud.S3.GetBucketTagging(t.Context(), aws.GetBucketTaggingInput{Bucket: bucket})
	if err != nil {
		t.Fatal(err)
	}
	return out.TagSet
}

func TestTagsOfABucket(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	b := newBench(t, cloud).Open(bucketRoute("images", propertiesDetail))
	b.Shows("Bucket Versioning", "Disabled", "Tags (0)", "No tags associated with this resource.", "No event notifications")
	b.Press("Edit tags").Follow().Shows("Edit bucket tagging", "the bucket images", "50 more tags")
	b.Press("Add new tag").TypeIn("Key", "lab").TypeIn("Value", "2").Press("Save")
	if got := bucketTags(t, cloud, "images"); !slices.Equal(got, []aws.Tag{{Key: "lab", Value: "2"}}) {
		t.Errorf("%+v", got)
	}
	b.Open(bucketRoute("images", propertiesDetail)).Shows("Tags (1)", "lab", "2")
	b.Press("Edit tags").Follow().TypeIn("Value", "3").Press("Save")
	if got := bucketTags(t, cloud, "images"); !slices.Equal(got, []aws.Tag{{Key: "lab", Value: "3"}}) {
		t.Errorf("%+v", got)
	}
	b.Open(nav.Route{Page: tagsID, Name: "images"}).Press("Remove").Press("Save")
	b.Open(bucketRoute("images", propertiesDetail)).Shows("Tags (0)")
}

func TestTagsAndChecksumOfAnObject(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	in := aws.PutObjectInput{Bucket: "images", Key: "a/map.txt", Body: strings.NewReader("here"), ChecksumAlgorithm: "CRC32"}
	if _, err := cloud.S3.PutObject(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, cloud.Cloud)
	b.Width = 140
	b.Open(objectRoute(objectID, "a/map.txt")).Shows("Additional checksums", "CRC32", "Full object", "sRuHmA==", "Tags (0)")
	b.Press("Edit tags").Follow().Shows("Edit object tags", "10 more tags")
	b.Press("Add new tag").TypeIn("Key", "place").TypeIn("Value", "Zürich").Press("Save")
	b.Open(objectRoute(objectID, "a/map.txt")).Shows("Tags (1)", "place", "Zürich")
	b.Open(nav.Route{Page: tagsID, Name: "images", Detail: "a/map.txt"}).Press("Remove").Press("Save")
	b.Open(objectRoute(objectID, "a/map.txt")).Shows("Tags (0)")
	cloud.Refuse("GetObjectTagging")
	b.Open(objectRoute(objectID, "a/map.txt")).Shows("The tags could not be read", "CRC32")
}

func TestManyTagsLeaveRoom(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	in := aws.PutBucketTaggingInput{Bucket: "images"}
	for n := range 50 {
		in.Tagging.TagSet = append(in.Tagging.TagSet, aws.Tag{Key: fmt.Sprintf("tag %02d", n), Value: "x"})
	}
	if _, err := cloud.S3.PutBucketTagging(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, cloud)
	b.Width, b.Height = 80, 24
	b.Open(bucketRoute("images", propertiesDetail)).Shows("Tags (50)", "tag 00", "more tags", "Event notifications", "No event notifications")
}

// TestDeletingWhereVersionsAreKept does not say that it is for good.
func TestDeletingWhereVersionsAreKept(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	b := newBench(t, cloud)
	b.Width = 140
	b.Open(bucketRoute("images", propertiesDetail)).Shows("Disabled").Press("Enable Bucket Versioning").Confirm().Shows("Enabled", "Suspend Bucket Versioning")
	put(t, cloud, "images", "map.txt", "here")
	b.Open(objectRoute(objectID, "map.txt")).Shows("Version ID").Press("Delete")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "delete" || !strings.Contains(ask.Text[1], "delete marker") {
		t.Errorf("%+v", ask)
	}
	b.Open(bucketRoute("images", "")).Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "delete" {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Lacks("map.txt")
	b.Open(bucketRoute("images", propertiesDetail)).Shows("Bucket Versioning", "Enabled").Press("Suspend Bucket Versioning").Confirm().Shows("Suspended")
	put(t, cloud, "images", "gone.txt", "for good")
	b.Open(objectRoute(objectID, "gone.txt")).Shows("Version ID").Press("Delete")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != permanently || !strings.Contains(ask.Text[1], "cannot be brought back") {
		t.Errorf("%+v", ask)
	}
	b.Open(nav.Route{Page: bucketsID}).Keys("d")
	b.Confirm().Confirm()
	b.Keys("d").Confirm().Shows("General purpose buckets (0)")
}

// TestVersioningOfAnotherTab: what deleting does is told as the bucket is now.
func TestVersioningOfAnotherTab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "map.txt", "here")
	b := newBench(t, cloud)
	b.Width = 140
	b.Open(bucketRoute("images", ""))
	for _, c := range []struct{ turn, word, says string }{
		{"", permanently, "cannot be brought back"},
		{"Enable Bucket Versioning", "delete", "brings the object back"},
		{"Suspend Bucket Versioning", permanently, "Versioning is suspended"},
	} {
		if c.turn != "" {
			b.Press("Properties").Press(c.turn).Confirm().Press("Objects")
		}
		b.Keys("d")
		if ask := pagetest.Asked[nav.Confirm](b); ask.Word != c.word || !strings.Contains(ask.Text[1], c.says) {
			t.Errorf("after %q: %+v", c.turn, ask)
		}
	}
}

// versioned is an S3 whose bucket keeps versions: of each object an older one and a
// delete marker in its place.
type versioned struct {
	aws.S3
	left *[]aws.ObjectIdentifier
}

// ListObjectVersions lists what is left, by pages of two.
func (s versioned) ListObjectVersions(_ context.Context, in aws.ListObjectVersionsInput) (out aws.ListObjectVersionsOutput, _ error) {
	from := 0
	for n, v := range *s.left {
		if v.Key < in.KeyMarker || v.Key == in.KeyMarker && v.VersionID <= in.VersionIDMarker {
			from = n + 1
		}
	}
	for n, v := range (*s.left)[from:] {
		if n == 2 {
			out.IsTruncated = true
			break
		}
		out.NextKeyMarker, out.NextVersionIDMarker = v.Key, v.VersionID
		if v.VersionID == "marker" {
			out.DeleteMarkers = append(out.DeleteMarkers, aws.DeleteMarkerEntry{Key: v.Key, VersionID: v.VersionID})
		} else {
			out.Versions = append(out.Versions, aws.ObjectVersion{Key: v.Key, VersionID: v.VersionID})
		}
	}
	return out, nil
}

// DeleteObjects deletes versions.
func (s versioned) DeleteObjects(_ context.Context, in aws.DeleteObjectsInput) (out aws.DeleteObjectsOutput, _ error) {
	*s.left = slices.DeleteFunc(*s.left, func(v aws.ObjectIdentifier) bool { return slices.Contains(in.Delete.Objects, v) })
	return out, nil
}

// TestEmptyingDeletesVersions empties a bucket that shows no objects, but keeps
// versions and markers of some, and has an upload under way.
func TestEmptyingDeletesVersions(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "kept")
	left := []aws.ObjectIdentifier{{Key: "a", VersionID: "1"}, {Key: "a", VersionID: "marker"}, {Key: "b", VersionID: "1"}, {Key: "b", VersionID: "2"}, {Key: "b", VersionID: "marker"}}
	cloud.S3 = versioned{cloud.S3, &left}
	for range 2 {
		if _, err := cloud.S3.CreateMultipartUpload(t.Context(), aws.CreateMultipartUploadInput{Bucket: "kept", Key: "half"}); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, cloud).Open(nav.Route{Page: bucketsID}).Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Title != "This bucket is not empty" {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Confirm()
	uploads, err := cloud.S3.ListMultipartUploads(t.Context(), aws.ListMultipartUploadsInput{Bucket: "kept"})
	if len(left) > 0 || err != nil || len(uploads.Uploads) > 0 {
		t.Errorf("left are %+v and %+v, %v", left, uploads, err)
	}
}

// TestEmptyingWithoutTheRightToListVersions deletes the objects.
func TestEmptyingWithoutTheRightToListVersions(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "full"))
	put(t, cloud.Cloud, "full", "one", "x")
	cloud.Fail(func(operation string, _ any) error {
		if operation == "ListObjectVersions" {
			return &aws.Error{Service: aws.ServiceS3, Operation: operation, Code: "AccessDenied", Message: "Access Denied", Status: 403}
		}
		return nil
	})
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: bucketsID}).Keys("d")
	b.Confirm().Confirm()
	if _, there := get(t, cloud.Cloud, "full", "one"); there {
		t.Error("the object is still there")
	}
}
