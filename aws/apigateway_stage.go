package aws

import "time"

// Deployment is a snapshot of an API's resources, methods and integrations.
type Deployment struct {
	ID          string    `json:"id"` // six small letters and digits
	Description string    `json:"description,omitempty"`
	CreatedDate time.Time `json:"createdDate"`
	// APISummary tells the methods by path and HTTP method; nil unless embedded.
	APISummary map[string]map[string]MethodSnapshot `json:"apiSummary,omitempty"`
}

// MethodSnapshot is a method as it was deployed.
type MethodSnapshot struct {
	AuthorizationType string `json:"authorizationType,omitempty"`
	APIKeyRequired    bool   `json:"apiKeyRequired"`
}

// EmbedSummary has a deployment told with its methods.
const EmbedSummary = "apisummary"

// CreateDeploymentInput describes a deployment.
type CreateDeploymentInput struct {
	RestAPIID        string            `json:"restApiId"`
	StageName        string            `json:"stageName,omitempty"`
	StageDescription string            `json:"stageDescription,omitempty"`
	Description      string            `json:"description,omitempty"`
	Variables        map[string]string `json:"variables,omitempty"` // of the stage
}

// CreateDeploymentOutput is the deployment, without its summary.
type CreateDeploymentOutput struct{ Deployment }

// GetDeploymentInput names a deployment.
type GetDeploymentInput struct {
	RestAPIID    string   `json:"restApiId"`
	DeploymentID string   `json:"deploymentId"`
	Embed        []string `json:"embed,omitempty"`
}

// GetDeploymentOutput is the deployment.
type GetDeploymentOutput struct{ Deployment }

// GetDeploymentsInput names an API.
type GetDeploymentsInput struct {
	RestAPIID string      `json:"restApiId"`
	Position  string      `json:"position,omitempty"`
	Limit     Option[int] `json:"limit,omitzero"` // 1 to 500
}

// GetDeploymentsOutput is one page of deployments.
type GetDeploymentsOutput struct {
	Position string       `json:"position,omitempty"`
	Items    []Deployment `json:"items"`
}

// DeleteDeploymentInput names a deployment.
type DeleteDeploymentInput struct {
	RestAPIID    string `json:"restApiId"`
	DeploymentID string `json:"deploymentId"`
}

// DeleteDeploymentOutput has no members.
type DeleteDeploymentOutput struct{}

// Stage is a name under which a deployment answers requests.
type Stage struct {
	DeploymentID        string            `json:"deploymentId"`
	StageName           string            `json:"stageName"`
	Description         string            `json:"description,omitempty"`
	Variables           map[string]string `json:"variables,omitempty"`
	CacheClusterEnabled bool              `json:"cacheClusterEnabled"`
	CacheClusterStatus  string            `json:"cacheClusterStatus,omitempty"` // "NOT_AVAILABLE"
	TracingEnabled      bool              `json:"tracingEnabled"`
	CreatedDate         time.Time         `json:"createdDate"`
	LastUpdatedDate     time.Time         `json:"lastUpdatedDate"`
	Tags                map[string]string `json:"tags,omitempty"`
}

// CreateStageInput describes a stage.
type CreateStageInput struct {
	RestAPIID    string            `json:"restApiId"`
	StageName    string            `json:"stageName"` // 1 to 128 of letters, digits, _ and -
	DeploymentID string            `json:"deploymentId"`
	Description  string            `json:"description,omitempty"`
	Variables    map[string]string `json:"variables,omitempty"`
	Tags         map[string]string `json:"tags,omitempty"`
}

// CreateStageOutput is the stage.
type CreateStageOutput struct{ Stage }

// GetStageInput names a stage.
type GetStageInput struct {
	RestAPIID string `json:"restApiId"`
	StageName string `json:"stageName"`
}

// GetStageOutput is the stage.
type GetStageOutput struct{ Stage }

// GetStagesInput names an API, and a deployment if only its stages are wanted.
type GetStagesInput struct {
	RestAPIID    string `json:"restApiId"`
	DeploymentID string `json:"deploymentId,omitempty"`
}

// GetStagesOutput is the stages. AWS calls the member item.
type GetStagesOutput struct {
	Item []Stage `json:"item"`
}

// PatchOp is what a PatchOperation does.
type PatchOp string

// The operations that stages take.
const (
	PatchReplace PatchOp = "replace"
	PatchRemove  PatchOp = "remove"
)

// PatchOperation is one change of a resource.
type PatchOperation struct {
	Op    PatchOp `json:"op"`
	Path  string  `json:"path"` // "/deploymentId", "/description", "/variables/NAME"
	Value string  `json:"value,omitempty"`
}

// UpdateStageInput is changes of a stage, made all or none.
type UpdateStageInput struct {
	RestAPIID       string           `json:"restApiId"`
	StageName       string           `json:"stageName"`
	PatchOperations []PatchOperation `json:"patchOperations"`
}

// UpdateStageOutput is the stage.
type UpdateStageOutput struct{ Stage }

// DeleteStageInput names a stage.
type DeleteStageInput struct {
	RestAPIID string `json:"restApiId"`
	StageName string `json:"stageName"`
}

// DeleteStageOutput has no members.
type DeleteStageOutput struct{}
