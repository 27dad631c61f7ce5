package awstest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"awslab/aws"
)

// s3Contracts holds the tests of S3's operations.
func s3Contracts() map[string]contract {
	return map[string]contract{
		"s3:CreateBucket":                       testCreateBucket,
		"s3:DeleteBucket":                       testDeleteBucket,
		"s3:HeadBucket":                         testHeadBucket,
		"s3:ListBuckets":                        testListBuckets,
		"s3:GetBucketLocation":                  testGetBucketLocation,
		"s3:PutObject":                          testPutObject,
		"s3:GetObject":                          testGetObject,
		"s3:HeadObject":                         testHeadObject,
		"s3:GetObjectAttributes":                testGetObjectAttributes,
		"s3:CopyObject":                         testCopyObject,
		"s3:DeleteObject":                       testDeleteObject,
		"s3:DeleteObjects":                      testDeleteObjects,
		"s3:ListObjectsV2":                      testListObjects,
		"s3:CreateMultipartUpload":              testCreateMultipartUpload,
		"s3:UploadPart":                         testUploadPart,
		"s3:UploadPartCopy":                     testUploadPartCopy,
		"s3:CompleteMultipartUpload":            testCompleteMultipartUpload,
		"s3:AbortMultipartUpload":               testAbortMultipartUpload,
		"s3:ListParts":                          testListParts,
		"s3:ListMultipartUploads":               testListMultipartUploads,
		"s3:PutBucketTagging":                   testPutBucketTagging,
		"s3:GetBucketTagging":                   testGetBucketTagging,
		"s3:DeleteBucketTagging":                testDeleteBucketTagging,
		"s3:PutObjectTagging":                   testPutObjectTagging,
		"s3:GetObjectTagging":                   testGetObjectTagging,
		"s3:DeleteObjectTagging":                testDeleteObjectTagging,
		"s3:PutBucketVersioning":                testPutBucketVersioning,
		"s3:GetBucketVersioning":                testGetBucketVersioning,
		"s3:ListObjectVersions":                 testListObjectVersions,
		"s3:GetBucketNotificationConfiguration": testGetBucketNotification,
		"s3:PutBucketNotificationConfiguration": testPutBucketNotification,
		"s3:GetBucketPolicy":                    testGetBucketPolicy,
		"s3:PutBucketPolicy":                    testPutBucketPolicy,
		"s3:DeleteBucketPolicy":                 testDeleteBucketPolicy,
		"s3:GetBucketPolicyStatus":              testGetBucketPolicyStatus,
		"s3:GetBucketAcl":                       testGetBucketACL,
		"s3:GetObjectAcl":                       testGetObjectACL,
		"s3:GetBucketEncryption":                testGetBucketEncryption,
		"s3:GetBucketOwnershipControls":         testGetBucketOwnership,
		"s3:GetPublicAccessBlock":               testGetPublicAccessBlock,
	}
}

// S3's messages that several operations give.
const (
	noBucketMessage  = "The specified bucket does not exist"
	noKeyMessage     = "The specified key does not exist."
	noUploadMessage  = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
	badXMLMessage    = "The XML you provided was not well-formed or did not validate against our published schema"
	conditionMessage = "At least one of the pre-conditions you specified did not hold"
	noHeaderMessage  = "A header you provided implies functionality that is not implemented"
	noMethodMessage  = "The specified method is not allowed against this resource."
	noVersionID      = "Invalid version id specified"
	noTagSetMessage  = "The TagSet does not exist"
	targetMessage    = "Unable to validate the following destination configurations"
)

// s3Statuses are the HTTP statuses of S3's codes that are not 400.
var s3Statuses = map[string]int{
	"AccessDenied":                 http.StatusForbidden,
	"BucketAlreadyOwnedByYou":      http.StatusConflict,
	"BucketNotEmpty":               http.StatusConflict,
	"InvalidObjectState":           http.StatusForbidden,
	"InvalidRange":                 http.StatusRequestedRangeNotSatisfiable,
	"NoSuchBucket":                 http.StatusNotFound,
	"NoSuchBucketPolicy":           http.StatusNotFound,
	"NoSuchKey":                    http.StatusNotFound,
	"MethodNotAllowed":             http.StatusMethodNotAllowed,
	"NoSuchVersion":                http.StatusNotFound,
	"NoSuchTagSet":                 http.StatusNotFound,
	"InvalidPartNumber":            http.StatusRequestedRangeNotSatisfiable,
	"NoSuchUpload":                 http.StatusNotFound,
	"NotFound":                     http.StatusNotFound,
	"NotImplemented":               http.StatusNotImplemented,
	"NotModified":                  http.StatusNotModified,
	"PreconditionFailed":           http.StatusPreconditionFailed,
	"RequestedRangeNotSatisfiable": http.StatusRequestedRangeNotSatisfiable,
}

