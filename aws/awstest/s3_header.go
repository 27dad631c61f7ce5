package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

// allHeaders are an object's headers, each of them given.
var allHeaders = aws.ObjectHeaders{
	ContentType: "text/plain", CacheControl: "no-cache", ContentDisposition: "inline", ContentEncoding: "identity", ContentLanguage: "de",
	Expires: "Wed, 21 Oct 2026 07:28:00 GMT", Metadata: map[string]string{"Camera": "Nikon", "place": "Zürich"},
}

// toldHeaders are headers as S3 tells them.
func toldHeaders(h aws.ObjectHeaders) aws.ObjectHeaders {
	told := make(map[string]string)
	for name, value := range h.Metadata {
		told[strings.ToLower(name)] = value
	}
	h.Metadata = told
	return h
}

const (
	noClassMessage = "The storage class you specified is not valid"
	noClass        = "InvalidStorageClass"
)

// testPutClasses writes objects of each storage class. Those that are archived can be
// told of, but not read.
func testPutClasses(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	for _, class := range aws.StorageClasses {
		must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "classed", Body: strings.NewReader("content"), StorageClass: class.Name})
		f.isOfClass(t, "classed", class.Name)
		_, err := s3.GetObject(t.Context(), aws.GetObjectInput{Bucket: bucketName, Key: "classed"})
		if !class.Archived {
			same(t, "content of "+class.Name, f.content(t, "classed"), "content")
			continue
		}
		archived := func() error { return err }
		s3Refuses(t, "s3:GetObject", refusal{"what is of " + class.Name, archived, "InvalidObjectState", "The operation is not valid for the object's storage class"})
		s3Refuses(t, "s3:CopyObject", refusal{"what is of " + class.Name,
			errorOf(s3.CopyObject, aws.CopyObjectInput{Bucket: bucketName, Key: "copy of it", CopySource: bucketName + "/classed"}),
			"InvalidObjectState", "Operation is not valid for the source object's storage class"})
	}
	for _, class := range []string{"standard", "OUTPOSTS", "COLD"} {
		s3Refuses(t, "s3:PutObject", refusal{"the class " + class,
			errorOf(s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "key", StorageClass: class}), noClass, noClassMessage})
	}
	must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: "classed"})
}

// testCopyClasses copies objects of one storage class to another, also onto
// themselves.
func testCopyClasses(t *testing.T, f Fixture) {
	s3 := f.Cloud.S3
	must(t, s3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: "classed", StorageClass: "STANDARD_IA"})
	in := aws.CopyObjectInput{Bucket: bucketName, Key: "another", CopySource: bucketName + "/classed"}
	must(t, s3.CopyObject, in)
	f.isOfClass(t, "another", "STANDARD")
	in.Key, in.StorageClass = "classed", "ONEZONE_IA"
	must(t, s3.CopyObject, in)
	f.isOfClass(t, "classed", "ONEZONE_IA")
	in.StorageClass, in.ServerSideEncryption = "", "AES256"
	must(t, s3.CopyObject, in)
	f.isOfClass(t, "classed", "STANDARD")
	in.StorageClass = "COLD"
	s3Refuses(t, "s3:CopyObject", refusal{"a class that there is not", errorOf(s3.CopyObject, in), noClass, noClassMessage})
	for _, key := range []string{"classed", "another"} {
		must(t, s3.DeleteObject, aws.DeleteObjectInput{Bucket: bucketName, Key: key})
	}
}

// isOfClass reads an object's storage class wherever S3 tells it.
func (f Fixture) isOfClass(t *testing.T, key, class string) {
	t.Helper()
	s3 := f.Cloud.S3
	told := class
	if class == aws.StandardClass {
		told = "" // which S3 does not tell here
	}
	same(t, "class", must(t, s3.HeadObject, aws.HeadObjectInput{Bucket: bucketName, Key: key}).StorageClass, told)
	same(t, "class in a list", must(t, s3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName, Prefix: key}).Contents[0].StorageClass, class)
	same(t, "class in a list of versions", must(t, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: bucketName, Prefix: key}).Versions[0].StorageClass, class)
	same(t, "class of the attributes", must(t, s3.GetObjectAttributes, aws.GetObjectAttributesInput{
		Bucket: bucketName, Key: key, ObjectAttributes: []string{"StorageClass"},
	}).StorageClass, class)
}
