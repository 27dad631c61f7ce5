package apigateway

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The times that an integration may take, in milliseconds; without a word of it,
// the longest.
const (
	minTimeout = 50
	maxTimeout = 29_000
)

// The forms of a Lambda integration's URI, as a whole and the function in it;
// parts may come from stage variables.
var (
	serviceURI  = regexp.MustCompile(`^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:([a-zA-Z0-9.-]+):(.*)$`)
	functionURI = regexp.MustCompile(`^path/2015-03-31/functions/(arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:([a-zA-Z0-9_$:{}.-]+))/invocations$`)
)

// stageVariable is a stage variable in a URI.
var stageVariable = regexp.MustCompile(`\$\{stageVariables\.([A-Za-z0-9_]+)\}`)

// anyVariable is what stands for a stage variable while a URI is checked.
const anyVariable = "000000000000"

// PutIntegration says what answers a method's requests.
func (s *Service) PutIntegration(ctx context.Context, in aws.PutIntegrationInput) (aws.PutIntegrationOutput, error) {
	return answer(ctx, s, "PutIntegration", func() (out aws.PutIntegrationOutput, err error) {
		if err := checkIntegration(in); err != nil {
			return out, err
		}
		return out, s.changeMethod(in.RestAPIID, in.ResourceID, in.HTTPMethod, func(resource string, m *aws.APIMethod) error {
			passthrough := in.PassthroughBehavior
			if passthrough == "" {
				passthrough = passNoMatch
			}
			out.Integration = aws.Integration{
				Type: in.Type, HTTPMethod: in.IntegrationHTTPMethod, URI: in.URI, RequestParameters: in.RequestParameters, RequestTemplates: in.RequestTemplates,
				PassthroughBehavior: passthrough, TimeoutInMillis: in.TimeoutInMillis.Or(maxTimeout), CacheNamespace: resource,
			}
			m.MethodIntegration = &out.Integration
			return nil
		})
	})
}

// What becomes of a body that there is no template for.
const (
	passNoMatch     = "WHEN_NO_MATCH"
	passNoTemplates = "WHEN_NO_TEMPLATES"
	passNever       = "NEVER"
)

// checkIntegration checks a request for an integration. What a sandbox does not
// have is refused, so that nothing is taken and left out later.
func checkIntegration(in aws.PutIntegrationInput) error {
	switch in.Type {
	case aws.IntegrationLambdaProxy:
		if err := checkLambda(in); err != nil {
			return err
		}
	case aws.IntegrationMock:
	case "AWS", "HTTP", "HTTP_PROXY":
		return badRequest("This sandbox has integrations of the types AWS_PROXY (with Lambda) and MOCK, not %s.", in.Type)
	default:
		return badRequest("1 validation error detected: Value '%s' at 'putIntegrationInput.type' failed to satisfy constraint: "+
			"Member must satisfy enum value set: [HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY]", in.Type)
	}
	if n, given := in.TimeoutInMillis.Get(); given && (n < minTimeout || n > maxTimeout) {
		return badRequest("Timeout should be between %d ms and %d ms", minTimeout, maxTimeout)
	}
	if !slices.Contains([]string{"", passNoMatch, passNoTemplates, passNever}, in.PassthroughBehavior) {
		return badRequest("Invalid passthrough behavior specified. Valid options are %s, %s, %s", passNoMatch, passNoTemplates, passNever)
	}
	if in.Credentials != "" {
		return badRequest("This sandbox calls functions by their resource policies, not as a role: leave credentials out.")
	}
	for name := range in.RequestParameters {
		return badRequest("This sandbox maps no request parameters to an integration: %s.", name)
	}
	return checkTemplates(in.RequestTemplates)
}

// checkLambda checks the URI of an integration with Lambda. Whether the function
// is there, and may be called by POST alone, shows when it is called.
func checkLambda(in aws.PutIntegrationInput) error {
	if in.IntegrationHTTPMethod == "" {
		return badRequest("Enumeration value for HttpMethod must be non-empty")
	}
	if !slices.Contains(httpMethods, in.IntegrationHTTPMethod) {
		return badRequest("Invalid HttpMethod specified. Valid options are %s", strings.Join(httpMethods, ","))
	}
	uri := serviceURI.FindStringSubmatch(stageVariable.ReplaceAllString(in.URI, anyVariable))
	switch {
	case uri == nil:
		return badRequest("Invalid ARN specified in the request")
	case !strings.HasPrefix(uri[2], "path/") && !strings.HasPrefix(uri[2], "action/"):
		return badRequest("AWS ARN for integration must contain path or action")
	case uri[1] == "firehose":
		return badRequest("This sandbox has integrations of type AWS_PROXY with Lambda alone.")
	case uri[1] != "lambda":
		return badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")
	case !functionURI.MatchString(uri[2]) && !strings.Contains(in.URI, "/functions/${stageVariables."):
		return badRequest("Invalid function ARN or invalid uri")
	}
	return nil
}

