package awstest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"awslab/aws"
)

func testInvoke(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.makeFunction(t, f.echo(t, "Echo"))
	_, err := l.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Echo"})
	lambdaError(t, err, operation(t, "lambda:Invoke"), lambdaConflict,
		"The operation cannot be performed at this time. The function is currently in the following state: Pending")
	f.settled(t, "Echo")

	out := must(t, l.Invoke, aws.InvokeInput{FunctionName: "Echo", InvocationType: aws.InvokeDryRun})
	same(t, "answer of a dry run", out, aws.InvokeOutput{StatusCode: 204})
	out = must(t, l.Invoke, aws.InvokeInput{FunctionName: "Echo", InvocationType: aws.InvokeEvent, Payload: []byte(`{"a":1}`)})
	same(t, "answer of an event", out, aws.InvokeOutput{StatusCode: 202})
	if f.runs("python3.13") {
		testRunning(t, f)
	}

	missing := refusal{"an unknown function", errorOf(l.Invoke, aws.InvokeInput{FunctionName: "Nope"}), lambdaNotFound,
		"Function not found: " + f.functionARNOf("Nope") + ":$LATEST"}
	large := []byte(`"` + strings.Repeat("x", 6<<20) + `"`)
	lambdaRefuses(t, "lambda:Invoke", missing, badName(errorOf(l.Invoke, aws.InvokeInput{FunctionName: "my-function!"})),
		refusal{"an unknown version", errorOf(l.Invoke, aws.InvokeInput{FunctionName: "Echo", Qualifier: "3"}), lambdaNotFound,
			"Function not found: " + f.functionARNOf("Echo") + ":3"},
		invalid("an unknown kind", oneError+"Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]",
			errorOf(l.Invoke, aws.InvokeInput{FunctionName: "Echo", InvocationType: "Later"})),
		refusal{"too large a payload", errorOf(l.Invoke, aws.InvokeInput{FunctionName: "Echo", Payload: large}),
			"RequestEntityTooLargeException", "Request must be smaller than 6291456 bytes for the InvokeFunction operation"})
	t.Run("refuses what is no JSON", func(t *testing.T) {
		_, err := l.Invoke(t.Context(), aws.InvokeInput{FunctionName: "Echo", Payload: []byte(`{oops}`)})
		var got *aws.Error
		if !errors.As(err, &got) || got.Code != "InvalidRequestContentException" || got.Status != 400 ||
			!strings.HasPrefix(got.Message, "Could not parse request body into json: Could not parse payload into json: Unexpected character ('o' (code 111))") {
			t.Errorf("error is %v", err)
		}
	})
	testCanceled(t, l.Invoke, aws.InvokeInput{FunctionName: "Echo"})
}

// testRunning tests what the function does, says and answers.
func testRunning(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	out := must(t, l.Invoke, aws.InvokeInput{FunctionName: "Echo", Payload: []byte(`{"a": 1, "b": 2}`), LogType: "Tail"})
	var event map[string]int
	if err := json.Unmarshal(out.Payload, &event); err != nil || event["a"] != 1 || event["b"] != 2 {
		t.Errorf("the answer is %s (%v)", out.Payload, err)
	}
	if out.StatusCode != http.StatusOK || out.FunctionError != "" || out.ExecutedVersion != "$LATEST" {
		t.Errorf("the answer is %+v", out)
	}
	tail, err := base64.StdEncoding.DecodeString(out.LogResult)
	if form := regexp.MustCompile(`^START RequestId: (\S+) Version: \$LATEST\nthe event has 2 members\nEND RequestId: \S+\nREPORT RequestId: \S+\tDuration: `); err != nil || !form.Match(tail) {
		t.Errorf("the end of the log is\n%s (%v)", tail, err)
	}
	out = must(t, l.Invoke, aws.InvokeInput{FunctionName: "Echo", Payload: []byte(`{"fail": "boom"}`)})
	var failure struct{ ErrorMessage, ErrorType string }
	if err := json.Unmarshal(out.Payload, &failure); err != nil || out.StatusCode != http.StatusOK || out.FunctionError != "Unhandled" ||
		failure.ErrorType != "ValueError" || failure.ErrorMessage != "boom" || out.LogResult != "" {
		t.Errorf("the failure is %+v: %s (%v)", out, out.Payload, err)
	}
}

