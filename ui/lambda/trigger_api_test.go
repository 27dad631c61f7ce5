package lambda

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"

	"pgregory.net/rapid"
)

// endpointed is a sandbox that says it answers on a port, with a function FAQ.
func endpointed(t testing.TB) aws.Cloud {
	t.Helper()
	cloud := sandbox(t)
	cloud.Place.Endpoint = "http://127.0.0.1:4566"
	makeFunction(t, cloud, "FAQ")
	return cloud
}

// addFAQ adds the trigger of the lab with the form.
func addFAQ(t testing.TB, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway")
	b.Press("Create a new API").Press("REST API").Choose("Security", "Open").Press("Additional settings")
	return b.TypeIn("API name", "FAQ-API").TypeIn("Deployment stage", "myDeployment").Press("Add")
}

func apis(t testing.TB, cloud aws.Cloud) []aws.RestAPI {
	t.Helper()
	all, err := page.RestAPIs(t.Context(), cloud.APIGateway)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// resourceOf reads an API's resource by its path; nil when there is none.
func resourceOf(t testing.TB, cloud aws.Cloud, api, path string) *aws.APIResource {
	t.Helper()
	all, err := page.APIResources(t.Context(), cloud.APIGateway, api)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Path == path {
			return &r
		}
	}
	return nil
}

// tells fails unless the texts are on the screen, whatever lines they are broken
// into.
func tells(t testing.TB, b *pagetest.Bench, texts ...string) *pagetest.Bench {
	t.Helper()
	screen := strings.Join(strings.Fields(strings.ReplaceAll(b.Text(), "│", " ")), " ")
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("%q is not on the screen:\n%s", text, b.Text())
		}
	}
	return b
}

var triggersOfFAQ = nav.Route{Page: functionID, Name: "FAQ", Detail: "configuration/triggers"}

// TestAPITriggerOfTheLab makes what AWS's console makes, in its order, and shows
// it.
func TestAPITriggerOfTheLab(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(endpointed(t))
	var calls []string
	writes := []string{"CreateRestApi", "CreateResource", "PutMethod", "PutIntegration", "CreateDeployment", "AddPermission"}
	w.Fail(func(operation string, _ any) error {
		if slices.Contains(writes, operation) {
			calls = append(calls, operation)
		}
		return nil
	})
	b := addFAQ(t, w.Cloud)
	pagetest.Asked[nav.Back](b)
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Success || !strings.Contains(told.Title, "The trigger FAQ-API was successfully added to function FAQ.") || told.Text != "" {
		t.Errorf("%+v", told)
	}
	if !slices.Equal(calls, writes) {
		t.Errorf("the calls were %v", calls)
	}
	all := apis(t, w.Cloud)
	if len(all) != 1 || all[0].Name != "FAQ-API" || all[0].Description != "Created by AWS Lambda" || !slices.Equal(all[0].EndpointConfiguration.Types, []aws.EndpointType{aws.EndpointRegional}) {
		t.Fatalf("%+v", all)
	}
	api := all[0].ID
	m := resourceOf(t, w.Cloud, api, "/FAQ").ResourceMethods["ANY"]
	arn := configuration(t, w.Cloud, "FAQ").FunctionArn
	if i := m.MethodIntegration; m.AuthorizationType != "NONE" || i.Type != "AWS_PROXY" || i.HTTPMethod != "POST" ||
		i.URI != "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/"+arn+"/invocations" {
		t.Errorf("%+v, %+v", m, i)
	}
	s := policyOf(t, w.Cloud, "FAQ")[0]
	if s.source() != "arn:aws:execute-api:us-west-2:"+w.Place.AccountID+":"+api+"/*/*/FAQ" || len(s.Sid) != len("lambda-")+36 || s.principal() != "apigateway.amazonaws.com" {
		t.Errorf("%+v", s)
	}
	url := "http://127.0.0.1:4566/_aws/execute-api/" + api + "/myDeployment/FAQ"
	b.Open(triggersOfFAQ).Shows("Triggers (1)", "API Gateway: FAQ-API", "ANY /FAQ · myDeployment", "Enabled", "API endpoint", url, "API type", "REST",
		"Authorization", "NONE", "isComplexStatement", "Method", "Resource path", "/FAQ", "Service principal", "Stage", "Statement ID", s.Sid)
	for _, press := range []string{"Open URL", "http://127.0.0.1"} {
		b.Sent = nil
		b.Press(press)
		if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "web/visit", Name: url}) {
			t.Errorf("%s leads to %+v", press, to)
		}
	}
	b.Press("Copy URL").Press("Open in browser").Press("API Gateway: FAQ-API").Keys("enter")
	if pagetest.Asked[nav.Copy](b).Text != url || pagetest.Asked[nav.Browse](b).URL != url {
		t.Errorf("%+v", b.Sent)
	}
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: "apigateway/api", Name: api}) {
		t.Errorf("the row leads to %+v", to)
	}
}

