package awstest

import (
	"testing"

	"awslab/aws"
)

// badParameter is how a parameter of a mapping is refused.
func badParameter(expression string) string {
	return "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: " + expression + "]"
}

// badStatus is a refusal of a status that is none.
func badStatus(call func() error) refusal {
	return refusal{"a status that is none", call, apiBad,
		oneError + `Value '20' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\d\d`}
}

// noMethod are the refusals of every operation on a method.
func noMethod(f Fixture, api aws.RestAPI, call func(api, resource, method string) error) []refusal {
	return []refusal{
		noAPI(f, func() error { return call(nowhere, api.RootResourceID, "GET") }),
		unknown("Resource", func() error { return call(api.ID, nowhere, "GET") }),
		unknown("Method", func() error { return call(api.ID, api.RootResourceID, "PATCH") }),
	}
}

func testPutMethod(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.api(t, "FAQ-API")
	in := aws.PutMethodInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: aws.AnyMethod, AuthorizationType: aws.AuthorizationNone,
		RequestParameters: map[string]bool{"method.request.querystring.scope": true},
	}
	made := must(t, g.PutMethod, in).APIMethod
	same(t, "the method", made, aws.APIMethod{HTTPMethod: aws.AnyMethod, AuthorizationType: aws.AuthorizationNone, RequestParameters: in.RequestParameters})
	put := func(change func(*aws.PutMethodInput)) func() error {
		in := in
		in.HTTPMethod = "GET"
		change(&in)
		return errorOf(g.PutMethod, in)
	}
	authorization := func(kind string) func() error {
		return put(func(in *aws.PutMethodInput) { in.AuthorizationType = kind })
	}
	apiRefuses(t, "apigateway:PutMethod",
		noAPI(f, put(func(in *aws.PutMethodInput) { in.RestAPIID = nowhere })),
		unknown("Resource", put(func(in *aws.PutMethodInput) { in.ResourceID = nowhere })),
		refusal{"a method that is there", errorOf(g.PutMethod, in), apiConflict, "Method already exists for this resource"},
		refusal{"another HTTP method", put(func(in *aws.PutMethodInput) { in.HTTPMethod = "TRACE" }), apiBad,
			"Invalid HttpMethod specified. Valid options are DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,ANY"},
		refusal{"an authorizer that is none", authorization("CUSTOM"), apiBad,
			"Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."},
		refusal{"another authorization", authorization("PASSWORD"), apiBad, "Invalid authorization type specified. Valid options are NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS"},
		refusal{"a parameter of no request", put(func(in *aws.PutMethodInput) { in.RequestParameters = map[string]bool{"scope": true} }), apiBad, badParameter("scope")})
	testCanceled(t, g.PutMethod, in)
}

func testGetMethod(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	get := func(api, resource, method string) error {
		return errorOf(g.GetMethod, aws.GetMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method})()
	}
	m := must(t, g.GetMethod, aws.GetMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}).APIMethod
	if m.HTTPMethod != "GET" || m.AuthorizationType != aws.AuthorizationNone || m.MethodResponses[success].StatusCode != success ||
		m.MethodIntegration == nil || m.MethodIntegration.IntegrationResponses[success].StatusCode != success {
		t.Errorf("the method is %+v", m)
	}
	f.method(t, api.ID, api.RootResourceID, "POST")
	bare := must(t, g.GetMethod, aws.GetMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "POST"}).APIMethod
	same(t, "a method without integration", bare, aws.APIMethod{HTTPMethod: "POST", AuthorizationType: aws.AuthorizationNone})
	apiRefuses(t, "apigateway:GetMethod", noMethod(f, api, get)...)
	testCanceled(t, g.GetMethod, aws.GetMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"})
}

func testDeleteMethod(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	in := aws.DeleteMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}
	must(t, g.DeleteMethod, in)
	apiRefuses(t, "apigateway:DeleteMethod", unknown("Method", errorOf(g.DeleteMethod, in)))
	f.mock(t, api.ID, api.RootResourceID, "GET", "again")
	apiRefuses(t, "apigateway:DeleteMethod", noMethod(f, api, func(api, resource, method string) error {
		return errorOf(g.DeleteMethod, aws.DeleteMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method})()
	})...)
	testCanceled(t, g.DeleteMethod, in)
}

