package apigateway

import (
	"net/http"
	"strconv"
)

// response is what a call answers.
type response struct {
	status int
	header http.Header
	body   []byte
	kind   string // of a refusal, else ""
}

// contentJSON is the content type of all that does not say otherwise.
const contentJSON = "application/json"

// errorType is the header that names the kind of a refusal.
const errorType = "x-amzn-ErrorType"

// refusal is an answer of API Gateway's own.
type refusal struct {
	status     int
	kind, body string
}

// The answers of API Gateway's own, with its spaces.
var (
	missingToken      = refusal{http.StatusForbidden, "MissingAuthenticationTokenException", `{"message":"Missing Authentication Token"}`}
	forbidden         = refusal{http.StatusForbidden, "ForbiddenException", `{"message":"Forbidden"}`}
	wrongScope        = refusal{http.StatusForbidden, "InvalidSignatureException", `{"message":"Credential should be scoped to correct service: 'execute-api'."}`}
	onlyUser          = refusal{http.StatusForbidden, "AccessDeniedException", `{"message":"This sandbox lets its user call methods that need a signature, and no roles."}`}
	bodyTooLong       = refusal{http.StatusRequestEntityTooLarge, "RequestTooLargeException", `{"message":"Request Too Long"}`}
	headersTooLong    = refusal{http.StatusRequestHeaderFieldsTooLarge, "RequestTooLargeException", `{"message":"Request Header Fields Too Large"}`}
	bodyTooSlow       = refusal{http.StatusRequestTimeout, "RequestTimeoutException", `{"message":"Request Timeout"}`}
	tooManyRequests   = refusal{http.StatusTooManyRequests, "TooManyRequestsException", `{"message":"Too Many Requests"}`}
	unsupportedMedia  = refusal{http.StatusUnsupportedMediaType, "UnsupportedMediaTypeException", `{"message": "Unsupported Media Type"}`}
	internalError     = refusal{http.StatusInternalServerError, "InternalServerErrorException", `{"message": "Internal server error"}`}
	malformedResponse = refusal{http.StatusBadGateway, "InternalServerErrorException", `{"message": "Internal server error"}`}
	timedOut          = refusal{http.StatusGatewayTimeout, "InternalServerErrorException", `{"message": "Endpoint request timed out"}`}
	goingAway         = refusal{http.StatusServiceUnavailable, "ServiceUnavailableException", `{"message":"Service Unavailable"}`}
)

// response makes an answer of a refusal. After one for a body that was not read
// the connection is of no use.
func (r refusal) response() *response {
	out := &response{r.status, http.Header{"Content-Type": {contentJSON}}, []byte(r.body), r.kind}
	if r == bodyTooLong || r == bodyTooSlow {
		out.header.Set("Connection", "close")
	}
	return out
}

// remapped are the headers that an integration may not set: they get other names.
var remapped = map[string]bool{
	"Authorization": true, "Connection": true, "Content-Length": true, "Content-Md5": true, "Date": true, "Expect": true, "Host": true,
	"Max-Forwards": true, "Proxy-Authenticate": true, "Server": true, "Trailer": true, "Upgrade": true, "User-Agent": true, "Via": true,
	"Www-Authenticate": true,
}

// dropped are the headers that an integration may not set at all.
var dropped = map[string]bool{"Te": true, "Transfer-Encoding": true}

// add adds a header of an integration's answer.
func (r *response) add(name string, values ...string) {
	canonical := http.CanonicalHeaderKey(name)
	switch {
	case dropped[canonical]:
		return
	case remapped[canonical]:
		canonical = "X-Amzn-Remapped-" + canonical
	}
	r.header[canonical] = append(r.header[canonical], values...)
}

// complete gives a content type to what has none.
func (r *response) complete() *response {
	if r.header.Get("Content-Type") == "" {
		r.header.Set("Content-Type", contentJSON)
	}
	return r
}

// send writes an answer. Who does not wait for it is not told.
func (r *response) send(w http.ResponseWriter, x *call) {
	header := w.Header()
	clear(header) // what the server says of itself is not API Gateway's
	for name, values := range r.header {
		header[name] = values
	}
	header["x-amzn-RequestId"] = []string{x.request}
	header["x-amz-apigw-id"] = []string{x.extended}
	if r.kind != "" {
		header[errorType] = []string{r.kind}
	} else {
		header["X-Amzn-Trace-Id"] = []string{x.trace}
	}
	bodyless := r.status == http.StatusNoContent || r.status == http.StatusNotModified
	if !bodyless {
		header["Content-Length"] = []string{strconv.Itoa(len(r.body))}
	}
	w.WriteHeader(r.status)
	if !bodyless {
		_, _ = w.Write(r.body) //nolint:gosec // it is the function's to say, and the client may have gone
	}
}
