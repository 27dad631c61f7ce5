package apigateway

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"awslab/aws"
	"awslab/ui/page"
)

// functionOf is the ARN of the function that an integration's URI names; false
// for other backends, and for a URI that a stage variable completes.
func functionOf(i *aws.Integration) (arn string, ok bool) {
	if i == nil {
		return "", false
	}
	_, rest, ok := strings.Cut(i.URI, ":lambda:path/")
	if !ok {
		return "", false
	}
	_, rest, ok = strings.Cut(rest, "/functions/")
	if !ok {
		return "", false
	}
	arn, ok = strings.CutSuffix(rest, "/invocations")
	return arn, ok && !strings.Contains(arn, "${")
}

// functionName is the name in a function's ARN, without a version or an alias.
func functionName(arn string) string {
	parts := strings.Split(arn, ":")
	const name = 6
	if len(parts) > name {
		return parts[name]
	}
	return arn
}

// pathVariable is a part of a path that stands for others: {id}, {proxy+}.
var pathVariable = regexp.MustCompile(`\{[^/{}]*\}`)

// sourceARN is where requests to a method come from, for a function's policy: a *
// stands for any stage, for ANY method, and for a part of the path that varies.
func sourceARN(place aws.Place, api, method, path string) string {
	if method == aws.AnyMethod {
		method = "*"
	}
	return "arn:aws:execute-api:" + place.Region + ":" + place.AccountID + ":" + api + "/*/" + method + pathVariable.ReplaceAllString(path, "*")
}

// wire is what is known of a function behind integrations: whether it is there,
// and whom its policy lets in.
type wire struct {
	missing    bool
	statements []statement
	err        error // why it could not be read
}

// readWire reads about a function.
func readWire(ctx context.Context, service aws.Lambda, arn string) wire {
	_, err := service.GetFunctionConfiguration(ctx, aws.GetFunctionConfigurationInput{FunctionName: arn})
	if errors.Is(err, aws.ErrNotFound) {
		return wire{missing: true}
	}
	if err != nil {
		return wire{err: err}
	}
	out, err := service.GetPolicy(ctx, aws.LambdaGetPolicyInput{FunctionName: arn})
	if errors.Is(err, aws.ErrNotFound) {
		return wire{}
	}
	if err != nil {
		return wire{err: err}
	}
	statements, err := parsePolicy(out.Policy)
	return wire{statements: statements, err: err}
}

// warning says why a method's requests do not reach its function, and what to do;
// nothing when they do.
func (w wire) warning(place aws.Place, arn, source string) []string {
	name := functionName(arn)
	switch {
	case w.err != nil:
		return []string{"Whether API Gateway may invoke " + name + " could not be read: " + page.Explain(w.err)[0]}
	case w.missing:
		return []string{
			"The function " + name + " does not exist: requests are answered with 500 and {\"message\": \"Internal server error\"}.",
			"→ Create the function " + name + " again, or choose another with Edit integration.",
		}
	case lets(w.statements, source, place.AccountID):
		return nil
	}
	const answered = "answered with 500 and {\"message\": \"Internal server error\"}, and the log says: Invalid permissions on Lambda function."
	what := "The policy of the function " + name + " has no statement that lets " + gatewayPrincipal + " invoke it for " + source + ": requests are " + answered
	if others := sources(w.statements); len(others) > 0 {
		what = "The policy of the function " + name + " lets " + gatewayPrincipal + " invoke it for " + strings.Join(others, ", ") +
			", and not for all of " + source + ": the other requests are " + answered
	}
	return []string{what, "→ Edit integration and Save: that adds the statement."}
}
