package lab

import (
	"context"
	"maps"
	"slices"

	"awslab/aws"
)

// TagKey is the key of the tag that everything bears which a lab makes in an
// account; its value is the lab's ID. A log group that Lambda makes by itself bears
// none.
const TagKey = "awslab:lab"

// Tagging is a Cloud whose calls that create something in an account give it the tag
// of the lab that is active; a sandbox is left as it is. active gives the lab's ID,
// "" for none.
func Tagging(cloud aws.Cloud, active func() string) aws.Cloud {
	if cloud.Place.Kind != aws.Account {
		return cloud
	}
	return aws.Intercept(cloud, func(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		if !op.Changes(in) {
			return next(ctx)
		}
		lab := active()
		if lab == "" {
			return next(ctx)
		}
		for _, k := range kinds() {
			if k.tagged != nil && slices.Contains(k.creates, op.String()) {
				return op.Call(ctx, cloud, k.tagged(in, aws.Tag{Key: TagKey, Value: lab}))
			}
		}
		return next(ctx)
	})
}

// inList is a list of tags with another one.
func inList(tags []aws.Tag, tag aws.Tag) []aws.Tag {
	tags = slices.DeleteFunc(slices.Clone(tags), func(t aws.Tag) bool { return t.Key == tag.Key })
	return append(tags, tag)
}

// inMap is a map of tags with another one.
func inMap(tags map[string]string, tag aws.Tag) map[string]string {
	out := map[string]string{tag.Key: tag.Value}
	maps.Copy(out, tags)
	out[tag.Key] = tag.Value
	return out
}
