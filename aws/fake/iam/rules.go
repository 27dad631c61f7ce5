package iam

import (
	"maps"

	"awslab/aws"
)

// rules is the one table of what rights each operation takes, by its name. A
// test holds it against the table of operations.
func rules() map[string]rule {
	all := make(map[string]rule)
	for _, part := range []map[string]rule{dynamodbRules(), s3Rules(), lambdaRules(), apigatewayRules(), logsRules(), iamRules()} {
		maps.Copy(all, part)
	}
	all["cloudwatch:GetMetricData"] = everything("cloudwatch:GetMetricData")
	all["cloudwatch:GetMetricStatistics"] = everything("cloudwatch:GetMetricStatistics")
	all["cloudwatch:ListMetrics"] = everything("cloudwatch:ListMetrics")
	all["cloudwatch:PutMetricData"] = many(func(_ *Service, _ aws.Place, in aws.PutMetricDataInput) []need {
		return []need{{action: "cloudwatch:PutMetricData", resource: "*", conditions: map[string]string{"cloudwatch:namespace": in.Namespace}}}
	})
	all["sts:GetCallerIdentity"] = func(*Service, aws.Place, any) []need { return nil }
	return all
}

func lambdaRules() map[string]rule {
	rules := map[string]rule{
		"lambda:ListFunctions":      everything("lambda:ListFunctions"),
		"lambda:GetAccountSettings": everything("lambda:GetAccountSettings"),
		"lambda:CreateFunction": many(func(_ *Service, place aws.Place, in aws.CreateFunctionInput) []need {
			arn := functionARN(place, in.FunctionName)
			return append(passRole(in.Role), creates("lambda:CreateFunction", "lambda:TagResource", arn, len(in.Tags))...)
		}),
		"lambda:UpdateFunctionConfiguration": many(func(_ *Service, place aws.Place, in aws.UpdateFunctionConfigurationInput) []need {
			return append(passRole(in.Role), need{action: "lambda:UpdateFunctionConfiguration", resource: functionARN(place, in.FunctionName)})
		}),
	}
	function(rules, "lambda:GetFunction", func(in aws.GetFunctionInput) string { return in.FunctionName })
	function(rules, "lambda:GetFunctionConfiguration", func(in aws.GetFunctionConfigurationInput) string { return in.FunctionName })
	function(rules, "lambda:UpdateFunctionCode", func(in aws.UpdateFunctionCodeInput) string { return in.FunctionName })
	function(rules, "lambda:DeleteFunction", func(in aws.DeleteFunctionInput) string { return in.FunctionName })
	function(rules, "lambda:AddPermission", func(in aws.AddPermissionInput) string { return in.FunctionName })
	function(rules, "lambda:RemovePermission", func(in aws.RemovePermissionInput) string { return in.FunctionName })
	function(rules, "lambda:GetPolicy", func(in aws.LambdaGetPolicyInput) string { return in.FunctionName })
	function(rules, "lambda:PutFunctionConcurrency", func(in aws.PutFunctionConcurrencyInput) string { return in.FunctionName })
	function(rules, "lambda:GetFunctionConcurrency", func(in aws.GetFunctionConcurrencyInput) string { return in.FunctionName })
	function(rules, "lambda:DeleteFunctionConcurrency", func(in aws.DeleteFunctionConcurrencyInput) string { return in.FunctionName })
	function(rules, "lambda:PutFunctionEventInvokeConfig", func(in aws.PutFunctionEventInvokeConfigInput) string { return in.FunctionName })
	function(rules, "lambda:GetFunctionEventInvokeConfig", func(in aws.GetFunctionEventInvokeConfigInput) string { return in.FunctionName })
	function(rules, "lambda:DeleteFunctionEventInvokeConfig", func(in aws.DeleteFunctionEventInvokeConfigInput) string { return in.FunctionName })
	function(rules, "lambda:PutFunctionRecursionConfig", func(in aws.PutFunctionRecursionConfigInput) string { return in.FunctionName })
	function(rules, "lambda:GetFunctionRecursionConfig", func(in aws.GetFunctionRecursionConfigInput) string { return in.FunctionName })
	rules["lambda:ListTags"] = one("lambda:ListTags", func(_ aws.Place, in aws.ListTagsInput) string { return in.Resource })
	rules["lambda:TagResource"] = one("lambda:TagResource", func(_ aws.Place, in aws.LambdaTagResourceInput) string { return in.Resource })
	rules["lambda:UntagResource"] = one("lambda:UntagResource", func(_ aws.Place, in aws.LambdaUntagResourceInput) string { return in.Resource })
	rules["lambda:Invoke"] = one("lambda:InvokeFunction", func(place aws.Place, in aws.InvokeInput) string { return functionARN(place, in.FunctionName) })
	return rules
}

