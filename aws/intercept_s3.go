package aws

import "context"

type interceptedS3 struct {
	next S3
	via  intercepted
}

func (s interceptedS3) CreateBucket(ctx context.Context, in CreateBucketInput) (CreateBucketOutput, error) {
	return through(ctx, s.via, "CreateBucket", in, s.next.CreateBucket)
}

func (s interceptedS3) DeleteBucket(ctx context.Context, in DeleteBucketInput) (DeleteBucketOutput, error) {
	return through(ctx, s.via, "DeleteBucket", in, s.next.DeleteBucket)
}

func (s interceptedS3) HeadBucket(ctx context.Context, in HeadBucketInput) (HeadBucketOutput, error) {
	return through(ctx, s.via, "HeadBucket", in, s.next.HeadBucket)
}

func (s interceptedS3) ListBuckets(ctx context.Context, in ListBucketsInput) (ListBucketsOutput, error) {
	return through(ctx, s.via, "ListBuckets", in, s.next.ListBuckets)
}

func (s interceptedS3) GetBucketLocation(ctx context.Context, in GetBucketLocationInput) (GetBucketLocationOutput, error) {
	return through(ctx, s.via, "GetBucketLocation", in, s.next.GetBucketLocation)
}

func (s interceptedS3) PutObject(ctx context.Context, in PutObjectInput) (PutObjectOutput, error) {
	return through(ctx, s.via, "PutObject", in, s.next.PutObject)
}

func (s interceptedS3) GetObject(ctx context.Context, in GetObjectInput) (GetObjectOutput, error) {
	return through(ctx, s.via, "GetObject", in, s.next.GetObject)
}

func (s interceptedS3) HeadObject(ctx context.Context, in HeadObjectInput) (HeadObjectOutput, error) {
	return through(ctx, s.via, "HeadObject", in, s.next.HeadObject)
}

func (s interceptedS3) CopyObject(ctx context.Context, in CopyObjectInput) (CopyObjectOutput, error) {
	return through(ctx, s.via, "CopyObject", in, s.next.CopyObject)
}

func (s interceptedS3) DeleteObject(ctx context.Context, in DeleteObjectInput) (DeleteObjectOutput, error) {
	return through(ctx, s.via, "DeleteObject", in, s.next.DeleteObject)
}

func (s interceptedS3) DeleteObjects(ctx context.Context, in DeleteObjectsInput) (DeleteObjectsOutput, error) {
	return through(ctx, s.via, "DeleteObjects", in, s.next.DeleteObjects)
}

func (s interceptedS3) ListObjectsV2(ctx context.Context, in ListObjectsV2Input) (ListObjectsV2Output, error) {
	return through(ctx, s.via, "ListObjectsV2", in, s.next.ListObjectsV2)
}

func (s interceptedS3) CreateMultipartUpload(ctx context.Context, in CreateMultipartUploadInput) (CreateMultipartUploadOutput, error) {
	return through(ctx, s.via, "CreateMultipartUpload", in, s.next.CreateMultipartUpload)
}

func (s interceptedS3) UploadPart(ctx context.Context, in UploadPartInput) (UploadPartOutput, error) {
	return through(ctx, s.via, "UploadPart", in, s.next.UploadPart)
}

func (s interceptedS3) UploadPartCopy(ctx context.Context, in UploadPartCopyInput) (UploadPartCopyOutput, error) {
	return through(ctx, s.via, "UploadPartCopy", in, s.next.UploadPartCopy)
}

func (s interceptedS3) CompleteMultipartUpload(ctx context.Context, in CompleteMultipartUploadInput) (CompleteMultipartUploadOutput, error) {
	return through(ctx, s.via, "CompleteMultipartUpload", in, s.next.CompleteMultipartUpload)
}

func (s interceptedS3) AbortMultipartUpload(ctx context.Context, in AbortMultipartUploadInput) (AbortMultipartUploadOutput, error) {
	return through(ctx, s.via, "AbortMultipartUpload", in, s.next.AbortMultipartUpload)
}

func (s interceptedS3) ListParts(ctx context.Context, in ListPartsInput) (ListPartsOutput, error) {
	return through(ctx, s.via, "ListParts", in, s.next.ListParts)
}

func (s interceptedS3) ListMultipartUploads(ctx context.Context, in ListMultipartUploadsInput) (ListMultipartUploadsOutput, error) {
	return through(ctx, s.via, "ListMultipartUploads", in, s.next.ListMultipartUploads)
}

func (s interceptedS3) GetBucketNotificationConfiguration(ctx context.Context, in GetBucketNotificationConfigurationInput) (GetBucketNotificationConfigurationOutput, error) {
	return through(ctx, s.via, "GetBucketNotificationConfiguration", in, s.next.GetBucketNotificationConfiguration)
}

func (s interceptedS3) PutBucketNotificationConfiguration(ctx context.Context, in PutBucketNotificationConfigurationInput) (PutBucketNotificationConfigurationOutput, error) {
	return through(ctx, s.via, "PutBucketNotificationConfiguration", in, s.next.PutBucketNotificationConfiguration)
}

