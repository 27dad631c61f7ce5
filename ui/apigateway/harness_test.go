package apigateway

import (
	"archive/zip"
	"bytes"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/page/pagetest"
)

// endpoint is where the sandbox of these tests says that it answers; nothing does.
const endpoint = "http://127.0.0.1:4566"

// sandbox opens a sandbox whose functions are ready at once.
func sandbox(t testing.TB) aws.Cloud { return sandboxAt(t, endpoint) }

func sandboxAt(t testing.TB, endpoint string) aws.Cloud {
	t.Helper()
	s, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0)), Endpoint: endpoint})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud()
}

func newBench(t testing.TB, cloud aws.Cloud) *pagetest.Bench {
	t.Helper()
	return pagetest.New(t, Pages(), cloud)
}

// makeFunction makes a function and gives its ARN.
func makeFunction(t testing.TB, cloud aws.Cloud, name string) string {
	t.Helper()
	var code bytes.Buffer
	w := zip.NewWriter(&code)
	file, err := w.Create("index.mjs")
	if err == nil {
		_, err = file.Write([]byte("export const handler = async () => ({ body: 'hello' });\n"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	role, err := cloud.IAM.GetRole(t.Context(), aws.GetRoleInput{RoleName: "lambda-basic-execution"})
	if err != nil {
		t.Fatal(err)
	}
	out, err := cloud.Lambda.CreateFunction(t.Context(), aws.CreateFunctionInput{
		FunctionName: name, Runtime: "nodejs22.x", Handler: "index.handler", Role: role.Role.Arn, Code: aws.FunctionCode{ZipFile: code.Bytes()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.FunctionArn
}

// faqAPI is what Lambda's Add trigger makes for the function FAQ, but for the
// statement in its policy.
type faqAPI struct {
	cloud        aws.Cloud
	id, resource string
	function     string // its ARN
}

// source is where requests to its method come from.
func (f faqAPI) source() string { return sourceARN(f.cloud.Place, f.id, aws.AnyMethod, "/FAQ") }

func makeFAQ(t testing.TB, cloud aws.Cloud) faqAPI {
	t.Helper()
	f := faqAPI{cloud: cloud, function: makeFunction(t, cloud, "FAQ")}
	service, ctx := cloud.APIGateway, t.Context()
	api, err := service.CreateRestApi(ctx, aws.CreateRestApiInput{
		Name: "FAQ-API", Description: "Created by AWS Lambda", EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
	})
	if err != nil {
		t.Fatal(err)
	}
	resource, err := service.CreateResource(ctx, aws.CreateResourceInput{RestAPIID: api.ID, ParentID: api.RootResourceID, PathPart: "FAQ"})
	if err != nil {
		t.Fatal(err)
	}
	f.id, f.resource = api.ID, resource.ID
	_, err = service.PutMethod(ctx, aws.PutMethodInput{RestAPIID: f.id, ResourceID: f.resource, HTTPMethod: aws.AnyMethod, AuthorizationType: aws.AuthorizationNone})
	if err != nil {
		t.Fatal(err)
	}
	_, err = service.PutIntegration(ctx, aws.PutIntegrationInput{
		RestAPIID: f.id, ResourceID: f.resource, HTTPMethod: aws.AnyMethod, Type: aws.IntegrationLambdaProxy,
		IntegrationHTTPMethod: "POST", URI: cloud.Place.LambdaURI(f.function),
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = service.CreateDeployment(ctx, aws.CreateDeploymentInput{RestAPIID: f.id, StageName: "myDeployment", Description: "Created by AWS Lambda"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// permit lets API Gateway invoke the function for a source.
func (f faqAPI) permit(t testing.TB, source string) {
	t.Helper()
	_, err := f.cloud.Lambda.AddPermission(t.Context(), aws.AddPermissionInput{
		FunctionName: "FAQ", StatementID: "lambda-1", Action: invokeAction, Principal: gatewayPrincipal, SourceArn: source,
	})
	if err != nil {
		t.Fatal(err)
	}
}
