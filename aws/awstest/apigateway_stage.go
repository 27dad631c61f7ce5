package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

func testCreateDeployment(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	made := must(t, g.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: api.ID, Description: "first"}).Deployment
	if len(made.ID) != 6 || !identifier.MatchString(made.ID) || made.Description != "first" || made.CreatedDate.IsZero() {
		t.Errorf("the deployment is %+v", made)
	}
	same(t, "stages", len(must(t, g.GetStages, aws.GetStagesInput{RestAPIID: api.ID}).Item), 0)
	in := aws.CreateDeploymentInput{RestAPIID: api.ID, StageName: "myDeployment", StageDescription: "the lab's", Variables: map[string]string{"color": "blue"}}
	first := must(t, g.CreateDeployment, in)
	stage := must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "myDeployment"}).Stage
	same(t, "the stage", stage, aws.Stage{
		DeploymentID: first.ID, StageName: "myDeployment", Description: "the lab's", Variables: in.Variables, CacheClusterStatus: "NOT_AVAILABLE",
		CreatedDate: stage.CreatedDate, LastUpdatedDate: stage.LastUpdatedDate,
	})
	second := f.deployment(t, api.ID, "myDeployment")
	stage = must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "myDeployment"}).Stage
	same(t, "the stage's deployment", [2]string{stage.DeploymentID, stage.Variables["color"]}, [2]string{second, "blue"})
	empty, bare := f.api(t, "empty"), f.api(t, "bare")
	f.method(t, bare.ID, bare.RootResourceID, "GET")
	deploy := func(api, stage string) func() error {
		return errorOf(g.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: api, StageName: stage})
	}
	apiRefuses(t, "apigateway:CreateDeployment",
		noAPI(f, deploy(nowhere, "dev")),
		refusal{"an API without methods", deploy(empty.ID, "dev"), apiBad, "The REST API doesn't contain any methods"},
		refusal{"a method without an integration", deploy(bare.ID, "dev"), apiBad, "No integration defined for method"},
		refusal{"a bad stage name", deploy(api.ID, "my stage"), apiBad, "Stage name only allows a-zA-Z0-9_-"})
	testCanceled(t, g.CreateDeployment, in)
}

func testGetDeployment(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	id := f.deployment(t, api.ID, "")
	get := aws.GetDeploymentInput{RestAPIID: api.ID, DeploymentID: id}
	out := must(t, g.GetDeployment, get).Deployment
	if out.ID != id || out.APISummary != nil {
		t.Errorf("the deployment is %+v", out)
	}
	get.Embed = []string{aws.EmbedSummary}
	same(t, "the summary", must(t, g.GetDeployment, get).APISummary,
		map[string]map[string]aws.MethodSnapshot{"/": {"GET": {AuthorizationType: aws.AuthorizationNone}}})
	apiRefuses(t, "apigateway:GetDeployment",
		noAPI(f, errorOf(g.GetDeployment, aws.GetDeploymentInput{RestAPIID: nowhere, DeploymentID: id})),
		unknown("Deployment", errorOf(g.GetDeployment, aws.GetDeploymentInput{RestAPIID: api.ID, DeploymentID: nowhere})))
	testCanceled(t, g.GetDeployment, get)
}

func testGetDeployments(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	same(t, "deployments of none", len(must(t, g.GetDeployments, aws.GetDeploymentsInput{RestAPIID: api.ID}).Items), 0)
	var want, got []string
	for range 5 {
		want = append(want, f.deployment(t, api.ID, ""))
	}
	for in := (aws.GetDeploymentsInput{RestAPIID: api.ID, Limit: aws.Some(2)}); ; {
		out := must(t, g.GetDeployments, in)
		for _, d := range out.Items {
			got = append(got, d.ID)
		}
		if in.Position = out.Position; in.Position == "" {
			break
		}
	}
	same(t, "deployments", sorted(got), sorted(want))
	apiRefuses(t, "apigateway:GetDeployments", noAPI(f, errorOf(g.GetDeployments, aws.GetDeploymentsInput{RestAPIID: nowhere})))
	apiRefuses(t, "apigateway:GetDeployments", badLimits(func(limit int) error {
		return errorOf(g.GetDeployments, aws.GetDeploymentsInput{RestAPIID: api.ID, Limit: aws.Some(limit)})()
	})...)
	testCanceled(t, g.GetDeployments, aws.GetDeploymentsInput{RestAPIID: api.ID})
}

