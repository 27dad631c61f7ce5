package aws

// APIMethod is an HTTP method of a resource.
type APIMethod struct {
	HTTPMethod        string                    `json:"httpMethod"`                  // "GET", or AnyMethod
	AuthorizationType string                    `json:"authorizationType,omitempty"` // AuthorizationNone
	APIKeyRequired    bool                      `json:"apiKeyRequired"`
	RequestParameters map[string]bool           `json:"requestParameters,omitempty"` // "method.request.path.id": required or not
	MethodResponses   map[string]MethodResponse `json:"methodResponses,omitempty"`   // by status code
	MethodIntegration *Integration              `json:"methodIntegration,omitempty"`
}

// MethodResponse is a status that a method answers with.
type MethodResponse struct {
	StatusCode         string            `json:"statusCode"`
	ResponseParameters map[string]bool   `json:"responseParameters,omitempty"` // "method.response.header.X"
	ResponseModels     map[string]string `json:"responseModels,omitempty"`     // by content type, "Empty"
}

// IntegrationType is what answers a method's requests.
type IntegrationType string

// The integration types that a sandbox runs.
const (
	// IntegrationLambdaProxy hands the whole request to a Lambda function, whose
	// result is the whole response.
	IntegrationLambdaProxy IntegrationType = "AWS_PROXY"
	// IntegrationMock answers by itself, from templates.
	IntegrationMock IntegrationType = "MOCK"
)

// Integration is what answers a method's requests.
type Integration struct {
	Type                 IntegrationType                `json:"type"`
	HTTPMethod           string                         `json:"httpMethod,omitempty"` // of the call to the backend: POST for Lambda
	URI                  string                         `json:"uri,omitempty"`
	ConnectionType       string                         `json:"connectionType,omitempty"`
	Credentials          string                         `json:"credentials,omitempty"` // a role to call the backend as
	RequestParameters    map[string]string              `json:"requestParameters,omitempty"`
	RequestTemplates     map[string]string              `json:"requestTemplates,omitempty"` // by content type
	PassthroughBehavior  string                         `json:"passthroughBehavior,omitempty"`
	ContentHandling      string                         `json:"contentHandling,omitempty"`
	TimeoutInMillis      int                            `json:"timeoutInMillis,omitempty"` // 50 to 29,000
	CacheNamespace       string                         `json:"cacheNamespace,omitempty"`
	CacheKeyParameters   []string                       `json:"cacheKeyParameters,omitempty"`
	IntegrationResponses map[string]IntegrationResponse `json:"integrationResponses,omitempty"` // by status code
}

// IntegrationResponse says how a backend's answer becomes the method's.
type IntegrationResponse struct {
	StatusCode         string            `json:"statusCode"`
	SelectionPattern   string            `json:"selectionPattern,omitempty"` // of the backend's status or error; "" is the default
	ResponseParameters map[string]string `json:"responseParameters,omitempty"`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitempty"` // by content type
}

// LambdaURI is the URI of an integration with a Lambda function, by its ARN.
func (p Place) LambdaURI(functionARN string) string {
	return "arn:aws:apigateway:" + p.Region + ":lambda:path/2015-03-31/functions/" + functionARN + "/invocations"
}

// PutMethodInput describes a method.
type PutMethodInput struct {
	RestAPIID         string          `json:"restApiId"`
	ResourceID        string          `json:"resourceId"`
	HTTPMethod        string          `json:"httpMethod"`
	AuthorizationType string          `json:"authorizationType"`
	APIKeyRequired    bool            `json:"apiKeyRequired,omitempty"`
	RequestParameters map[string]bool `json:"requestParameters,omitempty"`
}

// PutMethodOutput is the method.
type PutMethodOutput struct{ APIMethod }

// GetMethodInput names a method.
type GetMethodInput struct {
	RestAPIID  string `json:"restApiId"`
	ResourceID string `json:"resourceId"`
	HTTPMethod string `json:"httpMethod"`
}

// GetMethodOutput is the method.
type GetMethodOutput struct{ APIMethod }

