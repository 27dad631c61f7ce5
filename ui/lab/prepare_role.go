package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

// managedPolicies is what the ARNs of AWS's own policies begin with.
const managedPolicies = "arn:aws:iam::aws:policy/"

// roleParts are a role and its policies. A role that was there before is one part.
func (p Preparation) roleParts(ctx context.Context, need spec.Need) ([]Part, error) {
	k := roleKind()
	standing, err := p.stands(ctx, k, need.Role)
	if err != nil {
		return nil, err
	}
	role := Part{Title: k.title + " " + need.Role, Standing: standing, make: func(ctx context.Context) error {
		return p.create(k, need.Role, func() (string, error) {
			out, err := p.Cloud.IAM.CreateRole(ctx, aws.CreateRoleInput{
				RoleName: need.Role, Description: need.Description, AssumeRolePolicyDocument: need.TrustPolicy(),
			})
			return out.Role.RoleID, err
		})
	}}
	if standing == Older {
		role.Lacks = p.lacking(ctx, need)
		return []Part{role}, nil
	}
	var attached aws.ListAttachedRolePoliciesOutput
	if standing == Made {
		if attached, err = p.Cloud.IAM.ListAttachedRolePolicies(ctx, aws.ListAttachedRolePoliciesInput{RoleName: need.Role}); err != nil {
			return nil, err
		}
	}
	parts := []Part{role}
	for _, name := range need.Managed {
		arn := managedPolicies + name
		part := Part{Title: "its policy " + name, part: true, make: func(ctx context.Context) error {
			_, err := p.Cloud.IAM.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: need.Role, PolicyArn: arn})
			return err
		}}
		if slices.ContainsFunc(attached.AttachedPolicies, func(a aws.AttachedPolicy) bool { return a.PolicyArn == arn }) {
			part.Standing = Made
		}
		parts = append(parts, part)
	}
	if need.Policy == "" {
		return parts, nil
	}
	own, err := p.ownPolicy(ctx, need, standing)
	return append(parts, own), err
}

// lacking names a right that the lab needs and no policy of the role gives; "" when
// there is none, or they cannot be read.
func (p Preparation) lacking(ctx context.Context, need spec.Need) string {
	for _, g := range need.Allows {
		for _, arn := range g.On {
			allowed, err := check.Compile(fmt.Sprintf("allows(%q, %q, %q)", need.Role, g.Action, arn))
			if err != nil {
				return err.Error()
			}
			for _, f := range allowed.Run(ctx, check.World{Cloud: p.Cloud}).Findings {
				if f.Cause == check.CauseNotAllowed {
					return g.Action + " on " + arn
				}
			}
		}
	}
	return ""
}

// ownPolicy is the policy of the role's own. One that says something else is
// missing: it is of other buckets, or was changed.
func (p Preparation) ownPolicy(ctx context.Context, need spec.Need, role Standing) (Part, error) {
	part := Part{Title: "its policy " + need.Policy, part: true, make: func(ctx context.Context) error {
		_, err := p.Cloud.IAM.PutRolePolicy(ctx, aws.PutRolePolicyInput{
			RoleName: need.Role, PolicyName: need.Policy, PolicyDocument: need.OwnPolicy(),
		})
		return err
	}}
	for _, g := range need.Allows {
		part.Allows = append(part.Allows, g.Action+" on "+strings.Join(g.On, ", "))
	}
	if role != Made {
		return part, nil
	}
	now, err := p.Cloud.IAM.GetRolePolicy(ctx, aws.GetRolePolicyInput{RoleName: need.Role, PolicyName: need.Policy})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return part, nil
	case err != nil:
		return part, err
	case samePolicy(now.PolicyDocument, need.OwnPolicy()):
		part.Standing = Made
	}
	return part, nil
}

// samePolicy reports whether two policies are the same JSON.
func samePolicy(a, b string) bool {
	var one, other any
	return json.Unmarshal([]byte(a), &one) == nil && json.Unmarshal([]byte(b), &other) == nil && reflect.DeepEqual(one, other)
}
