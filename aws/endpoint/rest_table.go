package endpoint

import (
	"net/http"

	"awslab/aws"
)

// restRow is an operation of a service of the REST kind: how a request for it
// looks. Members of the input that stand nowhere else are the body's.
type restRow struct {
	operation string
	method    string
	path      string // with the names of members in braces
	status    int    // of an answer; 0 where the output has it
	query     []string
	unless    string // what the query of another operation has, which else looks the same
	// headers are where members of the input and output stand.
	headers map[string]string
	// names are members whose name in the body is another.
	names map[string]string
	// payload is a member of input and output that is the whole body.
	payload string
	limit   int64 // of the body, in bytes; maxBody unless given
	// finish adds to an output what only the endpoint knows; nil where it is whole.
	finish func(x *exchange, out any) any
}

const (
	functions = "/2015-03-31/functions"
	function  = functions + "/{FunctionName}"
	apis      = "/restapis"
	api       = apis + "/{restApiId}"
	resources = api + "/resources"
	resource  = resources + "/{resourceId}"
	method    = resource + "/methods/{httpMethod}"

	functionTags = "/2017-03-31/tags/{Resource}"
	apiTags      = "/tags/{resourceArn}"
)

var (
	qualified = []string{"Qualifier"}
	paged     = []string{"position", "limit"}
	// items is how lists of APIs, resources and deployments name theirs.
	items = map[string]string{"items": "item"}
)

