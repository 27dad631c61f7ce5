package aws

import (
	"io"
	"time"
)

// ObjectHeaders are the headers that S3 keeps with an object, and gives with it.
type ObjectHeaders struct {
	ContentType        string            `json:",omitempty"` // binary/octet-stream unless given
	CacheControl       string            `json:",omitempty"`
	ContentDisposition string            `json:",omitempty"`
	ContentEncoding    string            `json:",omitempty"`
	ContentLanguage    string            `json:",omitempty"`
	Expires            string            `json:",omitempty"` // a time as HTTP writes it; S3 itself never heeds it
	Metadata           map[string]string `json:",omitempty"` // user's own, names in lower case, 2 KB in all
}

// PutObjectInput is an object to write.
type PutObjectInput struct {
	Bucket string
	Key    string    // UTF-8, 1 to 1,024 bytes
	Body   io.Reader `json:"-" cli:"--body ./file"` // nil is an empty object
	ObjectHeaders
	StorageClass         string `json:",omitempty"` // of StorageClasses; STANDARD unless given
	ServerSideEncryption string `json:",omitempty"` // AES256, as all is encrypted anyway
	ACL                  string `json:",omitempty"` // the name of a list, of which a bucket may allow none
	// ContentLength is the number of bytes of Body, if known: fewer or more are
	// then IncompleteBody.
	ContentLength Option[int64] `json:",omitzero"`
	ContentMD5    string        `json:",omitempty"` // base64; a mismatch is BadDigest
	IfMatch       string        `json:",omitempty"` // an ETag; PreconditionFailed (412) unless it is the object's
	IfNoneMatch   string        `json:",omitempty"` // "*": only if there is no such object
	Tagging       string        `json:",omitempty"` // tags as a URL's query, "a=1&b=2"; 10 at most
	// ChecksumAlgorithm asks for a checksum by that algorithm; by CRC64NVME unless
	// given. With a checksum of the sender's, a mismatch is BadDigest.
	ChecksumAlgorithm string `json:",omitempty"`
	Checksums
}

// Recorded is the call without its body.
func (in PutObjectInput) Recorded() any {
	in.Body = sent(in.Body)
	return in
}

// PutObjectOutput tells what was written.
type PutObjectOutput struct {
	ETag                 string // in quotes, as everywhere: the hex MD5 of a single upload
	Size                 int64
	ServerSideEncryption string `json:",omitempty"`
	VersionID            string `json:"VersionId,omitempty"` // "" in a bucket that keeps no versions
	Checksums
	ChecksumType string `json:",omitempty"`
}

// GetObjectInput asks for an object, or a range of it.
type GetObjectInput struct {
	Bucket            string
	Key               string
	VersionID         string    `json:"VersionId,omitempty"`
	PartNumber        int       `json:",omitempty"` // of a multipart upload: just that part
	ChecksumMode      string    `json:",omitempty"` // "ENABLED": with the checksum, if all of the content is asked for
	Range             string    `json:",omitempty"` // "bytes=0-99"; one range
	IfMatch           string    `json:",omitempty"`
	IfNoneMatch       string    `json:",omitempty"` // the ETag one has: NotModified (304) if it is still that
	IfModifiedSince   time.Time `json:",omitzero"`
	IfUnmodifiedSince time.Time `json:",omitzero"`
}

// GetObjectOutput is an object. Body must be closed.
type GetObjectOutput struct {
	Body          io.ReadCloser `json:"-" cli:"./file"`
	ContentLength int64         // of Body
	ContentRange  string        `json:",omitempty"` // "bytes 0-99/1234" when a range was asked for
	ObjectAttributes
	Checksums
	ChecksumType string `json:",omitempty"`
}

// Recorded is the answer without its body.
func (out GetObjectOutput) Recorded() any {
	out.Body = nil
	return out
}

// HeadObjectInput asks about an object.
type HeadObjectInput struct {
	Bucket            string
	Key               string
	VersionID         string    `json:"VersionId,omitempty"`
	PartNumber        int       `json:",omitempty"`
	ChecksumMode      string    `json:",omitempty"`
	Range             string    `json:",omitempty"`
	IfMatch           string    `json:",omitempty"`
	IfNoneMatch       string    `json:",omitempty"`
	IfModifiedSince   time.Time `json:",omitzero"`
	IfUnmodifiedSince time.Time `json:",omitzero"`
}

// HeadObjectOutput tells about an object.
type HeadObjectOutput struct {
	ContentLength int64
	ContentRange  string `json:",omitempty"`
	ObjectAttributes
	Checksums
	ChecksumType string `json:",omitempty"`
}

// ObjectAttributes is what S3 keeps of an object beside its content.
type ObjectAttributes struct {
	ETag         string
	LastModified time.Time // to the second
	ObjectHeaders
	StorageClass         string `json:",omitempty"` // "" is STANDARD
	ServerSideEncryption string `json:",omitempty"` // AES256
	PartsCount           int    `json:",omitempty"` // of a multipart upload, when a part of it was asked for
	TagCount             int    `json:",omitempty"`
	VersionID            string `json:"VersionId,omitempty"`
}

