package lambda

import (
	"context"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// taggedPattern is the form of the ARN of what has tags.
var taggedPattern = newPattern(`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?` +
	`|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}` +
	`|capacity-provider:[a-zA-Z0-9-_]+)`)

// ListTags lists a function's tags.
func (s *Service) ListTags(ctx context.Context, in aws.ListTagsInput) (aws.ListTagsOutput, error) {
	return answer(ctx, s, "ListTags", func() (out aws.ListTagsOutput, err error) {
		if err := s.checkTagged(in.Resource); err != nil {
			return out, err
		}
		f, err := s.find(in.Resource, "", false)
		if err == nil {
			out.Tags = tags.With(f.Tags, nil)
		}
		return out, err
	})
}

// TagResource gives a function tags.
func (s *Service) TagResource(ctx context.Context, in aws.LambdaTagResourceInput) (aws.LambdaTagResourceOutput, error) {
	return answer(ctx, s, "TagResource", func() (out aws.LambdaTagResourceOutput, err error) {
		if len(in.Tags) == 0 {
			return out, badParameter("An error occurred and the request cannot be processed.")
		}
		if err := checkTags(in.Tags); err != nil {
			return out, err
		}
		return out, s.retag(in.Resource, func(had map[string]string) map[string]string { return tags.With(had, in.Tags) })
	})
}

// UntagResource takes tags from a function.
func (s *Service) UntagResource(ctx context.Context, in aws.LambdaUntagResourceInput) (aws.LambdaUntagResourceOutput, error) {
	return answer(ctx, s, "UntagResource", func() (out aws.LambdaUntagResourceOutput, err error) {
		if len(in.TagKeys) == 0 {
			return out, invalid("1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null")
		}
		return out, s.retag(in.Resource, func(had map[string]string) map[string]string { return tags.Without(had, in.TagKeys) })
	})
}

// retag changes a function's tags, which makes another revision of it.
func (s *Service) retag(arn string, change func(map[string]string) map[string]string) error {
	if err := s.checkTagged(arn); err != nil {
		return err
	}
	return s.change(arn, func(_ *store.Reader, r *record) error {
		r.Tags, r.Tagged = change(r.Tags), s.uuid()
		return checkTagCount(r.Tags)
	})
}

// checkTagged checks that an ARN may be that of a function: nothing else here has
// tags.
func (s *Service) checkTagged(arn string) error {
	var m members
	m.matching(arn, "resource", taggedPattern)
	if err := m.err(); err != nil {
		return err
	}
	ref, err := s.refer(arn, "")
	switch {
	case err != nil: // the ARN of something else
		return notFound("Resource not found: %s", arn)
	case ref.qualifier != "":
		return badParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.")
	}
	return nil
}

// checkTags checks tags that a function shall get.
func checkTags(given map[string]string) error {
	if fault := tags.Fault(given); fault != "" {
		return invalid("1 validation error detected: %s", fault)
	}
	if tags.AnyReserved(given) {
		return badParameter(tags.ReservedMessage)
	}
	return checkTagCount(given)
}

func checkTagCount(all map[string]string) error {
	if len(all) > tags.Most {
		return badParameter("Number of tags exceeds resource tag limit.")
	}
	return nil
}
