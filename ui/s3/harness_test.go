package s3

import (
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// sandbox opens a sandbox with the buckets named.
func sandbox(t testing.TB, buckets ...string) aws.Cloud {
	t.Helper()
	s, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0)), Endpoint: "http://127.0.0.1:4566"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	cloud := s.Cloud()
	for _, name := range buckets {
		if _, err := cloud.S3.CreateBucket(t.Context(), newBucket(name, cloud.Place.Region)); err != nil {
			t.Fatal(err)
		}
	}
	return cloud
}

// newBench makes a bench whose local folder is empty and the test's own.
func newBench(t testing.TB, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	b := pagetest.New(t, Pages(), cloud)
	b.Env.Folder, b.Env.Home = t.TempDir(), t.TempDir()
	return b
}

// put writes an object.
func put(t testing.TB, cloud aws.Cloud, bucket, key, body string) {
	t.Helper()
	in := aws.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader(body), ObjectHeaders: aws.ObjectHeaders{ContentType: "text/plain"}}
	if _, err := cloud.S3.PutObject(t.Context(), in); err != nil {
		t.Fatal(err)
	}
}

// get reads an object; "" and false when it is not there.
func get(t testing.TB, cloud aws.Cloud, bucket, key string) (string, bool) {
	t.Helper()
	out, err := cloud.S3.GetObject(t.Context(), aws.GetObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		return "", false
	}
	body, err := io.ReadAll(out.Body)
	if err != nil || out.Body.Close() != nil {
		t.Fatal(err)
	}
	return string(body), true
}

func bucketRoute(name, detail string) nav.Route {
	return nav.Route{Page: bucketID, Name: name, Detail: detail}
}

// fill writes n small objects, many at once.
func fill(t testing.TB, cloud aws.Cloud, bucket string, n int, key func(i int) string) {
	t.Helper()
	var all sync.WaitGroup
	var next atomic.Int64
	for range 64 {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				in := aws.PutObjectInput{Bucket: bucket, Key: key(int(i)), Body: strings.NewReader("x")}
				if _, err := cloud.S3.PutObject(t.Context(), in); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
