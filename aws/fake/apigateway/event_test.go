package apigateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"awslab/aws"
)

// sample is a call as it comes from a browser.
func sample() *call {
	x := &call{
		api: "a1b2c3d4e5", account: account, at: start, request: "REQUEST", extended: "EXTENDED=", trace: "Root=1-0-0",
		route: &route{id: "resource01", path: "/pets/{id}"}, method: &method{},
	}
	l := &live{api: x.api, variables: []byte(`{"color":"blue"}`), binary: []string{"image/png"}}
	l.stage.StageName, l.stage.DeploymentID, l.stage.Variables = "dev", "abc123", map[string]string{"color": "blue"}
	x.of(l)
	x.params = []param{{"id", "a%20b"}}
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/dev/pets/a%20b?q=1&q=two+words&e=&%C3%A9=%2F", http.NoBody)
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header = http.Header{
		"Accept": {"text/html"}, "User-Agent": {"curl/8"}, "X-Two": {"a", "b"}, "Connection": {"close"}, "Content-Length": {"5"},
		"X-Forwarded-For": {"10.0.0.1"},
	}
	x.from(r, "/pets/a%20b")
	return x
}

// golden is the event of the sample, but for its body.
const golden = `{"resource":"/pets/{id}","path":"/pets/a%20b","httpMethod":"POST",` +
	`"headers":{"Accept":"text/html","Host":"127.0.0.1:4566","User-Agent":"curl/8","X-Amzn-Trace-Id":"Root=1-0-0",` +
	`"X-Forwarded-For":"10.0.0.1, 127.0.0.1","X-Forwarded-Port":"4566","X-Forwarded-Proto":"http","X-Two":"b"},` +
	`"multiValueHeaders":{"Accept":["text/html"],"Host":["127.0.0.1:4566"],"User-Agent":["curl/8"],"X-Amzn-Trace-Id":["Root=1-0-0"],` +
	`"X-Forwarded-For":["10.0.0.1, 127.0.0.1"],"X-Forwarded-Port":["4566"],"X-Forwarded-Proto":["http"],"X-Two":["a","b"]},` +
	`"queryStringParameters":{"q":"two words","e":"","é":"/"},"multiValueQueryStringParameters":{"q":["1","two words"],"e":[""],"é":["/"]},` +
	`"pathParameters":{"id":"a%20b"},"stageVariables":{"color":"blue"},` +
	`"requestContext":{"resourceId":"resource01","resourcePath":"/pets/{id}","httpMethod":"POST","extendedRequestId":"EXTENDED=",` +
	`"requestTime":"22/Nov/2026:13:43:15 +0000","path":"/dev/pets/a%20b","accountId":"000000000000","protocol":"HTTP/1.1","stage":"dev",` +
	`"domainPrefix":"a1b2c3d4e5","requestTimeEpoch":1795354995000,"requestId":"REQUEST",` +
	`"identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,"sourceIp":"127.0.0.1","principalOrgId":null,` +
	`"accessKey":null,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"curl/8","user":null},` +
	`"domainName":"127.0.0.1","deploymentId":"abc123","apiId":"a1b2c3d4e5"},`

func TestEvent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, kind string
		body       []byte
		want       string
	}{
		{"no body", "", nil, `"body":null,"isBase64Encoded":false}`},
		{"text", "", []byte("a \"b\"\\\n\x01é<&>\u2028"), `"body":"a \"b\"\\\n\u0001é<&>` + "\u2028" + `","isBase64Encoded":false}`},
		{"text that is none", "", []byte("a\xffb"), `"body":"a` + "\ufffd" + `b","isBase64Encoded":false}`},
		{"a picture", "image/png; x=y", []byte{0, 0xff}, `"body":"AP8=","isBase64Encoded":true}`},
	} {
		x := sample()
		x.body = c.body
		want := golden
		if c.kind != "" {
			x.header.Set("Content-Type", c.kind)
			want = strings.Replace(want, `"Host":"`, `"Content-Type":"`+c.kind+`","Host":"`, 1)
			want = strings.Replace(want, `"Host":[`, `"Content-Type":["`+c.kind+`"],"Host":[`, 1)
		}
		if got := string(x.event()); got != want+c.want {
			t.Errorf("%s: the event is\n%s\nwant\n%s", c.name, got, want+c.want)
		}
	}
}

// What is not there is null.
func TestEventOfNothing(t *testing.T) {
	t.Parallel()
	x := &call{route: &route{path: "/"}, variables: appendMap(nil, nil), path: "/", test: true, account: account, source: testSource}
	var event map[string]json.RawMessage
	if err := json.Unmarshal(x.event(), &event); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body"} {
		if string(event[name]) != "null" {
			t.Errorf("%s is %s", name, event[name])
		}
	}
	if !strings.Contains(string(event["requestContext"]), `"apiKey":"test-invoke-api-key"`) {
		t.Errorf("a test has the context %s", event["requestContext"])
	}
}

