package s3

import (
	"net/http"
	"slices"
	"strings"

	"awslab/aws"
)

// fault is an error that S3 words in one way.
type fault struct {
	code, message string
}

// The faults, in S3's words.
var (
	aclNotSupported     = fault{"AccessControlListNotSupported", "The bucket does not allow ACLs"}
	aclWithOwnership    = fault{"InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"}
	accessDenied        = fault{"AccessDenied", "Access Denied"}
	badDigest           = fault{"BadDigest", "The Content-MD5 you specified did not match what we received."}
	bucketAlreadyOwned  = fault{"BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it."}
	bucketNotEmpty      = fault{"BucketNotEmpty", "The bucket you tried to delete is not empty"}
	copyOntoItself      = fault{"InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."}
	copyTooLarge        = fault{"InvalidRequest", "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120"}
	entityTooLarge      = fault{"EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"}
	entityTooSmall      = fault{"EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"}
	incompleteBody      = fault{"IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header"}
	invalidBucketName   = fault{"InvalidBucketName", "The specified bucket is not valid."}
	invalidDigest       = fault{"InvalidDigest", "The Content-MD5 you specified was invalid."}
	invalidEncryption   = fault{"InvalidArgument", "The encryption method specified is not supported"}
	invalidKey          = fault{"InvalidURI", "Couldn't parse the specified URI."}
	invalidLocation     = fault{"InvalidLocationConstraint", "The specified location-constraint is not valid"}
	invalidPart         = fault{"InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."}
	invalidPartOrder    = fault{"InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number."}
	invalidPartNumber   = fault{"InvalidPartNumber", "The requested partnumber is not satisfiable"}
	invalidRange        = fault{"InvalidRange", "The requested range is not satisfiable"}
	invalidState        = fault{"InvalidObjectState", "The operation is not valid for the object's storage class"}
	invalidCopyState    = fault{"InvalidObjectState", "Operation is not valid for the source object's storage class"}
	invalidStorageClass = fault{"InvalidStorageClass", "The storage class you specified is not valid"}
	keyTooLong          = fault{"KeyTooLongError", "Your key is too long"}
	malformedXML        = fault{"MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema"}
	markerNotAllowed    = fault{"MethodNotAllowed", "The specified method is not allowed against this resource."}
	metadataTooLarge    = fault{"MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"}
	noSuchBucket        = fault{"NoSuchBucket", "The specified bucket does not exist"}
	noSuchBucketPolicy  = fault{"NoSuchBucketPolicy", "The bucket policy does not exist"}
	noSuchKey           = fault{"NoSuchKey", "The specified key does not exist."}
	noSuchTagSet        = fault{"NoSuchTagSet", "The TagSet does not exist"}
	noSuchUpload        = fault{"NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."}
	noSuchVersion       = fault{"NoSuchVersion", "The specified version does not exist."}
	notImplemented      = fault{"NotImplemented", "A header you provided implies functionality that is not implemented"}
	notModified         = fault{"NotModified", "Not Modified"}
	preconditionFailed  = fault{"PreconditionFailed", "At least one of the pre-conditions you specified did not hold"}
)

func (f fault) err() error { return f.about() }

// about is the fault with details, names and values by turns.
func (f fault) about(details ...string) *aws.Error {
	return &aws.Error{Code: f.code, Message: f.message, Details: pairs(details)}
}

// told is the fault with what is told in headers, names and values by turns.
func (f fault) told(headers ...string) *aws.Error {
	return &aws.Error{Code: f.code, Message: f.message, Headers: pairs(headers)}
}

func pairs(texts []string) (out []aws.ErrorDetail) {
	for pair := range slices.Chunk(texts, 2) {
		out = append(out, aws.ErrorDetail{Name: pair[0], Value: pair[1]})
	}
	return out
}

// because is the fault with what is behind it.
func (f fault) because(cause error) *aws.Error {
	return &aws.Error{Code: f.code, Message: f.message, Cause: cause}
}

func invalidArgument(message string) error {
	return &aws.Error{Code: "InvalidArgument", Message: message}
}

// wrongArgument says which argument is not valid, and what it was.
func wrongArgument(message, name, value string) error {
	return fault{"InvalidArgument", message}.about("ArgumentName", name, "ArgumentValue", value)
}

// statuses are the HTTP statuses that are not 400, by code.
var statuses = map[string]int{
	"AccessDenied":            http.StatusForbidden,
	"BucketAlreadyExists":     http.StatusConflict,
	"BucketAlreadyOwnedByYou": http.StatusConflict,
	"BucketNotEmpty":          http.StatusConflict,
	"InvalidAccessKeyId":      http.StatusForbidden,
	"InvalidObjectState":      http.StatusForbidden,
	"InvalidPartNumber":       http.StatusRequestedRangeNotSatisfiable,
	"InvalidRange":            http.StatusRequestedRangeNotSatisfiable,
	"MethodNotAllowed":        http.StatusMethodNotAllowed,
	"NoSuchBucket":            http.StatusNotFound,
	"NoSuchBucketPolicy":      http.StatusNotFound,
	"NoSuchKey":               http.StatusNotFound,
	"NoSuchTagSet":            http.StatusNotFound,
	"NoSuchUpload":            http.StatusNotFound,
	"NoSuchVersion":           http.StatusNotFound,
	"NotImplemented":          http.StatusNotImplemented,
	"NotModified":             http.StatusNotModified,
	"PreconditionFailed":      http.StatusPreconditionFailed,
	"SignatureDoesNotMatch":   http.StatusForbidden,
}

func statusOf(code string) int {
	if status, ok := statuses[code]; ok {
		return status
	}
	return http.StatusBadRequest
}

func withoutSpaces(text string) string { return strings.ReplaceAll(text, " ", "") }
