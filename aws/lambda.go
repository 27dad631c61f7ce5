package aws

import (
	"context"
	"encoding/json"
	"io"
)

// Lambda is AWS Lambda. A missing function is ResourceNotFoundException (404), a
// bad member InvalidParameterValueException or ValidationException (400), a
// change while another is under way ResourceConflictException (409), one call
// too many TooManyRequestsException (429).
type Lambda interface {
	// CreateFunction makes a function; it is Pending when this returns and Active
	// within seconds.
	CreateFunction(context.Context, CreateFunctionInput) (CreateFunctionOutput, error)
	// GetFunction tells about a function and where its code is.
	GetFunction(context.Context, GetFunctionInput) (GetFunctionOutput, error)
	// GetFunctionConfiguration tells about a function.
	GetFunctionConfiguration(context.Context, GetFunctionConfigurationInput) (GetFunctionConfigurationOutput, error)
	// ListFunctions lists functions by name, 50 a page.
	ListFunctions(context.Context, ListFunctionsInput) (ListFunctionsOutput, error)
	// UpdateFunctionCode replaces a function's code.
	UpdateFunctionCode(context.Context, UpdateFunctionCodeInput) (UpdateFunctionCodeOutput, error)
	// UpdateFunctionConfiguration changes what is given of a function's settings.
	UpdateFunctionConfiguration(context.Context, UpdateFunctionConfigurationInput) (UpdateFunctionConfigurationOutput, error)
	// DeleteFunction deletes a function; its log group stays.
	DeleteFunction(context.Context, DeleteFunctionInput) (DeleteFunctionOutput, error)

	// Invoke runs a function. A function that fails is no error of Invoke:
	// FunctionError tells.
	Invoke(context.Context, InvokeInput) (InvokeOutput, error)

	// AddPermission lets a service or an account use a function.
	AddPermission(context.Context, AddPermissionInput) (AddPermissionOutput, error)
	// RemovePermission takes a statement out of the resource policy.
	RemovePermission(context.Context, RemovePermissionInput) (RemovePermissionOutput, error)
	// GetPolicy reads the resource policy.
	GetPolicy(context.Context, LambdaGetPolicyInput) (LambdaGetPolicyOutput, error)

	// PutFunctionConcurrency reserves concurrency for a function, and so bounds it.
	PutFunctionConcurrency(context.Context, PutFunctionConcurrencyInput) (PutFunctionConcurrencyOutput, error)
	// GetFunctionConcurrency tells what is reserved.
	GetFunctionConcurrency(context.Context, GetFunctionConcurrencyInput) (GetFunctionConcurrencyOutput, error)
	// DeleteFunctionConcurrency reserves nothing any more.
	DeleteFunctionConcurrency(context.Context, DeleteFunctionConcurrencyInput) (DeleteFunctionConcurrencyOutput, error)

	// PutFunctionEventInvokeConfig says how asynchronous invocations are retried.
	PutFunctionEventInvokeConfig(context.Context, PutFunctionEventInvokeConfigInput) (PutFunctionEventInvokeConfigOutput, error)
	// GetFunctionEventInvokeConfig reads it; ResourceNotFoundException when unset.
	GetFunctionEventInvokeConfig(context.Context, GetFunctionEventInvokeConfigInput) (GetFunctionEventInvokeConfigOutput, error)
	// DeleteFunctionEventInvokeConfig goes back to the defaults.
	DeleteFunctionEventInvokeConfig(context.Context, DeleteFunctionEventInvokeConfigInput) (DeleteFunctionEventInvokeConfigOutput, error)

	// PutFunctionRecursionConfig allows or forbids that a function sets itself off.
	PutFunctionRecursionConfig(context.Context, PutFunctionRecursionConfigInput) (PutFunctionRecursionConfigOutput, error)
	// GetFunctionRecursionConfig reads it; Terminate unless set.
	GetFunctionRecursionConfig(context.Context, GetFunctionRecursionConfigInput) (GetFunctionRecursionConfigOutput, error)

	// ListTags lists a function's tags.
	ListTags(context.Context, ListTagsInput) (ListTagsOutput, error)
	// TagResource gives a function tags.
	TagResource(context.Context, LambdaTagResourceInput) (LambdaTagResourceOutput, error)
	// UntagResource takes tags from a function.
	UntagResource(context.Context, LambdaUntagResourceInput) (LambdaUntagResourceOutput, error)

	// GetAccountSettings tells the account's limits and use.
	GetAccountSettings(context.Context, GetAccountSettingsInput) (GetAccountSettingsOutput, error)
}