// decoded is an event as a function reads it.
type decoded struct {
	Path, HTTPMethod                string
	MultiValueHeaders               map[string][]string
	MultiValueQueryStringParameters map[string][]string
	QueryStringParameters           map[string]string
	PathParameters                  map[string]string
	Body                            *string
	IsBase64Encoded                 bool
	RequestContext                  struct{ Path string }
}

// Whatever is sent, the event says it.
func TestEventSaysTheRequest(t *testing.T) {
	t.Parallel()
	w := open(t)
	b := w.buildOf(t, aws.CreateRestApiInput{Name: "FAQ-API", BinaryMediaTypes: []string{"image/*"}}, "ANY /{proxy+}").deploy(t)
	texts := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("\"\\/<>&=+%\x00\n é\u2028😀"))))
	rapid.Check(t, func(t *rapid.T) {
		method := rapid.SampledFrom([]string{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"}).Draw(t, "method")
		path := "/" + url.PathEscape(texts.Draw(t, "path")+"x")
		query, header := url.Values{}, http.Header{}
		for range rapid.IntRange(0, 4).Draw(t, "parameters") {
			query.Add(texts.Draw(t, "parameter"), texts.Draw(t, "value"))
		}
		for range rapid.IntRange(0, 4).Draw(t, "headers") {
			header.Add("X-"+rapid.StringMatching(`[A-Za-z0-9]{1,8}`).Draw(t, "name"), rapid.StringMatching(`[ -~]{0,20}`).Draw(t, "value"))
		}
		kind := rapid.SampledFrom([]string{"", "text/plain", "image/png"}).Draw(t, "type")
		header.Set("Content-Type", kind)
		body := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "body")
		r := httptest.NewRequest(method, "/"+b.id+"/dev"+path+"?"+query.Encode(), bytes.NewReader(body))
		r.Header = header.Clone()
		w.Serve(httptest.NewRecorder(), r, b.id, "dev", path)
		text, _ := b.seen()
		var event decoded
		if err := json.Unmarshal([]byte(text), &event); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		event.check(t, method, path, header, query, body, kind)
	})
}

func (e decoded) check(t *rapid.T, method, path string, header http.Header, query url.Values, body []byte, kind string) {
	if e.HTTPMethod != method || e.Path != path || e.RequestContext.Path != "/dev"+path || e.PathParameters["proxy"] != path[1:] {
		t.Errorf("%s %s is %+v", method, path, e)
	}
	for name, values := range header {
		if strings.Join(e.MultiValueHeaders[name], "|") != strings.Join(values, "|") {
			t.Errorf("%s: %q is %q", name, values, e.MultiValueHeaders[name])
		}
	}
	if len(e.MultiValueQueryStringParameters) != len(query) {
		t.Errorf("%q is %q", query, e.MultiValueQueryStringParameters)
	}
	for name, values := range query {
		if strings.Join(e.MultiValueQueryStringParameters[name], "|") != strings.Join(values, "|") || e.QueryStringParameters[name] != values[len(values)-1] {
			t.Errorf("%s: %q is %q", name, values, e.MultiValueQueryStringParameters[name])
		}
	}
	switch {
	case len(body) == 0:
		if e.Body != nil || e.IsBase64Encoded {
			t.Errorf("no body is %+v", e)
		}
	case kind == "image/png":
		if sent, err := base64.StdEncoding.DecodeString(*e.Body); err != nil || !bytes.Equal(sent, body) || !e.IsBase64Encoded {
			t.Errorf("%q is %q (%v)", body, *e.Body, err)
		}
	case *e.Body != string([]rune(string(body))) || e.IsBase64Encoded:
		t.Errorf("%q is %q", body, *e.Body)
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("/a%20b/%zz", "q=1&q&=&%zz=+", "text/plain", "a\xff\"")
	f.Add("", "", "image/png", "")
	f.Fuzz(func(t *testing.T, path, query, header, body string) {
		x := sample()
		x.path, x.query, x.body = path, parseQuery(query), []byte(body)
		x.header["X-Fuzz"] = []string{header}
		text := x.event()
		var event decoded
		if err := json.Unmarshal(text, &event); err != nil || !utf8.Valid(text) {
			t.Fatalf("%v: %q", err, text)
		}
		if utf8.ValidString(path) && event.Path != path || utf8.ValidString(header) && event.MultiValueHeaders["X-Fuzz"][0] != header {
			t.Errorf("%q and %q are %+v", path, header, event)
		}
	})
}
