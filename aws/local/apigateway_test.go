package local_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
)

// stage is the stage of the labs' API.
const stage = "myDeployment"

// api makes what the console's "Add trigger" makes: a regional API with one
// resource, whose requests a function answers, on a stage. It gives the API's id.
func (s sandbox) api(t testing.TB, function, arn string) string {
	t.Helper()
	g := s.APIGateway
	api := must(t, g.CreateRestApi, aws.CreateRestApiInput{
		Name: function + "-API", Description: "Created by AWS Lambda",
		EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
	})
	resource := must(t, g.CreateResource, aws.CreateResourceInput{RestAPIID: api.ID, ParentID: api.RootResourceID, PathPart: function}).ID
	must(t, g.PutMethod, aws.PutMethodInput{RestAPIID: api.ID, ResourceID: resource, HTTPMethod: aws.AnyMethod, AuthorizationType: aws.AuthorizationNone})
	must(t, g.PutIntegration, aws.PutIntegrationInput{
		RestAPIID: api.ID, ResourceID: resource, HTTPMethod: aws.AnyMethod, Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: s.Place.LambdaURI(arn),
	})
	must(t, g.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: api.ID, StageName: stage, Description: "Created by AWS Lambda"})
	return api.ID
}

// permit lets an API invoke a function, as "Add trigger" does.
func (s sandbox) permit(t testing.TB, api, function string) {
	t.Helper()
	must(t, s.Lambda.AddPermission, aws.AddPermissionInput{
		FunctionName: function, StatementID: "lambda-" + api, Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com",
		SourceArn: "arn:aws:execute-api:" + s.Place.Region + ":" + s.Place.AccountID + ":" + api + "/*/*/" + function,
	})
}

// served makes a function of an ES module with an API before it, and gives the
// API's URL.
func (s sandbox) served(t testing.TB, function, code string) string {
	t.Helper()
	api := s.api(t, function, s.node(t, function, code))
	s.permit(t, api, function)
	return s.Place.InvokeURL(api, stage, "/"+function)
}

// visit sends a request over HTTP and gives the answer's status and body.
func visit(t testing.TB, method, url, body string, changes ...func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(r)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if closed := response.Body.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	return response.StatusCode, string(text)
}

const internalError = `{"message": "Internal server error"}`

// answers checks what a URL answers.
func answers(t testing.TB, url string, status int, body string, changes ...func(*http.Request)) {
	t.Helper()
	if got, text := visit(t, http.MethodGet, url, "", changes...); got != status || text != body {
		t.Errorf("%s answers %d %s, want %d %s", url, got, text, status, body)
	}
}

// The third lab's API: a function's answer on a URL, in both of its forms, also
// after the sandbox was closed and opened.
func TestAPI(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	url := s.served(t, "FAQ", `export const handler = async (event) => ({ body: JSON.stringify({ q: event.queryStringParameters?.q ?? null, stage: event.requestContext.stage }) })`)
	answers(t, url, 200, `{"q":null,"stage":"myDeployment"}`)
	answers(t, url+"/?q=a+b", 200, `{"q":"a b","stage":"myDeployment"}`)
	answers(t, strings.TrimSuffix(url, "/FAQ")+"/other", 403, `{"message":"Missing Authentication Token"}`)
	answers(t, strings.Replace(url, stage, "prod", 1), 403, `{"message":"Forbidden"}`)
	id, _, _ := strings.Cut(strings.TrimPrefix(url, s.Place.Endpoint+aws.InvokePath), "/")
	answers(t, s.Place.Endpoint+"/"+stage+"/FAQ", 200, `{"q":null,"stage":"myDeployment"}`, func(r *http.Request) {
		r.Host = id + ".execute-api.localhost:4566"
	})
	refused := func(what string, change func(*http.Request)) {
		t.Helper()
		if status, text := visit(t, http.MethodGet, url, "", change); status != http.StatusForbidden || strings.Contains(text, "stage") {
			t.Errorf("%s answers %d %s", what, status, text)
		}
	}
	refused("a page of another origin", func(r *http.Request) { r.Header.Set("Origin", "https://example.com") })
	refused("a name made to resolve to this machine", func(r *http.Request) { r.Host = "example.com" })
	s.awaitMetric(t, "FAQ-API", "Count", 4)
	s.shut(t)

	s = open(t, dir)
	answers(t, s.Place.InvokeURL(id, stage, "/FAQ"), 200, `{"q":null,"stage":"myDeployment"}`)
}

// awaitMetric waits until a metric of an API has a sum.
func (s sandbox) awaitMetric(t *testing.T, api, name string, want float64) {
	t.Helper()
	now := time.Now()
	await(t, fmt.Sprintf("%s of %s is %g", name, api, want), func() bool {
		out := must(t, s.Sandbox.Cloud.CloudWatch.GetMetricData, aws.GetMetricDataInput{
			StartTime: now.Add(-time.Hour), EndTime: now.Add(time.Hour), MetricDataQueries: []aws.MetricDataQuery{{ID: "m", MetricStat: &aws.MetricStat{
				Metric: aws.Metric{Namespace: "AWS/ApiGateway", MetricName: name, Dimensions: []aws.Dimension{{Name: "ApiName", Value: api}, {Name: "Stage", Value: stage}}},
				Period: 60, Stat: "Sum",
			}}},
		})
		sum := 0.0
		for _, v := range out.MetricDataResults[0].Values {
			sum += v
		}
		return sum == want
	})
}

