package aws

import "time"

// GetObjectAttributesInput asks for some of what S3 keeps of an object.
type GetObjectAttributesInput struct {
	Bucket    string
	Key       string
	VersionID string `json:"VersionId,omitempty"`
	// ObjectAttributes names them: ETag, Checksum, ObjectParts, StorageClass, ObjectSize.
	ObjectAttributes []string
	MaxParts         Option[int] `json:",omitzero"`
	PartNumberMarker int         `json:",omitempty"`
}

// GetObjectAttributesOutput holds those that were asked for.
type GetObjectAttributesOutput struct {
	LastModified time.Time
	VersionID    string          `json:"VersionId,omitempty"`
	ETag         string          `json:",omitempty"` // here without quotes
	Checksum     *ObjectChecksum `json:",omitempty"` // a composite one without the number of parts
	ObjectParts  *ObjectParts    `json:",omitempty"` // of a multipart upload
	StorageClass string          `json:",omitempty"`
	ObjectSize   Option[int64]   `json:",omitzero"`
}

// ObjectChecksum is an object's checksum.
type ObjectChecksum struct {
	Checksums
	ChecksumType string
}

// ObjectParts tells of the parts that an object was sent in. Those whose checksums
// make up the object's are listed.
type ObjectParts struct {
	TotalPartsCount      int
	PartNumberMarker     int          `json:",omitempty"`
	NextPartNumberMarker int          `json:",omitempty"`
	MaxParts             int          `json:",omitempty"`
	IsTruncated          bool         `json:",omitempty"`
	Parts                []ObjectPart `json:",omitempty"`
}

// ObjectPart is one part of an object.
type ObjectPart struct {
	PartNumber int
	Size       int64
	Checksums
}
