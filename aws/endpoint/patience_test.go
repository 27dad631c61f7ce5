package endpoint

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// connection tells until when it would be read.
type connection struct {
	http.ResponseWriter
	until time.Time
}

func (c *connection) SetReadDeadline(until time.Time) error {
	c.until = until
	return nil
}

// TestPatience has a body waited for from the first, for longer with each part of
// it, and no more when it is whole: an operation may take as long as it likes.
func TestPatience(t *testing.T) {
	t.Parallel()
	c := &connection{ResponseWriter: httptest.NewRecorder()}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("body"))
	r = patiently(c, r)
	if c.until.IsZero() {
		t.Fatal("a body is waited for without end")
	}
	before := c.until
	if _, err := r.Body.Read(make([]byte, 2)); err != nil || c.until.Before(before) {
		t.Errorf("%v: until %v, and before that until %v", err, c.until, before)
	}
	if rest, err := io.ReadAll(r.Body); err != nil || string(rest) != "dy" || !c.until.IsZero() {
		t.Errorf("%v: %q, until %v", err, rest, c.until)
	}
	r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
	if patiently(c, r); !c.until.IsZero() {
		t.Error("no body is waited for")
	}
}
