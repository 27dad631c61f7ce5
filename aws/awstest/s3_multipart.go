package awstest

import (
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// partSize is the least size of a part that is not the last.
const partSize = 5 << 20

// begin begins an upload whose parts have checksums by CRC32.
func (f Fixture) begin(t *testing.T, key string) string {
	t.Helper()
	return must(t, f.Cloud.S3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: key, ChecksumAlgorithm: "CRC32"}).UploadID
}

// part sends a part of an upload of "key".
func (f Fixture) part(t *testing.T, id string, number int, content string) aws.CompletedPart {
	t.Helper()
	out := must(t, f.Cloud.S3.UploadPart, aws.UploadPartInput{
		Bucket: bucketName, Key: "key", UploadID: id, PartNumber: number, Body: strings.NewReader(content), ChecksumAlgorithm: "CRC32",
	})
	same(t, "checksum", out.Checksums, sumsOf("CRC32", content))
	return aws.CompletedPart{PartNumber: number, ETag: out.ETag, Checksums: out.Checksums}
}

// multipartETag is the ETag of an object made of parts.
func multipartETag(parts ...string) string {
	whole := md5.New() //nolint:gosec // an ETag is an MD5
	for _, p := range parts {
		sum := md5.Sum([]byte(p)) //nolint:gosec // likewise
		_, _ = whole.Write(sum[:])
	}
	return fmt.Sprintf(`"%s-%d"`, hex.EncodeToString(whole.Sum(nil)), len(parts))
}

// noUpload are the refusals of a call on an upload that is not there.
func noUpload(call func(bucket, key, id string) error, id string) []refusal {
	return []refusal{
		noBucket(func() error { return call(missingOne, "key", id) }),
		{"a missing upload", func() error { return call(bucketName, "key", "missing") }, "NoSuchUpload", noUploadMessage},
		{"an upload of another key", func() error { return call(bucketName, "other", id) }, "NoSuchUpload", noUploadMessage},
	}
}

func testCreateMultipartUpload(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "key", ChecksumAlgorithm: "CRC32", Tagging: "a=1", ObjectHeaders: allHeaders, StorageClass: "STANDARD_IA"}
	out := must(t, s3.CreateMultipartUpload, in)
	same(t, "checksums and encryption", [3]string{out.ChecksumAlgorithm, out.ChecksumType, out.ServerSideEncryption}, [3]string{"CRC32", "COMPOSITE", "AES256"})
	if out.Bucket != bucketName || out.Key != "key" || out.UploadID == "" || out.UploadID == must(t, s3.CreateMultipartUpload, in).UploadID {
		t.Errorf("upload is %+v, want an id of its own", out)
	}
	same(t, "keys of an upload under way", f.keys(t), []string{})
	same(t, "class of the parts", must(t, s3.ListParts, aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: out.UploadID}).StorageClass, "STANDARD_IA")
	same(t, "class of the upload", must(t, s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: bucketName}).Uploads[0].StorageClass, "STANDARD_IA")
	part := f.part(t, out.UploadID, 1, "content")
	must(t, s3.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{Bucket: bucketName, Key: "key", UploadID: out.UploadID,
		MultipartUpload: aws.CompletedMultipartUpload{Parts: []aws.CompletedPart{part}}})
	head := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "key"})
	same(t, "object", head, aws.HeadObjectOutput{ContentLength: 7, ObjectAttributes: aws.ObjectAttributes{
		ETag: multipartETag("content"), LastModified: head.LastModified, ObjectHeaders: toldHeaders(allHeaders), StorageClass: "STANDARD_IA", ServerSideEncryption: "AES256", TagCount: 1}})
	testUploadChecksums(t, s3)
	begin := func(bucket, key string, metadata map[string]string) func() error {
		return errorOf(s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucket, Key: key, ObjectHeaders: aws.ObjectHeaders{Metadata: metadata}})
	}
	s3Refuses(t, "s3:CreateMultipartUpload", refusal{"a class that there is not",
		errorOf(s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "key", StorageClass: "COLD"}), noClass, noClassMessage})
	s3Refuses(t, "s3:CreateMultipartUpload", noBucket(begin(missingOne, "key", nil)),
		refusal{"metadata of 2,049 bytes", begin(bucketName, "key", map[string]string{"name": strings.Repeat("x", 2045)}),
			"MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"})
	s3Refuses(t, "s3:CreateMultipartUpload", keyFaults(func(key string) error { return begin(bucketName, key, nil)() })...)
	testCanceled(t, s3.CreateMultipartUpload, in)
}

