package apigateway

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
)

const (
	missingBody  = `{"message":"Missing Authentication Token"}`
	internalBody = `{"message": "Internal server error"}`
)

func TestRequestsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	b.send(t, "GET", "/FAQ", "").wants(t, "the method", 200, "")
	for _, c := range []struct {
		what, method, path string
		status             int
		kind, body         string
	}{
		{"an unknown API", "GET", "/zzzzzzzzzz/dev/FAQ", 403, "ForbiddenException", `{"message":"Forbidden"}`},
		{"an unknown stage", "GET", "/" + b.id + "/prod/FAQ", 403, "ForbiddenException", `{"message":"Forbidden"}`},
		{"no stage", "GET", "/" + b.id, 403, "ForbiddenException", `{"message":"Forbidden"}`},
		{"an unknown path", "GET", "/" + b.id + "/dev/other", 403, "MissingAuthenticationTokenException", missingBody},
		{"the root", "GET", "/" + b.id + "/dev", 403, "MissingAuthenticationTokenException", missingBody},
		{"an unknown method", "POST", "/" + b.id + "/dev/FAQ", 403, "MissingAuthenticationTokenException", missingBody},
	} {
		r := w.request(t, c.method, c.path, http.NoBody)
		r.wants(t, c.what, c.status, c.body)
		if r.header.Get(errorType) != c.kind || r.header.Get("Content-Type") != contentJSON || len(r.header.Get("X-Amzn-Requestid")) != 36 || r.header.Get("X-Amz-Apigw-Id") == "" {
			t.Errorf("%s has the headers %v", c.what, r.header)
		}
	}
}

// A request goes by what was deployed, not by what the API is now.
func TestChangesShowAfterDeployment(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /old").deploy(t)
	b.method(t, "GET", "/new")
	b.integrate(t, "GET", "/new", aws.PutIntegrationInput{Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: aws.Place{Region: region}.LambdaURI(faq)})
	must(t, b.DeleteResource, aws.DeleteResourceInput{RestAPIID: b.id, ResourceID: b.ids["/old"]})
	b.send(t, "GET", "/old", "").wants(t, "before, the old one", 200, "")
	b.send(t, "GET", "/new", "").wants(t, "before, the new one", 403, missingBody)
	first := must(t, b.GetStage, aws.GetStageInput{RestAPIID: b.id, StageName: "dev"}).DeploymentID
	b.deploy(t)
	b.send(t, "GET", "/old", "").wants(t, "after, the old one", 403, missingBody)
	b.send(t, "GET", "/new", "").wants(t, "after, the new one", 200, "")
	must(t, b.UpdateStage, aws.UpdateStageInput{RestAPIID: b.id, StageName: "dev", PatchOperations: []aws.PatchOperation{{Op: aws.PatchReplace, Path: "/deploymentId", Value: first}}})
	b.send(t, "GET", "/old", "").wants(t, "rolled back", 200, "")
	must(t, b.DeleteStage, aws.DeleteStageInput{RestAPIID: b.id, StageName: "dev"})
	b.send(t, "GET", "/old", "").wants(t, "without the stage", 403, `{"message":"Forbidden"}`)
}

func TestFunctionAnswers(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "ANY /FAQ/{id}").deploy(t)
	w.answers(`{"statusCode":418,"headers":{"X-A":"1","Server":"me"},"multiValueHeaders":{"Set-Cookie":["a=1","b=2"]},"body":"tea"}`)
	r := b.send(t, "PUT", "/FAQ/7?q=1", "hello", "X-B", "2")
	r.wants(t, "the function", 418, "tea")
	if r.header.Get("X-A") != "1" || len(r.header["Set-Cookie"]) != 2 || r.header.Get("Server") != "" || r.header.Get("X-Amzn-Remapped-Server") != "me" ||
		r.header.Get("Content-Length") != "3" || !strings.HasPrefix(r.header.Get("X-Amzn-Trace-Id"), "Root=1-") {
		t.Errorf("the headers are %v", r.header)
	}
	event, source := b.seen()
	if source != "arn:aws:execute-api:us-west-2:000000000000:"+b.id+"/dev/PUT/FAQ/{id}" {
		t.Errorf("the source is %s", source)
	}
	if !strings.Contains(event, `"body":"hello"`) || !strings.Contains(event, `"X-B":"2"`) || !strings.Contains(event, `"id":"7"`) {
		t.Errorf("the event is %s", event)
	}
	r = b.send(t, "HEAD", "/FAQ/7", "")
	r.wants(t, "HEAD", 418, "")
	if r.header.Get("Content-Length") != "3" {
		t.Errorf("HEAD has the headers %v", r.header)
	}
	w.answers(`{"statusCode":204,"body":"left out"}`)
	b.send(t, "GET", "/FAQ/7", "").wants(t, "204", 204, "")
}

