package answers_test

import (
	"context"
	"errors"
	"regexp"
	"sync"
	"testing"

	"awslab/aws"
	"awslab/aws/fake/answers"
)

func TestFailures(t *testing.T) {
	t.Parallel()
	form := answers.Form{
		Service: aws.ServiceLogs, RequestID: func() string { return "id" },
		Status: func(code string) int { return map[string]int{"NotFound": 404}[code] },
	}
	disk := errors.New("the disk is full")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx    context.Context
		err    error
		code   string
		status int
	}{
		"its own":         {t.Context(), &aws.Error{Code: "NotFound"}, "NotFound", 404},
		"another's":       {t.Context(), &aws.Error{Service: aws.ServiceS3, Code: "NoSuchKey"}, aws.CodeStorage, 500},
		"a disk's":        {t.Context(), disk, aws.CodeStorage, 500},
		"canceled before": {over, nil, "RequestCanceled", 0},
		"canceled within": {t.Context(), context.Canceled, "RequestCanceled", 0},
	} {
		_, err := answers.Of(c.ctx, form, "GetLogEvents", func() (int, error) { return 1, c.err })
		var got *aws.Error
		if !errors.As(err, &got) || got.Code != c.code || got.Status != c.status {
			t.Errorf("%s: %#v", name, err)
			continue
		}
		if got.Service != aws.ServiceLogs || got.Operation != "GetLogEvents" || got.RequestID != "id" {
			t.Errorf("%s: comes from %s %s, request %q", name, got.Service, got.Operation, got.RequestID)
		}
	}
	if out, err := answers.Of(t.Context(), form, "X", func() (int, error) { return 7, nil }); out != 7 || err != nil {
		t.Errorf("%d, %v", out, err)
	}
}

func TestRandom(t *testing.T) {
	t.Parallel()
	n := uint64(0)
	r := answers.Random(func() uint64 { n++; return n << 40 * n })
	if got := len(r.Bytes(13)); got != 13 {
		t.Errorf("%d bytes, want 13", got)
	}
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if id := r.UUID(); !uuid.MatchString(id) {
		t.Errorf("%s is no version 4 UUID", id)
	}
}

// An error that many calls fail with, at the same time too, is told of each as its own.
func TestSharedFailures(t *testing.T) {
	t.Parallel()
	shared := &aws.Error{Code: "NotFound", Message: "it is not there"}
	form := answers.Form{Service: aws.ServiceLogs, RequestID: func() string { return "id" }, Status: answers.BadRequest}
	var calls sync.WaitGroup
	for _, name := range []string{"GetLogEvents", "PutLogEvents"} {
		calls.Go(func() {
			var got *aws.Error
			if err := form.Failure(name, shared); !errors.As(err, &got) || got.Operation != name {
				t.Errorf("%s fails with %v", name, err)
			}
		})
	}
	calls.Wait()
	if shared.Service != "" || shared.Operation != "" || shared.RequestID != "" || shared.Status != 0 {
		t.Errorf("the shared error has become %+v", *shared)
	}
}
