package awstest

import (
	"context"
	"errors"
	"slices"

	"awslab/aws"
)

// site is where things are deleted.
type site struct {
	cloud aws.Cloud
	wait  func(context.Context) error // lets some time pass
}

// undeleted is something that could not be deleted, and why.
type undeleted struct {
	thing
	err error
}

// delete deletes things, those that use others first, and tells each that is gone.
func (s site) delete(ctx context.Context, things []thing, gone func(thing) error) (left []undeleted) {
	for _, k := range kinds() {
		for _, u := range things {
			if u.kind != k {
				continue
			}
			err := k.remove(ctx, s, u.name)
			if err == nil {
				err = gone(u)
			}
			if err != nil {
				left = append(left, undeleted{u, err})
			}
		}
	}
	return left
}

// again makes a call until it succeeds, or what it is about is not there; while AWS
// is busy with that, or has too many requests, it waits.
func again[In, Out any](ctx context.Context, s site, call func(context.Context, In) (Out, error), in In) (out Out, err error) {
	for range patience {
		out, err = call(ctx, in)
		if errors.Is(err, aws.ErrNotFound) {
			return out, nil
		}
		if err == nil || !throttled(err) && !errors.Is(err, aws.ErrInUse) {
			return out, err
		}
		if waited := s.wait(ctx); waited != nil {
			return out, waited
		}
	}
	return out, err
}

func removeAPIs(ctx context.Context, s site, name string) error {
	g := s.cloud.APIGateway
	in := aws.GetRestApisInput{Limit: aws.Some(500)}
	for {
		out, err := again(ctx, s, g.GetRestApis, in)
		if err != nil {
			return err
		}
		for _, api := range out.Items {
			if api.Name != name {
				continue
			}
			// AWS deletes one in half a minute.
			if _, err := again(ctx, s, g.DeleteRestApi, aws.DeleteRestApiInput{RestAPIID: api.ID}); err != nil {
				return err
			}
		}
		if in.Position = out.Position; in.Position == "" {
			return nil
		}
	}
}

func removeFunction(ctx context.Context, s site, name string) error {
	_, err := again(ctx, s, s.cloud.Lambda.DeleteFunction, aws.DeleteFunctionInput{FunctionName: name})
	return err
}

func removeGroup(ctx context.Context, s site, name string) error {
	_, err := again(ctx, s, s.cloud.Logs.DeleteLogGroup, aws.DeleteLogGroupInput{LogGroupName: name})
	return err
}

func removeTable(ctx context.Context, s site, name string) error {
	db := s.cloud.DynamoDB
	for range patience {
		out, err := db.DescribeTable(ctx, aws.DescribeTableInput{TableName: name})
		switch {
		case errors.Is(err, aws.ErrNotFound):
			return nil
		case err != nil && !throttled(err):
			return err
		case err != nil || out.Table.TableStatus != aws.StatusActive:
		case out.Table.DeletionProtectionEnabled:
			if _, err := again(ctx, s, db.UpdateTable, aws.UpdateTableInput{TableName: name, DeletionProtectionEnabled: aws.Some(false)}); err != nil {
				return err
			}
		default:
			if _, err := again(ctx, s, db.DeleteTable, aws.DeleteTableInput{TableName: name}); err != nil {
				return err
			}
		}
		if err := s.wait(ctx); err != nil {
			return err
		}
	}
	return errors.New("it does not go away")
}

func removeBucket(ctx context.Context, s site, name string) error {
	err := emptyBucket(ctx, s, name)
	if err == nil {
		_, err = again(ctx, s, s.cloud.S3.DeleteBucket, aws.DeleteBucketInput{Bucket: name})
	}
	return err
}

// emptyBucket deletes the objects of a bucket in all versions, and ends its uploads.
func emptyBucket(ctx context.Context, s site, name string) error {
	s3 := s.cloud.S3
	for range patience {
		versions, err := again(ctx, s, s3.ListObjectVersions, aws.ListObjectVersionsInput{Bucket: name})
		if err != nil {
			return err
		}
		uploads, err := again(ctx, s, s3.ListMultipartUploads, aws.ListMultipartUploadsInput{Bucket: name})
		if err != nil || len(versions.Versions)+len(versions.DeleteMarkers)+len(uploads.Uploads) == 0 {
			return err
		}
		// One by one, as not every key can be in XML.
		remove := func(key, version string) {
			_, failed := again(ctx, s, s3.DeleteObject, aws.DeleteObjectInput{Bucket: name, Key: key, VersionID: version})
			err = errors.Join(err, failed)
		}
		for _, v := range versions.Versions {
			remove(v.Key, v.VersionID)
		}
		for _, m := range versions.DeleteMarkers {
			remove(m.Key, m.VersionID)
		}
		for _, u := range uploads.Uploads {
			_, failed := again(ctx, s, s3.AbortMultipartUpload, aws.AbortMultipartUploadInput{Bucket: name, Key: u.Key, UploadID: u.UploadID})
			err = errors.Join(err, failed)
		}
		if err != nil {
			return err
		}
	}
	return errors.New("it does not become empty")
}

func removeRole(ctx context.Context, s site, name string) error {
	iam := s.cloud.IAM
	attached, err := again(ctx, s, iam.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: name, MaxItems: aws.Some(1000)})
	if err != nil {
		return err
	}
	for _, p := range attached.AttachedPolicies {
		if _, err := again(ctx, s, iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: name, PolicyArn: p.PolicyArn}); err != nil {
			return err
		}
	}
	inline, err := again(ctx, s, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: name, MaxItems: aws.Some(1000)})
	if err != nil {
		return err
	}
	for _, p := range inline.PolicyNames {
		if _, err := again(ctx, s, iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: name, PolicyName: p}); err != nil {
			return err
		}
	}
	_, err = again(ctx, s, iam.DeleteRole, aws.DeleteRoleInput{RoleName: name})
	return err
}

// removePolicy finds the policy by its name, since its path is part of its ARN.
func removePolicy(ctx context.Context, s site, name string) error {
	iam := s.cloud.IAM
	in := aws.ListPoliciesInput{Scope: aws.PolicyScopeLocal, MaxItems: aws.Some(1000)}
	for {
		out, err := again(ctx, s, iam.ListPolicies, in)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(out.Policies, func(p aws.Policy) bool { return p.PolicyName == name }); i >= 0 {
			_, err := again(ctx, s, iam.DeletePolicy, aws.DeletePolicyInput{PolicyArn: out.Policies[i].Arn})
			return err
		}
		if in.Marker = out.Marker; !out.IsTruncated {
			return nil
		}
	}
}
