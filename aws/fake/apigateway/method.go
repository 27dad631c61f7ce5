package apigateway

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// httpMethods are those that a resource may have.
var httpMethods = []string{
	http.MethodDelete, http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPatch, http.MethodPost, http.MethodPut, aws.AnyMethod,
}

// The forms of what requests name.
var (
	statusCode        = regexp.MustCompile(`^[1-5]\d\d$`)
	requestParameter  = regexp.MustCompile(`^method\.request\.(querystring|path|header)\.[a-zA-Z0-9._$:-]+$`)
	responseParameter = regexp.MustCompile(`^method\.response\.header\.[a-zA-Z0-9._$:-]+$`)
)

// The models that every API has.
var models = []string{"Empty", "Error"}

func badMapping(expression string) error {
	return badRequest("Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: %s]", expression)
}

func checkStatus(code string) error {
	if !statusCode.MatchString(code) {
		return badRequest(`1 validation error detected: Value '%s' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\d\d`, code)
	}
	return nil
}

// PutMethod has a resource take requests of an HTTP method.
func (s *Service) PutMethod(ctx context.Context, in aws.PutMethodInput) (aws.PutMethodOutput, error) {
	return answer(ctx, s, "PutMethod", func() (out aws.PutMethodOutput, err error) {
		if err := checkMethod(in); err != nil {
			return out, err
		}
		return out, s.change(in.RestAPIID, func(_ *store.Writer, a *api) error {
			resource, err := a.resource(in.ResourceID)
			if err != nil {
				return err
			}
			if _, taken := resource.ResourceMethods[in.HTTPMethod]; taken {
				return conflict("Method already exists for this resource")
			}
			out.APIMethod = aws.APIMethod{HTTPMethod: in.HTTPMethod, AuthorizationType: in.AuthorizationType, RequestParameters: in.RequestParameters}
			set(resource, out.APIMethod)
			return nil
		})
	})
}

// checkMethod checks a request for a method.
func checkMethod(in aws.PutMethodInput) error {
	if !slices.Contains(httpMethods, in.HTTPMethod) {
		return badRequest("Invalid HttpMethod specified. Valid options are %s", strings.Join(httpMethods, ","))
	}
	switch in.AuthorizationType {
	case aws.AuthorizationNone, aws.AuthorizationIAM:
	case "CUSTOM", "COGNITO_USER_POOLS": // there are no authorizers in a sandbox
		return badRequest("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")
	default:
		return badRequest("Invalid authorization type specified. Valid options are NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS")
	}
	if in.APIKeyRequired {
		return badRequest("This sandbox has no API keys: a method cannot require one.")
	}
	for name := range in.RequestParameters {
		if !requestParameter.MatchString(name) {
			return badMapping(name)
		}
	}
	return nil
}

// GetMethod tells about a method and its integration.
func (s *Service) GetMethod(ctx context.Context, in aws.GetMethodInput) (aws.GetMethodOutput, error) {
	return answer(ctx, s, "GetMethod", func() (out aws.GetMethodOutput, err error) {
		return out, s.view(in.RestAPIID, func(_ *store.Reader, a *api) (err error) {
			_, out.APIMethod, err = a.method(in.ResourceID, in.HTTPMethod)
			return err
		})
	})
}

// DeleteMethod takes a method away, with its integration.
func (s *Service) DeleteMethod(ctx context.Context, in aws.DeleteMethodInput) (aws.DeleteMethodOutput, error) {
	return answer(ctx, s, "DeleteMethod", func() (out aws.DeleteMethodOutput, err error) {
		return out, s.change(in.RestAPIID, func(_ *store.Writer, a *api) error {
			resource, _, err := a.method(in.ResourceID, in.HTTPMethod)
			if err == nil {
				delete(resource.ResourceMethods, in.HTTPMethod)
			}
			return err
		})
	})
}

// changeMethod lets a function change a method of an API.
func (s *Service) changeMethod(id, resource, method string, do func(resource string, m *aws.APIMethod) error) error {
	return s.change(id, func(_ *store.Writer, a *api) error {
		r, m, err := a.method(resource, method)
		if err != nil {
			return err
		}
		if err := do(r.ID, &m); err != nil {
			return err
		}
		set(r, m)
		return nil
	})
}

// PutMethodResponse declares a status that a method answers with.
func (s *Service) PutMethodResponse(ctx context.Context, in aws.PutMethodResponseInput) (aws.PutMethodResponseOutput, error) {
	return answer(ctx, s, "PutMethodResponse", func() (out aws.PutMethodResponseOutput, err error) {
		if err := checkMethodResponse(in); err != nil {
			return out, err
		}
		return out, s.changeMethod(in.RestAPIID, in.ResourceID, in.HTTPMethod, func(_ string, m *aws.APIMethod) error {
			if _, taken := m.MethodResponses[in.StatusCode]; taken {
				return conflict("Response already exists for this resource")
			}
			if m.MethodResponses == nil {
				m.MethodResponses = make(map[string]aws.MethodResponse)
			}
			out.MethodResponse = aws.MethodResponse{StatusCode: in.StatusCode, ResponseParameters: in.ResponseParameters, ResponseModels: in.ResponseModels}
			m.MethodResponses[in.StatusCode] = out.MethodResponse
			return nil
		})
	})
}

func checkMethodResponse(in aws.PutMethodResponseInput) error {
	if err := checkStatus(in.StatusCode); err != nil {
		return err
	}
	for name := range in.ResponseParameters {
		if !responseParameter.MatchString(name) {
			return badMapping(name)
		}
	}
	for _, model := range in.ResponseModels {
		if !slices.Contains(models, model) {
			return badRequest("Invalid model identifier specified: %s", model)
		}
	}
	return nil
}
