package lab

import (
	"context"

	"awslab/aws"
)

func roleKind() kind {
	return kind{
		id: "iam:role", title: "IAM role", creates: []string{"iam:CreateRole"},
		name: func(in any) string {
			create, _ := in.(aws.CreateRoleInput)
			return create.RoleName
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreateRoleInput)
			create.Tags = inList(create.Tags, tag)
			return create
		},
		identity: func(out any) string {
			created, _ := out.(aws.CreateRoleOutput)
			return created.Role.RoleID
		},
		find: findRole, delete: deleteRole,
	}
}

func findRole(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	if cloud.IAM == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.IAM.GetRole(ctx, aws.GetRoleInput{RoleName: name})
	return found{identity: out.Role.RoleID, created: out.Role.CreateDate}, err
}

// deleteRole deletes a role, after its policies.
func deleteRole(ctx context.Context, cloud aws.Cloud, name string) error {
	attached, err := cloud.IAM.ListAttachedRolePolicies(ctx, aws.ListAttachedRolePoliciesInput{RoleName: name})
	if err != nil {
		return err
	}
	for _, a := range attached.AttachedPolicies {
		if _, err := cloud.IAM.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: name, PolicyArn: a.PolicyArn}); err != nil {
			return err
		}
	}
	inline, err := cloud.IAM.ListRolePolicies(ctx, aws.ListRolePoliciesInput{RoleName: name})
	if err != nil {
		return err
	}
	for _, policy := range inline.PolicyNames {
		if _, err := cloud.IAM.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: name, PolicyName: policy}); err != nil {
			return err
		}
	}
	_, err = cloud.IAM.DeleteRole(ctx, aws.DeleteRoleInput{RoleName: name})
	return err
}

// policyKind is managed policies of the learner's own. They are known by their
// names, with their path.
func policyKind() kind {
	return kind{
		id: "iam:policy", title: "IAM policy", creates: []string{"iam:CreatePolicy"},
		name: func(in any) string {
			create, _ := in.(aws.CreatePolicyInput)
			if create.Path == "" {
				return "/" + create.PolicyName
			}
			return create.Path + create.PolicyName
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreatePolicyInput)
			create.Tags = inList(create.Tags, tag)
			return create
		},
		identity: func(out any) string {
			created, _ := out.(aws.CreatePolicyOutput)
			return created.Policy.PolicyID
		},
		find: func(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
			if cloud.IAM == nil {
				return found{}, errAbsentService
			}
			out, err := cloud.IAM.GetPolicy(ctx, aws.GetPolicyInput{PolicyArn: policyARN(cloud, name)})
			return found{identity: out.Policy.PolicyID, created: out.Policy.CreateDate}, err
		},
		delete: func(ctx context.Context, cloud aws.Cloud, name string) error {
			_, err := cloud.IAM.DeletePolicy(ctx, aws.DeletePolicyInput{PolicyArn: policyARN(cloud, name)})
			return err
		},
	}
}

func policyARN(cloud aws.Cloud, name string) string {
	return "arn:aws:iam::" + cloud.Place.AccountID + ":policy" + name
}
