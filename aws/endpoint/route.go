package endpoint

import (
	"net/http"
	"strings"
	"time"

	"awslab/aws"
)

// serve finds the protocol that a request speaks: what only one of them has goes
// first, then the service that the signature names, then the path.
func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		of, name := targeted(target)
		s.serveJSON(w, r, of, name)
		return
	}
	scope := scopeOf(r)
	if service, operation, ok := cborOf(r); ok && scope != string(aws.ServiceS3) {
		s.serveCBOR(w, r, service, operation)
		return
	}
	of := scoped(scope)
	if scope == "" {
		of = pathed(r)
	}
	switch {
	case of != nil && of.rest:
		s.serveREST(w, r, of)
	case of != nil && of.dated != "", scope == "" && isForm(r):
		s.serveQuery(w, r, of)
	case scope == "" || scope == string(aws.ServiceS3):
		s.serveS3(w, r)
	case of != nil:
		s.serveJSON(w, r, of, "") // what it wants is not said
	case isForm(r):
		s.serveQuery(w, r, nil)
	default:
		s.serveREST(w, r, of)
	}
}

// scopeOf is the service that a request's signature names; "" for none.
func scopeOf(r *http.Request) string {
	var scope string
	if header := r.Header.Get("Authorization"); header != "" {
		a, _ := parseAuthorization(header)
		scope = a.credential
	} else if strings.Contains(r.URL.RawQuery, "X-Amz-Credential=") {
		scope = r.URL.Query().Get("X-Amz-Credential")
	}
	parts := strings.Split(scope, "/")
	if len(parts) != 5 {
		return ""
	}
	return parts[3]
}

// pathed is the language that a path belongs to; nil when it is S3's, as all of a
// bucket's own host are.
func pathed(r *http.Request) *language {
	if hostBucket(r.Host) != "" || !strings.HasPrefix(r.URL.Path, "/") {
		return nil
	}
	parts := strings.SplitN(r.URL.Path, "/", 4)
	if parts[1] == "restapis" {
		return scoped("apigateway")
	}
	// Paths of Lambda begin with the date of a version of its API.
	if _, err := time.Parse(time.DateOnly, parts[1]); err == nil && len(parts) > 2 && (parts[2] == "functions" || parts[2] == "account-settings") {
		return scoped("lambda")
	}
	return nil
}

// isForm reports whether a request may be one of the Query protocol.
func isForm(r *http.Request) bool {
	if r.URL.Path != "/" || hostBucket(r.Host) != "" {
		return false
	}
	kind := r.Header.Get("Content-Type")
	return r.Method == http.MethodPost && strings.HasPrefix(kind, "application/x-www-form-urlencoded") || r.URL.Query().Has("Action")
}
