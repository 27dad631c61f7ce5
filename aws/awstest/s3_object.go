package awstest

import (
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// etagOf is the ETag of a single upload.
func etagOf(content string) string {
	sum := md5.Sum([]byte(content)) //nolint:gosec // an ETag is an MD5
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func digestOf(content string) string {
	sum := md5.Sum([]byte(content)) //nolint:gosec // Content-MD5 is one
	return base64.StdEncoding.EncodeToString(sum[:])
}

func testPutObject(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	put := func(change func(*aws.PutObjectInput)) func() error {
		in := aws.PutObjectInput{Bucket: bucketName, Key: "key", Body: strings.NewReader("content")}
		change(&in)
		return errorOf(s3.PutObject, in)
	}
	out := must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "key", Body: strings.NewReader("first"), ChecksumAlgorithm: "SHA1"})
	same(t, "answer", out, aws.PutObjectOutput{ETag: etagOf("first"), Size: 5, ServerSideEncryption: "AES256",
		Checksums: sumsOf("SHA1", "first"), ChecksumType: "FULL_OBJECT"})
	for _, content := range []string{"content", "", strings.Repeat("0123456789", 100_000)} {
		f.object(t, "key", content)
		same(t, "content", f.content(t, "key") == content, true)
	}
	same(t, "an object without a body", must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "none"}).ETag, etagOf(""))
	for _, key := range []string{"/", "a//b", " ", "a b+c%2F&=?#", "日本/é", "../x", "\x01\x7f", strings.Repeat("é", 512)} {
		f.object(t, key, key)
		same(t, "content of "+key, f.content(t, key), key)
	}
	f.object(t, "there", "first")
	t.Run("checks what is given of the body", func(t *testing.T) {
		for _, change := range []func(*aws.PutObjectInput){
			func(in *aws.PutObjectInput) { in.ContentLength = aws.Some[int64](7) },
			func(in *aws.PutObjectInput) { in.ContentMD5 = digestOf("content") },
			func(in *aws.PutObjectInput) { in.ACL = "bucket-owner-full-control" },
			func(in *aws.PutObjectInput) { in.IfNoneMatch, in.Key = "*", "new" },
			func(in *aws.PutObjectInput) { in.IfMatch, in.Key = etagOf("first"), "there" },
		} {
			if err := put(change)(); err != nil {
				t.Error(err)
			}
		}
	})
	s3Refuses(t, "s3:PutObject", keyFaults(func(key string) error {
		return put(func(in *aws.PutObjectInput) { in.Key = key })()
	})...)
	const incomplete = "You did not provide the number of bytes specified by the Content-Length HTTP header"
	f.object(t, "key", "as it was")
	before := f.keys(t)
	s3Refuses(t, "s3:PutObject",
		noBucket(put(func(in *aws.PutObjectInput) { in.Bucket = missingOne })),
		refusal{"a body too short", put(func(in *aws.PutObjectInput) { in.ContentLength = aws.Some[int64](8) }), "IncompleteBody", incomplete},
		refusal{"a body too long", put(func(in *aws.PutObjectInput) { in.ContentLength = aws.Some[int64](6) }), "IncompleteBody", incomplete},
		refusal{"another length than none", put(func(in *aws.PutObjectInput) { in.Body, in.ContentLength = nil, aws.Some[int64](1) }), "IncompleteBody", incomplete},
		refusal{"a body that breaks off", put(func(in *aws.PutObjectInput) {
			in.Body = io.MultiReader(strings.NewReader("half"), brokenBody{})
		}), "IncompleteBody", "the body could not be read: the disk was pulled out"},
		refusal{"more than 5 GiB", put(func(in *aws.PutObjectInput) { in.ContentLength = aws.Some[int64](5<<30 + 1) }),
			"EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"},
		refusal{"another digest", put(func(in *aws.PutObjectInput) { in.ContentMD5 = digestOf("Content") }), "BadDigest", "The Content-MD5 you specified did not match what we received."},
		refusal{"a digest that is none", put(func(in *aws.PutObjectInput) { in.ContentMD5 = "abc" }), "InvalidDigest", "The Content-MD5 you specified was invalid."},
		refusal{"metadata of 2,049 bytes", put(func(in *aws.PutObjectInput) { in.Metadata = map[string]string{"name": strings.Repeat("x", 2045)} }),
			"MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"},
		refusal{"an object for all", put(func(in *aws.PutObjectInput) { in.ACL = "public-read" }), "AccessControlListNotSupported", "The bucket does not allow ACLs"},
		refusal{"to replace", put(func(in *aws.PutObjectInput) { in.IfNoneMatch = "*" }), "PreconditionFailed", conditionMessage},
		refusal{"to replace another", put(func(in *aws.PutObjectInput) { in.IfMatch = etagOf("another") }), "PreconditionFailed", conditionMessage},
		refusal{"to replace what is missing", put(func(in *aws.PutObjectInput) { in.IfMatch, in.Key = etagOf("content"), "missing" }), "NoSuchKey", noKeyMessage},
		refusal{"to replace whatever is there", put(func(in *aws.PutObjectInput) { in.IfMatch = "*" }), "NotImplemented", noHeaderMessage},
		refusal{"two conditions", put(func(in *aws.PutObjectInput) { in.IfMatch, in.IfNoneMatch = etagOf("as it was"), "*" }), "NotImplemented", noHeaderMessage},
		refusal{"a condition that is none", put(func(in *aws.PutObjectInput) { in.IfNoneMatch = etagOf("content") }), "NotImplemented", noHeaderMessage},
	)
	testPutChecksums(t, s3)
	testPutClasses(t, f)
	testCanceled(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "canceled", Body: strings.NewReader("content")})
	same(t, "content after the refusals", f.content(t, "key"), "as it was")
	same(t, "keys after the refusals", f.keys(t), before)
}

