package apigateway

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkServe is what API Gateway itself takes of a request, without HTTP and
// the function.
func BenchmarkServe(b *testing.B) {
	w := open(b)
	api := w.build(b, "ANY /pets/{id}").deploy(b)
	w.answers(`{"statusCode":200,"headers":{"X-A":"1"},"body":"{\"q\":1}"}`)
	r := httptest.NewRequest(http.MethodGet, "/pets/7?q=1", http.NoBody)
	r.Header = http.Header{"Accept": {"text/html"}, "User-Agent": {"curl/8"}}
	b.ReportAllocs()
	for b.Loop() {
		w.offset.Add(1_000_000) // the throttle goes by the clock
		w.Serve(httptest.NewRecorder(), r, api.id, "dev", "/pets/7")
	}
}
