package command

import (
	"context"
	"io"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
)

// TestFlagsThatDoNotFitTheirCommand: they are told of before anything is opened.
func TestFlagsThatDoNotFitTheirCommand(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"check dynamodb --images kitty":                      "check shows no pictures",
		"lab list --images kitty":                            "list shows no pictures",
		"lab end dynamodb --aws --thumbnail-zip t.zip --yes": "end prepares no account",
		"check dynamodb --aws --thumbnail-zip t.zip":         "check prepares no account",
		"check dynamodb --thumbnail-zip t.zip":               "--thumbnail-zip is for AWS accounts",
		"lab reset dynamodb --js-engine quickjs":             "reset runs no functions",
		"check dynamodb --aws --js-engine quickjs":           "--js-engine is for sandboxes",
		"lab test dynamodb --js-engine quickjz":              "--js-engine is one of auto, quickjs, not",
		"serve --images kitty":                               "serve shows no pictures",
		"lab test dynamodb --aws":                            "test works on a sandbox",
		"sandbox reset --yes --read-only":                    "leave --read-only out",
	} {
		opened := func() (*Opened, error) {
			t.Errorf("%s opens something", line)
			return nil, context.Canceled
		}
		root := newRoot(Backend{
			JSEngines:   []string{"auto", "quickjs"},
			Open:        func(context.Context, Options) (*Opened, error) { return opened() },
			OpenAccount: func(context.Context, AccountOptions) (*Opened, error) { return opened() },
			Reset:       func(string) error { _, err := opened(); return err },
		}, io.Discard)
		root.SetArgs(strings.Fields(line))
		if err := root.ExecuteContext(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
}

// TestAnAccountIsNoWayToOtherFolders, whatever an endpoint calls itself.
func TestAnAccountIsNoWayToOtherFolders(t *testing.T) {
	t.Parallel()
	closed := false
	f := &flags{backend: Backend{OpenAccount: func(context.Context, AccountOptions) (*Opened, error) {
		cloud := aws.Cloud{Place: aws.Place{Kind: aws.Account, AccountID: "../../../here", Region: "us-west-2"}}
		return &Opened{Trail: trail.New(cloud, trail.Options{}), Cloud: cloud, Close: func() error { closed = true; return nil }}, nil
	}}}
	if _, folder, err := f.openAccount(t.Context(), nil); err == nil || folder != "" || !closed {
		t.Errorf("the folder is %q, %v; closed %v", folder, err, closed)
	}
}
