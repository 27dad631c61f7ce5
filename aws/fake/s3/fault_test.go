package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// disk opens files as os.OpenFile does, until it is set to fail.
type disk struct {
	fault atomic.Pointer[error] // of opening
	small atomic.Bool           // what is written does not fit: files are limited
}

func (d *disk) open(name string, flag int, mode os.FileMode) (*os.File, error) {
	if fault := d.fault.Load(); fault != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: *fault}
	}
	if d.small.Load() && flag&os.O_WRONLY != 0 {
		// The file is there, but what writes to it is refused.
		if f, err := os.OpenFile(name, flag, mode); err != nil || f.Close() != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return os.OpenFile(os.DevNull, os.O_RDONLY, 0)
	}
	return os.OpenFile(name, flag, mode)
}

// stays checks that "key" is as it was, and that there is nothing else.
func (s *sandbox) stays(t *testing.T) {
	t.Helper()
	if got := s.get(t, "image-abcdef", "key"); got != "first" {
		t.Errorf("the object is %q", got)
	}
	if list := must(t, s.ListObjectsV2, aws.ListObjectsV2Input{Bucket: "image-abcdef"}).Contents; len(list) != 1 {
		t.Errorf("objects are %+v", list)
	}
	s.wantBlobs(t, 1)
}

// withObject is a sandbox on a disk, with one object.
func withObject(t *testing.T) (*sandbox, *disk) {
	t.Helper()
	d := &disk{}
	s := open(t, t.TempDir(), options{openFile: d.open})
	s.objects.Close() // no blob is made ahead, before the disk fails
	s.bucketOf(t, "image-abcdef")
	s.put(t, "image-abcdef", "key", "first")
	return s, d
}

func TestFailingDisk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault error
		class error
		want  string
	}{
		{"full", syscall.ENOSPC, store.ErrFull, "the disk is full"},
		{"read-only", fs.ErrPermission, store.ErrReadOnly, "the sandbox folder cannot be written to"},
		{"broken", syscall.EIO, store.ErrDisk, "the disk did not read or write"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, d := withObject(t)
			d.fault.Store(&c.fault)
			for range 3 {
				err := refused(t, s.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "key", Body: strings.NewReader("second")}, aws.CodeStorage)
				if !errors.Is(&err, c.class) || !errors.Is(&err, aws.ErrStorage) || !strings.Contains(err.Message, c.want) || !strings.Contains(err.Message, s.dir) {
					t.Errorf("error is %v", &err)
				}
			}
			d.fault.Store(nil)
			s.stays(t)
			s.put(t, "image-abcdef", "key", "second")
			if got := s.get(t, "image-abcdef", "key"); got != "second" {
				t.Errorf("the object is %q in the end", got)
			}
		})
	}
}

// TestFailingWrite fails while the content is written, not when the file is made.
func TestFailingWrite(t *testing.T) {
	t.Parallel()
	s, d := withObject(t)
	d.small.Store(true)
	for _, size := range []int{1, 3 * bufferSize} {
		err := refused(t, s.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "other", Body: bytes.NewReader(pattern(size))}, aws.CodeStorage)
		if !strings.Contains(err.Message, s.dir) {
			t.Errorf("error is %v, want the folder's name in it", &err)
		}
		id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "key"}).UploadID
		refused(t, s.UploadPart, aws.UploadPartInput{Bucket: "image-abcdef", Key: "key", UploadID: id, PartNumber: 1, Body: bytes.NewReader(pattern(size))}, aws.CodeStorage)
	}
	d.small.Store(false)
	s.stays(t)
}

// canceling is a body that cancels the call after some bytes.
type canceling struct {
	left   int
	cancel context.CancelFunc
}

func (c *canceling) Read(p []byte) (int, error) {
	if c.left <= 0 {
		c.cancel()
	}
	c.left -= len(p)
	return len(p), nil
}

func TestCanceledUpload(t *testing.T) {
	t.Parallel()
	s, _ := withObject(t)
	for _, after := range []int{0, 1, 3 * bufferSize} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.PutObject(ctx, aws.PutObjectInput{Bucket: "image-abcdef", Key: "key", Body: &canceling{after, cancel}})
		cancel()
		var failure *aws.Error
		if !errors.Is(err, context.Canceled) || !errors.As(err, &failure) || failure.Code != "RequestCanceled" {
			t.Errorf("error is %v", err)
		}
		s.stays(t)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, err := s.GetObject(ctx, aws.GetObjectInput{Bucket: "image-abcdef", Key: "key"})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(out.Body); !errors.Is(err, context.Canceled) {
		t.Errorf("reading on gives %v", err)
	}
	if err := out.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestDamagedBlob(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		damage func(path string) error
		atOnce bool // found before the first byte, not at the end
	}{
		{"missing", os.Remove, true},
		{"cut off", func(path string) error { return os.Truncate(path, 3) }, true},
		{"changed", func(path string) error { return os.WriteFile(path, []byte("fjrst"), 0o600) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _ := withObject(t)
			path := filepath.Join(s.dir, store.ObjectsFolder, s.blobs(t)[0])
			if err := c.damage(path); err != nil {
				t.Fatal(err)
			}
			out, err := s.GetObject(t.Context(), aws.GetObjectInput{Bucket: "image-abcdef", Key: "key"})
			if (err != nil) != c.atOnce {
				t.Fatalf("GetObject gives %v", err)
			}
			if err == nil {
				_, err = io.ReadAll(out.Body)
				if err := out.Body.Close(); err != nil {
					t.Error(err)
				}
			}
			var failure *aws.Error
			if !errors.As(err, &failure) || failure.Code != aws.CodeStorage || !errors.Is(err, store.ErrBlob) || !strings.Contains(failure.Message, path) {
				t.Errorf("error is %v, want one that names %s", err, path)
			}
			must(t, s.HeadObject, aws.HeadObjectInput{Bucket: "image-abcdef", Key: "key"})
			id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "key"}).UploadID
			of := refused(t, s.UploadPartCopy, aws.UploadPartCopyInput{Bucket: "image-abcdef", Key: "key", UploadID: id, PartNumber: 1, CopySource: "image-abcdef/key"}, aws.CodeStorage)
			if !errors.Is(&of, store.ErrBlob) || !strings.Contains(of.Message, path) {
				t.Errorf("copying to a part gives %v, want an error that names %s", &of, path)
			}
			s.put(t, "image-abcdef", "key", "anew") // which is the way out
			if got := s.get(t, "image-abcdef", "key"); got != "anew" {
				t.Errorf("the object is %q", got)
			}
		})
	}
}