func testDeleteDeployment(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	idle, active := f.deployment(t, api.ID, ""), f.deployment(t, api.ID, "dev")
	remove := func(api, id string) func() error {
		return errorOf(g.DeleteDeployment, aws.DeleteDeploymentInput{RestAPIID: api, DeploymentID: id})
	}
	must(t, g.DeleteDeployment, aws.DeleteDeploymentInput{RestAPIID: api.ID, DeploymentID: idle})
	apiRefuses(t, "apigateway:DeleteDeployment",
		noAPI(f, remove(nowhere, active)),
		unknown("Deployment", remove(api.ID, idle)),
		refusal{"what a stage has", remove(api.ID, active), apiBad, "Active stages pointing to this deployment must be moved or deleted"})
	must(t, g.DeleteStage, aws.DeleteStageInput{RestAPIID: api.ID, StageName: "dev"})
	testCanceled(t, g.DeleteDeployment, aws.DeleteDeploymentInput{RestAPIID: api.ID, DeploymentID: active})
	must(t, g.DeleteDeployment, aws.DeleteDeploymentInput{RestAPIID: api.ID, DeploymentID: active})
}

func testCreateStage(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	id := f.deployment(t, api.ID, "")
	in := aws.CreateStageInput{RestAPIID: api.ID, StageName: "dev", DeploymentID: id, Description: "to try", Variables: map[string]string{"url": "http://x.y/?a=b&c"}}
	made := must(t, g.CreateStage, in).Stage
	same(t, "the stage", made, aws.Stage{
		DeploymentID: id, StageName: "dev", Description: "to try", Variables: in.Variables, CacheClusterStatus: "NOT_AVAILABLE",
		CreatedDate: made.CreatedDate, LastUpdatedDate: made.LastUpdatedDate,
	})
	same(t, "the same", must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Stage, made)
	create := func(change func(*aws.CreateStageInput)) func() error {
		in := in
		in.StageName = "other"
		change(&in)
		return errorOf(g.CreateStage, in)
	}
	name := func(name string) func() error {
		return create(func(in *aws.CreateStageInput) { in.StageName = name })
	}
	variable := func(name, value string) func() error {
		return create(func(in *aws.CreateStageInput) { in.Variables = map[string]string{name: value} })
	}
	const badName = "Stage name only allows a-zA-Z0-9_-"
	apiRefuses(t, "apigateway:CreateStage",
		noAPI(f, create(func(in *aws.CreateStageInput) { in.RestAPIID = nowhere })),
		refusal{"a name that is taken", errorOf(g.CreateStage, in), apiConflict, "Stage already exists"},
		refusal{"a deployment that is none", create(func(in *aws.CreateStageInput) { in.DeploymentID = nowhere }), apiBad, "Deployment id does not exist"},
		refusal{"no name", name(""), apiBad, badName},
		refusal{"a bad name", name("a/b"), apiBad, badName},
		refusal{"a long name", name(strings.Repeat("n", 129)), apiBad, badName},
		refusal{"a variable's bad name", variable("a-b", "x"), apiBad, "Stage variable names only allow a-zA-Z0-9_ and up to 64 characters: a-b"},
		refusal{"a variable's bad value", variable("a", "x y"), apiBad, "Stage variable values only allow [A-Za-z0-9-._~:/?#&=,]+ and up to 512 characters: x y"})
	testCanceled(t, g.CreateStage, in)
}

