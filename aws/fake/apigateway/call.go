package apigateway

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"awslab/aws/fake/answers"
)

// pair is a parameter of a query.
type pair struct{ name, value string }

// call is one request on its way through a method.
type call struct {
	// Of the API.
	api, stage, deployment string
	route                  *route
	method                 *method
	binary                 []string
	stageVariables         map[string]string
	variables              []byte // the same as JSON
	// Of the request.
	httpMethod string
	path       string // as it was sent, without the stage
	fullPath   string // with it
	protocol   string
	host       string
	prefix     string // the first part of the domain's name
	params     []param
	query      []pair
	header     http.Header
	body       []byte
	source     string // the address of who sent it
	agent      string
	signer     string // the access key of who signed it
	test       bool
	// Of the call itself.
	at         time.Time
	request    string // its id
	extended   string // the other one
	trace      string
	account    string
	log        *executionLog // nil when nobody reads it
	integrated bool          // it got as far as the integration
	took       time.Duration // the integration
}

// newCall makes the ids of a call.
func (s *Service) newCall() *call {
	random := answers.Random(s.config.Random)
	now := s.config.Now()
	b := random.Bytes(24)
	return &call{
		at: now, request: random.UUID(), extended: base64.StdEncoding.EncodeToString(b[:11]), account: s.config.AccountID,
		trace: fmt.Sprintf("Root=1-%08x-%s", uint32(now.Unix()), hex.EncodeToString(b[12:])), //nolint:gosec // the id has room until 2106
	}
}

// requestTime is when the call came, as logs of web servers tell it.
func (x *call) requestTime() string { return x.at.UTC().Format("02/Jan/2006:15:04:05 -0700") }

// contentType is what the request says that its body is.
func (x *call) contentType() string { return x.header.Get("Content-Type") }

// scope is what templates may ask of the call.
func (x *call) scope(body []byte) *scope {
	return &scope{body: body, parameter: x.parameter, context: x.variable, stage: x.stageVariables}
}

// parameter looks a name up in the path, the query and the headers; "" when it
// is in none.
func (x *call) parameter(name string) string {
	for _, p := range x.params {
		if p.name == name {
			return unescaped(p.value)
		}
	}
	for i := len(x.query) - 1; i >= 0; i-- {
		if x.query[i].name == name {
			return x.query[i].value
		}
	}
	return last(x.header[http.CanonicalHeaderKey(name)])
}

func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

// variable is one of $context; "" when there is none.
func (x *call) variable(name string) string {
	switch name {
	case "accountId":
		return x.account
	case "apiId":
		return x.api
	case "deploymentId":
		return x.deployment
	case "domainName":
		return x.host
	case "domainPrefix":
		return x.prefix
	case "extendedRequestId":
		return x.extended
	case "httpMethod":
		return x.httpMethod
	case "identity.accessKey":
		return x.signer
	case "identity.sourceIp":
		return x.source
	case "identity.userAgent":
		return x.agent
	case "path":
		return x.fullPath
	case "protocol":
		return x.protocol
	case "requestId":
		return x.request
	case "requestTime":
		return x.requestTime()
	case "requestTimeEpoch":
		return strconv.FormatInt(x.at.UnixMilli(), 10)
	case "resourceId":
		return x.route.id
	case "resourcePath":
		return x.route.path
	case "stage":
		return x.stage
	case "xrayTraceId":
		return strings.TrimPrefix(x.trace, "Root=")
	}
	return ""
}
