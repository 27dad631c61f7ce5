// Package endpoint is an HTTP server that speaks AWS's wire protocols over any
// Cloud, for functions, the AWS CLI and SDKs, whatever their age; and the invoke
// URLs of APIs. It answers only this machine, and malformed requests as AWS does.
//
// S3's protocol has code of its own. All others come from the operation table:
// a shape says what an operation's input and output look like, and each protocol
// (JSON, CBOR, Query, REST-JSON) is a way to read and write shapes.
package endpoint

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"awslab/aws"
)

// Caller is who sent a request, and the Cloud as he may use it.
type Caller struct {
	Cloud aws.Cloud
	// Token is the session token that goes with the access key; "" for none.
	Token string
}

// Config is what an endpoint needs to know. All members but Refused are needed.
type Config struct {
	// Caller finds whose an access key is; false if nobody's.
	Caller func(accessKeyID string) (Caller, bool)
	// Anonymous is the Cloud for a request without credentials that reads an
	// object, or false when the object is not public.
	Anonymous func(bucket, key string) (aws.Cloud, bool)
	// Bucket is nil when there is a bucket of the name, and otherwise why not.
	Bucket func(name string) error
	// Presigned checks a URL that carries its signature, and gives its signer.
	Presigned func(*http.Request) (Caller, error)
	// Execute answers a request to a stage of an API; path is the rest of the URL's
	// path as it was sent, "" or beginning with a slash.
	Execute func(w http.ResponseWriter, r *http.Request, api, stage, path string)
	// Refused is told of a request that reached no operation, and why: it was for
	// one that is not here, malformed, without credentials, or from elsewhere. nil for
	// nobody.
	Refused func(r *http.Request, err error)
}

// New makes the server's handler.
func New(config Config) http.Handler {
	return &server{
		config: config, tables: sync.OnceValue(newTables),
		downloads: &downloads{byID: make(map[string]download)},
	}
}

type server struct {
	config    Config
	tables    func() *tables
	downloads *downloads
	buffers   buffers
	pieces    buffers // for pour
}

// tables are what the protocols beside S3's go by. They take a moment to make,
// which a program that starts should not wait for: the first request does.
type tables struct {
	operations operations
	rest       []restCall
	cbor       cborCodec
}

func newTables() *tables {
	all := newOperations(make(shapes))
	return &tables{all, restCalls(all), newCBOR()}
}

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call, invokes := invocationOf(r)
	waited := patiently(w, r) // whoever it is for: the server reads what nobody here does
	switch refusal := foreign(r); {
	case refusal != "" && !invokes && preflights(r):
		s.serveS3(w, waited) // which refuses it too
		return
	case refusal != "":
		w.Header().Set("x-amz-request-id", requestID())
		http.Error(w, refusal, http.StatusForbidden)
		if s.config.Refused != nil {
			s.config.Refused(r, errors.New(refusal))
		}
		return
	}
	if invokes {
		s.invoke(w, r, call)
		return
	}
	if id, ok := strings.CutPrefix(r.URL.Path, downloadPath); ok {
		s.downloads.serve(w, r, id, &s.pieces)
		return
	}
	// An answer that was sent before on this connection may have left its own.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	s.serve(w, waited)
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

// preflights reports whether a request only asks what a page may do with a bucket.
func preflights(r *http.Request) bool {
	return r.Method == http.MethodOptions && ourHost(r.Host) && pathed(r) == nil
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