// noStage are the refusals of every operation on a stage.
func noStage(f Fixture, api aws.RestAPI, call func(api, stage string) error) []refusal {
	return []refusal{
		noAPI(f, func() error { return call(nowhere, "dev") }),
		unknown("stage", func() error { return call(api.ID, "nope") }),
	}
}

func testGetStage(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	id := f.deployment(t, api.ID, "dev")
	out := must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Stage
	same(t, "name and deployment", [2]string{out.StageName, out.DeploymentID}, [2]string{"dev", id})
	apiRefuses(t, "apigateway:GetStage", noStage(f, api, func(api, stage string) error {
		return errorOf(g.GetStage, aws.GetStageInput{RestAPIID: api, StageName: stage})()
	})...)
	testCanceled(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"})
}

func testGetStages(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	f.deployment(t, api.ID, "test")
	id := f.deployment(t, api.ID, "dev")
	names := func(in aws.GetStagesInput) (names []string) {
		for _, stage := range must(t, g.GetStages, in).Item {
			names = append(names, stage.StageName)
		}
		return names
	}
	same(t, "stages", names(aws.GetStagesInput{RestAPIID: api.ID}), []string{"dev", "test"})
	same(t, "stages of a deployment", names(aws.GetStagesInput{RestAPIID: api.ID, DeploymentID: id}), []string{"dev"})
	apiRefuses(t, "apigateway:GetStages", noAPI(f, errorOf(g.GetStages, aws.GetStagesInput{RestAPIID: nowhere})))
	testCanceled(t, g.GetStages, aws.GetStagesInput{RestAPIID: api.ID})
}

func testUpdateStage(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	f.deployment(t, api.ID, "dev")
	next := f.deployment(t, api.ID, "")
	update := func(operations ...aws.PatchOperation) (aws.UpdateStageInput, func() error) {
		in := aws.UpdateStageInput{RestAPIID: api.ID, StageName: "dev", PatchOperations: operations}
		return in, errorOf(g.UpdateStage, in)
	}
	in, _ := update(
		aws.PatchOperation{Op: aws.PatchReplace, Path: "/deploymentId", Value: next},
		aws.PatchOperation{Op: aws.PatchReplace, Path: "/description", Value: "the next one"},
		aws.PatchOperation{Op: aws.PatchReplace, Path: "/variables/color", Value: "blue"},
		aws.PatchOperation{Op: aws.PatchReplace, Path: "/variables/size", Value: "7"},
		aws.PatchOperation{Op: aws.PatchRemove, Path: "/variables/color"},
	)
	out := must(t, g.UpdateStage, in).Stage
	same(t, "variables", out.Variables, map[string]string{"size": "7"})
	same(t, "deployment and description", [2]string{out.DeploymentID, out.Description}, [2]string{next, "the next one"})
	same(t, "the stage", must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Stage, out)
	_, unheardOf := update(aws.PatchOperation{Op: aws.PatchReplace, Path: "/description", Value: "lost"}, aws.PatchOperation{Op: aws.PatchReplace, Path: "/name", Value: "x"})
	_, added := update(aws.PatchOperation{Op: "add", Path: "/description", Value: "x"})
	_, undeployed := update(aws.PatchOperation{Op: aws.PatchReplace, Path: "/deploymentId", Value: nowhere})
	_, unnamed := update(aws.PatchOperation{Op: aws.PatchReplace, Path: "/variables/a-b", Value: "x"})
	apiRefuses(t, "apigateway:UpdateStage", noStage(f, api, func(api, stage string) error {
		return errorOf(g.UpdateStage, aws.UpdateStageInput{RestAPIID: api, StageName: stage})()
	})...)
	apiRefuses(t, "apigateway:UpdateStage",
		refusal{"another path", unheardOf, apiBad, "Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/deploymentId, /description, /variables/{variable_name}]"},
		refusal{"another operation", added, apiBad, "Invalid patch path  '/description' specified for op 'add'. Please choose supported operations"},
		refusal{"a deployment that is none", undeployed, apiBad, "Deployment id does not exist"},
		refusal{"a variable's bad name", unnamed, apiBad, "Stage variable names only allow a-zA-Z0-9_ and up to 64 characters: a-b"})
	same(t, "the stage after refusals", must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Stage, out)
	testCanceled(t, g.UpdateStage, in)
}

func testDeleteStage(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	f.deployment(t, api.ID, "dev")
	f.deployment(t, api.ID, "test")
	must(t, g.DeleteStage, aws.DeleteStageInput{RestAPIID: api.ID, StageName: "dev"})
	left := must(t, g.GetStages, aws.GetStagesInput{RestAPIID: api.ID}).Item
	if len(left) != 1 || left[0].StageName != "test" {
		t.Errorf("there are %+v, want test alone", left)
	}
	apiRefuses(t, "apigateway:DeleteStage", noStage(f, api, func(api, stage string) error {
		return errorOf(g.DeleteStage, aws.DeleteStageInput{RestAPIID: api, StageName: stage})()
	})...)
	testCanceled(t, g.DeleteStage, aws.DeleteStageInput{RestAPIID: api.ID, StageName: "test"})
}

func testTestInvokeMethod(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	in := aws.TestInvokeMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}
	out := must(t, g.TestInvokeMethod, in)
	if out.Status != 200 || out.Body != `{"name": "FAQ-API"}` || out.Headers["Content-Type"] != "application/json" || out.Latency < 0 {
		t.Errorf("the answer is %+v", out)
	}
	for _, line := range []string{"Execution log for request ", " : HTTP Method: GET, Resource Path: /\n", " : Method completed with status: 200\n"} {
		if !strings.Contains(out.Log, line) {
			t.Errorf("the log has no %q:\n%s", line, out.Log)
		}
	}
	t.Run("invokes a function", func(t *testing.T) { testInvokesFunction(t, f) })
	apiRefuses(t, "apigateway:TestInvokeMethod", noMethod(f, api, func(api, resource, method string) error {
		return errorOf(g.TestInvokeMethod, aws.TestInvokeMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: method})()
	})...)
	testCanceled(t, g.TestInvokeMethod, in)
}

