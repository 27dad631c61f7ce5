package apigateway

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
)

// target is the method that an integration belongs to.
type target struct {
	api, resource, method string
	path                  string // of the resource
}

// The bounds of an integration's timeout, in milliseconds.
const (
	leastTimeout = 50
	mostTimeout  = 29_000
)

// What mock integrations have on AWS when they are new: a template that names the
// status, and a response for it.
const (
	mockStatus   = "200"
	mockRequest  = `{"statusCode": 200}`
	mockResponse = "{\n  \"message\": \"Hello from a mock integration\"\n}"
	jsonType     = "application/json"
)

// integrationFields are the fields of an integration.
type integrationFields struct {
	kind     *component.Radio
	proxy    *component.Checkbox
	function *component.Select
	timeout  *component.TextField
	request  *component.Editor // mock: the template that names the status
	response *component.Editor // mock: the template of the body
}

func newIntegrationFields() *integrationFields {
	const only = "This console makes Lambda and mock integrations."
	f := &integrationFields{
		kind: component.NewRadio("Integration type",
			component.Option{Value: string(aws.IntegrationLambdaProxy), Label: "Lambda function", Detail: "Integrate your API with a Lambda function."},
			component.Option{Value: "HTTP", Label: "HTTP", Disabled: only},
			component.Option{Value: string(aws.IntegrationMock), Label: "Mock", Detail: "Generate a response from mapping templates, with no backend."},
			component.Option{Value: "AWS", Label: "AWS service", Disabled: only},
			component.Option{Value: "VPC_LINK", Label: "VPC link", Disabled: only}),
		proxy:    component.NewCheckbox("Lambda proxy integration"),
		function: component.NewSelect("Lambda function", component.Option{Label: "Choose a function"}),
		timeout:  component.NewTextField("Integration timeout (ms)"),
		request:  component.NewEditor(), response: component.NewEditor(),
	}
	f.proxy.Set(true)
	f.proxy.Detail = "Send the request to your Lambda function as a structured event."
	f.proxy.Disabled = "Always on here: without it, templates would map each request and response."
	f.function.Hint = "When you save, the function's policy gets a statement that lets API Gateway invoke it for this method."
	f.timeout.SetValue(strconv.Itoa(mostTimeout))
	f.timeout.Hint = "50 to 29000 milliseconds; then the answer is 504."
	f.timeout.Check = func(text string) string {
		if n, err := strconv.Atoi(text); err != nil || n < leastTimeout || n > mostTimeout {
			return "Enter a whole number from 50 to 29000"
		}
		return ""
	}
	f.request.Label, f.request.Height = "Request mapping template "+jsonType, 4
	f.response.Label, f.response.Height = "Response mapping template "+jsonType+" (status 200)", 7
	f.request.Language, f.response.Language = "json", "json"
	f.request.SetValue(mockRequest)
	f.response.SetValue(mockResponse)
	return f
}

func (f *integrationFields) mock() bool { return f.kind.Value() == string(aws.IntegrationMock) }

// fields lists the fields of the type that is chosen.
func (f *integrationFields) fields() []component.Control {
	if f.mock() {
		return []component.Control{f.kind, f.request, f.response}
	}
	return []component.Control{f.kind, f.proxy, f.function, f.timeout}
}

func (f *integrationFields) fault() string {
	if !f.mock() && f.function.Value() == "" {
		return "Lambda function: choose the function that is to answer"
	}
	return ""
}

func (f *integrationFields) values() string {
	return fmt.Sprintf("%q", []string{f.kind.Value(), f.function.Value(), f.timeout.Value(), f.request.Value(), f.response.Value()})
}

func (f *integrationFields) view(p *page.Panel, width int) component.Block {
	return page.Stacked(p, width, f.fields()...)
}

// offer shows the functions to choose from; the one with an ARN is chosen, and is
// there even when it is not among them.
func (f *integrationFields) offer(functions []aws.FunctionConfiguration, unread error, chosen string) {
	f.function.Options, f.function.Error = []component.Option{{Label: "Choose a function"}}, ""
	if unread != nil {
		f.function.Error = "The functions could not be read: " + page.Explain(unread)[0]
	}
	there := chosen == ""
	for _, c := range functions {
		there = there || c.FunctionArn == chosen
		f.function.Options = append(f.function.Options, component.Option{Value: c.FunctionArn, Label: c.FunctionName, Detail: c.Description})
	}
	if !there {
		f.function.Options = append(f.function.Options, component.Option{Value: chosen, Label: functionName(chosen), Detail: "not among the functions"})
	}
	f.function.SetValue(chosen)
}

