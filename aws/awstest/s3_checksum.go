package awstest

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"

	"awslab/aws"
)

// rawSum is the checksum of some content by an algorithm.
func rawSum(algorithm, content string) []byte {
	h := aws.NewChecksum(algorithm)
	_, _ = io.WriteString(h, content) // a hash never fails
	return h.Sum(nil)
}

func sumsOf(algorithm, content string) (sums aws.Checksums) {
	sums.Set(algorithm, base64.StdEncoding.EncodeToString(rawSum(algorithm, content)))
	return sums
}

// compositeOf is the checksum of an object made of parts, of type COMPOSITE.
func compositeOf(algorithm string, parts ...string) (sums aws.Checksums) {
	var all strings.Builder
	for _, p := range parts {
		all.Write(rawSum(algorithm, p))
	}
	sums = sumsOf(algorithm, all.String())
	sums.Set(algorithm, fmt.Sprintf("%s-%d", sums.Of(algorithm), len(parts)))
	return sums
}

// headSums asks for the checksum of an object of the bucket.
func headSums(t *testing.T, s3 aws.S3, key string) (aws.Checksums, string) {
	t.Helper()
	out := must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: key, ChecksumMode: "ENABLED"})
	return out.Checksums, out.ChecksumType
}

// testPutChecksums puts objects with checksums of every kind.
func testPutChecksums(t *testing.T, s3 aws.S3) {
	in := func(change func(*aws.PutObjectInput)) aws.PutObjectInput {
		in := aws.PutObjectInput{Bucket: bucketName, Key: "key", Body: strings.NewReader("as it was")}
		change(&in)
		return in
	}
	for _, algorithm := range aws.ChecksumAlgorithms {
		want := sumsOf(algorithm, "as it was")
		for _, put := range []aws.PutObjectInput{
			in(func(in *aws.PutObjectInput) { in.ChecksumAlgorithm = algorithm }),
			in(func(in *aws.PutObjectInput) { in.Checksums = want }),
		} {
			out := must(t, s3.PutObject, put)
			same(t, algorithm+" in the answer", out.Checksums, want)
			same(t, "its type", out.ChecksumType, "FULL_OBJECT")
			got, kind := headSums(t, s3, "key")
			same(t, algorithm+" of the object", got, want)
			same(t, "its type", kind, "FULL_OBJECT")
		}
		lower := strings.ToLower(algorithm)
		s3Refuses(t, "s3:PutObject",
			refusal{"another " + algorithm, errorOf(s3.PutObject, in(func(in *aws.PutObjectInput) { in.Checksums = sumsOf(algorithm, "x") })),
				"BadDigest", "The " + algorithm + " you specified did not match the calculated checksum."},
			refusal{"a " + algorithm + " that is none", errorOf(s3.PutObject, in(func(in *aws.PutObjectInput) { in.Set(algorithm, "bm9uZQ") })),
				"InvalidRequest", "Value for x-amz-checksum-" + lower + " header is invalid."})
	}
	s3Refuses(t, "s3:PutObject", refusal{"two checksums", errorOf(s3.PutObject, in(func(in *aws.PutObjectInput) {
		in.Checksums = aws.Checksums{ChecksumCRC32: sumsOf("CRC32", "as it was").ChecksumCRC32, ChecksumSHA1: sumsOf("SHA1", "as it was").ChecksumSHA1}
	})), "InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."})
	out := must(t, s3.PutObject, in(func(*aws.PutObjectInput) {}))
	for algorithm, value := range out.All() { // S3's own CRC64NVME, or what a client made by itself
		same(t, "checksum", value, sumsOf(algorithm, "as it was").Of(algorithm))
	}
	if got, kind := headSums(t, s3, "key"); got == (aws.Checksums{}) || got != out.Checksums || kind != "FULL_OBJECT" {
		t.Errorf("checksum of an object that was given none is %+v, %s; the answer was %+v", got, kind, out)
	}
}

