package web

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// known are answers that are explained: API Gateway says little in them. The
// first row that fits counts; a message of "" fits any.
var known = []struct {
	status        int
	message, text string
}{
	{http.StatusForbidden, "Missing Authentication Token", "No resource or method of the API fits this path and method. API Gateway says so whatever it does not know; no token is missing. " +
		"Look at the path (capital letters count, and so does the stage before it), and deploy the API if it was changed since."},
	{http.StatusForbidden, "Forbidden", "The API has no such stage, or a policy, a key or a firewall of it keeps this request out."},
	{http.StatusForbidden, "not authorized", "The API allows this request only to some callers, and this one is none of them."},
	{http.StatusUnauthorized, "", "The method wants to know who asks: the request lacks a token, or has one that is not accepted."},
	{http.StatusBadGateway, "Internal server error", "The function was invoked, but failed, or its answer was malformed: a Lambda proxy answer has only statusCode, headers, multiValueHeaders, body (a text) and isBase64Encoded. The function's log tells which."},
	{http.StatusInternalServerError, "Internal server error", "API Gateway could not invoke the function: its policy does not allow it (Configuration, Triggers of the function tell), the function is gone, or the integration is not set up right. The function was not run."},
	{http.StatusGatewayTimeout, "timed out", "The function took longer than API Gateway waits, 29 seconds. It may go on running all the same."},
	{http.StatusTooManyRequests, "", "Too many requests came at once: the API or the function is throttled. Wait a moment, and send it again."},
	{http.StatusRequestEntityTooLarge, "", "The request's body is larger than is taken: API Gateway takes 10 MB, a function 6 MB."},
	{http.StatusUnsupportedMediaType, "Unsupported Media Type", "The method has no mapping for this Content-Type, and passes nothing through."},
	{http.StatusServiceUnavailable, "Service Unavailable", "What is behind the API does not answer now. Wait a moment, and send it again."},
	{http.StatusNotFound, "Not Found", "The API has no route for this path, or nothing answers to this host."},
}

// explain says in words what an answer means; "" when it speaks for itself.
func (e exchange) explain() string {
	if e.body.message == "" {
		return ""
	}
	for _, k := range known {
		if k.status == e.status && strings.Contains(strings.ToLower(e.body.message), strings.ToLower(k.message)) {
			return k.text
		}
	}
	return ""
}

// advise says in words what it means that no answer came, and what to do.
func advise(r request, err error) string {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, errSlow):
		return "Send it again, or see whether the host can be reached from here."
	case errors.Is(err, errRedirects):
		return "The URLs lead round in a circle, or to ever new ones."
	case errors.Is(err, syscall.ECONNREFUSED), strings.Contains(err.Error(), "refused"):
		return "Nothing answers there. The sandbox answers on a port only while the console (or awslab serve) is open, and the port may be another one the next time: take the URL anew from the API's stage."
	case errors.As(err, &name):
		return "The host's name is not known. Is the API's id spelled right, and its Region? The name of a deleted API is gone, and that of a new one takes some seconds."
	case errors.As(err, &certificate):
		return "The host cannot prove that it is who it says: its certificate is not trusted here."
	case errors.As(err, &record), strings.Contains(err.Error(), "HTTP response to HTTPS client"):
		return "There is no TLS at this port: try http:// in place of https://."
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "EOF") && strings.HasPrefix(r.url, "http:"):
		return "What answers there speaks no plain HTTP. Is the port right? Try https:// in place of http://."
	}
	return ""
}
