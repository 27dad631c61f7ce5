package endpoint

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

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
	case r.Method == http.MethodOptions:
		return Caller{}, s.preflight(r, t)
	case query.Has("X-Amz-Signature"):
		return s.config.Presigned(r)
	case query.Has("AWSAccessKeyId") && query.Has("Signature"):
		return s.presignedBefore(query)
	case r.Header.Get("Authorization") == "":
		return s.anonymous(r, t)
	}
	header := r.Header.Get("Authorization")
	a, ok := parseAuthorization(header)
	switch {
	case ok:
	case strings.HasPrefix(header, "AWS "): // Signature Version 2
		return Caller{}, fault(http.StatusBadRequest, "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use "+algorithm+".")
	case !strings.HasPrefix(header, "AWS4-"):
		return Caller{}, fault(http.StatusBadRequest, "InvalidArgument", "Unsupported Authorization Type")
	default:
		return Caller{}, fault(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the authorization component \""+shortened(header)+"\" is malformed.")
	}
	key, scope, _ := strings.Cut(a.credential, "/")
	const malformed = "The authorization header is malformed; incorrect "
	if date, end := scopeEnds(scope); !scopeDate.MatchString(date) {
		return Caller{}, fault(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			malformed+"date format \""+shortened(date)+"\". This date in the credential must be in the format \"yyyyMMdd\".")
	} else if end != scopeTerminator {
		return Caller{}, fault(http.StatusBadRequest, "AuthorizationHeaderMalformed",
			malformed+"terminal \""+shortened(end)+"\". This endpoint belongs to \""+scopeTerminator+"\".")
	}
	return s.known(key, r.Header.Get("X-Amz-Security-Token"))
}

// anonymous lets a request without credentials read what is public. Whether there is a
// bucket is told to all, but to those who would make it.
func (s *server) anonymous(r *http.Request, t target) (Caller, error) {
	if cloud, public := s.config.Anonymous(t.bucket, t.key); public && readsObject(r, t) {
		return Caller{Cloud: cloud}, nil
	}
	making := r.Method == http.MethodPut && t.level() == onBucket && r.URL.RawQuery == ""
	if t.level() != onService && !making {
		if err := s.config.Bucket(t.bucket); err != nil {
			return Caller{}, err
		}
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == formData && r.Method == http.MethodPost && t.level() == onBucket {
		return Caller{}, lacking(formData)
	}
	return Caller{}, fault(http.StatusForbidden, "AccessDenied", "Access Denied")
}

// formData is the type of a form that a browser posts, with its credentials in it, to
// make an object of a file.
const formData = "multipart/form-data"

// preflight answers a browser that asks for a page of another origin whether it may
// send a request. It may not: the buckets have no CORS configuration.
func (s *server) preflight(r *http.Request, t target) error {
	if r.Header.Get("Origin") == "" {
		return fault(http.StatusBadRequest, "BadRequest", "Insufficient information. Origin request header needed.")
	}
	refusal := "CORS is not enabled for this bucket."
	if s.config.Bucket(t.bucket) != nil {
		refusal = "Bucket not found"
	}
	err := fault(http.StatusForbidden, "AccessForbidden", "CORSResponse: "+refusal)
	err.Details = details{
		{Name: "Method", Value: cmp.Or(r.Header.Get("Access-Control-Request-Method"), r.Method)},
		{Name: "ResourceType", Value: "BUCKET"},
	}
	return err
}

// known finds whose an access key is, with the token that goes with it.
func (s *server) known(accessKeyID, token string) (Caller, error) {
	caller, ok := s.config.Caller(accessKeyID)
	if !ok {
		return Caller{}, fault(http.StatusForbidden, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
	}
	if caller.Token != "" && token != caller.Token {
		return Caller{}, fault(http.StatusBadRequest, "InvalidToken", "The provided token is malformed or otherwise invalid.")
	}
	return caller, nil
}

// presignedBefore finds the signer of a URL that was signed as before Signature
// Version 4, which botocore still does for endpoints other than AWS's own. It is
// held against its time alone, as headers are not held against a secret either.
func (s *server) presignedBefore(query url.Values) (Caller, error) {
	expires, err := strconv.ParseInt(query.Get("Expires"), 10, 64)
	switch {
	case err != nil:
		return Caller{}, fault(http.StatusForbidden, "AccessDenied", "Invalid date (should be seconds since epoch): "+shortened(query.Get("Expires")))
	case time.Now().Unix() > expires:
		return Caller{}, fault(http.StatusForbidden, "AccessDenied", "Request has expired")
	}
	return s.known(query.Get("AWSAccessKeyId"), query.Get("x-amz-security-token"))
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
