package apigateway

import (
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"
)

// TestFAQIsShown walks through what Lambda's trigger has made, as the lab does.
func TestFAQIsShown(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	f.permit(t, f.source())
	b := newBench(t, f.cloud).Open(nav.Route{Page: apisID})
	b.Shows("APIs (1)", "FAQ-API", "Created by AWS Lambda", "REST", "Regional", f.id)
	b.Press("FAQ-API").Press("FAQ-API").Follow()
	b.Shows("FAQ-API", "ID "+f.id, "Regional", "Resources", "Stages", "Deployments", "/FAQ", "Resource details", "No methods", untilDeployed)
	b.Press("/FAQ").Shows("Methods (1)", "ANY", "Lambda proxy", "NONE", "Not required", f.resource)
	b.Press("/").Press("ANY").Shows("ANY /FAQ", "Client", "Method request", "Integration request", "Integration response", "Method response", "Lambda", "Passed through")
	b.Lacks("500", "⚠")
	b.Press("Integration request").Shows("Lambda proxy integration", "True", "29000 ms")
	b.Press("Integration response").Shows("Proxy integrations hand")
	b.Press("Method response").Shows("Proxy integrations hand")
	b.Press("FAQ")
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "lambda/function", Name: "FAQ"}) {
		t.Errorf("the function's link leads to %+v", to)
	}

	b.Press("Stages").Follow().Shows("Stages", "myDeployment", "Stage details", endpoint+aws.InvokePath+f.id+"/myDeployment", "Created by AWS Lambda")
	b.Press("ANY").Shows("/myDeployment/FAQ").Press("Open URL")
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "web/visit", Name: endpoint + aws.InvokePath + f.id + "/myDeployment/FAQ"}) {
		t.Errorf("Open URL leads to %+v", to)
	}
	b.Press("Copy URL").Press("Open in browser")
	if url := pagetest.Asked[nav.Copy](b).Text; url != pagetest.Asked[nav.Browse](b).URL || !strings.HasSuffix(url, "/myDeployment/FAQ") {
		t.Errorf("%q is copied", url)
	}
	b.Press("Deployments").Follow().Shows("Deployment ID", "myDeployment", "Methods of", "ANY /FAQ", "authorization NONE")
}

// TestUnwiredFunctionIsTold: why requests are answered with 500, and what mends
// it, which the form then does.
func TestUnwiredFunctionIsTold(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	at := nav.Route{Page: apiID, Name: f.id, Detail: f.resource + "/ANY"}
	b := newBench(t, f.cloud).Open(at)
	b.Shows("⚠", "has no statement that lets", "Edit integration and Save")

	f.permit(t, strings.Replace(f.source(), "/*/*/", "/*/GET/", 1))
	b.Open(at).Shows("lets apigateway.amazonaws.com invoke it")

	b.Press("Edit integration").Follow().Shows("Edit integration request", "Lambda function", "FAQ", "29000")
	b.TypeIn("Integration timeout (ms)", "49").Press("Save").Shows("from 50 to 29000")
	b.TypeIn("Integration timeout (ms)", "5000").Press("Save")
	pagetest.Asked[nav.Back](b)
	b.Open(at).Lacks("⚠").Press("Integration request").Shows("5000 ms")

	if _, err := f.cloud.Lambda.DeleteFunction(t.Context(), aws.DeleteFunctionInput{FunctionName: "FAQ"}); err != nil {
		t.Fatal(err)
	}
	b.Open(at).Shows("The function FAQ does not exist", "Create the function FAQ again")
	b.Press("Edit integration").Follow()
	b.Do(b.Zone("Lambda function", component.RoleSelect).Click(0, 0))
	b.Shows("not among the functions")
}

// TestMockFromNothing makes an API by hand: resources, a mock method, a test of
// it, a deployment, a change of it, and takes it all away again.
func TestMockFromNothing(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).Open(nav.Route{Page: apisID}).Shows("There are no APIs to show").Press("Create API").Follow()
	b.Shows("REST API", "HTTP API", "This console makes REST APIs", "New API", "Regional").Press("Create API").Shows("API name: Enter a name")
	b.TypeIn("API name", "Hand-made").TypeIn("Description - optional", "by me").Choose("API endpoint type", "Edge-optimized")
	if b.Page.Unsaved() == "" {
		t.Error("a half-filled form can be left without a word")
	}
	b.Press("Create API").Follow().Shows("Hand-made", "Edge-optimized", "by me")
	id := pagetest.PageOf[*apiPage](b).id

	b.Press("Create resource").Follow().TypeIn("Resource name", "a/b").Press("Create resource").Shows("without a slash")
	b.TypeIn("Resource name", "{id}").Shows("/{id}").Press("Create resource")
	pagetest.Asked[nav.Back](b)
	b.Open(nav.Route{Page: apiID, Name: id}).Press("/{id}").Press("Create method").Follow()
	b.Press("Create method").Shows("Method type: choose the HTTP method")
	b.Choose("Method type", "GET").Press("Create method").Shows("Lambda function: choose the function")
	b.Press("Mock").Shows("Response mapping template").Press("Create method")
	pagetest.Asked[nav.Back](b)

	b.Open(nav.Route{Page: apiID, Name: id}).Press("GET").Shows("GET /{id}", "Mock", "Answers by itself")
	b.Press("Integration response").Shows("Default", "Hello from a mock integration")
	b.Press("Method response").Shows("application/json: Empty")
	b.Press("Edit integration").Follow()
	form, ok := pagetest.PageOf[*page.FormPage](b).Form.(*editForm)
	if !ok {
		t.Fatal("another form is open")
	}
	form.integration.response.SetValue(`{"mocked": true}`)
	b.Press("Save")
	pagetest.Asked[nav.Back](b)

	b.Open(nav.Route{Page: apiID, Name: id, Detail: ""}).Press("Deploy API").Follow().Press("Deploy").Shows("Stage name: Enter a name")
	b.TypeIn("Stage name", "v 1").Press("Deploy").Shows("letters, digits, _ and -")
	b.TypeIn("Stage name", "v1").TypeIn("Deployment description", "first").Press("Deploy").Follow()
	b.Shows("Stages", "v1", "Invoke URL", "first").Press("GET").Shows("The path has variables")
	b.Press("v1").Press("Edit stage").Follow().Press("Add stage variable").Press("Save").Shows("Enter a name, or remove the row")
	b.TypeIn("Name", "colour").TypeIn("Value", "blue").TypeIn("Stage description - optional", "the first").Press("Save")
	b.Open(nav.Route{Page: stagesID, Name: id, Detail: "v1"}).Shows("colour = blue", "the first")
	b.Press("Delete stage").Confirm().Shows("No stages")
	b.Open(nav.Route{Page: deploymentsID, Name: id}).Shows("first").Press("Delete deployment").Confirm().Shows("No deployments")

	b.Open(nav.Route{Page: apiID, Name: id}).Press("GET").Press("Delete method").Confirm().Lacks("GET").Shows("/{id}")
	b.Press("/{id}").Press("Delete resource").Confirm().Lacks("/{id}")
	b.Press("Actions").Pick("Delete API")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "confirm" {
		t.Errorf("deleting an API asks for %q", ask.Word)
	}
	b.Confirm().Follow().Shows("There are no APIs to show")
}
