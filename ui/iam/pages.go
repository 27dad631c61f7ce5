package iam

import (
	"strings"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	rolesID      = "iam/roles"
	roleID       = "iam/role"
	createRoleID = "iam/create-role"
	attachID     = "iam/attach-policies"
	inlineID     = "iam/inline-policy"
	manageTagsID = "iam/manage-tags"
	policiesID   = "iam/policies"
	policyID     = "iam/policy"
)

// Pages is the table of the IAM pages. A route's Name is the role's name, or the
// policy's ARN.
func Pages() []page.Entry {
	return []page.Entry{
		{
			ID: rolesID, Service: aws.ServiceIAM, Title: "IAM roles", Nav: "Roles",
			Summary: "Identities that services take on, and what each may do",
			Crumb:   page.Named("Roles"), New: newRoles,
		},
		{
			ID: policiesID, Service: aws.ServiceIAM, Title: "IAM policies", Nav: "Policies",
			Summary: "Documents that allow or deny actions", Crumb: page.Named("Policies"), New: newPolicies,
		},
		{
			ID: createRoleID, Service: aws.ServiceIAM, Title: "Create an IAM role",
			Summary: "A new identity for a service", Parent: page.To(rolesID),
			Crumb: page.Named("Create role"), New: newCreateRole,
		},
		{
			ID: roleID, Service: aws.ServiceIAM, Title: "IAM role", Named: true,
			Summary: "One role: its policies and who may assume it", Parent: page.To(rolesID),
			Crumb: func(r nav.Route) string { return r.Name }, New: newRolePage,
		},
		{
			ID: attachID, Service: aws.ServiceIAM, Title: "Attach policies", Named: true,
			Summary: "Give a role more managed policies", Parent: page.ToNamed(roleID),
			Crumb: page.Named("Attach policies"), New: newAttach,
		},
		{
			ID: inlineID, Service: aws.ServiceIAM, Title: "Inline policy", Named: true,
			Summary: "A policy of one role alone", Parent: page.ToNamed(roleID),
			Crumb: inlineCrumb, New: newInline,
		},
		{
			ID: manageTagsID, Service: aws.ServiceIAM, Title: "Manage role tags", Named: true,
			Summary: "A role's labels", Parent: page.ToNamed(roleID),
			Crumb: page.Named("Manage tags"), New: newManageTags,
		},
		{
			ID: policyID, Service: aws.ServiceIAM, Title: "IAM policy", Named: true,
			Summary: "One policy: what it says", Parent: page.To(policiesID),
			Crumb: func(r nav.Route) string { return lastPart(r.Name) }, New: newPolicyPage,
		},
	}
}

func inlineCrumb(r nav.Route) string {
	if r.Detail == "" {
		return "Create inline policy"
	}
	return r.Detail
}

// lastPart is what stands behind the last slash of an ARN: the resource's name.
func lastPart(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
