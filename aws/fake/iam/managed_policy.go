package iam

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// firstVersion is the id of the only version of a policy of the account.
const firstVersion = "v1"

// ListPolicies lists managed policies by name.
func (s *Service) ListPolicies(ctx context.Context, in aws.ListPoliciesInput) (aws.ListPoliciesOutput, error) {
	return answer(ctx, s, "ListPolicies", func() (out aws.ListPoliciesOutput, err error) {
		if err := checkListPolicies(in); err != nil {
			return out, err
		}
		var found []aws.Policy
		err = s.store.View(func(r *store.Reader) (err error) {
			found, err = policies(r, in.Scope)
			return err
		})
		if err != nil {
			return out, err
		}
		found = slices.DeleteFunc(found, func(p aws.Policy) bool {
			return in.OnlyAttached && p.AttachmentCount == 0 || !strings.HasPrefix(p.Path, in.PathPrefix)
		})
		key := func(p aws.Policy) string { return p.PolicyName + "\x00" + p.Arn }
		slices.SortFunc(found, func(a, b aws.Policy) int { return cmp.Compare(key(a), key(b)) })
		part, err := page(found, key, in.MaxItems, in.Marker)
		return aws.ListPoliciesOutput{Policies: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}

func checkListPolicies(in aws.ListPoliciesInput) error {
	var m members
	m.maxItems(in.MaxItems)
	switch in.Scope {
	case "", aws.PolicyScopeAll, aws.PolicyScopeAWS, aws.PolicyScopeLocal:
		return m.err
	}
	return constraint(string(in.Scope), "scope", "Member must satisfy enum value set: [All, AWS, Local]")
}

// policies reads the policies of a scope, without their descriptions and tags, as
// lists have them.
func policies(r *store.Reader, scope aws.PolicyScope) ([]aws.Policy, error) {
	count, err := attachments(r)
	if err != nil {
		return nil, err
	}
	var all []aws.Policy
	add := func(p aws.Policy) {
		p.AttachmentCount, p.Description, p.Tags = count[p.Arn], "", nil
		all = append(all, p)
	}
	if scope != aws.PolicyScopeLocal {
		for _, row := range awsPolicies {
			add(row.policy())
		}
	}
	if scope == aws.PolicyScopeAWS {
		return all, nil
	}
	c := r.Cursor(policiesBucket)
	for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
		next, err := decodeManaged(raw)
		if err != nil {
			return nil, err
		}
		add(next.Policy)
	}
	return all, nil
}

// GetPolicy tells about a managed policy.
func (s *Service) GetPolicy(ctx context.Context, in aws.GetPolicyInput) (aws.GetPolicyOutput, error) {
	return answer(ctx, s, "GetPolicy", func() (out aws.GetPolicyOutput, err error) {
		found, err := s.managed(in.PolicyArn)
		return aws.GetPolicyOutput{Policy: found.Policy}, err
	})
}

// managed reads a managed policy by its ARN, which it checks.
func (s *Service) managed(arn string) (found managed, err error) {
	var m members
	m.policyARN(arn)
	if m.err != nil {
		return found, m.err
	}
	err = s.store.View(func(r *store.Reader) error {
		count, err := attachments(r)
		if err != nil {
			return err
		}
		found, err = findPolicy(r, arn)
		found.Policy.AttachmentCount = count[arn]
		return err
	})
	return found, err
}

// GetPolicyVersion reads a managed policy's document.
func (s *Service) GetPolicyVersion(ctx context.Context, in aws.GetPolicyVersionInput) (aws.GetPolicyVersionOutput, error) {
	return answer(ctx, s, "GetPolicyVersion", func() (out aws.GetPolicyVersionOutput, err error) {
		found, err := s.managed(in.PolicyArn)
		noVersion := missing("Policy %s version %s does not exist or is not attachable.", in.PolicyArn, in.VersionID)
		if errors.Is(err, aws.ErrNotFound) {
			return out, noVersion
		}
		if err != nil {
			return out, err
		}
		if found.Policy.DefaultVersionID != in.VersionID {
			return out, noVersion
		}
		return aws.GetPolicyVersionOutput{PolicyVersion: aws.PolicyVersion{
			Document: found.Document, VersionID: in.VersionID, IsDefaultVersion: true, CreateDate: found.Policy.UpdateDate,
		}}, nil
	})
}

// CreatePolicy makes a managed policy of the account's own.
func (s *Service) CreatePolicy(ctx context.Context, in aws.CreatePolicyInput) (aws.CreatePolicyOutput, error) {
	return answer(ctx, s, "CreatePolicy", func() (out aws.CreatePolicyOutput, err error) {
		if in.Path == "" {
			in.Path = "/"
		}
		if err := checkPolicy(in); err != nil {
			return out, err
		}
		now := s.now()
		out.Policy = aws.Policy{
			PolicyName: in.PolicyName, PolicyID: s.id("ANPA"), Arn: s.arn("policy", in.Path, in.PolicyName), Path: in.Path,
			DefaultVersionID: firstVersion, IsAttachable: true, Description: in.Description, CreateDate: now, UpdateDate: now,
			Tags: withTags(nil, in.Tags),
		}
		raw, err := json.Marshal(managed{out.Policy, in.PolicyDocument})
		if err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			others, err := policies(&w.Reader, aws.PolicyScopeLocal)
			if err != nil {
				return err
			}
			same := func(p aws.Policy) bool { return strings.EqualFold(p.PolicyName, in.PolicyName) }
			switch {
			case slices.ContainsFunc(others, same):
				return exists("A policy called %s already exists. Duplicate names are not allowed.", in.PolicyName)
			case len(others) >= maxPolicies:
				return exceeds("Cannot exceed quota for PoliciesPerAccount: %d", maxPolicies)
			}
			w.Put(policiesBucket, []byte(out.Policy.Arn), raw)
			return nil
		})
		return out, err
	})
}

func checkPolicy(in aws.CreatePolicyInput) error {
	var m members
	m.name(in.PolicyName, "policyName", 128)
	m.path(in.Path, "path")
	m.length(in.Description, "description", 0, 1000)
	m.document(in.PolicyDocument, "policyDocument")
	if m.err != nil {
		return m.err
	}
	if err := document(in.PolicyDocument, policy.Document.Identity); err != nil {
		return err
	}
	if size(in.PolicyDocument) > maxPolicySize {
		return exceeds("Cannot exceed quota for PolicySize: %d", maxPolicySize)
	}
	return checkTags(in.Tags)
}

// DeletePolicy deletes a policy that no role has.
func (s *Service) DeletePolicy(ctx context.Context, in aws.DeletePolicyInput) (aws.DeletePolicyOutput, error) {
	return answer(ctx, s, "DeletePolicy", func() (out aws.DeletePolicyOutput, err error) {
		var m members
		m.policyARN(in.PolicyArn)
		if m.err != nil {
			return out, m.err
		}
		if _, own := awsManaged(in.PolicyArn); own {
			return out, &aws.Error{Code: "AccessDenied", Status: 403, Message: "Cannot delete AWS managed policy " + in.PolicyArn + "."}
		}
		return out, s.store.Update(func(w *store.Writer) error {
			if _, err := findPolicy(&w.Reader, in.PolicyArn); err != nil {
				return err
			}
			count, err := attachments(&w.Reader)
			if err != nil {
				return err
			}
			if count[in.PolicyArn] > 0 {
				return conflict("Cannot delete a policy attached to entities.")
			}
			w.Delete(policiesBucket, []byte(in.PolicyArn))
			return nil
		})
	})
}