func (s interceptedS3) GetBucketPolicy(ctx context.Context, in GetBucketPolicyInput) (GetBucketPolicyOutput, error) {
	return through(ctx, s.via, "GetBucketPolicy", in, s.next.GetBucketPolicy)
}

func (s interceptedS3) PutBucketPolicy(ctx context.Context, in PutBucketPolicyInput) (PutBucketPolicyOutput, error) {
	return through(ctx, s.via, "PutBucketPolicy", in, s.next.PutBucketPolicy)
}

func (s interceptedS3) DeleteBucketPolicy(ctx context.Context, in DeleteBucketPolicyInput) (DeleteBucketPolicyOutput, error) {
	return through(ctx, s.via, "DeleteBucketPolicy", in, s.next.DeleteBucketPolicy)
}

func (s interceptedS3) PutBucketTagging(ctx context.Context, in PutBucketTaggingInput) (PutBucketTaggingOutput, error) {
	return through(ctx, s.via, "PutBucketTagging", in, s.next.PutBucketTagging)
}

func (s interceptedS3) GetBucketTagging(ctx context.Context, in GetBucketTaggingInput) (GetBucketTaggingOutput, error) {
	return through(ctx, s.via, "GetBucketTagging", in, s.next.GetBucketTagging)
}

func (s interceptedS3) DeleteBucketTagging(ctx context.Context, in DeleteBucketTaggingInput) (DeleteBucketTaggingOutput, error) {
	return through(ctx, s.via, "DeleteBucketTagging", in, s.next.DeleteBucketTagging)
}

func (s interceptedS3) PutObjectTagging(ctx context.Context, in PutObjectTaggingInput) (PutObjectTaggingOutput, error) {
	return through(ctx, s.via, "PutObjectTagging", in, s.next.PutObjectTagging)
}

func (s interceptedS3) GetObjectTagging(ctx context.Context, in GetObjectTaggingInput) (GetObjectTaggingOutput, error) {
	return through(ctx, s.via, "GetObjectTagging", in, s.next.GetObjectTagging)
}

func (s interceptedS3) DeleteObjectTagging(ctx context.Context, in DeleteObjectTaggingInput) (DeleteObjectTaggingOutput, error) {
	return through(ctx, s.via, "DeleteObjectTagging", in, s.next.DeleteObjectTagging)
}

func (s interceptedS3) GetBucketVersioning(ctx context.Context, in GetBucketVersioningInput) (GetBucketVersioningOutput, error) {
	return through(ctx, s.via, "GetBucketVersioning", in, s.next.GetBucketVersioning)
}

func (s interceptedS3) ListObjectVersions(ctx context.Context, in ListObjectVersionsInput) (ListObjectVersionsOutput, error) {
	return through(ctx, s.via, "ListObjectVersions", in, s.next.ListObjectVersions)
}

func (s interceptedS3) GetObjectAttributes(ctx context.Context, in GetObjectAttributesInput) (GetObjectAttributesOutput, error) {
	return through(ctx, s.via, "GetObjectAttributes", in, s.next.GetObjectAttributes)
}

func (s interceptedS3) PutBucketVersioning(ctx context.Context, in PutBucketVersioningInput) (PutBucketVersioningOutput, error) {
	return through(ctx, s.via, "PutBucketVersioning", in, s.next.PutBucketVersioning)
}

func (s interceptedS3) GetBucketPolicyStatus(ctx context.Context, in GetBucketPolicyStatusInput) (GetBucketPolicyStatusOutput, error) {
	return through(ctx, s.via, "GetBucketPolicyStatus", in, s.next.GetBucketPolicyStatus)
}

func (s interceptedS3) GetBucketAcl(ctx context.Context, in GetBucketAclInput) (GetBucketAclOutput, error) {
	return through(ctx, s.via, "GetBucketAcl", in, s.next.GetBucketAcl)
}

func (s interceptedS3) GetObjectAcl(ctx context.Context, in GetObjectAclInput) (GetObjectAclOutput, error) {
	return through(ctx, s.via, "GetObjectAcl", in, s.next.GetObjectAcl)
}

func (s interceptedS3) GetBucketEncryption(ctx context.Context, in GetBucketEncryptionInput) (GetBucketEncryptionOutput, error) {
	return through(ctx, s.via, "GetBucketEncryption", in, s.next.GetBucketEncryption)
}

func (s interceptedS3) GetBucketOwnershipControls(ctx context.Context, in GetBucketOwnershipControlsInput) (GetBucketOwnershipControlsOutput, error) {
	return through(ctx, s.via, "GetBucketOwnershipControls", in, s.next.GetBucketOwnershipControls)
}

func (s interceptedS3) GetPublicAccessBlock(ctx context.Context, in GetPublicAccessBlockInput) (GetPublicAccessBlockOutput, error) {
	return through(ctx, s.via, "GetPublicAccessBlock", in, s.next.GetPublicAccessBlock)
}
