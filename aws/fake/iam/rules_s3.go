package iam

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"awslab/aws"
)

func s3Rules() map[string]rule {
	rules := map[string]rule{
		"s3:ListBuckets": everything("s3:ListAllMyBuckets"),
		"s3:ListObjectsV2": many(func(_ *Service, _ aws.Place, in aws.ListObjectsV2Input) []need {
			return lists("s3:ListBucket", in.Bucket, in.Prefix, in.Delimiter, in.MaxKeys)
		}),
		"s3:ListObjectVersions": many(func(_ *Service, _ aws.Place, in aws.ListObjectVersionsInput) []need {
			return lists("s3:ListBucketVersions", in.Bucket, in.Prefix, in.Delimiter, in.MaxKeys)
		}),
		// Each key is decided on by itself: see deleteObjects.
		"s3:DeleteObjects": func(*Service, aws.Place, any) []need { return nil },
	}
	rules["s3:CopyObject"] = many(func(_ *Service, _ aws.Place, in aws.CopyObjectInput) []need {
		return append([]need{copies(in.CopySource)}, creates("s3:PutObject", "s3:PutObjectTagging", objectARN(in.Bucket, in.Key), len(in.Tagging))...)
	})
	rules["s3:UploadPartCopy"] = many(func(_ *Service, _ aws.Place, in aws.UploadPartCopyInput) []need {
		return []need{copies(in.CopySource), {action: "s3:PutObject", resource: objectARN(in.Bucket, in.Key)}}
	})
	rules["s3:CreateBucket"] = many(func(_ *Service, _ aws.Place, in aws.CreateBucketInput) []need {
		tags := 0
		if where := in.CreateBucketConfiguration; where != nil {
			tags = len(where.Tags)
		}
		return creates("s3:CreateBucket", "s3:TagResource", bucketARN(in.Bucket), tags)
	})
	onBucket(rules, "s3:DeleteBucket", "s3:DeleteBucket", func(in aws.DeleteBucketInput) string { return in.Bucket })
	onBucket(rules, "s3:HeadBucket", "s3:ListBucket", func(in aws.HeadBucketInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketLocation", "s3:GetBucketLocation", func(in aws.GetBucketLocationInput) string { return in.Bucket })
	onBucket(rules, "s3:ListMultipartUploads", "s3:ListBucketMultipartUploads", func(in aws.ListMultipartUploadsInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketNotificationConfiguration", "s3:GetBucketNotification", func(in aws.GetBucketNotificationConfigurationInput) string { return in.Bucket })
	onBucket(rules, "s3:PutBucketNotificationConfiguration", "s3:PutBucketNotification", func(in aws.PutBucketNotificationConfigurationInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketPolicy", "s3:GetBucketPolicy", func(in aws.GetBucketPolicyInput) string { return in.Bucket })
	onBucket(rules, "s3:PutBucketPolicy", "s3:PutBucketPolicy", func(in aws.PutBucketPolicyInput) string { return in.Bucket })
	onBucket(rules, "s3:DeleteBucketPolicy", "s3:DeleteBucketPolicy", func(in aws.DeleteBucketPolicyInput) string { return in.Bucket })
	onBucket(rules, "s3:PutBucketTagging", "s3:PutBucketTagging", func(in aws.PutBucketTaggingInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketTagging", "s3:GetBucketTagging", func(in aws.GetBucketTaggingInput) string { return in.Bucket })
	onBucket(rules, "s3:DeleteBucketTagging", "s3:PutBucketTagging", func(in aws.DeleteBucketTaggingInput) string { return in.Bucket })
	onBucket(rules, "s3:PutBucketVersioning", "s3:PutBucketVersioning", func(in aws.PutBucketVersioningInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketVersioning", "s3:GetBucketVersioning", func(in aws.GetBucketVersioningInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", func(in aws.GetBucketPolicyStatusInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketAcl", "s3:GetBucketAcl", func(in aws.GetBucketAclInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketEncryption", "s3:GetEncryptionConfiguration", func(in aws.GetBucketEncryptionInput) string { return in.Bucket })
	onBucket(rules, "s3:GetBucketOwnershipControls", "s3:GetBucketOwnershipControls", func(in aws.GetBucketOwnershipControlsInput) string { return in.Bucket })
	onBucket(rules, "s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", func(in aws.GetPublicAccessBlockInput) string { return in.Bucket })
	onVersion(rules, "s3:GetObjectAcl", "s3:GetObject%sAcl", func(in aws.GetObjectAclInput) (string, string, string) { return in.Bucket, in.Key, in.VersionID })
	onTagged(rules, "s3:PutObject", func(in aws.PutObjectInput) (string, string, string) { return in.Bucket, in.Key, in.Tagging })
	onTagged(rules, "s3:CreateMultipartUpload", func(in aws.CreateMultipartUploadInput) (string, string, string) { return in.Bucket, in.Key, in.Tagging })
	onVersion(rules, "s3:GetObject", "s3:GetObject%s", func(in aws.GetObjectInput) (string, string, string) { return in.Bucket, in.Key, in.VersionID })
	rules["s3:GetObjectAttributes"] = many(func(_ *Service, _ aws.Place, in aws.GetObjectAttributesInput) []need {
		object := objectARN(in.Bucket, in.Key)
		return []need{{action: versioned("s3:GetObject%s", in.VersionID), resource: object}, {action: versioned("s3:GetObject%sAttributes", in.VersionID), resource: object}}
	})
	onVersion(rules, "s3:HeadObject", "s3:GetObject%s", func(in aws.HeadObjectInput) (string, string, string) { return in.Bucket, in.Key, in.VersionID })
	rules["s3:DeleteObject"] = many(func(_ *Service, _ aws.Place, in aws.DeleteObjectInput) []need {
		return deletes(in.Bucket, in.Key, in.VersionID, in.IfMatch)
	})
	onVersion(rules, "s3:PutObjectTagging", "s3:PutObject%sTagging", func(in aws.PutObjectTaggingInput) (string, string, string) { return in.Bucket, in.Key, in.VersionID })
	onVersion(rules, "s3:GetObjectTagging", "s3:GetObject%sTagging", func(in aws.GetObjectTaggingInput) (string, string, string) { return in.Bucket, in.Key, in.VersionID })
	onVersion(rules, "s3:DeleteObjectTagging", "s3:DeleteObject%sTagging", func(in aws.DeleteObjectTaggingInput) (string, string, string) {
		return in.Bucket, in.Key, in.VersionID
	})
	onObject(rules, "s3:UploadPart", "s3:PutObject", func(in aws.UploadPartInput) (string, string) { return in.Bucket, in.Key })
	onObject(rules, "s3:CompleteMultipartUpload", "s3:PutObject", func(in aws.CompleteMultipartUploadInput) (string, string) { return in.Bucket, in.Key })
	onObject(rules, "s3:AbortMultipartUpload", "s3:AbortMultipartUpload", func(in aws.AbortMultipartUploadInput) (string, string) { return in.Bucket, in.Key })
	onObject(rules, "s3:ListParts", "s3:ListMultipartUploadParts", func(in aws.ListPartsInput) (string, string) { return in.Bucket, in.Key })
	return rules
}

// lists is the right to list what is in a bucket, which may depend on what of it.
func lists(action, bucket, prefix, delimiter string, most aws.Option[int]) []need {
	return []need{{action: action, resource: bucketARN(bucket), conditions: map[string]string{
		"s3:prefix": prefix, "s3:delimiter": delimiter, "s3:max-keys": strconv.Itoa(most.Or(1000)),
	}}}
}

// onBucket adds the rule of an operation on a bucket; S3 names actions its own way.
func onBucket[In any](rules map[string]rule, operation, action string, bucket func(In) string) {
	rules[operation] = one(action, func(_ aws.Place, in In) string { return bucketARN(bucket(in)) })
}

// onObject adds the rule of an operation on an object.
func onObject[In any](rules map[string]rule, operation, action string, object func(In) (bucket, key string)) {
	rules[operation] = one(action, func(_ aws.Place, in In) string { return objectARN(object(in)) })
}

// onVersion adds the rule of an operation on an object or a version of it, for which
// the action has a name of its own: %s becomes Version.
func onVersion[In any](rules map[string]rule, operation, action string, object func(In) (bucket, key, version string)) {
	rules[operation] = many(func(_ *Service, _ aws.Place, in In) []need {
		bucket, key, version := object(in)
		return []need{{action: versioned(action, version), resource: objectARN(bucket, key)}}
	})
}

// versioned is the action on an object, or on a version of it.
func versioned(action, version string) string {
	if version != "" {
		version = "Version"
	}
	return fmt.Sprintf(action, version)
}

// deletes is the right to delete an object or a version of it, and to read it if that
// depends on what is in it, which the answer tells.
func deletes(bucket, key, version, match string) []need {
	object := objectARN(bucket, key)
	needs := []need{{action: versioned("s3:DeleteObject%s", version), resource: object}}
	if match != "" && match != "*" {
		needs = append(needs, need{action: "s3:GetObject", resource: object})
	}
	return needs
}

// onTagged adds the rule of an operation that writes an object, perhaps with tags.
func onTagged[In any](rules map[string]rule, operation string, object func(In) (bucket, key, tagging string)) {
	rules[operation] = many(func(_ *Service, _ aws.Place, in In) []need {
		bucket, key, tagging := object(in)
		return creates("s3:PutObject", "s3:PutObjectTagging", objectARN(bucket, key), len(tagging))
	})
}

// copies is the right to read what is copied.
func copies(source string) need {
	object, version := copied(source)
	return need{action: versioned("s3:GetObject%s", version), resource: bucketARN(object)}
}

// copied is what a copy's source names, which is URL-encoded: an object, with its
// bucket, and its version.
func copied(source string) (object, version string) {
	source, version, _ = strings.Cut(source, "?versionId=")
	if decoded, err := url.PathUnescape(source); err == nil {
		source = decoded
	}
	return strings.TrimPrefix(source, "/"), version
}
