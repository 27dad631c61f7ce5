package s3

import (
	"context"
	"crypto/hmac"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"awslab/aws"
)

var _ aws.Presigner = (*Service)(nil)

const (
	// longestExpiry is how long a presigned URL may be good.
	longestExpiry = 7 * 24 * time.Hour
	// clockSkew is how far in the future a URL may have been signed.
	clockSkew = 15 * time.Minute
	// unsignedPayload stands for the digest of a body that is not signed.
	unsignedPayload = "UNSIGNED-PAYLOAD"
	signedTime      = "20060102T150405Z"
)

// unescapedSigner signs as S3 does: paths are encoded once, and what is a header
// stays one.
func unescapedSigner() *v4.Signer {
	return v4.NewSigner(func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = true
		o.DisableHeaderHoisting = true
	})
}

// PresignGetObject makes a URL that reads an object until it expires. Whether
// there is such an object only shows when it is used.
func (s *Service) PresignGetObject(ctx context.Context, in aws.PresignGetObjectInput) (string, error) {
	return answer(ctx, s, "GetObject", func() (string, error) {
		if err := checkBucketName(in.Bucket); err != nil {
			return "", err
		}
		if err := checkKey(in.Key); err != nil {
			return "", err
		}
		seconds := int64(in.Expires / time.Second)
		if seconds < 1 || in.Expires > longestExpiry {
			return "", badExpiry()
		}
		if s.config.Endpoint == "" {
			return "", fault{"NotImplemented", "This sandbox has no endpoint for a URL to lead to"}.err()
		}
		query := url.Values{"X-Amz-Expires": {strconv.FormatInt(seconds, 10)}}
		address := strings.TrimSuffix(s.config.Endpoint, "/") + "/" + in.Bucket + "/" + encodedPath(in.Key) + "?" + query.Encode()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
		if err != nil {
			return "", err
		}
		user := sdk.Credentials{AccessKeyID: s.config.User.AccessKeyID, SecretAccessKey: s.config.User.SecretAccessKey}
		signed, _, err := unescapedSigner().PresignHTTP(ctx, user, r, unsignedPayload, "s3", s.config.Region, s.config.Now())
		return signed, err
	})
}

// encodedPath encodes a key as signatures want it: all but letters, digits and
// -._~ and the slashes.
func encodedPath(key string) string {
	return strings.NewReplacer("+", "%20", "%2F", "/").Replace(url.QueryEscape(key))
}

func badExpiry() error {
	return &aws.Error{Code: parametersCode, Message: "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"}
}

// parametersCode is the code of presigned URLs that are none.
const parametersCode = "AuthorizationQueryParametersError"

// presigned is what a presigned URL says of its signature.
type presigned struct {
	accessKeyID, region, service string
	date                         time.Time
	expires                      time.Duration
	headers                      []string // that are signed
	signature                    string
}

// VerifyPresigned checks the signature in the URL of a request; secret gives the
// secret access key of an access key id, if there is one. Where that is "", nobody
// knows it, and the signature is taken at its word. Errors are *aws.Error, in S3's
// words.
func (s *Service) VerifyPresigned(r *http.Request, secret func(accessKeyID string) (string, bool)) error {
	err := s.verify(r, secret)
	if err != nil {
		return s.form().Failure("GetObject", err)
	}
	return nil
}

func (s *Service) verify(r *http.Request, secret func(string) (string, bool)) error {
	p, err := parsePresigned(r.URL.Query())
	if err != nil {
		return err
	}
	key, known := secret(p.accessKeyID)
	now := s.config.Now()
	switch {
	case !known:
		return fault{"InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."}.err()
	case p.date.After(now.Add(clockSkew)):
		return fault{accessDenied.code, "Request is not yet valid"}.err()
	case now.After(p.date.Add(p.expires)):
		return fault{accessDenied.code, "Request has expired"}.err()
	case key == "":
		return nil
	}
	again, err := p.sign(r, key)
	if err != nil {
		return err
	}
	if !hmac.Equal([]byte(again), []byte(p.signature)) {
		return fault{"SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method."}.err()
	}
	return nil
}

func parsePresigned(query url.Values) (p presigned, err error) {
	for _, name := range []string{"Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires"} {
		if query.Get("X-Amz-"+name) == "" {
			return p, &aws.Error{Code: parametersCode, Message: "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, " +
				"X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."}
		}
	}
	if query.Get("X-Amz-Algorithm") != "AWS4-HMAC-SHA256" {
		return p, &aws.Error{Code: parametersCode, Message: `X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"`}
	}
	scope := strings.Split(query.Get("X-Amz-Credential"), "/")
	if len(scope) != 5 || scope[4] != "aws4_request" {
		return p, &aws.Error{Code: parametersCode, Message: `Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`}
	}
	p.accessKeyID, p.region, p.service = scope[0], scope[2], scope[3]
	if p.date, err = time.Parse(signedTime, query.Get("X-Amz-Date")); err != nil || p.date.Format("20060102") != scope[1] {
		return p, &aws.Error{Code: parametersCode, Message: `X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`}
	}
	seconds, err := strconv.ParseInt(query.Get("X-Amz-Expires"), 10, 64)
	switch {
	case err != nil:
		return p, &aws.Error{Code: parametersCode, Message: "X-Amz-Expires should be a number"}
	case seconds < 0:
		return p, &aws.Error{Code: parametersCode, Message: "X-Amz-Expires must be non-negative"}
	case seconds > int64(longestExpiry/time.Second):
		return p, badExpiry()
	}
	p.expires = time.Duration(seconds) * time.Second
	p.headers = strings.Split(strings.ToLower(query.Get("X-Amz-SignedHeaders")), ";")
	p.signature = query.Get("X-Amz-Signature")
	return p, nil
}

// sign signs a request as the URL says it was signed, and gives the signature.
func (p presigned) sign(r *http.Request, secret string) (string, error) {
	again := r.Clone(r.Context())
	query := again.URL.Query()
	query.Del("X-Amz-Signature")
	again.URL.RawQuery = query.Encode()
	again.URL.RawPath = encodedPath(again.URL.Path)
	again.URL.Host = again.Host
	if !slices.Contains(p.headers, "content-length") {
		again.ContentLength = 0
	}
	for name := range again.Header {
		if !slices.Contains(p.headers, strings.ToLower(name)) {
			again.Header.Del(name)
		}
	}
	credentials := sdk.Credentials{AccessKeyID: p.accessKeyID, SecretAccessKey: secret}
	signed, _, err := unescapedSigner().PresignHTTP(r.Context(), credentials, again, payloadDigest(r), p.service, p.region, p.date)
	if err != nil {
		return "", err
	}
	address, err := url.Parse(signed)
	if err != nil {
		return "", err
	}
	return address.Query().Get("X-Amz-Signature"), nil
}

// payloadDigest is what was signed of the body: nothing, unless the request says.
func payloadDigest(r *http.Request) string {
	for _, digest := range []string{r.URL.Query().Get("X-Amz-Content-Sha256"), r.Header.Get("X-Amz-Content-Sha256")} {
		if digest != "" {
			return digest
		}
	}
	return unsignedPayload
}