// CopyObjectInput copies an object.
type CopyObjectInput struct {
	Bucket               string // the target's
	Key                  string
	CopySource           string // "bucket/key", URL-encoded; "?versionId=" and a version may follow
	MetadataDirective    string `json:",omitempty"` // COPY unless REPLACE
	ObjectHeaders               // with REPLACE
	StorageClass         string `json:",omitempty"` // STANDARD unless given, whatever the source's is
	ServerSideEncryption string `json:",omitempty"` // as in PutObjectInput, as is the next
	ACL                  string `json:",omitempty"`

	TaggingDirective  string `json:",omitempty"` // COPY unless REPLACE
	Tagging           string `json:",omitempty"` // with REPLACE; as in PutObjectInput
	ChecksumAlgorithm string `json:",omitempty"` // the source's unless given
	// These are of the source, as in GetObjectInput: PreconditionFailed (412) unless
	// they hold.
	CopySourceIfMatch           string    `json:",omitempty"`
	CopySourceIfNoneMatch       string    `json:",omitempty"`
	CopySourceIfModifiedSince   time.Time `json:",omitzero"`
	CopySourceIfUnmodifiedSince time.Time `json:",omitzero"`
	// These are of the target, as in PutObjectInput.
	IfMatch     string `json:",omitempty"`
	IfNoneMatch string `json:",omitempty"`
}

// CopyObjectOutput tells what was written.
type CopyObjectOutput struct {
	CopyObjectResult     CopyObjectResult
	ServerSideEncryption string `json:",omitempty"`
	VersionID            string `json:"VersionId,omitempty"`
	CopySourceVersionID  string `json:"CopySourceVersionId,omitempty"`
}

// CopyObjectResult is the new object.
type CopyObjectResult struct {
	ETag         string
	LastModified time.Time
	Checksums
	ChecksumType string `json:",omitempty"`
}

// DeleteObjectInput names an object, or a version of one to delete for good.
type DeleteObjectInput struct {
	Bucket, Key string
	VersionID   string `json:"VersionId,omitempty"`
	// IfMatch is an ETag, or "*" for any: PreconditionFailed (412) unless it is the
	// object's, NoSuchKey when there is none. It goes with no VersionID.
	IfMatch string `json:",omitempty"`
}

// DeleteObjectOutput tells what became of it: a missing object is as good as
// deleted. In a bucket that keeps versions, VersionID is that of the marker that
// was made, or of what was deleted for good.
type DeleteObjectOutput struct {
	DeleteMarker bool   `json:",omitempty"`
	VersionID    string `json:"VersionId,omitempty"`
}

// DeleteObjectsInput names objects, 1,000 at most.
type DeleteObjectsInput struct {
	Bucket string
	Delete ObjectsToDelete
}

// ObjectsToDelete lists what to delete.
type ObjectsToDelete struct {
	Objects []ObjectIdentifier
	Quiet   bool `json:",omitempty"` // answer only with what failed
}

// ObjectIdentifier names an object of a bucket, or a version of one to delete for
// good.
type ObjectIdentifier struct {
	Key       string
	VersionID string `json:"VersionId,omitempty"`
	ETag      string `json:",omitempty"` // as IfMatch in DeleteObjectInput
}

// DeleteObjectsOutput tells of each.
type DeleteObjectsOutput struct {
	Deleted []DeletedObject `json:",omitempty"`
	Errors  []DeleteError   `json:",omitempty"`
}

// DeletedObject is one object that was deleted.
type DeletedObject struct {
	Key                   string
	VersionID             string `json:"VersionId,omitempty"` // as it was asked for
	DeleteMarker          bool   `json:",omitempty"`          // one was made, or deleted
	DeleteMarkerVersionID string `json:"DeleteMarkerVersionId,omitempty"`
}

// DeleteError is one object that was not deleted.
type DeleteError struct {
	Key, Code, Message string
	VersionID          string `json:"VersionId,omitempty"`
}

// ListObjectsV2Input says which keys to list.
type ListObjectsV2Input struct {
	Bucket            string
	Prefix            string      `json:",omitempty"`
	Delimiter         string      `json:",omitempty"` // keys are rolled up to it after the prefix
	MaxKeys           Option[int] `json:",omitzero"`  // 0 to 1,000; 1,000 unless given
	ContinuationToken string      `json:",omitempty"`
	StartAfter        string      `json:",omitempty"`
	FetchOwner        bool        `json:",omitempty"`
}

// ListObjectsV2Output is one page of keys.
type ListObjectsV2Output struct {
	Name                  string // the bucket's
	Prefix                string `json:",omitempty"`
	Delimiter             string `json:",omitempty"`
	StartAfter            string `json:",omitempty"`
	MaxKeys               int
	KeyCount              int // of contents and common prefixes
	IsTruncated           bool
	ContinuationToken     string         `json:",omitempty"`
	NextContinuationToken string         `json:",omitempty"` // "" at the end
	Contents              []Object       `json:",omitempty"`
	CommonPrefixes        []CommonPrefix `json:",omitempty"`
}

// Object is one object of a list.
type Object struct {
	Key          string
	LastModified time.Time
	ETag         string
	Size         int64
	StorageClass string // of StorageClasses
	// ChecksumAlgorithm and ChecksumType tell which checksum S3 keeps of it.
	ChecksumAlgorithm []string `json:",omitempty"`
	ChecksumType      string   `json:",omitempty"`
	Owner             *Owner   `json:",omitempty"`
}

// CommonPrefix is what keys were rolled up to: a folder, as the console shows it.
type CommonPrefix struct{ Prefix string }
