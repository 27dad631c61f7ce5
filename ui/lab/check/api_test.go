package check_test

import (
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/lab/check"
)

// api is a REST API of these tests.
type api struct {
	d        *desk
	id, root string
}

func (d *desk) api(name string) api {
	d.t.Helper()
	out := must[aws.CreateRestApiOutput](d.t)(d.cloud.APIGateway.CreateRestApi(d.t.Context(), aws.CreateRestApiInput{
		Name: name, EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
	}))
	return api{d, out.ID, out.RootResourceID}
}

// resource adds one under the root.
func (a api) resource(part string) string {
	a.d.t.Helper()
	return must[aws.CreateResourceOutput](a.d.t)(a.d.cloud.APIGateway.CreateResource(a.d.t.Context(), aws.CreateResourceInput{
		RestAPIID: a.id, ParentID: a.root, PathPart: part,
	})).ID
}

func (a api) method(resource, method, authorization string) {
	a.d.t.Helper()
	must[aws.PutMethodOutput](a.d.t)(a.d.cloud.APIGateway.PutMethod(a.d.t.Context(), aws.PutMethodInput{
		RestAPIID: a.id, ResourceID: resource, HTTPMethod: method, AuthorizationType: authorization,
	}))
}

func (d *desk) arn(function string) string {
	return "arn:aws:lambda:" + d.cloud.Place.Region + ":" + d.cloud.Place.AccountID + ":function:" + function
}

func (a api) integration(resource, method string, in aws.PutIntegrationInput) {
	a.d.t.Helper()
	in.RestAPIID, in.ResourceID, in.HTTPMethod = a.id, resource, method
	must[aws.PutIntegrationOutput](a.d.t)(a.d.cloud.APIGateway.PutIntegration(a.d.t.Context(), in))
}

// calls has a method call a function.
func (a api) calls(resource, method, function string) {
	a.integration(resource, method, aws.PutIntegrationInput{
		Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: a.d.cloud.Place.LambdaURI(a.d.arn(function)),
	})
}

func (a api) deploy(stage string) {
	a.d.t.Helper()
	must[aws.CreateDeploymentOutput](a.d.t)(a.d.cloud.APIGateway.CreateDeployment(a.d.t.Context(), aws.CreateDeploymentInput{RestAPIID: a.id, StageName: stage}))
}

// permit lets the API invoke a function.
func (a api) permit(function, path string) {
	a.d.t.Helper()
	place := a.d.cloud.Place
	must[aws.AddPermissionOutput](a.d.t)(a.d.cloud.Lambda.AddPermission(a.d.t.Context(), aws.AddPermissionInput{
		FunctionName: function, StatementID: "lambda-" + a.id, Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com",
		SourceArn: "arn:aws:execute-api:" + place.Region + ":" + place.AccountID + ":" + a.id + "/*/*" + path,
	}))
}

func TestAPIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.tells(told{`api("FAQ-API")`, check.CauseNoAPI, []string{"REST API FAQ-API: expected an API of this name, found —"}})
	a := d.api("faq-api")
	d.tells(
		told{`api("FAQ-API")`, check.CauseAPIName, []string{`found an API "faq-api"`, "Upper and lower case count"}},
		told{`route("FAQ-API", "/FAQ", "ANY")`, check.CauseAPIName, nil},
		told{`stage("FAQ-API", "s")`, check.CauseAPIName, nil},
		told{`api("faq-api", {endpointConfiguration: {types: ["REGIONAL"]}})`, "", nil},
		told{`api("faq-api", {endpointConfiguration: {types: ["EDGE"]}})`, check.CauseSetting, []string{`expected "EDGE", found "REGIONAL"`}},
		told{`api("faq-api", {description: "*Lambda*"})`, check.CauseSetting, nil},
	)
	const route = `route("faq-api", "/FAQ", "ANY", {function: "FAQ", authorization: "NONE"})`
	d.tells(told{route, check.CauseNoResource, []string{`ANY /FAQ of faq-api: expected a resource "/FAQ", found —`}})
	a.resource("faq")
	d.tells(told{route, check.CauseResourcePath, []string{`found a resource "/faq"`}})
	r := a.resource("FAQ")
	d.tells(told{route, check.CauseNoMethod, []string{"expected a method ANY, found —"}})
	a.method(r, "GET", aws.AuthorizationNone)
	d.tells(told{route, check.CauseNoMethod, []string{"expected a method ANY, found GET"}})
	a.method(r, "ANY", aws.AuthorizationIAM)
	expect(t, d.run(route), check.CauseAuthorization, "authorization of ANY /FAQ: expected NONE, found AWS_IAM")
	expect(t, d.run(route), check.CauseIntegration, "expected Lambda proxy, function FAQ, found —")
	a.integration(r, "ANY", aws.PutIntegrationInput{Type: aws.IntegrationMock})
	expect(t, d.run(route), check.CauseIntegration, "found MOCK")
	d.function("FAQ", "lambda-basic-execution", zipped(t, "a.py", ""))
	d.function("FAQ2", "lambda-basic-execution", zipped(t, "a.py", ""))
	a.calls(r, "ANY", "FAQ2")
	expect(t, d.run(route), check.CauseIntegration, ":function:FAQ2")
	a.calls(r, "ANY", "FAQ")
	d.tells(
		told{`route("faq-api", "/FAQ", "any", {function: "FAQ", authorization: "AWS_IAM"})`, "", nil},
		told{`route("faq-api", "/FAQ", "ANY")`, "", nil},
	)
}

