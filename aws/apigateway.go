package aws

import (
	"context"
	"net/url"
	"time"
)

// APIGateway is the REST APIs of Amazon API Gateway. What is missing is
// NotFoundException (404), a bad member BadRequestException (400), a name that is
// taken ConflictException (409). Requests go by what was deployed: changes of
// resources, methods and integrations show with the next deployment.
type APIGateway interface {
	// CreateRestApi makes an API with nothing but its root resource.
	CreateRestApi(context.Context, CreateRestApiInput) (CreateRestApiOutput, error)
	// GetRestApi tells about an API.
	GetRestApi(context.Context, GetRestApiInput) (GetRestApiOutput, error)
	// GetRestApis lists APIs, 25 a page unless Limit says otherwise.
	GetRestApis(context.Context, GetRestApisInput) (GetRestApisOutput, error)
	// DeleteRestApi deletes an API with all that belongs to it.
	DeleteRestApi(context.Context, DeleteRestApiInput) (DeleteRestApiOutput, error)

	// CreateResource makes a resource below another one.
	CreateResource(context.Context, CreateResourceInput) (CreateResourceOutput, error)
	// GetResource tells about a resource.
	GetResource(context.Context, GetResourceInput) (GetResourceOutput, error)
	// GetResources lists an API's resources, 25 a page unless Limit says otherwise.
	GetResources(context.Context, GetResourcesInput) (GetResourcesOutput, error)
	// DeleteResource deletes a resource and those below it.
	DeleteResource(context.Context, DeleteResourceInput) (DeleteResourceOutput, error)

	// PutMethod has a resource take requests of an HTTP method.
	PutMethod(context.Context, PutMethodInput) (PutMethodOutput, error)
	// GetMethod tells about a method and what it is joined to.
	GetMethod(context.Context, GetMethodInput) (GetMethodOutput, error)
	// DeleteMethod takes a method away.
	DeleteMethod(context.Context, DeleteMethodInput) (DeleteMethodOutput, error)
	// PutMethodResponse declares a status that a method answers with.
	PutMethodResponse(context.Context, PutMethodResponseInput) (PutMethodResponseOutput, error)
	// PutIntegration says what answers a method's requests.
	PutIntegration(context.Context, PutIntegrationInput) (PutIntegrationOutput, error)
	// GetIntegration reads it.
	GetIntegration(context.Context, GetIntegrationInput) (GetIntegrationOutput, error)
	// DeleteIntegration takes it away.
	DeleteIntegration(context.Context, DeleteIntegrationInput) (DeleteIntegrationOutput, error)
	// PutIntegrationResponse says how an integration's answer becomes the method's.
	PutIntegrationResponse(context.Context, PutIntegrationResponseInput) (PutIntegrationResponseOutput, error)

	// CreateDeployment takes a snapshot of an API, and puts it on a stage if one is
	// named, which is made if missing.
	CreateDeployment(context.Context, CreateDeploymentInput) (CreateDeploymentOutput, error)
	// GetDeployment tells about a deployment.
	GetDeployment(context.Context, GetDeploymentInput) (GetDeploymentOutput, error)
	// GetDeployments lists an API's deployments, 25 a page unless Limit says otherwise.
	GetDeployments(context.Context, GetDeploymentsInput) (GetDeploymentsOutput, error)
	// DeleteDeployment deletes a deployment that no stage has.
	DeleteDeployment(context.Context, DeleteDeploymentInput) (DeleteDeploymentOutput, error)
	// CreateStage puts a deployment under a name of its own.
	CreateStage(context.Context, CreateStageInput) (CreateStageOutput, error)
	// GetStage tells about a stage.
	GetStage(context.Context, GetStageInput) (GetStageOutput, error)
	// GetStages lists an API's stages.
	GetStages(context.Context, GetStagesInput) (GetStagesOutput, error)
	// UpdateStage changes a stage: its deployment, description or variables.
	UpdateStage(context.Context, UpdateStageInput) (UpdateStageOutput, error)
	// DeleteStage deletes a stage: its URLs answer no more.
	DeleteStage(context.Context, DeleteStageInput) (DeleteStageOutput, error)

	// GetTags lists the tags of an API or a stage.
	GetTags(context.Context, GetTagsInput) (GetTagsOutput, error)
	// TagResource gives an API or a stage tags.
	TagResource(context.Context, APIGatewayTagResourceInput) (APIGatewayTagResourceOutput, error)
	// UntagResource takes tags from an API or a stage.
	UntagResource(context.Context, APIGatewayUntagResourceInput) (APIGatewayUntagResourceOutput, error)

	// TestInvokeMethod sends a request to a method as it is now, deployed or not,
	// and tells what happened on the way.
	TestInvokeMethod(context.Context, TestInvokeMethodInput) (TestInvokeMethodOutput, error)
}

// InvokeURL is where a stage of a REST API answers requests; path begins with a
// slash, and may be "". With an endpoint that is not AWS's own it is the
// endpoint's; it is "" in a sandbox that answers on no port.
func (p Place) InvokeURL(restAPIID, stage, path string) string {
	u := url.URL{Path: "/" + stage + path}
	if p.Kind == Account && p.Endpoint == "" {
		return "https://" + restAPIID + ".execute-api." + p.Region + ".amazonaws.com" + u.EscapedPath()
	}
	if p.Endpoint == "" {
		return ""
	}
	return p.Endpoint + InvokePath + restAPIID + u.EscapedPath()
}

