package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// maxTags is how many tags a table has at most.
const maxTags = 50

// tableTags are a table's tags, as they were read.
type tableTags struct {
	all   map[string]string
	fault error
}

// loadTags reads the tags of a table that is there.
func (p *tablePage) loadTags() tea.Cmd {
	if !p.loaded {
		return nil
	}
	arn := p.table.TableArn
	return page.Latest(p.Env.Calls, "tags",
		func(ctx context.Context) (map[string]string, error) { return readTags(ctx, p.Env.Cloud, arn) },
		func(tags map[string]string, err error) tea.Cmd {
			p.tags = tableTags{tags, err}
			return nil
		})
}

// readTags reads all pages of a table's tags.
func readTags(ctx context.Context, cloud aws.Cloud, arn string) (map[string]string, error) {
	all, in := make(map[string]string), aws.ListTagsOfResourceInput{ResourceArn: arn}
	for {
		out, err := cloud.DynamoDB.ListTagsOfResource(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, t := range out.Tags {
			all[t.Key] = t.Value
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			return all, nil
		}
	}
}

// newManageTags is the form of a table's tags.
func newManageTags(env page.Env, route nav.Route) page.Page {
	arn := func(ctx context.Context, cloud aws.Cloud) (string, error) {
		out, err := cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: route.Name})
		return out.Table.TableArn, err
	}
	return page.NewTagForm(env, page.Tagged{
		Name: "the table " + route.Name, Most: maxTags,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) {
			of, err := arn(ctx, cloud)
			if err != nil {
				return nil, err
			}
			return readTags(ctx, cloud, of)
		},
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			of, err := arn(ctx, cloud)
			if err == nil {
				_, err = cloud.DynamoDB.TagResource(ctx, aws.TagResourceInput{ResourceArn: of, Tags: page.ListOfTags(tags)})
			}
			return err
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			of, err := arn(ctx, cloud)
			if err == nil {
				_, err = cloud.DynamoDB.UntagResource(ctx, aws.UntagResourceInput{ResourceArn: of, TagKeys: tagKeys})
			}
			return err
		},
	})
}
