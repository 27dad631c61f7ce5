package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

// allAttributes names all that GetObjectAttributes tells.
var allAttributes = []string{"ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"}

func testGetObjectAttributes(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	f.bucket(t, bucketName)
	must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "key", Body: strings.NewReader("content"), ChecksumAlgorithm: "SHA1"})
	in := aws.GetObjectAttributesInput{Bucket: bucketName, Key: "key", ObjectAttributes: allAttributes}
	out := must(t, s3.GetObjectAttributes, in)
	same(t, "attributes", out, aws.GetObjectAttributesOutput{
		LastModified: out.LastModified, ETag: strings.Trim(etagOf("content"), `"`), StorageClass: "STANDARD", ObjectSize: aws.Some[int64](7),
		Checksum: &aws.ObjectChecksum{Checksums: sumsOf("SHA1", "content"), ChecksumType: "FULL_OBJECT"},
	})
	same(t, "modified", out.LastModified, must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: "key"}).LastModified)
	in.ObjectAttributes = []string{"ObjectSize"}
	same(t, "one attribute", must(t, s3.GetObjectAttributes, in), aws.GetObjectAttributesOutput{LastModified: out.LastModified, ObjectSize: aws.Some[int64](7)})

	large := strings.Repeat("1", partSize)
	id := f.begin(t, "key")
	parts := []aws.CompletedPart{f.part(t, id, 2, large), f.part(t, id, 5, "last")}
	must(t, s3.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{Bucket: bucketName, Key: "key", UploadID: id, MultipartUpload: aws.CompletedMultipartUpload{Parts: parts}})
	in.ObjectAttributes = []string{"Checksum", "ObjectParts"}
	out = must(t, s3.GetObjectAttributes, in)
	whole := compositeOf("CRC32", large, "last")
	whole.Set("CRC32", strings.TrimSuffix(whole.ChecksumCRC32, "-2"))
	same(t, "checksum", *out.Checksum, aws.ObjectChecksum{Checksums: whole, ChecksumType: "COMPOSITE"})
	first := aws.ObjectPart{PartNumber: 2, Size: partSize, Checksums: parts[0].Checksums}
	last := aws.ObjectPart{PartNumber: 5, Size: 4, Checksums: parts[1].Checksums}
	same(t, "parts", *out.ObjectParts, aws.ObjectParts{TotalPartsCount: 2, NextPartNumberMarker: 5, MaxParts: 1000, Parts: []aws.ObjectPart{first, last}})
	in.MaxParts = aws.Some(1)
	same(t, "the first part", *must(t, s3.GetObjectAttributes, in).ObjectParts,
		aws.ObjectParts{TotalPartsCount: 2, NextPartNumberMarker: 2, MaxParts: 1, IsTruncated: true, Parts: []aws.ObjectPart{first}})
	in.PartNumberMarker = 2
	same(t, "the next part", *must(t, s3.GetObjectAttributes, in).ObjectParts,
		aws.ObjectParts{TotalPartsCount: 2, PartNumberMarker: 2, NextPartNumberMarker: 5, MaxParts: 1, Parts: []aws.ObjectPart{last}})

	ask := func(change func(*aws.GetObjectAttributesInput)) func() error {
		in := aws.GetObjectAttributesInput{Bucket: bucketName, Key: "key", ObjectAttributes: []string{"ETag"}}
		change(&in)
		return errorOf(s3.GetObjectAttributes, in)
	}
	s3Refuses(t, "s3:GetObjectAttributes",
		noBucket(ask(func(in *aws.GetObjectAttributesInput) { in.Bucket = missingOne })),
		refusal{"a missing key", ask(func(in *aws.GetObjectAttributesInput) { in.Key = "missing" }), "NoSuchKey", noKeyMessage},
		refusal{"what is no attribute", ask(func(in *aws.GetObjectAttributesInput) { in.ObjectAttributes = []string{"Colour"} }), "InvalidArgument", "Invalid attribute name specified."},
		refusal{"a version of a bucket that keeps none", ask(func(in *aws.GetObjectAttributesInput) { in.VersionID = "1" }), "InvalidArgument", noVersionID})
	testCanceled(t, s3.GetObjectAttributes, in)
}
