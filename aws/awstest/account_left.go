package awstest

import (
	"context"

	"awslab/aws"
)

// left lists all things in an account whose names hold the mark.
func (s site) left(ctx context.Context, mark string) ([]thing, error) {
	marked := aws.Intercept(s.cloud, func(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		if list, ok := listings[op.String()]; ok {
			return list.run(ctx, s.cloud, op, in, mark)
		}
		return next(ctx)
	})
	var left []thing
	for _, k := range kinds() {
		names, err := k.all(ctx, marked)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			left = append(left, thing{k, name})
		}
	}
	return left, nil
}

// namesOf lists the names of things.
func namesOf[T any](things []T, name func(T) string) []string {
	names := make([]string, 0, len(things))
	for _, t := range things {
		names = append(names, name(t))
	}
	return names
}

func allAPIs(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.APIGateway.GetRestApis(ctx, aws.GetRestApisInput{})
	return namesOf(out.Items, func(api aws.RestAPI) string { return api.Name }), err
}

func allFunctions(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.Lambda.ListFunctions(ctx, aws.ListFunctionsInput{})
	return namesOf(out.Functions, func(c aws.FunctionConfiguration) string { return c.FunctionName }), err
}

func allBuckets(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.S3.ListBuckets(ctx, aws.ListBucketsInput{})
	return namesOf(out.Buckets, func(b aws.Bucket) string { return b.Name }), err
}

func allTables(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.DynamoDB.ListTables(ctx, aws.ListTablesInput{})
	return out.TableNames, err
}

func allGroups(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.Logs.DescribeLogGroups(ctx, aws.DescribeLogGroupsInput{})
	return namesOf(out.LogGroups, func(g aws.LogGroup) string { return g.LogGroupName }), err
}

func allRoles(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.IAM.ListRoles(ctx, aws.ListRolesInput{})
	return namesOf(out.Roles, func(r aws.Role) string { return r.RoleName }), err
}

func allPolicies(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	out, err := cloud.IAM.ListPolicies(ctx, aws.ListPoliciesInput{Scope: aws.PolicyScopeLocal})
	return namesOf(out.Policies, func(p aws.Policy) string { return p.PolicyName }), err
}