func testAddPermission(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::image-123456", SourceAccount: f.Cloud.Place.AccountID}
	out := must(t, l.AddPermission, in)
	sameJSON(t, "statement", out.Statement, f.s3Statement("FAQ"))
	account := aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "all", Action: "lambda:*", Principal: "*"}
	sameJSON(t, "statement", must(t, l.AddPermission, account).Statement,
		`{"Sid":"all","Effect":"Allow","Principal":"*","Action":"lambda:*","Resource":"`+f.functionARNOf("FAQ")+`"}`)
	with := func(change func(*aws.AddPermissionInput)) func() error {
		in := in
		in.StatementID = "another"
		change(&in)
		return errorOf(l.AddPermission, in)
	}
	lambdaRefuses(t, "lambda:AddPermission",
		refusal{"a statement id that is taken", errorOf(l.AddPermission, in), lambdaConflict,
			"The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement."},
		refusal{"a principal that is none", with(func(in *aws.AddPermissionInput) { in.Principal = "somebody" }), lambdaInvalid,
			"The provided principal was invalid. Please check the principal and try again."},
		invalid("a bad statement id", oneError+"Value 'a b' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
			with(func(in *aws.AddPermissionInput) { in.StatementID = "a b" })),
		invalid("a bad action", oneError+"Value 'invoke' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])",
			with(func(in *aws.AddPermissionInput) { in.Action = "invoke" })),
		noFunction(f, with(func(in *aws.AddPermissionInput) { in.FunctionName = "Nope" })))
	testCanceled(t, l.AddPermission, in)
}

// s3Statement is the statement that testAddPermission adds first.
func (f Fixture) s3Statement(function string) string {
	return `{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"` + f.functionARNOf(function) +
		`","Condition":{"StringEquals":{"AWS:SourceAccount":"` + f.Cloud.Place.AccountID + `"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::image-123456"}}}`
}

// sameJSON checks that two texts are the same JSON.
func sameJSON(t *testing.T, what, got, want string) {
	t.Helper()
	var g, w any
	if err := errors.Join(json.Unmarshal([]byte(got), &g), json.Unmarshal([]byte(want), &w)); err != nil {
		t.Fatal(err)
	}
	same(t, what, g, w)
}

func testRemovePermission(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	remove := func(function, sid string) func() error {
		return errorOf(l.RemovePermission, aws.RemovePermissionInput{FunctionName: function, StatementID: sid})
	}
	lambdaRefuses(t, "lambda:RemovePermission",
		refusal{"when there is no policy", remove("FAQ", "s3"), lambdaNotFound, "No policy is associated with the given resource."})
	must(t, l.AddPermission, aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "one", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com"})
	must(t, l.AddPermission, aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "two", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com"})
	lambdaRefuses(t, "lambda:RemovePermission",
		refusal{"an unknown statement", remove("FAQ", "three"), lambdaNotFound, "Statement three is not found in resource policy."},
		noFunction(f, remove("Nope", "one")))
	must(t, l.RemovePermission, aws.RemovePermissionInput{FunctionName: "FAQ", StatementID: "one"})
	if policy := must(t, l.GetPolicy, aws.LambdaGetPolicyInput{FunctionName: "FAQ"}).Policy; strings.Contains(policy, "one") || !strings.Contains(policy, "two") {
		t.Errorf("the policy is %s", policy)
	}
	must(t, l.RemovePermission, aws.RemovePermissionInput{FunctionName: "FAQ", StatementID: "two"})
	if _, err := l.GetPolicy(t.Context(), aws.LambdaGetPolicyInput{FunctionName: "FAQ"}); !errors.Is(err, aws.ErrNotFound) {
		t.Errorf("error is %v, want no policy any more", err)
	}
	testCanceled(t, l.RemovePermission, aws.RemovePermissionInput{FunctionName: "FAQ", StatementID: "one"})
}

func testLambdaGetPolicy(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	lambdaRefuses(t, "lambda:GetPolicy", refusal{"when there is none", errorOf(l.GetPolicy, aws.LambdaGetPolicyInput{FunctionName: "FAQ"}),
		lambdaNotFound, "The resource you requested does not exist."})
	must(t, l.AddPermission, aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com",
		SourceArn: "arn:aws:s3:::image-123456", SourceAccount: f.Cloud.Place.AccountID})
	out := must(t, l.GetPolicy, aws.LambdaGetPolicyInput{FunctionName: "FAQ"})
	sameJSON(t, "policy", out.Policy, `{"Version":"2012-10-17","Id":"default","Statement":[`+f.s3Statement("FAQ")+`]}`)
	if out.RevisionID == "" {
		t.Error("the policy has no revision")
	}
	must(t, l.AddPermission, aws.AddPermissionInput{FunctionName: "FAQ", StatementID: "api", Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com"})
	if more := must(t, l.GetPolicy, aws.LambdaGetPolicyInput{FunctionName: "FAQ"}); more.RevisionID == out.RevisionID || !strings.Contains(more.Policy, `"apigateway.amazonaws.com"`) {
		t.Errorf("with another permission the policy is %+v", more)
	}
	testCanceled(t, l.GetPolicy, aws.LambdaGetPolicyInput{FunctionName: "FAQ"})
}