// restRows are the operations of Lambda and of API Gateway.
var restRows = map[aws.Service][]restRow{
	aws.ServiceLambda: {
		{operation: "CreateFunction", method: http.MethodPost, path: functions, status: http.StatusCreated, limit: maxCodeBody},
		{operation: "GetFunction", method: http.MethodGet, path: function, status: http.StatusOK, query: qualified, finish: (*exchange).offerCode},
		{operation: "GetFunctionConfiguration", method: http.MethodGet, path: function + "/configuration", status: http.StatusOK, query: qualified},
		{operation: "ListFunctions", method: http.MethodGet, path: functions, status: http.StatusOK, query: []string{"Marker", "MaxItems"}},
		{operation: "UpdateFunctionCode", method: http.MethodPut, path: function + "/code", status: http.StatusOK, limit: maxCodeBody},
		{operation: "UpdateFunctionConfiguration", method: http.MethodPut, path: function + "/configuration", status: http.StatusOK},
		{operation: "DeleteFunction", method: http.MethodDelete, path: function, status: http.StatusNoContent},
		{
			operation: "Invoke", method: http.MethodPost, path: function + "/invocations", query: qualified, payload: "Payload",
			headers: map[string]string{
				"TenantId": "X-Amz-Tenant-Id", "DurableExecutionName": "X-Amz-Durable-Execution-Name",
				"InvocationType": "X-Amz-Invocation-Type", "LogType": "X-Amz-Log-Type", "ClientContext": "X-Amz-Client-Context",
				"FunctionError": "X-Amz-Function-Error", "LogResult": "X-Amz-Log-Result", "ExecutedVersion": "X-Amz-Executed-Version",
			},
		},
		{operation: "AddPermission", method: http.MethodPost, path: function + "/policy", status: http.StatusCreated},
		{operation: "RemovePermission", method: http.MethodDelete, path: function + "/policy/{StatementId}", status: http.StatusNoContent},
		{operation: "GetPolicy", method: http.MethodGet, path: function + "/policy", status: http.StatusOK},
		{operation: "PutFunctionConcurrency", method: http.MethodPut, path: "/2017-10-31/functions/{FunctionName}/concurrency", status: http.StatusOK},
		{operation: "GetFunctionConcurrency", method: http.MethodGet, path: "/2019-09-30/functions/{FunctionName}/concurrency", status: http.StatusOK},
		{operation: "DeleteFunctionConcurrency", method: http.MethodDelete, path: "/2017-10-31/functions/{FunctionName}/concurrency", status: http.StatusNoContent},
		{operation: "PutFunctionEventInvokeConfig", method: http.MethodPut, path: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: http.StatusOK},
		{operation: "GetFunctionEventInvokeConfig", method: http.MethodGet, path: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: http.StatusOK},
		{operation: "DeleteFunctionEventInvokeConfig", method: http.MethodDelete, path: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: http.StatusNoContent},
		{operation: "PutFunctionRecursionConfig", method: http.MethodPut, path: "/2024-08-31/functions/{FunctionName}/recursion-config", status: http.StatusOK},
		{operation: "GetFunctionRecursionConfig", method: http.MethodGet, path: "/2024-08-31/functions/{FunctionName}/recursion-config", status: http.StatusOK},
		{operation: "ListTags", method: http.MethodGet, path: functionTags, status: http.StatusOK},
		{operation: "TagResource", method: http.MethodPost, path: functionTags, status: http.StatusNoContent},
		{operation: "UntagResource", method: http.MethodDelete, path: functionTags, status: http.StatusNoContent, query: []string{"tagKeys"}},
		{operation: "GetAccountSettings", method: http.MethodGet, path: "/2016-08-19/account-settings", status: http.StatusOK},
	},
	aws.ServiceAPIGateway: {
		{operation: "CreateRestApi", method: http.MethodPost, path: apis, status: http.StatusCreated, unless: "mode"},
		{operation: "GetRestApi", method: http.MethodGet, path: api, status: http.StatusOK},
		{operation: "GetRestApis", method: http.MethodGet, path: apis, status: http.StatusOK, query: paged, names: items},
		{operation: "DeleteRestApi", method: http.MethodDelete, path: api, status: http.StatusAccepted},
		{operation: "CreateResource", method: http.MethodPost, path: resources + "/{parentId}", status: http.StatusCreated},
		{operation: "GetResource", method: http.MethodGet, path: resource, status: http.StatusOK, query: []string{"embed"}},
		{operation: "GetResources", method: http.MethodGet, path: resources, status: http.StatusOK, query: append([]string{"embed"}, paged...), names: items},
		{operation: "DeleteResource", method: http.MethodDelete, path: resource, status: http.StatusAccepted},
		{operation: "PutMethod", method: http.MethodPut, path: method, status: http.StatusCreated},
		{operation: "GetMethod", method: http.MethodGet, path: method, status: http.StatusOK},
		{operation: "DeleteMethod", method: http.MethodDelete, path: method, status: http.StatusNoContent},
		{operation: "PutMethodResponse", method: http.MethodPut, path: method + "/responses/{statusCode}", status: http.StatusCreated},
		{
			operation: "PutIntegration", method: http.MethodPut, path: method + "/integration", status: http.StatusCreated,
			names: map[string]string{"integrationHttpMethod": "httpMethod"},
		},
		{operation: "GetIntegration", method: http.MethodGet, path: method + "/integration", status: http.StatusOK},
		{operation: "DeleteIntegration", method: http.MethodDelete, path: method + "/integration", status: http.StatusNoContent},
		{operation: "PutIntegrationResponse", method: http.MethodPut, path: method + "/integration/responses/{statusCode}", status: http.StatusCreated},
		{operation: "CreateDeployment", method: http.MethodPost, path: api + "/deployments", status: http.StatusCreated},
		{operation: "GetDeployment", method: http.MethodGet, path: api + "/deployments/{deploymentId}", status: http.StatusOK, query: []string{"embed"}},
		{operation: "GetDeployments", method: http.MethodGet, path: api + "/deployments", status: http.StatusOK, query: paged, names: items},
		{operation: "DeleteDeployment", method: http.MethodDelete, path: api + "/deployments/{deploymentId}", status: http.StatusAccepted},
		{operation: "CreateStage", method: http.MethodPost, path: api + "/stages", status: http.StatusCreated},
		{operation: "GetStage", method: http.MethodGet, path: api + "/stages/{stageName}", status: http.StatusOK},
		{operation: "GetStages", method: http.MethodGet, path: api + "/stages", status: http.StatusOK, query: []string{"deploymentId"}},
		{operation: "UpdateStage", method: http.MethodPatch, path: api + "/stages/{stageName}", status: http.StatusOK},
		{operation: "DeleteStage", method: http.MethodDelete, path: api + "/stages/{stageName}", status: http.StatusAccepted},
		{operation: "GetTags", method: http.MethodGet, path: apiTags, status: http.StatusOK},
		{operation: "TagResource", method: http.MethodPut, path: apiTags, status: http.StatusNoContent},
		{operation: "UntagResource", method: http.MethodDelete, path: apiTags, status: http.StatusNoContent, query: []string{"tagKeys"}},
		{operation: "TestInvokeMethod", method: http.MethodPost, path: method, status: http.StatusOK},
	},
}