func testUploadPart(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	id := f.begin(t, "key")
	part := func(change func(*aws.UploadPartInput)) func() error {
		in := aws.UploadPartInput{Bucket: bucketName, Key: "key", UploadID: id, PartNumber: 1, Body: strings.NewReader("content"), ChecksumAlgorithm: "CRC32"}
		change(&in)
		return errorOf(s3.UploadPart, in)
	}
	same(t, "ETag", f.part(t, id, 1, "first").ETag, etagOf("first"))
	same(t, "ETag of a part sent again", f.part(t, id, 1, "content").ETag, etagOf("content"))
	f.part(t, id, 10_000, "")
	if err := part(func(in *aws.UploadPartInput) {
		in.ContentLength, in.ContentMD5 = aws.Some[int64](7), digestOf("content")
	})(); err != nil {
		t.Error(err)
	}
	testPartChecksums(t, s3)
	const number = "Part number must be an integer between 1 and 10000, inclusive"
	s3Refuses(t, "s3:UploadPart",
		refusal{"part 0", part(func(in *aws.UploadPartInput) { in.PartNumber = 0 }), "InvalidArgument", number},
		refusal{"part 10,001", part(func(in *aws.UploadPartInput) { in.PartNumber = 10_001 }), "InvalidArgument", number},
		refusal{"a body too short", part(func(in *aws.UploadPartInput) { in.ContentLength = aws.Some[int64](8) }), "IncompleteBody",
			"You did not provide the number of bytes specified by the Content-Length HTTP header"},
		refusal{"another digest", part(func(in *aws.UploadPartInput) { in.ContentMD5 = digestOf("x") }), "BadDigest", "The Content-MD5 you specified did not match what we received."},
		refusal{"a part of more than 5 GiB", part(func(in *aws.UploadPartInput) { in.ContentLength = aws.Some[int64](5<<30 + 1) }),
			"EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"})
	s3Refuses(t, "s3:UploadPart", noUpload(func(bucket, key, id string) error {
		return part(func(in *aws.UploadPartInput) { in.Bucket, in.Key, in.UploadID = bucket, key, id })()
	}, id)...)
	testCanceled(t, s3.UploadPart, aws.UploadPartInput{Bucket: bucketName, Key: "key", UploadID: id, PartNumber: 2})
	same(t, "parts", len(must(t, s3.ListParts, aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: id}).Parts), 2)
}

