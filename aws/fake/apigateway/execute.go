package apigateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"awslab/aws"
)

// principal is API Gateway as a function's resource policy names it.
const principal = "apigateway.amazonaws.com"

// execute runs a method. When the client goes away, the integration still runs
// to its end.
func (s *Service) execute(ctx context.Context, x *call) *response {
	x.logRequest()
	in := x.method.MethodIntegration
	switch {
	case in == nil: // of a method that is tested before it is whole
		x.log.add("Execution failed due to configuration error: No integration defined for method")
		return x.refuse(internalError)
	case in.Type == aws.IntegrationMock:
		return s.mock(x)
	}
	return s.proxy(context.WithoutCancel(ctx), x)
}

// refuse ends a call with an answer of API Gateway's own.
func (x *call) refuse(r refusal) *response {
	x.log.add("Method completed with status: %d", r.status)
	return r.response()
}

// invoked is what came of an invocation.
type invoked struct {
	out aws.InvokeOutput
	err error
}

// proxy has a function answer a call.
func (s *Service) proxy(ctx context.Context, x *call) *response {
	source := s.executeARN(x.api, x.stage, x.httpMethod, x.route.path)
	event := x.event()
	x.logEndpoint(s.config.Region, source, event)
	if x.method.MethodIntegration.HTTPMethod != http.MethodPost {
		x.log.add("Lambda invocation failed with status: 403. Lambda request id: %s", x.request)
		x.log.add("Execution failed due to configuration error: A function is invoked by POST, and the integration's method is %s", x.method.MethodIntegration.HTTPMethod)
		return x.refuse(internalError)
	}
	x.integrated = true
	began := s.config.Now()
	done, late := s.invoke(ctx, x, source, event)
	x.took = s.config.Now().Sub(began)
	switch {
	case late:
		x.log.add("Execution failed due to a timeout error")
		return x.refuse(timedOut)
	case done.err != nil:
		return x.failed(done.err)
	}
	x.log.add("Received response. Status: %d, Integration latency: %d ms", done.out.StatusCode, int(milliseconds(x.took)))
	x.log.add("Endpoint response headers: {Content-Type=application/json, Content-Length=%d, X-Amz-Executed-Version=%s, X-Amzn-Trace-Id=%s}",
		len(done.out.Payload), done.out.ExecutedVersion, x.trace)
	x.log.body("Endpoint response body before transformations", done.out.Payload)
	return x.respond(done.out)
}

// invoke runs the function until it ends, or until the integration's time is
// over.
func (s *Service) invoke(ctx context.Context, x *call, source string, event []byte) (done invoked, late bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan invoked, 1)
	go func() {
		out, err := s.config.Functions.InvokeFor(ctx, principal, source, aws.InvokeInput{FunctionName: x.method.function, Payload: event})
		ended <- invoked{out, err}
	}()
	select {
	case done = <-ended:
		return done, false
	case <-s.config.After(x.method.timeout):
		return done, true
	case <-s.running.Done():
		return invoked{err: s.running.Err()}, false
	}
}

// failed answers for a function that could not be run.
func (x *call) failed(err error) *response {
	var failure *aws.Error
	switch {
	case errors.Is(err, context.Canceled): // the sandbox is closing
		return x.refuse(goingAway)
	case !errors.As(err, &failure):
		x.log.add("Execution failed due to an internal error")
		return x.refuse(internalError)
	case failure.Code == "RequestEntityTooLargeException":
		x.log.add("Lambda invocation failed with status: %d. Lambda request id: %s", failure.Status, failure.RequestID)
		return x.refuse(bodyTooLong)
	}
	if message, err := json.Marshal(map[string]string{"Message": failure.Message}); err == nil {
		x.log.body("Endpoint response body before transformations", message)
	}
	if errors.Is(failure, aws.ErrAccessDenied) || errors.Is(failure, aws.ErrNotFound) {
		x.log.add("Execution failed due to configuration error: Invalid permissions on Lambda function")
	} else {
		x.log.add("Lambda invocation failed with status: %d. Lambda request id: %s", failure.Status, failure.RequestID)
	}
	return x.refuse(internalError)
}

// respond makes the method's answer of a function's.
func (x *call) respond(out aws.InvokeOutput) *response {
	if out.FunctionError != "" {
		var thrown struct {
			ErrorMessage string `json:"errorMessage"`
		}
		_ = json.Unmarshal(out.Payload, &thrown) // what a function throws may be anything
		x.log.add("Lambda execution failed with status 200 due to customer function error: %s. Lambda request id: %s", thrown.ErrorMessage, x.request)
		return x.refuse(malformedResponse)
	}
	answered, err := parseProxy(out.Payload, isBinary(x.binary, firstAccept(x.header.Values("Accept"))))
	if err != nil {
		x.log.add("Execution failed due to configuration error: Malformed Lambda proxy response")
		return x.refuse(malformedResponse)
	}
	x.logResponse(answered)
	return answered
}

// firstAccept is the first media type that a client accepts.
func firstAccept(accepts []string) string {
	if len(accepts) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(accepts[0], ",")
	return first
}
