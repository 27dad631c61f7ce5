package apigateway

import (
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
)

// event is the call as a Lambda function gets it (proxy event, version 1.0): all
// members are there, in AWS's order, and those that have nothing are null.
func (x *call) event() []byte {
	out := make([]byte, 0, 2048+2*len(x.body))
	out = appendMember(out, `{"resource":`, x.route.path)
	out = appendMember(out, `,"path":`, x.path)
	out = appendMember(out, `,"httpMethod":`, x.httpMethod)
	out = x.appendHeaders(out)
	out = x.appendQuery(out)
	out = append(out, `,"pathParameters":`...)
	out = x.appendParams(out)
	out = append(append(out, `,"stageVariables":`...), x.variables...)
	out = append(out, `,"requestContext":`...)
	out = x.appendContext(out)
	out = append(out, `,"body":`...)
	binary := len(x.body) > 0 && isBinary(x.binary, x.contentType())
	switch {
	case len(x.body) == 0:
		out = append(out, "null"...)
	case binary:
		out = append(base64.StdEncoding.AppendEncode(append(out, '"'), x.body), '"')
	default:
		out = appendString(out, string(x.body))
	}
	out = append(out, `,"isBase64Encoded":`...)
	return append(strconv.AppendBool(out, binary), '}')
}

func appendMember(out []byte, name, value string) []byte {
	return appendString(append(out, name...), value)
}

// appendMap appends names and values in order of the names; null for none.
func appendMap(out []byte, values map[string]string) []byte {
	if len(values) == 0 {
		return append(out, "null"...)
	}
	separator := byte('{')
	for _, name := range slices.Sorted(maps.Keys(values)) {
		out = appendString(append(out, separator), name)
		out = appendString(append(out, ':'), values[name])
		separator = ','
	}
	return append(out, '}')
}

// appendList appends values.
func appendList(out []byte, values []string) []byte {
	separator := byte('[')
	for _, value := range values {
		out = appendString(append(out, separator), value)
		separator = ','
	}
	return append(out, ']')
}

// appendHeaders appends the headers, in order of their names.
func (x *call) appendHeaders(out []byte) []byte {
	names := make([]string, 0, 32)
	for name, values := range x.header {
		if len(values) > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return appendTwice(out, `,"headers":`, `,"multiValueHeaders":`, names, x.header)
}

// appendQuery appends the parameters of the query, in their order.
func (x *call) appendQuery(out []byte) []byte {
	values := make(map[string][]string, len(x.query))
	names := make([]string, 0, len(x.query))
	for _, p := range x.query {
		if _, known := values[p.name]; !known {
			names = append(names, p.name)
		}
		values[p.name] = append(values[p.name], p.value)
	}
	return appendTwice(out, `,"queryStringParameters":`, `,"multiValueQueryStringParameters":`, names, values)
}

// appendTwice appends a member with the last value of each name, and one with
// all values; null when there are no names.
func appendTwice(out []byte, single, multi string, names []string, values map[string][]string) []byte {
	if len(names) == 0 {
		return append(append(append(append(out, single...), "null"...), multi...), "null"...)
	}
	out = append(out, single...)
	separator := byte('{')
	for _, name := range names {
		out = appendString(append(out, separator), name)
		out = appendString(append(out, ':'), last(values[name]))
		separator = ','
	}
	out = append(append(out, '}'), multi...)
	separator = '{'
	for _, name := range names {
		out = appendString(append(out, separator), name)
		out = appendList(append(out, ':'), values[name])
		separator = ','
	}
	return append(out, '}')
}

func (x *call) appendParams(out []byte) []byte {
	if len(x.params) == 0 {
		return append(out, "null"...)
	}
	separator := byte('{')
	for _, p := range x.params {
		out = appendString(append(out, separator), p.name)
		out = appendString(append(out, ':'), p.value)
		separator = ','
	}
	return append(out, '}')
}

// appendContext appends what API Gateway knows of the request.
func (x *call) appendContext(out []byte) []byte {
	out = appendMember(out, `{"resourceId":`, x.route.id)
	out = appendMember(out, `,"resourcePath":`, x.route.path)
	out = appendMember(out, `,"httpMethod":`, x.httpMethod)
	out = appendMember(out, `,"extendedRequestId":`, x.extended)
	out = appendMember(out, `,"requestTime":`, x.requestTime())
	out = appendMember(out, `,"path":`, x.fullPath)
	out = appendMember(out, `,"accountId":`, x.account)
	out = appendMember(out, `,"protocol":`, x.protocol)
	out = appendMember(out, `,"stage":`, x.stage)
	out = appendMember(out, `,"domainPrefix":`, x.prefix)
	out = strconv.AppendInt(append(out, `,"requestTimeEpoch":`...), x.at.UnixMilli(), 10)
	out = appendMember(out, `,"requestId":`, x.request)
	out = x.appendIdentity(append(out, `,"identity":`...))
	out = appendMember(out, `,"domainName":`, x.host)
	out = appendMember(out, `,"deploymentId":`, x.deployment)
	return append(appendMember(out, `,"apiId":`, x.api), '}')
}

// appendIdentity appends who sent the request: nobody in particular, unless it
// is signed or a test.
func (x *call) appendIdentity(out []byte) []byte {
	account := ""
	if x.signer != "" || x.test {
		account = x.account
	}
	out = appendOptional(out, `{"cognitoIdentityPoolId":null,"accountId":`, account)
	if x.test {
		out = append(out, `,"apiKey":"test-invoke-api-key","apiKeyId":"test-invoke-api-key-id"`...)
	}
	out = appendMember(out, `,"cognitoIdentityId":null,"caller":null,"sourceIp":`, x.source)
	out = appendOptional(out, `,"principalOrgId":null,"accessKey":`, x.signer)
	out = appendOptional(out, `,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":null,"userAgent":`, x.agent)
	return append(out, `,"user":null}`...)
}

// appendOptional appends a value, null when it is "".
func appendOptional(out []byte, name, value string) []byte {
	if value == "" {
		return append(append(out, name...), "null"...)
	}
	return appendMember(out, name, value)
}