// What is wrong with a function shows as it does on AWS.
func TestAPIFaults(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	forbidden := s.api(t, "Alone", s.node(t, "Alone", `export const handler = async () => ({})`))
	alone := s.Place.InvokeURL(forbidden, stage, "/Alone")
	answers(t, alone, 500, internalError)
	s.permit(t, forbidden, "Alone")
	answers(t, alone, 200, "")
	must(t, s.Lambda.RemovePermission, aws.RemovePermissionInput{FunctionName: "Alone", StatementID: "lambda-" + forbidden})
	answers(t, alone, 500, internalError)
	must(t, s.Lambda.DeleteFunction, aws.DeleteFunctionInput{FunctionName: "Alone"})
	answers(t, alone, 500, internalError)

	url := s.served(t, "Shape", `export const handler = async (event) => {
		if (event.body === "throw") throw new Error("boom");
		return JSON.parse(event.body);
	}`)
	for body, status := range map[string]int{`throw`: 502, `{"answer": 42}`: 502, `null`: 502, `{"body": {}}`: 502, `{"statusCode": "201"}`: 201, `{"statusCode": 503, "body": "busy"}`: 503} {
		if got, text := visit(t, http.MethodPost, url, body); got != status {
			t.Errorf("%s answers %d %s, want %d", body, got, text, status)
		}
	}
	must(t, s.Lambda.PutFunctionConcurrency, aws.PutFunctionConcurrencyInput{FunctionName: "Shape", ReservedConcurrentExecutions: 0})
	if got, text := visit(t, http.MethodPost, url, `{}`); got != 500 || text != internalError {
		t.Errorf("a throttled function answers %d %s", got, text)
	}
}

// API Gateway gives a function up after 29 seconds; the function goes on.
func TestAPITimeout(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s := open(t, t.TempDir(), clock.keep)
	s.bucket(t, resized)
	api := s.api(t, "Slow", s.python(t, "Slow", `
import boto3, time
def handler(event, context):
    s3 = boto3.client("s3")
    s3.put_object(Bucket="image-1-resized", Key="begun", Body=b"")
    while s3.list_objects_v2(Bucket="image-1-resized")["KeyCount"] < 2:
        time.sleep(0.01)
    s3.put_object(Bucket="image-1-resized", Key="ended", Body=b"")
`))
	s.permit(t, api, "Slow")
	puts := s.writes(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		answers(t, s.Place.InvokeURL(api, stage, "/Slow"), 504, `{"message": "Endpoint request timed out"}`)
	}()
	s.awaitWrite(t, puts, "Slow")
	clock.passes(t, 29*time.Second)
	<-done
	s.put(t, resized, "go", nil)
	if w := s.awaitWrite(t, puts, "Slow"); w.key != "ended" {
		t.Errorf("the function writes %s", w.key)
	}
}

// A thousand requests at once are all answered, each with its own answer.
func TestAPIManyRequests(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	url := s.served(t, "Echo", `export const handler = async (event) => ({ body: JSON.stringify(event.queryStringParameters) })`)
	var wait sync.WaitGroup
	for n := range 1000 {
		wait.Go(func() {
			_, text := visit(t, http.MethodGet, fmt.Sprintf("%s?n=%d", url, n), "")
			var got map[string]string
			if err := json.Unmarshal([]byte(text), &got); err != nil || got["n"] != fmt.Sprint(n) {
				t.Errorf("request %d is answered %s (%v)", n, text, err)
			}
		})
	}
	wait.Wait()
	s.awaitMetric(t, "Echo-API", "Count", 1000)
}

// What is no HTTP, or too much of it, is refused, and the next request answered.
func TestAPIMalformedHTTP(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	url := s.served(t, "FAQ", `export const handler = async (event) => ({ body: String(event.body?.length ?? 0) })`)
	address, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	long := strings.Repeat("x", 100_000)
	for _, c := range []struct{ what, sent, want string }{
		{"no HTTP", "FAQ\r\n\r\n", "400 Bad Request"},
		{"a bad header", "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n", "400 Bad Request"},
		{"a bad escape", "GET /" + path + "/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 Bad Request"},
		{"a bad length", "POST /" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400 Bad Request"},
		{"two lengths", "POST /" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "400 Bad Request"},
		{"huge headers", "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nX: " + long + "\r\n\r\n", "431 Request Header Fields Too Large"},
		{"large headers", "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nX: " + long[:11_000] + "\r\n\r\n", "431 Request Header Fields Too Large"},
		{"a huge body", "POST /" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485761\r\n\r\n", "413 Request Entity Too Large"},
	} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.WriteString(conn, c.sent) }() // the server may close before it has read all
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.HasSuffix(strings.TrimSpace(line), c.want) {
			t.Errorf("%s answers %q (%v), want %s", c.what, line, err, c.want)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
	if status, text := visit(t, http.MethodPost, url, long); status != 200 || text != "100000" {
		t.Errorf("the next request answers %d %s", status, text)
	}
	// What is larger than a function's payload may be is too long, too.
	if status, text := visit(t, http.MethodPost, url, strings.Repeat("x", 7<<20)); status != 413 || text != `{"message":"Request Too Long"}` {
		t.Errorf("a body of 7 MB answers %d %s", status, text)
	}
}
