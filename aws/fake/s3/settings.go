package s3

import (
	"cmp"
	"context"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// setting runs an operation that tells something of a bucket.
func setting[Out any](ctx context.Context, s *Service, operation, name string, of func(*bucket) Out) (Out, error) {
	return answer(ctx, s, operation, func() (out Out, err error) {
		b, err := s.look(name)
		if err == nil {
			out = of(b)
		}
		return out, err
	})
}

// acl is the one access control list that there is: all is the account's.
func (s *Service) acl() (aws.Owner, []aws.Grant) {
	owner := s.owner()
	return owner, []aws.Grant{{Grantee: aws.Grantee{Type: "CanonicalUser", ID: owner.ID}, Permission: "FULL_CONTROL"}}
}

// GetBucketAcl tells whose a bucket is.
func (s *Service) GetBucketAcl(ctx context.Context, in aws.GetBucketAclInput) (aws.GetBucketAclOutput, error) {
	return setting(ctx, s, "GetBucketAcl", in.Bucket, func(*bucket) (out aws.GetBucketAclOutput) {
		out.Owner, out.Grants = s.acl()
		return out
	})
}

// GetObjectAcl tells whose an object is.
func (s *Service) GetObjectAcl(ctx context.Context, in aws.GetObjectAclInput) (aws.GetObjectAclOutput, error) {
	return answer(ctx, s, "GetObjectAcl", func() (out aws.GetObjectAclOutput, err error) {
		err = s.store.View(func(r *store.Reader) error {
			_, _, err := s.stored(r, identity{in.Bucket, in.Key, in.VersionID})
			return err
		})
		if err == nil {
			out.Owner, out.Grants = s.acl()
		}
		return out, err
	})
}

// GetBucketEncryption tells how a bucket's objects are encrypted: as those of all new
// buckets are. A key of the writer's own is refused.
func (s *Service) GetBucketEncryption(ctx context.Context, in aws.GetBucketEncryptionInput) (aws.GetBucketEncryptionOutput, error) {
	return setting(ctx, s, "GetBucketEncryption", in.Bucket, func(*bucket) (out aws.GetBucketEncryptionOutput) {
		out.ServerSideEncryptionConfiguration.Rules = []aws.ServerSideEncryptionRule{{
			ApplyServerSideEncryptionByDefault: aws.ServerSideEncryptionByDefault{SSEAlgorithm: encryption},
			BlockedEncryptionTypes:             &aws.BlockedEncryptionTypes{EncryptionType: []string{"SSE-C"}},
		}}
		return out
	})
}

// GetBucketOwnershipControls tells whose a bucket's objects are.
func (s *Service) GetBucketOwnershipControls(ctx context.Context, in aws.GetBucketOwnershipControlsInput) (aws.GetBucketOwnershipControlsOutput, error) {
	return setting(ctx, s, "GetBucketOwnershipControls", in.Bucket, func(b *bucket) (out aws.GetBucketOwnershipControlsOutput) {
		out.OwnershipControls.Rules = []aws.OwnershipControlsRule{{ObjectOwnership: cmp.Or(b.Ownership, aws.BucketOwnerEnforced)}}
		return out
	})
}

// GetPublicAccessBlock tells how a bucket is kept from the public. No policy can be set
// that lets everybody in; one that a bucket came with is heeded.
func (s *Service) GetPublicAccessBlock(ctx context.Context, in aws.GetPublicAccessBlockInput) (aws.GetPublicAccessBlockOutput, error) {
	return setting(ctx, s, "GetPublicAccessBlock", in.Bucket, func(b *bucket) (out aws.GetPublicAccessBlockOutput) {
		out.PublicAccessBlockConfiguration = aws.PublicAccessBlockConfiguration{
			BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: !b.open(),
		}
		return out
	})
}

// GetBucketPolicyStatus tells whether a bucket's policy lets everybody in.
func (s *Service) GetBucketPolicyStatus(ctx context.Context, in aws.GetBucketPolicyStatusInput) (aws.GetBucketPolicyStatusOutput, error) {
	return answer(ctx, s, "GetBucketPolicyStatus", func() (out aws.GetBucketPolicyStatusOutput, err error) {
		b, err := s.governed(in.Bucket)
		if err == nil {
			out.PolicyStatus.IsPublic = b.open()
		}
		return out, err
	})
}

// open reports whether the bucket has a policy that lets everybody in.
func (b *bucket) open() bool {
	if b.Policy == "" {
		return false
	}
	document, err := policy.Parse(b.Policy)
	return err == nil && everybody(document)
}
