package endpoint_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/endpoint"
	"awslab/aws/fake"

	core "github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// lab is an endpoint over a sandbox, with a client that signs.
type lab struct {
	t       *testing.T
	cloud   aws.Cloud
	url     string
	client  *http.Client // of its own: any other server that closes ends the idle connections of the default one
	handler http.Handler
	refused chan error // what reached no operation, until it is full
}

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) *lab {
	t.Helper()
	sandbox, err := fake.Open(t.TempDir(), fake.Options{Now: func() time.Time { return now }, Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{t: t, cloud: sandbox.Cloud(), refused: make(chan error, 1)}
	l.handler = endpoint.New(endpoint.Config{
		Caller: func(key string) (endpoint.Caller, bool) {
			return endpoint.Caller{Cloud: l.cloud, Token: map[string]string{"ASIAROLE": "token"}[key]}, key != "NOBODY"
		},
		Anonymous: func(bucket, _ string) (aws.Cloud, bool) { return l.cloud, bucket == "public" },
		Bucket: func(name string) error {
			_, err := sandbox.Cloud().S3.GetBucketLocation(context.Background(), aws.GetBucketLocationInput{Bucket: name})
			return err
		},
		Presigned: func(r *http.Request) (endpoint.Caller, error) {
			if r.URL.Query().Get("X-Amz-Signature") == "good" {
				return endpoint.Caller{Cloud: l.cloud}, nil
			}
			return endpoint.Caller{}, &aws.Error{Code: "AccessDenied", Message: "Request has expired", Status: 403}
		},
		Execute: execute,
		Refused: func(_ *http.Request, err error) {
			select {
			case l.refused <- err:
			default:
			}
		},
	})
	server := httptest.NewServer(l.handler)
	l.url, l.client = server.URL, server.Client()
	t.Cleanup(func() {
		server.Close()
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// request makes a signed request; payload is what the signature says of the body.
func (l *lab) request(method, path, payload string, body io.Reader, headers ...string) *http.Request {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), method, l.url+path, body)
	if err != nil {
		l.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	r.Header.Set("X-Amz-Content-Sha256", payload)
	l.sign(r, payload, "AKIAUSER", "")
	return r
}

func (l *lab) sign(r *http.Request, payload, key, token string) {
	l.t.Helper()
	credentials := core.Credentials{AccessKeyID: key, SecretAccessKey: "secret", SessionToken: token}
	if err := v4.NewSigner().SignHTTP(l.t.Context(), credentials, r, payload, "s3", "us-west-2", now); err != nil {
		l.t.Fatal(err)
	}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (l *lab) send(r *http.Request) answer {
	l.t.Helper()
	response, err := l.client.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		l.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

const unsigned = "UNSIGNED-PAYLOAD"

func (l *lab) call(method, path, body string, headers ...string) answer {
	l.t.Helper()
	return l.send(l.request(method, path, unsigned, strings.NewReader(body), headers...))
}

// wants fails unless the answer has a status and contains the texts.
func (a answer) wants(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%q is not in %s", text, a.body)
		}
	}
	if a.header.Get("x-amz-request-id") == "" {
		t.Error("no request id")
	}
	return a
}

func (l *lab) bucket(name string) {
	l.t.Helper()
	l.call(http.MethodPut, "/"+name, `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>`).
		wants(l.t, 200)
}

func TestObjects(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("image-1")
	l.call(http.MethodGet, "/", "").wants(t, 200, "<Name>image-1</Name>", "<CreationDate>2026-11-22T12:00:00.000Z</CreationDate>")
	l.call(http.MethodGet, "/image-1?location", "").wants(t, 200, ">us-west-2</LocationConstraint>")
	if a := l.call(http.MethodHead, "/image-1", "").wants(t, 200); a.header.Get("x-amz-bucket-region") != "us-west-2" {
		t.Errorf("region %q", a.header.Get("x-amz-bucket-region"))
	}
	put := l.call(http.MethodPut, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "hello", "Content-Type", "image/jpeg", "x-amz-meta-Author", "me").wants(t, 200)
	if put.header.Get("ETag") != `"5d41402abc4b2a76b9719d911017c592"` {
		t.Errorf("ETag %s", put.header.Get("ETag"))
	}
	got := l.call(http.MethodGet, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "").wants(t, 200, "hello")
	if got.header.Get("Content-Type") != "image/jpeg" || got.header.Get("x-amz-meta-author") != "me" || got.header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("headers %v", got.header)
	}
	span := l.call(http.MethodGet, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "", "Range", "bytes=1-3").wants(t, 206)
	if span.body != "ell" || span.header.Get("Content-Range") != "bytes 1-3/5" {
		t.Errorf("%q %v", span.body, span.header)
	}
	if a := l.call(http.MethodHead, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "").wants(t, 200); a.header.Get("Content-Length") != "5" {
		t.Errorf("length %s", a.header.Get("Content-Length"))
	}
	l.call(http.MethodGet, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "", "If-None-Match", put.header.Get("ETag")).wants(t, 304)
	l.call(http.MethodPut, "/image-1/copy", "", "x-amz-copy-source", "/image-1/a%20folder/H%C3%A4ppy%2BFace.jpg").wants(t, 200, "<CopyObjectResult", "5d41402abc4b2a76b9719d911017c592")
	l.call(http.MethodGet, "/image-1?list-type=2&prefix=a&delimiter=%2F&encoding-type=url", "").
		wants(t, 200, "<CommonPrefixes><Prefix>a+folder/</Prefix></CommonPrefixes>", "<KeyCount>1</KeyCount>", "<EncodingType>url</EncodingType>")
	l.call(http.MethodGet, "/image-1?max-keys=1", "").wants(t, 200, "<Key>a folder/Häppy+Face.jpg</Key>", "<IsTruncated>true</IsTruncated>", "<Marker></Marker>")
	l.call(http.MethodGet, "/image-1?marker=a%2Bb%2541&encoding-type=url", "").wants(t, 200, "<Marker>a%2Bb%2541</Marker>")
	l.call(http.MethodPost, "/image-1?delete", `<Delete><Object><Key>copy</Key></Object><Object><Key>none</Key></Object></Delete>`).
		wants(t, 200, "<Deleted><Key>copy</Key></Deleted>", "<Deleted><Key>none</Key></Deleted>")
	l.call(http.MethodDelete, "/image-1", "").wants(t, 409, "<Code>BucketNotEmpty</Code>", "<BucketName>image-1</BucketName>")
	l.call(http.MethodDelete, "/image-1/a%20folder/H%C3%A4ppy+Face.jpg", "").wants(t, 204)
	l.call(http.MethodDelete, "/image-1", "").wants(t, 204)
}

func TestVirtualHosts(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("image.1")
	l.call(http.MethodPut, "/image.1/k", "hello").wants(t, 200)
	for _, host := range []string{"image.1.localhost:4566", "image.1.s3.localhost", "image.1.s3.us-west-2.localhost:80"} {
		r := l.request(http.MethodGet, "/k", unsigned, nil)
		r.Host = host
		l.send(r).wants(t, 200, "hello")
	}
	r := l.request(http.MethodGet, "/image.1/k", unsigned, nil)
	r.Host = "s3.us-west-2.localhost"
	l.send(r).wants(t, 200, "hello")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("public")
	l.call(http.MethodPut, "/public/k", "hello").wants(t, 200)
	l.call(http.MethodGet, "/nothing-here?list-type=2", "").wants(t, 404, "<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>")
	none := l.call(http.MethodGet, "/public/none", "").wants(t, 404, "<Code>NoSuchKey</Code>", "<Key>none</Key>")
	if id, host := none.header.Get("x-amz-request-id"), none.header.Get("x-amz-id-2"); host == "" || !strings.Contains(none.body, "<RequestId>"+id+"</RequestId><HostId>"+host+"</HostId>") {
		t.Errorf("the ids %s and %s are not in %s", id, host, none.body)
	}
	if a := l.call(http.MethodHead, "/public/none", "").wants(t, 404); a.body != "" {
		t.Errorf("HEAD has a body: %s", a.body)
	}
	l.call(http.MethodPost, "/public?delete", "<Delete>").wants(t, 400, "<Code>MalformedXML</Code>")
	l.call(http.MethodGet, "/public/k?tagging", "").wants(t, 200, "<TagSet></TagSet>")
	l.call(http.MethodPatch, "/public/k", "").wants(t, 405, "<Code>MethodNotAllowed</Code>")
	l.call(http.MethodGet, "/public?list-type=2&max-keys=many", "").wants(t, 400, "<Code>InvalidArgument</Code>")

	l.call(http.MethodGet, "/public?list-type=2&encoding-type=xx", "").wants(t, 400, "<Code>InvalidArgument</Code><Message>Invalid Encoding Method")
	l.call(http.MethodGet, "/public?versions&encoding-type=xx", "").wants(t, 400, "<Code>InvalidArgument</Code>")
	l.call(http.MethodPut, "/another", "<Foo/>").wants(t, 400, "<Code>MalformedXML</Code>")
	// A body whose length nobody tells.
	endless := l.request(http.MethodPut, "/public/endless", unsigned, io.MultiReader(strings.NewReader("hello")))
	l.send(endless).wants(t, 501, "<Code>NotImplemented</Code>")

	sent := func(change func(*http.Request)) answer {
		r := l.request(http.MethodGet, "/public/k", unsigned, nil)
		change(r)
		return l.send(r)
	}
	sent(func(r *http.Request) { r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=x") }).wants(t, 400, "AuthorizationHeaderMalformed")
	for authorization, want := range map[string]string{
		"AWS AKIAUSER:c2lnbmF0dXJlIG9mIG9sZA==": "<Code>InvalidRequest</Code><Message>The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
		"Basic bWU6aGVyZQ==":                    "<Code>InvalidArgument</Code><Message>Unsupported Authorization Type",
	} {
		sent(func(r *http.Request) { r.Header.Set("Authorization", authorization) }).wants(t, 400, want)
	}
	for scope, want := range map[string]string{"zz/us-west-2/s3/aws4_request": "incorrect date format", "20261122/us-west-2/s3/zz": "incorrect terminal"} {
		sent(func(r *http.Request) {
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAUSER/"+scope+", SignedHeaders=host, Signature="+strings.Repeat("0", 64))
		}).wants(t, 400, want)
	}
	sent(func(r *http.Request) { l.sign(r, unsigned, "NOBODY", "") }).wants(t, 403, "<Code>InvalidAccessKeyId</Code>")
	sent(func(r *http.Request) { l.sign(r, unsigned, "ASIAROLE", "wrong") }).wants(t, 400, "<Code>InvalidToken</Code>")
	sent(func(r *http.Request) { l.sign(r, unsigned, "ASIAROLE", "token") }).wants(t, 200, "hello")
	sent(func(r *http.Request) { r.Header.Del("Authorization") }).wants(t, 200, "hello") // public
	sent(func(r *http.Request) { r.Header.Del("Authorization"); r.Method = http.MethodDelete }).wants(t, 403, "Access Denied")
	sent(func(r *http.Request) { r.URL.RawQuery = "X-Amz-Signature=0" }).wants(t, 403, "Request has expired")
	before := func(query string) answer {
		return sent(func(r *http.Request) { r.Header.Del("Authorization"); r.URL.RawQuery = query })
	}
	before("AWSAccessKeyId=AKIAUSER&Signature=x&Expires=99999999999").wants(t, 200, "hello")
	before("AWSAccessKeyId=AKIAUSER&Signature=x&Expires=1").wants(t, 403, "Request has expired")
	before("AWSAccessKeyId=AKIAUSER&Signature=x&Expires=soon").wants(t, 403, "Invalid date")
	before("AWSAccessKeyId=NOBODY&Signature=x&Expires=99999999999").wants(t, 403, "InvalidAccessKeyId")
	before("AWSAccessKeyId=ASIAROLE&Signature=x&Expires=99999999999").wants(t, 400, "InvalidToken")
	before("AWSAccessKeyId=ASIAROLE&Signature=x&Expires=99999999999&x-amz-security-token=token").wants(t, 200, "hello")
	sent(func(r *http.Request) { r.Host = "sandbox.example.com" }).wants(t, 403)
	sent(func(r *http.Request) { r.Header.Set("Origin", "https://example.com") }).wants(t, 403)
	sent(func(r *http.Request) { r.Header.Set("Origin", "http://localhost:3000") }).wants(t, 200)
	sent(func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/", "" }).wants(t, 200, "<Name>public</Name>")
}

// TestBodiesAreVerified sends bodies that are not what the client promised:
// none of them may become an object.
func TestBodiesAreVerified(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	sum := sha256.Sum256([]byte("hello"))
	l.send(l.request(http.MethodPut, "/box/good", hex.EncodeToString(sum[:]), strings.NewReader("hello"))).wants(t, 200)
	l.send(l.request(http.MethodPut, "/box/bad", hex.EncodeToString(sum[:]), strings.NewReader("jello"))).wants(t, 400, "XAmzContentSHA256Mismatch")
	l.send(l.request(http.MethodPut, "/box/bad", "none", strings.NewReader("jello"))).wants(t, 400, "<Code>InvalidArgument</Code><Message>x-amz-content-sha256 must be")
	l.call(http.MethodPut, "/box/bad", "jello", "x-amz-checksum-crc32", checksum("hello")).wants(t, 400, "<Code>BadDigest</Code>")
	l.call(http.MethodPut, "/box/good", "hello", "x-amz-checksum-crc32", checksum("hello")).wants(t, 200)
	l.call(http.MethodGet, "/box?list-type=2", "").wants(t, 200, "<KeyCount>1</KeyCount>")
}

func checksum(text string) string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(text))))
}

func TestChunkedBodies(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	const streaming = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
	chunked := func(path, body, trailer string) answer {
		return l.send(l.request(http.MethodPut, path, streaming, strings.NewReader(body),
			"x-amz-decoded-content-length", "11", "Content-Encoding", "aws-chunked,gzip", "x-amz-trailer", trailer))
	}
	body := "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:" + checksum("hello world") + "\r\n\r\n"
	chunked("/box/good", body, "x-amz-checksum-crc32").wants(t, 200)
	got := l.call(http.MethodGet, "/box/good", "", "Accept-Encoding", "identity").wants(t, 200)
	if got.body != "hello world" || got.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%q, %v", got.body, got.header)
	}
	signed := "5;chunk-signature=" + strings.Repeat("a", 64) + "\r\nhello\r\n6;chunk-signature=" + strings.Repeat("b", 64) + "\r\n world\r\n0;chunk-signature=" + strings.Repeat("c", 64) + "\r\n\r\n"
	chunked("/box/signed", signed, "").wants(t, 200)
	chunked("/box/untold", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "x-amz-checksum-crc32").wants(t, 400, "<Code>MalformedTrailerError</Code>")
	for name, broken := range map[string]string{
		"wrong checksum": "5\r\nhello\r\n6\r\n World\r\n0\r\nx-amz-checksum-crc32:" + checksum("hello world") + "\r\n\r\n",
		"cut off":        "5\r\nhello\r\n6\r\n wo",
		"no size":        "hello",
		"too short":      "5\r\nhello\r\n0\r\n\r\n",
		"huge size":      "fffffffffffffffff\r\n",
		"no line end":    "5\r\nhelloxx6\r\n world\r\n0\r\n\r\n",
	} {
		if a := chunked("/box/bad", broken, "x-amz-checksum-crc32"); a.status != 400 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	l.call(http.MethodHead, "/box/bad", "").wants(t, 404)
}

func TestMultipart(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	begun := l.call(http.MethodPost, "/box/big?uploads", "", "Content-Type", "image/png").wants(t, 200, "<Key>big</Key>")
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	five := strings.Repeat("x", 5<<20)
	var parts strings.Builder
	for i, content := range []string{five, "end"} {
		tag := l.call(http.MethodPut, fmt.Sprintf("/box/big?partNumber=%d&uploadId=%s", i+1, id), content).wants(t, 200).header.Get("ETag")
		fmt.Fprintf(&parts, "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", i+1, tag)
	}
	l.call(http.MethodGet, "/box/big?uploadId="+id, "").wants(t, 200, "<PartNumber>2</PartNumber>", "<Size>5242880</Size>")
	l.call(http.MethodGet, "/box?uploads", "").wants(t, 200, "<UploadId>"+id+"</UploadId>")
	l.call(http.MethodPost, "/box/big?uploadId="+id, "<CompleteMultipartUpload>"+parts.String()+"</CompleteMultipartUpload>").
		wants(t, 200, "<CompleteMultipartUploadResult", "-2")
	got := l.call(http.MethodGet, "/box/big", "").wants(t, 200)
	if got.body != five+"end" || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("%d bytes, %v", len(got.body), got.header)
	}
	l.call(http.MethodDelete, "/box/big?uploadId="+id, "").wants(t, 404, "NoSuchUpload")
}

func TestNotificationsAndPolicies(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodGet, "/box?notification", "").wants(t, 200, "<NotificationConfiguration")
	l.call(http.MethodPut, "/box?notification", `<NotificationConfiguration><CloudFunctionConfiguration><Id>1</Id>`+
		`<CloudFunction>arn:aws:lambda:us-west-2:000000000000:function:none</CloudFunction><Event>s3:ObjectCreated:*</Event>`+
		`<Filter><S3Key><FilterRule><Name>suffix</Name><Value>.jpg</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>`).
		wants(t, 400, "<Code>InvalidArgument</Code>", "Unable to validate the following destination configurations")
	l.call(http.MethodGet, "/box?policy", "").wants(t, 404, "NoSuchBucketPolicy")
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::box/*"}]}`
	l.call(http.MethodPut, "/box?policy", policy).wants(t, 204)
	l.call(http.MethodGet, "/box?policy", "").wants(t, 200, "s3:GetObject")
	l.call(http.MethodDelete, "/box?policy", "").wants(t, 204)
}
