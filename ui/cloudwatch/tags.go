package cloudwatch

import (
	"context"
	"strings"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// newManageTags is the form of a log group's tags.
func newManageTags(env page.Env, route nav.Route) page.Page {
	name := route.Name
	return page.NewTagForm(env, page.Tagged{
		Name: "the log group " + name,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) {
			arn, err := groupARN(ctx, cloud.Logs, name)
			if err != nil {
				return nil, err
			}
			out, err := cloud.Logs.ListTagsForResource(ctx, aws.ListTagsForResourceInput{ResourceArn: arn})
			return out.Tags, err
		},
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			arn, err := groupARN(ctx, cloud.Logs, name)
			if err == nil {
				_, err = cloud.Logs.TagResource(ctx, aws.LogsTagResourceInput{ResourceArn: arn, Tags: tags})
			}
			return err
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			arn, err := groupARN(ctx, cloud.Logs, name)
			if err == nil {
				_, err = cloud.Logs.UntagResource(ctx, aws.LogsUntagResourceInput{ResourceArn: arn, TagKeys: tagKeys})
			}
			return err
		},
	})
}

// groupARN is the ARN by which a group's tags are found: without the ":*" that
// stands for its streams.
func groupARN(ctx context.Context, logs aws.Logs, name string) (string, error) {
	d, err := describeGroup(ctx, logs, name)
	if err == nil && !d.found {
		err = &aws.Error{Service: aws.ServiceLogs, Operation: "DescribeLogGroups", Code: "ResourceNotFoundException", Message: "The specified log group does not exist."}
	}
	return strings.TrimSuffix(d.group.Arn, ":*"), err
}
