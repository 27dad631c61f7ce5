package aws

import (
	"bytes"
	"context"
	"io"
	"time"
)

// S3 is Amazon S3. A missing bucket is NoSuchBucket (404), a missing object
// NoSuchKey (404), a right that the caller lacks AccessDenied (403); the Head
// operations have no body and say NotFound or Forbidden.
type S3 interface {
	// CreateBucket makes a bucket of the caller's. Names are shared by all
	// accounts: BucketAlreadyOwnedByYou or BucketAlreadyExists (409).
	CreateBucket(context.Context, CreateBucketInput) (CreateBucketOutput, error)
	// DeleteBucket deletes an empty bucket; BucketNotEmpty (409) otherwise.
	DeleteBucket(context.Context, DeleteBucketInput) (DeleteBucketOutput, error)
	// HeadBucket tells whether a bucket is there and the caller may use it.
	HeadBucket(context.Context, HeadBucketInput) (HeadBucketOutput, error)
	// ListBuckets lists the caller's buckets by name.
	ListBuckets(context.Context, ListBucketsInput) (ListBucketsOutput, error)
	// GetBucketLocation tells a bucket's region; "" is us-east-1.
	GetBucketLocation(context.Context, GetBucketLocationInput) (GetBucketLocationOutput, error)

	// PutObject writes a whole object of up to 5 GB, replacing one with the same
	// key. It takes effect at once when it returns, and not at all if it fails.
	PutObject(context.Context, PutObjectInput) (PutObjectOutput, error)
	// GetObject reads an object, or a range of it. The caller closes Body.
	GetObject(context.Context, GetObjectInput) (GetObjectOutput, error)
	// HeadObject tells all about an object but its content.
	HeadObject(context.Context, HeadObjectInput) (HeadObjectOutput, error)
	// GetObjectAttributes tells some of what S3 keeps of an object.
	GetObjectAttributes(context.Context, GetObjectAttributesInput) (GetObjectAttributesOutput, error)
	// CopyObject copies an object within or between buckets.
	CopyObject(context.Context, CopyObjectInput) (CopyObjectOutput, error)
	// DeleteObject deletes an object; a missing one is no error. In a bucket that
	// keeps versions it makes a delete marker, unless it names a version.
	DeleteObject(context.Context, DeleteObjectInput) (DeleteObjectOutput, error)
	// DeleteObjects deletes up to 1,000 objects, each on its own.
	DeleteObjects(context.Context, DeleteObjectsInput) (DeleteObjectsOutput, error)
	// ListObjectsV2 lists objects by key in UTF-8 byte order, up to 1,000 keys
	// and common prefixes a page.
	ListObjectsV2(context.Context, ListObjectsV2Input) (ListObjectsV2Output, error)

	// CreateMultipartUpload begins an object that is sent in parts.
	CreateMultipartUpload(context.Context, CreateMultipartUploadInput) (CreateMultipartUploadOutput, error)
	// UploadPart sends one part, 1 to 10,000, of 5 MiB to 5 GiB (the last may be smaller).
	UploadPart(context.Context, UploadPartInput) (UploadPartOutput, error)
	// UploadPartCopy makes a part of what is in an object, or of a range of it.
	UploadPartCopy(context.Context, UploadPartCopyInput) (UploadPartCopyOutput, error)
	// CompleteMultipartUpload makes the object of its parts.
	CompleteMultipartUpload(context.Context, CompleteMultipartUploadInput) (CompleteMultipartUploadOutput, error)
	// AbortMultipartUpload forgets an upload and its parts.
	AbortMultipartUpload(context.Context, AbortMultipartUploadInput) (AbortMultipartUploadOutput, error)
	// ListParts lists the parts sent so far, up to 1,000 a page.
	ListParts(context.Context, ListPartsInput) (ListPartsOutput, error)
	// ListMultipartUploads lists the uploads under way, up to 1,000 a page.
	ListMultipartUploads(context.Context, ListMultipartUploadsInput) (ListMultipartUploadsOutput, error)

	// PutBucketTagging replaces all of a bucket's tags; InvalidTag (400) for one that
	// may not be.
	PutBucketTagging(context.Context, PutBucketTaggingInput) (PutBucketTaggingOutput, error)
	// GetBucketTagging lists a bucket's tags; NoSuchTagSet (404) when it has none.
	GetBucketTagging(context.Context, GetBucketTaggingInput) (GetBucketTaggingOutput, error)
	// DeleteBucketTagging removes them all.
	DeleteBucketTagging(context.Context, DeleteBucketTaggingInput) (DeleteBucketTaggingOutput, error)
	// PutObjectTagging replaces all of an object's tags.
	PutObjectTagging(context.Context, PutObjectTaggingInput) (PutObjectTaggingOutput, error)
	// GetObjectTagging lists an object's tags, of which there may be none.
	GetObjectTagging(context.Context, GetObjectTaggingInput) (GetObjectTaggingOutput, error)
	// DeleteObjectTagging removes them all.
	DeleteObjectTagging(context.Context, DeleteObjectTaggingInput) (DeleteObjectTaggingOutput, error)

	// PutBucketVersioning has a bucket keep versions of its objects, or no longer:
	// those that it has stay.
	PutBucketVersioning(context.Context, PutBucketVersioningInput) (PutBucketVersioningOutput, error)
	// GetBucketVersioning tells whether a bucket keeps versions of its objects.
	GetBucketVersioning(context.Context, GetBucketVersioningInput) (GetBucketVersioningOutput, error)
	// ListObjectVersions lists all versions of objects and all delete markers, up to
	// 1,000 versions and common prefixes a page.
	ListObjectVersions(context.Context, ListObjectVersionsInput) (ListObjectVersionsOutput, error)

	// GetBucketNotificationConfiguration tells what a bucket's events go to.
	GetBucketNotificationConfiguration(context.Context, GetBucketNotificationConfigurationInput) (GetBucketNotificationConfigurationOutput, error)
	// PutBucketNotificationConfiguration replaces all of a bucket's notifications,
	// after checking that S3 may invoke the functions.
	PutBucketNotificationConfiguration(context.Context, PutBucketNotificationConfigurationInput) (PutBucketNotificationConfigurationOutput, error)

	// GetBucketPolicy reads a bucket's policy; NoSuchBucketPolicy (404) when it has none.
	GetBucketPolicy(context.Context, GetBucketPolicyInput) (GetBucketPolicyOutput, error)
	// PutBucketPolicy sets it; MalformedPolicy (400) when it is none.
	PutBucketPolicy(context.Context, PutBucketPolicyInput) (PutBucketPolicyOutput, error)
	// DeleteBucketPolicy removes it.
	DeleteBucketPolicy(context.Context, DeleteBucketPolicyInput) (DeleteBucketPolicyOutput, error)
	// GetBucketPolicyStatus tells whether it lets everybody in.
	GetBucketPolicyStatus(context.Context, GetBucketPolicyStatusInput) (GetBucketPolicyStatusOutput, error)

	// GetBucketAcl tells whose a bucket is, and its access control list.
	GetBucketAcl(context.Context, GetBucketAclInput) (GetBucketAclOutput, error)
	// GetObjectAcl tells the same of an object.
	GetObjectAcl(context.Context, GetObjectAclInput) (GetObjectAclOutput, error)
	// GetBucketEncryption tells how a bucket's objects are encrypted.
	GetBucketEncryption(context.Context, GetBucketEncryptionInput) (GetBucketEncryptionOutput, error)
	// GetBucketOwnershipControls tells whose a bucket's objects are, and whether access
	// control lists count; OwnershipControlsNotFoundError (404) when nothing says so.
	GetBucketOwnershipControls(context.Context, GetBucketOwnershipControlsInput) (GetBucketOwnershipControlsOutput, error)
	// GetPublicAccessBlock tells how a bucket is kept from the public;
	// NoSuchPublicAccessBlockConfiguration (404) when nothing says so.
	GetPublicAccessBlock(context.Context, GetPublicAccessBlockInput) (GetPublicAccessBlockOutput, error)
}

