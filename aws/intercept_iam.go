package aws

import "context"

type interceptedIAM struct {
	next IAM
	via  intercepted
}

func (i interceptedIAM) CreateRole(ctx context.Context, in CreateRoleInput) (CreateRoleOutput, error) {
	return through(ctx, i.via, "CreateRole", in, i.next.CreateRole)
}

func (i interceptedIAM) GetRole(ctx context.Context, in GetRoleInput) (GetRoleOutput, error) {
	return through(ctx, i.via, "GetRole", in, i.next.GetRole)
}

func (i interceptedIAM) ListRoles(ctx context.Context, in ListRolesInput) (ListRolesOutput, error) {
	return through(ctx, i.via, "ListRoles", in, i.next.ListRoles)
}

func (i interceptedIAM) DeleteRole(ctx context.Context, in DeleteRoleInput) (DeleteRoleOutput, error) {
	return through(ctx, i.via, "DeleteRole", in, i.next.DeleteRole)
}

func (i interceptedIAM) AttachRolePolicy(ctx context.Context, in AttachRolePolicyInput) (AttachRolePolicyOutput, error) {
	return through(ctx, i.via, "AttachRolePolicy", in, i.next.AttachRolePolicy)
}

func (i interceptedIAM) DetachRolePolicy(ctx context.Context, in DetachRolePolicyInput) (DetachRolePolicyOutput, error) {
	return through(ctx, i.via, "DetachRolePolicy", in, i.next.DetachRolePolicy)
}

func (i interceptedIAM) ListAttachedRolePolicies(ctx context.Context, in ListAttachedRolePoliciesInput) (ListAttachedRolePoliciesOutput, error) {
	return through(ctx, i.via, "ListAttachedRolePolicies", in, i.next.ListAttachedRolePolicies)
}

func (i interceptedIAM) PutRolePolicy(ctx context.Context, in PutRolePolicyInput) (PutRolePolicyOutput, error) {
	return through(ctx, i.via, "PutRolePolicy", in, i.next.PutRolePolicy)
}

func (i interceptedIAM) GetRolePolicy(ctx context.Context, in GetRolePolicyInput) (GetRolePolicyOutput, error) {
	return through(ctx, i.via, "GetRolePolicy", in, i.next.GetRolePolicy)
}

func (i interceptedIAM) DeleteRolePolicy(ctx context.Context, in DeleteRolePolicyInput) (DeleteRolePolicyOutput, error) {
	return through(ctx, i.via, "DeleteRolePolicy", in, i.next.DeleteRolePolicy)
}

func (i interceptedIAM) ListRolePolicies(ctx context.Context, in ListRolePoliciesInput) (ListRolePoliciesOutput, error) {
	return through(ctx, i.via, "ListRolePolicies", in, i.next.ListRolePolicies)
}

func (i interceptedIAM) ListPolicies(ctx context.Context, in ListPoliciesInput) (ListPoliciesOutput, error) {
	return through(ctx, i.via, "ListPolicies", in, i.next.ListPolicies)
}

func (i interceptedIAM) GetPolicy(ctx context.Context, in GetPolicyInput) (GetPolicyOutput, error) {
	return through(ctx, i.via, "GetPolicy", in, i.next.GetPolicy)
}

func (i interceptedIAM) GetPolicyVersion(ctx context.Context, in GetPolicyVersionInput) (GetPolicyVersionOutput, error) {
	return through(ctx, i.via, "GetPolicyVersion", in, i.next.GetPolicyVersion)
}

func (i interceptedIAM) CreatePolicy(ctx context.Context, in CreatePolicyInput) (CreatePolicyOutput, error) {
	return through(ctx, i.via, "CreatePolicy", in, i.next.CreatePolicy)
}

func (i interceptedIAM) DeletePolicy(ctx context.Context, in DeletePolicyInput) (DeletePolicyOutput, error) {
	return through(ctx, i.via, "DeletePolicy", in, i.next.DeletePolicy)
}

func (i interceptedIAM) ListRoleTags(ctx context.Context, in ListRoleTagsInput) (ListRoleTagsOutput, error) {
	return through(ctx, i.via, "ListRoleTags", in, i.next.ListRoleTags)
}

func (i interceptedIAM) TagRole(ctx context.Context, in TagRoleInput) (TagRoleOutput, error) {
	return through(ctx, i.via, "TagRole", in, i.next.TagRole)
}

func (i interceptedIAM) UntagRole(ctx context.Context, in UntagRoleInput) (UntagRoleOutput, error) {
	return through(ctx, i.via, "UntagRole", in, i.next.UntagRole)
}

func (i interceptedIAM) ListPolicyTags(ctx context.Context, in ListPolicyTagsInput) (ListPolicyTagsOutput, error) {
	return through(ctx, i.via, "ListPolicyTags", in, i.next.ListPolicyTags)
}

func (i interceptedIAM) TagPolicy(ctx context.Context, in TagPolicyInput) (TagPolicyOutput, error) {
	return through(ctx, i.via, "TagPolicy", in, i.next.TagPolicy)
}

func (i interceptedIAM) UntagPolicy(ctx context.Context, in UntagPolicyInput) (UntagPolicyOutput, error) {
	return through(ctx, i.via, "UntagPolicy", in, i.next.UntagPolicy)
}
