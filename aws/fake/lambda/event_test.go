package lambda

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"awslab/aws"
)

func TestEventIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := event{
			Function: rapid.StringMatching(`[a-zA-Z0-9-_]{1,64}`).Draw(t, "function"),
			Request:  rapid.String().Draw(t, "request"),
			Context:  rapid.String().Draw(t, "context"),
			Chain:    rapid.IntRange(0, 20).Draw(t, "chain"),
			Failed:   rapid.IntRange(0, 2).Draw(t, "failed"),
			Queued:   time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "queued")).UTC(),
		}
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		got, read, err := decodeEvent(e.encode(payload))
		if err != nil || got.Function != e.Function || got.Chain != e.Chain || got.Failed != e.Failed || !got.Queued.Equal(e.Queued) || string(read) != string(payload) {
			t.Errorf("%+v with %q is read as %+v with %q (%v)", e, payload, got, read, err)
		}
	})
}

func FuzzDecodeEvent(f *testing.F) {
	f.Add(event{Function: "F", Request: "r", Queued: time.UnixMilli(0)}.encode([]byte(`{"a":1}`)))
	f.Add([]byte("{}"))
	f.Add([]byte("\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, payload, err := decodeEvent(raw)
		if err != nil {
			return
		}
		if _, again, err := decodeEvent(e.encode(payload)); err != nil || string(again) != string(payload) {
			t.Errorf("%+v is not read back: %v", e, err)
		}
	})
}

func FuzzCheckPayload(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1,2]}`, `{oops}`, `{"a"`, ``, "\xff", `nul`, `1 2`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		err := checkPayload(payload)
		var failure *aws.Error
		if valid := json.Valid(payload); valid != (err == nil) || err != nil && !errors.As(err, &failure) {
			t.Errorf("%q is valid: %v, but the error is %v", payload, valid, err)
		}
	})
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for times, want := range map[int]time.Duration{0: time.Second, 1: 2 * time.Second, 8: 256 * time.Second, 9: 5 * time.Minute, 1000: 5 * time.Minute} {
		if got := backoff(times); got != want {
			t.Errorf("backoff(%d) is %v, want %v", times, got, want)
		}
	}
}
