package iam

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// ListRoleTags lists a role's tags, in the order of their keys.
func (s *Service) ListRoleTags(ctx context.Context, in aws.ListRoleTagsInput) (aws.ListRoleTagsOutput, error) {
	return answer(ctx, s, "ListRoleTags", func() (out aws.ListRoleTagsOutput, err error) {
		var m members
		m.maxItems(in.MaxItems)
		if m.err != nil {
			return out, m.err
		}
		found, err := s.role(in.RoleName)
		if err != nil {
			return out, err
		}
		part, err := page(found.Role.Tags, tagKey, in.MaxItems, in.Marker)
		return aws.ListRoleTagsOutput{Tags: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}

// TagRole gives a role tags.
func (s *Service) TagRole(ctx context.Context, in aws.TagRoleInput) (aws.TagRoleOutput, error) {
	return answer(ctx, s, "TagRole", func() (out aws.TagRoleOutput, err error) {
		if err := checkTags(in.Tags); err != nil {
			return out, err
		}
		return out, s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			r.Role.Tags = withTags(r.Role.Tags, in.Tags)
			return checkTagCount(r.Role.Tags, "TagsPerRole")
		}, save)
	})
}

// UntagRole takes tags from a role.
func (s *Service) UntagRole(ctx context.Context, in aws.UntagRoleInput) (aws.UntagRoleOutput, error) {
	return answer(ctx, s, "UntagRole", func() (out aws.UntagRoleOutput, err error) {
		return out, s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			r.Role.Tags = withoutTags(r.Role.Tags, in.TagKeys)
			return nil
		}, save)
	})
}

// ListPolicyTags lists a policy's tags, in the order of their keys.
func (s *Service) ListPolicyTags(ctx context.Context, in aws.ListPolicyTagsInput) (aws.ListPolicyTagsOutput, error) {
	return answer(ctx, s, "ListPolicyTags", func() (out aws.ListPolicyTagsOutput, err error) {
		var m members
		m.maxItems(in.MaxItems)
		if m.err != nil {
			return out, m.err
		}
		found, err := s.managed(in.PolicyArn)
		if err != nil {
			return out, err
		}
		part, err := page(found.Policy.Tags, tagKey, in.MaxItems, in.Marker)
		return aws.ListPolicyTagsOutput{Tags: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}

// TagPolicy gives a policy of the account tags.
func (s *Service) TagPolicy(ctx context.Context, in aws.TagPolicyInput) (aws.TagPolicyOutput, error) {
	return answer(ctx, s, "TagPolicy", func() (out aws.TagPolicyOutput, err error) {
		if err := checkTags(in.Tags); err != nil {
			return out, err
		}
		return out, s.retag(in.PolicyArn, func(had []aws.Tag) []aws.Tag { return withTags(had, in.Tags) })
	})
}

// UntagPolicy takes tags from a policy of the account.
func (s *Service) UntagPolicy(ctx context.Context, in aws.UntagPolicyInput) (aws.UntagPolicyOutput, error) {
	return answer(ctx, s, "UntagPolicy", func() (out aws.UntagPolicyOutput, err error) {
		return out, s.retag(in.PolicyArn, func(had []aws.Tag) []aws.Tag { return withoutTags(had, in.TagKeys) })
	})
}

// retag changes the tags of a policy of the account.
func (s *Service) retag(arn string, change func([]aws.Tag) []aws.Tag) error {
	var m members
	m.policyARN(arn)
	if m.err != nil {
		return m.err
	}
	if _, own := awsManaged(arn); own {
		return &aws.Error{Code: "AccessDenied", Status: http.StatusForbidden, Message: "Cannot tag AWS managed policy " + arn + "."}
	}
	return s.store.Update(func(w *store.Writer) error {
		p, err := findPolicy(&w.Reader, arn)
		if err != nil {
			return err
		}
		p.Policy.Tags = change(p.Policy.Tags)
		if err := checkTagCount(p.Policy.Tags, "TagsPerPolicy"); err != nil {
			return err
		}
		raw, err := json.Marshal(p)
		if err == nil {
			w.Put(policiesBucket, []byte(arn), raw)
		}
		return err
	})
}

// tagKey is what a tag's key is known by: no two may differ in case only.
func tagKey(t aws.Tag) string { return strings.ToLower(t.Key) }

// withTags is tags with more, which replace those of the same key, in the order of
// their keys.
func withTags(had, more []aws.Tag) []aws.Tag {
	keys := make([]string, len(more))
	for n, t := range more {
		keys[n] = t.Key
	}
	out := append(withoutTags(had, keys), more...)
	slices.SortFunc(out, func(a, b aws.Tag) int { return cmp.Compare(tagKey(a), tagKey(b)) })
	return out
}

// withoutTags is tags without those of some keys.
func withoutTags(had []aws.Tag, keys []string) []aws.Tag {
	return slices.DeleteFunc(slices.Clone(had), func(t aws.Tag) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return strings.ToLower(key) == tagKey(t) })
	})
}

// checkTags checks tags that a role or a policy shall get.
func checkTags(given []aws.Tag) error {
	var m members
	for n, t := range given {
		at := fmt.Sprintf("tags.%d.member", n+1)
		m.tag(t.Key, at+".key", 1, tags.LongestKey, tags.KeyPattern)
		m.tag(t.Value, at+".value", 0, tags.LongestValue, tags.ValuePattern)
	}
	if m.err != nil {
		return m.err
	}
	if len(given) > tags.Most {
		return constraint(fmt.Sprintf("%d tags", len(given)), "tags", fmt.Sprintf("Member must have length less than or equal to %d", tags.Most))
	}
	seen := make(map[string]bool)
	for _, t := range given {
		switch {
		case tags.Reserved(t.Key):
			return invalidInput(tags.ReservedMessage)
		case seen[tagKey(t)]:
			return invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		}
		seen[tagKey(t)] = true
	}
	return nil
}

// tag checks a key or a value.
func (m *members) tag(text, member string, shortest, longest int, pattern string) {
	m.length(text, member, shortest, longest)
	if m.err == nil && !tags.Allowed(text) {
		m.err = constraint(text, member, "Member must satisfy regular expression pattern: "+pattern)
	}
}

func checkTagCount(all []aws.Tag, quota string) error {
	if len(all) > tags.Most {
		return exceeds("Cannot exceed quota for %s: %d", quota, tags.Most)
	}
	return nil
}
