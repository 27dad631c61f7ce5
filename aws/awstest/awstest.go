package awstest

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"strings"
	"testing"

	"awslab/aws"
)

// Fixture is a Cloud to test, with nothing in it yet.
type Fixture struct {
	Cloud aws.Cloud
	// Wait lets some time pass, on whatever clock the Cloud goes by. The suite
	// calls it between two looks at a table that is CREATING, UPDATING or
	// DELETING.
	Wait func()
	// Hurries says that time passes by itself: what the suite saw CREATING may be
	// ACTIVE at its next look, or while the SDK tries again what was refused.
	Hurries bool
}

// patience is how many times the suite looks at a table before it gives up.
const patience = 600

// contract tests one operation.
type contract func(*testing.T, Fixture)

// contracts holds the test of each operation, by Operation.String.
func contracts() map[string]contract {
	all := make(map[string]contract)
	for _, service := range []map[string]contract{
		dynamodbContracts(), streamContracts(), s3Contracts(), lambdaContracts(), logsContracts(), cloudwatchContracts(), iamContracts(), apigatewayContracts(),
		{"sts:GetCallerIdentity": testGetCallerIdentity},
	} {
		maps.Copy(all, service)
	}
	return all
}

// Run tests every operation, each on a Cloud of its own that open gives, several at
// a time. An operation that has no test fails the suite.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	t.Helper()
	run(t, func(aws.Operation) bool { return true }, func(t *testing.T, test contract) {
		t.Parallel()
		test(t, open(t))
	})
}

// RunInTurn tests the operations chosen, one after the other, for Clouds that have a
// clock in common. An operation that has no test fails the suite, chosen or not.
func RunInTurn(t *testing.T, chosen func(aws.Operation) bool, open func(t *testing.T) Fixture) {
	t.Helper()
	run(t, chosen, func(t *testing.T, test contract) { test(t, open(t)) })
}

// run is what all ways to run the suite have in common.
func run(t *testing.T, chosen func(aws.Operation) bool, each func(*testing.T, contract)) {
	t.Helper()
	tests := contracts()
	t.Run("every operation has a test", func(t *testing.T) { wantComplete(t, aws.Operations(), tests) })
	for _, op := range aws.Operations() {
		if test, ok := tests[op.String()]; ok && chosen(op) {
			t.Run(op.String(), func(t *testing.T) { each(t, test) })
		}
	}
}

// wantComplete checks that each operation has a test, and each test an operation.
func wantComplete(t testing.TB, operations []aws.Operation, tests map[string]contract) {
	t.Helper()
	left := maps.Clone(tests)
	for _, op := range operations {
		if tests[op.String()] == nil {
			t.Errorf("%s has no contract test", op)
		}
		delete(left, op.String())
	}
	for name := range left {
		t.Errorf("there is a contract test of %s, which is no operation", name)
	}
}

// refusal is a call that must fail, and how.
type refusal struct {
	name    string
	call    func() error
	code    string
	message string
}

// invalid is a refusal with ValidationException.
func invalid(name, message string, call func() error) refusal {
	return refusal{name, call, "ValidationException", message}
}

func refuses(t *testing.T, op aws.Operation, refusals []refusal) {
	t.Helper()
	for _, r := range refusals {
		t.Run("refuses "+r.name, func(t *testing.T) {
			wantError(t, r.call(), op, r.code, r.message)
		})
	}
}

// echo is a list of a request as DynamoDB's older messages show it: no two servers
// write one alike.
var echo = regexp.MustCompile(`\[com\.amazonaws\.dynamodb\.[^\]]*\]`)

// wantError checks an error and that it says where it comes from; it gives the
// reasons that the error has, if any.
func wantError(t *testing.T, err error, op aws.Operation, code, message string) []aws.CancellationReason {
	t.Helper()
	var got *aws.Error
	if !errors.As(err, &got) {
		t.Fatalf("error is %v (%T), want %s", err, err, code)
	}
	if got.Code != code || echo.ReplaceAllString(got.Message, "[…]") != message {
		t.Errorf("error is\n%s: %s\nwant\n%s: %s", got.Code, got.Message, code, message)
	}
	if got.Service != op.Service || got.Operation != op.Name || got.Status != 400 || got.RequestID == "" {
		t.Errorf("error comes from %q %q, status %d, request %q; want %s, status 400, some request",
			got.Service, got.Operation, got.Status, got.RequestID, op)
	}
	return got.Reasons
}

// operation finds a row of the operation table.
func operation(t *testing.T, name string) aws.Operation {
	t.Helper()
	service, call, _ := strings.Cut(name, ":")
	op, ok := aws.OperationNamed(aws.Service(service), call)
	if !ok {
		t.Fatalf("no operation is named %s", name)
	}
	return op
}

// errorOf drops a call's output.
func errorOf[In, Out any](call func(context.Context, In) (Out, error), in In) func() error {
	return func() error {
		_, err := call(context.Background(), in)
		return err
	}
}

// must gives a call's output; an error fails the test.
func must[In, Out any](t *testing.T, call func(context.Context, In) (Out, error), in In) Out {
	t.Helper()
	out, err := call(t.Context(), in)
	if err != nil {
		t.Fatalf("%T: %v", in, err)
	}
	return out
}

// testCanceled checks that a call whose context is over does nothing.
func testCanceled[In, Out any](t *testing.T, call func(context.Context, In) (Out, error), in In) {
	t.Helper()
	t.Run("stops when canceled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := call(ctx, in); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want context.Canceled", err)
		}
	})
}

func testGetCallerIdentity(t *testing.T, f Fixture) {
	out := must(t, f.Cloud.STS.GetCallerIdentity, aws.GetCallerIdentityInput{})
	if out.Account != f.Cloud.Place.AccountID || out.Arn != f.Cloud.Place.ARN || out.UserID == "" {
		t.Errorf("caller is %+v, want one of %+v", out, f.Cloud.Place)
	}
	if len(out.Account) != 12 || !strings.HasPrefix(out.Arn, "arn:aws:") {
		t.Errorf("caller is %+v, want twelve digits and an ARN", out)
	}
	testCanceled(t, f.Cloud.STS.GetCallerIdentity, aws.GetCallerIdentityInput{})
}