// function adds the rule of an operation on a function.
func function[In any](rules map[string]rule, action string, name func(In) string) {
	rules[action] = one(action, func(place aws.Place, in In) string { return functionARN(place, name(in)) })
}

// creates is the right to create a resource, and to tag it if it gets any tags.
func creates(action, tagging, arn string, tags int) []need {
	needs := []need{{action: action, resource: arn}}
	if tags > 0 {
		needs = append(needs, need{action: tagging, resource: arn})
	}
	return needs
}

// passRole is the right to have Lambda act in a role.
func passRole(role string) []need {
	if role == "" {
		return nil
	}
	return []need{{action: "iam:PassRole", resource: role, conditions: map[string]string{"iam:PassedToService": lambdaService}}}
}

func logsRules() map[string]rule {
	group := func(name string) func(aws.Place) string {
		return func(place aws.Place) string { return streamARN(place, name, "") }
	}
	return map[string]rule{
		"logs:CreateLogGroup": many(func(_ *Service, p aws.Place, in aws.CreateLogGroupInput) []need {
			return creates("logs:CreateLogGroup", "logs:TagResource", group(in.LogGroupName)(p), len(in.Tags))
		}),
		"logs:ListTagsForResource": one("logs:ListTagsForResource", func(_ aws.Place, in aws.ListTagsForResourceInput) string { return in.ResourceArn }),
		"logs:TagResource":         one("logs:TagResource", func(_ aws.Place, in aws.LogsTagResourceInput) string { return in.ResourceArn }),
		"logs:UntagResource":       one("logs:UntagResource", func(_ aws.Place, in aws.LogsUntagResourceInput) string { return in.ResourceArn }),
		"logs:DeleteLogGroup":      one("logs:DeleteLogGroup", func(p aws.Place, in aws.DeleteLogGroupInput) string { return group(in.LogGroupName)(p) }),
		"logs:DescribeLogGroups":   one("logs:DescribeLogGroups", func(p aws.Place, _ aws.DescribeLogGroupsInput) string { return group("")(p) }),
		"logs:PutRetentionPolicy":  one("logs:PutRetentionPolicy", func(p aws.Place, in aws.PutRetentionPolicyInput) string { return group(in.LogGroupName)(p) }),
		"logs:DeleteRetentionPolicy": one("logs:DeleteRetentionPolicy", func(p aws.Place, in aws.DeleteRetentionPolicyInput) string {
			return group(in.LogGroupName)(p)
		}),
		"logs:CreateLogStream": one("logs:CreateLogStream", func(p aws.Place, in aws.CreateLogStreamInput) string { return group(in.LogGroupName)(p) }),
		"logs:DeleteLogStream": one("logs:DeleteLogStream", func(p aws.Place, in aws.DeleteLogStreamInput) string {
			return streamARN(p, in.LogGroupName, in.LogStreamName)
		}),
		"logs:DescribeLogStreams": one("logs:DescribeLogStreams", func(p aws.Place, in aws.DescribeLogStreamsInput) string { return group(in.LogGroupName)(p) }),
		"logs:PutLogEvents": one("logs:PutLogEvents", func(p aws.Place, in aws.PutLogEventsInput) string {
			return streamARN(p, in.LogGroupName, in.LogStreamName)
		}),
		"logs:GetLogEvents": one("logs:GetLogEvents", func(p aws.Place, in aws.GetLogEventsInput) string {
			return streamARN(p, in.LogGroupName, in.LogStreamName)
		}),
		"logs:FilterLogEvents": one("logs:FilterLogEvents", func(p aws.Place, in aws.FilterLogEventsInput) string { return group(in.LogGroupName)(p) }),
	}
}

