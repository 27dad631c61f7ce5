package s3

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// longestPolicy is the limit of a bucket policy, in bytes.
const longestPolicy = 20 << 10

// GetBucketPolicy reads a bucket's policy.
func (s *Service) GetBucketPolicy(ctx context.Context, in aws.GetBucketPolicyInput) (aws.GetBucketPolicyOutput, error) {
	return answer(ctx, s, "GetBucketPolicy", func() (out aws.GetBucketPolicyOutput, err error) {
		b, err := s.governed(in.Bucket)
		if err == nil {
			out.Policy = b.Policy
		}
		return out, err
	})
}

// governed reads a bucket that must have a policy.
func (s *Service) governed(name string) (*bucket, error) {
	b, err := s.look(name)
	if err == nil && b.Policy == "" {
		err = noSuchBucketPolicy.about("BucketName", name)
	}
	return b, err
}

// PutBucketPolicy sets a bucket's policy. Public access is blocked, as it is for
// new buckets on AWS: a policy that lets everybody in is refused.
func (s *Service) PutBucketPolicy(ctx context.Context, in aws.PutBucketPolicyInput) (out aws.PutBucketPolicyOutput, err error) {
	return answer(ctx, s, "PutBucketPolicy", func() (aws.PutBucketPolicyOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(_ *store.Writer, b *bucket) error {
			if err := s.checkPolicy(in.Bucket, in.Policy); err != nil {
				return err
			}
			b.Policy = in.Policy
			return nil
		})
	})
}

// DeleteBucketPolicy removes a bucket's policy; having none is no error.
func (s *Service) DeleteBucketPolicy(ctx context.Context, in aws.DeleteBucketPolicyInput) (out aws.DeleteBucketPolicyOutput, err error) {
	return answer(ctx, s, "DeleteBucketPolicy", func() (aws.DeleteBucketPolicyOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(_ *store.Writer, b *bucket) error {
			b.Policy = ""
			return nil
		})
	})
}

// changeBucket changes what is stored of a bucket.
func (s *Service) changeBucket(ctx context.Context, name string, do func(*store.Writer, *bucket) error) error {
	return s.change(ctx, func(c *change) error {
		b, err := s.bucket(&c.w.Reader, name)
		if err == nil {
			err = do(c.w, b)
		}
		if err != nil {
			return err
		}
		return b.save(c.w)
	})
}

func malformedPolicy(message string) error {
	return &aws.Error{Code: "MalformedPolicy", Message: message}
}

func (s *Service) checkPolicy(bucket, text string) error {
	switch {
	case len(text) > longestPolicy:
		return &aws.Error{Code: "PolicyTooLarge", Message: "Normalized policy document exceeds the maximum allowed size of 20480 bytes."}
	case !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)):
		return malformedPolicy("Policies must be valid JSON and the first byte must be '{'")
	}
	document, err := policy.Parse(text)
	if err == nil {
		err = document.Attached()
	}
	var fault *policy.Fault
	if errors.As(err, &fault) {
		return &aws.Error{Code: "MalformedPolicy", Message: wordingOf(fault.Text), Cause: err}
	}
	if err != nil {
		return err
	}
	arn := bucketARN(bucket)
	for _, resource := range document.Resources() {
		if resource != arn && !strings.HasPrefix(resource, arn+"/") && !strings.HasPrefix(resource, arn+"*") {
			return malformedPolicy("Policy has invalid resource")
		}
	}
	if everybody(document) {
		return &aws.Error{Code: accessDenied.code, Message: "User: " + s.config.User.ARN +
			` is not authorized to perform: s3:PutBucketPolicy on resource: "` + arn +
			`" because public policies are blocked by the BlockPublicPolicy block public access setting.`}
	}
	return nil
}

// wordingOf is how S3 words a fault that IAM words otherwise.
func wordingOf(text string) string {
	switch {
	case text == policy.NoActions:
		return "Missing required field Action"
	case text == policy.NoResources:
		return "Missing required field Resource"
	case strings.HasPrefix(text, policy.InvalidPrincipal):
		return "Invalid principal in policy"
	}
	return text
}

// publicActions are those that decide whether a policy is public.
var publicActions = []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucket"}

// everybody reports whether a policy lets everybody do something.
func everybody(document policy.Document) bool {
	for _, resource := range document.Resources() {
		for _, action := range publicActions {
			if document.Decide(policy.Request{Action: action, Resource: resource}) == policy.Allow {
				return true
			}
		}
	}
	return false
}

// Known is nil when there is a bucket of the name, and otherwise why not.
func (s *Service) Known(name string) error {
	_, err := answer(context.Background(), s, "", func() (*bucket, error) { return s.look(name) })
	return err
}

// Anonymous reports whether the bucket's policy lets everybody do an action
// ("s3:GetObject") on the bucket, or on one of its keys if key is not "".
func (s *Service) Anonymous(name, action, key string) bool {
	allowed := false
	err := s.store.View(func(r *store.Reader) error {
		raw := r.Get(bucketsBucket, []byte(name))
		if raw == nil {
			return nil
		}
		b, err := decodeBucket(name, raw)
		if err == nil {
			allowed = b.public(action, key)
		}
		return err
	})
	return err == nil && allowed
}

// public reports whether the bucket's policy lets everybody do an action.
func (b *bucket) public(action, key string) bool {
	if b.Policy == "" {
		return false
	}
	document, err := policy.Parse(b.Policy)
	if err != nil {
		return false
	}
	resource := bucketARN(b.name)
	if key != "" {
		resource += "/" + key
	}
	return document.Decide(policy.Request{Action: action, Resource: resource}) == policy.Allow
}