// checkTemplates checks that templates can be run here.
func checkTemplates(templates map[string]string) error {
	for kind, text := range templates {
		if _, err := parseTemplate(text); err != nil {
			return badRequest("The template for %s cannot be used: %s", kind, err)
		}
	}
	return nil
}

// changeIntegration lets a function change a method that has an integration.
func (s *Service) changeIntegration(id, resource, method string, do func(*aws.APIMethod) error) error {
	return s.changeMethod(id, resource, method, func(_ string, m *aws.APIMethod) error {
		if m.MethodIntegration == nil {
			return unknown("Integration")
		}
		return do(m)
	})
}

// GetIntegration reads a method's integration.
func (s *Service) GetIntegration(ctx context.Context, in aws.GetIntegrationInput) (aws.GetIntegrationOutput, error) {
	return answer(ctx, s, "GetIntegration", func() (out aws.GetIntegrationOutput, err error) {
		return out, s.view(in.RestAPIID, func(_ *store.Reader, a *api) error {
			_, m, err := a.method(in.ResourceID, in.HTTPMethod)
			if err != nil {
				return err
			}
			if m.MethodIntegration == nil {
				return unknown("Integration")
			}
			out.Integration = *m.MethodIntegration
			return nil
		})
	})
}

// DeleteIntegration takes a method's integration away.
func (s *Service) DeleteIntegration(ctx context.Context, in aws.DeleteIntegrationInput) (aws.DeleteIntegrationOutput, error) {
	return answer(ctx, s, "DeleteIntegration", func() (out aws.DeleteIntegrationOutput, err error) {
		return out, s.changeIntegration(in.RestAPIID, in.ResourceID, in.HTTPMethod, func(m *aws.APIMethod) error {
			m.MethodIntegration = nil
			return nil
		})
	})
}

// PutIntegrationResponse says how an integration's answer becomes the method's.
func (s *Service) PutIntegrationResponse(ctx context.Context, in aws.PutIntegrationResponseInput) (aws.PutIntegrationResponseOutput, error) {
	return answer(ctx, s, "PutIntegrationResponse", func() (out aws.PutIntegrationResponseOutput, err error) {
		if err := checkStatus(in.StatusCode); err != nil {
			return out, err
		}
		if _, err := regexp.Compile(in.SelectionPattern); err != nil {
			return out, badRequest("Invalid selection pattern specified: %s", in.SelectionPattern)
		}
		if err := checkTemplates(in.ResponseTemplates); err != nil {
			return out, err
		}
		return out, s.changeIntegration(in.RestAPIID, in.ResourceID, in.HTTPMethod, func(m *aws.APIMethod) error {
			if err := checkResponseMapping(in.ResponseParameters, m.MethodResponses[in.StatusCode]); err != nil {
				return err
			}
			if m.MethodIntegration.IntegrationResponses == nil {
				m.MethodIntegration.IntegrationResponses = make(map[string]aws.IntegrationResponse)
			}
			out.IntegrationResponse = aws.IntegrationResponse{
				StatusCode: in.StatusCode, SelectionPattern: in.SelectionPattern,
				ResponseParameters: in.ResponseParameters, ResponseTemplates: in.ResponseTemplates,
			}
			m.MethodIntegration.IntegrationResponses[in.StatusCode] = out.IntegrationResponse
			return nil
		})
	})
}

// checkResponseMapping checks that headers are declared, and made of what there
// is.
func checkResponseMapping(parameters map[string]string, declared aws.MethodResponse) error {
	for name, value := range parameters {
		if _, ok := declared.ResponseParameters[name]; !ok || !responseParameter.MatchString(name) {
			return badMapping(name)
		}
		if _, err := parseMapping(value); err != nil {
			return badMapping(value)
		}
	}
	return nil
}
