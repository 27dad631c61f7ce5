package s3

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"awslab/aws"
)

// secret knows the learner's key.
func (s *sandbox) secret(accessKeyID string) (string, bool) {
	return s.config.User.SecretAccessKey, accessKeyID == s.config.User.AccessKeyID
}

func (s *sandbox) presign(t *testing.T, key string, expires time.Duration) string {
	t.Helper()
	return must(t, s.PresignGetObject, aws.PresignGetObjectInput{Bucket: "image-abcdef", Key: key, Expires: expires})
}

// verified is the code with which a request for a URL is refused; "" if it is not.
func (s *sandbox) verified(t *testing.T, method, address string, change func(*http.Request)) string {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	r.Header.Set("User-Agent", "a browser")
	if change != nil {
		change(r)
	}
	err := s.VerifyPresigned(r, s.secret)
	if err == nil {
		return ""
	}
	var failure *aws.Error
	if !errors.As(err, &failure) || failure.Service != aws.ServiceS3 || failure.RequestID == "" || failure.Status < 400 {
		t.Fatalf("error is %v", err)
	}
	return failure.Code + ": " + failure.Message
}

func TestPresign(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	for _, key := range []string{"HappyFace.jpg", "a folder/é+b%2F.jpg", "a//b", "=&?#~!*'()"} {
		address := s.presign(t, key, time.Hour)
		parsed, err := url.Parse(address)
		if err != nil || parsed.Path != "/image-abcdef/"+key || parsed.Host != "127.0.0.1:4566" {
			t.Errorf("URL of %q is %s", key, address)
		}
		if got := s.verified(t, http.MethodGet, address, nil); got != "" {
			t.Errorf("%s is refused: %s", address, got)
		}
		again := *parsed // as one who encodes the path in another way sends it
		again.RawPath = ""
		if got := s.verified(t, http.MethodGet, again.String(), nil); got != "" {
			t.Errorf("%s is refused: %s", again.String(), got)
		}
	}
	for _, expires := range []time.Duration{0, time.Second - 1, -time.Hour, longestExpiry + 1} {
		refused(t, s.PresignGetObject, aws.PresignGetObjectInput{Bucket: "image-abcdef", Key: "key", Expires: expires}, parametersCode)
	}
	refused(t, s.PresignGetObject, aws.PresignGetObjectInput{Bucket: "Image", Key: "key", Expires: time.Hour}, "InvalidBucketName")
	refused(t, s.PresignGetObject, aws.PresignGetObjectInput{Bucket: "image-abcdef", Expires: time.Hour}, "InvalidURI")
}

// TestPresignedBySDK checks a URL that the SDK's signer made, as an SDK does.
func TestPresignedBySDK(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:4566/image-abcdef/a%20key%2B?X-Amz-Expires=60&x-id=GetObject", nil)
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	user := sdk.Credentials{AccessKeyID: s.config.User.AccessKeyID, SecretAccessKey: s.config.User.SecretAccessKey, SessionToken: "token/+="}
	address, _, err := signer.PresignHTTP(t.Context(), user, r, unsignedPayload, "s3", "us-west-2", s.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.verified(t, http.MethodGet, address, nil); got != "" {
		t.Errorf("%s is refused: %s", address, got)
	}
}

func TestVerifyPresigned(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	address := s.presign(t, "key", time.Minute)
	const mismatch = "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method."
	replaced := func(old, now string) string {
		t.Helper()
		if !strings.Contains(address, old) {
			t.Fatalf("%s has no %s", address, old)
		}
		return strings.Replace(address, old, now, 1)
	}
	if got := s.verified(t, http.MethodGet, address, func(r *http.Request) { r.Header.Set("Accept", "*/*") }); got != "" {
		t.Errorf("the URL is refused: %s", got)
	}
	for _, c := range []struct{ name, method, address, want string }{
		{"another method", http.MethodPut, address, mismatch},
		{"another key", http.MethodGet, replaced("/key", "/other"), mismatch},
		{"another host", http.MethodGet, replaced("127.0.0.1:4566", "localhost:4566"), mismatch},
		{"a longer time", http.MethodGet, replaced("X-Amz-Expires=60", "X-Amz-Expires=600"), mismatch},
		{"another region", http.MethodGet, replaced("us-west-2", "us-east-1"), mismatch},
		{"another signature", http.MethodGet, replaced("X-Amz-Signature=", "X-Amz-Signature=0"), mismatch},
		{"a parameter more", http.MethodGet, address + "&response-content-type=text/html", mismatch},
		{"another user", http.MethodGet, replaced("AKIALEARNERSANDBOX00", "AKIANOBODY"), "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records."},
		{"no signature", http.MethodGet, "http://127.0.0.1:4566/image-abcdef/key", parametersCode + ": Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."},
		{"more than a week", http.MethodGet, replaced("X-Amz-Expires=60", "X-Amz-Expires=604801"), parametersCode + ": X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"},
		{"less than nothing", http.MethodGet, replaced("X-Amz-Expires=60", "X-Amz-Expires=-1"), parametersCode + ": X-Amz-Expires must be non-negative"},
		{"a date that is none", http.MethodGet, replaced("T134315Z", "X"), parametersCode + `: X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`},
	} {
		if got := s.verified(t, c.method, c.address, nil); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	s.clock.advance(59 * time.Second)
	if got := s.verified(t, http.MethodGet, address, nil); got != "" {
		t.Errorf("at its last moment the URL is refused: %s", got)
	}
	s.clock.advance(time.Second)
	if got := s.verified(t, http.MethodGet, address, nil); got != "AccessDenied: Request has expired" {
		t.Errorf("an expired URL gives %q", got)
	}
	s.clock.advance(-time.Hour)
	if got := s.verified(t, http.MethodGet, address, nil); got != "AccessDenied: Request is not yet valid" {
		t.Errorf("a URL of the future gives %q", got)
	}
}

func FuzzVerifyPresigned(f *testing.F) {
	f.Add("/image-abcdef/key", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A/20261122/us-west-2/s3/aws4_request&X-Amz-Date=20261122T134315Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0")
	f.Add("/%zz", "X-Amz-Credential=////")
	s := &Service{config: Config{Now: (&clock{}).now, Random: func() uint64 { return 1 }}}
	f.Fuzz(func(t *testing.T, path, query string) {
		r := &http.Request{Method: http.MethodGet, Host: "127.0.0.1", Header: http.Header{}, URL: &url.URL{Path: path, RawQuery: query}}
		err := s.VerifyPresigned(r, func(string) (string, bool) { return "secret", true })
		var failure *aws.Error
		if !errors.As(err, &failure) || failure.Code == aws.CodeStorage {
			t.Errorf("%q?%q gives %v", path, query, err)
		}
	})
}