// testGetChecksums reads "a key", whose checksum is by SHA256.
func testGetChecksums(t *testing.T, s3 aws.S3) {
	for _, c := range []struct {
		span string
		want aws.Checksums
		kind string
	}{
		{"", sumsOf("SHA256", "0123456789"), "FULL_OBJECT"},
		{"bytes=0-", sumsOf("SHA256", "0123456789"), "FULL_OBJECT"},
		{"bytes=0-8", aws.Checksums{}, ""},
	} {
		out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key", ChecksumMode: "ENABLED", Range: c.span})
		bodyOf(t, out)
		same(t, "checksum of "+c.span, out.Checksums, c.want)
		same(t, "its type", out.ChecksumType, c.kind)
	}
	first := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "a key", PartNumber: 1})
	same(t, "the only part", bodyOf(t, first), "0123456789")
	same(t, "its range", first.ContentRange, "bytes 0-9/10")
	same(t, "parts of what was sent at once", first.PartsCount, 0)
	get := func(in aws.GetObjectInput) func() error {
		in.Bucket, in.Key = bucketName, "a key"
		return errorOf(s3.GetObject, in)
	}
	s3Refuses(t, "s3:GetObject",
		refusal{"a second part", get(aws.GetObjectInput{PartNumber: 2}), "InvalidPartNumber", "The requested partnumber is not satisfiable"},
		refusal{"part 10,001", get(aws.GetObjectInput{PartNumber: 10_001}), "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive"},
		refusal{"a part and a range", get(aws.GetObjectInput{PartNumber: 1, Range: "bytes=0-1"}), "InvalidRequest",
			"Cannot specify both Range header and partNumber query parameter"})
}

// testUploadChecksums begins uploads of every kind.
func testUploadChecksums(t *testing.T, s3 aws.S3) {
	begin := func(algorithm, kind string) aws.CreateMultipartUploadInput {
		return aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "sums", ChecksumAlgorithm: algorithm, ChecksumType: kind}
	}
	for _, c := range []struct{ algorithm, asked, kind string }{
		{"CRC32C", "", "COMPOSITE"}, {"SHA1", "", "COMPOSITE"}, {"SHA256", "COMPOSITE", "COMPOSITE"},
		{"CRC32", "FULL_OBJECT", "FULL_OBJECT"}, {"CRC64NVME", "", "FULL_OBJECT"}, {"CRC64NVME", "FULL_OBJECT", "FULL_OBJECT"},
	} {
		out := must(t, s3.CreateMultipartUpload, begin(c.algorithm, c.asked))
		same(t, "upload by "+c.algorithm, [2]string{out.ChecksumAlgorithm, out.ChecksumType}, [2]string{c.algorithm, c.kind})
		uploads := must(t, s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: bucketName, Prefix: "sums"}).Uploads
		same(t, "listed", [2]string{uploads[0].ChecksumAlgorithm, uploads[0].ChecksumType}, [2]string{c.algorithm, c.kind})
		must(t, s3.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: bucketName, Key: "sums", UploadID: out.UploadID})
	}
	s3Refuses(t, "s3:CreateMultipartUpload",
		refusal{"a composite CRC64NVME", errorOf(s3.CreateMultipartUpload, begin("CRC64NVME", "COMPOSITE")),
			"InvalidRequest", "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm."},
		refusal{"a SHA1 of all", errorOf(s3.CreateMultipartUpload, begin("SHA1", "FULL_OBJECT")),
			"InvalidRequest", "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm."},
		refusal{"a type that is none", errorOf(s3.CreateMultipartUpload, begin("SHA1", "HALF")), "InvalidRequest", "Value for x-amz-checksum-type header is invalid."})
}

// testPartChecksums sends parts with checksums that their upload has not.
func testPartChecksums(t *testing.T, s3 aws.S3) {
	id := must(t, s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "sums", ChecksumAlgorithm: "SHA256"}).UploadID
	part := aws.UploadPartInput{Bucket: bucketName, Key: "sums", UploadID: id, PartNumber: 1, Body: strings.NewReader("content"), ChecksumAlgorithm: "CRC32"}
	s3Refuses(t, "s3:UploadPart", refusal{"a checksum by another algorithm", errorOf(s3.UploadPart, part),
		"InvalidRequest", "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32"})
	part.Body, part.Checksums = strings.NewReader("content"), sumsOf("SHA256", "x")
	s3Refuses(t, "s3:UploadPart", refusal{"another checksum", errorOf(s3.UploadPart, part),
		"BadDigest", "The SHA256 you specified did not match the calculated checksum."})
	must(t, s3.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: bucketName, Key: "sums", UploadID: id})
}

