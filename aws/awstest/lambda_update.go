package awstest

import (
	"testing"

	"awslab/aws"
)

func testUpdateFunctionCode(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	before := f.function(t, "FAQ")
	zip := packed(t, echoCode+"# another\n")
	in := aws.UpdateFunctionCodeInput{FunctionName: "FAQ", ZipFile: zip}

	dry := in
	dry.DryRun = true
	must(t, l.UpdateFunctionCode, dry)
	same(t, "function after the dry run", f.settled(t, "FAQ"), before)

	out := must(t, l.UpdateFunctionCode, in)
	same(t, "status", out.LastUpdateStatus, aws.UpdateInProgress)
	same(t, "state", out.State, aws.FunctionActive)
	same(t, "code", out.CodeSha256, codeSHA(zip))
	lambdaRefuses(t, "lambda:UpdateFunctionCode", refusal{"a change while another is under way", errorOf(l.UpdateFunctionCode, in), lambdaConflict,
		"The operation cannot be performed at this time. An update is in progress for resource: " + f.functionARNOf("FAQ")})
	after := f.settled(t, "FAQ")
	same(t, "code", after.CodeSha256, codeSHA(zip))
	same(t, "size", after.CodeSize, int64(len(zip)))
	if after.RevisionID == before.RevisionID {
		t.Errorf("the revision is still %s", after.RevisionID)
	}

	stale := in
	stale.RevisionID = before.RevisionID
	lambdaRefuses(t, "lambda:UpdateFunctionCode",
		refusal{"a stale revision", errorOf(l.UpdateFunctionCode, stale), "PreconditionFailedException",
			"The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId"},
		refusal{"a file that is no zip", errorOf(l.UpdateFunctionCode, aws.UpdateFunctionCodeInput{FunctionName: "FAQ", ZipFile: zip[:20]}), lambdaInvalid,
			"Could not unzip uploaded file. Please check your file, then try to upload again."},
		refusal{"no code", errorOf(l.UpdateFunctionCode, aws.UpdateFunctionCodeInput{FunctionName: "FAQ"}), lambdaInvalid, "Please provide a source for function code."},
		noFunction(f, errorOf(l.UpdateFunctionCode, aws.UpdateFunctionCodeInput{FunctionName: "Nope", ZipFile: zip})))
	same(t, "function after the refusals", f.settled(t, "FAQ"), after)
	testCanceled(t, l.UpdateFunctionCode, in)
}

func testUpdateFunctionConfiguration(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	want := f.function(t, "FAQ")
	update := func(in aws.UpdateFunctionConfigurationInput) aws.FunctionConfiguration {
		t.Helper()
		in.FunctionName = "FAQ"
		out := must(t, l.UpdateFunctionConfiguration, in)
		same(t, "status", out.LastUpdateStatus, aws.UpdateInProgress)
		return f.settled(t, "FAQ")
	}
	got := update(aws.UpdateFunctionConfigurationInput{Description: aws.Some("Provide a random FAQ"), Handler: "index.handler", Runtime: "nodejs22.x",
		Timeout: 10, MemorySize: 512, Environment: &aws.Environment{Variables: map[string]string{"A1": "b"}}, EphemeralStorage: &aws.EphemeralStorage{Size: 1024}})
	want.Description, want.Handler, want.Runtime, want.Timeout, want.MemorySize = "Provide a random FAQ", "index.handler", "nodejs22.x", 10, 512
	want.Environment, want.EphemeralStorage.Size = &aws.Environment{Variables: map[string]string{"A1": "b"}}, 1024
	want.LastModified, want.RevisionID = got.LastModified, got.RevisionID
	same(t, "function", got, want)

	got = update(aws.UpdateFunctionConfigurationInput{Description: aws.Some("")}) // the rest stays
	want.Description, want.LastModified, want.RevisionID = "", got.LastModified, got.RevisionID
	same(t, "function", got, want)

	refused := func(name, code, message string, in aws.UpdateFunctionConfigurationInput) refusal {
		if in.FunctionName == "" {
			in.FunctionName = "FAQ"
		}
		return refusal{name, errorOf(l.UpdateFunctionConfiguration, in), code, message}
	}
	lambdaRefuses(t, "lambda:UpdateFunctionConfiguration",
		noFunction(f, errorOf(l.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "Nope", Timeout: 5})),
		refused("a role that is none", lambdaInvalid, "The role defined for the function cannot be assumed by Lambda.",
			aws.UpdateFunctionConfigurationInput{Role: "arn:aws:iam::" + f.Cloud.Place.AccountID + ":role/not-there"}),
		refused("a runtime of the past", lambdaInvalid, "The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. "+
			"We recommend you use a supported runtime while creating or updating functions.", aws.UpdateFunctionConfigurationInput{Runtime: "nodejs12.x"}),
		refused("too long a timeout", "ValidationException", oneError+"Value '1000' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
			aws.UpdateFunctionConfigurationInput{Timeout: 1000}),
		refused("a bad name of a variable", "ValidationException", oneError+"Value '{A=1}' at 'environment.variables' failed to satisfy constraint: "+
			"Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
			aws.UpdateFunctionConfigurationInput{Environment: &aws.Environment{Variables: map[string]string{"A": "1"}}}))
	testCanceled(t, l.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "FAQ", Timeout: 4})
}
