package aws

import (
	"io"
	"time"
)

// CreateMultipartUploadInput begins an object.
type CreateMultipartUploadInput struct {
	Bucket             string
	Key                string
	ContentType        string            `json:",omitempty"`
	Metadata           map[string]string `json:",omitempty"`
	CacheControl       string            `json:",omitempty"`
	ContentDisposition string            `json:",omitempty"`
	ContentEncoding    string            `json:",omitempty"`
	ContentLanguage    string            `json:",omitempty"`
}

// CreateMultipartUploadOutput tells the upload's id.
type CreateMultipartUploadOutput struct {
	Bucket, Key string
	UploadID    string `json:"UploadId"`
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
}

// Recorded is the call without its body.
func (in UploadPartInput) Recorded() any {
	in.Body = sent(in.Body)
	return in
}

// UploadPartOutput tells the part's ETag, which completing needs.
type UploadPartOutput struct{ ETag string }

// CompleteMultipartUploadInput lists the parts, in order.
type CompleteMultipartUploadInput struct {
	Bucket          string
	Key             string
	UploadID        string `json:"UploadId"`
	MultipartUpload CompletedMultipartUpload
	IfNoneMatch     string `json:",omitempty"`
}

// CompletedMultipartUpload lists parts.
type CompletedMultipartUpload struct{ Parts []CompletedPart }

// CompletedPart is a part that was sent.
type CompletedPart struct {
	PartNumber int
	ETag       string
}

// CompleteMultipartUploadOutput tells what was made.
type CompleteMultipartUploadOutput struct {
	Bucket, Key string
	Location    string
	ETag        string // hex MD5 of the parts' MD5s, "-", their number
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
}

// Part is a part that was sent.
type Part struct {
	PartNumber   int
	ETag         string
	Size         int64
	LastModified time.Time
}

// ListMultipartUploadsInput bounds the list.
type ListMultipartUploadsInput struct {
	Bucket         string
	Prefix         string      `json:",omitempty"`
	KeyMarker      string      `json:",omitempty"`
	UploadIDMarker string      `json:"UploadIdMarker,omitempty"`
	MaxUploads     Option[int] `json:",omitzero"`
}

// ListMultipartUploadsOutput is one page of uploads, by key and then by time.
type ListMultipartUploadsOutput struct {
	Bucket             string
	Prefix             string `json:",omitempty"`
	KeyMarker          string
	UploadIDMarker     string `json:"UploadIdMarker"`
	NextKeyMarker      string `json:",omitempty"`
	NextUploadIDMarker string `json:"NextUploadIdMarker,omitempty"`
	MaxUploads         int
	IsTruncated        bool
	Uploads            []MultipartUpload
}

// MultipartUpload is an upload under way.
type MultipartUpload struct {
	Key       string
	UploadID  string `json:"UploadId"`
	Initiated time.Time
}