// InvokePath is what the path of an invoke URL begins with in a sandbox; the
// API's id follows, its stage, and the resource's path.
const InvokePath = "/_aws/execute-api/"

// EndpointType is from where an API's URL is reached.
type EndpointType string

// The endpoint types. An API is EDGE unless it says otherwise.
const (
	EndpointRegional EndpointType = "REGIONAL"
	EndpointEdge     EndpointType = "EDGE"
)

// EndpointConfiguration is from where an API's URL is reached.
type EndpointConfiguration struct {
	Types []EndpointType `json:"types,omitempty"`
}

// RestAPI is a REST API.
type RestAPI struct {
	ID                    string                `json:"id"` // ten small letters and digits
	Name                  string                `json:"name"`
	Description           string                `json:"description,omitempty"`
	CreatedDate           time.Time             `json:"createdDate"`
	Version               string                `json:"version,omitempty"`
	BinaryMediaTypes      []string              `json:"binaryMediaTypes,omitempty"`
	APIKeySource          string                `json:"apiKeySource,omitempty"` // "HEADER"
	EndpointConfiguration EndpointConfiguration `json:"endpointConfiguration"`
	RootResourceID        string                `json:"rootResourceId"`
	Tags                  map[string]string     `json:"tags,omitempty"`
}

// CreateRestApiInput describes an API.
type CreateRestApiInput struct {
	Name                  string                `json:"name"`
	Description           string                `json:"description,omitempty"`
	Version               string                `json:"version,omitempty"`
	CloneFrom             string                `json:"cloneFrom,omitempty"` // an API whose resources it takes over
	BinaryMediaTypes      []string              `json:"binaryMediaTypes,omitempty"`
	EndpointConfiguration EndpointConfiguration `json:"endpointConfiguration,omitzero"`
	Tags                  map[string]string     `json:"tags,omitempty"`
}

// IsZero reports that no type was given; encoding/json's omitzero asks it.
func (c EndpointConfiguration) IsZero() bool { return len(c.Types) == 0 }

// CreateRestApiOutput is the API.
type CreateRestApiOutput struct{ RestAPI }

// GetRestApiInput names an API.
type GetRestApiInput struct {
	RestAPIID string `json:"restApiId"`
}

// GetRestApiOutput is the API.
type GetRestApiOutput struct{ RestAPI }

// GetRestApisInput bounds the list.
type GetRestApisInput struct {
	Position string      `json:"position,omitempty"`
	Limit    Option[int] `json:"limit,omitzero"` // 1 to 500
}

// GetRestApisOutput is one page of APIs.
type GetRestApisOutput struct {
	Position string    `json:"position,omitempty"`
	Items    []RestAPI `json:"items"`
}

// DeleteRestApiInput names an API.
type DeleteRestApiInput struct {
	RestAPIID string `json:"restApiId"`
}

// DeleteRestApiOutput has no members.
type DeleteRestApiOutput struct{}

// APIResource is a resource of an API: one part of a path.
type APIResource struct {
	ID              string               `json:"id"`
	ParentID        string               `json:"parentId,omitempty"`        // none at the root
	PathPart        string               `json:"pathPart,omitempty"`        // "FAQ", "{id}", "{proxy+}"
	Path            string               `json:"path"`                      // from the root, "/FAQ"
	ResourceMethods map[string]APIMethod `json:"resourceMethods,omitempty"` // by HTTP method; zero values unless embedded
}

// CreateResourceInput describes a resource.
type CreateResourceInput struct {
	RestAPIID string `json:"restApiId"`
	ParentID  string `json:"parentId"`
	PathPart  string `json:"pathPart"`
}

// CreateResourceOutput is the resource.
type CreateResourceOutput struct{ APIResource }

// EmbedMethods has resources told with their methods.
const EmbedMethods = "methods"

// GetResourceInput names a resource.
type GetResourceInput struct {
	RestAPIID  string   `json:"restApiId"`
	ResourceID string   `json:"resourceId"`
	Embed      []string `json:"embed,omitempty"`
}

// GetResourceOutput is the resource.
type GetResourceOutput struct{ APIResource }

// GetResourcesInput names an API.
type GetResourcesInput struct {
	RestAPIID string      `json:"restApiId"`
	Position  string      `json:"position,omitempty"`
	Limit     Option[int] `json:"limit,omitzero"` // 1 to 500
	Embed     []string    `json:"embed,omitempty"`
}

// GetResourcesOutput is one page of resources.
type GetResourcesOutput struct {
	Position string        `json:"position,omitempty"`
	Items    []APIResource `json:"items"`
}

// DeleteResourceInput names a resource.
type DeleteResourceInput struct {
	RestAPIID  string `json:"restApiId"`
	ResourceID string `json:"resourceId"`
}

// DeleteResourceOutput has no members.
type DeleteResourceOutput struct{}

// AnyMethod is the HTTP method that stands for all that have none of their own.
const AnyMethod = "ANY"

// AuthorizationNone is the authorization of a method that anybody may call.
const AuthorizationNone = "NONE"

// AuthorizationIAM is that of a method whose requests are signed.
const AuthorizationIAM = "AWS_IAM"
