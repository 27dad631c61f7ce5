package sdk_test

import (
	"bytes"
	"context"
	"crypto/md5" // #nosec G501 -- S3's digest is MD5
	"encoding/base64"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/sdk"
)

// connected is an account on a sandbox with a bucket named box.
func connected(t *testing.T) *sdk.Account {
	t.Helper()
	_, url := serve(t, time.Now)
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: url})
	if err != nil {
		t.Fatal(err)
	}
	create(t, account.Cloud)
	return account
}

// read reads an object.
func read(t *testing.T, cloud aws.Cloud, bucket, key string) string {
	t.Helper()
	out, err := cloud.S3.GetObject(t.Context(), aws.GetObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(out.Body)
	if err := errors.Join(err, out.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPlace(t *testing.T) {
	t.Parallel()
	_, url := serve(t, time.Now)
	account, err := sdk.Open(t.Context(), sdk.Options{EndpointURL: url, Region: "eu-central-1"})
	if err != nil {
		t.Fatal(err)
	}
	want := aws.Place{
		Kind: aws.Account, Region: "eu-central-1", AccountID: "000000000000", ARN: "arn:aws:iam::000000000000:user/learner", Endpoint: url,
	}
	if account.Cloud.Place != want || account.Profile != "default" {
		t.Errorf("place is %+v, profile %q; want %+v", account.Cloud.Place, account.Profile, want)
	}
}

// TestBodiesThatCannotBeSought sends a body of which nothing is known but
// how to read it.
func TestBodiesThatCannotBeSought(t *testing.T) {
	t.Parallel()
	account := connected(t)
	large := make([]byte, 17<<20)
	for i := range large {
		large[i] = byte(rand.Uint32())
	}
	for _, c := range []struct {
		name    string
		content []byte
		digest  bool
		parts   bool
	}{
		{"empty", nil, false, false},
		{"small", []byte("hello"), false, false},
		{"small with a digest", []byte("hello"), true, false},
		{"large", large, false, true},
		{"large with a digest", large, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := aws.PutObjectInput{
				Bucket: "box", Key: c.name, Body: io.MultiReader(bytes.NewReader(c.content)), StorageClass: "GLACIER_IR", ServerSideEncryption: "AES256",
				ObjectHeaders: aws.ObjectHeaders{ContentType: "image/png", Metadata: map[string]string{"author": "me"}, CacheControl: "no-store", Expires: "Wed, 21 Oct 2026 07:28:00 GMT"},
			}
			if c.digest {
				sum := md5.Sum(c.content) // #nosec G401 -- S3's digest is MD5
				in.ContentMD5 = base64.StdEncoding.EncodeToString(sum[:])
			}
			out, err := account.Cloud.S3.PutObject(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if out.Size != int64(len(c.content)) || strings.Contains(out.ETag, "-") != c.parts {
				t.Errorf("put %+v", out)
			}
			if got := read(t, account.Cloud, "box", c.name); got != string(c.content) {
				t.Errorf("read %d bytes, want %d", len(got), len(c.content))
			}
			head, err := account.Cloud.S3.HeadObject(t.Context(), aws.HeadObjectInput{Bucket: "box", Key: c.name})
			if err != nil || head.ContentType != "image/png" || head.Metadata["author"] != "me" || head.CacheControl != "no-store" || head.Expires != "Wed, 21 Oct 2026 07:28:00 GMT" || head.StorageClass != "GLACIER_IR" || head.ETag != out.ETag {
				t.Errorf("object is %+v, error %v", head, err)
			}
		})
	}
}

// broken gives some bytes, and then an error.
type broken struct {
	io.Reader
	err error
}

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = b.err
	}
	return n, err
}

// TestBodiesThatCannotBeSent sees that nothing is left of them.
func TestBodiesThatCannotBeSent(t *testing.T) {
	t.Parallel()
	account := connected(t)
	pulled := errors.New("the disk was pulled out")
	for _, c := range []struct {
		name   string
		body   io.Reader
		length aws.Option[int64]
		digest string
		code   string
	}{
		{"too short", strings.NewReader("short"), aws.Some(int64(9)), "", "IncompleteBody"},
		{"too long", strings.NewReader("too long"), aws.Some(int64(2)), "", "IncompleteBody"},
		{"too short, and cannot be sought", io.MultiReader(strings.NewReader("short")), aws.Some(int64(9)), "", "IncompleteBody"},
		{"too long, and cannot be sought", io.MultiReader(strings.NewReader("too long")), aws.Some(int64(2)), "", "IncompleteBody"},
		{"too short in parts", io.MultiReader(bytes.NewReader(make([]byte, 17<<20))), aws.Some(int64(18 << 20)), "", "IncompleteBody"},
		{"none", nil, aws.Some(int64(2)), "", "IncompleteBody"},
		{"broken off", broken{strings.NewReader("abc"), pulled}, aws.Option[int64]{}, "", "IncompleteBody"},
		{"broken off in parts", broken{bytes.NewReader(make([]byte, 20<<20)), pulled}, aws.Option[int64]{}, "", "IncompleteBody"},
		{"broken off with a digest", broken{strings.NewReader("abc"), pulled}, aws.Option[int64]{}, "XUFAKrxLKna5cZ2REBfFkg==", "IncompleteBody"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := account.Cloud.S3.PutObject(t.Context(), aws.PutObjectInput{
				Bucket: "box", Key: c.name, Body: c.body, ContentLength: c.length, ContentMD5: c.digest,
			})
			var got *aws.Error
			if !errors.As(err, &got) || got.Code != c.code || !errors.Is(err, aws.ErrInvalid) || got.Operation != "PutObject" {
				t.Errorf("error is %v, want %s", err, c.code)
			}
			if strings.HasPrefix(c.name, "broken") && !errors.Is(err, pulled) {
				t.Errorf("error is %v, and does not say why", err)
			}
		})
	}
	t.Cleanup(func() {
		uploads, err := account.Cloud.S3.ListMultipartUploads(context.Background(), aws.ListMultipartUploadsInput{Bucket: "box"})
		if err != nil || len(uploads.Uploads) != 0 {
			t.Errorf("there are left %+v, error %v", uploads.Uploads, err)
		}
	})
}