// DeleteMethodInput names a method.
type DeleteMethodInput struct {
	RestAPIID  string `json:"restApiId"`
	ResourceID string `json:"resourceId"`
	HTTPMethod string `json:"httpMethod"`
}

// DeleteMethodOutput has no members.
type DeleteMethodOutput struct{}

// PutMethodResponseInput describes a status of a method.
type PutMethodResponseInput struct {
	RestAPIID          string            `json:"restApiId"`
	ResourceID         string            `json:"resourceId"`
	HTTPMethod         string            `json:"httpMethod"`
	StatusCode         string            `json:"statusCode"`
	ResponseParameters map[string]bool   `json:"responseParameters,omitempty"`
	ResponseModels     map[string]string `json:"responseModels,omitempty"`
}

// PutMethodResponseOutput is the response.
type PutMethodResponseOutput struct{ MethodResponse }

// PutIntegrationInput describes an integration.
type PutIntegrationInput struct {
	RestAPIID             string            `json:"restApiId"`
	ResourceID            string            `json:"resourceId"`
	HTTPMethod            string            `json:"httpMethod"`
	Type                  IntegrationType   `json:"type"`
	IntegrationHTTPMethod string            `json:"integrationHttpMethod,omitempty"`
	URI                   string            `json:"uri,omitempty"`
	Credentials           string            `json:"credentials,omitempty"`
	RequestParameters     map[string]string `json:"requestParameters,omitempty"`
	RequestTemplates      map[string]string `json:"requestTemplates,omitempty"`
	PassthroughBehavior   string            `json:"passthroughBehavior,omitempty"` // "WHEN_NO_MATCH" unless given
	TimeoutInMillis       Option[int]       `json:"timeoutInMillis,omitzero"`      // 29,000 unless given
}

// PutIntegrationOutput is the integration.
type PutIntegrationOutput struct{ Integration }

// GetIntegrationInput names a method.
type GetIntegrationInput struct {
	RestAPIID  string `json:"restApiId"`
	ResourceID string `json:"resourceId"`
	HTTPMethod string `json:"httpMethod"`
}

// GetIntegrationOutput is its integration.
type GetIntegrationOutput struct{ Integration }

// DeleteIntegrationInput names a method.
type DeleteIntegrationInput struct {
	RestAPIID  string `json:"restApiId"`
	ResourceID string `json:"resourceId"`
	HTTPMethod string `json:"httpMethod"`
}

// DeleteIntegrationOutput has no members.
type DeleteIntegrationOutput struct{}

// PutIntegrationResponseInput describes how an answer becomes the method's.
type PutIntegrationResponseInput struct {
	RestAPIID          string            `json:"restApiId"`
	ResourceID         string            `json:"resourceId"`
	HTTPMethod         string            `json:"httpMethod"`
	StatusCode         string            `json:"statusCode"`
	SelectionPattern   string            `json:"selectionPattern,omitempty"`
	ResponseParameters map[string]string `json:"responseParameters,omitempty"`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitempty"`
}

// PutIntegrationResponseOutput is the response.
type PutIntegrationResponseOutput struct{ IntegrationResponse }

// TestInvokeMethodInput is a request to a method.
type TestInvokeMethodInput struct {
	RestAPIID           string              `json:"restApiId"`
	ResourceID          string              `json:"resourceId"`
	HTTPMethod          string              `json:"httpMethod"`
	PathWithQueryString string              `json:"pathWithQueryString,omitempty"` // "/FAQ?a=b"
	Body                string              `json:"body,omitempty"`
	Headers             map[string]string   `json:"headers,omitempty"`
	MultiValueHeaders   map[string][]string `json:"multiValueHeaders,omitempty"`
	StageVariables      map[string]string   `json:"stageVariables,omitempty"`
}

// TestInvokeMethodOutput is the response, and what happened on the way.
type TestInvokeMethodOutput struct {
	Status            int                 `json:"status"`
	Body              string              `json:"body"`
	Headers           map[string]string   `json:"headers,omitempty"`
	MultiValueHeaders map[string][]string `json:"multiValueHeaders,omitempty"`
	Log               string              `json:"log"`     // one event a line
	Latency           int64               `json:"latency"` // milliseconds
}