func iamRules() map[string]rule {
	rules := map[string]rule{
		"iam:CreateRole": many(func(s *Service, _ aws.Place, in aws.CreateRoleInput) []need {
			return creates("iam:CreateRole", "iam:TagRole", s.arn("role", pathOf(in.Path), in.RoleName), len(in.Tags))
		}),
		"iam:ListRoles": many(func(s *Service, _ aws.Place, in aws.ListRolesInput) []need {
			return onARN("iam:ListRoles", s.arn("role", pathOf(in.PathPrefix), ""), "")
		}),
		"iam:ListPolicies": many(func(s *Service, _ aws.Place, in aws.ListPoliciesInput) []need {
			return onARN("iam:ListPolicies", s.arn("policy", pathOf(in.PathPrefix), ""), "policy path "+pathOf(in.PathPrefix))
		}),
		"iam:CreatePolicy": many(func(s *Service, _ aws.Place, in aws.CreatePolicyInput) []need {
			arn, shown := s.arn("policy", pathOf(in.Path), in.PolicyName), "policy "+in.PolicyName
			if len(in.Tags) > 0 {
				return append(onARN("iam:CreatePolicy", arn, shown), onARN("iam:TagPolicy", arn, shown)...)
			}
			return onARN("iam:CreatePolicy", arn, shown)
		}),
		"iam:GetPolicy": many(func(_ *Service, _ aws.Place, in aws.GetPolicyInput) []need {
			return onARN("iam:GetPolicy", in.PolicyArn, "policy "+in.PolicyArn)
		}),
		"iam:GetPolicyVersion": many(func(_ *Service, _ aws.Place, in aws.GetPolicyVersionInput) []need {
			return onARN("iam:GetPolicyVersion", in.PolicyArn, "policy "+in.PolicyArn)
		}),
		"iam:DeletePolicy": many(func(_ *Service, _ aws.Place, in aws.DeletePolicyInput) []need {
			return onARN("iam:DeletePolicy", in.PolicyArn, "policy "+in.PolicyArn)
		}),
		"iam:ListPolicyTags": many(func(_ *Service, _ aws.Place, in aws.ListPolicyTagsInput) []need {
			return onARN("iam:ListPolicyTags", in.PolicyArn, "policy "+in.PolicyArn)
		}),
		"iam:TagPolicy": many(func(_ *Service, _ aws.Place, in aws.TagPolicyInput) []need {
			return onARN("iam:TagPolicy", in.PolicyArn, "policy "+in.PolicyArn)
		}),
		"iam:UntagPolicy": many(func(_ *Service, _ aws.Place, in aws.UntagPolicyInput) []need {
			return onARN("iam:UntagPolicy", in.PolicyArn, "policy "+in.PolicyArn)
		}),
	}
	onRole(rules, "iam:GetRole", func(in aws.GetRoleInput) string { return in.RoleName })
	onRole(rules, "iam:DeleteRole", func(in aws.DeleteRoleInput) string { return in.RoleName })
	onRole(rules, "iam:AttachRolePolicy", func(in aws.AttachRolePolicyInput) string { return in.RoleName })
	onRole(rules, "iam:DetachRolePolicy", func(in aws.DetachRolePolicyInput) string { return in.RoleName })
	onRole(rules, "iam:ListAttachedRolePolicies", func(in aws.ListAttachedRolePoliciesInput) string { return in.RoleName })
	onRole(rules, "iam:PutRolePolicy", func(in aws.PutRolePolicyInput) string { return in.RoleName })
	onRole(rules, "iam:GetRolePolicy", func(in aws.GetRolePolicyInput) string { return in.RoleName })
	onRole(rules, "iam:DeleteRolePolicy", func(in aws.DeleteRolePolicyInput) string { return in.RoleName })
	onRole(rules, "iam:ListRoleTags", func(in aws.ListRoleTagsInput) string { return in.RoleName })
	onRole(rules, "iam:TagRole", func(in aws.TagRoleInput) string { return in.RoleName })
	onRole(rules, "iam:UntagRole", func(in aws.UntagRoleInput) string { return in.RoleName })
	onRole(rules, "iam:ListRolePolicies", func(in aws.ListRolePoliciesInput) string { return in.RoleName })
	return rules
}

// onRole adds the rule of an operation on a role, whose path only the role
// itself tells; refusals name it without.
func onRole[In any](rules map[string]rule, action string, name func(In) string) {
	rules[action] = many(func(s *Service, _ aws.Place, in In) []need {
		resource := s.arn("role", "/", name(in))
		if found, err := s.role(name(in)); err == nil {
			resource = found.Role.Arn
		}
		return onARN(action, resource, "role "+name(in))
	})
}

func onARN(action, resource, shown string) []need {
	return []need{{action: action, resource: resource, shown: shown}}
}

func pathOf(path string) string {
	if path == "" {
		return "/"
	}
	return path
}
