package iam

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// newManageTags is the form of a role's tags.
func newManageTags(env page.Env, route nav.Route) page.Page {
	name := route.Name
	return page.NewTagForm(env, page.Tagged{
		Name: "the role " + name,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) {
			out, err := cloud.IAM.GetRole(ctx, aws.GetRoleInput{RoleName: name})
			return page.MapOfTags(out.Role.Tags), err
		},
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			_, err := cloud.IAM.TagRole(ctx, aws.TagRoleInput{RoleName: name, Tags: page.ListOfTags(tags)})
			return err
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			_, err := cloud.IAM.UntagRole(ctx, aws.UntagRoleInput{RoleName: name, TagKeys: tagKeys})
			return err
		},
	})
}