func TestFunctionFails(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	get := func(what string, status int, body string) {
		t.Helper()
		b.send(t, "GET", "/FAQ", "").wants(t, what, status, body)
	}
	for _, payload := range []string{`null`, `"x"`, `{"q":1}`, `{"body":{}}`, ``} {
		w.answers(payload)
		get("malformed "+payload, 502, internalBody)
	}
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		return aws.InvokeOutput{StatusCode: 200, FunctionError: "Unhandled", Payload: []byte(`{"body":"x"}`)}, nil
	})
	get("a function error", 502, internalBody)
	w.fails("AccessDeniedException", 403)
	get("no permission", 500, internalBody)
	w.fails("ResourceNotFoundException", 404)
	get("a deleted function", 500, internalBody)
	w.fails("TooManyRequestsException", 429)
	get("a throttled function", 500, internalBody)
	w.fails("RequestEntityTooLargeException", 413)
	get("an event that is too large", 413, `{"message":"Request Too Long"}`)
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) { return aws.InvokeOutput{}, errors.New("disk") })
	get("something else", 500, internalBody)
}

// The function goes on when it is given up, and when its client goes away.
func TestTimeoutAndClientThatGoesAway(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	begun, end, ended := make(chan struct{}, 2), make(chan struct{}), make(chan struct{}, 2)
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		begun <- struct{}{}
		<-end
		ended <- struct{}{}
		return aws.InvokeOutput{StatusCode: 200, Payload: []byte(`{}`)}, nil
	})
	replies := make(chan reply)
	go func() { replies <- b.send(t, "GET", "/FAQ", "") }()
	<-begun
	timer := <-w.timers
	w.offset.Add(int64(29 * time.Second))
	timer <- w.now()
	(<-replies).wants(t, "a slow function", 504, `{"message": "Endpoint request timed out"}`)
	ctx, leave := context.WithCancel(context.Background())
	left := make(chan error)
	go func() {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.server.URL+"/"+b.id+"/dev/FAQ", http.NoBody)
		if err == nil {
			var response *http.Response
			if response, err = w.server.Client().Do(r); err == nil {
				err = response.Body.Close()
			}
		}
		left <- err
	}()
	<-begun
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the client ends with %v", err)
	}
	close(end)
	<-ended
	<-ended
}

func TestManyRequestsAtOnce(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /{id}").deploy(t)
	w.runs(func(_ string, in aws.InvokeInput) (aws.InvokeOutput, error) {
		_, id, _ := strings.Cut(string(in.Payload), `"path":"/`)
		id, _, _ = strings.Cut(id, `"`)
		return aws.InvokeOutput{StatusCode: 200, Payload: fmt.Appendf(nil, `{"body":%q}`, id)}, nil
	})
	if transport, ok := w.server.Client().Transport.(*http.Transport); ok {
		transport.MaxConnsPerHost = 100
	}
	var wait sync.WaitGroup
	for n := range 1000 {
		wait.Go(func() { b.send(t, "GET", fmt.Sprint("/", n), "").wants(t, "one of many", 200, fmt.Sprint(n)) })
	}
	wait.Wait()
	w.Close()
	if count, n := w.metrics.sum("Count", 2); count != 1000 || n != 1000 {
		t.Errorf("%g requests are counted in %d data", count, n)
	}
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	for range requestBurst {
		if !w.bucket.take() {
			t.Fatal("the burst is too small")
		}
	}
	b.send(t, "GET", "/FAQ", "").wants(t, "one too many", 429, `{"message":"Too Many Requests"}`)
	w.offset.Add(int64(time.Second / requestRate))
	b.send(t, "GET", "/FAQ", "").wants(t, "a moment later", 200, "")
	b.send(t, "GET", "/FAQ", "").wants(t, "the next one", 429, `{"message":"Too Many Requests"}`)
	w.offset.Add(-int64(time.Hour))
	b.send(t, "GET", "/FAQ", "").wants(t, "a clock that is set back", 429, `{"message":"Too Many Requests"}`)
}