func TestStages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	a := d.api("A")
	r := a.resource("first")
	a.method(r, "ANY", aws.AuthorizationNone)
	a.integration(r, "ANY", aws.PutIntegrationInput{Type: aws.IntegrationMock})
	const stage, deployed = `stage("A", "myDeployment")`, `stage("A", "myDeployment", {path: "/FAQ", method: "ANY"})`
	d.tells(told{stage, check.CauseNoStage, []string{"expected a stage of this name, found —"}})
	a.deploy("default")
	d.tells(told{stage, check.CauseNoStage, []string{"found default"}})
	a.deploy("mydeployment")
	d.tells(told{stage, check.CauseStageName, []string{`found a stage "mydeployment"`}})
	a.deploy("myDeployment")
	d.tells(told{stage, "", nil}, told{deployed, check.CauseNotDeployed, []string{"expected ANY /FAQ, found /first", "Deploy API"}})
	r = a.resource("FAQ")
	a.method(r, "ANY", aws.AuthorizationNone)
	a.integration(r, "ANY", aws.PutIntegrationInput{Type: aws.IntegrationMock})
	d.tells(told{deployed, check.CauseNotDeployed, nil})
	a.deploy("myDeployment")
	d.tells(told{deployed, "", nil})
}

func TestTriggersOfAPIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	const source = `("FAQ", "apigateway", {API: "A", Stage: "s"})`
	d.tells(told{"trigger" + source, check.CauseNoFunction, nil})
	d.function("FAQ", "lambda-basic-execution", zipped(t, "a.py", ""))
	d.tells(told{"trigger" + source, check.CauseNoAPI, nil}, told{"noTrigger" + source, check.CauseNoAPI, nil})
	a := d.api("A")
	r := d.run("trigger" + source)
	expect(t, r, check.CauseNoResource)
	expect(t, r, check.CauseNoStage)
	expect(t, r, check.CauseNoPermission, "permission of FAQ: expected apigateway.amazonaws.com may invoke it for ANY /FAQ of A, found —", "does not let API Gateway in")
	d.tells(told{"noTrigger" + source, "", nil})

	id := a.resource("FAQ")
	a.method(id, "ANY", aws.AuthorizationNone)
	a.calls(id, "ANY", "FAQ")
	a.deploy("s")
	a.permit("FAQ", "/other")
	expect(t, d.run("trigger"+source), check.CauseNoPermission, "found for arn:aws:execute-api:", a.id+"/*/*/other")
	d.tells(told{"noTrigger" + source, "", nil})
	must[aws.RemovePermissionOutput](t)(d.cloud.Lambda.RemovePermission(t.Context(), aws.RemovePermissionInput{FunctionName: "FAQ", StatementID: "lambda-" + a.id}))
	a.permit("FAQ", "/FAQ")
	d.api("A") // another one of the name, with nothing in it
	d.tells(
		told{"trigger" + source, "", nil},
		told{"trigger" + strings.Replace(source, `"s"`, `"other"`, 1), check.CauseNoStage, nil},
		told{"noTrigger" + source, check.CausePermitted, []string{"expected gone for ANY /FAQ of A, found still there"}},
	)
}

func TestRequested(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	var asked aws.GetMetricDataInput
	cloud := d.cloud
	cloud.CloudWatch = counts{asked: &asked, values: map[string][]float64{"Count": {3, 2}, "4XXError": {1}, "5XXError": {1, 0}}}
	d.cloud = cloud
	d.tells(
		told{`requested("A", {stage: "s", least: 3})`, "", nil},
		told{`requested("A", {least: 4})`, check.CauseNoRequests, []string{"requests to A answered with 2XX: expected at least 4, found 3"}},
		told{`requested("A", {answer: "4XX"})`, "", nil},
		told{`requested("A", {answer: "5XX", least: 2})`, check.CauseNoRequests, []string{"found 1"}},
		told{`requested("A", {after: "F"})`, check.CauseNoFunction, nil},
	)
	d.since = time.Now().Add(-40 * 24 * time.Hour)
	d.tells(told{`requested("A", {stage: "s"})`, "", nil})
	q := asked.MetricDataQueries[0].MetricStat
	if q.Period != 300 || asked.StartTime.After(d.since) || d.since.Sub(asked.StartTime) > 5*time.Minute || !asked.EndTime.After(time.Now()) {
		t.Errorf("asked for %v to %v, by %d s", asked.StartTime, asked.EndTime, q.Period)
	}
	if q.Metric.Namespace != "AWS/ApiGateway" || len(q.Metric.Dimensions) != 2 || q.Metric.Dimensions[1] != (aws.Dimension{Name: "Stage", Value: "s"}) {
		t.Errorf("asked %+v", q.Metric)
	}
	d.function("F", "lambda-basic-execution", zipped(t, "a.py", ""))
	d.tells(told{`requested("A", {after: "F"})`, "", nil})
	if age := time.Since(asked.StartTime); age > 2*time.Minute || asked.MetricDataQueries[0].MetricStat.Period != 60 {
		t.Errorf("asked from %v ago", age)
	}
	if !check.CauseNoRequests.Passing() {
		t.Error("requests that were not counted yet are not waited for")
	}
}
