package apigateway

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"awslab/aws"
)

func TestTestInvoke(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "ANY /pets/{id}")
	w.answers(`{"statusCode":201,"headers":{"X-A":"1"},"body":"made"}`)
	in := aws.TestInvokeMethodInput{
		RestAPIID: b.id, ResourceID: b.ids["/pets/{id}"], HTTPMethod: "POST", PathWithQueryString: "/pets/7?q=1&q=2", Body: "hello",
		Headers: map[string]string{"x-one": "1"}, MultiValueHeaders: map[string][]string{"X-Two": {"a", "b"}}, StageVariables: map[string]string{"color": "blue"},
	}
	out := must(t, w.TestInvokeMethod, in)
	if out.Status != 201 || out.Body != "made" || out.Headers["X-A"] != "1" || out.MultiValueHeaders["X-A"][0] != "1" || out.Headers["X-Amzn-Trace-Id"] == "" {
		t.Errorf("the answer is %+v", out)
	}
	event, source := w.seen()
	for _, part := range []string{
		`"path":"/pets/7","httpMethod":"POST","headers":{"X-One":"1","X-Two":"b"}`, `"queryStringParameters":{"q":"2"}`, `"pathParameters":{"id":"7"}`,
		`"stageVariables":{"color":"blue"}`, `"stage":"test-invoke-stage"`, `"sourceIp":"test-invoke-source-ip"`, `"domainName":"testPrefix.testDomainName"`,
	} {
		if !strings.Contains(event, part) {
			t.Errorf("the event has no %s: %s", part, event)
		}
	}
	if source != "arn:aws:execute-api:us-west-2:000000000000:"+b.id+"/test-invoke-stage/POST/pets/{id}" {
		t.Errorf("the source is %s", source)
	}
	uri := "https://lambda.us-west-2.amazonaws.com/2015-03-31/functions/" + faq + "/invocations"
	want := []string{
		`Execution log for request [0-9a-f-]{36}`, `Starting execution for request: [0-9a-f-]{36}`, `HTTP Method: POST, Resource Path: /pets/\{id\}`,
		`Method request path: \{id=7\}`, `Method request query string: \{q=2\}`, `Method request headers: \{X-One=1, X-Two=a,b\}`,
		`Method request body before transformations: hello`, `Endpoint request URI: ` + uri, `Endpoint request headers: \{Accept=application/json, Host=.*`,
		`Endpoint request body after transformations: \{"resource":.* \[TRUNCATED\]`, `Sending request to ` + uri,
		`Received response. Status: 200, Integration latency: 0 ms`, `Endpoint response headers: \{Content-Type=application/json, .*\}`,
		`Endpoint response body before transformations: \{"statusCode":201.*`, `Method response body after transformations: made`,
		`Method response headers: \{Content-Type=application/json, X-A=1\}`, `Successfully completed execution`, `Method completed with status: 201`,
	}
	lines := strings.Split(strings.TrimSuffix(out.Log, "\n"), "\n")
	if len(lines) != len(want) {
		t.Fatalf("the log has %d lines, want %d:\n%s", len(lines), len(want), out.Log)
	}
	for n, line := range lines {
		prefix := "Sun Nov 22 13:43:15 UTC 2026 : "
		if n == 0 {
			prefix = ""
		}
		if !regexp.MustCompile("^" + prefix + want[n] + "$").MatchString(line) {
			t.Errorf("line %d is\n%s\nwant\n%s%s", n, line, prefix, want[n])
		}
	}
}

func TestTestInvokeOfWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ")
	in := aws.TestInvokeMethodInput{RestAPIID: b.id, ResourceID: b.ids["/FAQ"], HTTPMethod: "GET"}
	wants := func(status int, log string) {
		t.Helper()
		out := must(t, w.TestInvokeMethod, in)
		if out.Status != status || !strings.Contains(out.Log, log) || out.Headers[errorType] != "InternalServerErrorException" ||
			!strings.HasSuffix(out.Log, "Method completed with status: "+strconv.Itoa(status)+"\n") {
			t.Errorf("the answer is %+v, want %d and %q", out, status, log)
		}
	}
	w.fails("AccessDeniedException", 403)
	wants(500, "Execution failed due to configuration error: Invalid permissions on Lambda function")
	w.fails("TooManyRequestsException", 429)
	wants(500, "Lambda invocation failed with status: 429. Lambda request id: r")
	w.answers(`{"answer":42}`)
	wants(502, "Execution failed due to configuration error: Malformed Lambda proxy response")
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		return aws.InvokeOutput{StatusCode: 200, FunctionError: "Unhandled", Payload: []byte(`{"errorMessage":"boom"}`)}, nil
	})
	wants(502, "Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: ")
	b.integrate(t, "GET", "/FAQ", aws.PutIntegrationInput{Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "GET", URI: aws.Place{Region: region}.LambdaURI(faq)})
	wants(500, "Lambda invocation failed with status: 403.")
	must(t, w.DeleteIntegration, aws.DeleteIntegrationInput{RestAPIID: b.id, ResourceID: b.ids["/FAQ"], HTTPMethod: "GET"})
	wants(500, "Execution failed due to configuration error: No integration defined for method")
}
