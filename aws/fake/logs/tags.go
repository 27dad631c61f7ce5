package logs

import (
	"context"
	"fmt"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// ListTagsForResource lists a group's tags.
func (s *Service) ListTagsForResource(ctx context.Context, in aws.ListTagsForResourceInput) (aws.ListTagsForResourceOutput, error) {
	return answer(ctx, s, "ListTagsForResource", func() (out aws.ListTagsForResourceOutput, err error) {
		name, err := s.groupOfARN(in.ResourceArn)
		if err != nil {
			return out, err
		}
		return out, s.store.View(func(r *store.Reader) error {
			g, err := findGroup(r, name)
			out.Tags = tags.With(g.Tags, nil)
			return err
		})
	})
}

// TagResource gives a group tags.
func (s *Service) TagResource(ctx context.Context, in aws.LogsTagResourceInput) (aws.LogsTagResourceOutput, error) {
	return answer(ctx, s, "TagResource", func() (out aws.LogsTagResourceOutput, err error) {
		var m members
		m.tags(in.Tags, 1)
		if err := m.err(); err != nil {
			return out, err
		}
		if tags.AnyReserved(in.Tags) {
			return out, invalid(tags.ReservedMessage)
		}
		return out, s.retag(in.ResourceArn, func(had map[string]string) map[string]string { return tags.With(had, in.Tags) })
	})
}

// UntagResource takes tags from a group.
func (s *Service) UntagResource(ctx context.Context, in aws.LogsUntagResourceInput) (aws.LogsUntagResourceOutput, error) {
	return answer(ctx, s, "UntagResource", func() (out aws.LogsUntagResourceOutput, err error) {
		return out, s.retag(in.ResourceArn, func(had map[string]string) map[string]string { return tags.Without(had, in.TagKeys) })
	})
}

// retag changes the tags of the group that an ARN names.
func (s *Service) retag(arn string, change func(map[string]string) map[string]string) error {
	name, err := s.groupOfARN(arn)
	if err != nil {
		return err
	}
	return s.change(name, func(w *store.Writer, g group) error {
		g.Tags = change(g.Tags)
		if len(g.Tags) > tags.Most {
			return &aws.Error{Code: "TooManyTagsException", Message: fmt.Sprintf("A resource can have no more than %d tags.", tags.Most)}
		}
		return put(w, groupsBucket, g.key(), g)
	})
}

// groupOfARN is the name of the group that an ARN names: nothing else here has
// tags. With ":*" at its end an ARN stands for the group's streams.
func (s *Service) groupOfARN(arn string) (string, error) {
	name, ok := strings.CutPrefix(arn, s.groupARN(""))
	if !ok || name == "" || !groupName.MatchString(name) {
		return "", &aws.Error{Code: "ValidationException", Message: "Invalid resourceArn"}
	}
	return name, nil
}

// tags checks tags that a group shall get.
func (m *members) tags(given map[string]string, fewest int) {
	if fault := tags.Fault(given); fault != "" {
		*m = append(*m, fault)
	}
	switch n := len(given); {
	case n < fewest:
		m.add("{}", "tags", fmt.Sprintf("Member must have length greater than or equal to %d", fewest))
	case n > tags.Most:
		m.add(fmt.Sprintf("%d tags", n), "tags", fmt.Sprintf("Member must have length less than or equal to %d", tags.Most))
	}
}
