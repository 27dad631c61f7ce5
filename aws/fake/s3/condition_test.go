package s3

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// TestConditionalWrites: what is there is copied over, completed over and deleted only
// if it is what the request says.
func TestConditionalWrites(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	there := func() string { return s.put(t, "image-abcdef", "there", "content").ETag }
	s.put(t, "image-abcdef", "source", "content of the source")
	copied := func(key, match, noneMatch string) error {
		_, err := s.CopyObject(t.Context(), aws.CopyObjectInput{Bucket: "image-abcdef", Key: key, CopySource: "image-abcdef/source", IfMatch: match, IfNoneMatch: noneMatch})
		return err
	}
	completed := func(key, match, noneMatch string) error {
		at := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: key}).UploadID
		part := must(t, s.UploadPart, aws.UploadPartInput{Bucket: "image-abcdef", Key: key, UploadID: at, PartNumber: 1, Body: bytes.NewReader(pattern(7))})
		_, err := s.CompleteMultipartUpload(t.Context(), aws.CompleteMultipartUploadInput{Bucket: "image-abcdef", Key: key, UploadID: at, IfMatch: match, IfNoneMatch: noneMatch,
			MultipartUpload: aws.CompletedMultipartUpload{Parts: []aws.CompletedPart{{PartNumber: 1, ETag: part.ETag}}}})
		return err
	}
	deleted := func(key, match, _ string) error {
		_, err := s.DeleteObject(t.Context(), aws.DeleteObjectInput{Bucket: "image-abcdef", Key: key, IfMatch: match})
		return err
	}
	deletedOfMany := func(key, match, _ string) error {
		out, err := s.DeleteObjects(t.Context(), aws.DeleteObjectsInput{Bucket: "image-abcdef", Delete: aws.ObjectsToDelete{Objects: []aws.ObjectIdentifier{{Key: key, ETag: match}}}})
		if len(out.Errors) > 0 {
			return &aws.Error{Code: out.Errors[0].Code, Message: out.Errors[0].Message}
		}
		return err
	}
	for name, write := range map[string]func(key, match, noneMatch string) error{
		"copying": copied, "completing": completed, "deleting": deleted, "deleting many with": deletedOfMany,
	} {
		for _, c := range []struct{ key, match, noneMatch, want string }{
			{"there", `"another"`, "", "PreconditionFailed"},
			{"missing", there(), "", "NoSuchKey"},
			{"missing", "*", "", "any NoSuchKey"},
			{"there", there(), "", ""},
			{"there", "*", "", "any "},
			{"there", there(), "*", "NotImplemented"},
			{"there", "", "*", "PreconditionFailed"},
			{"there", "", there(), "NotImplemented"},
			{"new", "", "*", ""},
		} {
			if strings.HasPrefix(name, "deleting") && c.noneMatch != "" {
				continue // it has no such condition
			}
			if want, any := strings.CutPrefix(c.want, "any "); any {
				if c.want = want; !strings.HasPrefix(name, "deleting") {
					c.want = "NotImplemented" // who writes cannot ask for just any
				}
			}
			there()
			err := write(c.key, c.match, c.noneMatch)
			var failure *aws.Error
			if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &failure) || failure.Code != c.want) {
				t.Errorf("%s %s if it matches %q and not %q: %v, want %q", name, c.key, c.match, c.noneMatch, err, c.want)
			}
			now, _ := s.whole(t, "there")
			if kept := now == "content"; kept != (c.want != "" || c.key == "new") {
				t.Errorf("%s %s if it matches %q and not %q leaves %q", name, c.key, c.match, c.noneMatch, now)
			}
		}
		must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "new"})
	}
	refused(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "there", VersionID: aws.NullVersion, IfMatch: "*"}, "NotImplemented")
}