// testInvokesFunction checks that a function's resource policy is asked, and
// that what it answers is checked.
func testInvokesFunction(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api, function := f.api(t, "echo"), f.function(t, "Echo")
	f.method(t, api.ID, api.RootResourceID, "POST")
	must(t, g.PutIntegration, aws.PutIntegrationInput{
		RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "POST", Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST",
		URI: f.Cloud.Place.LambdaURI(function.FunctionArn),
	})
	test := aws.TestInvokeMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "POST", Body: "hello"}
	want := func(status int, event string) {
		t.Helper()
		for range patience {
			out := must(t, g.TestInvokeMethod, test)
			if out.Status == status && strings.Contains(out.Log, event) && out.Body == `{"message": "Internal server error"}` {
				return
			}
			if f.Cloud.Place.Kind == aws.Sandbox {
				t.Fatalf("the answer is %+v, want %d and %q", out, status, event)
			}
			f.Wait() // permissions take a while to be known everywhere
		}
		t.Fatalf("there is no answer of %d", status)
	}
	want(500, "Execution failed due to configuration error: Invalid permissions on Lambda function")
	must(t, f.Cloud.Lambda.AddPermission, aws.AddPermissionInput{
		FunctionName: "Echo", StatementID: "api", Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com",
		SourceArn: "arn:aws:execute-api:" + f.Cloud.Place.Region + ":" + f.Cloud.Place.AccountID + ":" + api.ID + "/*/*/",
	})
	if f.runs(function.Runtime) {
		want(502, "Execution failed due to configuration error: Malformed Lambda proxy response") // it answers its event
	}
}
