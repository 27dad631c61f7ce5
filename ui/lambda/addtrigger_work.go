package lambda

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/page"
)

// byLambda is how Lambda's console describes the APIs and deployments it makes.
const byLambda = "Created by AWS Lambda"

// apiWork makes, step by step, what has an API invoke a function: a resource
// with the function's name, whose method ANY is joined to the function; a
// deployment; and the statement of the function's policy that allows it. Each
// step notes how it is taken back, which is done when a later one fails.
type apiWork struct {
	cloud    aws.Cloud
	function string
	arn      string // the function's
	sid      string // of the statement
	api      aws.RestAPI
	resource string // its id
	stage    string
	undo     []undoing
}

// undoing takes back something that was made.
type undoing struct {
	what string
	do   func(context.Context) error
}

func newAPIWork(ctx context.Context, cloud aws.Cloud, random io.Reader, function, stage string) (*apiWork, error) {
	id, err := uuid(random)
	if err != nil {
		return nil, err
	}
	described, err := configurationOf(ctx, cloud, function)
	return &apiWork{cloud: cloud, function: function, arn: described.FunctionArn, sid: "lambda-" + id, stage: stage}, err
}

// createAPI makes a new regional API that invokes a function, and deploys it.
func createAPI(ctx context.Context, cloud aws.Cloud, random io.Reader, function, name, stage string) (added, error) {
	w, err := newAPIWork(ctx, cloud, random, function, stage)
	if err != nil {
		return added{}, err
	}
	create := func(ctx context.Context) error {
		out, err := cloud.APIGateway.CreateRestApi(ctx, aws.CreateRestApiInput{
			Name: name, Description: byLambda,
			EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
		})
		if err != nil {
			return err
		}
		w.api = out.RestAPI
		w.made("the API "+name, func(ctx context.Context) error {
			_, err := cloud.APIGateway.DeleteRestApi(ctx, aws.DeleteRestApiInput{RestAPIID: out.ID})
			return err
		})
		return nil
	}
	made := added{name: name}
	if cloud.Place.Kind == aws.Account {
		made.note = "A new API answers after some seconds. Until then its URL may not be known, or answer 403 or 500."
	}
	return made, w.run(ctx, create, w.addResource, w.addMethod, w.addIntegration, w.deploy, w.permit)
}

// useAPI has an API that is there invoke a function, and deploys it. It comes
// last, since what a stage had before is not put back by taking a deployment
// away.
func useAPI(ctx context.Context, cloud aws.Cloud, random io.Reader, function, api, stage string) (added, error) {
	w, err := newAPIWork(ctx, cloud, random, function, stage)
	if err != nil {
		return added{}, err
	}
	out, err := cloud.APIGateway.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: api})
	if err != nil {
		return added{}, err
	}
	w.api = out.RestAPI
	steps, err := w.missing(ctx)
	if err != nil {
		return added{}, err
	}
	return added{name: out.Name}, w.run(ctx, append(steps, w.deploy)...)
}

// missing lists the steps for what an API does not have yet.
func (w *apiWork) missing(ctx context.Context) ([]func(context.Context) error, error) {
	resources, err := page.APIResources(ctx, w.cloud.APIGateway, w.api.ID)
	if err != nil {
		return nil, err
	}
	statements, err := readPolicy(ctx, w.cloud.Lambda, w.function)
	if err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{w.addResource, w.addMethod, w.addIntegration}
	for _, r := range resources {
		if r.Path != "/"+w.function {
			continue
		}
		w.resource = r.ID
		steps = steps[1:]
		m, there := r.ResourceMethods[aws.AnyMethod]
		switch i := m.MethodIntegration; {
		case !there:
		case i == nil:
			steps = steps[1:]
		case !invokes(*i, w.function):
			return nil, fmt.Errorf("%s /%s of the API %s is joined to something else already: change that on the API's own page, or create a new API", aws.AnyMethod, w.function, w.api.Name)
		default:
			steps = nil
		}
	}
	if !slices.ContainsFunc(statements, func(s statement) bool { return s.principal() == apiGateway && s.source() == w.source() }) {
		steps = append(steps, w.permit)
	}
	return steps, nil
}

// invokes reports whether an integration is with a function, by its name.
func invokes(i aws.Integration, function string) bool {
	_, arn, ok := strings.Cut(i.URI, "/functions/")
	return ok && isFunction(strings.TrimSuffix(arn, "/invocations"), function)
}