// TestConditionalCopies: a source is copied only if it is what the request says.
func TestConditionalCopies(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	tag := s.put(t, "image-abcdef", "source", "content").ETag
	at := must(t, s.HeadObject, aws.HeadObjectInput{Bucket: "image-abcdef", Key: "source"}).LastModified
	id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "parts"}).UploadID
	for name, c := range map[string]struct {
		in     aws.CopyObjectInput
		copies bool
	}{
		"its ETag":                          {aws.CopyObjectInput{CopySourceIfMatch: tag}, true},
		"another ETag":                      {aws.CopyObjectInput{CopySourceIfMatch: `"another"`}, false},
		"not its ETag":                      {aws.CopyObjectInput{CopySourceIfNoneMatch: tag}, false},
		"not another ETag":                  {aws.CopyObjectInput{CopySourceIfNoneMatch: `"another"`}, true},
		"changed since before":              {aws.CopyObjectInput{CopySourceIfModifiedSince: at.Add(-time.Second)}, true},
		"changed since then":                {aws.CopyObjectInput{CopySourceIfModifiedSince: at}, false},
		"as it was then":                    {aws.CopyObjectInput{CopySourceIfUnmodifiedSince: at}, true},
		"as it was before":                  {aws.CopyObjectInput{CopySourceIfUnmodifiedSince: at.Add(-time.Second)}, false},
		"its ETag, whenever it changed":     {aws.CopyObjectInput{CopySourceIfMatch: tag, CopySourceIfUnmodifiedSince: at.Add(-time.Second)}, true},
		"not its ETag, whenever it changed": {aws.CopyObjectInput{CopySourceIfNoneMatch: tag, CopySourceIfModifiedSince: at.Add(-time.Second)}, false},
	} {
		c.in.Bucket, c.in.Key, c.in.CopySource = "image-abcdef", name, "image-abcdef/source"
		_, whole := s.CopyObject(t.Context(), c.in)
		_, part := s.UploadPartCopy(t.Context(), aws.UploadPartCopyInput{
			Bucket: "image-abcdef", Key: "parts", UploadID: id, PartNumber: 1, CopySource: c.in.CopySource,
			CopySourceIfMatch: c.in.CopySourceIfMatch, CopySourceIfNoneMatch: c.in.CopySourceIfNoneMatch,
			CopySourceIfModifiedSince: c.in.CopySourceIfModifiedSince, CopySourceIfUnmodifiedSince: c.in.CopySourceIfUnmodifiedSince,
		})
		for _, err := range []error{whole, part} {
			var failure *aws.Error
			if c.copies != (err == nil) || err != nil && (!errors.As(err, &failure) || failure.Code != "PreconditionFailed" || failure.Status != 412) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestCopiedHeaders are the source's or, if asked, all new.
func TestCopiedHeaders(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	before := aws.ObjectHeaders{ContentType: "text/plain", CacheControl: "no-cache", ContentLanguage: "de", Expires: "never"}
	after := aws.ObjectHeaders{ContentType: "text/html", CacheControl: "max-age=60", ContentDisposition: "inline", ContentEncoding: "gzip", ContentLanguage: "fr"}
	must(t, s.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "a key", ObjectHeaders: before})
	in := aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "%2Fimage-abcdef%2Fa%20key", ObjectHeaders: after}
	for directive, want := range map[string]aws.ObjectHeaders{"": before, "REPLACE": after} {
		in.MetadataDirective = directive
		must(t, s.CopyObject, in)
		got := must(t, s.HeadObject, aws.HeadObjectInput{Bucket: "image-abcdef", Key: "copy"})
		if !reflect.DeepEqual(got.ObjectHeaders, want) {
			t.Errorf("with the directive %q the copy has %+v", directive, got.ObjectAttributes)
		}
	}
}

// TestCopyOfWhatIsReplaced replaces the source after it was found, and before its
// content is read for another checksum or for a part.
func TestCopyOfWhatIsReplaced(t *testing.T) {
	t.Parallel()
	var before atomic.Pointer[func()]
	s := open(t, t.TempDir(), options{openFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
		if do := before.Load(); do != nil && flag == os.O_RDONLY {
			before.Store(nil)
			(*do)()
		}
		return os.OpenFile(name, flag, mode)
	}})
	s.bucketOf(t, "image-abcdef")
	replaced := func() {
		s.put(t, "image-abcdef", "source", "first")
		old := s.blobs(t)[0]
		replace := func() {
			s.put(t, "image-abcdef", "source", "second")
			// As if it had been gone before its reader came.
			if err := os.Remove(filepath.Join(s.dir, store.ObjectsFolder, old)); err != nil {
				t.Error(err)
			}
		}
		before.Store(&replace)
	}
	id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "parts"}).UploadID
	replaced()
	part := must(t, s.UploadPartCopy, aws.UploadPartCopyInput{Bucket: "image-abcdef", Key: "parts", UploadID: id, PartNumber: 1, CopySource: "image-abcdef/source", CopySourceRange: "bytes=0-4"}).CopyPartResult
	must(t, s.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: "image-abcdef", Key: "parts", UploadID: id})
	if want := s.put(t, "image-abcdef", "source", "secon").ETag; part.ETag != want {
		t.Errorf("the part's ETag is %s, want %s", part.ETag, want)
	}
	replaced()
	must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "image-abcdef/source", ChecksumAlgorithm: "SHA256"})
	if got := s.get(t, "image-abcdef", "copy"); got != "second" {
		t.Errorf("the copy is %q", got)
	}
}

// TestCopyOfTooMuch: what is larger than a copy may be is copied by ranges.
func TestCopyOfTooMuch(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.put(t, "image-abcdef", "source", "content")
	id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "parts"}).UploadID
	err := s.change(t.Context(), func(c *change) error { // as if it had a byte too many
		b, err := s.bucket(&c.w.Reader, "image-abcdef")
		if err != nil {
			return err
		}
		o, err := b.object(&c.w.Reader, "source")
		if err != nil {
			return err
		}
		o.size = largest + 1
		c.w.Put(b.Number.objects(), []byte("source"), o.encode())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	refused(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "image-abcdef/source"}, copyTooLarge.code)
	part := aws.UploadPartCopyInput{Bucket: "image-abcdef", Key: "parts", UploadID: id, PartNumber: 1, CopySource: "image-abcdef/source"}
	refused(t, s.UploadPartCopy, part, copyTooLarge.code)
	part.CopySourceRange = "bytes=0-6"
	must(t, s.UploadPartCopy, part)
}
