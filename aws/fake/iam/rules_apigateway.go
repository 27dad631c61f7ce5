package iam

import (
	"net/http"
	"net/url"

	"awslab/aws"
)

// apigatewayRules are API Gateway's: its rights go by the HTTP method of a
// request, and by its path.
func apigatewayRules() map[string]rule {
	rules := make(map[string]rule)
	onAPI(rules, "CreateRestApi", http.MethodPost, func(aws.CreateRestApiInput) string { return "" })
	onAPI(rules, "GetRestApis", http.MethodGet, func(aws.GetRestApisInput) string { return "" })
	onAPI(rules, "GetRestApi", http.MethodGet, func(in aws.GetRestApiInput) string { return apiPath(in.RestAPIID) })
	onAPI(rules, "DeleteRestApi", http.MethodDelete, func(in aws.DeleteRestApiInput) string { return apiPath(in.RestAPIID) })

	onAPI(rules, "CreateResource", http.MethodPost, func(in aws.CreateResourceInput) string { return resourcePath(in.RestAPIID, in.ParentID) })
	onAPI(rules, "GetResource", http.MethodGet, func(in aws.GetResourceInput) string { return resourcePath(in.RestAPIID, in.ResourceID) })
	onAPI(rules, "GetResources", http.MethodGet, func(in aws.GetResourcesInput) string { return apiPath(in.RestAPIID) + "/resources" })
	onAPI(rules, "DeleteResource", http.MethodDelete, func(in aws.DeleteResourceInput) string { return resourcePath(in.RestAPIID, in.ResourceID) })

	onAPI(rules, "PutMethod", http.MethodPut, func(in aws.PutMethodInput) string { return methodPath(in.RestAPIID, in.ResourceID, in.HTTPMethod) })
	onAPI(rules, "GetMethod", http.MethodGet, func(in aws.GetMethodInput) string { return methodPath(in.RestAPIID, in.ResourceID, in.HTTPMethod) })
	onAPI(rules, "DeleteMethod", http.MethodDelete, func(in aws.DeleteMethodInput) string { return methodPath(in.RestAPIID, in.ResourceID, in.HTTPMethod) })
	onAPI(rules, "TestInvokeMethod", http.MethodPost, func(in aws.TestInvokeMethodInput) string {
		return methodPath(in.RestAPIID, in.ResourceID, in.HTTPMethod)
	})
	onAPI(rules, "PutMethodResponse", http.MethodPut, func(in aws.PutMethodResponseInput) string {
		return methodPath(in.RestAPIID, in.ResourceID, in.HTTPMethod) + "/responses/" + in.StatusCode
	})
	onAPI(rules, "PutIntegration", http.MethodPut, func(in aws.PutIntegrationInput) string {
		return integrationPath(in.RestAPIID, in.ResourceID, in.HTTPMethod)
	})
	onAPI(rules, "GetIntegration", http.MethodGet, func(in aws.GetIntegrationInput) string {
		return integrationPath(in.RestAPIID, in.ResourceID, in.HTTPMethod)
	})
	onAPI(rules, "DeleteIntegration", http.MethodDelete, func(in aws.DeleteIntegrationInput) string {
		return integrationPath(in.RestAPIID, in.ResourceID, in.HTTPMethod)
	})
	onAPI(rules, "PutIntegrationResponse", http.MethodPut, func(in aws.PutIntegrationResponseInput) string {
		return integrationPath(in.RestAPIID, in.ResourceID, in.HTTPMethod) + "/responses/" + in.StatusCode
	})

	onAPI(rules, "CreateDeployment", http.MethodPost, func(in aws.CreateDeploymentInput) string { return deploymentPath(in.RestAPIID, "") })
	onAPI(rules, "GetDeployment", http.MethodGet, func(in aws.GetDeploymentInput) string { return deploymentPath(in.RestAPIID, in.DeploymentID) })
	onAPI(rules, "GetDeployments", http.MethodGet, func(in aws.GetDeploymentsInput) string { return deploymentPath(in.RestAPIID, "") })
	onAPI(rules, "DeleteDeployment", http.MethodDelete, func(in aws.DeleteDeploymentInput) string { return deploymentPath(in.RestAPIID, in.DeploymentID) })
	onAPI(rules, "CreateStage", http.MethodPost, func(in aws.CreateStageInput) string { return stagePath(in.RestAPIID, "") })
	onAPI(rules, "GetStage", http.MethodGet, func(in aws.GetStageInput) string { return stagePath(in.RestAPIID, in.StageName) })
	onAPI(rules, "GetStages", http.MethodGet, func(in aws.GetStagesInput) string { return stagePath(in.RestAPIID, "") })
	onAPI(rules, "UpdateStage", http.MethodPatch, func(in aws.UpdateStageInput) string { return stagePath(in.RestAPIID, in.StageName) })
	onAPI(rules, "DeleteStage", http.MethodDelete, func(in aws.DeleteStageInput) string { return stagePath(in.RestAPIID, in.StageName) })
	onTags(rules, "GetTags", http.MethodGet, func(in aws.GetTagsInput) string { return in.ResourceArn })
	onTags(rules, "TagResource", http.MethodPut, func(in aws.APIGatewayTagResourceInput) string { return in.ResourceArn })
	onTags(rules, "UntagResource", http.MethodDelete, func(in aws.APIGatewayUntagResourceInput) string { return in.ResourceArn })
	return rules
}

// onTags adds the rule of an operation on the tags of what an ARN names, which
// stands escaped in the path.
func onTags[In any](rules map[string]rule, operation, method string, arn func(In) string) {
	rules["apigateway:"+operation] = one("apigateway:"+method, func(place aws.Place, in In) string {
		return "arn:aws:apigateway:" + place.Region + "::/tags/" + url.QueryEscape(arn(in))
	})
}

// onAPI adds the rule of an operation, on the path below /restapis.
func onAPI[In any](rules map[string]rule, operation, method string, path func(In) string) {
	rules["apigateway:"+operation] = one("apigateway:"+method, func(place aws.Place, in In) string {
		return "arn:aws:apigateway:" + place.Region + "::/restapis" + path(in)
	})
}

func apiPath(api string) string { return "/" + api }

func resourcePath(api, resource string) string { return apiPath(api) + "/resources/" + resource }

func methodPath(api, resource, method string) string {
	return resourcePath(api, resource) + "/methods/" + method
}

func integrationPath(api, resource, method string) string {
	return methodPath(api, resource, method) + "/integration"
}

// deploymentPath is that of a deployment, or with none of all.
func deploymentPath(api, deployment string) string {
	return apiPath(api) + "/deployments" + below(deployment)
}

// stagePath is that of a stage, or with none of all.
func stagePath(api, stage string) string { return apiPath(api) + "/stages" + below(stage) }

func below(name string) string {
	if name == "" {
		return ""
	}
	return "/" + name
}
