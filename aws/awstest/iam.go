package awstest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// iamContracts holds the test of each operation of IAM.
func iamContracts() map[string]contract {
	return map[string]contract{
		"iam:CreateRole":               testCreateRole,
		"iam:GetRole":                  testGetRole,
		"iam:ListRoles":                testListRoles,
		"iam:DeleteRole":               testDeleteRole,
		"iam:AttachRolePolicy":         testAttachRolePolicy,
		"iam:DetachRolePolicy":         testDetachRolePolicy,
		"iam:ListAttachedRolePolicies": testListAttachedRolePolicies,
		"iam:PutRolePolicy":            testPutRolePolicy,
		"iam:GetRolePolicy":            testGetRolePolicy,
		"iam:DeleteRolePolicy":         testDeleteRolePolicy,
		"iam:ListRolePolicies":         testListRolePolicies,
		"iam:ListPolicies":             testListPolicies,
		"iam:GetPolicy":                testGetPolicy,
		"iam:GetPolicyVersion":         testGetPolicyVersion,
		"iam:CreatePolicy":             testCreatePolicy,
		"iam:DeletePolicy":             testDeletePolicy,
		"iam:ListRoleTags":             testListRoleTags,
		"iam:TagRole":                  testTagRole,
		"iam:UntagRole":                testUntagRole,
		"iam:ListPolicyTags":           testListPolicyTags,
		"iam:TagPolicy":                testTagPolicy,
		"iam:UntagPolicy":              testUntagPolicy,
	}
}

// Codes of IAM.
const (
	noEntity     = "NoSuchEntity"
	entityExists = "EntityAlreadyExists"
	badDocument  = "MalformedPolicyDocument"
	iamInvalid   = "ValidationError"
)

// Documents of the tests.
const (
	trustOfLambda = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	readPictures  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::image-abcdef/*"}]}`
)

// s3ReadOnly is a policy of AWS's own.
const s3ReadOnly = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"

// badNameMessage is how IAM refuses a name's characters.
const badNameMessage = "The specified value for %s is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"

// iamRefuses checks calls that must fail, each as one operation.
func iamRefuses(t *testing.T, name string, refusals ...refusal) {
	t.Helper()
	op := operation(t, name)
	for _, r := range refusals {
		t.Run("refuses "+r.name, func(t *testing.T) { iamError(t, r.call(), op, r.code, r.message) })
	}
}

func iamError(t *testing.T, err error, op aws.Operation, code, message string) {
	t.Helper()
	var got *aws.Error
	if !errors.As(err, &got) {
		t.Fatalf("error is %v (%T), want %s", err, err, code)
	}
	if got.Code != code || got.Message != message {
		t.Errorf("error is\n%s: %s\nwant\n%s: %s", got.Code, got.Message, code, message)
	}
	status := http.StatusBadRequest
	switch code {
	case noEntity:
		status = http.StatusNotFound
	case entityExists, "DeleteConflict", "LimitExceeded":
		status = http.StatusConflict
	}
	if got.Service != op.Service || got.Operation != op.Name || got.Status != status || got.RequestID == "" {
		t.Errorf("error comes from %q %q, status %d, request %q; want %s, status %d, some request",
			got.Service, got.Operation, got.Status, got.RequestID, op, status)
	}
}

// noRole are the refusals of every operation on a role.
func noRole(call func(name string) error) []refusal {
	long := strings.Repeat("x", 65)
	return []refusal{
		{"an unknown role", func() error { return call("Nobody") }, noEntity, "The role with name Nobody cannot be found."},
		{"a bad name", func() error { return call("my role!") }, iamInvalid, fmt.Sprintf(badNameMessage, "roleName")},
		{"no name", func() error { return call("") }, iamInvalid, oneError + "Value '' at 'roleName' failed to satisfy constraint: Member must have length greater than or equal to 1"},
		{"a long name", func() error { return call(long) }, iamInvalid, oneError + "Value '" + long + "' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64"},
	}
}

// pageFaults are the refusals of every list that has pages.
func pageFaults(call func(items int) error) []refusal {
	return []refusal{
		{"no items a page", func() error { return call(0) }, iamInvalid, oneError + "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1"},
		{"too many items a page", func() error { return call(1001) }, iamInvalid, oneError + "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000"},
	}
}

// role makes a role that Lambda may assume.
func (f Fixture) role(t *testing.T, name string) aws.Role {
	t.Helper()
	return must(t, f.Cloud.IAM.CreateRole, aws.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: trustOfLambda}).Role
}

// ownPolicy makes a managed policy of the account, and gives its ARN.
func (f Fixture) ownPolicy(t *testing.T, name string) string {
	t.Helper()
	return must(t, f.Cloud.IAM.CreatePolicy, aws.CreatePolicyInput{PolicyName: name, PolicyDocument: readPictures}).Policy.Arn
}

func (f Fixture) roleARN(name string) string {
	return "arn:aws:iam::" + f.Cloud.Place.AccountID + ":role/" + name
}

// attached lists the names of the managed policies of the role R.
func (f Fixture) attached(t *testing.T) []string {
	t.Helper()
	out := []string{}
	for _, p := range must(t, f.Cloud.IAM.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: "R"}).AttachedPolicies {
		out = append(out, p.PolicyName)
	}
	return out
}

// documentFaults are the refusals of documents as policies of roles.
func documentFaults(call func(document string) error) []refusal {
	statement := func(members string) func() error {
		return func() error { return call(`{"Version":"2012-10-17","Statement":[{` + members + `}]}`) }
	}
	return []refusal{
		{"what is no JSON", func() error { return call("{") }, badDocument, "This policy contains invalid Json"},
		{"what is no policy", func() error { return call(`{"Version":"2012-10-17"}`) }, badDocument, "Syntax errors in policy."},
		{"an unknown operator", statement(`"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringIs":{"a":"b"}}`), badDocument, "Syntax errors in policy."},
		{"no action", statement(`"Effect":"Allow","Resource":"*"`), badDocument, "Policy statement must contain actions."},
		{"no resource", statement(`"Effect":"Allow","Action":"s3:*"`), badDocument, "Policy statement must contain resources."},
		{"a principal", statement(`"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"`), badDocument, "Policy document should not specify a principal."},
		{"an action without a service", statement(`"Effect":"Allow","Action":"GetObject","Resource":"*"`), badDocument, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
		{"a resource that is no ARN", statement(`"Effect":"Allow","Action":"s3:*","Resource":"image-1"`), badDocument, `Resource image-1 must be in ARN format or "*".`},
	}
}

// without drops those of a list that others made.
func without(list []string, wanted ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool { return !slices.Contains(wanted, name) })
}
