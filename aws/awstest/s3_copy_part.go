package awstest

import (
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// testUploadPartCopy copies parts of "a key", whose content is ten digits.
func testUploadPartCopy(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	f.object(t, "a key", "0123456789")
	id := f.begin(t, "key")
	part := func(change func(*aws.UploadPartCopyInput)) aws.UploadPartCopyInput {
		in := aws.UploadPartCopyInput{Bucket: bucketName, Key: "key", UploadID: id, PartNumber: 1, CopySource: bucketName + "/a%20key"}
		change(&in)
		return in
	}
	out := must(t, s3.UploadPartCopy, part(func(*aws.UploadPartCopyInput) {}))
	list := aws.ListPartsInput{Bucket: bucketName, Key: "key", UploadID: id}
	listed := must(t, s3.ListParts, list).Parts[0]
	same(t, "answer", out, aws.UploadPartCopyOutput{CopyPartResult: aws.CopyPartResult{
		ETag: etagOf("0123456789"), LastModified: out.CopyPartResult.LastModified, Checksums: sumsOf("CRC32", "0123456789"),
	}, ServerSideEncryption: "AES256"})
	same(t, "part", listed, aws.Part{PartNumber: 1, ETag: out.CopyPartResult.ETag, Size: 10, LastModified: listed.LastModified, Checksums: out.CopyPartResult.Checksums})
	if !out.CopyPartResult.LastModified.Equal(listed.LastModified) {
		t.Errorf("the part is of %v, listed as of %v", out.CopyPartResult.LastModified, listed.LastModified)
	}
	for span, want := range map[string]string{"bytes=0-0": "0", "bytes=2-5": "2345", "bytes=0-9": "0123456789"} {
		out := must(t, s3.UploadPartCopy, part(func(in *aws.UploadPartCopyInput) { in.CopySource, in.CopySourceRange = "/"+in.CopySource, span }))
		same(t, "ETag of "+span, out.CopyPartResult.ETag, etagOf(want))
		same(t, "checksum of "+span, out.CopyPartResult.Checksums, sumsOf("CRC32", want))
	}
	testPartConditions(t, s3, part)
	refuse := func(name, code, message string, change func(*aws.UploadPartCopyInput)) {
		s3Refuses(t, "s3:UploadPartCopy", refusal{name, errorOf(s3.UploadPartCopy, part(change)), code, message})
	}
	for _, span := range []string{"0-5", "bytes=2-", "bytes=-2", "bytes=5-2", "bytes=0-1,3-4", "bytes=a-b"} {
		refuse("the range "+span, "InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
			func(in *aws.UploadPartCopyInput) { in.CopySourceRange = span })
	}
	refuse("a range beyond the source", "InvalidArgument", "Range specified is not valid for source object of size: 10", func(in *aws.UploadPartCopyInput) { in.CopySourceRange = "bytes=9-10" })
	const number = "Part number must be an integer between 1 and 10000, inclusive"
	refuse("part 0", "InvalidArgument", number, func(in *aws.UploadPartCopyInput) { in.PartNumber = 0 })
	refuse("part 10,001", "InvalidArgument", number, func(in *aws.UploadPartCopyInput) { in.PartNumber = 10_001 })
	refuse("a missing source", "NoSuchKey", noKeyMessage, func(in *aws.UploadPartCopyInput) { in.CopySource = bucketName + "/missing" })
	refuse("a missing bucket of the source", "NoSuchBucket", noBucketMessage, func(in *aws.UploadPartCopyInput) { in.CopySource = missingOne + "/a%20key" })
	refuse("a version that is none", "InvalidArgument", noVersionID, func(in *aws.UploadPartCopyInput) { in.CopySource += "?versionId=1" })
	refuse("a source without a key", "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", func(in *aws.UploadPartCopyInput) { in.CopySource = bucketName })
	s3Refuses(t, "s3:UploadPartCopy", noUpload(func(bucket, key, id string) error {
		return errorOf(s3.UploadPartCopy, part(func(in *aws.UploadPartCopyInput) { in.Bucket, in.Key, in.UploadID = bucket, key, id }))()
	}, id)...)
	testCanceled(t, s3.UploadPartCopy, part(func(in *aws.UploadPartCopyInput) { in.PartNumber = 2 }))
	same(t, "parts", len(must(t, s3.ListParts, list).Parts), 1)
	testCopiedParts(t, f)
}

// testPartConditions copies the source if it is what the request says.
func testPartConditions(t *testing.T, s3 aws.S3, part func(func(*aws.UploadPartCopyInput)) aws.UploadPartCopyInput) {
	at := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "a key"}).LastModified
	must(t, s3.UploadPartCopy, part(func(in *aws.UploadPartCopyInput) {
		in.CopySourceIfMatch, in.CopySourceIfUnmodifiedSince = etagOf("0123456789"), at.Add(-time.Hour)
	}))
	must(t, s3.UploadPartCopy, part(func(in *aws.UploadPartCopyInput) {
		in.CopySourceIfNoneMatch, in.CopySourceIfModifiedSince = etagOf("x"), at.Add(-time.Hour)
	}))
	for name, change := range map[string]func(*aws.UploadPartCopyInput){
		"another ETag":           func(in *aws.UploadPartCopyInput) { in.CopySourceIfMatch = etagOf("x") },
		"the same ETag":          func(in *aws.UploadPartCopyInput) { in.CopySourceIfNoneMatch = etagOf("0123456789") },
		"not changed since then": func(in *aws.UploadPartCopyInput) { in.CopySourceIfModifiedSince = at },
		"changed since before":   func(in *aws.UploadPartCopyInput) { in.CopySourceIfUnmodifiedSince = at.Add(-time.Hour) },
	} {
		s3Refuses(t, "s3:UploadPartCopy", refusal{name, errorOf(s3.UploadPartCopy, part(change)), "PreconditionFailed", conditionMessage})
	}
}

