package sdk

import (
	"bytes"
	"io"
	"net/http"
	"testing"
)

// client takes requests.
type client func(*http.Request) (*http.Response, error)

func (c client) Do(r *http.Request) (*http.Response, error) { return c(r) }

// TestBodiesAreReadOnly sends a body that could write itself as one that is read, and
// no body as none.
func TestBodiesAreReadOnly(t *testing.T) {
	t.Parallel()
	var sent []byte
	var err error
	to := readOnce{client(func(r *http.Request) (*http.Response, error) {
		if r.Body == nil {
			return &http.Response{Body: http.NoBody}, nil
		}
		if _, writes := r.Body.(io.WriterTo); writes {
			t.Errorf("%T writes itself", r.Body)
		}
		sent, err = io.ReadAll(r.Body)
		return &http.Response{Body: http.NoBody}, err
	})}
	for _, body := range []io.Reader{bytes.NewReader([]byte("a body")), nil} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1", body)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := to.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if string(sent) != "a body" {
		t.Errorf("%q was sent", sent)
	}
}
