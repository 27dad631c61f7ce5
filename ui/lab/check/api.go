package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// The bounds of what is read of an account's APIs: pages of their list, and
// those of one name that are looked into. Names of APIs are not unique.
const (
	apiPages  = 5
	mostNamed = 5
	pageSize  = 500
)

// api is the check function.
func (e *evaluation) api(name string, given ...map[string]any) (Findings, error) {
	want, err := parseWanted[aws.RestAPI](given)
	if err != nil {
		return nil, err
	}
	apis, wrong := e.needAPIs(name)
	if wrong != nil {
		return wrong, nil
	}
	setting := func(string) Cause { return CauseSetting }
	return nearest(apis, "REST API "+visible(name), func(api aws.RestAPI) Findings { return want.compare(api, setting) }), nil
}

// nearest holds if nothing is wrong with one of the APIs; else it is what is
// wrong with the one that comes closest.
func nearest(apis []aws.RestAPI, subject string, compare func(aws.RestAPI) Findings) Findings {
	var best Findings
	for _, api := range apis {
		wrong := compare(api)
		if len(wrong) == 0 {
			return holds(subject)
		}
		if best == nil || len(wrong) < len(best) {
			best = wrong
		}
	}
	return best
}

// needAPIs reads the REST APIs of a name, the newest first, or says what is wrong.
func (e *evaluation) needAPIs(name string) ([]aws.RestAPI, Findings) {
	subject := "REST API " + visible(name)
	if e.world.Cloud.APIGateway == nil {
		return nil, unreadable(subject, absentService("API Gateway"))
	}
	var found []aws.RestAPI
	var others []string
	in := aws.GetRestApisInput{Limit: aws.Some(pageSize)}
	for range apiPages {
		out, err := e.world.Cloud.APIGateway.GetRestApis(e.ctx, in)
		if err != nil {
			return nil, unreadable(subject, err)
		}
		for _, api := range out.Items {
			if others = append(others, api.Name); api.Name == name {
				found = append(found, api)
			}
		}
		if in.Position = out.Position; in.Position == "" {
			break
		}
	}
	if len(found) == 0 {
		return nil, absentAPI(name, others)
	}
	slices.SortStableFunc(found, func(a, b aws.RestAPI) int { return b.CreatedDate.Compare(a.CreatedDate) })
	return found[:min(mostNamed, len(found))], nil
}

// absentAPI says that there is no such API, and which one there is instead.
func absentAPI(name string, others []string) Findings {
	f := Finding{Subject: "REST API " + visible(name), Expected: "an API of this name", Found: nothing, Cause: CauseNoAPI}
	if near, ok := spelling.Nearest(name, others); ok {
		f.Found, f.Cause = "an API "+quote(near), CauseAPIName
		f.Advice = fmt.Sprintf("Create %s; %s may stay or go.", visible(name), visible(near))
		if spelling.Fold(near) == spelling.Fold(name) {
			f.Advice = "Upper and lower case count. " + f.Advice
		}
	}
	return Findings{f}
}

// route is a method of a resource, and what a check asks of it.
type route struct {
	path, method            string
	function, authorization string // "" when not asked for
}

func parseRoute(path, method string, given []map[string]any) (route, error) {
	want := route{path: path, method: strings.ToUpper(method)}
	if len(given) > 1 {
		return want, errors.New("a route has one group of options")
	}
	if !strings.HasPrefix(path, "/") || method == "" {
		return want, fmt.Errorf("a route is a path that begins with / and a method, not %q and %q", path, method)
	}
	for _, group := range given {
		for name, value := range group {
			to, ok := map[string]*string{"function": &want.function, "authorization": &want.authorization}[name]
			if !ok {
				return want, fmt.Errorf("route asks for function and authorization, not for %q", name)
			}
			if err := text(to, value); err != nil {
				return want, fmt.Errorf("the option %s %w", name, err)
			}
		}
	}
	return want, nil
}

// String is "ANY /FAQ".
func (r route) String() string { return visible(r.method) + " " + visible(r.path) }

// route is the check function.
func (e *evaluation) route(api, path, method string, given ...map[string]any) (Findings, error) {
	want, err := parseRoute(path, method, given)
	if err != nil {
		return nil, err
	}
	apis, wrong := e.needAPIs(api)
	if wrong != nil {
		return wrong, nil
	}
	return nearest(apis, want.String()+" of "+visible(api), func(a aws.RestAPI) Findings { return e.routeOf(a, want) }), nil
}

// routeOf says what is wrong with a route of an API; nil for nothing.
func (e *evaluation) routeOf(api aws.RestAPI, want route) Findings {
	subject := want.String() + " of " + visible(api.Name)
	out, err := e.world.Cloud.APIGateway.GetResources(e.ctx, aws.GetResourcesInput{
		RestAPIID: api.ID, Limit: aws.Some(pageSize), Embed: []string{aws.EmbedMethods},
	})
	if err != nil {
		return unreadable(subject, err)
	}
	paths := make([]string, len(out.Items))
	for i, r := range out.Items {
		if paths[i] = r.Path; r.Path == want.path {
			return want.compare(subject, r)
		}
	}
	f := Finding{Subject: subject, Expected: "a resource " + quote(want.path), Found: nothing, Cause: CauseNoResource}
	if near, ok := spelling.Nearest(want.path, paths); ok && near != "/" {
		f.Found, f.Cause = "a resource "+quote(near), CauseResourcePath
		f.Advice = "A path counts to the letter, and a resource cannot be renamed."
	}
	return Findings{f}
}

// compare says what is wrong with the route at a resource.
func (r route) compare(subject string, resource aws.APIResource) Findings {
	method, ok := resource.ResourceMethods[r.method]
	if !ok {
		f := Finding{Subject: subject, Expected: "a method " + visible(r.method), Found: nothing, Cause: CauseNoMethod}
		if others := sorted(resource.ResourceMethods); len(others) > 0 {
			f.Found = visible(strings.Join(others, ", "))
		}
		return Findings{f}
	}
	var wrong Findings
	if r.authorization != "" && method.AuthorizationType != r.authorization {
		wrong = append(wrong, Finding{
			Subject: "authorization of " + r.String(), Expected: visible(r.authorization), Found: visible(method.AuthorizationType), Cause: CauseAuthorization,
		})
	}
	if f, differs := r.integrated(method.MethodIntegration); differs {
		wrong = append(wrong, f)
	}
	return wrong
}

// integrated says that a method leads elsewhere than to the function.
func (r route) integrated(integration *aws.Integration) (Finding, bool) {
	f := Finding{
		Subject: "integration of " + r.String(), Expected: "Lambda proxy, function " + visible(r.function), Found: nothing, Cause: CauseIntegration,
	}
	switch {
	case r.function == "":
		return f, false
	case integration == nil:
		return f, true
	case integration.Type != aws.IntegrationLambdaProxy:
		f.Found = visible(string(integration.Type))
		return f, true
	}
	_, arn, _ := strings.Cut(integration.URI, "/functions/")
	arn = strings.TrimSuffix(arn, "/invocations")
	f.Found = visible(arn)
	return f, !isFunction(arn, r.function)
}
