package awstest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"awslab/aws"
)

// lambdaContracts holds the test of each operation of Lambda.
func lambdaContracts() map[string]contract {
	return map[string]contract{
		"lambda:CreateFunction":                  testCreateFunction,
		"lambda:GetFunction":                     testGetFunction,
		"lambda:GetFunctionConfiguration":        testGetFunctionConfiguration,
		"lambda:ListFunctions":                   testListFunctions,
		"lambda:UpdateFunctionCode":              testUpdateFunctionCode,
		"lambda:UpdateFunctionConfiguration":     testUpdateFunctionConfiguration,
		"lambda:DeleteFunction":                  testDeleteFunction,
		"lambda:Invoke":                          testInvoke,
		"lambda:AddPermission":                   testAddPermission,
		"lambda:RemovePermission":                testRemovePermission,
		"lambda:GetPolicy":                       testLambdaGetPolicy,
		"lambda:PutFunctionConcurrency":          testPutFunctionConcurrency,
		"lambda:GetFunctionConcurrency":          testGetFunctionConcurrency,
		"lambda:DeleteFunctionConcurrency":       testDeleteFunctionConcurrency,
		"lambda:PutFunctionEventInvokeConfig":    testPutFunctionEventInvokeConfig,
		"lambda:GetFunctionEventInvokeConfig":    testGetFunctionEventInvokeConfig,
		"lambda:DeleteFunctionEventInvokeConfig": testDeleteFunctionEventInvokeConfig,
		"lambda:PutFunctionRecursionConfig":      testPutFunctionRecursionConfig,
		"lambda:GetFunctionRecursionConfig":      testGetFunctionRecursionConfig,
		"lambda:GetAccountSettings":              testGetAccountSettings,
		"lambda:ListTags":                        testLambdaListTags,
		"lambda:TagResource":                     testLambdaTagResource,
		"lambda:UntagResource":                   testLambdaUntagResource,
	}
}

// The codes of Lambda's errors.
const (
	lambdaInvalid  = "InvalidParameterValueException"
	lambdaNotFound = "ResourceNotFoundException"
	lambdaConflict = "ResourceConflictException"
)

// lambdaRefuses checks calls that must fail; a status that is not 400 follows
// from the code.
func lambdaRefuses(t *testing.T, name string, refusals ...refusal) {
	t.Helper()
	op := operation(t, name)
	for _, r := range refusals {
		t.Run("refuses "+r.name, func(t *testing.T) { lambdaError(t, r.call(), op, r.code, r.message) })
	}
}

func lambdaError(t *testing.T, err error, op aws.Operation, code, message string) {
	t.Helper()
	status := map[string]int{
		lambdaNotFound: 404, lambdaConflict: 409, "TooManyRequestsException": 429, "RequestEntityTooLargeException": 413, "PreconditionFailedException": 412,
	}[code]
	if status == 0 {
		status = 400
	}
	var got *aws.Error
	if !errors.As(err, &got) {
		t.Fatalf("error is %v (%T), want %s", err, err, code)
	}
	if got.Code != code || got.Message != message {
		t.Errorf("error is\n%s: %s\nwant\n%s: %s", got.Code, got.Message, code, message)
	}
	if got.Service != op.Service || got.Operation != op.Name || got.Status != status || got.RequestID == "" {
		t.Errorf("error comes from %q %q, status %d, request %q; want %s, status %d, some request",
			got.Service, got.Operation, got.Status, got.RequestID, op, status)
	}
}

// noFunction is a refusal of a function that does not exist.
func noFunction(f Fixture, call func() error) refusal {
	return refusal{"an unknown function", call, lambdaNotFound, "Function not found: " + f.functionARNOf("Nope")}
}

// badName is a refusal of a name that no function can have.
func badName(call func() error) refusal {
	return invalid("a bad name", oneError+"Value 'my-function!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: "+
		`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`, call)
}

// lambdaTrust lets Lambda assume a role.
const lambdaTrust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

// functionRole gives a role that functions may have, making it unless it is there.
func (f Fixture) functionRole(t *testing.T) string {
	t.Helper()
	const name = "function-role"
	out, err := f.Cloud.IAM.CreateRole(t.Context(), aws.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: lambdaTrust})
	switch {
	case err == nil:
		return out.Role.Arn
	case !errors.Is(err, aws.ErrInUse):
		t.Fatal(err)
	}
	return must(t, f.Cloud.IAM.GetRole, aws.GetRoleInput{RoleName: name}).Role.Arn
}

// packed is a zip file of the code of a Python function.
func packed(t *testing.T, code string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	file, err := w.Create("lambda_function.py")
	if err == nil {
		_, err = io.WriteString(file, code)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// echoCode answers its event, logs a line, and fails when the event says so.
const echoCode = `
def lambda_handler(event, context):
    print("the event has", len(event), "members")
    if event.get("fail"):
        raise ValueError(event["fail"])
    return event
`

// echo describes a function that answers its event.
func (f Fixture) echo(t *testing.T, name string) aws.CreateFunctionInput {
	t.Helper()
	return aws.CreateFunctionInput{
		FunctionName: name, Runtime: "python3.13", Role: f.functionRole(t), Handler: "lambda_function.lambda_handler",
		Code: aws.FunctionCode{ZipFile: packed(t, echoCode)},
	}
}

// makeFunction makes a function; a role that was just made may take a while to
// be one that Lambda can assume.
func (f Fixture) makeFunction(t *testing.T, in aws.CreateFunctionInput) aws.FunctionConfiguration {
	t.Helper()
	for range patience {
		out, err := f.Cloud.Lambda.CreateFunction(t.Context(), in)
		if err == nil {
			return out.FunctionConfiguration
		}
		if !strings.Contains(err.Error(), "cannot be assumed by Lambda") {
			t.Fatal(err)
		}
		f.Wait()
	}
	t.Fatalf("Lambda can not assume %s", in.Role)
	return aws.FunctionConfiguration{}
}

// function makes a function that answers its event and waits until it is Active.
func (f Fixture) function(t *testing.T, name string) aws.FunctionConfiguration {
	t.Helper()
	f.makeFunction(t, f.echo(t, name))
	return f.settled(t, name)
}

// runs reports whether functions of a runtime run: always on AWS.
func (f Fixture) runs(runtime aws.Runtime) bool {
	return f.Cloud.Engines == nil || f.Cloud.Engines.Engine(runtime).Runs
}

// settled waits until a function is Active and its change Successful.
func (f Fixture) settled(t *testing.T, name string) aws.FunctionConfiguration {
	t.Helper()
	for range patience {
		c := must(t, f.Cloud.Lambda.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: name}).FunctionConfiguration
		if c.State == aws.FunctionActive && c.LastUpdateStatus == aws.UpdateSuccessful {
			return c
		}
		f.Wait()
	}
	t.Fatalf("function %s does not become Active", name)
	return aws.FunctionConfiguration{}
}
