package endpoint_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// with checks the values of an answer's headers; "" is a header that must not be
// there.
func (a answer) with(t *testing.T, pairs ...string) answer {
	t.Helper()
	for n := 0; n < len(pairs); n += 2 {
		if got := a.header.Get(pairs[n]); got != pairs[n+1] {
			t.Errorf("%s is %q, want %q", pairs[n], got, pairs[n+1])
		}
	}
	return a
}

// hello64 is the CRC64NVME of "hello".
const hello64 = "M3eFcAZSQlc="

func TestChecksumHeaders(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello").wants(t, 200).with(t, "x-amz-checksum-crc64nvme", hello64, "x-amz-checksum-type", "FULL_OBJECT")
	l.call(http.MethodGet, "/box/k", "").wants(t, 200, "hello").with(t, "x-amz-checksum-crc64nvme", "", "x-amz-checksum-type", "")
	l.call(http.MethodGet, "/box/k", "", "x-amz-checksum-mode", "enabled").wants(t, 200, "hello").with(t, "x-amz-checksum-crc64nvme", hello64)
	l.call(http.MethodHead, "/box/k", "", "x-amz-checksum-mode", "ENABLED").wants(t, 200).with(t, "x-amz-checksum-crc64nvme", hello64)
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-sdk-checksum-algorithm", "SHA256").wants(t, 200).
		with(t, "x-amz-checksum-crc64nvme", hello64, "x-amz-checksum-sha256", "") // no value came with it
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-checksum-crc32", checksum("hello")).wants(t, 200).
		with(t, "x-amz-checksum-crc32", checksum("hello"), "x-amz-checksum-crc64nvme", "")
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-checksum-crc32", "no").wants(t, 400, "<Code>InvalidRequest</Code>", "Value for x-amz-checksum-crc32 header is invalid.")
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-checksum-md5", "XUFAKrxLKna5cZ2REBfFkg==").wants(t, 501, "<Code>NotImplemented</Code>")
	l.call(http.MethodGet, "/box?list-type=2", "").wants(t, 200, "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>")
	l.call(http.MethodGet, "/box/k?attributes", "", "x-amz-object-attributes", "ETag, Checksum,ObjectSize").
		wants(t, 200, "<ETag>5d41402abc4b2a76b9719d911017c592</ETag>", "<ChecksumCRC32>"+checksum("hello")+"</ChecksumCRC32>", "<ObjectSize>5</ObjectSize>")
	l.call(http.MethodGet, "/box/k?attributes", "").wants(t, 400, "Invalid attribute name specified.")
	l.call(http.MethodGet, "/box/k?partNumber=0", "").wants(t, 400, "Part number must be an integer between 1 and 10000, inclusive")
	l.call(http.MethodGet, "/box/k?partNumber=1", "").wants(t, 206, "hello").with(t, "Content-Range", "bytes 0-4/5", "x-amz-mp-parts-count", "")
}

// TestTrailingChecksums come after a body in AWS's framing.
func TestTrailingChecksums(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	send := func(name, value string) answer {
		body := "5\r\nhello\r\n0\r\n" + name + ":" + value + "\r\n\r\n"
		return l.send(l.request(http.MethodPut, "/box/k", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", strings.NewReader(body),
			"x-amz-decoded-content-length", "5", "Content-Encoding", "aws-chunked", "x-amz-trailer", name))
	}
	send("x-amz-checksum-crc64nvme", hello64).wants(t, 200).with(t, "x-amz-checksum-crc64nvme", hello64)
	send("x-amz-checksum-crc32", checksum("hello")).wants(t, 200).with(t, "x-amz-checksum-crc32", checksum("hello"))
	send("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=").wants(t, 400, "<Code>BadDigest</Code>", "The CRC64NVME you specified did not match the calculated checksum.")
	send("x-amz-checksum-xxhash3", "AAAAAAAAAAA=").wants(t, 501, "<Code>NotImplemented</Code>")
}

