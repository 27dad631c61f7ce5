package apigateway

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"awslab/aws"
)

// method is a method as it is run.
type method struct {
	aws.APIMethod
	function  string // the ARN; "" unless Lambda answers
	timeout   time.Duration
	templates map[string]template // of requests, by content type
	responses []mapped
}

// mapped is one way that an integration's answer becomes the method's.
type mapped struct {
	aws.IntegrationResponse
	selects   *regexp.Regexp // nil for the default
	headers   map[string]mapping
	templates map[string]template
}

// mapping makes the value of a header; false for no header.
type mapping func(*scope) (string, bool)

// compileMethod makes a method ready to be run.
func compileMethod(m aws.APIMethod, variables map[string]string) (*method, error) {
	out := &method{APIMethod: m}
	if m.MethodIntegration == nil {
		return out, nil
	}
	in := m.MethodIntegration
	out.timeout = time.Duration(in.TimeoutInMillis) * time.Millisecond
	if in.Type == aws.IntegrationLambdaProxy {
		out.function = functionOf(in.URI, variables)
	}
	var err error
	if out.templates, err = compileTemplates(in.RequestTemplates); err != nil {
		return nil, err
	}
	for _, code := range slices.Sorted(maps.Keys(in.IntegrationResponses)) {
		made, err := compileResponse(in.IntegrationResponses[code])
		if err != nil {
			return nil, err
		}
		out.responses = append(out.responses, made)
	}
	return out, nil
}

func compileTemplates(texts map[string]string) (map[string]template, error) {
	out := make(map[string]template, len(texts))
	for kind, text := range texts {
		parsed, err := parseTemplate(text)
		if err != nil {
			return nil, fmt.Errorf("the template for %s: %w", kind, err)
		}
		out[kind] = parsed
	}
	return out, nil
}

func compileResponse(r aws.IntegrationResponse) (out mapped, err error) {
	out = mapped{IntegrationResponse: r, headers: make(map[string]mapping, len(r.ResponseParameters))}
	if r.SelectionPattern != "" {
		if out.selects, err = regexp.Compile("^(?:" + r.SelectionPattern + ")$"); err != nil {
			return out, fmt.Errorf("the selection pattern of %s: %w", r.StatusCode, err)
		}
	}
	for name, value := range r.ResponseParameters {
		if out.headers[strings.TrimPrefix(name, "method.response.header.")], err = parseMapping(value); err != nil {
			return out, err
		}
	}
	out.templates, err = compileTemplates(r.ResponseTemplates)
	return out, err
}

var errMapping = errors.New("the value of a header is none that this sandbox has")

// parseMapping reads what a header is made of: a text in single quotes, or a
// variable of the request's context, of the stage, or a header of the
// integration, of which MOCK has none.
func parseMapping(value string) (mapping, error) {
	if len(value) >= 2 && value[0] == '\'' && value[len(value)-1] == '\'' {
		text := value[1 : len(value)-1]
		return func(*scope) (string, bool) { return text, true }, nil
	}
	if name, ok := strings.CutPrefix(value, "context."); ok && name != "" {
		return func(s *scope) (string, bool) {
			text := s.context(name)
			return text, text != ""
		}, nil
	}
	if name, ok := strings.CutPrefix(value, "stageVariables."); ok && name != "" {
		return func(s *scope) (string, bool) {
			text, ok := s.stage[name]
			return text, ok
		}, nil
	}
	if name, ok := strings.CutPrefix(value, "integration.response.header."); ok && name != "" {
		return func(*scope) (string, bool) { return "", false }, nil
	}
	return nil, errMapping
}

// functionOf is the ARN of the function that a URI names, with stage variables
// in their places.
func functionOf(uri string, variables map[string]string) string {
	uri = stageVariable.ReplaceAllStringFunc(uri, func(found string) string {
		return variables[stageVariable.FindStringSubmatch(found)[1]]
	})
	_, arn, _ := strings.Cut(uri, "/functions/")
	return strings.TrimSuffix(arn, "/invocations")
}
