package apigateway

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// mocked makes an API whose root answers by itself.
func (w *world) mocked(t *testing.T, request map[string]string, changes ...func(*aws.PutIntegrationInput)) *built {
	t.Helper()
	b := w.build(t)
	b.method(t, "ANY", "/")
	in := aws.PutIntegrationInput{Type: aws.IntegrationMock, RequestTemplates: request}
	for _, change := range changes {
		change(&in)
	}
	b.integrate(t, "ANY", "/", in)
	return b
}

// responds adds an answer, with the method's declaration of it.
func (b *built) responds(t *testing.T, status, pattern string, headers, templates map[string]string) {
	t.Helper()
	declared := make(map[string]bool)
	for name := range headers {
		declared[name] = true
	}
	must(t, b.PutMethodResponse, aws.PutMethodResponseInput{RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "ANY", StatusCode: status, ResponseParameters: declared})
	must(t, b.PutIntegrationResponse, aws.PutIntegrationResponseInput{
		RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "ANY", StatusCode: status, SelectionPattern: pattern, ResponseParameters: headers, ResponseTemplates: templates,
	})
}

func TestMock(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.mocked(t, map[string]string{contentJSON: `{#if($input.params('scope') == "internal")"statusCode": 200#{else}"statusCode": 500#end}`})
	b.responds(t, "200", "", map[string]string{
		"method.response.header.X-Stage": "context.stage", "method.response.header.X-Color": "stageVariables.color",
		"method.response.header.Access-Control-Allow-Origin": "'*'", "method.response.header.X-None": "integration.response.header.None",
	}, map[string]string{contentJSON: `{"id": "$input.params('id')", "from": "$context.identity.sourceIp"}`, "text/plain": "$context.httpMethod"})
	b.responds(t, "500", `5\d\d`, nil, nil)
	b.deploy(t, map[string]string{"color": "blue"})
	r := b.send(t, "GET", "/?scope=internal&id=7", "")
	r.wants(t, "inside", 200, `{"id": "7", "from": "127.0.0.1"}`)
	if r.header.Get("X-Stage") != "dev" || r.header.Get("X-Color") != "blue" || r.header.Get("Access-Control-Allow-Origin") != "*" || r.header["X-None"] != nil ||
		r.header.Get("Content-Type") != contentJSON {
		t.Errorf("the headers are %v", r.header)
	}
	r = b.send(t, "POST", "/?scope=internal", "{}", "Accept", "text/plain")
	r.wants(t, "as text", 200, "POST")
	if r.header.Get("Content-Type") != "text/plain" {
		t.Errorf("the headers are %v", r.header)
	}
	b.send(t, "GET", "/?scope=public", "").wants(t, "outside", 500, "")
	b.send(t, "POST", "/", "x", "Content-Type", "text/csv").wants(t, "a body that passes through", 500, internalBody)
}

func TestMocksThatAreWrong(t *testing.T) {
	t.Parallel()
	w := open(t)
	test := func(b *built, in aws.TestInvokeMethodInput) aws.TestInvokeMethodOutput {
		in.RestAPIID, in.ResourceID, in.HTTPMethod = b.id, b.root, "GET"
		return must(t, b.TestInvokeMethod, in)
	}
	wants := func(what string, out aws.TestInvokeMethodOutput, status int, log string) {
		t.Helper()
		if out.Status != status || !strings.Contains(out.Log, log) {
			t.Errorf("%s answers %+v, want %d and %q", what, out, status, log)
		}
	}
	const failed = "Execution failed due to configuration error: "
	for text, status := range map[string]int{`{statusCode:200}`: 200, `{'statusCode': 200,}`: 200, `{"statusCode": "200"}`: 200, `{"statusCode": 2.5}`: 500, `{}`: 500, `x`: 500} {
		b := w.mocked(t, map[string]string{contentJSON: text})
		b.responds(t, "200", "", nil, nil)
		log := failed + "Unable to parse statusCode. It should be an integer that is defined in the request template."
		if status == 200 {
			log = "Method completed with status: 200"
		}
		wants(text, test(b, aws.TestInvokeMethodInput{}), status, log)
	}
	okay := map[string]string{contentJSON: `{"statusCode": 200}`}
	b := w.mocked(t, okay)
	wants("no answer", test(b, aws.TestInvokeMethodInput{}), 500, failed+"No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 200")
	must(t, b.PutIntegrationResponse, aws.PutIntegrationResponseInput{RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "ANY", StatusCode: "200"})
	wants("an answer that is not declared", test(b, aws.TestInvokeMethodInput{}), 500, failed+"Output mapping refers to an invalid method response: 200")
	csv := aws.TestInvokeMethodInput{Headers: map[string]string{"content-type": "text/csv"}}
	for behavior, status := range map[string]int{passNever: 415, passNoTemplates: 415, passNoMatch: 500} {
		b := w.mocked(t, okay, func(in *aws.PutIntegrationInput) { in.PassthroughBehavior = behavior })
		wants(behavior, test(b, csv), status, fmt.Sprint("Method completed with status: ", status))
	}
	b = w.mocked(t, map[string]string{contentJSON: `{"statusCode": $input.json('$.status')}`})
	b.responds(t, "200", "", nil, map[string]string{contentJSON: `$util.parseJson('x')`})
	wants("a body that is no JSON", test(b, aws.TestInvokeMethodInput{Body: "x"}), 500, failed+"Unable to transform request: the body cannot be read")
	wants("a template that fails", test(b, aws.TestInvokeMethodInput{Body: `{"status": 200}`}), 500, failed+"Unable to transform response: $util.parseJson")
}
