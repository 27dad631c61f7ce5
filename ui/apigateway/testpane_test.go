package apigateway

import (
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
)

// TestMethodIsTested: the answer, its headers and the log are on the screen, and
// what is wrong with the request is said before it is sent.
func TestMethodIsTested(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	f := makeFAQ(t, w.Cloud)
	b := newBench(t, w.Cloud).Open(nav.Route{Page: apiID, Name: f.id}).Press("ANY")
	b.Key(tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl})
	b.Shows("Method type", "GET", "Query strings").Lacks("Request body")
	b.Choose("Method type", "POST").Shows("Request body").Press("Headers and stage variables")
	p := pagetest.PageOf[*apiPage](b).test
	p.headers.SetValue("Accept application/json")
	b.Press("Test").Shows("Headers: line 1 is not a name")
	if w.Count("TestInvokeMethod") != 0 {
		t.Error("a request that is wrong was sent")
	}
	p.headers.SetValue("Accept: application/json\n\nX-Two: 1\nX-Two: 2")
	p.variables.SetValue("colour=blue")
	p.body.SetValue("{}")
	var got aws.TestInvokeMethodInput
	w.Fail(func(_ string, in any) error {
		if test, ok := in.(aws.TestInvokeMethodInput); ok {
			got = test
		}
		return nil
	})
	b.TypeIn("Query strings", "?a=b").Press("Test")
	b.Shows("Status 500", "Latency", "POST /FAQ?a=b", "Internal server error")
	if got.PathWithQueryString != "/FAQ?a=b" || got.HTTPMethod != "POST" || got.Body != "{}" || got.StageVariables["colour"] != "blue" ||
		len(got.MultiValueHeaders["X-Two"]) != 2 || got.Headers["Accept"] != "application/json" {
		t.Errorf("sent: %+v", got)
	}
	b.Height = 24
	b.Press("Log").Shows("Execution log for request").Keys("tab", "end").Shows("Invalid permissions on Lambda function")
	b.Press("Copy body")
	if text := pagetest.Asked[nav.Copy](b).Text; !strings.Contains(text, "Internal server error") {
		t.Errorf("%q is copied", text)
	}
	w.Refuse("TestInvokeMethod")
	b.Press("Test").Shows("The method was not tested", "It went wrong")
}

// TestWideAnswerStandsBeside: where there is room, body, headers and log show at
// once, beside the request.
func TestWideAnswerStandsBeside(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	b := newBench(t, f.cloud)
	b.Width, b.Height = 170, 55
	b.Open(nav.Route{Page: apiID, Name: f.id, Detail: f.resource + "/ANY"}).Press("Test").Press("Test").Shows("Status 500", "Method type", "Response body", "Response headers", "Log", "Execution log", "Query strings")
}

// TestPathVariablesAreFilled before a request goes.
func TestPathVariablesAreFilled(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	f := makeFAQ(t, cloud)
	r, err := cloud.APIGateway.CreateResource(t.Context(), aws.CreateResourceInput{RestAPIID: f.id, ParentID: f.resource, PathPart: "{proxy+}"})
	if err != nil {
		t.Fatal(err)
	}
	at := target{f.id, r.ID, "GET", r.Path}
	err = createMethod(t.Context(), cloud, at, wish{mock: true, request: `{"statusCode": 200}`, response: `{"rest": "$input.params('proxy')"}`})
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, cloud).Open(nav.Route{Page: apiID, Name: f.id, Detail: r.ID + "/GET"})
	b.Press("Test").Press("Test").Shows("{proxy+}: Enter a value")
	b.TypeIn("{proxy+}", "a/b c").Press("Test").Shows("Status 200", "GET /FAQ/a/b%20c", `"rest": "a/b c"`)
}

func TestFillPath(t *testing.T) {
	t.Parallel()
	values := map[string]string{"{id}": "a/b?", "{proxy+}": "x/y z"}
	for path, want := range map[string]string{
		"/": "/", "/FAQ": "/FAQ", "/a/{id}": "/a/a%2Fb%3F", "/{id}/{proxy+}": "/a%2Fb%3F/x/y%20z", "/{none}": "/",
	} {
		if got := fillPath(path, values); got != want {
			t.Errorf("%s becomes %s, not %s", path, got, want)
		}
	}
}

// FuzzParsePairs: any text is read or refused, and what is read was there.
func FuzzParsePairs(f *testing.F) {
	f.Add("Accept: text/html\nX: 1")
	f.Add("\n:\n")
	f.Fuzz(func(t *testing.T, text string) {
		pairs, fault := parsePairs(text, ":")
		if (fault == "") == (pairs == nil) {
			t.Fatalf("%v and %q", pairs, fault)
		}
		for name, values := range pairs {
			if name == "" || !strings.Contains(text, name) || len(values) == 0 {
				t.Fatalf("%q: %q", name, values)
			}
		}
	})
}