// TestSweep leaves blobs behind, as a crash does, and opens the sandbox again.
func TestSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, stop, err := start(dir, options{})
	if err != nil {
		t.Fatal(err)
	}
	s.bucketOf(t, "image-abcdef")
	s.put(t, "image-abcdef", "key", "first")
	blob, err := s.objects.Create()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Write([]byte("left")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(blob.Seal(), stop()); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, store.ObjectsFolder, "notes.txt")
	if err := os.WriteFile(foreign, []byte("the learner's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, options{})
	<-again.swept
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
	again.wantBlobs(t, 2) // the object's, and the file that is no blob
	if got := again.get(t, "image-abcdef", "key"); got != "first" {
		t.Errorf("the object is %q", got)
	}
}

// TestSweepSparesWhatIsWritten sweeps while an upload is under way.
func TestSweepSparesWhatIsWritten(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	reader, writer := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := s.PutObject(t.Context(), aws.PutObjectInput{Bucket: "image-abcdef", Key: "key", Body: reader})
		done <- err
	}()
	if _, err := writer.Write(pattern(2 * bufferSize)); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write([]byte("x")); err != nil { // by now the blob is there
		t.Fatal(err)
	}
	s.wantBlobs(t, 1)
	known := func(store.BlobID) (bool, error) { return false, nil }
	if err := s.objects.Sweep(nil, known); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(writer.Close(), <-done); err != nil {
		t.Fatal(err)
	}
	if got := s.get(t, "image-abcdef", "key"); got != string(pattern(2*bufferSize))+"x" {
		t.Error("the object is damaged")
	}
}

// TestUnsureChange ends receptions as changes end.
func TestUnsureChange(t *testing.T) {
	t.Parallel()
	s, _ := withObject(t)
	disk := error(&store.Error{Class: store.ErrDisk})
	for _, c := range []struct {
		err  error
		left int
	}{{preconditionFailed.err(), 1}, {context.Canceled, 1}, {disk, 2}, {nil, 3}} {
		content, err := s.receive(t.Context(), delivery{body: strings.NewReader("content")})
		if err != nil {
			t.Fatal(err)
		}
		if err := content.settle(c.err); !errors.Is(err, c.err) {
			t.Errorf("%v becomes %v", c.err, err)
		}
		s.wantBlobs(t, c.left)
	}
}

// TestNothingIsLeft does all that holds blobs, undoes it, and looks for blobs.
func TestNothingIsLeft(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	begin := func() string {
		return must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "big"}).UploadID
	}
	part := func(id string, n, size int) aws.CompletedPart {
		out := must(t, s.UploadPart, aws.UploadPartInput{Bucket: "image-abcdef", Key: "big", UploadID: id, PartNumber: n, Body: bytes.NewReader(pattern(size))})
		return aws.CompletedPart{PartNumber: n, ETag: out.ETag}
	}
	id, aborted, forgotten := begin(), begin(), begin()
	part(aborted, 1, 10)
	part(forgotten, 1, 10)
	part(id, 1, 10)
	parts := []aws.CompletedPart{part(id, 1, smallestPart), part(id, 2, 10)}
	part(id, 3, 11)
	s.wantBlobs(t, 5)
	must(t, s.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: "image-abcdef", Key: "big", UploadID: aborted})
	s.wantBlobs(t, 4)
	must(t, s.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{Bucket: "image-abcdef", Key: "big", UploadID: id, MultipartUpload: aws.CompletedMultipartUpload{Parts: parts}})
	s.wantBlobs(t, 3)
	must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "image-abcdef/big"})
	must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "copy", CopySource: "image-abcdef/copy", MetadataDirective: "REPLACE"})
	must(t, s.UploadPartCopy, aws.UploadPartCopyInput{Bucket: "image-abcdef", Key: "big", UploadID: forgotten, PartNumber: 1, CopySource: "image-abcdef/big"})
	must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: "big"})
	s.wantBlobs(t, 3)
	if got := s.get(t, "image-abcdef", "copy"); got != string(pattern(smallestPart))+string(pattern(10)) {
		t.Error("the copy is damaged")
	}
	must(t, s.DeleteObjects, aws.DeleteObjectsInput{Bucket: "image-abcdef", Delete: aws.ObjectsToDelete{Objects: []aws.ObjectIdentifier{{Key: "copy"}}}})
	s.wantBlobs(t, 1) // the forgotten upload's
	must(t, s.DeleteBucket, aws.DeleteBucketInput{Bucket: "image-abcdef"})
	s.wantBlobs(t, 0)
	s.clock.advance(time.Second)
	err := s.store.View(func(r *store.Reader) error {
		for _, name := range []string{blobsBucket, partsBucket, bucketsBucket} {
			if key, _ := r.Cursor(name).Seek(nil); key != nil {
				t.Errorf("%s still has %q", name, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