// TestOverviewLeadsToTheTriggers: the boxes count, and lead to the list.
func TestOverviewLeadsToTheTriggers(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	makeBucket(t, cloud, source)
	addFAQ(t, cloud)
	addFAQ(t, cloud)
	b := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"})
	b.Choose("Trigger configuration", "S3").Choose("Bucket", source).Press("I acknowledge").Press("Add")
	b.Open(nav.Route{Page: functionID, Name: "FAQ"}).Shows("API Gateway  (2)  FAQ-API", "S3  "+source)
	b.Press("S3").Shows("Triggers (3)", "Bucket arn")
	b.Press("API Gateway").Shows("Triggers (3)", "API endpoint", "Resource path")
	b.Press("FAQ-API")
	if to := pagetest.Asked[nav.Open](b).Route; to.Page != "apigateway/api" {
		t.Errorf("%+v", to)
	}
	b.Height = 24
	b.Open(nav.Route{Page: functionID, Name: "FAQ"}).Shows("API Gateway (FAQ-API, FAQ-API), S3 (" + source + ") ─▸ FAQ")
}

func TestAPIsAndStagesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(endpointed(t))
	addFAQ(t, w.Cloud)
	w.Refuse("GetRestApis")
	b := newBench(t, w.Cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway").Press("Use existing API")
	b.Shows("The APIs could not be read", "It went wrong")
	b.Open(triggersOfFAQ).Shows("FAQ-API", "Enabled") // the policy names it
	w.Refuse("GetStages")
	b.Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway").Press("Use existing API")
	b.Choose("Existing API", "FAQ-API").Shows("The stages could not be read")
	tells(t, b.Open(triggersOfFAQ), "Does not work", "The API could not be read")
	w.Refuse("GetResources")
	tells(t, b.Open(triggersOfFAQ), "Does not work", "The API could not be read").Press("Open URL")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "could not be read") {
		t.Errorf("%+v", told)
	}
}

