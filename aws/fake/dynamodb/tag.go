package dynamodb

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// Limits of tags.
const (
	mostTags     = 50
	longestKey   = 128 // characters
	longestValue = 256
)

// TagResource gives a table tags; one whose key it has already gets the new value.
func (s *Service) TagResource(ctx context.Context, in aws.TagResourceInput) (aws.TagResourceOutput, error) {
	return answer(ctx, s, "TagResource", func() (out aws.TagResourceOutput, err error) {
		if err := checkTableARN(in.ResourceArn); err != nil {
			return out, err
		}
		if len(in.Tags) == 0 {
			return out, invalid("Atleast one Tag needs to be provided as Input.")
		}
		return out, s.changeTags("TagResource", in.ResourceArn, func(tags map[string]string) error { return addTags(tags, in.Tags) })
	})
}

// UntagResource takes tags from a table.
func (s *Service) UntagResource(ctx context.Context, in aws.UntagResourceInput) (aws.UntagResourceOutput, error) {
	return answer(ctx, s, "UntagResource", func() (out aws.UntagResourceOutput, err error) {
		if err := checkTableARN(in.ResourceArn); err != nil {
			return out, err
		}
		if len(in.TagKeys) == 0 {
			return out, invalid("Atleast one Tag Key needs to be provided as Input.")
		}
		return out, s.changeTags("UntagResource", in.ResourceArn, func(tags map[string]string) error {
			for _, key := range in.TagKeys {
				delete(tags, key)
			}
			return nil
		})
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

// changeTags changes the tags of the table that an ARN names.
func (s *Service) changeTags(operation, arn string, apply func(tags map[string]string) error) error {
	return s.store.Update(func(w *store.Writer) error {
		t, err := s.tableOfARN(&w.Reader, operation, arn)
		if err != nil {
			return err
		}
		r := t.record
		r.Tags = maps.Clone(r.Tags)
		if r.Tags == nil {
			r.Tags = make(map[string]string)
		}
		if err := apply(r.Tags); err != nil {
			return err
		}
		return save(w, &r)
	})
}

// addTags adds tags to those a table has.
func addTags(to map[string]string, tags []aws.Tag) error {
	var m members
	for n, tag := range tags {
		at := fmt.Sprintf("tags.%d.member", n+1)
		m.length(utf8.RuneCountInString(tag.Key), "'"+tag.Key+"'", at+".key", 1, longestKey)
		m.length(utf8.RuneCountInString(tag.Value), "'"+tag.Value+"'", at+".value", 0, longestValue)
	}
	if err := m.err(); err != nil {
		return err
	}
	for _, tag := range tags {
		if strings.HasPrefix(strings.ToLower(tag.Key), "aws:") {
			return invalidParameter("Tag keys starting with 'aws:' are reserved for system use. Tag key: %s", tag.Key)
		}
		to[tag.Key] = tag.Value
	}
	if len(to) > mostTags {
		return invalidParameter("The number of tags exceeds the limit of %d for a resource", mostTags)
	}
	return nil
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
