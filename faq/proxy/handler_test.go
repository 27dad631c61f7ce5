package proxy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"awslab/faq"
	"awslab/faq/proxy"
)

// TestHandler invokes the function as the runtime does, for each question.
func TestHandler(t *testing.T) {
	t.Parallel()
	for i, question := range faq.Questions() {
		var logged bytes.Buffer
		h := &proxy.Handler{Random: func(int) int { return i }, Log: log.New(&logged, "", 0)}
		payload, err := lambda.NewHandler(h.Handle).Invoke(t.Context(), []byte(`{"httpMethod":"GET","path":"/FAQ","headers":null,"body":null}`))
		if err != nil {
			t.Fatal(err)
		}
		var response struct {
			StatusCode      int
			Headers         map[string]string
			Body            string
			IsBase64Encoded bool
		}
		if err := json.Unmarshal(payload, &response); err != nil {
			t.Fatalf("%s: %v", payload, err)
		}
		if response.StatusCode != http.StatusOK || response.Headers["Content-Type"] != "application/json" || response.IsBase64Encoded {
			t.Errorf("question %d: %s", i, payload)
		}
		want, err := json.Marshal(question)
		if err != nil || response.Body != string(want) {
			t.Errorf("question %d: the body is %s, want %s, %v", i, response.Body, want, err)
		}
		if want := fmt.Sprintf("Quote selected:  %d\n", i); logged.String() != want {
			t.Errorf("logged %q, want %q", logged.String(), want)
		}
	}
}

// TestAnyEvent has the function answer what is no request at all, as the
// console's tests send it.
func TestAnyEvent(t *testing.T) {
	t.Parallel()
	h := &proxy.Handler{Random: func(n int) int { return n - 1 }, Log: log.New(&bytes.Buffer{}, "", 0)}
	for _, event := range []string{`{}`, `null`, `{"key1":"value1"}`} {
		if payload, err := lambda.NewHandler(h.Handle).Invoke(t.Context(), []byte(event)); err != nil || !bytes.Contains(payload, []byte(`"statusCode":200`)) {
			t.Errorf("%s: %s, %v", event, payload, err)
		}
	}
}