// TestHalfAPITriggersAreTold, with what happens then, and how to mend it.
func TestHalfAPITriggersAreTold(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	b := addFAQ(t, cloud)
	api := apis(t, cloud)[0].ID
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := cloud.Lambda.RemovePermission(t.Context(), aws.RemovePermissionInput{FunctionName: "FAQ", StatementID: policyOf(t, cloud, "FAQ")[0].Sid})
	must(err)
	tells(t, b.Open(triggersOfFAQ), "Does not work", "500 Internal server error", "Use existing API gives the permission")
	pagetest.Asked[nav.Back](useExisting(t, cloud, "FAQ-API", "myDeployment"))
	b.Open(triggersOfFAQ).Shows("Enabled").Lacks("Does not work")

	resource := resourceOf(t, cloud, api, "/FAQ").ID
	_, err = cloud.APIGateway.DeleteMethod(t.Context(), aws.DeleteMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: "ANY"})
	must(err)
	tells(t, b.Open(triggersOfFAQ), "Does not work", "403 Missing Authentication Token", "Join a method")

	_, err = cloud.APIGateway.PutMethod(t.Context(), aws.PutMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: "GET", AuthorizationType: "NONE"})
	must(err)
	_, err = cloud.APIGateway.PutIntegration(t.Context(), aws.PutIntegrationInput{
		RestAPIID: api, ResourceID: resource, HTTPMethod: "GET", Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST",
		URI: cloud.Place.LambdaURI(configuration(t, cloud, "FAQ").FunctionArn),
	})
	must(err)
	tells(t, b.Open(triggersOfFAQ), "GET /FAQ", "has deployed lacks GET /FAQ", "Deploy the API again")
	_, err = cloud.APIGateway.CreateDeployment(t.Context(), aws.CreateDeploymentInput{RestAPIID: api, StageName: "second"})
	must(err)
	b.Open(triggersOfFAQ).Shows("Enabled", "/second/FAQ", "GET /FAQ · myDeployment, second")

	// what the user made is not deleted from here
	b.Press("Delete").Confirm().Shows("Does not work", "aws lambda add-permission")
	b.Press("Delete")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "a method of the API") {
		t.Errorf("%+v", told)
	}
	for _, stage := range []string{"myDeployment", "second"} {
		_, err = cloud.APIGateway.DeleteStage(t.Context(), aws.DeleteStageInput{RestAPIID: api, StageName: stage})
		must(err)
	}
	_, err = cloud.Lambda.AddPermission(t.Context(), aws.AddPermissionInput{
		FunctionName: "FAQ", StatementID: "own", Action: "lambda:InvokeFunction", Principal: apiGateway, SourceArn: "arn:aws:execute-api:us-west-2:" + cloud.Place.AccountID + ":" + api + "/*/GET/FAQ",
	})
	must(err)
	tells(t, b.Open(triggersOfFAQ), "Does not work", "The API has no stage", "API endpoint")
	useStage := newBench(t, cloud).Open(nav.Route{Page: addTriggerID, Name: "FAQ"}).Choose("Trigger configuration", "API Gateway")
	useStage.Press("Use existing API").Choose("Existing API", "FAQ-API").Shows("This API has no stage yet").Press("Add").Shows("Deployment stage: This API has no stage yet")

	_, err = cloud.APIGateway.DeleteRestApi(t.Context(), aws.DeleteRestApiInput{RestAPIID: api})
	must(err)
	b.Open(triggersOfFAQ).Shows("API Gateway: "+api, "Does not work", "is gone", "The API is gone.").Press("Delete").Confirm().Shows("No triggers")
	if len(policyOf(t, cloud, "FAQ")) != 0 {
		t.Error("the permission stays")
	}
}

// TestDeletingAnAPITrigger takes the permission and the console's own method;
// the API stays.
func TestDeletingAnAPITrigger(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	b := addFAQ(t, cloud).Open(triggersOfFAQ).Press("Delete")
	ask := strings.Join(pagetest.Asked[nav.Confirm](b).Text, " ")
	for _, want := range []string{"FAQ-API of FAQ", "The permission is taken from the function, and the method ANY /FAQ from the API", "The API FAQ-API stays", "500"} {
		if !strings.Contains(ask, want) {
			t.Errorf("the dialog does not say %q: %s", want, ask)
		}
	}
	b.Confirm().Shows("Triggers (0)", "No triggers")
	api := apis(t, cloud)[0].ID
	r := resourceOf(t, cloud, api, "/FAQ")
	stages, err := cloud.APIGateway.GetStages(t.Context(), aws.GetStagesInput{RestAPIID: api})
	if err != nil || len(stages.Item) != 1 || r == nil || len(r.ResourceMethods) != 0 || len(policyOf(t, cloud, "FAQ")) != 0 {
		t.Errorf("%+v, %v, %+v", stages, err, r)
	}
	pagetest.Asked[nav.Back](useExisting(t, cloud, "FAQ-API", "myDeployment"))
	b.Open(triggersOfFAQ).Shows("Triggers (1)", "Enabled")
}

