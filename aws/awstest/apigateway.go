package awstest

import (
	"errors"
	"net/http"
	"regexp"
	"testing"

	"awslab/aws"
)

// apigatewayContracts holds the tests of API Gateway's operations.
func apigatewayContracts() map[string]contract {
	return map[string]contract{
		"apigateway:CreateRestApi":          testCreateRestAPI,
		"apigateway:GetRestApi":             testGetRestAPI,
		"apigateway:GetRestApis":            testGetRestAPIs,
		"apigateway:DeleteRestApi":          testDeleteRestAPI,
		"apigateway:CreateResource":         testCreateResource,
		"apigateway:GetResource":            testGetResource,
		"apigateway:GetResources":           testGetResources,
		"apigateway:DeleteResource":         testDeleteResource,
		"apigateway:PutMethod":              testPutMethod,
		"apigateway:GetMethod":              testGetMethod,
		"apigateway:DeleteMethod":           testDeleteMethod,
		"apigateway:PutMethodResponse":      testPutMethodResponse,
		"apigateway:PutIntegration":         testPutIntegration,
		"apigateway:GetIntegration":         testGetIntegration,
		"apigateway:DeleteIntegration":      testDeleteIntegration,
		"apigateway:PutIntegrationResponse": testPutIntegrationResponse,
		"apigateway:CreateDeployment":       testCreateDeployment,
		"apigateway:GetDeployment":          testGetDeployment,
		"apigateway:GetDeployments":         testGetDeployments,
		"apigateway:DeleteDeployment":       testDeleteDeployment,
		"apigateway:CreateStage":            testCreateStage,
		"apigateway:GetStage":               testGetStage,
		"apigateway:GetStages":              testGetStages,
		"apigateway:UpdateStage":            testUpdateStage,
		"apigateway:DeleteStage":            testDeleteStage,
		"apigateway:TestInvokeMethod":       testTestInvokeMethod,
		"apigateway:GetTags":                testGetTags,
		"apigateway:TagResource":            testAPIGatewayTagResource,
		"apigateway:UntagResource":          testAPIGatewayUntagResource,
	}
}

// API Gateway's codes.
const (
	apiBad      = "BadRequestException"
	apiNotFound = "NotFoundException"
	apiConflict = "ConflictException"
)

// apiStatuses are the HTTP statuses of the codes.
var apiStatuses = map[string]int{apiBad: http.StatusBadRequest, apiNotFound: http.StatusNotFound, apiConflict: http.StatusConflict}

// nowhere is the id of what is not there.
const nowhere = "zzzzzzzzzz"

// apiRefuses checks calls that must fail, each as one operation.
func apiRefuses(t *testing.T, name string, refusals ...refusal) {
	t.Helper()
	op := operation(t, name)
	for _, r := range refusals {
		t.Run("refuses "+r.name, func(t *testing.T) {
			var got *aws.Error
			if err := r.call(); !errors.As(err, &got) {
				t.Fatalf("error is %v (%T), want %s", err, err, r.code)
			}
			if got.Code != r.code || got.Message != r.message {
				t.Errorf("error is\n%s: %s\nwant\n%s: %s", got.Code, got.Message, r.code, r.message)
			}
			if got.Service != op.Service || got.Operation != op.Name || got.Status != apiStatuses[r.code] || got.RequestID == "" {
				t.Errorf("error comes from %q %q, status %d, request %q; want %s, status %d, some request",
					got.Service, got.Operation, got.Status, got.RequestID, op, apiStatuses[r.code])
			}
		})
	}
}

// noAPI is a refusal of an API that is not there.
func noAPI(f Fixture, call func() error) refusal {
	return refusal{"an unknown API", call, apiNotFound, "Invalid API identifier specified " + f.Cloud.Place.AccountID + ":" + nowhere}
}

// unknown is a refusal of a part of an API that is not there.
func unknown(what string, call func() error) refusal {
	return refusal{"an unknown " + what, call, apiNotFound, "Invalid " + what + " identifier specified"}
}

// identifier is the form of ids.
var identifier = regexp.MustCompile(`^[a-z0-9]{6,10}$`)

// api makes a regional API.
func (f Fixture) api(t *testing.T, name string) aws.RestAPI {
	t.Helper()
	return must(t, f.Cloud.APIGateway.CreateRestApi, aws.CreateRestApiInput{
		Name: name, EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
	}).RestAPI
}

// resource makes a resource below another one and gives its id.
func (f Fixture) resource(t *testing.T, api, parent, part string) string {
	t.Helper()
	return must(t, f.Cloud.APIGateway.CreateResource, aws.CreateResourceInput{RestAPIID: api, ParentID: parent, PathPart: part}).ID
}

// method gives a resource a method that anybody may call.
func (f Fixture) method(t *testing.T, api, resource, method string) {
	t.Helper()
	must(t, f.Cloud.APIGateway.PutMethod, aws.PutMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method, AuthorizationType: aws.AuthorizationNone})
}

// okay is the request template of a MOCK integration that succeeds.
var okay = map[string]string{"application/json": `{"statusCode": 200}`}

// success is the status that a mock answers.
const success = "200"

// mock gives a resource a method that answers 200 by itself, with a body.
func (f Fixture) mock(t *testing.T, api, resource, method, body string) {
	t.Helper()
	g := f.Cloud.APIGateway
	f.method(t, api, resource, method)
	must(t, g.PutMethodResponse, aws.PutMethodResponseInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method, StatusCode: success})
	must(t, g.PutIntegration, aws.PutIntegrationInput{
		RestAPIID: api, ResourceID: resource, HTTPMethod: method, Type: aws.IntegrationMock, RequestTemplates: okay,
	})
	must(t, g.PutIntegrationResponse, aws.PutIntegrationResponseInput{
		RestAPIID: api, ResourceID: resource, HTTPMethod: method, StatusCode: success, ResponseTemplates: map[string]string{"application/json": body},
	})
}

// mocked makes an API whose root answers GET.
func (f Fixture) mocked(t *testing.T, name string) aws.RestAPI {
	t.Helper()
	api := f.api(t, name)
	f.mock(t, api.ID, api.RootResourceID, "GET", `{"name": "`+name+`"}`)
	return api
}

// deployment deploys an API, to a stage if one is named, and gives its id.
func (f Fixture) deployment(t *testing.T, api, stage string) string {
	t.Helper()
	return must(t, f.Cloud.APIGateway.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: api, StageName: stage}).ID
}

// badLimits are the refusals of pages that are too small or too large.
func badLimits(call func(limit int) error) []refusal {
	return []refusal{
		{"an empty page", func() error { return call(0) }, apiBad, "Invalid limit specified: 0 is not between 1 and 500"},
		{"a page that is too large", func() error { return call(501) }, apiBad, "Invalid limit specified: 501 is not between 1 and 500"},
	}
}