// Presigner makes URLs that let whoever has them do one thing for a while. It
// is no operation: no service is asked.
type Presigner interface {
	// PresignGetObject makes a URL that reads an object until it expires, 7 days
	// at most.
	PresignGetObject(context.Context, PresignGetObjectInput) (url string, err error)
}

// PresignGetObjectInput says what a URL is to give.
type PresignGetObjectInput struct {
	Bucket, Key string
	Expires     time.Duration // 1 s to 7 days
}

// CreateBucketInput names a bucket.
type CreateBucketInput struct {
	Bucket string
	// ObjectOwnership is BucketOwnerEnforced unless given, or BucketOwnerPreferred with
	// the ACL "private": then objects may be put with an ACL.
	ObjectOwnership           string                     `json:",omitempty"`
	ACL                       string                     `json:",omitempty"` // the name of a list; "private" is as good as none
	CreateBucketConfiguration *CreateBucketConfiguration `json:",omitempty"`
}

// CreateBucketConfiguration says where a bucket is made; AWS wants it in every
// region but us-east-1, and refuses it there.
type CreateBucketConfiguration struct {
	LocationConstraint string `json:",omitempty"`
	Tags               []Tag  `json:",omitempty"` // 50 at most
}

// CreateBucketOutput tells the bucket's address.
type CreateBucketOutput struct {
	Location  string // "/name" in us-east-1, else "http://name.s3.amazonaws.com/"
	BucketArn string `json:",omitempty"`
}

