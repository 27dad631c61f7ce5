package apigateway

import (
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"
)

// TestStageGoesBack: what was deployed before is one choice away, and a stage
// keeps what the form did not change.
func TestStageGoesBack(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	at := target{f.id, f.resource, "GET", "/FAQ"}
	if err := createMethod(t.Context(), f.cloud, at, wish{mock: true, request: mockRequest, response: mockResponse}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, f.cloud).Open(nav.Route{Page: stagesID, Name: f.id}).Shows("ANY").Lacks("GET")
	first := pagetest.PageOf[*stagesPage](b).stages[0].DeploymentID
	b.Press("Deploy API").Follow().Shows("myDeployment").TypeIn("Deployment description", "with GET").Press("Deploy").Follow()
	b.Shows("GET", "with GET")

	b.Open(nav.Route{Page: editStageID, Name: f.id, Detail: "myDeployment"})
	form, ok := pagetest.PageOf[*page.FormPage](b).Form.(*stageForm)
	if !ok {
		t.Fatal("another form is open")
	}
	form.deployment.SetValue(first)
	b.Press("Add stage variable").TypeIn("Name", "one").TypeIn("Value", "1")
	b.Press("Add stage variable").TypeIn("Name", "one").TypeIn("Value", "2").Press("Save").Shows("one is there twice")
	b.TypeIn("Name", "two").Press("Save")
	b.Open(nav.Route{Page: stagesID, Name: f.id}).Shows("one = 1", "two = 2", first).Lacks("GET")

	b.Press("Edit stage").Follow().TypeIn("Value", "x y").Press("Save").Shows("Use letters, digits and - . _")
	b.TypeIn("Value", "2").Press("Remove").Press("Save")
	pagetest.Asked[nav.Back](b)
	out, err := f.cloud.APIGateway.GetStage(t.Context(), aws.GetStageInput{RestAPIID: f.id, StageName: "myDeployment"})
	if err != nil || len(out.Variables) != 1 || out.DeploymentID != first {
		t.Errorf("%+v, %v", out, err)
	}

	b.Open(nav.Route{Page: deploymentsID, Name: f.id}).Shows("with GET", "Methods of", "GET /FAQ").Keys("down").Shows("ANY /FAQ").Lacks("GET /FAQ")
	b.Press("Delete deployment")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Information {
		t.Errorf("a deployment that a stage has: %+v", told)
	}
	b.Press("Stages").Follow().Press("Create stage").Follow().TypeIn("Stage name", "next").Press("Create stage").Shows("Deployment: choose")
	b.Press("Cancel")
	form, ok = pagetest.PageOf[*page.FormPage](b).Form.(*stageForm)
	if !ok {
		t.Fatal("another form is open")
	}
	form.deployment.SetValue(first)
	b.Press("Create stage").Follow().Shows("next", "Stage details")
}

// TestKeysLeadEverywhere: each page of an API is reached by keys alone.
func TestKeysLeadEverywhere(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	b := newBench(t, f.cloud).Open(nav.Route{Page: apisID}).Keys("/").Keys("n", "o", "n", "e").Shows("APIs (0/1)", `No API contains "none"`)
	b.Keys("esc").Shows("APIs (1)").Keys("enter").Follow()
	b.Keys("down", "enter").Keys("down").Shows("Resource details").Keys("enter").Shows("ANY /FAQ").Keys("enter")
	p := pagetest.PageOf[*apiPage](b)
	if p.Ring.Focused() != p.parts {
		t.Errorf("enter on a method leads to %T", p.Ring.Focused())
	}
	b.Keys("y")
	if arn := pagetest.Asked[nav.Copy](b).Text; arn != f.source() {
		t.Errorf("%q is copied", arn)
	}
	b.Do(b.Zone("Integration response", component.RoleLink).Click(0, 0))
	b.Shows("Proxy integrations hand")
	for _, name := range []string{"Stages", "Deployments", "API settings", "Resources"} {
		if b.Keys("]").Follow().Page.Title() != name {
			t.Errorf("] leads to %s, not to %s", b.Page.Title(), name)
		}
	}
	if b.Keys("[").Follow().Page.Title() != "API settings" {
		t.Errorf("[ leads to %s", b.Page.Title())
	}
}
