package endpoint_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/endpoint"
	"awslab/aws/fake"
)

// FuzzProtocol sends any request to a service beside S3: the endpoint answers, and
// never with a fault of its own.
func FuzzProtocol(f *testing.F) {
	f.Add("POST", "/", "", "dynamodb", "X-Amz-Target", dynamodb+"PutItem", []byte(`{"TableName":"Music","Item":{"Artist":{"S":"a"}}}`))
	f.Add("POST", "/", "", "logs", "X-Amz-Target", "Logs_20140328.PutLogEvents", []byte(`{"logGroupName":"g","logEvents":[{}]}`))
	f.Add("POST", "/", "Action=ListRoles&Version=2010-05-08", "iam", "Content-Type", "application/x-www-form-urlencoded", []byte("MaxItems=5"))
	f.Add("POST", "/service/GraniteServiceVersion20100801/operation/ListMetrics", "", "monitoring", "Smithy-Protocol", "rpc-v2-cbor", []byte("\xa1\x69NextToken\x61x"))
	f.Add("PUT", "/restapis/a/resources/b/methods/GET/integration", "", "apigateway", "Accept", "*/*", []byte(`{"type":"MOCK"}`))
	f.Add("GET", "/2015-03-31/functions/%2f/configuration", "Qualifier=1&MaxItems=x", "lambda", "X-Amz-Log-Type", "Tail", []byte{})
	f.Add("GET", "/_aws/lambda-code/0", "", "", "Content-Encoding", "gzip", []byte{})
	handler := trusting(f)
	f.Fuzz(func(t *testing.T, method, path, query, scope, header, value string, body []byte) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost"+path+"?"+query, bytes.NewReader(body))
		if err != nil || !strings.HasPrefix(r.URL.Path, "/") {
			return
		}
		r.Header.Set("X-Amz-Date", "20261122T120000Z")
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=K/20261122/us-west-2/"+scope+"/aws4_request, SignedHeaders=host, Signature="+strings.Repeat("0", 64))
		r.Header.Set(header, value)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code == http.StatusInternalServerError || w.Code < 200 {
			t.Errorf("%s %s?%s %s: %s: %d %s", method, path, query, header, value, w.Code, w.Body)
		}
	})
}

// FuzzRequest sends any path, query and body: the endpoint answers, and never
// with a fault of its own.
func FuzzRequest(f *testing.F) {
	f.Add("PUT", "/box/k", "partNumber=1&uploadId=x", []byte("5\r\nhello\r\n0\r\n\r\n"), true)
	f.Add("POST", "/box", "delete", []byte("<Delete><Object/></Delete>"), false)
	f.Add("GET", "/_aws/execute-api/a1b2c3d4e5/prod/%2f//x", "a=b", []byte{}, false)
	f.Add("GET", "/box/%ff%00", "list-type=2&max-keys=-1", []byte{}, false)
	f.Add("PUT", "/box", "notification", []byte("<NotificationConfiguration><QueueConfiguration/></NotificationConfiguration>"), false)
	handler := trusting(f)
	f.Fuzz(func(t *testing.T, method, path, query string, body []byte, streaming bool) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost"+path+"?"+query, bytes.NewReader(body))
		if err != nil || !strings.HasPrefix(r.URL.Path, "/") {
			return
		}
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=K/20261122/us-west-2/s3/aws4_request, SignedHeaders=host, Signature="+strings.Repeat("0", 64))
		if streaming {
			r.Header.Set("X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
			r.Header.Set("X-Amz-Decoded-Content-Length", "5")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code == http.StatusInternalServerError || w.Code < 200 {
			t.Errorf("%s %s?%s: %d %s", method, path, query, w.Code, w.Body)
		}
	})
}

// trusting is an endpoint over a sandbox that lets everybody do everything.
func trusting(f *testing.F) http.Handler {
	sandbox, err := fake.Open(f.TempDir(), fake.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			f.Error(err)
		}
	})
	cloud := sandbox.Cloud()
	return endpoint.New(endpoint.Config{
		Caller:    func(string) (endpoint.Caller, bool) { return endpoint.Caller{Cloud: cloud}, true },
		Anonymous: func(string, string) (aws.Cloud, bool) { return cloud, true },
		Bucket:    func(string) error { return nil },
		Presigned: func(*http.Request) (endpoint.Caller, error) { return endpoint.Caller{Cloud: cloud}, nil },
		Execute:   execute,
	})
}
