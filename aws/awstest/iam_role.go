package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

func testCreateRole(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	role := must(t, iam.CreateRole, aws.CreateRoleInput{RoleName: "Thumbnails", AssumeRolePolicyDocument: trustOfLambda, Path: "/service-role/", Description: "Makes thumbnails"}).Role
	if role.Arn != f.roleARN("service-role/Thumbnails") || !strings.HasPrefix(role.RoleID, "AROA") || role.MaxSessionDuration != 3600 || role.CreateDate.IsZero() {
		t.Errorf("the role is %+v", role)
	}
	same(t, "what was given", []string{role.RoleName, role.Path, role.Description, role.AssumeRolePolicyDocument}, []string{"Thumbnails", "/service-role/", "Makes thumbnails", trustOfLambda})
	same(t, "the path of another", f.role(t, "Plain").Path, "/")
	create := func(name, document string) func() error {
		return errorOf(iam.CreateRole, aws.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: document})
	}
	trust := func(members string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + members + `}]}`
	}
	iamRefuses(t, "iam:CreateRole", noRole(func(name string) error { return create(name, trustOfLambda)() })[1:]...)
	iamRefuses(t, "iam:CreateRole",
		refusal{"a taken name", create("Plain", trustOfLambda), entityExists, "Role with name Plain already exists."},
		refusal{"a name that differs in case", create("PLAIN", trustOfLambda), entityExists, "Role with name PLAIN already exists."},
		refusal{"no document", create("R", ""), iamInvalid, oneError + "Value '' at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must have length greater than or equal to 1"},
		refusal{"what is no JSON", create("R", "trust me"), badDocument, "This policy contains invalid Json"},
		refusal{"nobody to trust", create("R", trust(`"Action":"sts:AssumeRole"`)), badDocument, "Missing required field Principal"},
		refusal{"a resource", create("R", trust(`"Action":"sts:AssumeRole","Principal":"*","Resource":"*"`)), badDocument, "Has prohibited field Resource"},
		refusal{"another action", create("R", trust(`"Action":"s3:GetObject","Principal":"*"`)), badDocument, "AssumeRole policy may only specify STS AssumeRole actions."},
		refusal{"a service that is none", create("R", trust(`"Action":"sts:AssumeRole","Principal":{"Service":"lambda"}`)), badDocument, `Invalid principal in policy: "SERVICE":"lambda"`},
		refusal{"too much trust", create("R", trust(`"Action":"sts:AssumeRole","Principal":{"Service":["`+strings.Repeat("lambda.amazonaws.com\",\"", 100)+`lambda.amazonaws.com"]}`)), "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048"},
	)
	testCanceled(t, iam.CreateRole, aws.CreateRoleInput{RoleName: "R", AssumeRolePolicyDocument: trustOfLambda})
}

func testGetRole(t *testing.T, f Fixture) {
	made := f.role(t, "Thumbnails")
	same(t, "role", must(t, f.Cloud.IAM.GetRole, aws.GetRoleInput{RoleName: "Thumbnails"}).Role, made)
	iamRefuses(t, "iam:GetRole", noRole(func(name string) error { return errorOf(f.Cloud.IAM.GetRole, aws.GetRoleInput{RoleName: name})() })...)
	testCanceled(t, f.Cloud.IAM.GetRole, aws.GetRoleInput{RoleName: "Thumbnails"})
}

func testListRoles(t *testing.T, f Fixture) {
	list := func(in aws.ListRolesInput) (names []string) {
		for range patience {
			out := must(t, f.Cloud.IAM.ListRoles, in)
			if len(out.Roles) > in.MaxItems.Or(100) || out.IsTruncated != (out.Marker != "") {
				t.Errorf("a page has %d roles, more: %v, marker %q", len(out.Roles), out.IsTruncated, out.Marker)
			}
			for _, r := range out.Roles {
				names = append(names, r.RoleName)
			}
			if in.Marker = out.Marker; !out.IsTruncated {
				break
			}
		}
		return names
	}
	var want []string
	for n := range 7 {
		want = append(want, fmt.Sprintf("Contract%d", n))
		f.role(t, want[n])
	}
	must(t, f.Cloud.IAM.CreateRole, aws.CreateRoleInput{RoleName: "Apart", AssumeRolePolicyDocument: trustOfLambda, Path: "/contract/"})
	same(t, "roles", without(list(aws.ListRolesInput{}), want...), want)
	same(t, "roles by pages", list(aws.ListRolesInput{MaxItems: aws.Some(2)}), list(aws.ListRolesInput{}))
	same(t, "roles of a path", list(aws.ListRolesInput{PathPrefix: "/contract/"}), []string{"Apart"})
	iamRefuses(t, "iam:ListRoles", pageFaults(func(n int) error {
		return errorOf(f.Cloud.IAM.ListRoles, aws.ListRolesInput{MaxItems: aws.Some(n)})()
	})...)
	iamRefuses(t, "iam:ListRoles", refusal{"a marker that is none", errorOf(f.Cloud.IAM.ListRoles, aws.ListRolesInput{Marker: "?"}), iamInvalid, "Invalid Marker."})
	testCanceled(t, f.Cloud.IAM.ListRoles, aws.ListRolesInput{})
}

