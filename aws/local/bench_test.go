package local_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"awslab/aws"
)

// languages make functions that do nothing.
var languages = []struct {
	name string
	make func(s sandbox, b *testing.B)
}{
	{"python", func(s sandbox, b *testing.B) { s.python(b, "Nothing", "def handler(event, context): return 1") }},
	{"quickjs", func(s sandbox, b *testing.B) { s.node(b, "Nothing", "export const handler = async () => 1") }},
	{"bootstrap", func(s sandbox, b *testing.B) {
		s.function(b, bootstrap(b), func(in *aws.CreateFunctionInput) { in.FunctionName = "Nothing" })
	}},
}

// noRecords is an event that gives no function anything to do.
const noRecords = `{"Records": []}`

// BenchmarkInvokeWarm is what an invocation takes who calls it.
func BenchmarkInvokeWarm(b *testing.B) {
	for _, l := range languages {
		b.Run(l.name, func(b *testing.B) {
			s := open(b, b.TempDir())
			l.make(s, b)
			in := aws.InvokeInput{FunctionName: "Nothing", Payload: []byte(noRecords)}
			must(b, s.Lambda.Invoke, in)
			for b.Loop() {
				must(b, s.Lambda.Invoke, in)
			}
		})
	}
}

// BenchmarkInvokeCold is the first invocation after a change of the function.
func BenchmarkInvokeCold(b *testing.B) {
	for _, l := range languages {
		b.Run(l.name, func(b *testing.B) {
			s := open(b, b.TempDir())
			l.make(s, b)
			in := aws.InvokeInput{FunctionName: "Nothing", Payload: []byte(noRecords)}
			must(b, s.Lambda.Invoke, in) // unpacks what is unpacked once
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				must(b, s.Lambda.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{
					FunctionName: "Nothing", Description: aws.Some(strconv.Itoa(n)),
				})
				b.StartTimer()
				must(b, s.Lambda.Invoke, in)
			}
		})
	}
}

// BenchmarkUploadToThumbnail is from the upload of the lab's picture to its
// thumbnail in the target.
func BenchmarkUploadToThumbnail(b *testing.B) {
	for _, how := range []struct {
		name            string
		bootstrap, cold bool
	}{{"python/warm", false, false}, {"python/cold", false, true}, {"bootstrap/warm", true, false}, {"bootstrap/cold", true, true}} {
		b.Run(how.name, func(b *testing.B) {
			s := open(b, b.TempDir())
			if how.bootstrap {
				s.lab(b, bootstrap(b))
			} else {
				s.lab(b)
			}
			puts := s.writes(b)
			face, _ := s.get(b, "awslab-assets", "HappyFace.jpg")
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				if n == 0 { // it unpacks what is unpacked once
					s.put(b, pictures, "HappyFace.jpg", face)
					s.awaitWrite(b, puts, creator)
				}
				if how.cold {
					must(b, s.Lambda.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{
						FunctionName: creator, Description: aws.Some(strconv.Itoa(n)),
					})
				}
				b.StartTimer()
				s.put(b, pictures, "HappyFace.jpg", face)
				s.awaitWrite(b, puts, creator)
			}
		})
	}
}

// zeros is a body of so many bytes that are made as they are read.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// send sends a request as the learner's and drops the answer.
func send(b *testing.B, method, url string, body io.Reader, size int64) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, url, body)
	if err != nil {
		b.Fatal(err)
	}
	r.ContentLength = size
	r.Header.Set("Authorization", signed)
	r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // it was read to its end
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(response.Status, err)
	}
}

// BenchmarkObjects is S3 over HTTP, of a small object and of a large one, and
// what memory this process takes at most meanwhile.
func BenchmarkObjects(b *testing.B) {
	for _, size := range []int64{100 << 10, 1 << 30} {
		s := open(b, b.TempDir())
		s.bucket(b, "objects")
		url := s.Place.Endpoint + "/objects/" + fmt.Sprint(size)
		for _, method := range []string{http.MethodPut, http.MethodGet} {
			b.Run(fmt.Sprint(method, "/", size), func(b *testing.B) {
				if method == http.MethodGet {
					send(b, http.MethodPut, url, io.LimitReader(zeros{}, size), size)
				}
				resetPeak()
				b.SetBytes(size)
				for b.Loop() {
					switch method {
					case http.MethodPut:
						send(b, method, url, io.LimitReader(zeros{}, size), size)
					case http.MethodGet:
						send(b, method, url, http.NoBody, 0)
					}
				}
				b.ReportMetric(peak(), "peak-MB")
			})
		}
		s.shut(b)
	}
}

// resetPeak has the peak of this process's memory counted anew, where the system
// counts it.
func resetPeak() {
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600) // else it is counted from the start
}

// peak is the most memory that this process has had, in MB; 0 where the system
// does not tell.
func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range bytes.Lines(status) {
		if fields := strings.Fields(string(line)); len(fields) > 1 && fields[0] == "VmHWM:" {
			kilobytes, _ := strconv.ParseFloat(fields[1], 64)
			return kilobytes / 1024
		}
	}
	return 0
}
