package apigateway

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"awslab/aws"
)

const (
	// maxBody is the size of the largest request body, in bytes.
	maxBody = 10 << 20
	// maxHeaders is the size of the request line and the headers together, in
	// bytes.
	maxHeaders = 10_240
	// bodyPatience is how long a client may take to send its body, by the
	// computer's clock.
	bodyPatience = 30 * time.Second
)

// Serve answers a request to a stage of an API. path is what follows the stage's
// name, as it was sent: "", or beginning with a slash.
func (s *Service) Serve(w http.ResponseWriter, r *http.Request, api, stage, path string) {
	x := s.newCall()
	if !s.begin() {
		goingAway.response().send(w, x)
		return
	}
	defer s.work.Done()
	l, err := s.lookup(api, stage)
	var answered *response
	switch {
	case err != nil:
		answered = internalError.response()
	case l == nil:
		forbidden.response().send(w, x)
		return
	default:
		answered = s.serve(w, r, l, x, path)
	}
	answered.send(w, x)
	if l != nil {
		s.records.request(l.dimensions, measured{x.at, answered.status, s.config.Now().Sub(x.at), x.took, x.integrated})
	}
}

// serve answers a request to a stage that is there.
func (s *Service) serve(w http.ResponseWriter, r *http.Request, l *live, x *call, path string) *response {
	if !s.bucket.take() {
		return tooManyRequests.response()
	}
	if sizeOf(r) > maxHeaders {
		return headersTooLong.response()
	}
	route, m, params := l.root.match(path, r.Method)
	if route == nil {
		return missingToken.response()
	}
	if m.AuthorizationType == aws.AuthorizationIAM {
		signer, refused := signerOf(r)
		if refused != nil {
			return refused.response()
		}
		x.signer = signer
	}
	body, refused := s.read(w, r)
	if refused != nil {
		return refused.response()
	}
	x.route, x.method, x.params, x.body = route, m, params, body
	x.of(l)
	x.from(r, path)
	return s.execute(r.Context(), x)
}

// of says what the call is to.
func (x *call) of(l *live) {
	x.api, x.stage, x.deployment, x.binary = l.api, l.stage.StageName, l.stage.DeploymentID, l.binary
	x.stageVariables, x.variables = l.stage.Variables, l.variables
}

// notPassed are the request headers that do not get to an integration.
var notPassed = map[string]bool{
	"Connection": true, "Content-Length": true, "Content-Md5": true, "Expect": true, "Max-Forwards": true, "Proxy-Authenticate": true, "Server": true,
	"Te": true, "Transfer-Encoding": true, "Trailer": true, "Upgrade": true, "Www-Authenticate": true,
}

// from says what the call has from its request.
func (x *call) from(r *http.Request, path string) {
	if path == "" {
		path = "/"
	}
	x.httpMethod, x.path, x.fullPath, x.protocol = r.Method, path, "/"+x.stage+path, r.Proto
	x.query = parseQuery(r.URL.RawQuery)
	x.agent = r.UserAgent()
	name, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		name, port = r.Host, "80"
	}
	x.host, x.prefix = name, x.api
	if x.source, _, err = net.SplitHostPort(r.RemoteAddr); err != nil {
		x.source = r.RemoteAddr
	}
	x.header = make(http.Header, len(r.Header)+5)
	for name, values := range r.Header {
		if !notPassed[name] {
			x.header[name] = values
		}
	}
	x.header["Host"] = []string{r.Host}
	if sent := r.Header.Get("X-Amzn-Trace-Id"); strings.Contains(sent, "Root=") {
		x.trace = sent
	}
	x.header["X-Amzn-Trace-Id"] = []string{x.trace}
	hops := append(r.Header.Values("X-Forwarded-For"), x.source)
	x.header["X-Forwarded-For"] = []string{strings.Join(hops, ", ")}
	x.header["X-Forwarded-Port"] = []string{port}
	x.header["X-Forwarded-Proto"] = []string{"http"}
}

// sizeOf is the size of a request's line and headers, in bytes.
func sizeOf(r *http.Request) int {
	n := len(r.Method) + len(r.URL.RequestURI()) + len(r.Proto) + len(r.Host)
	for name, values := range r.Header {
		for _, value := range values {
			n += len(name) + len(value)
		}
	}
	return n
}

// parseQuery reads a query in its order; what is badly escaped stands for
// itself.
func parseQuery(raw string) (out []pair) {
	for raw != "" {
		var field string
		field, raw, _ = strings.Cut(raw, "&")
		if field == "" {
			continue
		}
		name, value, _ := strings.Cut(field, "=")
		out = append(out, pair{plain(name), plain(value)})
	}
	return out
}

func plain(text string) string {
	if !strings.ContainsAny(text, "%+") {
		return text
	}
	if decoded, err := url.QueryUnescape(text); err == nil {
		return decoded
	}
	return text
}

// read reads the body of a request, and no more than may be.
func (s *Service) read(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	if r.ContentLength > maxBody {
		return nil, &bodyTooLong
	}
	if r.ContentLength == 0 || r.Body == nil {
		return nil, nil
	}
	control := http.NewResponseController(w)
	// Where no deadline can be set, clients may take their time.
	_ = control.SetReadDeadline(time.Now().Add(s.patience))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, &bodyTooLong
	case err != nil:
		return nil, &bodyTooSlow
	}
	_ = control.SetReadDeadline(time.Time{}) // as above
	return body, nil
}

// signerOf is the access key that a request is signed with. The signature itself
// is not checked: a sandbox has one user, and asks no secret of him.
func signerOf(r *http.Request) (string, *refusal) {
	credential := r.URL.Query().Get("X-Amz-Credential")
	if rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 "); ok {
		_, credential, _ = strings.Cut(rest, "Credential=")
		credential, _, _ = strings.Cut(credential, ",")
	}
	if credential == "" {
		return "", &missingToken
	}
	scope := strings.Split(strings.TrimSpace(credential), "/")
	if len(scope) != 5 || scope[3] != "execute-api" {
		return "", &wrongScope
	}
	if !strings.HasPrefix(scope[0], "AKIA") {
		return "", &onlyUser
	}
	return scope[0], nil
}
