package iam

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// AttachRolePolicy gives a role a managed policy; one it has is no fault.
func (s *Service) AttachRolePolicy(ctx context.Context, in aws.AttachRolePolicyInput) (aws.AttachRolePolicyOutput, error) {
	return answer(ctx, s, "AttachRolePolicy", func() (out aws.AttachRolePolicyOutput, err error) {
		var m members
		m.policyARN(in.PolicyArn)
		if m.err != nil {
			return out, m.err
		}
		return out, s.change(in.RoleName, func(w *store.Writer, r *role) error {
			found, err := findPolicy(&w.Reader, in.PolicyArn)
			switch {
			case errors.Is(err, aws.ErrNotFound):
				return missing("Policy %s does not exist or is not attachable.", in.PolicyArn)
			case err != nil:
				return err
			case r.has(in.PolicyArn):
			case len(r.Attached) >= maxAttached:
				return exceeds("Cannot exceed quota for PoliciesPerRole: %d", maxAttached)
			default:
				r.Attached = append(r.Attached, attachment{in.PolicyArn, found.Policy.PolicyID})
			}
			return nil
		}, save)
	})
}

// DetachRolePolicy takes a managed policy from a role.
func (s *Service) DetachRolePolicy(ctx context.Context, in aws.DetachRolePolicyInput) (aws.DetachRolePolicyOutput, error) {
	return answer(ctx, s, "DetachRolePolicy", func() (out aws.DetachRolePolicyOutput, err error) {
		var m members
		m.policyARN(in.PolicyArn)
		if m.err != nil {
			return out, m.err
		}
		return out, s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			if !r.has(in.PolicyArn) {
				return noPolicy(in.PolicyArn)
			}
			r.Attached = slices.DeleteFunc(r.Attached, func(a attachment) bool { return a.ARN == in.PolicyArn })
			return nil
		}, save)
	})
}

// ListAttachedRolePolicies lists a role's managed policies by name.
func (s *Service) ListAttachedRolePolicies(ctx context.Context, in aws.ListAttachedRolePoliciesInput) (aws.ListAttachedRolePoliciesOutput, error) {
	return answer(ctx, s, "ListAttachedRolePolicies", func() (out aws.ListAttachedRolePoliciesOutput, err error) {
		found, err := s.listed(in.RoleName, in.MaxItems)
		if err != nil {
			return out, err
		}
		attached := make([]aws.AttachedPolicy, 0, len(found.Attached))
		for _, a := range found.Attached {
			attached = append(attached, aws.AttachedPolicy{PolicyName: a.ARN[strings.LastIndexByte(a.ARN, '/')+1:], PolicyArn: a.ARN})
		}
		key := func(p aws.AttachedPolicy) string { return p.PolicyName + "\x00" + p.PolicyArn }
		slices.SortFunc(attached, func(a, b aws.AttachedPolicy) int { return cmp.Compare(key(a), key(b)) })
		part, err := page(attached, key, in.MaxItems, in.Marker)
		return aws.ListAttachedRolePoliciesOutput{AttachedPolicies: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}

// listed reads a role for a list of what it has.
func (s *Service) listed(name string, items aws.Option[int]) (role, error) {
	var m members
	m.maxItems(items)
	if m.err != nil {
		return role{}, m.err
	}
	return s.role(name)
}

// PutRolePolicy writes an inline policy.
func (s *Service) PutRolePolicy(ctx context.Context, in aws.PutRolePolicyInput) (aws.PutRolePolicyOutput, error) {
	return answer(ctx, s, "PutRolePolicy", func() (out aws.PutRolePolicyOutput, err error) {
		var m members
		m.name(in.PolicyName, "policyName", 128)
		m.document(in.PolicyDocument, "policyDocument")
		if m.err != nil {
			return out, m.err
		}
		return out, s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			if err := document(in.PolicyDocument, policy.Document.Identity); err != nil {
				return err
			}
			if r.Inline == nil {
				r.Inline = make(map[string]string)
			}
			r.Inline[in.PolicyName] = in.PolicyDocument
			total := 0
			for _, text := range r.Inline {
				total += size(text)
			}
			if total > maxInlineSize {
				return exceeds("Maximum policy size of %d bytes exceeded for role %s", maxInlineSize, in.RoleName)
			}
			return nil
		}, save)
	})
}

// GetRolePolicy reads an inline policy.
func (s *Service) GetRolePolicy(ctx context.Context, in aws.GetRolePolicyInput) (aws.GetRolePolicyOutput, error) {
	return answer(ctx, s, "GetRolePolicy", func() (out aws.GetRolePolicyOutput, err error) {
		var m members
		m.name(in.PolicyName, "policyName", 128)
		if m.err != nil {
			return out, m.err
		}
		found, err := s.role(in.RoleName)
		if err != nil {
			return out, err
		}
		text, ok := found.Inline[in.PolicyName]
		if !ok {
			return out, noRolePolicy(in.PolicyName)
		}
		return aws.GetRolePolicyOutput{RoleName: in.RoleName, PolicyName: in.PolicyName, PolicyDocument: text}, nil
	})
}

func noRolePolicy(name string) error {
	return missing("The role policy with name %s cannot be found.", name)
}

// DeleteRolePolicy deletes an inline policy.
func (s *Service) DeleteRolePolicy(ctx context.Context, in aws.DeleteRolePolicyInput) (aws.DeleteRolePolicyOutput, error) {
	return answer(ctx, s, "DeleteRolePolicy", func() (out aws.DeleteRolePolicyOutput, err error) {
		var m members
		m.name(in.PolicyName, "policyName", 128)
		if m.err != nil {
			return out, m.err
		}
		return out, s.change(in.RoleName, func(_ *store.Writer, r *role) error {
			if _, ok := r.Inline[in.PolicyName]; !ok {
				return noRolePolicy(in.PolicyName)
			}
			delete(r.Inline, in.PolicyName)
			return nil
		}, save)
	})
}

// ListRolePolicies lists a role's inline policies by name.
func (s *Service) ListRolePolicies(ctx context.Context, in aws.ListRolePoliciesInput) (aws.ListRolePoliciesOutput, error) {
	return answer(ctx, s, "ListRolePolicies", func() (out aws.ListRolePoliciesOutput, err error) {
		found, err := s.listed(in.RoleName, in.MaxItems)
		if err != nil {
			return out, err
		}
		names := slices.Sorted(maps.Keys(found.Inline))
		part, err := page(names, func(name string) string { return name }, in.MaxItems, in.Marker)
		return aws.ListRolePoliciesOutput{PolicyNames: part.items, IsTruncated: part.truncated, Marker: part.marker}, err
	})
}
