package s3

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

// keptVersion is a version as a simple model has it.
type keptVersion struct {
	id, content string
	marker      bool
}

// model is the versions of each key, the newest first.
type model map[string][]keptVersion

// put adds a version; while versioning is suspended, in place of the null version.
func (m model) put(key, status string, now keptVersion) {
	if now.id == "" {
		now.id = aws.NullVersion
	}
	if status != versioningEnabled {
		m.remove(key, aws.NullVersion)
	}
	m[key] = slices.Insert(m[key], 0, now)
}

func (m model) remove(key, id string) {
	m[key] = slices.DeleteFunc(m[key], func(v keptVersion) bool { return v.id == id })
}

// list is what ListObjectVersions gives: versions with "=", markers with "x", the
// latest with a star.
func (m model) list() (out []string) {
	for key, versions := range m {
		for n, v := range versions {
			out = append(out, listed(key, v.id, v.marker, n == 0))
		}
	}
	slices.Sort(out)
	return out
}

func listed(key, id string, marker, latest bool) string {
	return fmt.Sprintf("%q %s marker %t latest %t", key, id, marker, latest)
}

// TestVersionsAreThoseOfASimpleModel puts and deletes at random in a bucket whose
// versioning changes, and compares what is there; when all is deleted, no blob stays.
func TestVersionsAreThoseOfASimpleModel(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	bucket := 0
	rapid.Check(t, func(t *rapid.T) {
		bucket++
		name := fmt.Sprintf("versions-%d", bucket)
		if _, err := s.CreateBucket(t.Context(), newBucketInput(name)); err != nil {
			t.Fatal(err)
		}
		m, status := model{}, ""
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			status = s.step(t, name, m, status)
			if got, want := s.listAll(t, name, rapid.IntRange(1, 5).Draw(t, "page")), m.list(); !slices.Equal(got, want) {
				t.Fatalf("versions are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
		for key, versions := range m {
			s.compare(t, name, key, versions)
		}
		s.clear(t, name, m)
	})
	s.wantBlobs(t, 0)
}

func newBucketInput(name string) aws.CreateBucketInput {
	return aws.CreateBucketInput{Bucket: name, CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: "us-west-2"}}
}

// step does one thing to the bucket and to the model, and gives the versioning.
func (s *sandbox) step(t *rapid.T, name string, m model, status string) string {
	key := rapid.SampledFrom([]string{"a", "a\x00", "a/b", "é"}).Draw(t, "key")
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		status = rapid.SampledFrom([]string{versioningEnabled, versioningSuspended}).Draw(t, "status")
		in := aws.PutBucketVersioningInput{Bucket: name, VersioningConfiguration: aws.VersioningConfiguration{Status: status}}
		if _, err := s.PutBucketVersioning(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	case 1, 2, 3:
		content := rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "content")
		out, err := s.PutObject(t.Context(), aws.PutObjectInput{Bucket: name, Key: key, Body: strings.NewReader(content)})
		if err != nil {
			t.Fatal(err)
		}
		m.put(key, status, keptVersion{out.VersionID, content, false})
	case 4:
		out, err := s.DeleteObject(t.Context(), aws.DeleteObjectInput{Bucket: name, Key: key})
		switch {
		case err != nil:
			t.Fatal(err)
		case status == "":
			delete(m, key)
		default:
			m.put(key, status, keptVersion{out.VersionID, "", true})
		}
	case 5: // versions of several keys at once
		var these []aws.ObjectIdentifier
		for key, versions := range m {
			for _, v := range versions {
				if rapid.Bool().Draw(t, "delete "+key+v.id) {
					these = append(these, aws.ObjectIdentifier{Key: key, VersionID: v.id})
				}
			}
		}
		if len(these) == 0 {
			return status
		}
		out, err := s.DeleteObjects(t.Context(), aws.DeleteObjectsInput{Bucket: name, Delete: aws.ObjectsToDelete{Objects: these}})
		if err != nil || len(out.Errors) > 0 {
			t.Fatal(out.Errors, err)
		}
		for _, v := range these {
			m.remove(v.Key, v.VersionID)
		}
	}
	return status
}

