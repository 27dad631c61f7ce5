package apigateway

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// What a test has instead of a stage, a client and a name of its own.
const (
	testStage  = "test-invoke-stage"
	testSource = "test-invoke-source-ip"
	testAgent  = "aws-internal/3"
	testPrefix = "testPrefix"
	testDomain = testPrefix + ".testDomainName"
)

// TestInvokeMethod sends a request to a method as it is now, deployed or not. A
// method that a resource has not is taken by its ANY.
func (s *Service) TestInvokeMethod(ctx context.Context, in aws.TestInvokeMethodInput) (aws.TestInvokeMethodOutput, error) {
	return answer(ctx, s, "TestInvokeMethod", func() (out aws.TestInvokeMethodOutput, err error) {
		x, err := s.testCall(in)
		if err != nil {
			return out, err
		}
		if !s.begin() {
			return out, context.Canceled
		}
		defer s.work.Done()
		answered := s.execute(ctx, x)
		out.Status, out.Body = answered.status, string(answered.body)
		switch {
		case answered.kind != "":
			answered.header = http.Header{errorType: {answered.kind}}
		case x.method.function != "":
			answered.header["X-Amzn-Trace-Id"] = []string{x.trace}
		}
		out.Headers, out.MultiValueHeaders = make(map[string]string, len(answered.header)), answered.header
		for name, values := range answered.header {
			out.Headers[name] = last(values)
		}
		out.Log = x.log.text.String()
		out.Latency = s.config.Now().Sub(x.at).Milliseconds()
		return out, nil
	})
}

// testCall makes a call of a request to test a method.
func (s *Service) testCall(in aws.TestInvokeMethodInput) (*call, error) {
	if len(in.Body) > maxBody {
		return nil, badRequest("The body has %d bytes, and %d are allowed.", len(in.Body), maxBody)
	}
	x := s.newCall()
	err := s.view(in.RestAPIID, func(_ *store.Reader, a *api) error {
		resource, m, err := a.method(in.ResourceID, in.HTTPMethod)
		if err != nil && slices.Contains(httpMethods, in.HTTPMethod) {
			resource, m, err = a.method(in.ResourceID, aws.AnyMethod)
		}
		if err != nil {
			return err
		}
		x.method, err = compileMethod(m, in.StageVariables)
		x.route = &route{id: resource.ID, path: resource.Path}
		x.api, x.binary = a.API.ID, a.API.BinaryMediaTypes
		return err
	})
	if err != nil {
		return nil, err
	}
	x.test, x.stage, x.stageVariables, x.variables = true, testStage, in.StageVariables, appendMap(nil, in.StageVariables)
	x.httpMethod, x.protocol, x.host, x.prefix, x.source, x.agent = in.HTTPMethod, "HTTP/1.1", testDomain, testPrefix, testSource, testAgent
	path, query, _ := strings.Cut(in.PathWithQueryString, "?")
	if path == "" {
		path = x.route.path
	}
	x.path, x.fullPath, x.query, x.body = path, path, parseQuery(query), []byte(in.Body)
	x.params = paramsOf(x.route.path, path)
	x.header = make(http.Header, len(in.Headers)+len(in.MultiValueHeaders))
	for name, value := range in.Headers {
		x.header.Set(name, value)
	}
	for name, values := range in.MultiValueHeaders {
		x.header[http.CanonicalHeaderKey(name)] = values
	}
	x.log = &executionLog{now: s.config.Now}
	return x, nil
}

// paramsOf takes the path parameters of a resource out of a path; none when the
// path is not one of the resource's.
func paramsOf(resource, path string) (params []param) {
	path = strings.Trim(path, "/")
	for part := range strings.SplitSeq(strings.Trim(resource, "/"), "/") {
		here, rest, _ := strings.Cut(path, "/")
		name := strings.TrimSuffix(strings.Trim(part, "{}"), "+")
		switch {
		case isGreedy(part) && path != "":
			return append(params, param{name, path})
		case isVariable(part) && here != "":
			params = append(params, param{name, here})
		case unescaped(here) != part:
			return nil
		}
		path = rest
	}
	if path != "" {
		return nil
	}
	return params
}
