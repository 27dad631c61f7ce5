package iam

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/page"
)

// listPolicies reads all managed policies.
func listPolicies(ctx context.Context, service aws.IAM) ([]aws.Policy, error) {
	return page.All(func(marker string) ([]aws.Policy, string, error) {
		out, err := service.ListPolicies(ctx, aws.ListPoliciesInput{Marker: marker})
		return out.Policies, out.Marker, err
	})
}

// granted is a policy of a role with its document.
type granted struct {
	name, arn string // the ARN is "" for an inline policy
	document  string
}

// listGranted reads a role's policies, the managed ones first.
func listGranted(ctx context.Context, service aws.IAM, role string) ([]granted, error) {
	var all []granted
	for in := (aws.ListAttachedRolePoliciesInput{RoleName: role}); ; {
		out, err := service.ListAttachedRolePolicies(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, p := range out.AttachedPolicies {
			document, err := documentOf(ctx, service, p.PolicyArn)
			if err != nil {
				return nil, err
			}
			all = append(all, granted{p.PolicyName, p.PolicyArn, document})
		}
		if !out.IsTruncated {
			break
		}
		in.Marker = out.Marker
	}
	for in := (aws.ListRolePoliciesInput{RoleName: role}); ; {
		out, err := service.ListRolePolicies(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, name := range out.PolicyNames {
			p, err := service.GetRolePolicy(ctx, aws.GetRolePolicyInput{RoleName: role, PolicyName: name})
			if err != nil {
				return nil, err
			}
			all = append(all, granted{name: name, document: indented(p.PolicyDocument)})
		}
		if !out.IsTruncated {
			return all, nil
		}
		in.Marker = out.Marker
	}
}

// documentOf reads the document of a managed policy.
func documentOf(ctx context.Context, service aws.IAM, arn string) (string, error) {
	p, err := service.GetPolicy(ctx, aws.GetPolicyInput{PolicyArn: arn})
	if err != nil {
		return "", err
	}
	version, err := service.GetPolicyVersion(ctx, aws.GetPolicyVersionInput{PolicyArn: arn, VersionID: p.Policy.DefaultVersionID})
	return indented(version.PolicyVersion.Document), err
}

// indented writes a document for people; one that is no JSON stays as it is.
func indented(document string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(document), "", "  ") != nil {
		return document
	}
	return b.String()
}

// trusted names those whom a trust policy lets assume a role: "lambda",
// "AWS account 111122223333".
func trusted(document string) string {
	var policy struct {
		Statement []struct{ Principal map[string]any }
	}
	if json.Unmarshal([]byte(document), &policy) != nil {
		return ""
	}
	var names []string
	for _, statement := range policy.Statement {
		for kind, value := range statement.Principal {
			for _, who := range texts(value) {
				if kind == "Service" {
					who = "AWS Service: " + strings.TrimSuffix(who, ".amazonaws.com")
				}
				names = append(names, who)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// texts is a text, or a list of them.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, texts(one)...)
		}
		return out
	}
	return nil
}
