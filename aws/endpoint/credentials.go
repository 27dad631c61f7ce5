package endpoint

import (
	"net/http"
	"regexp"
	"strings"
)

// credentialCodes are what a protocol calls the faults of credentials.
type credentialCodes struct {
	status                                int
	missing, incomplete, invalid, unknown string
}

// identify finds who sent a request to a service beside S3. The signature must be
// of the form, in the header or in the URL; a sandbox asks for no secret.
func (s *server) identify(r *http.Request, codes credentialCodes) (Caller, error) {
	refuse := func(code, message string) (Caller, error) {
		return Caller{}, fault(codes.status, code, message)
	}
	credential, token := "", r.Header.Get("X-Amz-Security-Token")
	if header := r.Header.Get("Authorization"); header != "" {
		a, ok := parseAuthorization(header)
		switch {
		case !strings.HasPrefix(header, "AWS4-"):
			return refuse(codes.missing, "Request is missing Authentication Token")
		case !ok || r.Header.Get("X-Amz-Date") == "" && r.Header.Get("Date") == "":
			return refuse(codes.incomplete, incomplete(r, a))
		}
		credential = a.credential
	} else {
		query := r.URL.Query()
		if !query.Has("X-Amz-Signature") {
			return refuse(codes.missing, "Request is missing Authentication Token")
		}
		credential = query.Get("X-Amz-Credential")
		if query.Has("X-Amz-Security-Token") {
			token = query.Get("X-Amz-Security-Token")
		}
	}
	key, scope, _ := strings.Cut(credential, "/")
	if strings.Count(scope, "/") != 3 {
		return refuse(codes.incomplete, "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"+shortened(credential)+"'")
	}
	if date, end := scopeEnds(scope); !scopeDate.MatchString(date) {
		return refuse(codes.invalid, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"+shortened(date)+"'")
	} else if end != scopeTerminator {
		return refuse(codes.invalid, "Credential should be scoped with a valid terminator: '"+scopeTerminator+"', not '"+shortened(end)+"'.")
	}
	caller, ok := s.config.Caller(key)
	if !ok || caller.Token != "" && token != caller.Token {
		return refuse(codes.unknown, "The security token included in the request is invalid.")
	}
	return caller, nil
}

// What a credential's scope, date/region/service/terminator, begins and ends with.
const scopeTerminator = "aws4_request"

var scopeDate = regexp.MustCompile(`^[0-9]{8}$`)

func scopeEnds(scope string) (date, end string) {
	date, _, _ = strings.Cut(scope, "/")
	return date, scope[strings.LastIndexByte(scope, '/')+1:]
}

// incomplete says what is missing in an Authorization header.
func incomplete(r *http.Request, a authorization) string {
	var faults strings.Builder
	for _, part := range []struct {
		name    string
		missing bool
	}{
		{"Credential", a.credential == ""},
		{"Signature", a.signature == ""},
		{"SignedHeaders", len(a.signed) == 0},
	} {
		if part.missing {
			faults.WriteString("Authorization header requires '" + part.name + "' parameter. ")
		}
	}
	if r.Header.Get("X-Amz-Date") == "" && r.Header.Get("Date") == "" {
		faults.WriteString("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
	}
	if faults.Len() == 0 {
		faults.WriteString("Authorization header is malformed. ")
	}
	return faults.String() + "Authorization=" + shortened(r.Header.Get("Authorization"))
}
