// Package endpoint is an HTTP server that speaks AWS's wire protocols over any
// Cloud, for functions, the AWS CLI and SDKs: so far S3's (REST-XML); and the
// invoke URLs of APIs. It answers only this machine, and malformed requests as
// AWS does.
package endpoint

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strings"

	"awslab/aws"
)

// Caller is who sent a request, and the Cloud as he may use it.
type Caller struct {
	Cloud aws.Cloud
	// Token is the session token that goes with the access key; "" for none.
	Token string
}

// Config is what an endpoint needs to know. All members are needed.
type Config struct {
	// Caller finds whose an access key is; false if nobody's.
	Caller func(accessKeyID string) (Caller, bool)
	// Anonymous is the Cloud for a request without credentials that reads an
	// object, or false when the object is not public.
	Anonymous func(bucket, key string) (aws.Cloud, bool)
	// Presigned checks a URL that carries its signature, and gives its signer.
	Presigned func(*http.Request) (Caller, error)
	// Execute answers a request to a stage of an API; path is the rest of the URL's
	// path as it was sent, "" or beginning with a slash.
	Execute func(w http.ResponseWriter, r *http.Request, api, stage, path string)
}

// New makes the server's handler.
func New(config Config) http.Handler { return &server{config} }

type server struct{ config Config }

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call, invokes := invocationOf(r)
	if !invokes {
		w.Header().Set("x-amz-request-id", requestID())
		w.Header().Set("Server", "AmazonS3")
	}
	if refusal := foreign(r); refusal != "" {
		http.Error(w, refusal, http.StatusForbidden)
		return
	}
	if invokes {
		s.invoke(w, r, call)
		return
	}
	if r.Header.Get("X-Amz-Target") != "" || !speaksS3(r) {
		http.Error(w, "this endpoint speaks the protocol of Amazon S3 only", http.StatusNotImplemented)
		return
	}
	s.serveS3(w, r)
}

// foreign says why a request is refused; "" when it is not. A page of another
// origin must not reach the sandbox through its visitor's browser, and a name
// that was made to resolve to this machine is no name of it.
func foreign(r *http.Request) string {
	if !ourHost(r.Host) {
		return "the endpoint answers to names of this machine only, and " + r.Host + " is none"
	}
	const otherOrigin = "pages of another origin may not use the endpoint"
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || !ourHost(u.Host) {
			return otherOrigin
		}
		return ""
	}
	// A page's pictures and scripts come without an Origin; links that somebody
	// follows are his own doing.
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		return otherOrigin
	}
	return ""
}

// ourHost reports whether a Host names this machine.
func ourHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(strings.Trim(name, "[]")), ".")
	if ip := net.ParseIP(name); ip != nil {
		return ip.IsLoopback()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// speaksS3 reports whether a request's signature names S3, or no service.
func speaksS3(r *http.Request) bool {
	scope := r.URL.Query().Get("X-Amz-Credential")
	if a, ok := parseAuthorization(r.Header.Get("Authorization")); ok {
		scope = a.credential
	}
	parts := strings.Split(scope, "/")
	return len(parts) != 5 || parts[3] == "s3" || parts[3] == ""
}

// requestID makes an id as S3's are: 16 letters and digits.
func requestID() string {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // it never fails
	return strings.ToUpper(hex.EncodeToString(id))
}

// hostID makes the second id of S3's answers.
func hostID() string {
	id := make([]byte, 48)
	_, _ = rand.Read(id) // it never fails
	return base64.StdEncoding.EncodeToString(id)
}
