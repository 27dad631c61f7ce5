package awstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// noPolicy are the refusals of every operation on a managed policy; message is
// that of one that is not there, by its ARN.
func noPolicy(f Fixture, message string, call func(arn string) error) []refusal {
	unknown := "arn:aws:iam::" + f.Cloud.Place.AccountID + ":policy/NotThere"
	return []refusal{
		{"an unknown policy", func() error { return call(unknown) }, noEntity, fmt.Sprintf(message, unknown)},
		{"what is no ARN", func() error { return call("AmazonS3ReadOnlyAccess") }, "InvalidInput", "ARN AmazonS3ReadOnlyAccess is not valid."},
		{"too short an ARN", func() error { return call("arn") }, iamInvalid, oneError + "Value 'arn' at 'policyArn' failed to satisfy constraint: Member must have length greater than or equal to 20"},
	}
}

const (
	policyNotFound   = "Policy %s was not found."
	policyUnattached = "Policy %s does not exist or is not attachable."
)

func testAttachRolePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	own := f.ownPolicy(t, "Mine")
	for _, arn := range []string{s3ReadOnly, own, own} {
		must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: arn})
	}
	same(t, "policies", f.attached(t), []string{"AmazonS3ReadOnlyAccess", "Mine"})
	same(t, "attachments", must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: own}).Policy.AttachmentCount, 1)
	attach := func(role, arn string) error {
		return errorOf(iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: role, PolicyArn: arn})()
	}
	iamRefuses(t, "iam:AttachRolePolicy", noRole(func(name string) error { return attach(name, s3ReadOnly) })...)
	iamRefuses(t, "iam:AttachRolePolicy", noPolicy(f, policyUnattached, func(arn string) error { return attach("R", arn) })...)
	for n := range 8 {
		must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: f.ownPolicy(t, fmt.Sprint("P", n))})
	}
	last := f.ownPolicy(t, "Last")
	iamRefuses(t, "iam:AttachRolePolicy", refusal{"an eleventh policy", func() error { return attach("R", last) }, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10"})
	testCanceled(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: s3ReadOnly})
}

func testDetachRolePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	own := f.ownPolicy(t, "Mine")
	for _, arn := range []string{s3ReadOnly, own} {
		must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: arn})
	}
	must(t, iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: "R", PolicyArn: s3ReadOnly})
	same(t, "policies left", f.attached(t), []string{"Mine"})
	detach := func(role, arn string) error {
		return errorOf(iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: role, PolicyArn: arn})()
	}
	iamRefuses(t, "iam:DetachRolePolicy", noRole(func(name string) error { return detach(name, s3ReadOnly) })...)
	iamRefuses(t, "iam:DetachRolePolicy", noPolicy(f, policyNotFound, func(arn string) error { return detach("R", arn) })...)
	iamRefuses(t, "iam:DetachRolePolicy", refusal{"a policy that it has not", func() error { return detach("R", s3ReadOnly) }, noEntity, fmt.Sprintf(policyNotFound, s3ReadOnly)})
	testCanceled(t, iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: "R", PolicyArn: own})
}

func testListAttachedRolePolicies(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	same(t, "policies of a new role", f.attached(t), []string{})
	var want []string
	for _, name := range []string{"C", "A", "B"} {
		must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: f.ownPolicy(t, name)})
		want = append(want, name)
	}
	slices.Sort(want)
	same(t, "policies", f.attached(t), want)
	var paged []string
	in := aws.ListAttachedRolePoliciesInput{RoleName: "R", MaxItems: aws.Some(2)}
	for more := true; more; {
		out := must(t, iam.ListAttachedRolePolicies, in)
		for _, p := range out.AttachedPolicies {
			paged = append(paged, p.PolicyName)
		}
		in.Marker, more = out.Marker, out.IsTruncated
	}
	same(t, "policies by pages", paged, want)
	iamRefuses(t, "iam:ListAttachedRolePolicies", noRole(func(name string) error {
		return errorOf(iam.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: name})()
	})...)
	iamRefuses(t, "iam:ListAttachedRolePolicies", pageFaults(func(n int) error {
		return errorOf(iam.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: "R", MaxItems: aws.Some(n)})()
	})...)
	testCanceled(t, iam.ListAttachedRolePolicies, aws.ListAttachedRolePoliciesInput{RoleName: "R"})
}

func testListPolicies(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	list := func(in aws.ListPoliciesInput) (names []string) {
		for range patience {
			out := must(t, iam.ListPolicies, in)
			for _, p := range out.Policies {
				names = append(names, p.PolicyName)
			}
			if in.Marker = out.Marker; !out.IsTruncated {
				break
			}
		}
		slices.Sort(names)
		return names
	}
	f.role(t, "R")
	must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: f.ownPolicy(t, "Contract1")})
	f.ownPolicy(t, "Contract2")
	both := []string{"Contract1", "Contract2"}
	all := append(slices.Clone(both), "AmazonS3ReadOnlyAccess", "AWSLambdaBasicExecutionRole")
	slices.Sort(all)
	same(t, "all", without(list(aws.ListPoliciesInput{}), all...), all)
	same(t, "all by pages", list(aws.ListPoliciesInput{MaxItems: aws.Some(5)}), list(aws.ListPoliciesInput{}))
	same(t, "the account's own", without(list(aws.ListPoliciesInput{Scope: aws.PolicyScopeLocal}), all...), both)
	same(t, "AWS's", without(list(aws.ListPoliciesInput{Scope: aws.PolicyScopeAWS}), all...), without(all, "AmazonS3ReadOnlyAccess", "AWSLambdaBasicExecutionRole"))
	same(t, "those attached", without(list(aws.ListPoliciesInput{OnlyAttached: true}), both...), both[:1])
	same(t, "those of a path", without(list(aws.ListPoliciesInput{PathPrefix: "/service-role/"}), all...), []string{"AWSLambdaBasicExecutionRole"})
	iamRefuses(t, "iam:ListPolicies", pageFaults(func(n int) error {
		return errorOf(iam.ListPolicies, aws.ListPoliciesInput{MaxItems: aws.Some(n)})()
	})...)
	iamRefuses(t, "iam:ListPolicies", refusal{"an unknown scope", errorOf(iam.ListPolicies, aws.ListPoliciesInput{Scope: "Mine"}), iamInvalid,
		oneError + "Value 'Mine' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]"})
	testCanceled(t, iam.ListPolicies, aws.ListPoliciesInput{})
}

func testGetPolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	own := must(t, iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Mine", PolicyDocument: readPictures, Description: "Reads pictures"}).Policy
	same(t, "policy", must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: own.Arn}).Policy, own)
	p := must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: s3ReadOnly}).Policy
	if p.PolicyName != "AmazonS3ReadOnlyAccess" || p.Path != "/" || !p.IsAttachable || p.DefaultVersionID == "" || p.Description == "" {
		t.Errorf("a policy of AWS's is %+v", p)
	}
	iamRefuses(t, "iam:GetPolicy", noPolicy(f, policyNotFound, func(arn string) error { return errorOf(iam.GetPolicy, aws.GetPolicyInput{PolicyArn: arn})() })...)
	testCanceled(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: s3ReadOnly})
}

func testGetPolicyVersion(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	own := f.ownPolicy(t, "Mine")
	version := must(t, iam.GetPolicyVersion, aws.GetPolicyVersionInput{PolicyArn: own, VersionID: "v1"}).PolicyVersion
	same(t, "document", version.Document, readPictures)
	if version.VersionID != "v1" || !version.IsDefaultVersion || version.CreateDate.IsZero() {
		t.Errorf("the version is %+v", version)
	}
	p := must(t, iam.GetPolicy, aws.GetPolicyInput{PolicyArn: s3ReadOnly}).Policy
	theirs := must(t, iam.GetPolicyVersion, aws.GetPolicyVersionInput{PolicyArn: s3ReadOnly, VersionID: p.DefaultVersionID}).PolicyVersion
	if !strings.Contains(theirs.Document, "s3:Get*") {
		t.Errorf("the document of %s is %s", s3ReadOnly, theirs.Document)
	}
	get := func(arn, version string) error {
		return errorOf(iam.GetPolicyVersion, aws.GetPolicyVersionInput{PolicyArn: arn, VersionID: version})()
	}
	iamRefuses(t, "iam:GetPolicyVersion", noPolicy(f, "Policy %s version v1 does not exist or is not attachable.", func(arn string) error { return get(arn, "v1") })...)
	iamRefuses(t, "iam:GetPolicyVersion", refusal{"an unknown version", func() error { return get(own, "v2") }, noEntity, "Policy " + own + " version v2 does not exist or is not attachable."})
	testCanceled(t, iam.GetPolicyVersion, aws.GetPolicyVersionInput{PolicyArn: own, VersionID: "v1"})
}

func testCreatePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	p := must(t, iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: "Mine", PolicyDocument: readPictures, Path: "/lab/", Description: "Reads pictures"}).Policy
	if p.Arn != "arn:aws:iam::"+f.Cloud.Place.AccountID+":policy/lab/Mine" || !strings.HasPrefix(p.PolicyID, "ANPA") || p.DefaultVersionID != "v1" ||
		!p.IsAttachable || p.AttachmentCount != 0 || p.CreateDate.IsZero() || p.Path != "/lab/" {
		t.Errorf("the policy is %+v", p)
	}
	create := func(name, document string) error {
		return errorOf(iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: name, PolicyDocument: document})()
	}
	iamRefuses(t, "iam:CreatePolicy", documentFaults(func(document string) error { return create("P", document) })...)
	large := strings.Replace(readPictures, `"arn:aws:s3:::image-abcdef/*"`, `["`+strings.Repeat(`arn:aws:s3:::image-abcdef/*","`, 210)+`*"]`, 1)
	iamRefuses(t, "iam:CreatePolicy",
		refusal{"a taken name", func() error { return create("Mine", readPictures) }, entityExists, "A policy called Mine already exists. Duplicate names are not allowed."},
		refusal{"a bad name", func() error { return create("a b", readPictures) }, iamInvalid, fmt.Sprintf(badNameMessage, "policyName")},
		refusal{"too much of it", func() error { return create("P", large) }, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144"},
	)
	testCanceled(t, iam.CreatePolicy, aws.CreatePolicyInput{PolicyName: "P", PolicyDocument: readPictures})
}

func testDeletePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	own := f.ownPolicy(t, "Mine")
	remove := func(arn string) error { return errorOf(iam.DeletePolicy, aws.DeletePolicyInput{PolicyArn: arn})() }
	must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: own})
	iamRefuses(t, "iam:DeletePolicy", refusal{"a policy that a role has", func() error { return remove(own) }, "DeleteConflict", "Cannot delete a policy attached to entities."})
	must(t, iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: "R", PolicyArn: own})
	must(t, iam.DeletePolicy, aws.DeletePolicyInput{PolicyArn: own})
	iamRefuses(t, "iam:DeletePolicy", refusal{"a deleted policy", func() error { return remove(own) }, noEntity, fmt.Sprintf(policyNotFound, own)})
	iamRefuses(t, "iam:DeletePolicy", noPolicy(f, policyNotFound, remove)...)
	testCanceled(t, iam.DeletePolicy, aws.DeletePolicyInput{PolicyArn: f.ownPolicy(t, "Mine")})
}