// TestPartsThatAreCopied makes an object of a span of another, by a single call.
func TestPartsThatAreCopied(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>").wants(t, 200)
	version := l.call(http.MethodPut, "/box/a%20+b", "0123456789").wants(t, 200).header.Get("x-amz-version-id")
	begun := l.call(http.MethodPost, "/box/copy?uploads", "", "x-amz-checksum-algorithm", "CRC32").wants(t, 200)
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	part := func(headers ...string) answer {
		return l.call(http.MethodPut, "/box/copy?partNumber=1&uploadId="+id, "", headers...)
	}
	part("x-amz-copy-source", "box/none").wants(t, 404, "<Code>NoSuchKey</Code>")
	part("x-amz-copy-source", "box").wants(t, 400, "<Code>InvalidArgument</Code>")
	part("x-amz-copy-source", "box/a%20%2Bb", "x-amz-copy-source-if-match", "other").wants(t, 412, "<Code>PreconditionFailed</Code>")
	part("x-amz-copy-source", "box/a%20%2Bb", "x-amz-copy-source-range", "bytes=2-").wants(t, 400, "<Code>InvalidArgument</Code>")
	var calls []string
	plain := l.cloud
	l.cloud = aws.Intercept(plain, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		calls = append(calls, op.Name)
		return next(ctx)
	})
	made := part("x-amz-copy-source", "/box/a%20%2Bb", "x-amz-copy-source-range", "bytes=2-5").
		wants(t, 200, "<CopyPartResult", "<LastModified>2026-11-22T12:00:00.000Z</LastModified>", "<ChecksumCRC32>"+checksum("2345")+"</ChecksumCRC32>").
		with(t, "x-amz-copy-source-version-id", version, "x-amz-version-id", "")
	l.cloud = plain
	if !slices.Equal(calls, []string{"UploadPartCopy"}) {
		t.Errorf("copying a part calls %q", calls)
	}
	_, tag, _ := strings.Cut(made.body, "<ETag>")
	tag, _, _ = strings.Cut(tag, "<")
	l.call(http.MethodPost, "/box/copy?uploadId="+id, "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"+tag+"</ETag><ChecksumCRC32>"+checksum("2345")+
		"</ChecksumCRC32></Part></CompleteMultipartUpload>").wants(t, 200)
	l.call(http.MethodGet, "/box/copy", "").wants(t, 200, "2345")
}

// TestCompletingWithChecksums: what completing says in its headers is about the
// object, not about the request.
func TestCompletingWithChecksums(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	begun := l.call(http.MethodPost, "/box/k?uploads", "", "x-amz-checksum-algorithm", "CRC32", "x-amz-checksum-type", "FULL_OBJECT").wants(t, 200).
		with(t, "x-amz-checksum-algorithm", "CRC32", "x-amz-checksum-type", "FULL_OBJECT")
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	tag := l.call(http.MethodPut, "/box/k?partNumber=1&uploadId="+id, "hello").wants(t, 200).with(t, "x-amz-checksum-crc32", checksum("hello")).header.Get("ETag")
	l.call(http.MethodGet, "/box/k?uploadId="+id, "").wants(t, 200, "<ChecksumCRC32>"+checksum("hello")+"</ChecksumCRC32>", "<ChecksumType>FULL_OBJECT</ChecksumType>")
	document := "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tag + "</ETag></Part></CompleteMultipartUpload>"
	l.call(http.MethodPost, "/box/k?uploadId="+id, document, "x-amz-checksum-crc32", checksum("jello"), "x-amz-checksum-type", "FULL_OBJECT").wants(t, 400, "<Code>BadDigest</Code>")
	l.call(http.MethodPost, "/box/k?uploadId="+id, document, "x-amz-mp-object-size", "4").wants(t, 400, "x-amz-mp-object-size")
	l.call(http.MethodPost, "/box/k?uploadId="+id, document, "x-amz-checksum-crc32", checksum("hello"), "x-amz-checksum-type", "FULL_OBJECT").
		wants(t, 200, "<ChecksumCRC32>"+checksum("hello")+"</ChecksumCRC32>", "<ChecksumType>FULL_OBJECT</ChecksumType>")
}

