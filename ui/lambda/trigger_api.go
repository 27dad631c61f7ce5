package lambda

import (
	"cmp"
	"context"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// apiTrigger is a method of a REST API whose requests are handed to a function,
// and the statements of the function's policy that allow it.
type apiTrigger struct {
	place      aws.Place
	function   string
	api        aws.RestAPI // only its id when it is gone or could not be read
	gone       bool
	unread     error // why the API could not be read
	path       string
	resource   string         // its id
	method     *aws.APIMethod // nil when no method of the API is joined to the function
	stages     []apiStage
	statements []statement
}

// apiStage is a stage of an API.
type apiStage struct {
	name string
	live bool // what it has deployed has the method
}

func (t apiTrigger) source() string       { return kindAPIGateway }
func (t apiTrigger) name() string         { return cmp.Or(t.api.Name, t.api.ID) }
func (t apiTrigger) allowed() []statement { return t.statements }
func (t apiTrigger) home() nav.Route      { return nav.Route{Page: "apigateway/api", Name: t.api.ID} }

func (t apiTrigger) key() string {
	if t.method != nil {
		return t.api.ID + " " + t.requests()
	}
	return t.api.ID + " " + sids(t.statements)
}

func sids(statements []statement) string {
	all := make([]string, len(statements))
	for i, s := range statements {
		all[i] = s.Sid
	}
	return strings.Join(all, ", ")
}

// requests is which requests reach the function: "ANY /FAQ".
func (t apiTrigger) requests() string {
	if t.method == nil {
		return t.path
	}
	return t.method.HTTPMethod + " " + t.path
}

func (t apiTrigger) about() string {
	if len(t.stages) == 0 {
		return t.requests()
	}
	return t.requests() + " · " + t.stageNames()
}

func (t apiTrigger) stageNames() string {
	names := make([]string, len(t.stages))
	for i, s := range t.stages {
		names[i] = s.name
	}
	return strings.Join(names, ", ")
}

func (t apiTrigger) warning() string {
	switch {
	case t.gone:
		return "The API " + t.api.ID + " is gone: no request reaches the function any more. What is left is the permission; Delete takes it away."
	case t.unread != nil:
		return "The API could not be read: " + page.Explain(t.unread)[0]
	case t.method == nil:
		return "The API may invoke the function, but no method of it under " + t.path + " does: its requests go elsewhere, or are answered with 403 Missing Authentication Token. " +
			"Join a method to the function on the API's page and deploy the API, or delete the trigger."
	case len(t.statements) == 0:
		return "The function's policy does not let API Gateway invoke it: requests are answered with 500 Internal server error. " + t.mend()
	case len(t.stages) == 0:
		return "The API has no stage, so that no URL answers. Deploy it on its page."
	}
	if _, ok := t.live(); !ok {
		return "What the stage " + t.stageNames() + " has deployed lacks " + t.requests() + ": requests are answered with 403 Missing Authentication Token. Deploy the API again on its page."
	}
	return ""
}

// own reports whether the method is what this console makes: any method of a
// resource with the function's name.
func (t apiTrigger) own() bool {
	return t.method != nil && t.method.HTTPMethod == aws.AnyMethod && t.path == "/"+t.function
}

// mend says how the permission that is missing is given.
func (t apiTrigger) mend() string {
	if t.own() {
		return "Add trigger, API Gateway, Use existing API gives the permission."
	}
	return "Set the method's integration anew on the API's page, which gives the permission, or use aws lambda add-permission."
}

// live is the first stage that answers.
func (t apiTrigger) live() (string, bool) {
	for _, s := range t.stages {
		if s.live {
			return s.name, true
		}
	}
	return "", false
}

// address is where the method answers. It is told also while the answer would
// be an error: seeing that is worth something.
func (t apiTrigger) address() (url, why string) {
	switch {
	case t.gone:
		return "", "The API is gone."
	case t.unread != nil:
		return "", "The API could not be read."
	case len(t.stages) == 0:
		return "", "The API has no stage, so that no URL answers."
	}
	stage, ok := t.live()
	if !ok {
		stage = t.stages[0].name
	}
	if url = t.place.InvokeURL(t.api.ID, stage, t.path); url == "" {
		return "", "The sandbox answers on no port now."
	}
	return url, ""
}

func (t apiTrigger) details() []component.Pair {
	pairs := []component.Pair{
		{Label: "API type", Value: "REST"},
		{Label: "Authorization"},
		{Label: "isComplexStatement", Value: "No"},
		{Label: "Method"},
		{Label: "Resource path", Value: component.Clean(t.path)},
		{Label: "Service principal"},
		{Label: "Stage", Value: component.Clean(t.stageNames())},
		{Label: "Statement ID", Value: component.Clean(sids(t.statements))},
	}
	if t.method != nil {
		pairs[1].Value, pairs[3].Value = component.Clean(t.method.AuthorizationType), component.Clean(t.method.HTTPMethod)
	}
	if len(t.statements) > 0 {
		pairs[5].Value = component.Clean(t.statements[0].principal())
	}
	return pairs
}

func (t apiTrigger) kept() string {
	if len(t.statements) == 0 && !t.own() {
		return "What is left of it is a method of the API: delete that on the API's page."
	}
	return ""
}

func (t apiTrigger) farewell() []string {
	text := "The permission is taken from the function."
	if t.own() {
		text = "The permission is taken from the function, and the method " + t.requests() + " from the API."
	}
	out := []string{"API Gateway may no longer invoke the function.", text}
	if !t.gone {
		out = append(out, "The API "+t.name()+" stays with its stages, which keep what was deployed: the URL goes on answering, with 500 Internal server error. Delete the API on its own page when nothing else needs it.")
	}
	return out
}

// detach takes the method away if it is the one that this console made. What is
// deployed is left as it is.
func (t apiTrigger) detach(ctx context.Context, cloud aws.Cloud) error {
	if !t.own() {
		return nil
	}
	_, err := cloud.APIGateway.DeleteMethod(ctx, aws.DeleteMethodInput{RestAPIID: t.api.ID, ResourceID: t.resource, HTTPMethod: t.method.HTTPMethod})
	return err
}
