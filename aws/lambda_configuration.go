package aws

// Runtime is an identifier of a language and its version, "python3.13".
type Runtime string

// FunctionState is a function's state.
type FunctionState string

// The states of a function.
const (
	FunctionPending  FunctionState = "Pending"
	FunctionActive   FunctionState = "Active"
	FunctionInactive FunctionState = "Inactive"
	FunctionFailed   FunctionState = "Failed"
)

// UpdateStatus is how the last change of a function went.
type UpdateStatus string

// The statuses of a change.
const (
	UpdateSuccessful UpdateStatus = "Successful"
	UpdateFailed     UpdateStatus = "Failed"
	UpdateInProgress UpdateStatus = "InProgress"
)

// FunctionConfiguration is all about a function but its code.
type FunctionConfiguration struct {
	FunctionName               string
	FunctionArn                string
	Runtime                    Runtime
	Role                       string // ARN
	Handler                    string
	CodeSize                   int64  // bytes of the zip file
	CodeSha256                 string // base64 SHA-256 of the zip file
	Description                string
	Timeout                    int          // seconds
	MemorySize                 int          // MB
	LastModified               string       // "2026-11-22T13:43:15.484+0000"
	Version                    string       // $LATEST
	Environment                *Environment `json:",omitempty"`
	TracingConfig              TracingConfig
	RevisionID                 string        `json:"RevisionId"`
	State                      FunctionState `json:",omitempty"`
	StateReason                string        `json:",omitempty"`
	StateReasonCode            string        `json:",omitempty"`
	LastUpdateStatus           UpdateStatus  `json:",omitempty"`
	LastUpdateStatusReason     string        `json:",omitempty"`
	LastUpdateStatusReasonCode string        `json:",omitempty"`
	PackageType                string        // Zip
	Architectures              []string      // x86_64 or arm64
	EphemeralStorage           EphemeralStorage
	LoggingConfig              LoggingConfig
	SnapStart                  SnapStart
}

// Environment holds environment variables, 4 KB in all.
type Environment struct{ Variables map[string]string }

// TracingConfig is PassThrough or Active.
type TracingConfig struct{ Mode string }

// EphemeralStorage is the size of /tmp, in MB: 512 to 10,240.
type EphemeralStorage struct{ Size int }

// LoggingConfig says where and how a function logs.
type LoggingConfig struct {
	LogFormat string // Text
	LogGroup  string // /aws/lambda/NAME
}

// SnapStart says whether environments start from a snapshot.
type SnapStart struct {
	ApplyOn            string // None
	OptimizationStatus string // Off
}

// CreateFunctionInput describes a function.
type CreateFunctionInput struct {
	FunctionName     string // 1 to 64 of letters, digits, - and _
	Runtime          Runtime
	Role             string // ARN of the execution role
	Handler          string // "lambda_function.lambda_handler"
	Code             FunctionCode
	Description      string            `json:",omitempty"` // 256 characters
	Timeout          int               `json:",omitempty"` // seconds: 3 unless given, 900 at most
	MemorySize       int               `json:",omitempty"` // MB: 128 unless given, 10,240 at most
	Environment      *Environment      `json:",omitempty"`
	Architectures    []string          `json:",omitempty"` // x86_64 unless given
	EphemeralStorage *EphemeralStorage `json:",omitempty"`
	PackageType      string            `json:",omitempty"` // Zip
	Tags             map[string]string `json:",omitempty"`
}

// Recorded is the call without the zip file's bytes.
func (in CreateFunctionInput) Recorded() any {
	if in.Code.ZipFile != nil {
		in.Code.ZipFile = []byte{}
	}
	return in
}

// CreateFunctionOutput describes the function, Pending.
type CreateFunctionOutput struct{ FunctionConfiguration }

// GetFunctionConfigurationInput names a function.
type GetFunctionConfigurationInput struct {
	FunctionName string
	Qualifier    string `json:",omitempty"`
}

// GetFunctionConfigurationOutput describes it.
type GetFunctionConfigurationOutput struct{ FunctionConfiguration }

// UpdateFunctionCodeInput is new code: a zip file, or where one is in S3.
type UpdateFunctionCodeInput struct {
	FunctionName  string
	ZipFile       []byte   `json:"-" cli:"--zip-file fileb://function.zip"`
	S3Bucket      string   `json:",omitempty"`
	S3Key         string   `json:",omitempty"`
	Architectures []string `json:",omitempty"`
	DryRun        bool     `json:",omitempty"`
	RevisionID    string   `json:"RevisionId,omitempty"` // only if it is still that
}

// Recorded is the call without the zip file's bytes.
func (in UpdateFunctionCodeInput) Recorded() any {
	if in.ZipFile != nil {
		in.ZipFile = []byte{}
	}
	return in
}

// UpdateFunctionCodeOutput describes the function, its update InProgress.
type UpdateFunctionCodeOutput struct{ FunctionConfiguration }

// UpdateFunctionConfigurationInput changes what is given.
type UpdateFunctionConfigurationInput struct {
	FunctionName     string
	Runtime          Runtime           `json:",omitempty"`
	Role             string            `json:",omitempty"`
	Handler          string            `json:",omitempty"`
	Description      Option[string]    `json:",omitzero"`
	Timeout          int               `json:",omitempty"`
	MemorySize       int               `json:",omitempty"`
	Environment      *Environment      `json:",omitempty"`
	EphemeralStorage *EphemeralStorage `json:",omitempty"`
	RevisionID       string            `json:"RevisionId,omitempty"`
}

// UpdateFunctionConfigurationOutput describes the function, its update InProgress.
type UpdateFunctionConfigurationOutput struct{ FunctionConfiguration }