func testCompleteMultipartUpload(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "key", "before")
	id := f.begin(t, "key")
	first, second, last := strings.Repeat("1", partSize), strings.Repeat("2", partSize+1), "3"
	parts := []aws.CompletedPart{f.part(t, id, 2, first), f.part(t, id, 3, second), f.part(t, id, 7, last), f.part(t, id, 9, "left out")}
	complete := func(id, key string, parts ...aws.CompletedPart) aws.CompleteMultipartUploadInput {
		return aws.CompleteMultipartUploadInput{Bucket: bucketName, Key: key, UploadID: id, MultipartUpload: aws.CompletedMultipartUpload{Parts: parts}}
	}
	refuse := func(name, code, message string, in aws.CompleteMultipartUploadInput) {
		s3Refuses(t, "s3:CompleteMultipartUpload", refusal{name, errorOf(s3.CompleteMultipartUpload, in), code, message})
	}
	const wrongPart = "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
	refuse("no parts", "MalformedXML", badXMLMessage, complete(id, "key"))
	refuse("parts out of order", "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", complete(id, "key", parts[1], parts[0]))
	refuse("a part twice", "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", complete(id, "key", parts[0], parts[0]))
	refuse("a missing part", "InvalidPart", wrongPart, complete(id, "key", parts[0], aws.CompletedPart{PartNumber: 4, ETag: parts[0].ETag}))
	refuse("another ETag", "InvalidPart", wrongPart, complete(id, "key", aws.CompletedPart{PartNumber: 2, ETag: parts[1].ETag}))
	refuse("a small part before others", "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", complete(id, "key", parts[0], parts[2], parts[3]))
	unsummed := parts[0]
	unsummed.Checksums = aws.Checksums{}
	refuse("a part without its checksum", "InvalidRequest", "The upload was created using a crc32 checksum. The complete request must include the checksum for each part. "+
		"It was missing for part 2 in the request.", complete(id, "key", unsummed))
	unsummed.Checksums = parts[1].Checksums
	refuse("a part with another checksum", "InvalidPart", wrongPart, complete(id, "key", unsummed))
	unlessThere := complete(id, "key", parts[:3]...)
	unlessThere.IfNoneMatch = "*"
	refuse("to replace", "PreconditionFailed", conditionMessage, unlessThere)
	s3Refuses(t, "s3:CompleteMultipartUpload", noUpload(func(bucket, key, id string) error {
		in := complete(id, key, parts[0])
		in.Bucket = bucket
		return errorOf(s3.CompleteMultipartUpload, in)()
	}, id)...)
	testCanceled(t, s3.CompleteMultipartUpload, complete(id, "key", parts[:3]...))
	same(t, "content so far", f.content(t, "key"), "before")

	out := must(t, s3.CompleteMultipartUpload, complete(id, "key", parts[:3]...))
	same(t, "answer", out, aws.CompleteMultipartUploadOutput{Bucket: bucketName, Key: "key", Location: out.Location, ETag: multipartETag(first, second, last),
		ServerSideEncryption: "AES256", Checksums: compositeOf("CRC32", first, second, last), ChecksumType: "COMPOSITE"})
	if !strings.HasPrefix(out.Location, "http") || !strings.HasSuffix(out.Location, "/key") {
		t.Errorf("location is %q, want a URL", out.Location)
	}
	same(t, "content", f.content(t, "key") == first+second+last, true)
	across := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "key", Range: fmt.Sprintf("bytes=%d-%d", partSize-1, 2*partSize+1)})
	same(t, "a range across parts", bodyOf(t, across) == "1"+second+"3", true)
	same(t, "parts, when none was asked for", must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "key"}).PartsCount, 0)
	same(t, "answer to the same again", must(t, s3.CompleteMultipartUpload, complete(id, "key", parts[:3]...)), out)
	refuse("the same upload of other parts", "NoSuchUpload", noUploadMessage, complete(id, "key", parts[:2]...))
	s3Refuses(t, "s3:ListParts", refusal{"an upload that is complete", errorOf(s3.ListParts, aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: id}), "NoSuchUpload", noUploadMessage})
	testGetParts(t, s3, []string{first, second, last})
	testJoinedChecksums(t, s3, []string{first, second, last})
	copied := must(t, s3.CopyObject, aws.CopyObjectInput{Bucket: bucketName, Key: "copy", CopySource: bucketName + "/key"})
	same(t, "ETag of a copy, which has no parts", copied.CopyObjectResult.ETag, etagOf(first+second+last))
}

func testAbortMultipartUpload(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	id := f.begin(t, "key")
	part := f.part(t, id, 1, "content")
	abort := func(bucket, key, id string) error {
		return errorOf(s3.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: bucket, Key: key, UploadID: id})()
	}
	s3Refuses(t, "s3:AbortMultipartUpload", noUpload(abort, id)...)
	testCanceled(t, s3.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: bucketName, Key: "key", UploadID: id})
	if err := abort(bucketName, "key", id); err != nil {
		t.Fatal(err)
	}
	s3Refuses(t, "s3:AbortMultipartUpload", refusal{"the same again", func() error { return abort(bucketName, "key", id) }, "NoSuchUpload", noUploadMessage})
	s3Refuses(t, "s3:CompleteMultipartUpload", refusal{"an upload that was aborted", errorOf(s3.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{
		Bucket: bucketName, Key: "key", UploadID: id, MultipartUpload: aws.CompletedMultipartUpload{Parts: []aws.CompletedPart{part}}}), "NoSuchUpload", noUploadMessage})
	same(t, "uploads", len(must(t, s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: bucketName}).Uploads), 0)
	same(t, "keys", f.keys(t), []string{})
}

