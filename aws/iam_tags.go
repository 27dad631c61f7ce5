package aws

// ListRoleTagsInput names a role.
type ListRoleTagsInput struct {
	RoleName string
	MaxItems Option[int] `json:",omitzero"` // 1 to 1,000
	Marker   string      `json:",omitempty"`
}

// ListRoleTagsOutput is one page of its tags, in the order of their keys.
type ListRoleTagsOutput struct {
	Tags        []Tag
	IsTruncated bool
	Marker      string `json:",omitempty"`
}

// TagRoleInput gives a role tags, 50 in all at most; one whose key it has already,
// be it in other case, is replaced.
type TagRoleInput struct {
	RoleName string
	Tags     []Tag
}

// TagRoleOutput has no members.
type TagRoleOutput struct{}

// UntagRoleInput takes tags from a role; keys that it does not have are no error.
type UntagRoleInput struct {
	RoleName string
	TagKeys  []string
}

// UntagRoleOutput has no members.
type UntagRoleOutput struct{}

// ListPolicyTagsInput names a managed policy of the account's own.
type ListPolicyTagsInput struct {
	PolicyArn string
	MaxItems  Option[int] `json:",omitzero"` // 1 to 1,000
	Marker    string      `json:",omitempty"`
}

// ListPolicyTagsOutput is one page of its tags, in the order of their keys.
type ListPolicyTagsOutput struct {
	Tags        []Tag
	IsTruncated bool
	Marker      string `json:",omitempty"`
}

// TagPolicyInput gives a managed policy of the account's own tags, as TagRoleInput
// gives a role.
type TagPolicyInput struct {
	PolicyArn string
	Tags      []Tag
}

// TagPolicyOutput has no members.
type TagPolicyOutput struct{}

// UntagPolicyInput takes tags from a managed policy of the account's own.
type UntagPolicyInput struct {
	PolicyArn string
	TagKeys   []string
}

// UntagPolicyOutput has no members.
type UntagPolicyOutput struct{}