func testDeleteRole(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "Thumbnails")
	remove := errorOf(iam.DeleteRole, aws.DeleteRoleInput{RoleName: "Thumbnails"})
	must(t, iam.AttachRolePolicy, aws.AttachRolePolicyInput{RoleName: "Thumbnails", PolicyArn: s3ReadOnly})
	must(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "Thumbnails", PolicyName: "P", PolicyDocument: readPictures})
	iamRefuses(t, "iam:DeleteRole", refusal{"a role with a managed policy", remove, "DeleteConflict", "Cannot delete entity, must detach all policies first."})
	must(t, iam.DetachRolePolicy, aws.DetachRolePolicyInput{RoleName: "Thumbnails", PolicyArn: s3ReadOnly})
	iamRefuses(t, "iam:DeleteRole", refusal{"a role with an inline policy", remove, "DeleteConflict", "Cannot delete entity, must delete policies first."})
	must(t, iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: "Thumbnails", PolicyName: "P"})
	must(t, iam.DeleteRole, aws.DeleteRoleInput{RoleName: "Thumbnails"})
	iamRefuses(t, "iam:DeleteRole", refusal{"a deleted role", remove, noEntity, "The role with name Thumbnails cannot be found."})
	iamRefuses(t, "iam:DeleteRole", noRole(func(name string) error { return errorOf(iam.DeleteRole, aws.DeleteRoleInput{RoleName: name})() })...)
	f.role(t, "Thumbnails")
	testCanceled(t, iam.DeleteRole, aws.DeleteRoleInput{RoleName: "Thumbnails"})
	must(t, iam.GetRole, aws.GetRoleInput{RoleName: "Thumbnails"})
}

func testPutRolePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	put := func(role, name, document string) func() error {
		return errorOf(iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: role, PolicyName: name, PolicyDocument: document})
	}
	for _, document := range []string{readPictures, strings.Replace(readPictures, "Get", "Put", 1)} {
		if err := put("R", "P", document)(); err != nil {
			t.Fatal(err)
		}
		out := must(t, iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: "R", PolicyName: "P"})
		same(t, "policy", out, aws.GetRolePolicyOutput{RoleName: "R", PolicyName: "P", PolicyDocument: document})
	}
	iamRefuses(t, "iam:PutRolePolicy", noRole(func(name string) error { return put(name, "P", readPictures)() })...)
	iamRefuses(t, "iam:PutRolePolicy", documentFaults(func(document string) error { return put("R", "P", document)() })...)
	large := strings.Replace(readPictures, `"arn:aws:s3:::image-abcdef/*"`, `["`+strings.Repeat(`arn:aws:s3:::image-abcdef/*","`, 340)+`*"]`, 1)
	iamRefuses(t, "iam:PutRolePolicy",
		refusal{"a bad name", put("R", "a b", readPictures), iamInvalid, fmt.Sprintf(badNameMessage, "policyName")},
		refusal{"too much of it", put("R", "Q", large), "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role R"},
	)
	testCanceled(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "P", PolicyDocument: readPictures})
}

func testGetRolePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	must(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "P", PolicyDocument: readPictures})
	same(t, "policy", must(t, iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: "R", PolicyName: "P"}).PolicyDocument, readPictures)
	writePictures := strings.Replace(readPictures, "s3:GetObject", "s3:PutObject", 1)
	must(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "W", PolicyDocument: writePictures})
	same(t, "another policy", must(t, iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: "R", PolicyName: "W"}), aws.GetRolePolicyOutput{RoleName: "R", PolicyName: "W", PolicyDocument: writePictures})
	iamRefuses(t, "iam:GetRolePolicy", noRole(func(name string) error {
		return errorOf(iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: name, PolicyName: "P"})()
	})...)
	iamRefuses(t, "iam:GetRolePolicy", refusal{"an unknown policy", errorOf(iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: "R", PolicyName: "Q"}), noEntity, "The role policy with name Q cannot be found."})
	testCanceled(t, iam.GetRolePolicy, aws.GetRolePolicyInput{RoleName: "R", PolicyName: "P"})
}

func testDeleteRolePolicy(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	for _, name := range []string{"P", "Q"} {
		must(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "R", PolicyName: name, PolicyDocument: readPictures})
	}
	must(t, iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: "R", PolicyName: "P"})
	same(t, "policies left", must(t, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: "R"}).PolicyNames, []string{"Q"})
	iamRefuses(t, "iam:DeleteRolePolicy", noRole(func(name string) error {
		return errorOf(iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: name, PolicyName: "P"})()
	})...)
	iamRefuses(t, "iam:DeleteRolePolicy", refusal{"a deleted policy", errorOf(iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: "R", PolicyName: "P"}), noEntity, "The role policy with name P cannot be found."})
	testCanceled(t, iam.DeleteRolePolicy, aws.DeleteRolePolicyInput{RoleName: "R", PolicyName: "Q"})
}

func testListRolePolicies(t *testing.T, f Fixture) {
	iam := f.Cloud.IAM
	f.role(t, "R")
	same(t, "policies of a new role", must(t, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: "R"}).PolicyNames, []string{})
	want := []string{"A", "B", "C", "D", "E"}
	for _, name := range want {
		must(t, iam.PutRolePolicy, aws.PutRolePolicyInput{RoleName: "R", PolicyName: name, PolicyDocument: readPictures})
	}
	same(t, "policies", must(t, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: "R"}).PolicyNames, want)
	var paged []string
	in := aws.ListRolePoliciesInput{RoleName: "R", MaxItems: aws.Some(2)}
	for more := true; more; {
		out := must(t, iam.ListRolePolicies, in)
		paged = append(paged, out.PolicyNames...)
		in.Marker, more = out.Marker, out.IsTruncated
	}
	same(t, "policies by pages", paged, want)
	iamRefuses(t, "iam:ListRolePolicies", noRole(func(name string) error {
		return errorOf(iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: name})()
	})...)
	iamRefuses(t, "iam:ListRolePolicies", pageFaults(func(n int) error {
		return errorOf(iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: "R", MaxItems: aws.Some(n)})()
	})...)
	testCanceled(t, iam.ListRolePolicies, aws.ListRolePoliciesInput{RoleName: "R"})
}