// TestAccessControlLists has lists that say what is so anyway, and others, which S3 no
// longer takes.
func TestAccessControlLists(t *testing.T) {
	t.Parallel()
	l := open(t)
	const here = `<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>`
	l.call(http.MethodPut, "/box", here, "x-amz-acl", "private", "x-amz-object-ownership", "BucketOwnerEnforced", "x-amz-bucket-object-lock-enabled", "false").wants(t, 200)
	l.call(http.MethodPut, "/box?acl", "", "x-amz-acl", "private").wants(t, 400, "<Code>AccessControlListNotSupported</Code>")
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-acl", "bucket-owner-full-control").wants(t, 200)
	for _, list := range [][2]string{{"x-amz-acl", "public-read"}, {"x-amz-acl", "private"}, {"x-amz-grant-read", `uri="http://acs.amazonaws.com/groups/global/AllUsers"`}} {
		const refused = "<Code>AccessControlListNotSupported</Code><Message>The bucket does not allow ACLs</Message>"
		l.call(http.MethodPut, "/box/new", "hello", list[0], list[1]).wants(t, 400, refused)
		l.call(http.MethodPut, "/box/new", "", "x-amz-copy-source", "box/k", list[0], list[1]).wants(t, 400, refused)
		l.call(http.MethodPost, "/box/new?uploads", "", list[0], list[1]).wants(t, 400, refused)
		if list[1] != "private" {
			l.call(http.MethodPut, "/new-box", here, list[0], list[1]).
				wants(t, 400, "<Code>InvalidBucketAclWithObjectOwnership</Code>", "Bucket cannot have ACLs set with ObjectOwnership")
		}
	}
	l.call(http.MethodHead, "/box/new", "").wants(t, 404)
	l.call(http.MethodHead, "/new-box", "").wants(t, 404)
	// Older clients ask for private buckets, and then for private objects in them.
	l.call(http.MethodPut, "/older", here, "x-amz-acl", "private").wants(t, 200)
	l.call(http.MethodGet, "/older?ownershipControls", "").wants(t, 200, "<ObjectOwnership>BucketOwnerPreferred</ObjectOwnership>")
	l.call(http.MethodPut, "/older/k", "hello", "x-amz-acl", "private").wants(t, 200)
	l.call(http.MethodPut, "/older/copy", "", "x-amz-copy-source", "older/k", "x-amz-acl", "bucket-owner-read").wants(t, 200)
	l.call(http.MethodPost, "/older/k?uploads", "", "x-amz-acl", "private").wants(t, 200)
	l.call(http.MethodPut, "/older?acl", "", "x-amz-acl", "private").wants(t, 501)
	l.call(http.MethodPut, "/older/k", "hello", "x-amz-acl", "public-read").wants(t, 403, "<Code>AccessDenied</Code>")
	l.call(http.MethodPut, "/writers", here, "x-amz-acl", "public-read", "x-amz-object-ownership", "ObjectWriter").wants(t, 403, "<Code>AccessDenied</Code>")
	l.call(http.MethodPut, "/writers", here, "x-amz-object-ownership", "Writer").wants(t, 400, "<ArgumentName>x-amz-object-ownership</ArgumentName>")
}

// TestKeptHeaders has what is kept with an object come back, or what the query asks for
// instead.
func TestKeptHeaders(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello", "Expires", "some day", "x-amz-storage-class", "STANDARD_IA", "Content-Encoding", "aws-chunked,br").wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "Expires", "some day", "x-amz-storage-class", "STANDARD_IA", "Content-Encoding", "br", "Cache-Control", "")
	l.call(http.MethodGet, "/box/k?response-expires=never&response-cache-control=no-store", "").wants(t, 200, "hello").
		with(t, "Expires", "never", "Cache-Control", "no-store", "Content-Type", "binary/octet-stream")
	l.call(http.MethodPut, "/box/k", "hello", "x-amz-storage-class", "STANDARD").wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-storage-class", "")
	put := l.request(http.MethodPut, "/box/k?X-Amz-Signature=good&x-amz-storage-class=GLACIER&x-amz-tagging=a%3D1", unsigned, strings.NewReader("hello"))
	put.Header.Del("Authorization")
	l.send(put).wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-storage-class", "GLACIER", "x-amz-tagging-count", "1")
	l.call(http.MethodGet, "/box/k", "").wants(t, 403, "<Code>InvalidObjectState</Code>")
}

// TestPresignedMetadata has metadata in a URL, where it counts when the URL is signed.
func TestPresignedMetadata(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	put := l.request(http.MethodPut, "/box/k?X-Amz-Signature=good&x-amz-meta-owner=me&x-amz-meta-of=url", unsigned, strings.NewReader("hello"), "x-amz-meta-of", "header")
	put.Header.Del("Authorization")
	l.send(put).wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-meta-owner", "me", "x-amz-meta-of", "header")
	l.call(http.MethodPut, "/box/k?x-amz-meta-owner=me", "hello").wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-meta-owner", "")
}

