package command

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
)

// TestCodesOfAnMFADevice are asked for while an account is opened, with all the time
// that it takes to find the device, and not when the terminal is the console's.
func TestCodesOfAnMFADevice(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]error{"123456\n": nil, "\t123456": nil, "\n": errNoCode, "": errNoCode} {
		synctest.Test(t, func(t *testing.T) {
			var code func() (string, error)
			f := &flags{in: late{strings.NewReader(typed)}}
			f.backend.OpenAccount = func(ctx context.Context, opts AccountOptions) (*Opened, error) {
				code = opts.Code
				got, err := code()
				if err == nil && got != "123456" {
					t.Errorf("the code is %q", got)
				}
				if err := errors.Join(err, ctx.Err()); err != nil {
					return nil, err
				}
				return &Opened{Trail: trail.New(aws.Cloud{}, trail.Options{})}, nil
			}
			if _, err := f.identify(t.Context(), nil); !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", typed, err, want)
			}
			if _, err := code(); !errors.Is(err, errSessionOver) {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// late is what a user types who looks for his device first.
type late struct{ io.Reader }

func (l late) Read(p []byte) (int, error) {
	time.Sleep(2 * giveUp) // of the bubble's own time
	return l.Reader.Read(p)
}

// TestAnAccountThatDoesNotAnswer is given up, and said to be.
func TestAnAccountThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &flags{}
		f.backend.OpenAccount = func(ctx context.Context, _ AccountOptions) (*Opened, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		if _, err := f.identify(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "AWS has not answered within 30s") {
			t.Errorf("it gives %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.identify(ctx, nil); err == nil || !strings.Contains(err.Error(), "given up before AWS answered") {
			t.Errorf("given up: %v", err)
		}
	})
}
