package aws

import (
	"context"
	"time"
)

// IAM is AWS Identity and Access Management: the roles and policies that say
// what functions may do. What is missing is NoSuchEntity (404), a name that is
// taken EntityAlreadyExists (409).
type IAM interface {
	// CreateRole makes a role that those whom its trust policy names may assume.
	CreateRole(context.Context, CreateRoleInput) (CreateRoleOutput, error)
	// GetRole tells about a role.
	GetRole(context.Context, GetRoleInput) (GetRoleOutput, error)
	// ListRoles lists roles by name, 100 a page unless MaxItems says otherwise.
	ListRoles(context.Context, ListRolesInput) (ListRolesOutput, error)
	// DeleteRole deletes a role without policies; DeleteConflict (409) otherwise.
	DeleteRole(context.Context, DeleteRoleInput) (DeleteRoleOutput, error)

	// AttachRolePolicy gives a role a managed policy.
	AttachRolePolicy(context.Context, AttachRolePolicyInput) (AttachRolePolicyOutput, error)
	// DetachRolePolicy takes it away.
	DetachRolePolicy(context.Context, DetachRolePolicyInput) (DetachRolePolicyOutput, error)
	// ListAttachedRolePolicies lists a role's managed policies.
	ListAttachedRolePolicies(context.Context, ListAttachedRolePoliciesInput) (ListAttachedRolePoliciesOutput, error)

	// PutRolePolicy writes an inline policy of a role.
	PutRolePolicy(context.Context, PutRolePolicyInput) (PutRolePolicyOutput, error)
	// GetRolePolicy reads it.
	GetRolePolicy(context.Context, GetRolePolicyInput) (GetRolePolicyOutput, error)
	// DeleteRolePolicy deletes it.
	DeleteRolePolicy(context.Context, DeleteRolePolicyInput) (DeleteRolePolicyOutput, error)
	// ListRolePolicies lists a role's inline policies by name.
	ListRolePolicies(context.Context, ListRolePoliciesInput) (ListRolePoliciesOutput, error)

	// ListPolicies lists managed policies, AWS's and the account's own.
	ListPolicies(context.Context, ListPoliciesInput) (ListPoliciesOutput, error)
	// GetPolicy tells about a managed policy.
	GetPolicy(context.Context, GetPolicyInput) (GetPolicyOutput, error)
	// GetPolicyVersion reads a managed policy's document.
	GetPolicyVersion(context.Context, GetPolicyVersionInput) (GetPolicyVersionOutput, error)
	// CreatePolicy makes a managed policy of the account's own.
	CreatePolicy(context.Context, CreatePolicyInput) (CreatePolicyOutput, error)
	// DeletePolicy deletes one that nothing has attached.
	DeletePolicy(context.Context, DeletePolicyInput) (DeletePolicyOutput, error)

	// ListRoleTags lists a role's tags.
	ListRoleTags(context.Context, ListRoleTagsInput) (ListRoleTagsOutput, error)
	// TagRole gives a role tags.
	TagRole(context.Context, TagRoleInput) (TagRoleOutput, error)
	// UntagRole takes tags from a role.
	UntagRole(context.Context, UntagRoleInput) (UntagRoleOutput, error)
	// ListPolicyTags lists the tags of a managed policy.
	ListPolicyTags(context.Context, ListPolicyTagsInput) (ListPolicyTagsOutput, error)
	// TagPolicy gives a managed policy of the account's own tags.
	TagPolicy(context.Context, TagPolicyInput) (TagPolicyOutput, error)
	// UntagPolicy takes tags from a managed policy.
	UntagPolicy(context.Context, UntagPolicyInput) (UntagPolicyOutput, error)
}

// Role is an identity that services take on. Its ARN is Arn.
type Role struct {
	Path                     string // "/" or "/service-role/"
	RoleName                 string
	RoleID                   string `json:"RoleId"`
	Arn                      string
	CreateDate               time.Time
	AssumeRolePolicyDocument string // the trust policy, as JSON
	Description              string `json:",omitempty"`
	MaxSessionDuration       int    // seconds
	Tags                     []Tag  `json:",omitempty"` // not in lists
}

// CreateRoleInput describes a role.
type CreateRoleInput struct {
	RoleName                 string // 1 to 64 of letters, digits and +=,.@_-
	AssumeRolePolicyDocument string // JSON
	Path                     string `json:",omitempty"`
	Description              string `json:",omitempty"`
	Tags                     []Tag  `json:",omitempty"`
}

// CreateRoleOutput is the role.
type CreateRoleOutput struct{ Role Role }

// GetRoleInput names a role.
type GetRoleInput struct{ RoleName string }

// GetRoleOutput is the role.
type GetRoleOutput struct{ Role Role }

// ListRolesInput bounds the list.
type ListRolesInput struct {
	PathPrefix string      `json:",omitempty"`
	MaxItems   Option[int] `json:",omitzero"` // 1 to 1,000
	Marker     string      `json:",omitempty"`
}

