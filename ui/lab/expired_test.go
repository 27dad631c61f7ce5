package lab_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab"
)

// expiring gives a Cloud whose credentials are good for so many calls more; less than
// none is for ever.
func expiring(cloud aws.Cloud, calls *atomic.Int64) aws.Cloud {
	return aws.Intercept(cloud, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		for {
			left := calls.Load()
			switch {
			case left < 0:
				return next(ctx)
			case left == 0:
				return nil, &aws.Error{Service: op.Service, Operation: op.Name, Code: "ExpiredTokenException", Message: "The token has expired. Run: aws sso login", Status: 400}
			case calls.CompareAndSwap(left, left-1):
				return next(ctx)
			}
		}
	})
}

// TestCredentialsThatExpireInTheMiddle: wherever an account's credentials end while it
// is prepared, or a lab ended, that goes on there with new ones, also in a program that
// was started anew; nothing is left then, and nothing of others is gone.
func TestCredentialsThatExpireInTheMiddle(t *testing.T) {
	t.Parallel()
	for after := int64(0); ; after++ {
		o, ctx := newOffice(t), t.Context()
		before := o.left()
		var calls atomic.Int64
		o.trail = trail.New(expiring(o.below, &calls), trail.Options{})

		calls.Store(after)
		_, err := o.preparation().Make(ctx)
		whole := calls.Load() > 0 && err == nil // all of it needs no more calls than these
		calls.Store(-1)
		o.store = openStore(t, o.dir)
		parts, err := o.preparation().Make(ctx)
		o.expect(parts, err, allAs("✓", "made by the lab"))

		calls.Store(after)
		store := openStore(t, o.dir)
		results, err := lab.End(ctx, o.trail.Cloud(), store, o.lab)
		if err != nil || len(results) != 2 {
			t.Fatalf("after %d calls the results are %q, %v", after, told(results), err)
		}
		failed := slices.ContainsFunc(results, func(r lab.Result) bool { return r.Err != nil })
		if failed && !strings.Contains(strings.Join(told(results), "\n"), "Run: aws sso login") {
			t.Errorf("after %d calls: %q", after, told(results))
		}
		if ended := store.Of(o.lab).Ended; ended == failed {
			t.Errorf("after %d calls: %q; ended %v", after, told(results), ended)
		}
		calls.Store(-1)
		o.end()
		if left := o.left(); left != before {
			t.Errorf("after %d calls: left %s, before %s", after, left, before)
		}
		if whole && !failed {
			break
		}
	}
}

// The guide says that the step is not to blame, and what to run.
func TestTheGuideWithoutCredentials(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	var calls atomic.Int64
	calls.Store(-1)
	w.below = expiring(w.below, &calls)
	w.trail = trail.New(w.below, trail.Options{})
	d := newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab)))
	s := sit(t, d)
	keys(t, s, "S", "n")
	see(t, s, "✗ table Music: expected a table of this name")
	calls.Store(0)
	keys(t, s, "c")
	see(t, s, "Run: aws sso login", "This is no fault of the step")
	calls.Store(-1)
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "✓ Step done")
	calls.Store(0)
	keys(t, s, "E")
	see(t, s, "What the lab has created cannot be looked up")
}
