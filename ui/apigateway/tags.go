package apigateway

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// newManageTags is the form of an API's tags, or of a stage's that the route's
// detail names.
func newManageTags(env page.Env, route nav.Route) page.Page {
	name, arn := "the API "+route.Name, env.Cloud.Place.RestAPIARN(route.Name)
	if route.Detail != "" {
		name, arn = "the stage "+route.Detail, env.Cloud.Place.StageARN(route.Name, route.Detail)
	}
	return page.NewTagForm(env, page.Tagged{
		Name: name,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) {
			out, err := cloud.APIGateway.GetTags(ctx, aws.GetTagsInput{ResourceArn: arn})
			return out.Tags, err
		},
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			_, err := cloud.APIGateway.TagResource(ctx, aws.APIGatewayTagResourceInput{ResourceArn: arn, Tags: tags})
			return err
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			_, err := cloud.APIGateway.UntagResource(ctx, aws.APIGatewayUntagResourceInput{ResourceArn: arn, TagKeys: tagKeys})
			return err
		},
	})
}