// ListRolesOutput is one page of roles.
type ListRolesOutput struct {
	Roles       []Role
	IsTruncated bool
	Marker      string `json:",omitempty"`
}

// DeleteRoleInput names a role.
type DeleteRoleInput struct{ RoleName string }

// DeleteRoleOutput has no members.
type DeleteRoleOutput struct{}

// AttachRolePolicyInput names a role and a managed policy.
type AttachRolePolicyInput struct{ RoleName, PolicyArn string }

// AttachRolePolicyOutput has no members.
type AttachRolePolicyOutput struct{}

// DetachRolePolicyInput names a role and a managed policy.
type DetachRolePolicyInput struct{ RoleName, PolicyArn string }

// DetachRolePolicyOutput has no members.
type DetachRolePolicyOutput struct{}

// ListAttachedRolePoliciesInput names a role.
type ListAttachedRolePoliciesInput struct {
	RoleName string
	MaxItems Option[int] `json:",omitzero"`
	Marker   string      `json:",omitempty"`
}

// ListAttachedRolePoliciesOutput is one page of policies.
type ListAttachedRolePoliciesOutput struct {
	AttachedPolicies []AttachedPolicy
	IsTruncated      bool
	Marker           string `json:",omitempty"`
}

// AttachedPolicy is a managed policy of a role.
type AttachedPolicy struct{ PolicyName, PolicyArn string }

// PutRolePolicyInput is an inline policy.
type PutRolePolicyInput struct {
	RoleName, PolicyName string
	PolicyDocument       string // JSON
}

// PutRolePolicyOutput has no members.
type PutRolePolicyOutput struct{}

// GetRolePolicyInput names an inline policy.
type GetRolePolicyInput struct{ RoleName, PolicyName string }

// GetRolePolicyOutput is the policy.
type GetRolePolicyOutput struct {
	RoleName, PolicyName string
	PolicyDocument       string // JSON
}

// DeleteRolePolicyInput names an inline policy.
type DeleteRolePolicyInput struct{ RoleName, PolicyName string }

// DeleteRolePolicyOutput has no members.
type DeleteRolePolicyOutput struct{}

// ListRolePoliciesInput names a role.
type ListRolePoliciesInput struct {
	RoleName string
	MaxItems Option[int] `json:",omitzero"`
	Marker   string      `json:",omitempty"`
}

// ListRolePoliciesOutput is one page of names.
type ListRolePoliciesOutput struct {
	PolicyNames []string
	IsTruncated bool
	Marker      string `json:",omitempty"`
}

// Policy is a managed policy.
type Policy struct {
	PolicyName       string
	PolicyID         string `json:"PolicyId"`
	Arn              string // AWS's own have "aws" for the account
	Path             string
	DefaultVersionID string `json:"DefaultVersionId"`
	AttachmentCount  int
	IsAttachable     bool
	Description      string `json:",omitempty"` // not in lists
	CreateDate       time.Time
	UpdateDate       time.Time
	Tags             []Tag `json:",omitempty"` // not in lists
}

// PolicyScope picks policies by who manages them.
type PolicyScope string

// The scopes.
const (
	PolicyScopeAll   PolicyScope = "All"
	PolicyScopeAWS   PolicyScope = "AWS"
	PolicyScopeLocal PolicyScope = "Local"
)

// ListPoliciesInput bounds the list.
type ListPoliciesInput struct {
	Scope        PolicyScope `json:",omitempty"` // All unless given
	OnlyAttached bool        `json:",omitempty"`
	PathPrefix   string      `json:",omitempty"`
	MaxItems     Option[int] `json:",omitzero"`
	Marker       string      `json:",omitempty"`
}

// ListPoliciesOutput is one page of policies.
type ListPoliciesOutput struct {
	Policies    []Policy
	IsTruncated bool
	Marker      string `json:",omitempty"`
}

// GetPolicyInput names a managed policy.
type GetPolicyInput struct{ PolicyArn string }

// GetPolicyOutput is the policy.
type GetPolicyOutput struct{ Policy Policy }

// GetPolicyVersionInput names a version of a managed policy.
type GetPolicyVersionInput struct {
	PolicyArn string
	VersionID string `json:"VersionId"`
}

// GetPolicyVersionOutput is the version.
type GetPolicyVersionOutput struct{ PolicyVersion PolicyVersion }

// PolicyVersion is one version of a managed policy.
type PolicyVersion struct {
	Document         string // JSON
	VersionID        string `json:"VersionId"`
	IsDefaultVersion bool
	CreateDate       time.Time
}

// CreatePolicyInput is a managed policy.
type CreatePolicyInput struct {
	PolicyName     string
	PolicyDocument string // JSON
	Path           string `json:",omitempty"`
	Description    string `json:",omitempty"`
	Tags           []Tag  `json:",omitempty"`
}

// CreatePolicyOutput is the policy.
type CreatePolicyOutput struct{ Policy Policy }

// DeletePolicyInput names a managed policy.
type DeletePolicyInput struct{ PolicyArn string }

// DeletePolicyOutput has no members.
type DeletePolicyOutput struct{}
