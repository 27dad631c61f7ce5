package apigateway

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws"
)

func TestContextVariables(t *testing.T) {
	t.Parallel()
	x := sample()
	x.signer = "AKIAX"
	for name, want := range map[string]string{
		"accountId": account, "apiId": "a1b2c3d4e5", "deploymentId": "abc123", "domainName": "127.0.0.1", "domainPrefix": "a1b2c3d4e5",
		"extendedRequestId": "EXTENDED=", "httpMethod": http.MethodPost, "identity.accessKey": "AKIAX", "identity.sourceIp": "127.0.0.1",
		"identity.userAgent": "curl/8", "path": "/dev/pets/a%20b", "protocol": "HTTP/1.1", "requestId": "REQUEST",
		"requestTime": "22/Nov/2026:13:43:15 +0000", "requestTimeEpoch": "1795354995000", "resourceId": "resource01", "resourcePath": "/pets/{id}",
		"stage": "dev", "xrayTraceId": "1-0-0", "authorizer.principalId": "", "none": "",
	} {
		if got, err := mustParse(t, "$context."+name).render(x.scope(nil)); err != nil || got != want {
			t.Errorf("$context.%s is %q (%v), want %q", name, got, err, want)
		}
	}
}

// A parameter is looked for in the path, the query and the headers, in this order.
func TestParameters(t *testing.T) {
	t.Parallel()
	x := sample()
	x.query = append(x.query, pair{"id", "query"}, pair{"X-Two", "query"})
	for name, want := range map[string]string{"id": "a b", "q": "two words", "X-Two": "query", "x-forwarded-port": "4566", "none": ""} {
		if got := x.parameter(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// Metrics wait a moment for more, and not at all when the service closes.
func TestMetricsAreWrittenTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const gather = 20 * time.Millisecond
		kept := &metrics{}
		r := newRecorder(Config{Metrics: kept, Gather: gather})
		name := aws.Dimension{Name: "ApiName", Value: "FAQ-API"}
		dimensions := [2][]aws.Dimension{{name}, {name, {Name: "Stage", Value: "dev"}}}
		counted := func() int {
			synctest.Wait()
			_, n := kept.sum("Count", 1)
			return n
		}
		r.request(dimensions, measured{at: start, status: http.StatusOK})
		r.request(dimensions, measured{at: start, status: http.StatusOK})
		if n := counted(); n != 0 {
			t.Errorf("%d requests are counted at once", n)
		}
		time.Sleep(gather)
		if n := counted(); n != 2 {
			t.Errorf("%d requests are counted after a moment, want 2", n)
		}
		for range 2 * mostData {
			r.request(dimensions, measured{at: start, status: http.StatusOK})
		}
		before := time.Now()
		r.rounds.Drain()
		if n := counted(); n <= 2 || n > 2+mostData/8 || time.Since(before) != 0 {
			t.Errorf("%d requests are counted at the end, after %s", n, time.Since(before))
		}
	})
}
