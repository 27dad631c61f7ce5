package aws

import "time"

// NullVersion is the version of objects of a bucket that keeps no versions.
const NullVersion = "null"

// GetBucketVersioningInput names a bucket.
type GetBucketVersioningInput struct{ Bucket string }

// GetBucketVersioningOutput tells whether the bucket keeps versions.
type GetBucketVersioningOutput struct {
	Status    string `json:",omitempty"` // Enabled, Suspended, or "" when it never did
	MFADelete string `json:",omitempty"`
}

// PutBucketVersioningInput has a bucket keep versions, or no longer.
type PutBucketVersioningInput struct {
	Bucket                  string
	VersioningConfiguration VersioningConfiguration
}

// VersioningConfiguration is whether versions are kept.
type VersioningConfiguration struct {
	Status string // Enabled or Suspended
}

// PutBucketVersioningOutput has no members.
type PutBucketVersioningOutput struct{}

// ListObjectVersionsInput says which keys to list, and after which version.
type ListObjectVersionsInput struct {
	Bucket          string
	Prefix          string      `json:",omitempty"`
	Delimiter       string      `json:",omitempty"`
	KeyMarker       string      `json:",omitempty"`
	VersionIDMarker string      `json:"VersionIdMarker,omitempty"` // only with a KeyMarker
	MaxKeys         Option[int] `json:",omitzero"`                 // 0 to 1,000; 1,000 unless given
}

// ListObjectVersionsOutput is one page of versions, by key, of one key the newest
// first.
type ListObjectVersionsOutput struct {
	Name                string // the bucket's
	Prefix              string `json:",omitempty"`
	Delimiter           string `json:",omitempty"`
	KeyMarker           string `json:",omitempty"`
	VersionIDMarker     string `json:"VersionIdMarker,omitempty"`
	MaxKeys             int
	IsTruncated         bool
	NextKeyMarker       string              `json:",omitempty"` // "" at the end, as is the next
	NextVersionIDMarker string              `json:"NextVersionIdMarker,omitempty"`
	Versions            []ObjectVersion     `json:",omitempty"`
	DeleteMarkers       []DeleteMarkerEntry `json:",omitempty"`
	CommonPrefixes      []CommonPrefix      `json:",omitempty"`
}

// ObjectVersion is one version of an object.
type ObjectVersion struct {
	Key               string
	VersionID         string `json:"VersionId"`
	IsLatest          bool
	LastModified      time.Time
	ETag              string
	Size              int64
	StorageClass      string   // of StorageClasses
	ChecksumAlgorithm []string `json:",omitempty"`
	ChecksumType      string   `json:",omitempty"`
	Owner             *Owner   `json:",omitempty"`
}

// DeleteMarkerEntry stands where an object of a versioned bucket was deleted.
type DeleteMarkerEntry struct {
	Key          string
	VersionID    string `json:"VersionId"`
	IsLatest     bool
	LastModified time.Time
	Owner        *Owner `json:",omitempty"`
}
