package apigateway

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// GetTags lists the tags of an API or a stage.
func (s *Service) GetTags(ctx context.Context, in aws.GetTagsInput) (aws.GetTagsOutput, error) {
	return answer(ctx, s, "GetTags", func() (out aws.GetTagsOutput, err error) {
		id, name, err := s.tagged(in.ResourceArn)
		if err != nil {
			return out, err
		}
		return out, s.view(id, func(r *store.Reader, a *api) error {
			had := a.API.Tags
			if name != "" {
				stage, err := s.stage(r, id, name)
				if err != nil {
					return err
				}
				had = stage.Tags
			}
			out.Tags = tags.With(had, nil)
			return nil
		})
	})
}

// TagResource gives an API or a stage tags.
func (s *Service) TagResource(ctx context.Context, in aws.APIGatewayTagResourceInput) (aws.APIGatewayTagResourceOutput, error) {
	return answer(ctx, s, "TagResource", func() (out aws.APIGatewayTagResourceOutput, err error) {
		if err := checkTags(in.Tags); err != nil {
			return out, err
		}
		return out, s.retag(in.ResourceArn, func(had map[string]string) map[string]string { return tags.With(had, in.Tags) })
	})
}

// UntagResource takes tags from an API or a stage.
func (s *Service) UntagResource(ctx context.Context, in aws.APIGatewayUntagResourceInput) (aws.APIGatewayUntagResourceOutput, error) {
	return answer(ctx, s, "UntagResource", func() (out aws.APIGatewayUntagResourceOutput, err error) {
		return out, s.retag(in.ResourceArn, func(had map[string]string) map[string]string { return tags.Without(had, in.TagKeys) })
	})
}

// retag changes the tags of what an ARN names.
func (s *Service) retag(arn string, change func(map[string]string) map[string]string) error {
	id, name, err := s.tagged(arn)
	if err != nil {
		return err
	}
	if name == "" {
		return s.change(id, func(_ *store.Writer, a *api) error {
			a.API.Tags = change(a.API.Tags)
			return checkTagCount(a.API.Tags)
		})
	}
	return s.changeStage(id, name, func(w *store.Writer, stage *aws.Stage) error {
		stage.Tags = change(stage.Tags)
		if err := checkTagCount(stage.Tags); err != nil {
			return err
		}
		return put(w, stagesBucket, below(id, name), stage)
	})
}

// tagged takes an ARN apart: an API's id, and a stage's name, or "".
func (s *Service) tagged(arn string) (id, stage string, err error) {
	path, ok := strings.CutPrefix(arn, fmt.Sprintf("arn:aws:apigateway:%s::/restapis/", s.config.Region))
	parts := strings.Split(path, "/")
	switch {
	case ok && len(parts) == 1 && parts[0] != "":
		return parts[0], "", nil
	case ok && len(parts) == 3 && parts[1] == "stages":
		return parts[0], parts[2], nil
	}
	return "", "", badRequest("Invalid ARN specified in the request")
}

// checkTags checks tags that an API or a stage shall get.
func checkTags(given map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		value := given[key]
		switch n := utf8.RuneCountInString(key); {
		case tags.Reserved(key):
			return badRequest("Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)")
		case n < 1 || n > tags.LongestKey || !tags.Allowed(key):
			return badRequest("Invalid tag key. Tag keys must have 1 to %d characters of the pattern %s", tags.LongestKey, tags.KeyPattern)
		case utf8.RuneCountInString(value) > tags.LongestValue || !tags.Allowed(value):
			return badRequest("Invalid tag value. Tag values must have up to %d characters of the pattern %s", tags.LongestValue, tags.ValuePattern)
		}
	}
	return checkTagCount(given)
}

func checkTagCount(all map[string]string) error {
	if len(all) > tags.Most {
		return fault(codeLimit, "Maximum number of tags for this resource has been reached. The maximum is %d.", tags.Most)
	}
	return nil
}