// testGetParts reads the parts, with numbers 2, 3 and 7, of "key".
func testGetParts(t *testing.T, s3 aws.S3, parts []string) {
	from := 0
	for n, number := range []int{2, 3, 7} {
		out := must(t, s3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: "key", PartNumber: number, ChecksumMode: "ENABLED"})
		if bodyOf(t, out) != parts[n] {
			t.Errorf("part %d is not what was sent", number)
		}
		same(t, "its place", out.ContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+len(parts[n])-1, len(parts[0])+len(parts[1])+len(parts[2])))
		same(t, "its checksum", out.Checksums, sumsOf("CRC32", parts[n]))
		same(t, "type", out.ChecksumType, "COMPOSITE")
		same(t, "number of parts", out.PartsCount, 3)
		from += len(parts[n])
	}
	got, kind := headSums(t, s3, "key")
	same(t, "checksum", got, compositeOf("CRC32", parts...))
	same(t, "type", kind, "COMPOSITE")
}

// testJoinedChecksums makes objects of parts whose checksums are of type
// FULL_OBJECT.
func testJoinedChecksums(t *testing.T, s3 aws.S3, parts []string) {
	whole := strings.Join(parts, "")
	for _, algorithm := range []string{"CRC32", "CRC32C", "CRC64NVME"} {
		begun := must(t, s3.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: bucketName, Key: "joined", ChecksumAlgorithm: algorithm, ChecksumType: "FULL_OBJECT"})
		in := aws.CompleteMultipartUploadInput{Bucket: bucketName, Key: "joined", UploadID: begun.UploadID}
		for n, content := range parts {
			out := must(t, s3.UploadPart, aws.UploadPartInput{
				Bucket: bucketName, Key: "joined", UploadID: begun.UploadID, PartNumber: n + 1, Body: strings.NewReader(content), ChecksumAlgorithm: algorithm,
			})
			same(t, "checksum of a part", out.Checksums, sumsOf(algorithm, content))
			in.MultipartUpload.Parts = append(in.MultipartUpload.Parts, aws.CompletedPart{PartNumber: n + 1, ETag: out.ETag})
		}
		refuse := func(name, code, message string, change func(*aws.CompleteMultipartUploadInput)) {
			in := in
			change(&in)
			s3Refuses(t, "s3:CompleteMultipartUpload", refusal{name + " with " + algorithm, errorOf(s3.CompleteMultipartUpload, in), code, message})
		}
		refuse("another type", "InvalidRequest", "The upload was created using the FULL_OBJECT checksum mode. The complete request must use the same checksum mode.",
			func(in *aws.CompleteMultipartUploadInput) { in.ChecksumType = "COMPOSITE" })
		refuse("another checksum", "BadDigest", "The "+strings.ToLower(algorithm)+" you specified did not match the calculated checksum.",
			func(in *aws.CompleteMultipartUploadInput) {
				in.ChecksumType, in.Checksums = "FULL_OBJECT", sumsOf(algorithm, "x")
			})
		refuse("another size", "InvalidRequest", fmt.Sprintf("The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: %d", len(whole)),
			func(in *aws.CompleteMultipartUploadInput) { in.MpuObjectSize = aws.Some[int64](5) })
		in.ChecksumType, in.Checksums, in.MpuObjectSize = "FULL_OBJECT", sumsOf(algorithm, whole), aws.Some(int64(len(whole)))
		made := must(t, s3.CompleteMultipartUpload, in)
		same(t, "checksum of all, by "+algorithm, made.Checksums, sumsOf(algorithm, whole))
		same(t, "type", made.ChecksumType, "FULL_OBJECT")
	}
	copied := must(t, s3.CopyObject, aws.CopyObjectInput{Bucket: bucketName, Key: "summed", CopySource: bucketName + "/joined", ChecksumAlgorithm: "SHA256"}).CopyObjectResult
	same(t, "checksum that a copy was to have", copied.Checksums, sumsOf("SHA256", whole))
}