// brokenBody is a body that cannot be read.
type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("the disk was pulled out") }

// described is an object with all headers, and what is told of it.
func described(t *testing.T, f Fixture) aws.ObjectAttributes {
	t.Helper()
	in := aws.PutObjectInput{Bucket: bucketName, Key: "a key", Body: strings.NewReader("0123456789"), ObjectHeaders: allHeaders,
		Tagging: "lab=s3&empty=", ChecksumAlgorithm: "SHA256"}
	must(t, f.Cloud.S3.PutObject, in)
	return aws.ObjectAttributes{ETag: etagOf("0123456789"), ObjectHeaders: toldHeaders(allHeaders), ServerSideEncryption: "AES256", TagCount: 2}
}

// ranges are Range headers of an object of ten digits, and what they give; "" of
// whole is all.
var ranges = []struct{ header, content, contentRange string }{
	{"bytes=0-0", "0", "bytes 0-0/10"},
	{"bytes=2-4", "234", "bytes 2-4/10"},
	{"bytes=7-", "789", "bytes 7-9/10"},
	{"bytes=8-100", "89", "bytes 8-9/10"},
	{"bytes=-3", "789", "bytes 7-9/10"},
	{"bytes=-100", "0123456789", "bytes 0-9/10"},
	{"bytes=5-99999999999999999999", "56789", "bytes 5-9/10"},
	{"bytes=4-2", "0123456789", ""},
	{"bytes=0-1,3-4", "0123456789", ""},
	{"lines=0-1", "0123456789", ""},
	{"bytes=a-b", "0123456789", ""},
	{"bytes=-", "0123456789", ""},
}

func testGetObject(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	want := described(t, f)
	out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key"})
	same(t, "content", bodyOf(t, out), "0123456789")
	if out.LastModified.IsZero() || out.LastModified.Nanosecond() != 0 {
		t.Errorf("modified at %v, want a full second", out.LastModified)
	}
	want.LastModified = out.LastModified
	same(t, "attributes", out.ObjectAttributes, want)
	f.object(t, "plain", "")
	same(t, "type", must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "plain"}).ContentType, "binary/octet-stream")

	get := func(change func(*aws.GetObjectInput)) func() error {
		in := aws.GetObjectInput{Bucket: bucketName, Key: "a key"}
		change(&in)
		return func() error {
			out, err := s3.GetObject(t.Context(), in)
			if err != nil {
				return err
			}
			return out.Body.Close()
		}
	}
	for _, r := range ranges {
		out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key", Range: r.header})
		same(t, r.header, bodyOf(t, out), r.content)
		same(t, r.header, out.ContentRange, r.contentRange)
	}
	for _, c := range getConditions(want) {
		if err := get(c.change)(); c.code == "" && err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if c.code != "" {
			s3Refuses(t, "s3:GetObject", refusal{c.name, get(c.change), c.code, c.message})
		}
	}
	const range416 = "The requested range is not satisfiable"
	s3Refuses(t, "s3:GetObject",
		noBucket(get(func(in *aws.GetObjectInput) { in.Bucket = missingOne })),
		refusal{"a missing key", get(func(in *aws.GetObjectInput) { in.Key = "missing" }), "NoSuchKey", noKeyMessage},
		refusal{"a range after the end", get(func(in *aws.GetObjectInput) { in.Range = "bytes=10-" }), "InvalidRange", range416},
		refusal{"the last no bytes", get(func(in *aws.GetObjectInput) { in.Range = "bytes=-0" }), "InvalidRange", range416},
		refusal{"a range of nothing", get(func(in *aws.GetObjectInput) { in.Key, in.Range = "plain", "bytes=0-" }), "InvalidRange", range416})
	s3Refuses(t, "s3:GetObject", keyFaults(func(key string) error { return get(func(in *aws.GetObjectInput) { in.Key = key })() })...)
	testGetChecksums(t, s3)
	testGetVersions(t, s3)
	testCanceled(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key"})
}

