package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// shelf is a server that keeps objects by path, and refuses what it is told to.
type shelf struct {
	mu      sync.Mutex
	objects map[string]string // by the path as it came
	types   map[string]string
	last    http.Header
	refuse  int
	why     string
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = r.Header
	if s.refuse != 0 {
		w.WriteHeader(s.refuse)
		fmt.Fprint(w, s.why)
		return
	}
	path := r.URL.EscapedPath()
	if r.Method == http.MethodPut {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		s.objects[path], s.types[path] = string(body), r.Header.Get("Content-Type")
		return
	}
	fmt.Fprint(w, s.objects[path])
}

func startShelf(t *testing.T) (*shelf, *Client) {
	t.Helper()
	s := &shelf{objects: map[string]string{}, types: map[string]string{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client, err := New(Config{Region: "us-east-1", AccessKeyID: "AKIA", SecretAccessKey: "secret", SessionToken: "token", Endpoint: server.URL + "/"})
	if err != nil {
		t.Fatal(err)
	}
	return s, client
}

func TestPutThenGet(t *testing.T) {
	t.Parallel()
	s, client := startShelf(t)
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringN(1, 40, 200).Draw(t, "key")
		body := rapid.String().Draw(t, "body")
		if err := client.Put(context.Background(), "image-1", key, "image/png", []byte(body)); err != nil {
			t.Fatal(err)
		}
		path := "/image-1/" + escape(key)
		if s.objects[path] != body || s.types[path] != "image/png" {
			t.Fatalf("%q is not at %s", body, path)
		}
		object, err := client.Get(context.Background(), "image-1", key)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(object); err != nil || string(got) != body {
			t.Fatalf("%q, %v, want %q", got, err, body)
		}
		if err := object.Close(); err != nil {
			t.Fatal(err)
		}
	})
	if got := s.last.Get("Authorization"); !strings.Contains(got, "host;x-amz-content-sha256;x-amz-date;x-amz-security-token") {
		t.Errorf("signed: %s", got)
	}
	if got := s.last.Get("X-Amz-Security-Token"); got != "token" {
		t.Errorf("token %q", got)
	}
}

// TestSigned holds an example of AWS's own description of the signature.
func TestSigned(t *testing.T) {
	t.Parallel()
	client, err := New(Config{Region: "us-east-1", AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"})
	if err != nil {
		t.Fatal(err)
	}
	client.now = func() time.Time { return time.Date(2013, time.May, 24, 2, 0, 0, 0, time.FixedZone("", 7200)) }
	const body = "Welcome to Amazon S3."
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "https://examplebucket.s3.amazonaws.com/"+escape("test$file.text"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = -1 // the example does not sign it
	request.Header.Set("Date", "Fri, 24 May 2013 00:00:00 GMT")
	request.Header.Set("X-Amz-Storage-Class", "REDUCED_REDUNDANCY")
	if err := client.sign(request, []byte(body)); err != nil {
		t.Fatal(err)
	}
	const want = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
		"SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, " +
		"Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
	if got := request.Header.Get("Authorization"); got != want {
		t.Errorf("%s, want\n%s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s, client := startShelf(t)
	for _, c := range []struct {
		status        int
		body          string
		code, message string
		text          string
	}{
		{
			404, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>k</Key></Error>`,
			"NoSuchKey", "The specified key does not exist.", "s3://b/k: NoSuchKey (404): The specified key does not exist.",
		},
		{301, `<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>`, "PermanentRedirect", "elsewhere", "s3://b/k: PermanentRedirect (301): elsewhere"},
		{503, "<html>no", "", "", "s3://b/k: Service Unavailable (503)"},
		{500, "", "", "", "s3://b/k: Internal Server Error (500)"},
	} {
		s.refuse, s.why = c.status, c.body
		_, got := client.Get(t.Context(), "b", "k")
		put := client.Put(t.Context(), "b", "k", "image/gif", []byte("x"))
		for operation, err := range map[string]error{"GetObject": got, "PutObject": put} {
			var refused *Error
			if !errors.As(err, &refused) || *refused != (Error{operation, "b", "k", c.status, c.code, c.message}) {
				t.Errorf("%d: %#v", c.status, err)
				continue
			}
			if err.Error() != operation+" "+c.text {
				t.Errorf("%d: %v", c.status, err)
			}
		}
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	_, client := startShelf(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Get(ctx, "b", "k"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := client.Put(ctx, "b", "k", "image/gif", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ region, endpoint, bucket, want string }{
		{"eu-west-1", "", "image-1", "https://image-1.s3.eu-west-1.amazonaws.com/a/b%20c"},
		{"eu-west-1", "", "image.1", "https://s3.eu-west-1.amazonaws.com/image.1/a/b%20c"},
		{"cn-north-1", "", "image-1", "https://image-1.s3.cn-north-1.amazonaws.com.cn/a/b%20c"},
		{"us-east-1", "http://127.0.0.1:4566", "image-1", "http://127.0.0.1:4566/image-1/a/b%20c"},
		{"us-east-1", "http://[::1]:4566/", "image-1", "http://[::1]:4566/image-1/a/b%20c"},
		{"us-east-1", "https://localhost/s3/", "image-1", "https://localhost/s3/image-1/a/b%20c"},
	} {
		client, err := New(Config{Region: c.region, Endpoint: c.endpoint, AccessKeyID: "a", SecretAccessKey: "b"})
		if err != nil {
			t.Fatal(err)
		}
		if got := client.address(c.bucket, "a/b c"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	all := map[string]string{
		"AWS_DEFAULT_REGION": "us-west-1", "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret",
		"AWS_SESSION_TOKEN": "token", "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
	}
	getenv := func(name string) string { return all[name] }
	if got, want := Environment(getenv), (Config{"us-west-1", "id", "secret", "token", "http://127.0.0.1:1"}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	all["AWS_REGION"], all["AWS_ENDPOINT_URL_S3"] = "us-east-1", "http://127.0.0.1:2"
	if got, want := Environment(getenv), (Config{"us-east-1", "id", "secret", "token", "http://127.0.0.1:2"}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestIncompleteConfig(t *testing.T) {
	t.Parallel()
	for missing, config := range map[string]Config{
		"AWS_REGION":            {AccessKeyID: "a", SecretAccessKey: "b"},
		"AWS_SECRET_ACCESS_KEY": {Region: "us-east-1", AccessKeyID: "a"},
		"localhost:4566":        {Region: "us-east-1", AccessKeyID: "a", SecretAccessKey: "b", Endpoint: "localhost:4566"},
		"control character":     {Region: "us-east-1", AccessKeyID: "a", SecretAccessKey: "b", Endpoint: "http://\x00"},
	} {
		if _, err := New(config); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s: %v", missing, err)
		}
	}
}
