package aws

// AddPermissionInput adds a statement to a function's resource policy.
type AddPermissionInput struct {
	FunctionName  string
	StatementID   string `json:"StatementId"` // 1 to 100 of letters, digits, - and _
	Action        string // lambda:InvokeFunction
	Principal     string // s3.amazonaws.com
	SourceArn     string `json:",omitempty"`
	SourceAccount string `json:",omitempty"`
}

// AddPermissionOutput holds the statement, as JSON.
type AddPermissionOutput struct{ Statement string }

// RemovePermissionInput names a statement.
type RemovePermissionInput struct {
	FunctionName string
	StatementID  string `json:"StatementId"`
}

// RemovePermissionOutput has no members.
type RemovePermissionOutput struct{}

// LambdaGetPolicyInput names a function. (IAM has a GetPolicy of its own.)
type LambdaGetPolicyInput struct{ FunctionName string }

// LambdaGetPolicyOutput holds the resource policy, as JSON.
type LambdaGetPolicyOutput struct {
	Policy     string
	RevisionID string `json:"RevisionId"`
}

// PutFunctionConcurrencyInput reserves concurrency; 0 stops the function.
type PutFunctionConcurrencyInput struct {
	FunctionName                 string
	ReservedConcurrentExecutions int
}

// PutFunctionConcurrencyOutput tells what is reserved.
type PutFunctionConcurrencyOutput struct{ ReservedConcurrentExecutions int }

// GetFunctionConcurrencyInput names a function.
type GetFunctionConcurrencyInput struct{ FunctionName string }

// GetFunctionConcurrencyOutput tells what is reserved, if anything.
type GetFunctionConcurrencyOutput struct {
	ReservedConcurrentExecutions Option[int] `json:",omitzero"`
}

// DeleteFunctionConcurrencyInput names a function.
type DeleteFunctionConcurrencyInput struct{ FunctionName string }

// DeleteFunctionConcurrencyOutput has no members.
type DeleteFunctionConcurrencyOutput struct{}

// PutFunctionEventInvokeConfigInput says how events are retried.
type PutFunctionEventInvokeConfigInput struct {
	FunctionName             string
	MaximumRetryAttempts     Option[int] `json:",omitzero"`  // 0 to 2; 2 unless given
	MaximumEventAgeInSeconds int         `json:",omitempty"` // 60 to 21,600; 21,600 unless given
}

// PutFunctionEventInvokeConfigOutput is the configuration.
type PutFunctionEventInvokeConfigOutput struct{ EventInvokeConfig }

// EventInvokeConfig says how asynchronous invocations are retried.
type EventInvokeConfig struct {
	FunctionArn              string
	LastModified             float64     // seconds since 1970
	MaximumRetryAttempts     Option[int] `json:",omitzero"`
	MaximumEventAgeInSeconds int         `json:",omitempty"`
}

// GetFunctionEventInvokeConfigInput names a function.
type GetFunctionEventInvokeConfigInput struct{ FunctionName string }

// GetFunctionEventInvokeConfigOutput is the configuration.
type GetFunctionEventInvokeConfigOutput struct{ EventInvokeConfig }

// DeleteFunctionEventInvokeConfigInput names a function.
type DeleteFunctionEventInvokeConfigInput struct{ FunctionName string }

// DeleteFunctionEventInvokeConfigOutput has no members.
type DeleteFunctionEventInvokeConfigOutput struct{}

// The two ways to deal with a function that sets itself off.
const (
	RecursiveLoopTerminate = "Terminate"
	RecursiveLoopAllow     = "Allow"
)

// PutFunctionRecursionConfigInput chooses one.
type PutFunctionRecursionConfigInput struct{ FunctionName, RecursiveLoop string }

// PutFunctionRecursionConfigOutput tells which is chosen.
type PutFunctionRecursionConfigOutput struct{ RecursiveLoop string }

// GetFunctionRecursionConfigInput names a function.
type GetFunctionRecursionConfigInput struct{ FunctionName string }

// GetFunctionRecursionConfigOutput tells which is chosen.
type GetFunctionRecursionConfigOutput struct{ RecursiveLoop string }

// GetAccountSettingsInput has no members.
type GetAccountSettingsInput struct{}

// GetAccountSettingsOutput tells limits and use.
type GetAccountSettingsOutput struct {
	AccountLimit AccountLimit
	AccountUsage AccountUsage
}

// AccountLimit bounds an account in a region; sizes in bytes.
type AccountLimit struct {
	TotalCodeSize                  int64
	CodeSizeUnzipped               int64
	CodeSizeZipped                 int64
	ConcurrentExecutions           int
	UnreservedConcurrentExecutions int
}

// AccountUsage is what is in use.
type AccountUsage struct {
	TotalCodeSize int64
	FunctionCount int64
}
