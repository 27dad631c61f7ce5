package local_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/local"
)

// request sends a request as any program would.
func request(t *testing.T, method, url, body string, headers ...string) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(headers); n += 2 {
		if headers[n] == "Host" {
			r.Host = headers[n+1]
			continue
		}
		r.Header.Set(headers[n], headers[n+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// signed is a header that names the learner. A sandbox asks no secret of him.
const signed = "AWS4-HMAC-SHA256 Credential=AKIALEARNERSANDBOX00/20261122/us-west-2/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=" +
	"0000000000000000000000000000000000000000000000000000000000000000"

// A presigned URL reads one object, until it expires.
func TestPresigned(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s := open(t, t.TempDir(), clock.keep)
	s.bucket(t, "private")
	const key = "a folder/größe + 1.txt"
	s.put(t, "private", key, []byte("hello"))
	url, err := s.Presign.PresignGetObject(t.Context(), aws.PresignGetObjectInput{Bucket: "private", Key: key, Expires: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, method, url string
		status            int
		answer            string
	}{
		{"as it is", http.MethodGet, url, 200, "hello"},
		{"to write", http.MethodPut, url, 403, "SignatureDoesNotMatch"},
		{"of another object", http.MethodGet, strings.Replace(url, "gr", "Gr", 1), 403, "SignatureDoesNotMatch"},
		{"for longer", http.MethodGet, strings.Replace(url, "X-Amz-Expires=60", "X-Amz-Expires=6000", 1), 403, "SignatureDoesNotMatch"},
		{"without a signature", http.MethodGet, strings.Split(url, "?")[0], 403, "AccessDenied"},
	} {
		if status, answer := request(t, c.method, c.url, ""); status != c.status || !strings.Contains(answer, c.answer) {
			t.Errorf("%s: %d %s", c.name, status, answer)
		}
	}
	clock.advance(61 * time.Second)
	if status, answer := request(t, http.MethodGet, url, ""); status != 403 || !strings.Contains(answer, "Request has expired") {
		t.Errorf("after a minute: %d %s", status, answer)
	}
}

// A port that is taken is left to whoever has it.
func TestTakenPort(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // it only listens
	s := open(t, t.TempDir(), func(opts *local.Options) { opts.Listen = taken.Addr().String() })
	if s.Place.Endpoint == "http://"+taken.Addr().String() {
		t.Fatal("it says that it listens on the port of another")
	}
	if status, answer := request(t, http.MethodGet, s.Place.Endpoint+"/", "", "Authorization", signed); status != 200 || !strings.Contains(answer, "awslab-assets") {
		t.Errorf("on its own it answers %d %s", status, answer)
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:80", "example.com:80", "localhost", "127.0.0.1", "4566"} {
		s, err := local.Open(t.Context(), local.Options{Dir: t.TempDir(), Listen: address})
		if err == nil {
			t.Errorf("it listens on %s", address)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// A page that a browser shows must not reach the sandbox.
func TestForeignRequests(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	port := s.Place.Endpoint[strings.LastIndex(s.Place.Endpoint, ":"):]
	for _, c := range []struct {
		status  int
		headers []string
	}{
		{200, nil},
		{200, []string{"Host", "localhost" + port}},
		{200, []string{"Origin", "http://localhost" + port}},
		{403, []string{"Host", "example.com" + port}},
		{403, []string{"Host", "127.0.0.1.example.com" + port}},
		{403, []string{"Host", "192.168.0.1" + port}},
		{403, []string{"Origin", "https://example.com"}},
		{403, []string{"Origin", "null"}},
	} {
		status, answer := request(t, http.MethodGet, s.Place.Endpoint+"/awslab-assets/HappyFace.jpg", "", append(c.headers, "Authorization", signed)...)
		if status != c.status {
			t.Errorf("%q: %d %.200s", c.headers, status, answer)
		}
	}
}

// Read-only means read-only for everybody.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, dir)
	first.lab(t)
	first.put(t, resized, "a.txt", []byte("hello"))
	first.shut(t)

	s := open(t, dir, func(opts *local.Options) { opts.ReadOnly = true })
	status, answer := request(t, http.MethodGet, s.Place.Endpoint+"/"+resized+"/a.txt", "", "Authorization", signed)
	if status != 200 || answer != "hello" {
		t.Errorf("a read is answered %d %s", status, answer)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete} {
		if status, answer := request(t, method, s.Place.Endpoint+"/"+resized+"/a.txt", "x", "Authorization", signed); status < 400 || !strings.Contains(answer, "read-only") {
			t.Errorf("%s is answered %d %s", method, status, answer)
		}
	}
	if _, err := s.Lambda.Invoke(t.Context(), aws.InvokeInput{FunctionName: creator}); err == nil {
		t.Error("a function runs")
	}
	if engine := s.Engines.Engine("python3.14"); engine.Runs || engine.Why == "" {
		t.Errorf("it says that functions run: %+v", engine)
	}
	if got := fmt.Sprint(s.keys(t, resized)); got != "[a.txt]" {
		t.Errorf("the bucket holds %s", got)
	}
}

func TestClosingTwiceIsNoFault(t *testing.T) {
	t.Parallel()
	s, err := local.Open(t.Context(), local.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