func TestLargeAndSlowRequests(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "POST /FAQ").deploy(t)
	b.send(t, "POST", "/FAQ", "", "X-Long", strings.Repeat("x", maxHeaders)).wants(t, "long headers", 431, `{"message":"Request Header Fields Too Large"}`)
	w.answers(`{"body":"taken"}`)
	b.send(t, "POST", "/FAQ", strings.Repeat("x", maxBody)).wants(t, "the largest body", 200, "taken")
	for what, head := range map[string]string{"a body that is said to be long": "Content-Length: 10485761", "a body without an end": "Transfer-Encoding: chunked"} {
		w.raw(t, b.head(head)+"\r\n", func(conn net.Conn) {
			if strings.Contains(head, "chunked") {
				chunk := "10000\r\n" + strings.Repeat("x", 1<<16) + "\r\n"
				go func() {
					for _, err := io.WriteString(conn, chunk); err == nil; _, err = io.WriteString(conn, chunk) {
					}
				}()
			}
			want(t, conn, what, 413)
		})
	}
	w.patience = 20 * time.Millisecond
	w.raw(t, b.head("Content-Length: 100")+"\r\nhalf", func(conn net.Conn) { want(t, conn, "a slow client", 408) })
	b.send(t, "POST", "/FAQ", "x").wants(t, "the next client", 200, "taken")
}

func (b *built) head(header string) string {
	return "POST /" + b.id + "/dev/FAQ HTTP/1.1\r\nHost: x\r\n" + header + "\r\n"
}

// raw talks to the server without a client's help.
func (w *world) raw(t *testing.T, sent string, do func(net.Conn)) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", w.server.Listener.Addr().String())
	if err == nil {
		_, err = io.WriteString(conn, sent)
	}
	if err != nil {
		t.Fatal(err)
	}
	do(conn)
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

func want(t *testing.T, conn net.Conn, what string, status int) {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if response.StatusCode != status {
		t.Errorf("%s answers %s, want %d", what, response.Status, status)
	}
	if err := response.Body.Close(); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func TestSignedMethods(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t)
	must(t, b.PutMethod, aws.PutMethodInput{RestAPIID: b.id, ResourceID: b.root, HTTPMethod: "GET", AuthorizationType: aws.AuthorizationIAM})
	b.integrate(t, "GET", "/", aws.PutIntegrationInput{Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: aws.Place{Region: region}.LambdaURI(faq)})
	b.deploy(t)
	signed := func(key, service string) string {
		return "AWS4-HMAC-SHA256 Credential=" + key + "/20261122/us-west-2/" + service + "/aws4_request, SignedHeaders=host, Signature=0"
	}
	b.send(t, "GET", "/", "").wants(t, "no signature", 403, missingBody)
	b.send(t, "GET", "/", "", "Authorization", "Basic x").wants(t, "another authorization", 403, missingBody)
	b.send(t, "GET", "/", "", "Authorization", signed("AKIAX", "s3")).wants(t, "another service", 403, wrongScope.body)
	b.send(t, "GET", "/", "", "Authorization", signed("ASIAX", "execute-api")).wants(t, "a role", 403, onlyUser.body)
	b.send(t, "GET", "/", "", "Authorization", signed("AKIAX", "execute-api")).wants(t, "the user", 200, "")
	if event, _ := b.seen(); !strings.Contains(event, `"accessKey":"AKIAX"`) || !strings.Contains(event, `"accountId":"000000000000","cognito`) {
		t.Errorf("the event is %s", event)
	}
	b.send(t, "GET", "/?X-Amz-Credential=AKIAX/20261122/us-west-2/execute-api/aws4_request", "").wants(t, "a presigned URL", 200, "")
}