func testPutMethodResponse(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.api(t, "FAQ-API")
	f.method(t, api.ID, api.RootResourceID, "GET")
	in := aws.PutMethodResponseInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", StatusCode: "200",
		ResponseParameters: map[string]bool{"method.response.header.X-Scope": false}, ResponseModels: map[string]string{"application/json": "Empty"},
	}
	made := must(t, g.PutMethodResponse, in).MethodResponse
	same(t, "the response", made, aws.MethodResponse{StatusCode: "200", ResponseParameters: in.ResponseParameters, ResponseModels: in.ResponseModels})
	put := func(change func(*aws.PutMethodResponseInput)) func() error {
		in := in
		in.StatusCode = "404"
		change(&in)
		return errorOf(g.PutMethodResponse, in)
	}
	apiRefuses(t, "apigateway:PutMethodResponse", noMethod(f, api, func(api, resource, method string) error {
		return put(func(in *aws.PutMethodResponseInput) {
			in.RestAPIID, in.ResourceID, in.HTTPMethod = api, resource, method
		})()
	})...)
	apiRefuses(t, "apigateway:PutMethodResponse",
		badStatus(put(func(in *aws.PutMethodResponseInput) { in.StatusCode = "20" })),
		refusal{"a status that is there", errorOf(g.PutMethodResponse, in), apiConflict, "Response already exists for this resource"},
		refusal{"a header of no response", put(func(in *aws.PutMethodResponseInput) { in.ResponseParameters = map[string]bool{"X-Scope": true} }), apiBad, badParameter("X-Scope")},
		refusal{"an unknown model", put(func(in *aws.PutMethodResponseInput) {
			in.ResponseModels = map[string]string{"application/json": "Full"}
		}), apiBad,
			"Invalid model identifier specified: Full"})
	testCanceled(t, g.PutMethodResponse, in)
}

func testPutIntegration(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.api(t, "FAQ-API")
	f.method(t, api.ID, api.RootResourceID, "GET")
	function := "arn:aws:lambda:" + f.Cloud.Place.Region + ":" + f.Cloud.Place.AccountID + ":function:FAQ"
	in := aws.PutIntegrationInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST",
		URI: f.Cloud.Place.LambdaURI(function),
	}
	made := must(t, g.PutIntegration, in).Integration
	same(t, "the integration", made, aws.Integration{
		Type: aws.IntegrationLambdaProxy, HTTPMethod: "POST", URI: in.URI, PassthroughBehavior: "WHEN_NO_MATCH", TimeoutInMillis: 29000,
		CacheNamespace: api.RootResourceID,
	})
	staged := in
	staged.URI, staged.TimeoutInMillis = f.Cloud.Place.LambdaURI(function+"${stageVariables.suffix}"), aws.Some(50)
	same(t, "the next one", must(t, g.PutIntegration, staged).TimeoutInMillis, 50)
	must(t, g.PutIntegration, aws.PutIntegrationInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", Type: aws.IntegrationMock, RequestTemplates: okay, PassthroughBehavior: "NEVER",
	})
	apiRefuses(t, "apigateway:PutIntegration", noMethod(f, api, func(api, resource, method string) error {
		in := in
		in.RestAPIID, in.ResourceID, in.HTTPMethod = api, resource, method
		return errorOf(g.PutIntegration, in)()
	})...)
	apiRefuses(t, "apigateway:PutIntegration", integrationRefusals(f, in)...)
	testCanceled(t, g.PutIntegration, in)
}

func integrationRefusals(f Fixture, in aws.PutIntegrationInput) []refusal {
	put := func(name, message string, change func(*aws.PutIntegrationInput)) refusal {
		in := in
		change(&in)
		return refusal{name, errorOf(f.Cloud.APIGateway.PutIntegration, in), apiBad, message}
	}
	uri := func(name, uri, message string) refusal {
		return put(name, message, func(in *aws.PutIntegrationInput) { in.URI = uri })
	}
	return []refusal{
		put("no HTTP method", "Enumeration value for HttpMethod must be non-empty", func(in *aws.PutIntegrationInput) { in.IntegrationHTTPMethod = "" }),
		uri("what is no ARN", "FAQ", "Invalid ARN specified in the request"),
		uri("an ARN without a path", "arn:aws:apigateway:us-west-2:lambda:FAQ", "AWS ARN for integration must contain path or action"),
		uri("another service", "arn:aws:apigateway:us-west-2:sqs:path/1/queue", "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."),
		uri("a function without an ARN", "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/FAQ/invocations", "Invalid function ARN or invalid uri"),
		put("another type", oneError+"Value 'LAMBDA' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY]",
			func(in *aws.PutIntegrationInput) { in.Type = "LAMBDA" }),
		put("a timeout that is too long", "Timeout should be between 50 ms and 29000 ms", func(in *aws.PutIntegrationInput) { in.TimeoutInMillis = aws.Some(29001) }),
		put("a timeout that is too short", "Timeout should be between 50 ms and 29000 ms", func(in *aws.PutIntegrationInput) { in.TimeoutInMillis = aws.Some(49) }),
		put("another passthrough", "Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER",
			func(in *aws.PutIntegrationInput) { in.PassthroughBehavior = "ALWAYS" }),
	}
}

