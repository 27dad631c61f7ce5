package apigateway

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"awslab/aws"
)

// route is a resource as requests find it.
type route struct {
	id, path string
	static   map[string]*route // by their path parts
	variable *route            // "{id}"
	greedy   *route            // "{proxy+}"
	name     string            // of the variable
	methods  map[string]*method
}

// param is a path parameter as it was sent, not unescaped.
type param struct{ name, value string }

// compile makes routes of resources, with the stage variables that they are used
// with.
func compile(resources []aws.APIResource, variables map[string]string) (*route, error) {
	routes := make(map[string]*route, len(resources))
	for _, r := range resources {
		made := &route{id: r.ID, path: r.Path, name: strings.TrimSuffix(strings.Trim(r.PathPart, "{}"), "+"), methods: make(map[string]*method, len(r.ResourceMethods))}
		for name, m := range r.ResourceMethods {
			compiled, err := compileMethod(m, variables)
			if err != nil {
				return nil, err
			}
			made.methods[name] = compiled
		}
		routes[r.ID] = made
	}
	var root *route
	for _, r := range resources {
		parent, made := routes[r.ParentID], routes[r.ID]
		switch {
		case r.ParentID == "":
			root = made
		case parent == nil:
			return nil, fmt.Errorf("the resource %s has no parent", r.Path)
		case isGreedy(r.PathPart):
			parent.greedy = made
		case isVariable(r.PathPart):
			parent.variable = made
		default:
			if parent.static == nil {
				parent.static = make(map[string]*route)
			}
			parent.static[r.PathPart] = made
		}
	}
	if root == nil {
		return nil, fmt.Errorf("the API has no root resource")
	}
	return root, nil
}

// match finds the resource and the method that a request to a path is for: a
// plain part before a variable, and that before a greedy one. nil when there is
// none. A slash at the end of the path does not matter.
func (r *route) match(path, httpMethod string) (*route, *method, []param) {
	if !slices.Contains(httpMethods, httpMethod) || httpMethod == aws.AnyMethod {
		return nil, nil, nil
	}
	path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	if path == "" {
		return r.take(httpMethod, nil)
	}
	return r.find(path, httpMethod, nil)
}

// find goes on with what is left of a path.
func (r *route) find(path, httpMethod string, params []param) (*route, *method, []param) {
	part, rest, more := strings.Cut(path, "/")
	enter := func(next *route, params []param) (*route, *method, []param) {
		if more {
			return next.find(rest, httpMethod, params)
		}
		return next.take(httpMethod, params)
	}
	if next := r.static[unescaped(part)]; next != nil {
		if found, m, params := enter(next, params); found != nil {
			return found, m, params
		}
	}
	if r.variable != nil && part != "" {
		if found, m, params := enter(r.variable, append(slices.Clip(params), param{r.variable.name, part})); found != nil {
			return found, m, params
		}
	}
	if r.greedy != nil && path != "" {
		return r.greedy.take(httpMethod, append(slices.Clip(params), param{r.greedy.name, path}))
	}
	return nil, nil, nil
}

// take ends at a resource, if it has a method for the request.
func (r *route) take(httpMethod string, params []param) (*route, *method, []param) {
	m := r.methods[httpMethod]
	if m == nil {
		m = r.methods[aws.AnyMethod]
	}
	if m == nil {
		return nil, nil, nil
	}
	return r, m, params
}

// unescaped is a part of a path as it is meant; one that is badly escaped stands
// for itself.
func unescaped(part string) string {
	if !strings.Contains(part, "%") {
		return part
	}
	plain, err := url.PathUnescape(part)
	if err != nil {
		return part
	}
	return plain
}
