package endpoint_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"awslab/aws"
)

func (l *lab) rest(scope, method, path, body string, headers ...string) answer {
	l.t.Helper()
	return l.send(l.signed(scope, method, path, body, headers...))
}

func TestREST(t *testing.T) {
	t.Parallel()
	l := open(t)
	made := l.rest("apigateway", http.MethodPost, "/restapis", `{"name":"FAQ-API","endpointConfiguration":{"types":["REGIONAL"]}}`)
	var api aws.RestAPI
	if err := json.Unmarshal([]byte(strings.Replace(made.body, `"createdDate":1795348800`, `"createdDate":"2026-11-22T12:00:00Z"`, 1)), &api); err != nil || made.status != 201 {
		t.Fatalf("%v: %d %s", err, made.status, made.body)
	}
	at := "/restapis/" + api.ID
	l.rest("apigateway", http.MethodGet, "/restapis?limit=5", "").says(t, 200, `{"item":[`+made.body+`]}`)
	root := at + "/resources/" + api.RootResourceID
	l.rest("apigateway", http.MethodPut, root+"/methods/GET", `{"authorizationType":"NONE"}`).
		says(t, 201, `{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":false}`)
	l.rest("apigateway", http.MethodGet, at+"/resources", "").
		says(t, 200, `{"item":[{"id":"`+api.RootResourceID+`","path":"/","resourceMethods":{"GET":{}}}]}`)
	// The body's httpMethod is the integration's, the path's the method's.
	integration := l.rest("apigateway", http.MethodPut, root+"/methods/GET/integration", `{"type":"MOCK","httpMethod":"POST","requestTemplates":{"application/json":"{\"statusCode\":200}"}}`)
	if integration.status != 201 || !strings.Contains(integration.body, `"httpMethod":"POST"`) {
		t.Errorf("%d %s", integration.status, integration.body)
	}
	embedded := l.rest("apigateway", http.MethodGet, at+"/resources?embed=methods", "")
	if !strings.Contains(embedded.body, `"methodIntegration":{"type":"MOCK"`) {
		t.Error(embedded.body)
	}
	if a := l.rest("apigateway", http.MethodPost, at+"/deployments", `{"stageName":"prod"}`); a.status != 201 {
		t.Errorf("%d %s", a.status, a.body)
	}
	patched := l.rest("apigateway", http.MethodPatch, at+"/stages/prod", `{"patchOperations":[{"op":"replace","path":"/variables/a","value":"b"}]}`)
	if patched.status != 200 || !strings.Contains(patched.body, `"variables":{"a":"b"}`) {
		t.Errorf("%d %s", patched.status, patched.body)
	}
	l.rest("apigateway", http.MethodDelete, at+"/stages/prod", "").says(t, 202, "")
	gone := l.rest("apigateway", http.MethodGet, at+"/stages/prod", "").says(t, 404, `{"message":"Invalid stage identifier specified"}`)
	if gone.header.Get("X-Amzn-Errortype") != "NotFoundException" {
		t.Errorf("headers %v", gone.header)
	}
	// Without a scope, the path tells.
	l.rest("", http.MethodGet, "/restapis/none", "").says(t, 404, `{"message":"Invalid API identifier specified 000000000000:none"}`)
	l.rest("", http.MethodGet, "/2015-03-31/functions/None/policy", "").says(t, 404, `{"Type":"User","Message":"Function not found: arn:aws:lambda:us-west-2:000000000000:function:None"}`)
	l.rest("", http.MethodGet, "/2015-album/functions", "").wants(t, 404, "<Code>NoSuchBucket</Code>")
	lambda := l.rest("lambda", http.MethodGet, "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-west-2%3A000000000000%3Afunction%3ANone/configuration", "").
		says(t, 404, `{"Type":"User","Message":"Function not found: arn:aws:lambda:us-west-2:000000000000:function:None"}`)
	if lambda.header.Get("X-Amzn-Errortype") != "ResourceNotFoundException" {
		t.Errorf("headers %v", lambda.header)
	}
	l.rest("lambda", http.MethodPost, "/2015-03-31/functions", `{"FunctionName"`).
		says(t, 400, `{"Type":"User","Message":"Could not parse request body into json: "}`)
	l.rest("lambda", http.MethodGet, "/2015-03-31/layers", "").
		says(t, 404, `{"Type":"User","Message":"GET /2015-03-31/layers is not here. Of Lambda this endpoint has the operations that awslab's labs and pages use."}`)
	l.rest("apigateway", http.MethodPost, "/restapis?mode=import", `{"name":"A","swagger":"2.0"}`).
		says(t, 404, `{"message":"POST /restapis?mode=import is not here. Of API Gateway this endpoint has the operations that awslab's labs and pages use."}`)
	l.rest("sqs", http.MethodGet, "/", "").
		says(t, 404, `{"message":"GET / is not here. This endpoint answers S3, DynamoDB, DynamoDB Streams, CloudWatch Logs, CloudWatch, IAM, STS, Lambda and API Gateway."}`)
}