// The kinds of invocation.
const (
	InvokeRequestResponse = "RequestResponse" // wait for the answer; 200
	InvokeEvent           = "Event"           // queue it; 202
	InvokeDryRun          = "DryRun"          // only check; 204
)

// InvokeInput runs a function.
type InvokeInput struct {
	FunctionName   string  // or its ARN
	InvocationType string  `json:",omitempty"`                                    // InvokeRequestResponse unless given
	LogType        string  `json:",omitempty"`                                    // "Tail" for LogResult
	ClientContext  string  `json:",omitempty"`                                    // base64 JSON
	Qualifier      string  `json:",omitempty"`                                    // $LATEST unless given
	Payload        Payload `json:",omitempty" cli:"--payload fileb:///dev/stdin"` // JSON; 6 MB, 1 MB for an Event
}

// InvokeOutput tells how it went.
type InvokeOutput struct {
	StatusCode      int
	FunctionError   string  `json:",omitempty"` // "Unhandled" when the function failed; Payload says how
	LogResult       string  `json:",omitempty"` // base64 of the log's last 4 KB
	ExecutedVersion string  `json:",omitempty"`
	Payload         Payload `json:",omitempty" cli:"/dev/stdout"`
}

// Payload is the JSON that goes into a function, or comes out.
type Payload []byte

// MarshalJSON writes the payload as it is, or as text when it is no JSON.
func (p Payload) MarshalJSON() ([]byte, error) {
	if json.Valid(p) {
		return p, nil
	}
	return json.Marshal(string(p))
}

// UnmarshalJSON takes any JSON.
func (p *Payload) UnmarshalJSON(data []byte) error {
	*p = append((*p)[:0], data...)
	return nil
}

// FunctionCode is a function's code: a zip file, or where one is in S3.
type FunctionCode struct {
	ZipFile  []byte `json:"-"` // 50 MB at most
	S3Bucket string `json:",omitempty"`
	S3Key    string `json:",omitempty"`
}

// cliOption gives a zip file to the CLI, which takes it as an option of its own.
func (c FunctionCode) cliOption() string {
	if c.ZipFile != nil {
		return zipOption
	}
	return ""
}

const zipOption = "--zip-file fileb://function.zip"

// GetFunctionInput names a function.
type GetFunctionInput struct {
	FunctionName string
	Qualifier    string `json:",omitempty"`
}

// GetFunctionOutput describes a function.
type GetFunctionOutput struct {
	Configuration FunctionConfiguration
	Code          FunctionCodeLocation
	Concurrency   *Concurrency      `json:",omitempty"`
	Tags          map[string]string `json:",omitempty"`
}

// FunctionCodeLocation tells where a function's code can be had.
type FunctionCodeLocation struct {
	RepositoryType string // S3
	Location       string // a URL, good for ten minutes
	// Open reads the zip file, wherever it is. The caller closes it.
	Open func(context.Context) (io.ReadCloser, error) `json:"-"`
}

// Concurrency is what is reserved for a function.
type Concurrency struct{ ReservedConcurrentExecutions int }

// ListFunctionsInput bounds the list.
type ListFunctionsInput struct {
	MaxItems Option[int] `json:",omitzero"` // 1 to 10,000; 50 are given at most
	Marker   string      `json:",omitempty"`
}

// ListFunctionsOutput is one page of functions.
type ListFunctionsOutput struct {
	Functions  []FunctionConfiguration
	NextMarker string `json:",omitempty"`
}

// DeleteFunctionInput names a function.
type DeleteFunctionInput struct{ FunctionName string }

// DeleteFunctionOutput has no members.
type DeleteFunctionOutput struct{}
