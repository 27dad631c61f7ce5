package ui_test

import (
	"context"
	"sync/atomic"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui"
)

// slowEngines are being made ready for as long as the test wants.
type slowEngines struct{ busy atomic.Bool }

func (e *slowEngines) Engine(aws.Runtime) aws.Engine { return aws.Engine{} }
func (e *slowEngines) Prepare()                      { e.busy.Store(true) }
func (e *slowEngines) Check(context.Context, aws.Runtime, string, []byte) (*aws.SyntaxError, error) {
	return nil, nil
}
func (e *slowEngines) Preparing() (string, float64) {
	if e.busy.Load() {
		return "Python", 0.42
	}
	return "", 0
}

func TestTheTopLineTellsWhatIsBeingPrepared(t *testing.T) {
	t.Parallel()
	engines := &slowEngines{}
	b := open(t, setup{engines: engines, faster: 1000})
	b.see("Welcome to awslab", "preparing Python 42%")
	engines.busy.Store(false)
	b.gone("preparing Python")
}

// TestCallsOfFunctionsAreInTheHistoryAlone: what a function calls is no call of
// the user's, and does not take the place of his.
func TestCallsOfFunctionsAreInTheHistoryAlone(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Run("open DynamoDB > Tables"))
	b.see("✓ ListTables")
	ctx := trail.WithOrigin(t.Context(), "arn:aws:sts::000000000000:assumed-role/r/f")
	if _, err := b.trail.Cloud().S3.ListBuckets(ctx, aws.ListBucketsInput{}); err != nil {
		t.Fatal(err)
	}
	b.do(b.Keys("alt+c"))
	b.see("ListBuckets", "✓ ListTables")
}

func TestFolderKeepsThings(t *testing.T) {
	t.Parallel()
	f := ui.OpenFolder(t.TempDir() + "/console")
	if kept, err := f.Kept("lambda-events/F"); kept != nil || err != nil {
		t.Fatalf("%q, %v", kept, err)
	}
	for name, text := range map[string]string{"lambda-events/F": "one", "../F": "two", "": "three"} {
		if err := f.Put(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if kept, err := f.Kept(name); string(kept) != text || err != nil {
			t.Errorf("%q keeps %q, %v", name, kept, err)
		}
	}
}
