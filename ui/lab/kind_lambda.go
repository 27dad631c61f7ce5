package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"awslab/aws"
)

func functionKind() kind {
	return kind{
		id: "lambda:function", title: "Lambda function", with: "with its triggers", cost: "each run", creates: []string{"lambda:CreateFunction"},
		name: func(in any) string {
			create, _ := in.(aws.CreateFunctionInput)
			return create.FunctionName
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreateFunctionInput)
			create.Tags = inMap(create.Tags, tag)
			return create
		},
		find: findFunction, delete: deleteFunction, list: listFunctions,
	}
}

// findFunction describes a function. When it was created is not to be known, but
// it was before it was last changed.
func findFunction(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	if cloud.Lambda == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.Lambda.GetFunctionConfiguration(ctx, aws.GetFunctionConfigurationInput{FunctionName: name})
	if err != nil {
		return found{}, err
	}
	changed, err := time.Parse("2006-01-02T15:04:05.000-0700", out.LastModified)
	if err != nil {
		return found{}, fmt.Errorf("the time of the function %s cannot be read: %w", name, err)
	}
	return found{created: changed, creating: out.State == aws.FunctionPending}, nil
}

func listFunctions(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	if cloud.Lambda == nil {
		return nil, errAbsentService
	}
	return pages(func(token string) ([]string, string, error) {
		out, err := cloud.Lambda.ListFunctions(ctx, aws.ListFunctionsInput{Marker: token})
		names := make([]string, len(out.Functions))
		for i, f := range out.Functions {
			names[i] = f.FunctionName
		}
		return names, out.NextMarker, err
	})
}

// deleteFunction deletes a function, after the buckets that it has a trigger of
// were told to leave it alone: their events would have nowhere to go.
func deleteFunction(ctx context.Context, cloud aws.Cloud, name string) error {
	buckets, err := triggersOf(ctx, cloud, name)
	if err != nil {
		return fmt.Errorf("its triggers: %w", err)
	}
	for _, bucket := range buckets {
		if err := untrigger(ctx, cloud, bucket, name); err != nil && !errors.Is(err, aws.ErrNotFound) {
			return fmt.Errorf("its trigger of the bucket %s: %w", bucket, err)
		}
	}
	_, err = cloud.Lambda.DeleteFunction(ctx, aws.DeleteFunctionInput{FunctionName: name})
	return err
}

// triggersOf lists the buckets that a function's resource-based policy names.
func triggersOf(ctx context.Context, cloud aws.Cloud, name string) ([]string, error) {
	out, err := cloud.Lambda.GetPolicy(ctx, aws.LambdaGetPolicyInput{FunctionName: name})
	switch {
	case errors.Is(err, aws.ErrNotFound) || cloud.S3 == nil:
		return nil, nil
	case err != nil:
		return nil, err
	}
	var policy struct {
		Statement []struct{ Condition map[string]map[string]any }
	}
	if err := json.Unmarshal([]byte(out.Policy), &policy); err != nil {
		return nil, err
	}
	var buckets []string
	for _, s := range policy.Statement {
		for _, conditions := range s.Condition {
			for _, value := range conditions {
				arn, _ := value.(string)
				if bucket, ok := strings.CutPrefix(arn, "arn:aws:s3:::"); ok && !slices.Contains(buckets, bucket) {
					buckets = append(buckets, bucket)
				}
			}
		}
	}
	return buckets, nil
}

// untrigger takes a function out of a bucket's notifications.
func untrigger(ctx context.Context, cloud aws.Cloud, bucket, name string) error {
	out, err := cloud.S3.GetBucketNotificationConfiguration(ctx, aws.GetBucketNotificationConfigurationInput{Bucket: bucket})
	if err != nil {
		return err
	}
	now := out.NotificationConfiguration
	before := len(now.LambdaFunctionConfigurations)
	now.LambdaFunctionConfigurations = slices.DeleteFunc(now.LambdaFunctionConfigurations, func(n aws.LambdaFunctionConfiguration) bool {
		return strings.HasSuffix(n.LambdaFunctionArn, ":function:"+name)
	})
	if len(now.LambdaFunctionConfigurations) == before {
		return nil
	}
	_, err = cloud.S3.PutBucketNotificationConfiguration(ctx, aws.PutBucketNotificationConfigurationInput{
		Bucket: bucket, NotificationConfiguration: now,
	})
	return err
}

// logGroupKind is the log groups that functions make when they first write, and
// that stay when the function goes.
func logGroupKind() kind {
	return kind{
		id: "logs:group", title: "Log group", cost: "the storage of its events", creates: []string{"lambda:CreateFunction", "logs:CreateLogGroup"},
		name: func(in any) string {
			if create, ok := in.(aws.CreateFunctionInput); ok {
				return "/aws/lambda/" + create.FunctionName
			}
			create, _ := in.(aws.CreateLogGroupInput)
			return create.LogGroupName
		},
		tagged: func(in any, tag aws.Tag) any {
			if create, ok := in.(aws.CreateLogGroupInput); ok {
				create.Tags = inMap(create.Tags, tag)
				return create
			}
			return in
		},
		find: findLogGroup,
		delete: func(ctx context.Context, cloud aws.Cloud, name string) error {
			_, err := cloud.Logs.DeleteLogGroup(ctx, aws.DeleteLogGroupInput{LogGroupName: name})
			return err
		},
	}
}

func findLogGroup(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	if cloud.Logs == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.Logs.DescribeLogGroups(ctx, aws.DescribeLogGroupsInput{LogGroupNamePrefix: name})
	if err != nil {
		return found{}, err
	}
	for _, g := range out.LogGroups { // by name: the one of the very name is first
		if g.LogGroupName == name {
			return found{created: time.UnixMilli(g.CreationTime)}, nil
		}
	}
	return found{}, aws.ErrNotFound
}