// listAll lists all versions, by pages.
func (s *sandbox) listAll(t *rapid.T, name string, size int) (all []string) {
	in := aws.ListObjectVersionsInput{Bucket: name, MaxKeys: aws.Some(size)}
	for {
		out, err := s.ListObjectVersions(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range out.Versions {
			all = append(all, listed(v.Key, v.VersionID, false, v.IsLatest))
		}
		for _, d := range out.DeleteMarkers {
			all = append(all, listed(d.Key, d.VersionID, true, d.IsLatest))
		}
		if !out.IsTruncated {
			slices.Sort(all)
			return all
		}
		in.KeyMarker, in.VersionIDMarker = out.NextKeyMarker, out.NextVersionIDMarker
	}
}

// compare reads each version, and the latest.
func (s *sandbox) compare(t *rapid.T, name, key string, versions []keptVersion) {
	read := func(id string) (string, error) {
		out, err := s.GetObject(t.Context(), aws.GetObjectInput{Bucket: name, Key: key, VersionID: id})
		if err != nil {
			return "", err
		}
		content, err := io.ReadAll(out.Body)
		return string(content), errors.Join(err, out.Body.Close())
	}
	for n, v := range versions {
		ids := []string{v.id}
		if n == 0 {
			ids = append(ids, "")
		}
		for _, id := range ids {
			if got, err := read(id); (err != nil) != v.marker || got != v.content {
				t.Fatalf("version %q of %q is %q, %v, want %+v", id, key, got, err, v)
			}
		}
	}
	objects, err := s.ListObjectsV2(t.Context(), aws.ListObjectsV2Input{Bucket: name, Prefix: key, MaxKeys: aws.Some(1)})
	there := len(objects.Contents) > 0 && objects.Contents[0].Key == key
	if want := len(versions) > 0 && !versions[0].marker; err != nil || there != want {
		t.Fatalf("%q is listed: %t, %v, want %t", key, there, err, want)
	}
}

// clear deletes all versions, and the bucket.
func (s *sandbox) clear(t *rapid.T, name string, m model) {
	for key, versions := range m {
		for _, v := range slices.Clone(versions) {
			if _, err := s.DeleteObject(t.Context(), aws.DeleteObjectInput{Bucket: name, Key: key, VersionID: v.id}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := s.DeleteBucket(t.Context(), aws.DeleteBucketInput{Bucket: name}); err != nil {
		t.Fatal(err)
	}
}

// TestVersionEvents: the records of versions, markers and tags have what S3 gives them.
func TestVersionEvents(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	must(t, s.PutBucketVersioning, aws.PutBucketVersioningInput{Bucket: "image-abcdef", VersioningConfiguration: aws.VersioningConfiguration{Status: versioningEnabled}})
	for n, event := range []aws.EventType{aws.EventObjectCreated, aws.EventObjectRemovedDelete, aws.EventObjectRemovedMarker, "s3:ObjectTagging:*"} {
		in := must(t, s.GetBucketNotificationConfiguration, aws.GetBucketNotificationConfigurationInput{Bucket: "image-abcdef"})
		s.notify(t, "image-abcdef", append(in.LambdaFunctionConfigurations, configuration(fmt.Sprint(n), fmt.Sprint("f", n), event))...)
	}
	put := s.put(t, "image-abcdef", "key", "content")
	marker := must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "key"})
	must(t, s.PutObjectTagging, aws.PutObjectTaggingInput{Bucket: "image-abcdef", Key: "key", VersionID: put.VersionID})
	must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "key", VersionID: put.VersionID})
	etag := strings.Trim(put.ETag, `"`)
	for n, want := range []string{
		`"object":{"key":"key","size":7,"eTag":"` + etag + `","versionId":"` + put.VersionID + `","sequencer":"SEQUENCER"}}}]}`,
		`"object":{"key":"key","versionId":"` + put.VersionID + `","sequencer":"SEQUENCER"}}}]}`,
		`"object":{"key":"key","eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"` + marker.VersionID + `","sequencer":"SEQUENCER"}}}]}`,
		`"object":{"key":"key","eTag":"` + etag + `","versionId":"` + put.VersionID + `"}}}]}`,
	} {
		got := s.queue(t, functionName+fmt.Sprint("f", n))
		if len(got) != 1 || !strings.HasSuffix(blanked(got[0]), want) {
			t.Errorf("events are %q, want one that ends with %s", got, want)
		}
	}
}