// getCondition is a read on conditions, and how it is refused ("" if it is not).
type getCondition struct {
	name          string
	change        func(*aws.GetObjectInput)
	code, message string
}

func getConditions(o aws.ObjectAttributes) []getCondition {
	before, after := o.LastModified.Add(-time.Second), o.LastModified.Add(time.Second)
	other := etagOf("other")
	return []getCondition{
		{"the ETag", func(in *aws.GetObjectInput) { in.IfMatch = o.ETag }, "", ""},
		{"any ETag", func(in *aws.GetObjectInput) { in.IfMatch = "*" }, "", ""},
		{"the ETag among others", func(in *aws.GetObjectInput) { in.IfMatch = other + ", " + o.ETag }, "", ""},
		{"another ETag", func(in *aws.GetObjectInput) { in.IfMatch = other }, "PreconditionFailed", conditionMessage},
		{"not another ETag", func(in *aws.GetObjectInput) { in.IfNoneMatch = other }, "", ""},
		{"not the ETag", func(in *aws.GetObjectInput) { in.IfNoneMatch = o.ETag }, "NotModified", "Not Modified"},
		{"modified since before", func(in *aws.GetObjectInput) { in.IfModifiedSince = before }, "", ""},
		{"modified since then", func(in *aws.GetObjectInput) { in.IfModifiedSince = o.LastModified }, "NotModified", "Not Modified"},
		{"not modified since after", func(in *aws.GetObjectInput) { in.IfUnmodifiedSince = after }, "", ""},
		{"not modified since then", func(in *aws.GetObjectInput) { in.IfUnmodifiedSince = o.LastModified }, "", ""},
		{"not modified since before", func(in *aws.GetObjectInput) { in.IfUnmodifiedSince = before }, "PreconditionFailed", conditionMessage},
		{"the ETag, whatever the time", func(in *aws.GetObjectInput) { in.IfMatch, in.IfUnmodifiedSince = o.ETag, before }, "", ""},
		{"not another ETag, whatever the time", func(in *aws.GetObjectInput) { in.IfNoneMatch, in.IfModifiedSince = other, after }, "", ""},
	}
}

func testHeadObject(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	want := described(t, f)
	out := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key"})
	want.LastModified = out.LastModified
	same(t, "object", out, aws.HeadObjectOutput{ContentLength: 10, ObjectAttributes: want})
	out = must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key", Range: "bytes=2-4"})
	same(t, "range", out, aws.HeadObjectOutput{ContentLength: 3, ContentRange: "bytes 2-4/10", ObjectAttributes: want})
	head := func(change func(*aws.HeadObjectInput)) func() error {
		in := aws.HeadObjectInput{Bucket: bucketName, Key: "a key"}
		change(&in)
		return errorOf(s3.HeadObject, in)
	}
	s3Refuses(t, "s3:HeadObject",
		refusal{"a missing bucket", head(func(in *aws.HeadObjectInput) { in.Bucket = missingOne }), "NotFound", "Not Found"},
		refusal{"a missing key", head(func(in *aws.HeadObjectInput) { in.Key = "missing" }), "NotFound", "Not Found"},
		refusal{"a key that is none", head(func(in *aws.HeadObjectInput) { in.Key = "" }), "BadRequest", "Bad Request"},
		refusal{"another ETag", head(func(in *aws.HeadObjectInput) { in.IfMatch = etagOf("x") }), "PreconditionFailed", "Precondition Failed"},
		refusal{"not the ETag", head(func(in *aws.HeadObjectInput) { in.IfNoneMatch = want.ETag }), "NotModified", "Not Modified"},
		refusal{"a range after the end", head(func(in *aws.HeadObjectInput) { in.Range = "bytes=10-" }), "RequestedRangeNotSatisfiable", "Requested Range Not Satisfiable"})
	testCanceled(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key"})
}