func TestTags(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("public")
	l.call(http.MethodPut, "/public/k", "hello", "x-amz-tagging", "a=1&b=%C3%A9").wants(t, 200)
	l.call(http.MethodHead, "/public/k", "").wants(t, 200).with(t, "x-amz-tagging-count", "2")
	l.call(http.MethodGet, "/public/k?tagging", "").wants(t, 200, "<TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>é</Value></Tag></TagSet>")
	const (
		tagging = "<Tagging><TagSet><Tag><Key>c</Key><Value></Value></Tag></TagSet></Tagging>"
		digest  = "NArAYcE21+xo2x3oYfHf1A==" // the MD5 of it
	)
	for path, status := range map[string]int{"/public/k?tagging": 200, "/public?tagging": 204} {
		l.call(http.MethodPut, path, tagging).wants(t, status)
		l.call(http.MethodGet, path, "").wants(t, 200, "<Key>c</Key><Value></Value>")
		for _, malformed := range []string{"", "<Tagging/>", "<Tagging><TagSet><Tag><Key>c</Key></Tag></TagSet></Tagging>", "<TagSet/>"} {
			l.call(http.MethodPut, path, malformed).wants(t, 400, "<Code>MalformedXML</Code>")
		}
		l.call(http.MethodPut, path, tagging, "x-amz-checksum-crc32", checksum("x")).wants(t, 400, "<Code>BadDigest</Code>")
		l.call(http.MethodPut, path, tagging, "Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==").wants(t, 400, "<Code>BadDigest</Code>")
		l.call(http.MethodPut, path, tagging, "Content-MD5", "md5").wants(t, 400, "<Code>InvalidDigest</Code>")
		l.call(http.MethodPut, path, tagging, "Content-MD5", digest).wants(t, status)
		l.call(http.MethodDelete, path, "").wants(t, 204)
	}
	l.call(http.MethodGet, "/public?tagging", "").wants(t, 404, "<Code>NoSuchTagSet</Code>")
	anonymous := l.request(http.MethodGet, "/public/k?tagging", unsigned, http.NoBody)
	anonymous.Header.Del("Authorization")
	l.send(anonymous).wants(t, 403, "Access Denied")
}

func TestVersionsOnTheWire(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodGet, "/box?versioning", "").wants(t, 200, "<VersioningConfiguration", "></VersioningConfiguration>")
	l.call(http.MethodPut, "/box/k", "null").wants(t, 200).with(t, "x-amz-version-id", "")
	l.call(http.MethodPut, "/box?versioning", "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>").wants(t, 501, "NotImplemented")
	l.call(http.MethodPut, "/box?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>").wants(t, 200)
	l.call(http.MethodGet, "/box?versioning", "").wants(t, 200, "<Status>Enabled</Status>")
	id := l.call(http.MethodPut, "/box/k", "hello").wants(t, 200).header.Get("x-amz-version-id")
	l.call(http.MethodGet, "/box/k", "").wants(t, 200, "hello").with(t, "x-amz-version-id", id)
	l.call(http.MethodGet, "/box/k?versionId=null", "").wants(t, 200, "null").with(t, "x-amz-version-id", "null")
	marker := l.call(http.MethodDelete, "/box/k", "").wants(t, 204).with(t, "x-amz-delete-marker", "true").header.Get("x-amz-version-id")
	l.call(http.MethodGet, "/box?versions&max-keys=1", "").wants(t, 200, "<ListVersionsResult", "<DeleteMarker><Key>k</Key><VersionId>"+marker, "<IsLatest>true</IsLatest>",
		"<NextVersionIdMarker>"+marker, "<IsTruncated>true</IsTruncated>")
	l.call(http.MethodGet, "/box?versions&max-keys=1&key-marker=k&version-id-marker="+marker, "").wants(t, 200, "<Version><Key>k</Key><VersionId>"+id)
	l.call(http.MethodPost, "/box?delete", "<Delete><Object><Key>k</Key><VersionId>"+marker+"</VersionId></Object><Object><Key>k</Key><VersionId>1</VersionId></Object></Delete>").
		wants(t, 200, "<DeleteMarkerVersionId>"+marker+"</DeleteMarkerVersionId>", "<Code>NoSuchVersion</Code>")
	l.call(http.MethodPut, "/box/copy", "", "x-amz-copy-source", "box/k?versionId=null").wants(t, 200).with(t, "x-amz-copy-source-version-id", "null")
	l.call(http.MethodGet, "/box/copy", "").wants(t, 200, "null")
	l.call(http.MethodDelete, "/box/k?versionId="+id, "").wants(t, 204).with(t, "x-amz-version-id", id, "x-amz-delete-marker", "")
	l.call(http.MethodGet, "/box/k", "").wants(t, 200, "null")
}