func (w *apiWork) made(what string, undo func(context.Context) error) {
	w.undo = append(w.undo, undoing{what, undo})
}

// run takes the steps; when one fails, what those before it made is taken back.
func (w *apiWork) run(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return w.takeBack(ctx, err)
		}
	}
	return nil
}

func (w *apiWork) takeBack(ctx context.Context, cause error) error {
	if len(w.undo) == 0 {
		return cause
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	var gone, stays []string
	for _, u := range slices.Backward(w.undo) {
		if err := u.do(ctx); err != nil {
			stays = append(stays, u.what+" ("+page.Explain(err)[0]+")")
		} else {
			gone = append(gone, u.what)
		}
	}
	var told []string
	if gone != nil {
		told = append(told, "What had been made already was taken back: "+strings.Join(gone, ", ")+".")
	}
	if stays != nil {
		told = append(told, "What had been made already could not be taken back, and stays: "+strings.Join(stays, ", ")+".")
	}
	return &unmade{cause, strings.Join(told, " ")}
}

func (w *apiWork) addResource(ctx context.Context) error {
	out, err := w.cloud.APIGateway.CreateResource(ctx, aws.CreateResourceInput{RestAPIID: w.api.ID, ParentID: w.api.RootResourceID, PathPart: w.function})
	if err != nil {
		return err
	}
	w.resource = out.ID
	w.part("the resource /"+w.function, func(ctx context.Context) error {
		_, err := w.cloud.APIGateway.DeleteResource(ctx, aws.DeleteResourceInput{RestAPIID: w.api.ID, ResourceID: out.ID})
		return err
	})
	return nil
}

func (w *apiWork) addMethod(ctx context.Context) error {
	_, err := w.cloud.APIGateway.PutMethod(ctx, aws.PutMethodInput{
		RestAPIID: w.api.ID, ResourceID: w.resource, HTTPMethod: aws.AnyMethod, AuthorizationType: aws.AuthorizationNone,
	})
	if err != nil {
		return err
	}
	w.part("the method "+aws.AnyMethod, func(ctx context.Context) error {
		_, err := w.cloud.APIGateway.DeleteMethod(ctx, aws.DeleteMethodInput{RestAPIID: w.api.ID, ResourceID: w.resource, HTTPMethod: aws.AnyMethod})
		return err
	})
	return nil
}

func (w *apiWork) addIntegration(ctx context.Context) error {
	_, err := w.cloud.APIGateway.PutIntegration(ctx, aws.PutIntegrationInput{
		RestAPIID: w.api.ID, ResourceID: w.resource, HTTPMethod: aws.AnyMethod,
		Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: w.cloud.Place.LambdaURI(w.arn),
	})
	if err != nil {
		return err
	}
	w.part("its integration", func(ctx context.Context) error {
		_, err := w.cloud.APIGateway.DeleteIntegration(ctx, aws.DeleteIntegrationInput{RestAPIID: w.api.ID, ResourceID: w.resource, HTTPMethod: aws.AnyMethod})
		return err
	})
	return nil
}

// part notes how to take back a part of the API, unless what it is a part of was
// made here too: then it goes with that.
func (w *apiWork) part(what string, undo func(context.Context) error) {
	if len(w.undo) == 0 {
		w.made(what, undo)
	}
}

func (w *apiWork) deploy(ctx context.Context) error {
	_, err := w.cloud.APIGateway.CreateDeployment(ctx, aws.CreateDeploymentInput{RestAPIID: w.api.ID, StageName: w.stage, Description: byLambda})
	return err
}

// source is the ARN that API Gateway invokes the function from: any stage and
// any method of the resource.
func (w *apiWork) source() string {
	return "arn:" + partition(w.arn) + ":execute-api:" + w.cloud.Place.Region + ":" + w.cloud.Place.AccountID + ":" + w.api.ID + "/*/*/" + w.function
}

func (w *apiWork) permit(ctx context.Context) error {
	_, err := w.cloud.Lambda.AddPermission(ctx, aws.AddPermissionInput{
		FunctionName: w.function, StatementID: w.sid, Action: "lambda:InvokeFunction", Principal: apiGateway, SourceArn: w.source(),
	})
	if err != nil {
		return err
	}
	w.made("the permission "+w.sid, func(ctx context.Context) error {
		_, err := w.cloud.Lambda.RemovePermission(ctx, aws.RemovePermissionInput{FunctionName: w.function, StatementID: w.sid})
		return err
	})
	return nil
}