// testCopiedParts makes objects of parts that are copied: of another with a checksum,
// across its parts, and of versions without one.
func testCopiedParts(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	copied := func(id string, number int, source, span string) (aws.CompletedPart, string) {
		out := must(t, s3.UploadPartCopy, aws.UploadPartCopyInput{Bucket: bucketName, Key: "key", UploadID: id, PartNumber: number, CopySource: bucketName + "/" + source, CopySourceRange: span})
		return aws.CompletedPart{PartNumber: number, ETag: out.CopyPartResult.ETag, Checksums: out.CopyPartResult.Checksums}, out.CopySourceVersionID
	}
	complete := func(id string, parts ...aws.CompletedPart) aws.CompleteMultipartUploadOutput {
		return must(t, s3.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{Bucket: bucketName, Key: "key", UploadID: id, MultipartUpload: aws.CompletedMultipartUpload{Parts: parts}})
	}
	first := strings.Repeat("1", partSize)
	id := f.begin(t, "key")
	complete(id, f.part(t, id, 1, first), f.part(t, id, 2, "23"))

	id = must(t, s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "key", ChecksumAlgorithm: "SHA256"}).UploadID
	whole, _ := copied(id, 1, "key", "")
	across, _ := copied(id, 2, "key", "bytes=5242879-5242880")
	same(t, "checksum of what lies across parts", across.Checksums, sumsOf("SHA256", "12"))
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "key"})
	made := complete(id, whole, across)
	same(t, "ETag", made.ETag, multipartETag(first+"23", "12"))
	same(t, "checksum", made.Checksums, compositeOf("SHA256", first+"23", "12"))
	same(t, "content without its source", f.content(t, "key") == first+"2312", true)

	f.versioning(t, "Enabled")
	one, two := f.version(t, "versioned", "one"), f.version(t, "versioned", "two")
	for source, want := range map[string][2]string{"versioned": {two, "two"}, "versioned?versionId=" + one: {one, "one"}} {
		id = must(t, s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "key"}).UploadID
		part, version := copied(id, 1, source, "")
		same(t, "version of "+source, version, want[0])
		complete(id, part)
		same(t, "content", f.content(t, "key"), want[1])
	}
}
