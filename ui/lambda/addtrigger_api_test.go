package lambda

import (
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestAPIFormSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway")
	if b.Page.Unsaved() != "" {
		t.Error("something is unsaved in an untouched form")
	}
	b.Press("Add").Shows("Security: choose who may call the API").Press("HTTP API")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "REST APIs only") {
		t.Errorf("%+v", told)
	}
	b.Choose("Security", "Open").Press("Additional settings").TypeIn("Deployment stage", "my stage").Press("Additional settings").Press("Add")
	b.Shows("Deployment stage: Use only letters, digits", "my stage")
	b.TypeIn("API name", " ").Press("Add").Shows("API name: Enter a name for the API (and 1 more field)")
	if b.Page.Unsaved() == "" {
		t.Error("what was entered is forgotten")
	}
	b.Press("Use existing API").Shows("There is no REST API in this Region yet").Press("Add").Shows("Existing API: choose the API")
	if len(apis(t, cloud)) != 0 || len(policyOf(t, cloud, "FAQ")) != 0 {
		t.Error("something was made")
	}
	for name, want := range map[string]bool{"default": true, "a-B_9": true, "": false, "a/b": false, strings.Repeat("a", 128): true, strings.Repeat("a", 129): false} {
		if got := stageFault(name) == ""; got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	if apiNameFault(strings.Repeat("a", 1025)) == "" {
		t.Error("a name that is too long is taken")
	}
}

// TestWhatWasMadeIsTakenBack, whichever step fails.
func TestWhatWasMadeIsTakenBack(t *testing.T) {
	t.Parallel()
	for i, operation := range []string{"GetFunctionConfiguration", "CreateRestApi", "CreateResource", "PutMethod", "PutIntegration", "CreateDeployment", "AddPermission"} {
		w := pagetest.Watch(endpointed(t))
		w.Refuse(operation)
		b := addFAQ(t, w.Cloud).Shows("The trigger was not added", "It went wrong")
		if i > 1 {
			b.Shows("was taken back: the API FAQ-API.")
		}
		w.Allow()
		if len(apis(t, w.Cloud)) != 0 || len(policyOf(t, w.Cloud, "FAQ")) != 0 {
			t.Errorf("%s: something stays", operation)
		}
		b.Press("Add")
		pagetest.Asked[nav.Back](b)
	}
	w := pagetest.Watch(endpointed(t))
	w.Fail(func(operation string, _ any) error {
		if operation == "AddPermission" || operation == "DeleteRestApi" {
			return &aws.Error{Code: "TooManyRequestsException", Message: operation}
		}
		return nil
	})
	tells(t, addFAQ(t, w.Cloud), "AddPermission", "could not be taken back, and stays: the API FAQ-API (TooManyRequestsException: DeleteRestApi)")
}

// useExisting adds a trigger with an API that is there.
func useExisting(t testing.TB, cloud aws.Cloud, api, stage string) *pagetest.Bench {
	t.Helper()
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway")
	return b.Press("Use existing API").Choose("Existing API", api).Choose("Deployment stage", stage).Choose("Security", "Open").Press("Add")
}

// TestExistingAPIGetsWhatIsMissing, and no more.
func TestExistingAPIGetsWhatIsMissing(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	makeFunction(t, cloud, "other")
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "other"}).Choose("Trigger configuration", "API Gateway").Choose("Security", "Open").Press("Add")
	pagetest.Asked[nav.Back](b)
	api := apis(t, cloud)[0]
	if api.Name != "other-API" {
		t.Fatalf("%+v", api)
	}
	w := pagetest.Watch(cloud)
	for _, operation := range []string{"PutMethod", "PutIntegration", "AddPermission", "CreateDeployment"} {
		w.Refuse(operation)
		useExisting(t, w.Cloud, "other-API", "default").Shows("It went wrong", "taken back: ", "the resource /FAQ.")
		if resourceOf(t, cloud, api.ID, "/FAQ") != nil || len(policyOf(t, cloud, "FAQ")) != 0 {
			t.Errorf("%s: something stays", operation)
		}
	}
	w.Allow()
	pagetest.Asked[nav.Back](useExisting(t, w.Cloud, "other-API", "default"))
	b.Open(triggersOfFAQ).Shows("API Gateway: other-API", "Enabled", "ANY /FAQ · default")

	// all is there: it is deployed again, and nothing is made twice
	made := w.Count("AddPermission") + w.Count("PutMethod")
	pagetest.Asked[nav.Back](useExisting(t, w.Cloud, "other-API", "default"))
	if w.Count("AddPermission")+w.Count("PutMethod") != made || len(policyOf(t, cloud, "FAQ")) != 1 {
		t.Error("something was made twice")
	}

	// the method is another's: it is left alone
	resource := resourceOf(t, cloud, api.ID, "/FAQ").ID
	_, err := cloud.APIGateway.PutIntegration(t.Context(), aws.PutIntegrationInput{
		RestAPIID: api.ID, ResourceID: resource, HTTPMethod: "ANY", Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST",
		URI: cloud.Place.LambdaURI(configuration(t, cloud, "other").FunctionArn),
	})
	if err != nil {
		t.Fatal(err)
	}
	tells(t, b.Open(triggersOfFAQ), "Does not work", "no method of it under /FAQ does")
	useExisting(t, w.Cloud, "other-API", "default").Shows("is joined to something else already")
}
