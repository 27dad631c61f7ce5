package fake_test

import (
	"testing"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
)

// TestCheck: a sandbox that runs functions tells their syntax errors; one that
// runs none tells nothing.
func TestCheck(t *testing.T) {
	t.Parallel()
	s, err := fake.Open(t.TempDir(), fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	check := func() (*aws.SyntaxError, error) {
		return s.Cloud().Engines.Check(t.Context(), "nodejs22.x", "index.mjs", []byte("export const handler = ;\n"))
	}
	if fault, err := check(); fault != nil || err != nil {
		t.Errorf("before it runs functions: %+v %v", fault, err)
	}
	s.Run(runtime.Options{Cache: t.TempDir()})
	if fault, err := check(); err != nil || fault == nil || *fault != (aws.SyntaxError{Line: 1, Column: 24, Message: "Unexpected token ';'"}) {
		t.Errorf("%+v %v", fault, err)
	}
}