func testGetIntegration(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	in := aws.GetIntegrationInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}
	out := must(t, g.GetIntegration, in).Integration
	same(t, "the request templates", out.RequestTemplates, okay)
	same(t, "the type", out.Type, aws.IntegrationMock)
	f.method(t, api.ID, api.RootResourceID, "POST")
	bare := in
	bare.HTTPMethod = "POST"
	apiRefuses(t, "apigateway:GetIntegration", unknown("Integration", errorOf(g.GetIntegration, bare)))
	must(t, g.DeleteIntegration, aws.DeleteIntegrationInput(in))
	apiRefuses(t, "apigateway:GetIntegration", refusal{"an integration that was deleted", errorOf(g.GetIntegration, in), apiNotFound, "Invalid Integration identifier specified"})
	apiRefuses(t, "apigateway:GetIntegration", noMethod(f, api, func(api, resource, method string) error {
		return errorOf(g.GetIntegration, aws.GetIntegrationInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method})()
	})...)
	testCanceled(t, g.GetIntegration, in)
}

func testDeleteIntegration(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	in := aws.DeleteIntegrationInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}
	must(t, g.DeleteIntegration, in)
	left := must(t, g.GetMethod, aws.GetMethodInput(in)).APIMethod
	if left.MethodIntegration != nil || len(left.MethodResponses) != 1 {
		t.Errorf("the method is %+v, want its responses alone", left)
	}
	apiRefuses(t, "apigateway:DeleteIntegration", unknown("Integration", errorOf(g.DeleteIntegration, in)))
	apiRefuses(t, "apigateway:DeleteIntegration", noMethod(f, api, func(api, resource, method string) error {
		return errorOf(g.DeleteIntegration, aws.DeleteIntegrationInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method})()
	})...)
	testCanceled(t, g.DeleteIntegration, in)
}

func testPutIntegrationResponse(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	must(t, g.PutMethodResponse, aws.PutMethodResponseInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", StatusCode: "404",
		ResponseParameters: map[string]bool{"method.response.header.X-Scope": false},
	})
	in := aws.PutIntegrationResponseInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET", StatusCode: "404", SelectionPattern: `4\d\d`,
		ResponseParameters: map[string]string{"method.response.header.X-Scope": "'none'"}, ResponseTemplates: map[string]string{"text/plain": "nothing"},
	}
	made := must(t, g.PutIntegrationResponse, in).IntegrationResponse
	same(t, "the response", made, aws.IntegrationResponse{
		StatusCode: "404", SelectionPattern: `4\d\d`, ResponseParameters: in.ResponseParameters, ResponseTemplates: in.ResponseTemplates,
	})
	put := func(change func(*aws.PutIntegrationResponseInput)) func() error {
		in := in
		change(&in)
		return errorOf(g.PutIntegrationResponse, in)
	}
	header := func(name, value string) func() error {
		return put(func(in *aws.PutIntegrationResponseInput) { in.ResponseParameters = map[string]string{name: value} })
	}
	f.method(t, api.ID, api.RootResourceID, "POST")
	apiRefuses(t, "apigateway:PutIntegrationResponse", noMethod(f, api, func(api, resource, method string) error {
		return put(func(in *aws.PutIntegrationResponseInput) {
			in.RestAPIID, in.ResourceID, in.HTTPMethod = api, resource, method
		})()
	})...)
	apiRefuses(t, "apigateway:PutIntegrationResponse",
		unknown("Integration", put(func(in *aws.PutIntegrationResponseInput) { in.HTTPMethod = "POST" })),
		badStatus(put(func(in *aws.PutIntegrationResponseInput) { in.StatusCode = "20" })),
		refusal{"a pattern that is none", put(func(in *aws.PutIntegrationResponseInput) { in.SelectionPattern = "(" }), apiBad, "Invalid selection pattern specified: ("},
		refusal{"a header that is not declared", header("method.response.header.X-Other", "'x'"), apiBad, badParameter("method.response.header.X-Other")},
		refusal{"a value that is none", header("method.response.header.X-Scope", "x"), apiBad, badParameter("x")})
	testCanceled(t, g.PutIntegrationResponse, in)
}
