package aws

import (
	"io"
	"time"
)

// CreateMultipartUploadInput begins an object.
type CreateMultipartUploadInput struct {
	Bucket string
	Key    string
	ObjectHeaders
	StorageClass         string `json:",omitempty"` // as in PutObjectInput, as are the next
	ServerSideEncryption string `json:",omitempty"`
	ACL                  string `json:",omitempty"`
	Tagging              string `json:",omitempty"`
	// ChecksumAlgorithm is by what each part has a checksum. Without it, the object
	// has one by CRC64NVME all the same.
	ChecksumAlgorithm string `json:",omitempty"`
	ChecksumType      string `json:",omitempty"` // COMPOSITE unless given, but FULL_OBJECT for CRC64NVME
}

// CreateMultipartUploadOutput tells the upload's id.
type CreateMultipartUploadOutput struct {
	Bucket, Key          string
	UploadID             string `json:"UploadId"`
	ServerSideEncryption string `json:",omitempty"`
	// ChecksumAlgorithm is "" when none was asked for. With one, and type
	// COMPOSITE, completing needs each part's checksum.
	ChecksumAlgorithm string `json:",omitempty"`
	ChecksumType      string `json:",omitempty"`
}

// UploadPartInput is one part.
type UploadPartInput struct {
	Bucket        string
	Key           string
	UploadID      string        `json:"UploadId"`
	PartNumber    int           // 1 to 10,000
	Body          io.Reader     `json:"-" cli:"--body ./part"`
	ContentLength Option[int64] `json:",omitzero"`
	ContentMD5    string        `json:",omitempty"`
	// ChecksumAlgorithm must be the upload's, if that has one.
	ChecksumAlgorithm string `json:",omitempty"`
	Checksums
}

// Recorded is the call without its body.
func (in UploadPartInput) Recorded() any {
	in.Body = sent(in.Body)
	return in
}

// UploadPartOutput tells the part's ETag and checksum, which completing needs.
type UploadPartOutput struct {
	ETag                 string
	ServerSideEncryption string `json:",omitempty"`
	Checksums
}

// UploadPartCopyInput is one part, and the object that it is copied from.
type UploadPartCopyInput struct {
	Bucket     string // the target's
	Key        string
	UploadID   string `json:"UploadId"`
	PartNumber int    // as in UploadPartInput
	CopySource string // as in CopyObjectInput, as are the conditions
	// CopySourceRange is "bytes=0-99", with both ends; the whole source without it.
	CopySourceRange string `json:",omitempty"`

	CopySourceIfMatch           string    `json:",omitempty"`
	CopySourceIfNoneMatch       string    `json:",omitempty"`
	CopySourceIfModifiedSince   time.Time `json:",omitzero"`
	CopySourceIfUnmodifiedSince time.Time `json:",omitzero"`
}

// UploadPartCopyOutput tells what was made, and of which version.
type UploadPartCopyOutput struct {
	CopyPartResult       CopyPartResult
	ServerSideEncryption string `json:",omitempty"`
	CopySourceVersionID  string `json:"CopySourceVersionId,omitempty"`
}

// CopyPartResult is the new part. Its checksum is by the upload's algorithm.
type CopyPartResult struct {
	ETag         string
	LastModified time.Time
	Checksums
}

// CompleteMultipartUploadInput lists the parts, in order.
type CompleteMultipartUploadInput struct {
	Bucket          string
	Key             string
	UploadID        string `json:"UploadId"`
	MultipartUpload CompletedMultipartUpload
	IfMatch         string `json:",omitempty"` // as in PutObjectInput, as is the next
	IfNoneMatch     string `json:",omitempty"`
	// ChecksumType must be the upload's, if given; Checksums is then what the whole
	// object should have.
	ChecksumType  string        `json:",omitempty"`
	MpuObjectSize Option[int64] `json:",omitzero"` // InvalidRequest unless it is the object's
	Checksums
}

// CompletedMultipartUpload lists parts.
type CompletedMultipartUpload struct{ Parts []CompletedPart }

// CompletedPart is a part that was sent.
type CompletedPart struct {
	PartNumber int
	ETag       string
	Checksums
}

// CompleteMultipartUploadOutput tells what was made.
type CompleteMultipartUploadOutput struct {
	Bucket, Key string
	Location    string
	ETag        string // hex MD5 of the parts' MD5s, "-", their number
	VersionID   string `json:"VersionId,omitempty"`

	ServerSideEncryption string `json:",omitempty"`
	Checksums
	ChecksumType string `json:",omitempty"`
}

// AbortMultipartUploadInput names an upload.
type AbortMultipartUploadInput struct {
	Bucket, Key string
	UploadID    string `json:"UploadId"`
}

// AbortMultipartUploadOutput has no members.
type AbortMultipartUploadOutput struct{}

// ListPartsInput names an upload.
type ListPartsInput struct {
	Bucket           string
	Key              string
	UploadID         string      `json:"UploadId"`
	MaxParts         Option[int] `json:",omitzero"`
	PartNumberMarker int         `json:",omitempty"`
}

// ListPartsOutput is one page of parts.
type ListPartsOutput struct {
	Bucket, Key          string
	UploadID             string `json:"UploadId"`
	MaxParts             int
	PartNumberMarker     int
	NextPartNumberMarker int
	IsTruncated          bool
	Parts                []Part
	Initiator            Initiator
	Owner                Owner
	StorageClass         string // of the object that they will be
	ChecksumAlgorithm    string `json:",omitempty"`
	ChecksumType         string `json:",omitempty"`
}

// Part is a part that was sent.
type Part struct {
	PartNumber   int
	ETag         string
	Size         int64
	LastModified time.Time
	Checksums
}

// ListMultipartUploadsInput bounds the list.
type ListMultipartUploadsInput struct {
	Bucket         string
	Prefix         string      `json:",omitempty"`
	Delimiter      string      `json:",omitempty"` // rolls keys up to it into common prefixes
	KeyMarker      string      `json:",omitempty"`
	UploadIDMarker string      `json:"UploadIdMarker,omitempty"` // counts with a KeyMarker alone
	MaxUploads     Option[int] `json:",omitzero"`
}

// ListMultipartUploadsOutput is one page of uploads, by key and then by time. The next
// markers are the page's last upload, also where nothing follows it, and "" without
// one: a page of common prefixes alone says not where to go on.
type ListMultipartUploadsOutput struct {
	Bucket             string
	Prefix             string `json:",omitempty"`
	Delimiter          string `json:",omitempty"`
	KeyMarker          string
	UploadIDMarker     string `json:"UploadIdMarker"`
	NextKeyMarker      string
	NextUploadIDMarker string `json:"NextUploadIdMarker"`
	MaxUploads         int
	IsTruncated        bool
	Uploads            []MultipartUpload
	CommonPrefixes     []CommonPrefix `json:",omitempty"`
}

// MultipartUpload is an upload under way.
type MultipartUpload struct {
	Key       string
	UploadID  string `json:"UploadId"`
	Initiated time.Time
	Initiator Initiator
	Owner     Owner

	StorageClass      string // of the object that it will be
	ChecksumAlgorithm string `json:",omitempty"`
	ChecksumType      string `json:",omitempty"`
}

// Initiator is who began an upload: the account, by the ID that an Owner has, or a user
// or role of it, by the ARN.
type Initiator struct {
	ID          string
	DisplayName string `json:",omitempty"`
}