// DeleteBucketInput names a bucket.
type DeleteBucketInput struct{ Bucket string }

// DeleteBucketOutput has no members.
type DeleteBucketOutput struct{}

// HeadBucketInput names a bucket.
type HeadBucketInput struct{ Bucket string }

// HeadBucketOutput tells where the bucket is.
type HeadBucketOutput struct {
	BucketArn    string
	BucketRegion string
}

// ListBucketsInput bounds the list.
type ListBucketsInput struct {
	Prefix            string      `json:",omitempty"`
	BucketRegion      string      `json:",omitempty"` // only buckets of that region
	MaxBuckets        Option[int] `json:",omitzero"`  // 1 to 10,000
	ContinuationToken string      `json:",omitempty"`
}

// ListBucketsOutput is one page of buckets.
type ListBucketsOutput struct {
	Buckets           []Bucket
	Owner             Owner
	ContinuationToken string `json:",omitempty"` // for the next page; "" at the end
}

// Bucket is one bucket of a list.
type Bucket struct {
	Name         string
	CreationDate time.Time
	BucketRegion string
	BucketArn    string
}

// Owner is whose a bucket or an object is.
type Owner struct {
	ID          string
	DisplayName string `json:",omitempty"`
}

// GetBucketLocationInput names a bucket.
type GetBucketLocationInput struct{ Bucket string }

// GetBucketLocationOutput tells the region.
type GetBucketLocationOutput struct {
	LocationConstraint string // "" for us-east-1
}

// GetBucketPolicyInput names a bucket.
type GetBucketPolicyInput struct{ Bucket string }

// GetBucketPolicyOutput holds the policy, as JSON.
type GetBucketPolicyOutput struct{ Policy string }

// PutBucketPolicyInput holds the policy, as JSON.
type PutBucketPolicyInput struct{ Bucket, Policy string }

// PutBucketPolicyOutput has no members.
type PutBucketPolicyOutput struct{}

// DeleteBucketPolicyInput names a bucket.
type DeleteBucketPolicyInput struct{ Bucket string }

// DeleteBucketPolicyOutput has no members.
type DeleteBucketPolicyOutput struct{}

// sent stands for a body in what is recorded of a call: the bytes themselves
// went by.
func sent(body io.Reader) io.Reader {
	if body == nil {
		return nil
	}
	return bytes.NewReader(nil)
}
