package s3

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"

	"awslab/aws"
)

// TestReadersAndWriters reads two keys while they are written, copied onto each
// other and deleted: a reader gets one of the contents, whole, or none.
func TestReadersAndWriters(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	var writing, reading sync.WaitGroup
	var done atomic.Bool
	key := func(n int) string { return fmt.Sprint("key-", n%2) }
	for w := range 3 {
		writing.Go(func() {
			for n := range 60 {
				if err := s.disturb(t, w+n, key(n), key(n+1)); err != nil && !errors.Is(err, aws.ErrNotFound) {
					t.Error(err)
				}
			}
		})
	}
	var read atomic.Int64
	for r := range 3 {
		reading.Go(func() {
			for n := r; !done.Load(); n++ {
				content, err := s.whole(t, key(n))
				switch {
				case errors.Is(err, aws.ErrNotFound):
				case err != nil || content != string(pattern(len(content))):
					t.Errorf("%d bytes, %v", len(content), err)
				default:
					read.Add(1)
				}
			}
		})
	}
	writing.Wait()
	done.Store(true)
	reading.Wait()
	if read.Load() == 0 {
		t.Error("nothing was read")
	}
	for n := range 2 {
		must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: key(n)})
	}
	s.wantBlobs(t, 0)
}

// disturb does one of the things that change a key.
func (s *sandbox) disturb(t *testing.T, n int, key, other string) error {
	var err error
	switch n % 5 {
	case 0:
		_, err = s.DeleteObject(t.Context(), aws.DeleteObjectInput{Bucket: "image-abcdef", Key: key})
	case 1:
		_, err = s.CopyObject(t.Context(), aws.CopyObjectInput{Bucket: "image-abcdef", Key: key, CopySource: "image-abcdef/" + other})
	default:
		_, err = s.PutObject(t.Context(), aws.PutObjectInput{Bucket: "image-abcdef", Key: key, Body: bytes.NewReader(pattern(1 + 37*n))})
	}
	return err
}

// whole reads an object to its end.
func (s *sandbox) whole(t *testing.T, key string) (string, error) {
	out, err := s.GetObject(t.Context(), aws.GetObjectInput{Bucket: "image-abcdef", Key: key})
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(out.Body)
	return string(content), errors.Join(err, out.Body.Close())
}