func testListParts(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	id := f.begin(t, "key")
	in := aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: id}
	none := must(t, s3.ListParts, in)
	same(t, "no parts", none, aws.ListPartsOutput{Bucket: bucketName, Key: "key", UploadID: id, MaxParts: 1000, Parts: []aws.Part{},
		Initiator: none.Initiator, Owner: f.owner(t), StorageClass: "STANDARD", ChecksumAlgorithm: "CRC32", ChecksumType: "COMPOSITE"})
	if none.Initiator.ID == "" {
		t.Error("nobody began the upload")
	}
	numbers := []int{10_000, 1, 256, 2, 300}
	for _, n := range numbers {
		f.part(t, id, n, fmt.Sprint(n))
	}
	other := f.begin(t, "key")
	f.part(t, other, 5, "another upload's")
	for _, size := range []int{1, 2, 5} {
		in := in
		in.MaxParts = aws.Some(size)
		var got []int
		for more := true; more; {
			out := must(t, s3.ListParts, in)
			for _, p := range out.Parts {
				got = append(got, p.PartNumber)
				same(t, "part", p, aws.Part{PartNumber: p.PartNumber, ETag: etagOf(fmt.Sprint(p.PartNumber)), Size: int64(len(fmt.Sprint(p.PartNumber))), LastModified: p.LastModified,
					Checksums: sumsOf("CRC32", fmt.Sprint(p.PartNumber))})
			}
			same(t, "next", out.NextPartNumberMarker, got[len(got)-1])
			in.PartNumberMarker, more = out.NextPartNumberMarker, out.IsTruncated
		}
		same(t, "numbers", got, []int{1, 2, 256, 300, 10_000})
	}
	s3Refuses(t, "s3:ListParts", noUpload(func(bucket, key, id string) error {
		return errorOf(s3.ListParts, aws.ListPartsInput{Bucket: bucket, Key: key, UploadID: id})()
	}, id)...)
	in.MaxParts = aws.Some(-1)
	s3Refuses(t, "s3:ListParts", refusal{"less than no parts", errorOf(s3.ListParts, in), "InvalidArgument", "Argument max-parts must be an integer between 0 and 2147483647"})
	testCanceled(t, s3.ListParts, aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: id})
}

func testListMultipartUploads(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	in := aws.ListMultipartUploadsInput{Bucket: bucketName}
	same(t, "no uploads", must(t, s3.ListMultipartUploads, in), aws.ListMultipartUploadsOutput{Bucket: bucketName, MaxUploads: 1000, Uploads: []aws.MultipartUpload{}})
	all := []string{"a", "a", "a\x00", "a/1", "a/2", "b"}
	for _, n := range []int{5, 0, 3, 2, 1, 4} {
		f.begin(t, all[n])
		f.Wait()
	}
	for _, size := range []int{1, 2, 4, 6} {
		in := in
		in.MaxUploads = aws.Some(size)
		same(t, "uploads", f.uploadKeys(t, in), all)
		in.Prefix = "a/"
		same(t, "uploads of a/", f.uploadKeys(t, in), all[3:5])
	}
	in.KeyMarker = "a"
	same(t, "uploads after a", f.uploadKeys(t, in), all[2:])
	f.testUploadFolders(t)
	f.testUploadMarkers(t)
	s3Refuses(t, "s3:ListMultipartUploads",
		noBucket(errorOf(s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: missingOne})),
		refusal{"less than no uploads", errorOf(s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: bucketName, MaxUploads: aws.Some(-1)}),
			"InvalidArgument", "Argument max-uploads must be an integer between 0 and 2147483647"})
	testCanceled(t, s3.ListMultipartUploads, in)
}

// uploadKeys lists the keys of uploads by pages, and checks that uploads of one
// key come by time, and that each page tells its last.
func (f Fixture) uploadKeys(t *testing.T, in aws.ListMultipartUploadsInput) []string {
	t.Helper()
	var keys []string
	var last aws.MultipartUpload
	owner := f.owner(t)
	for {
		out := must(t, f.Cloud.S3.ListMultipartUploads, in)
		for _, u := range out.Uploads {
			keys = append(keys, u.Key)
			if u.UploadID == last.UploadID || u.Key == last.Key && u.Initiated.Before(last.Initiated) {
				t.Errorf("upload %+v comes after %+v", u, last)
			}
			if u.Owner != owner || u.Initiator.ID == "" {
				t.Errorf("upload %+v is of %v", u, owner)
			}
			last = u
		}
		same(t, "next markers", [2]string{out.NextKeyMarker, out.NextUploadIDMarker}, [2]string{last.Key, last.UploadID})
		if !out.IsTruncated {
			return keys
		}
		in.KeyMarker, in.UploadIDMarker = out.NextKeyMarker, out.NextUploadIDMarker
	}
}
