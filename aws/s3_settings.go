package aws

// GetBucketAclInput names a bucket.
type GetBucketAclInput struct{ Bucket string }

// GetBucketAclOutput tells whose the bucket is, and who else may do what by its access
// control list. Buckets are their owner's alone now, unless asked otherwise.
type GetBucketAclOutput struct {
	Owner  Owner
	Grants []Grant
}

// GetObjectAclInput names an object.
type GetObjectAclInput struct {
	Bucket    string
	Key       string
	VersionID string `json:"VersionId,omitempty"`
}

// GetObjectAclOutput tells the same of the object.
type GetObjectAclOutput struct {
	Owner  Owner
	Grants []Grant
}

// Grant is one row of an access control list.
type Grant struct {
	Grantee    Grantee
	Permission string // FULL_CONTROL, READ, WRITE, READ_ACP or WRITE_ACP
}

// Grantee is who may do something.
type Grantee struct {
	Type string // CanonicalUser or Group
	ID   string `json:",omitempty"` // of a user
	URI  string `json:",omitempty"` // of a group
}

// GetBucketEncryptionInput names a bucket.
type GetBucketEncryptionInput struct{ Bucket string }

// GetBucketEncryptionOutput tells how the bucket's objects are encrypted.
type GetBucketEncryptionOutput struct {
	ServerSideEncryptionConfiguration ServerSideEncryptionConfiguration
}

// ServerSideEncryptionConfiguration is one rule.
type ServerSideEncryptionConfiguration struct{ Rules []ServerSideEncryptionRule }

// ServerSideEncryptionRule is how objects are encrypted.
type ServerSideEncryptionRule struct {
	ApplyServerSideEncryptionByDefault ServerSideEncryptionByDefault // unless their writer says how
	BucketKeyEnabled                   bool                          // of KMS
	BlockedEncryptionTypes             *BlockedEncryptionTypes       `json:",omitempty"`
}

// ServerSideEncryptionByDefault is a way to encrypt.
type ServerSideEncryptionByDefault struct {
	SSEAlgorithm   string // AES256, aws:kms or aws:kms:dsse
	KMSMasterKeyID string `json:",omitempty"`
}

// BlockedEncryptionTypes are the ways to encrypt that a writer may not ask for.
type BlockedEncryptionTypes struct{ EncryptionType []string } // SSE-C

// GetBucketOwnershipControlsInput names a bucket.
type GetBucketOwnershipControlsInput struct{ Bucket string }

// GetBucketOwnershipControlsOutput tells whose the bucket's objects are.
type GetBucketOwnershipControlsOutput struct{ OwnershipControls OwnershipControls }

// Who owns the objects of a bucket. Where its owner has all, there are no access control
// lists.
const (
	BucketOwnerEnforced  = "BucketOwnerEnforced"
	BucketOwnerPreferred = "BucketOwnerPreferred"
	ObjectWriter         = "ObjectWriter"
)

// OwnershipControls is one rule.
type OwnershipControls struct{ Rules []OwnershipControlsRule }

// OwnershipControlsRule says whose objects are.
type OwnershipControlsRule struct {
	ObjectOwnership string // BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter
}

// GetPublicAccessBlockInput names a bucket.
type GetPublicAccessBlockInput struct{ Bucket string }

// GetPublicAccessBlockOutput tells how the bucket is kept from the public.
type GetPublicAccessBlockOutput struct {
	PublicAccessBlockConfiguration PublicAccessBlockConfiguration
}

// PublicAccessBlockConfiguration is how a bucket is kept from the public.
type PublicAccessBlockConfiguration struct {
	BlockPublicAcls       bool // none can be set
	IgnorePublicAcls      bool // those that are there do not count
	BlockPublicPolicy     bool // none can be set
	RestrictPublicBuckets bool // one that is there lets in only the bucket's account
}

// GetBucketPolicyStatusInput names a bucket.
type GetBucketPolicyStatusInput struct{ Bucket string }

// GetBucketPolicyStatusOutput tells of the bucket's policy.
type GetBucketPolicyStatusOutput struct{ PolicyStatus PolicyStatus }

// PolicyStatus tells whether a policy lets everybody in.
type PolicyStatus struct{ IsPublic bool }
