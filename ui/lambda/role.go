package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/page"
)

// lambdaService is Lambda as the principal of a policy.
const lambdaService = "lambda.amazonaws.com"

// lambdaTrust lets Lambda take on a role.
const lambdaTrust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

// basicExecution is AWS's policy that lets a function write its log.
const basicExecution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

// listLambdaRoles reads the roles that Lambda may take on.
func listLambdaRoles(ctx context.Context, service aws.IAM) ([]aws.Role, error) {
	all, err := page.Roles(ctx, service)
	return slices.DeleteFunc(all, func(r aws.Role) bool { return !trustsLambda(r.AssumeRolePolicyDocument) }), err
}

// trustsLambda reports whether a trust policy names Lambda.
func trustsLambda(document string) bool {
	var policy struct {
		Statement []struct {
			Effect    string
			Principal struct{ Service any }
		}
	}
	if json.Unmarshal([]byte(document), &policy) != nil {
		return false
	}
	for _, s := range policy.Statement {
		if s.Effect == "Allow" && strings.Contains(joined(s.Principal.Service), lambdaService) {
			return true
		}
	}
	return false
}

// makeRole makes a role for a function, which lets it write its log. It is named
// as AWS's console names it: the function, then eight letters and digits.
func makeRole(ctx context.Context, service aws.IAM, random io.Reader, function string) (aws.Role, error) {
	suffix, err := letters(random, 8)
	if err != nil {
		return aws.Role{}, err
	}
	const longest = 64
	name := function[:min(len(function), longest-len("-role-")-len(suffix))] + "-role-" + suffix
	out, err := service.CreateRole(ctx, aws.CreateRoleInput{RoleName: name, Path: "/service-role/", AssumeRolePolicyDocument: lambdaTrust})
	if err != nil {
		return aws.Role{}, err
	}
	_, err = service.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: name, PolicyArn: basicExecution})
	if err == nil {
		return out.Role, nil
	}
	_, undo := service.DeleteRole(ctx, aws.DeleteRoleInput{RoleName: name})
	return aws.Role{}, errors.Join(err, undo)
}
