package apigateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// refused checks an error's code and message.
func refused(t *testing.T, err error, code, message string) {
	t.Helper()
	var got *aws.Error
	if !errors.As(err, &got) || got.Code != code || !strings.Contains(got.Message, message) {
		t.Errorf("error is %v, want %s: %s", err, code, message)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /0").deploy(t)
	// The many are put there at once, not one commit each.
	err := w.change(b.id, func(_ *store.Writer, a *api) error {
		for n := len(a.Resources); n < maxResources; n++ {
			a.Resources = append(a.Resources, aws.APIResource{ID: fmt.Sprint("r", n), ParentID: b.root, PathPart: fmt.Sprint("p", n), Path: fmt.Sprint("/p", n)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.CreateResource(context.Background(), aws.CreateResourceInput{RestAPIID: b.id, ParentID: b.root, PathPart: "more"})
	refused(t, err, "LimitExceededException", "The maximum is 300.")
	id := must(t, w.GetStage, aws.GetStageInput{RestAPIID: b.id, StageName: "dev"}).DeploymentID
	for n := range maxStages - 1 {
		must(t, w.CreateStage, aws.CreateStageInput{RestAPIID: b.id, StageName: fmt.Sprint("s", n), DeploymentID: id})
	}
	_, err = w.CreateStage(context.Background(), aws.CreateStageInput{RestAPIID: b.id, StageName: "more", DeploymentID: id})
	refused(t, err, "LimitExceededException", "The maximum is 10.")
	_, err = w.CreateDeployment(context.Background(), aws.CreateDeploymentInput{RestAPIID: b.id, StageName: "more"})
	refused(t, err, "LimitExceededException", "The maximum is 10.")
	must(t, w.CreateDeployment, aws.CreateDeploymentInput{RestAPIID: b.id, StageName: "dev"})
}

func TestLimitOfAPIs(t *testing.T) {
	t.Parallel()
	w := open(t)
	err := w.store.Update(func(wr *store.Writer) error {
		for n := range maxEdge {
			id := fmt.Sprintf("%010d", n)
			record := api{API: aws.RestAPI{ID: id, EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointEdge}}}}
			if err := put(wr, apisBucket, []byte(id), record); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.CreateRestApi(context.Background(), aws.CreateRestApiInput{Name: "one more"})
	refused(t, err, "LimitExceededException", "EDGE reached. The maximum is 120.")
	regional := aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}}
	must(t, w.CreateRestApi, aws.CreateRestApiInput{Name: "of the other type", EndpointConfiguration: regional})
}

// What a sandbox does not have is refused when it is asked for.
func TestWhatASandboxHasNot(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /")
	lambda := aws.PutIntegrationInput{
		RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "GET", Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: aws.Place{Region: region}.LambdaURI(faq),
	}
	integrate := func(change func(*aws.PutIntegrationInput)) error {
		in := lambda
		change(&in)
		_, err := w.PutIntegration(context.Background(), in)
		return err
	}
	for want, change := range map[string]func(*aws.PutIntegrationInput){
		"not HTTP_PROXY":             func(in *aws.PutIntegrationInput) { in.Type = "HTTP_PROXY" },
		"with Lambda alone":          func(in *aws.PutIntegrationInput) { in.URI = "arn:aws:apigateway:us-west-2:firehose:action/PutRecord" },
		"leave credentials out":      func(in *aws.PutIntegrationInput) { in.Credentials = "arn:aws:iam::000000000000:role/x" },
		"maps no request parameters": func(in *aws.PutIntegrationInput) { in.RequestParameters = map[string]string{"a": "b"} },
		"do not have #foreach": func(in *aws.PutIntegrationInput) {
			in.RequestTemplates = map[string]string{contentJSON: "#foreach($x in $y)#end"}
		},
	} {
		refused(t, integrate(change), codeBadRequest, want)
	}
	_, err := w.PutMethod(context.Background(), aws.PutMethodInput{RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "PUT", AuthorizationType: "NONE", APIKeyRequired: true})
	refused(t, err, codeBadRequest, "This sandbox has no API keys")
	_, err = w.CreateRestApi(context.Background(), aws.CreateRestApiInput{Name: "x", EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{"PRIVATE"}}})
	refused(t, err, codeBadRequest, "no private networks")
}

// A stage of a damaged deployment answers an error, and the others go on.
func TestDamagedDeployment(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /").deploy(t)
	id := must(t, w.GetStage, aws.GetStageInput{RestAPIID: b.id, StageName: "dev"}).DeploymentID
	must(t, w.CreateStage, aws.CreateStageInput{RestAPIID: b.id, StageName: "fresh", DeploymentID: id})
	b.send(t, "GET", "/", "").wants(t, "before", 200, "")
	err := w.store.Update(func(wr *store.Writer) error {
		wr.Put(snapshotsBucket, below(b.id, id), []byte("{"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.request(t, "GET", "/"+b.id+"/fresh", nil).wants(t, "a stage that is read now", 500, internalBody)
	b.send(t, "GET", "/", "").wants(t, "a stage that was read", 200, "")
}
