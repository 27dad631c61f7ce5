package lambda

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// newManageTags is the form of a function's tags.
func newManageTags(env page.Env, route nav.Route) page.Page {
	name := route.Name
	return page.NewTagForm(env, page.Tagged{
		Name: "the function " + name,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) {
			return readTags(ctx, cloud, name)
		},
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			c, err := configurationOf(ctx, cloud, name)
			if err == nil {
				_, err = cloud.Lambda.TagResource(ctx, aws.LambdaTagResourceInput{Resource: c.FunctionArn, Tags: tags})
			}
			return err
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			c, err := configurationOf(ctx, cloud, name)
			if err == nil {
				_, err = cloud.Lambda.UntagResource(ctx, aws.LambdaUntagResourceInput{Resource: c.FunctionArn, TagKeys: tagKeys})
			}
			return err
		},
	})
}

// readTags reads a function's tags.
func readTags(ctx context.Context, cloud aws.Cloud, function string) (map[string]string, error) {
	c, err := configurationOf(ctx, cloud, function)
	if err != nil {
		return nil, err
	}
	out, err := cloud.Lambda.ListTags(ctx, aws.ListTagsInput{Resource: c.FunctionArn})
	return out.Tags, err
}
