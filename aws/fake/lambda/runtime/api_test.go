package runtime

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// served starts the server of an environment without a process.
func served(t *testing.T) (*api, string) {
	t.Helper()
	a := newAPI("arn", "", nil)
	server := httptest.NewServer(a)
	a.address = strings.TrimPrefix(server.URL, "http://")
	t.Cleanup(func() {
		close(a.closed)
		server.Close()
	})
	return a, server.URL
}

// ask sends a request and returns the status and the body.
func ask(t *testing.T, method, url, body string, change func(*http.Request)) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(request)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // other tests' servers end the default one's connections
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func TestAPI(t *testing.T) {
	t.Parallel()
	a, url := served(t)
	runtime := url + "/2018-06-01/runtime/"
	i := &invocation{event: Event{RequestID: "id-1", Payload: []byte(`{"a":1}`)}, taken: time.Now(), result: make(chan result, 1)}
	go func() { a.events <- i }()
	steps := []struct {
		name, method, path, body string
		status                   int
		want                     string // part of the body
	}{
		{"answer before an event", "POST", "invocation/id-1/response", "1", 400, "InvalidRequestID"},
		{"unknown path", "GET", "nothing", "", 404, ""},
		{"wrong method", "POST", "invocation/next", "", 405, ""},
		{"event", "GET", "invocation/next", "", 200, `{"a":1}`},
		{"event while busy", "GET", "invocation/next", "", 403, "InvalidStateTransition"},
		{"answer to another", "POST", "invocation/id-2/response", "1", 400, "InvalidRequestID"},
		{"answer", "POST", "invocation/id-1/response", `"done"`, 202, `{"status":"OK"}`},
		{"answer again", "POST", "invocation/id-1/response", `"again"`, 400, "InvalidRequestID"},
		{"error after the answer", "POST", "invocation/id-1/error", `{}`, 400, "InvalidRequestID"},
		{"init error", "POST", "init/error", `{"errorType":"T","errorMessage":"m"}`, 202, "OK"},
		{"init error again", "POST", "init/error", `{}`, 403, "InvalidStateTransition"},
	}
	for _, step := range steps {
		status, body := ask(t, step.method, runtime+step.path, step.body, nil)
		if status != step.status || !strings.Contains(body, step.want) {
			t.Errorf("%s: %d %s", step.name, status, body)
		}
	}
	if r := <-i.result; string(r.payload) != `"done"` || r.failure != nil {
		t.Errorf("the answer was %s, %+v", r.payload, r.failure)
	}
	if f := <-a.failed; f.Type != "T" || f.Message != "m" || f.Status != "error" {
		t.Errorf("the init failed with %+v", f)
	}
}

func TestAPITooLarge(t *testing.T) {
	t.Parallel()
	a, url := served(t)
	i := &invocation{event: Event{RequestID: "id", Payload: []byte("{}")}, taken: time.Now(), result: make(chan result, 1)}
	go func() { a.events <- i }()
	ask(t, "GET", url+"/2018-06-01/runtime/invocation/next", "", nil)
	body := string(bytes.Repeat([]byte("x"), maxPayload+1))
	if status, _ := ask(t, "POST", url+"/2018-06-01/runtime/invocation/id/response", body, nil); status != 413 {
		t.Errorf("the status is %d", status)
	}
	if r := <-i.result; r.failure == nil || r.failure.Type != TypeResponseTooLarge {
		t.Errorf("the answer was %+v", r.failure)
	}
}

// A page of another name that found the port gets nothing of the function's.
func TestAPIRefusesOtherHosts(t *testing.T) {
	t.Parallel()
	_, url := served(t)
	status, _ := ask(t, "GET", url+"/2018-06-01/runtime/invocation/next", "", func(r *http.Request) { r.Host = "evil.example" })
	if status != http.StatusNotImplemented {
		t.Errorf("the status is %d", status)
	}
}

func TestReported(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, header, body, kind, message, payload string }{
		{"as AWS's", "Runtime.X", `{"errorType":"X","errorMessage":"m","stackTrace":[]}`, "X", "m", `{"errorType":"X","errorMessage":"m","stackTrace":[]}`},
		{"header only", "Runtime.X", `{}`, "Runtime.X", "", `{}`},
		{"text", "Runtime.X", `oops`, "Runtime.X", "oops", `{"errorType":"Runtime.X","errorMessage":"oops"}`},
		{"nothing", "Runtime.X", ``, "Runtime.X", "", `{"errorType":"Runtime.X","errorMessage":""}`},
		{"other JSON", "Runtime.X", `[1]`, "Runtime.X", "", `[1]`},
		{"other types", "Runtime.X", `{"errorType":1}`, "Runtime.X", "", `{"errorType":1}`},
	}
	for _, test := range tests {
		if f := reported(test.header, []byte(test.body)); f.Type != test.kind || f.Message != test.message || string(f.Payload) != test.payload {
			t.Errorf("%s: %s, %s, %s", test.name, f.Type, f.Message, f.Payload)
		}
	}
}
