package fake_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/awstest"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
)

// clock is a clock that a test sets.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.offset.Load()))
}

func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// open opens a sandbox in a folder of its own, or the one given.
func open(t testing.TB, dir string, c *clock) *fake.Sandbox {
	t.Helper()
	sandbox, err := fake.Open(dir, fake.Options{Now: c.now, Delay: aws.Some(time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	return sandbox
}

// fixture is a sandbox whose functions run, on a clock of its own.
func fixture(t *testing.T) awstest.Fixture {
	c := &clock{}
	sandbox := open(t, t.TempDir(), c)
	sandbox.Run(runtime.Options{Cache: cache, JSEngine: "quickjs", Path: t.TempDir()})
	return awstest.Fixture{Cloud: sandbox.Cloud(), Wait: func() { c.advance(time.Second / 2) }}
}

func TestContract(t *testing.T) {
	t.Parallel()
	awstest.Run(t, fixture)
}

func TestContractBehindInterceptor(t *testing.T) {
	t.Parallel()
	awstest.Run(t, func(t *testing.T) awstest.Fixture {
		f := fixture(t)
		f.Cloud = aws.Intercept(f.Cloud, func(ctx context.Context, _ aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
			return next(ctx)
		})
		return f
	})
}
