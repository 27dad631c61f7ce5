package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
)

// apiTrigger is what a check asks of an API's trigger.
type apiTrigger struct {
	api, stage, path, method string
}

func parseAPITrigger(function string, given map[string]any) (apiTrigger, error) {
	t := apiTrigger{path: "/" + function, method: aws.AnyMethod}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		to, ok := map[string]*string{"API": &t.api, "Stage": &t.stage, "Path": &t.path, "Method": &t.method}[name]
		if !ok {
			return t, fmt.Errorf("a trigger from apigateway has an API, a Stage, a Path and a Method, not %q", name)
		}
		if err := text(to, given[name]); err != nil {
			return t, fmt.Errorf("the option %s %w", name, err)
		}
	}
	if t.api == "" || t.stage == "" {
		return t, errors.New("a trigger from apigateway needs its API and its Stage")
	}
	return t, nil
}

func (e *evaluation) apiTrigger(function string, given map[string]any) (Findings, error) {
	want, err := parseAPITrigger(function, given)
	if err != nil {
		return nil, err
	}
	f, apis, wrong := e.needBoth(function, want.api)
	if wrong != nil {
		return wrong, nil
	}
	to := route{path: want.path, method: strings.ToUpper(want.method), function: function}
	return nearest(apis, "trigger of "+visible(function)+" by "+visible(want.api), func(api aws.RestAPI) Findings {
		wrong := e.routeOf(api, to)
		wrong = append(wrong, e.stageOf(api, want.stage, route{path: to.path, method: to.method})...)
		return append(wrong, e.permission(function, want.caller(f, api))...)
	}), nil
}

// needBoth reads a function, and the APIs of a name.
func (e *evaluation) needBoth(function, api string) (aws.FunctionConfiguration, []aws.RestAPI, Findings) {
	f, wrong := e.needFunction(function)
	if wrong != nil {
		return f, nil, wrong
	}
	apis, wrong := e.needAPIs(api)
	return f, apis, wrong
}

// caller is the API as it asks for the function: in the function's region and
// account, at the stage, by any HTTP method where the route takes any.
func (t apiTrigger) caller(f aws.FunctionConfiguration, api aws.RestAPI) caller {
	method := strings.ToUpper(t.method)
	if method == aws.AnyMethod {
		method = "*"
	}
	place := strings.TrimPrefix(f.FunctionArn, "arn:aws:lambda:")
	place, _, _ = strings.Cut(place, ":function:")
	return caller{
		service: "apigateway.amazonaws.com", title: "API Gateway",
		source: fmt.Sprintf("arn:aws:execute-api:%s:%s/%s/%s%s", place, api.ID, t.stage, method, t.path),
		shown:  visible(t.method) + " " + visible(t.path) + " of " + visible(t.api),
	}
}

// noTrigger is the check function.
func (e *evaluation) noTrigger(function, from string, given map[string]any) (Findings, error) {
	if from != "apigateway" {
		return nil, fmt.Errorf("noTrigger is of apigateway, not of %q", from)
	}
	gone, err := parseAPITrigger(function, given)
	if err != nil {
		return nil, err
	}
	f, apis, wrong := e.needBoth(function, gone.api)
	if wrong != nil {
		return wrong, nil
	}
	for _, api := range apis {
		by := gone.caller(f, api)
		switch wrong := e.permission(function, by); {
		case wrong == nil:
			return Findings{{
				Subject: "permission of " + visible(function), Expected: "gone for " + by.shown, Found: "still there", Cause: CausePermitted,
			}}, nil
		case wrong[0].Cause == CauseUnreadable:
			return wrong, nil
		}
	}
	return holds("no trigger of " + visible(function) + " by " + visible(gone.api)), nil
}
