package apigateway

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxLogged is how much of a body or of headers the log tells, in bytes.
const maxLogged = 1024

// executionLog is what happens to a call that is tested, one event a line. A nil
// log takes nothing.
type executionLog struct {
	now  func() time.Time
	text strings.Builder
}

// add adds an event.
func (l *executionLog) add(format string, args ...any) {
	if l == nil {
		return
	}
	l.text.WriteString(l.now().UTC().Format("Mon Jan 02 15:04:05 MST 2006"))
	fmt.Fprintf(&l.text, " : "+format+"\n", args...)
}

// body adds an event that tells a body, or as much of it as the log has room for.
func (l *executionLog) body(what string, text []byte) {
	if l != nil {
		l.add("%s: %s", what, truncated(string(text)))
	}
}

func truncated(text string) string {
	if len(text) <= maxLogged {
		return text
	}
	return strings.ToValidUTF8(text[:maxLogged], "") + " [TRUNCATED]"
}

// braces tells names and values as the log does.
func braces(values map[string]string) string {
	parts := make([]string, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		parts = append(parts, name+"="+values[name])
	}
	return truncated("{" + strings.Join(parts, ", ") + "}")
}

func headersOf(header http.Header) string {
	values := make(map[string]string, len(header))
	for name, list := range header {
		values[name] = strings.Join(list, ",")
	}
	return braces(values)
}

// logRequest tells what came.
func (x *call) logRequest() {
	if x.log == nil {
		return
	}
	params, query := make(map[string]string), make(map[string]string)
	for _, p := range x.params {
		params[p.name] = p.value
	}
	for _, q := range x.query {
		query[q.name] = q.value
	}
	fmt.Fprintf(&x.log.text, "Execution log for request %s\n", x.request)
	x.log.add("Starting execution for request: %s", x.request)
	x.log.add("HTTP Method: %s, Resource Path: %s", x.httpMethod, x.route.path)
	x.log.add("Method request path: %s", braces(params))
	x.log.add("Method request query string: %s", braces(query))
	x.log.add("Method request headers: %s", headersOf(x.header))
	x.log.body("Method request body before transformations", x.body)
}

// logEndpoint tells what a function is sent.
func (x *call) logEndpoint(region, source string, event []byte) {
	if x.log == nil {
		return
	}
	host := "lambda." + region + ".amazonaws.com"
	uri := "https://" + host + "/2015-03-31/functions/" + x.method.function + "/invocations"
	x.log.add("Endpoint request URI: %s", uri)
	x.log.add("Endpoint request headers: %s", braces(map[string]string{
		"Accept": contentJSON, "Host": host, "User-Agent": "AmazonAPIGateway_" + x.api, "X-Amz-Source-Arn": source, "X-Amzn-Trace-Id": x.trace,
	}))
	x.log.body("Endpoint request body after transformations", event)
	x.log.add("Sending request to %s", uri)
}

// logResponse tells what is answered.
func (x *call) logResponse(r *response) {
	if x.log == nil {
		return
	}
	x.log.body("Method response body after transformations", r.body)
	x.log.add("Method response headers: %s", headersOf(r.header))
	x.log.add("Successfully completed execution")
	x.log.add("Method completed with status: %d", r.status)
}