// TestParts sends parts of both kinds of body.
func TestParts(t *testing.T) {
	t.Parallel()
	s3 := connected(t).Cloud.S3
	upload, err := s3.CreateMultipartUpload(t.Context(), aws.CreateMultipartUploadInput{Bucket: "box", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	five := strings.Repeat("5", 5<<20)
	in := aws.CompleteMultipartUploadInput{Bucket: "box", Key: "k", UploadID: upload.UploadID}
	for i, body := range []io.Reader{io.MultiReader(strings.NewReader(five)), strings.NewReader("end")} {
		part, err := s3.UploadPart(t.Context(), aws.UploadPartInput{Bucket: "box", Key: "k", UploadID: upload.UploadID, PartNumber: i + 1, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		in.MultipartUpload.Parts = append(in.MultipartUpload.Parts, aws.CompletedPart{PartNumber: i + 1, ETag: part.ETag})
	}
	if _, err := s3.CompleteMultipartUpload(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if got := read(t, aws.Cloud{S3: s3}, "box", "k"); got != five+"end" {
		t.Errorf("object has %d bytes", len(got))
	}
}

func TestPresign(t *testing.T) {
	t.Parallel()
	account := connected(t)
	if _, err := account.Cloud.S3.PutObject(t.Context(), aws.PutObjectInput{Bucket: "box", Key: "a key/ä", Body: strings.NewReader("hello")}); err != nil {
		t.Fatal(err)
	}
	url, err := account.Cloud.Presign.PresignGetObject(t.Context(), aws.PresignGetObjectInput{Bucket: "box", Key: "a key/ä", Expires: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(url, account.Cloud.Place.Endpoint+"/box/") || !strings.Contains(url, "X-Amz-Expires=60") {
		t.Errorf("URL is %s", url)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // other tests' servers end the default one's connections
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil || string(content) != "hello" {
		t.Errorf("%s: %s, %v", answer.Status, content, err)
	}
}
