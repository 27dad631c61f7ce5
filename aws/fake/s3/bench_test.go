package s3

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"awslab/aws"
)

// largeSize sets the size of the large object of TestFlatMemory, in MB.
const largeSize = "AWSLAB_TEST_LARGE_MB"

// callers are how many call at a time in the benchmarks.
var callers = []int{1, 16}

// each runs one call so many times, by so many callers.
func each(b *testing.B, n int, call func(number int64) error) {
	b.Helper()
	var next atomic.Int64
	b.ResetTimer()
	done := make(chan error, n)
	for range n {
		go func() {
			for {
				number := next.Add(1) - 1
				if number >= int64(b.N) {
					done <- nil
					return
				}
				if err := call(number); err != nil {
					done <- err
					return
				}
			}
		}()
	}
	for range n {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

func BenchmarkPutObject(b *testing.B) {
	content := pattern(100_000)
	for _, n := range callers {
		b.Run(fmt.Sprintf("100KB/callers=%d", n), func(b *testing.B) {
			s := open(b, b.TempDir(), options{})
			s.bucketOf(b, "bench")
			b.SetBytes(int64(len(content)))
			each(b, n, func(number int64) error {
				_, err := s.PutObject(b.Context(), aws.PutObjectInput{Bucket: "bench", Key: fmt.Sprintf("key-%d", number), Body: bytes.NewReader(content)})
				return err
			})
		})
	}
}

func BenchmarkGetObject(b *testing.B) {
	for _, n := range callers {
		b.Run(fmt.Sprintf("100KB/callers=%d", n), func(b *testing.B) {
			s := open(b, b.TempDir(), options{})
			s.bucketOf(b, "bench")
			for k := range 100 {
				s.put(b, "bench", fmt.Sprint(k), string(pattern(100_000)))
			}
			b.SetBytes(100_000)
			each(b, n, func(number int64) error {
				out, err := s.GetObject(b.Context(), aws.GetObjectInput{Bucket: "bench", Key: fmt.Sprint(number % 100)})
				if err != nil {
					return err
				}
				if _, err = io.Copy(io.Discard, out.Body); err != nil {
					return err
				}
				return out.Body.Close()
			})
		})
	}
}

// manyKeys is how many objects the listed bucket has.
const manyKeys = 100_000

func BenchmarkListObjects(b *testing.B) {
	s := open(b, b.TempDir(), options{})
	s.bucketOf(b, "bench")
	s.putMany(b, "bench", manyKeys)
	for _, n := range callers {
		b.Run(fmt.Sprintf("500of100000/callers=%d", n), func(b *testing.B) {
			each(b, n, func(number int64) error {
				after := fmt.Sprintf("%02d/%06d", number%100, number%1000)
				out, err := s.ListObjectsV2(b.Context(), aws.ListObjectsV2Input{Bucket: "bench", MaxKeys: aws.Some(500), StartAfter: after})
				if err == nil && out.KeyCount != 500 {
					return fmt.Errorf("%d keys after %s", out.KeyCount, after)
				}
				return err
			})
		})
	}
	b.Run("100folders", func(b *testing.B) {
		each(b, 1, func(int64) error {
			out, err := s.ListObjectsV2(b.Context(), aws.ListObjectsV2Input{Bucket: "bench", Delimiter: "/"})
			if err == nil && out.KeyCount != 101 {
				return fmt.Errorf("%d folders", out.KeyCount)
			}
			return err
		})
	})
}

// putMany puts empty objects, a thousand in a transaction, in a hundred folders
// and at the end.
func (s *sandbox) putMany(t testing.TB, name string, n int) {
	t.Helper()
	for from := 0; from < n; from += 1000 {
		err := s.change(t.Context(), func(c *change) error {
			b, err := s.bucket(&c.w.Reader, name)
			for k := from; err == nil && k < from+1000; k++ {
				err = c.put(b, fmt.Sprintf("%02d/%06d", k%100, k), &object{ObjectHeaders: aws.ObjectHeaders{ContentType: "text/plain"}})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.put(t, name, "zz", "")
}

// zeros is a body of so many bytes.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.left)
	clear(p[:n])
	z.left -= n
	return int(n), nil
}

// TestFlatMemory puts and gets one large object and looks at how much memory
// the process has held at most.
func TestFlatMemory(t *testing.T) {
	megabytes := int64(256)
	if text := os.Getenv(largeSize); text != "" {
		if _, err := fmt.Sscan(text, &megabytes); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() {
		t.Skip("writes a large object")
	}
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "bench")
	size := megabytes << 20
	before := peak(t)
	must(t, s.PutObject, aws.PutObjectInput{Bucket: "bench", Key: "large", Body: &zeros{size}})
	put := peak(t)
	out := must(t, s.GetObject, aws.GetObjectInput{Bucket: "bench", Key: "large"})
	got, err := io.Copy(io.Discard, out.Body)
	if err != nil || got != size {
		t.Fatalf("%d bytes read, %v", got, err)
	}
	if err := out.Body.Close(); err != nil {
		t.Fatal(err)
	}
	after := peak(t)
	t.Logf("%d MB: at most %d KB in memory before, %d KB after the put, %d KB after the get", megabytes, before, put, after)
	if before > 0 && after-before > 16<<10 {
		t.Errorf("memory grew by %d KB", after-before)
	}
}

// peak is the most memory that the process has held, in KB; 0 where the system
// does not tell.
func peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var n int
	if _, err := fmt.Sscan(rest, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
