package dynamodb

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// TagResource gives a table tags; one whose key it has already gets the new value.
func (s *Service) TagResource(ctx context.Context, in aws.TagResourceInput) (aws.TagResourceOutput, error) {
	return answer(ctx, s, "TagResource", func() (out aws.TagResourceOutput, err error) {
		if err := checkTableARN(in.ResourceArn); err != nil {
			return out, err
		}
		var m members
		if m.lacking(ctx, "tags") {
			return out, m.err()
		}
		if len(in.Tags) == 0 {
			return out, invalid("Atleast one Tag needs to be provided as Input.")
		}
		return out, s.changeTags("TagResource", in.ResourceArn, func(had map[string]string) (map[string]string, error) { return withTags(ctx, had, in.Tags) })
	})
}

// UntagResource takes tags from a table.
func (s *Service) UntagResource(ctx context.Context, in aws.UntagResourceInput) (aws.UntagResourceOutput, error) {
	return answer(ctx, s, "UntagResource", func() (out aws.UntagResourceOutput, err error) {
		if err := checkTableARN(in.ResourceArn); err != nil {
			return out, err
		}
		var m members
		if m.lacking(ctx, "tagKeys") {
			return out, m.err()
		}
		if len(in.TagKeys) == 0 {
			return out, invalid("Atleast one Tag Key needs to be provided as Input.")
		}
		return out, s.changeTags("UntagResource", in.ResourceArn, func(had map[string]string) (map[string]string, error) { return tags.Without(had, in.TagKeys), nil })
	})
}

// ListTagsOfResource lists a table's tags, all on one page, in the order of their keys.
func (s *Service) ListTagsOfResource(ctx context.Context, in aws.ListTagsOfResourceInput) (aws.ListTagsOfResourceOutput, error) {
	return answer(ctx, s, "ListTagsOfResource", func() (out aws.ListTagsOfResourceOutput, err error) {
		if err := checkTableARN(in.ResourceArn); err != nil {
			return out, err
		}
		if in.NextToken != "" {
			return out, invalid("Invalid NextToken")
		}
		out.Tags = []aws.Tag{}
		err = s.store.View(func(r *store.Reader) error {
			t, err := s.tableOfARN(r, "ListTagsOfResource", in.ResourceArn)
			if err != nil {
				return err
			}
			for _, key := range slices.Sorted(maps.Keys(t.Tags)) {
				out.Tags = append(out.Tags, aws.Tag{Key: key, Value: t.Tags[key]})
			}
			return nil
		})
		return out, err
	})
}

// changeTags changes the tags of the table that an ARN names; apply gives the new
// ones for those it has.
func (s *Service) changeTags(operation, arn string, apply func(had map[string]string) (map[string]string, error)) error {
	return s.store.Update(func(w *store.Writer) error {
		t, err := s.tableOfARN(&w.Reader, operation, arn)
		if err != nil {
			return err
		}
		r := t.record
		if r.Tags, err = apply(r.Tags); err != nil {
			return err
		}
		return save(w, &r)
	})
}

// withTags gives the tags that a table has with more.
func withTags(ctx context.Context, had map[string]string, more []aws.Tag) (map[string]string, error) {
	var m members
	for n, tag := range more {
		at := fmt.Sprintf("tags.%d.member", n+1)
		m.tag(ctx, tag.Key, at+".key", 1, tags.LongestKey, tags.KeyPattern)
		m.tag(ctx, tag.Value, at+".value", 0, tags.LongestValue, tags.ValuePattern)
	}
	if err := m.err(); err != nil {
		return nil, err
	}
	for _, tag := range more {
		if tags.Reserved(tag.Key) {
			return nil, invalidParameter("Tag keys starting with 'aws:' are reserved for system use. Tag key: %s", tag.Key)
		}
	}
	all := tags.With(had, byKey(more))
	if len(all) > tags.Most {
		return nil, invalidParameter("The number of tags exceeds the limit of %d for a resource", tags.Most)
	}
	return all, nil
}

// byKey are tags by their keys; of several with one key, the last.
func byKey(list []aws.Tag) map[string]string {
	out := make(map[string]string, len(list))
	for _, tag := range list {
		out[tag.Key] = tag.Value
	}
	return out
}

// tag checks a tag's key or value.
func (m *members) tag(ctx context.Context, text, member string, shortest, longest int, pattern string) {
	if m.lacking(ctx, member) {
		return
	}
	m.length(utf8.RuneCountInString(text), "'"+text+"'", member, shortest, longest)
	if !tags.Allowed(text) {
		m.add("'"+text+"'", member, "Member must satisfy regular expression pattern: "+pattern)
	}
}

// tableARN has the region, the account and the name of a table.
var tableARN = regexp.MustCompile(`^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table/([a-zA-Z0-9_.-]{3,255})$`)

func checkTableARN(arn string) error {
	switch {
	case arn == "":
		return invalid("Invalid TableArn")
	case !tableARN.MatchString(arn):
		return invalid("Invalid TableArn: Invalid ResourceArn provided as input %s", arn)
	}
	return nil
}

// tableOfARN finds the table that an ARN names. That of another account or
// region is not the caller's.
func (s *Service) tableOfARN(r *store.Reader, operation, arn string) (*table, error) {
	parts := tableARN.FindStringSubmatch(arn)
	if parts == nil || parts[1] != s.config.Region || parts[2] != s.config.AccountID {
		return nil, &aws.Error{Code: "AccessDeniedException", Message: fmt.Sprintf(
			"User is not authorized to perform: dynamodb:%s on resource: %s because no resource-based policy allows the dynamodb:%s action",
			operation, arn, operation)}
	}
	t, err := s.table(r, parts[3])
	if err == nil && t == nil {
		err = notFound("Requested resource not found: ResourcArn: %s not found", arn)
	}
	return t, err
}