func TestStageVariables(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t)
	b.method(t, "GET", "/")
	b.integrate(t, "GET", "/", aws.PutIntegrationInput{
		Type: aws.IntegrationLambdaProxy, IntegrationHTTPMethod: "POST", URI: aws.Place{Region: region}.LambdaURI(faq + "-${stageVariables.color}"),
	})
	b.deploy(t, map[string]string{"color": "blue"})
	var called string
	w.runs(func(_ string, in aws.InvokeInput) (aws.InvokeOutput, error) {
		called = in.FunctionName
		return aws.InvokeOutput{StatusCode: 200, Payload: []byte(`{}`)}, nil
	})
	b.send(t, "GET", "/", "").wants(t, "the stage", 200, "")
	if event, _ := b.seen(); called != faq+"-blue" || !strings.Contains(event, `"stageVariables":{"color":"blue"}`) {
		t.Errorf("%s is called with %s", called, event)
	}
	must(t, b.UpdateStage, aws.UpdateStageInput{RestAPIID: b.id, StageName: "dev", PatchOperations: []aws.PatchOperation{{Op: aws.PatchReplace, Path: "/variables/color", Value: "red"}}})
	b.send(t, "GET", "/", "").wants(t, "the changed stage", 200, "")
	if called != faq+"-red" {
		t.Errorf("%s is called", called)
	}
}

func TestBinaryBodies(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.buildOf(t, aws.CreateRestApiInput{Name: "FAQ-API", BinaryMediaTypes: []string{"image/*"}}, "POST /").deploy(t)
	w.answers(`{"headers":{"Content-Type":"image/png"},"body":"AP8=","isBase64Encoded":true}`)
	b.send(t, "POST", "/", "\x00\xff", "Accept", "image/png, */*", "Content-Type", "image/png").wants(t, "who wants a picture", 200, "\x00\xff")
	b.send(t, "POST", "/", "", "Accept", "text/html, image/png").wants(t, "who wants text", 200, "AP8=")
	b.send(t, "POST", "/", "").wants(t, "who wants anything", 200, "AP8=")
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	w.metrics.fail = errors.New("disk") // a request does not fail for it
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		w.offset.Add(int64(1500 * time.Microsecond))
		return aws.InvokeOutput{StatusCode: 200, Payload: []byte(`{}`)}, nil
	})
	b.send(t, "GET", "/FAQ", "").wants(t, "the method", 200, "")
	w.answers(`null`)
	b.send(t, "GET", "/FAQ", "").wants(t, "a malformed answer", 502, internalBody)
	b.send(t, "GET", "/other", "").wants(t, "an unknown path", 403, missingBody)
	w.Close()
	for dimensions := range 2 {
		for name, want := range map[string][2]float64{"Count": {3, 3}, "4XXError": {1, 3}, "5XXError": {1, 3}, "Latency": {2, 3}, "IntegrationLatency": {2, 2}} {
			if sum, n := w.metrics.sum(name, dimensions+1); sum != want[0] || float64(n) != want[1] {
				t.Errorf("%s is %g of %d data, want %v", name, sum, n, want)
			}
		}
	}
	b.send(t, "GET", "/FAQ", "").wants(t, "a closed service", 503, `{"message":"Service Unavailable"}`)
}

// Close ends requests that wait for a function.
func TestClose(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.build(t, "GET /FAQ").deploy(t)
	begun, end := make(chan struct{}), make(chan struct{})
	w.runs(func(string, aws.InvokeInput) (aws.InvokeOutput, error) {
		close(begun)
		<-end
		return aws.InvokeOutput{}, nil
	})
	replies := make(chan reply)
	go func() { replies <- b.send(t, "GET", "/FAQ", "") }()
	<-begun
	w.Close()
	(<-replies).wants(t, "a request under way", 503, `{"message":"Service Unavailable"}`)
	close(end)
}