// TestSandboxOnNoPort has no URL to open.
func TestSandboxOnNoPort(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	cloud.Place.Endpoint = ""
	b := addFAQ(t, cloud).Open(triggersOfFAQ).Shows("Enabled", "The sandbox answers on no port now.").Press("Open URL")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Information {
		t.Errorf("%+v", told)
	}
}

// TestOnAWSANewURLTakesAWhile: the message says so there.
func TestOnAWSANewURLTakesAWhile(t *testing.T) {
	t.Parallel()
	cloud := endpointed(t)
	cloud.Place.Kind, cloud.Place.Endpoint = aws.Account, ""
	b := addFAQ(t, cloud)
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "after some seconds") {
		t.Errorf("%+v", told)
	}
	b.Open(triggersOfFAQ).Shows("https://" + apis(t, cloud)[0].ID + ".execute-api.us-west-2.amazonaws.com/myDeployment/FAQ")
}

func TestWhatAStatementCovers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		source, method, path string
		want                 bool
	}{
		{"a1/*/*/FAQ", "ANY", "/FAQ", true},
		{"a1/*/*/FAQ", "GET", "/FAQ", true},
		{"a1/*/GET/FAQ", "ANY", "/FAQ", true},
		{"a1/*/GET/FAQ", "POST", "/FAQ", false},
		{"a1/*/*/FAQ", "ANY", "/faq", false},
		{"a1/prod/*/FAQ/*", "GET", "/FAQ/{id}", true},
		{"a1/*/*/FAQ/x", "GET", "/FAQ/{id}", false},
		{"a1/*/*/*", "GET", "/a/{proxy+}", true},
		{"a1/*", "GET", "/FAQ", true},
		{"a1/prod", "GET", "/FAQ", false},
		{"a1/*/*/", "ANY", "/", true},
		{"a1/*/GET/F?Q", "GET", "/FAQ", true},
	} {
		s := statement{Principal: apiGateway, Condition: map[string]map[string]any{"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:us-west-2:0:" + test.source}}}
		g, ok := s.grant()
		if !ok || g.api != "a1" || g.covers(test.method, test.path) != test.want {
			t.Errorf("%+v: %+v, %v", test, g, ok)
		}
	}
	for _, source := range []string{"", "arn:aws:s3:::b", "arn:aws:execute-api:r:0:", "arn:aws:execute-api:r:0"} {
		s := statement{Principal: apiGateway, Condition: map[string]map[string]any{"ArnLike": {"AWS:SourceArn": source}}}
		if g, ok := s.grant(); ok {
			t.Errorf("%q: %+v", source, g)
		}
	}
}

// TestLikeIsAsAPattern holds like to the regular expression of the same meaning.
func TestLikeIsAsAPattern(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab*?/]{0,8}`).Draw(t, "pattern")
		text := rapid.StringMatching(`[ab/]{0,10}`).Draw(t, "text")
		want := regexp.MustCompile("^" + strings.NewReplacer("*", ".*", "?", ".").Replace(pattern) + "$").MatchString(text)
		if got := like(pattern, text); got != want {
			t.Fatalf("like(%q, %q) is %v", pattern, text, got)
		}
	})
}

func BenchmarkAPITriggersView(b *testing.B) {
	bench := addFAQ(b, endpointed(b)).Open(triggersOfFAQ)
	viewed(b, bench)
}

func BenchmarkAddTriggerView(b *testing.B) {
	bench := newBench(b, endpointed(b)).Open(nav.Route{Page: addTriggerID, Name: "FAQ"})
	bench.Choose("Trigger configuration", "API Gateway").Press("Additional settings")
	viewed(b, bench)
}
