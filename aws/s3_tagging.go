package aws

// Tagging is all the tags of a bucket or an object.
type Tagging struct{ TagSet []Tag }

// PutBucketTaggingInput replaces a bucket's tags.
type PutBucketTaggingInput struct {
	Bucket  string
	Tagging Tagging // 50 at most
}

// PutBucketTaggingOutput has no members.
type PutBucketTaggingOutput struct{}

// GetBucketTaggingInput names a bucket.
type GetBucketTaggingInput struct{ Bucket string }

// GetBucketTaggingOutput lists the bucket's tags.
type GetBucketTaggingOutput struct{ TagSet []Tag }

// DeleteBucketTaggingInput names a bucket.
type DeleteBucketTaggingInput struct{ Bucket string }

// DeleteBucketTaggingOutput has no members.
type DeleteBucketTaggingOutput struct{}

// PutObjectTaggingInput replaces an object's tags.
type PutObjectTaggingInput struct {
	Bucket    string
	Key       string
	VersionID string  `json:"VersionId,omitempty"`
	Tagging   Tagging // 10 at most
}

// PutObjectTaggingOutput tells which version was tagged.
type PutObjectTaggingOutput struct {
	VersionID string `json:"VersionId,omitempty"`
}

// GetObjectTaggingInput names an object.
type GetObjectTaggingInput struct {
	Bucket    string
	Key       string
	VersionID string `json:"VersionId,omitempty"`
}

// GetObjectTaggingOutput lists the object's tags.
type GetObjectTaggingOutput struct {
	TagSet    []Tag
	VersionID string `json:"VersionId,omitempty"`
}

// DeleteObjectTaggingInput names an object.
type DeleteObjectTaggingInput struct {
	Bucket    string
	Key       string
	VersionID string `json:"VersionId,omitempty"`
}

// DeleteObjectTaggingOutput tells which version's tags were deleted.
type DeleteObjectTaggingOutput struct {
	VersionID string `json:"VersionId,omitempty"`
}