// s3Refuses checks calls that must fail, each as one operation.
func s3Refuses(t *testing.T, name string, refusals ...refusal) {
	t.Helper()
	op := operation(t, name)
	for _, r := range refusals {
		t.Run("refuses "+r.name, func(t *testing.T) {
			s3Error(t, r.call(), op, r.code, r.message)
		})
	}
}

// s3Error checks an error, its status, and that it says where it comes from.
func s3Error(t *testing.T, err error, op aws.Operation, code, message string) {
	t.Helper()
	var got *aws.Error
	if !errors.As(err, &got) {
		t.Fatalf("error is %v (%T), want %s", err, err, code)
	}
	if got.Code != code || got.Message != message {
		t.Errorf("error is\n%s: %s\nwant\n%s: %s", got.Code, got.Message, code, message)
	}
	status, ok := s3Statuses[code]
	if !ok {
		status = http.StatusBadRequest
	}
	if got.Service != op.Service || got.Operation != op.Name || got.Status != status || got.RequestID == "" {
		t.Errorf("error comes from %q %q, status %d, request %q; want %s, status %d, some request",
			got.Service, got.Operation, got.Status, got.RequestID, op, status)
	}
}

// bucketName is the bucket of most tests; another is one that is not there.
const (
	bucketName = "image-abcdef"
	missingOne = "image-missing"
)

// located is how a bucket is made in the Cloud's region.
func (f Fixture) located(name string) aws.CreateBucketInput {
	in := aws.CreateBucketInput{Bucket: name}
	if f.Cloud.Place.Region != "us-east-1" {
		in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{LocationConstraint: f.Cloud.Place.Region}
	}
	return in
}

// bucket makes a bucket.
func (f Fixture) bucket(t *testing.T, name string) {
	t.Helper()
	must(t, f.Cloud.S3.CreateBucket, f.located(name))
}

// object puts an object.
func (f Fixture) object(t *testing.T, key, content string) {
	t.Helper()
	must(t, f.Cloud.S3.PutObject, aws.PutObjectInput{Bucket: bucketName, Key: key, Body: strings.NewReader(content)})
}

// content reads an object.
func (f Fixture) content(t *testing.T, key string) string {
	t.Helper()
	return bodyOf(t, must(t, f.Cloud.S3.GetObject, aws.GetObjectInput{Bucket: bucketName, Key: key}))
}

func bodyOf(t *testing.T, out aws.GetObjectOutput) string {
	t.Helper()
	content, err := io.ReadAll(out.Body)
	if err := errors.Join(err, out.Body.Close()); err != nil {
		t.Fatal(err)
	}
	if int64(len(content)) != out.ContentLength {
		t.Errorf("%d bytes came, of %d announced", len(content), out.ContentLength)
	}
	return string(content)
}

// keys lists all keys of the bucket.
func (f Fixture) keys(t *testing.T) []string {
	t.Helper()
	keys := []string{}
	for _, o := range must(t, f.Cloud.S3.ListObjectsV2, aws.ListObjectsV2Input{Bucket: bucketName}).Contents {
		keys = append(keys, o.Key)
	}
	return keys
}

// noBucket is the refusal of a call on a bucket that is not there.
func noBucket(call func() error) refusal {
	return refusal{"a missing bucket", call, "NoSuchBucket", noBucketMessage}
}

// keyFaults are the refusals of keys.
func keyFaults(call func(key string) error) []refusal {
	return []refusal{
		{"a key of 1,025 bytes", func() error { return call(strings.Repeat("é", 512) + "x") }, "KeyTooLongError", "Your key is too long"},
		{"no key", func() error { return call("") }, "InvalidURI", "Couldn't parse the specified URI."},
		{"a key that is not UTF-8", func() error { return call("a\xff") }, "InvalidURI", "Couldn't parse the specified URI."},
	}
}

// functionARNOf is the ARN of a function of the Cloud's account.
func (f Fixture) functionARNOf(name string) string {
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", f.Cloud.Place.Region, f.Cloud.Place.AccountID, name)
}
