package endpoint

import (
	"net/http"
	"regexp"
	"strings"

	"awslab/aws"
)

// authorization is a Signature Version 4 header, taken apart.
type authorization struct {
	credential string // KEY/date/region/service/aws4_request
	signed     []string
	signature  string
}

const algorithm = "AWS4-HMAC-SHA256"

var signatureForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// parseAuthorization reads the header; false when it is not of the form.
func parseAuthorization(header string) (a authorization, ok bool) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return a, false
	}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			a.credential = value
		case "SignedHeaders":
			a.signed = strings.Split(value, ";")
		case "Signature":
			a.signature = value
		}
	}
	return a, len(strings.Split(a.credential, "/")) == 5 && len(a.signed) > 0 && signatureForm.MatchString(a.signature)
}

// caller finds who sent a request; the bucket and key are what it is about.
func (s *server) caller(r *http.Request, t target) (Caller, error) {
	query := r.URL.Query()
	switch {
	case query.Has("X-Amz-Signature"):
		return s.config.Presigned(r)
	case r.Header.Get("Authorization") == "":
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if cloud, public := s.config.Anonymous(t.bucket, t.key); public && reads && t.key != "" {
			return Caller{Cloud: cloud}, nil
		}
		return Caller{}, fault(http.StatusForbidden, "AccessDenied", "Access Denied")
	}
	a, ok := parseAuthorization(r.Header.Get("Authorization"))
	if !ok {
		return Caller{}, fault(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the authorization component \""+shortened(r.Header.Get("Authorization"))+"\" is malformed.")
	}
	key, _, _ := strings.Cut(a.credential, "/")
	caller, ok := s.config.Caller(key)
	if !ok {
		return Caller{}, fault(http.StatusForbidden, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
	}
	if caller.Token != "" && r.Header.Get("X-Amz-Security-Token") != caller.Token {
		return Caller{}, fault(http.StatusBadRequest, "InvalidToken", "The provided token is malformed or otherwise invalid.")
	}
	return caller, nil
}

func shortened(text string) string {
	if len(text) > 60 {
		return text[:60]
	}
	return text
}

// fault is an error of the protocol itself. One that comes out of a body, which
// an operation reads, passes through the operation as it is: it names no service.
func fault(status int, code, message string) *aws.Error {
	return &aws.Error{Code: code, Message: message, Status: status}
}