// show puts an integration into the fields.
func (f *integrationFields) show(i *aws.Integration, functions []aws.FunctionConfiguration, unread error) {
	if i == nil {
		f.offer(functions, unread, "")
		return
	}
	arn, _ := functionOf(i)
	f.offer(functions, unread, arn)
	f.kind.SetValue(string(i.Type))
	if i.TimeoutInMillis > 0 {
		f.timeout.SetValue(strconv.Itoa(i.TimeoutInMillis))
	}
	if i.Type == aws.IntegrationMock {
		f.request.SetValue(i.RequestTemplates[jsonType])
		f.response.SetValue(i.IntegrationResponses[mockStatus].ResponseTemplates[jsonType])
	}
}

// wish is what an integration is to be.
type wish struct {
	mock              bool
	function          string // its ARN
	timeout           int    // milliseconds
	request, response string // mapping templates
	before            *aws.Integration
}

// wish is what the fields say; before is the integration that it takes the place
// of, or nil.
func (f *integrationFields) wish(before *aws.Integration) wish {
	timeout, err := strconv.Atoi(f.timeout.Value())
	if err != nil {
		timeout = mostTimeout // the field has been validated; this one is not in use
	}
	return wish{mock: f.mock(), function: f.function.Value(), timeout: timeout, request: f.request.Value(), response: f.response.Value(), before: before}
}

// put makes a method's integration, with what belongs to it: for a function the
// statement that lets the API invoke it, for a mock its responses.
func (w wish) put(ctx context.Context, cloud aws.Cloud, at target) error {
	if w.mock {
		return w.putMock(ctx, cloud.APIGateway, at)
	}
	in := aws.PutIntegrationInput{
		RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method, Type: aws.IntegrationLambdaProxy,
		IntegrationHTTPMethod: "POST", URI: cloud.Place.LambdaURI(w.function), TimeoutInMillis: aws.Some(w.timeout),
	}
	if b := w.before; b != nil && b.Type == aws.IntegrationLambdaProxy {
		in.Credentials, in.RequestParameters, in.PassthroughBehavior = b.Credentials, b.RequestParameters, b.PassthroughBehavior
	}
	if _, err := cloud.APIGateway.PutIntegration(ctx, in); err != nil {
		return err
	}
	if in.Credentials != "" {
		return nil // the API invokes the function as that role
	}
	return permit(ctx, cloud, at, w.function)
}

// permit lets an API invoke a function for a method, unless the function's policy
// does so already. The statement's id is the method's, so that there is one.
func permit(ctx context.Context, cloud aws.Cloud, at target, function string) error {
	source := sourceARN(cloud.Place, at.api, at.method, at.path)
	known := readWire(ctx, cloud.Lambda, function)
	if lets(known.statements, source, cloud.Place.AccountID) {
		return nil
	}
	_, err := cloud.Lambda.AddPermission(ctx, aws.AddPermissionInput{
		FunctionName: function, StatementID: "apigateway-" + at.api + "-" + at.resource + "-" + at.method,
		Action: invokeAction, Principal: gatewayPrincipal, SourceArn: source,
	})
	if errors.Is(err, aws.ErrInUse) { // it is there, and only could not be read
		return nil
	}
	return err
}

// putMock makes a mock integration and its responses. Putting an integration
// takes its responses away: those of other statuses are put back.
func (w wish) putMock(ctx context.Context, service aws.APIGateway, at target) error {
	_, err := service.PutMethodResponse(ctx, aws.PutMethodResponseInput{
		RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method, StatusCode: mockStatus, ResponseModels: map[string]string{jsonType: "Empty"},
	})
	if err != nil && !errors.Is(err, aws.ErrInUse) { // it has one already
		return err
	}
	responses := map[string]aws.IntegrationResponse{}
	requests := map[string]string{}
	if b := w.before; b != nil && b.Type == aws.IntegrationMock {
		maps.Copy(responses, b.IntegrationResponses)
		maps.Copy(requests, b.RequestTemplates)
	}
	requests[jsonType] = w.request
	ok := responses[mockStatus]
	ok.ResponseTemplates = maps.Clone(ok.ResponseTemplates)
	if ok.ResponseTemplates == nil {
		ok.ResponseTemplates = map[string]string{}
	}
	ok.ResponseTemplates[jsonType] = w.response
	responses[mockStatus] = ok
	_, err = service.PutIntegration(ctx, aws.PutIntegrationInput{
		RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method, Type: aws.IntegrationMock, RequestTemplates: requests,
	})
	if err != nil {
		return err
	}
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		r := responses[status]
		_, err := service.PutIntegrationResponse(ctx, aws.PutIntegrationResponseInput{
			RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method, StatusCode: status,
			SelectionPattern: r.SelectionPattern, ResponseParameters: r.ResponseParameters, ResponseTemplates: r.ResponseTemplates,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// uneditable says why an integration cannot be changed here; "" when it can.
func uneditable(i *aws.Integration) string {
	switch {
	case i == nil, i.Type == aws.IntegrationMock:
		return ""
	case i.Type == aws.IntegrationLambdaProxy:
		if _, ok := functionOf(i); ok {
			return ""
		}
	}
	return "This console edits integrations with a Lambda function as a proxy, and mock integrations."
}