// functions is a Lambda that tells what it was asked.
type functions struct {
	aws.Lambda
	asked chan any
}

func (f functions) Invoke(_ context.Context, in aws.InvokeInput) (aws.InvokeOutput, error) {
	f.asked <- in
	if in.InvocationType == aws.InvokeEvent {
		return aws.InvokeOutput{StatusCode: 202}, nil
	}
	if in.Qualifier == "busy" {
		return aws.InvokeOutput{}, &aws.Error{Code: "TooManyRequestsException", Message: "Rate Exceeded.", Status: 429, Reasons: []aws.CancellationReason{{Code: "ConcurrentInvocationLimitExceeded"}}}
	}
	return aws.InvokeOutput{StatusCode: 200, FunctionError: "Unhandled", LogResult: "bG9n", ExecutedVersion: "$LATEST", Payload: aws.Payload(`{"errorMessage": "x"}`)}, nil
}

func (f functions) GetFunction(context.Context, aws.GetFunctionInput) (aws.GetFunctionOutput, error) {
	open := func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("PK")), nil }
	return aws.GetFunctionOutput{Code: aws.FunctionCodeLocation{RepositoryType: "S3", Open: open}}, nil
}

func (f functions) CreateFunction(_ context.Context, in aws.CreateFunctionInput) (aws.CreateFunctionOutput, error) {
	f.asked <- in
	return aws.CreateFunctionOutput{FunctionConfiguration: aws.FunctionConfiguration{FunctionName: in.FunctionName}}, nil
}

func TestLambda(t *testing.T) {
	t.Parallel()
	l := open(t)
	f := functions{asked: make(chan any, 1)}
	l.cloud.Lambda = f
	invoke := func(query string, headers ...string) answer {
		return l.rest("lambda", http.MethodPost, "/2015-03-31/functions/F/invocations"+query, `{"a": 1}`, headers...)
	}
	a := invoke("?Qualifier=%24LATEST", "X-Amz-Log-Type", "Tail", "X-Amz-Client-Context", "e30=").says(t, 200, `{"errorMessage": "x"}`)
	want := aws.InvokeInput{FunctionName: "F", LogType: "Tail", ClientContext: "e30=", Qualifier: "$LATEST", Payload: aws.Payload(`{"a": 1}`)}
	if asked := <-f.asked; !reflect.DeepEqual(asked, want) {
		t.Errorf("asked %+v, want %+v", asked, want)
	}
	if a.header.Get("X-Amz-Function-Error") != "Unhandled" || a.header.Get("X-Amz-Log-Result") != "bG9n" || a.header.Get("X-Amz-Executed-Version") != "$LATEST" {
		t.Errorf("headers %v", a.header)
	}
	invoke("", "X-Amz-Invocation-Type", "Event").says(t, 202, "")
	<-f.asked
	invoke("?Qualifier=busy").says(t, 429, `{"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}`)
	<-f.asked
	code := l.rest("lambda", http.MethodPost, "/2015-03-31/functions", `{"FunctionName":"F","Code":{"ZipFile":"UEs="},"Environment":{"Variables":{"A":"b"}},"Publish":false}`)
	if code.status != 201 || !strings.HasPrefix(code.body, `{"FunctionName":"F",`) {
		t.Errorf("%d %s", code.status, code.body)
	}
	if in, ok := (<-f.asked).(aws.CreateFunctionInput); !ok || string(in.Code.ZipFile) != "PK" || in.Environment.Variables["A"] != "b" {
		t.Errorf("asked %+v", in)
	}
}

// TestCode gets a function's code where its description says that it is.
func TestCode(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.cloud.Lambda = functions{}
	told := l.rest("lambda", http.MethodGet, "/2015-03-31/functions/F", "")
	var out aws.GetFunctionOutput
	if err := json.Unmarshal([]byte(told.body), &out); err != nil || !strings.HasPrefix(out.Code.Location, l.url+"/_aws/lambda-code/") {
		t.Fatalf("%v: %s", err, told.body)
	}
	host, path := l.url[len("http://"):], strings.TrimPrefix(out.Code.Location, l.url)
	if a := l.ask(host, path); a.status != 200 || a.body != "PK" || a.header.Get("Content-Type") != "application/zip" {
		t.Errorf("%d %s %v", a.status, a.body, a.header)
	}
	if a := l.ask(host, path+"0"); a.status != 403 {
		t.Errorf("%d %s", a.status, a.body)
	}
}
