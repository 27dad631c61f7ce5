package iam

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
)

// The limits of an account, a role and a policy; sizes are in characters,
// without white space.
const (
	maxRoles      = 1000
	maxPolicies   = 1500
	maxAttached   = 10    // managed policies of a role
	maxInlineSize = 10240 // all inline policies of a role together
	maxPolicySize = 6144  // of a managed policy
	maxTrustSize  = 2048
	maxDocument   = 131072 // of any document as sent, white space included
)

func invalid(format string, args ...any) error {
	return &aws.Error{Code: "ValidationError", Status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

func invalidInput(format string, args ...any) error {
	return &aws.Error{Code: "InvalidInput", Status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

func missing(format string, args ...any) error {
	return &aws.Error{Code: "NoSuchEntity", Status: http.StatusNotFound, Message: fmt.Sprintf(format, args...)}
}

func exists(format string, args ...any) error {
	return &aws.Error{Code: "EntityAlreadyExists", Status: http.StatusConflict, Message: fmt.Sprintf(format, args...)}
}

func conflict(message string) error {
	return &aws.Error{Code: "DeleteConflict", Status: http.StatusConflict, Message: message}
}

func exceeds(format string, args ...any) error {
	return &aws.Error{Code: "LimitExceeded", Status: http.StatusConflict, Message: fmt.Sprintf(format, args...)}
}

func noRole(name string) error { return missing("The role with name %s cannot be found.", name) }

func noPolicy(arn string) error { return missing("Policy %s was not found.", arn) }

// document reads a document that check must agree with. What is wrong with it
// is MalformedPolicyDocument, in AWS's words; the cause tells where.
func document(text string, check func(policy.Document) error) error {
	d, err := policy.Parse(text)
	if err == nil {
		err = check(d)
	}
	var fault *policy.Fault
	if errors.As(err, &fault) {
		return &aws.Error{Code: "MalformedPolicyDocument", Status: http.StatusBadRequest, Message: fault.Text, Cause: fault}
	}
	return err
}

// size is how much of a limit a document takes.
func size(text string) int {
	n := 0
	for _, c := range text {
		if !unicode.IsSpace(c) {
			n++
		}
	}
	return n
}

var (
	nameCharacters = regexp.MustCompile(`^[\w+=,.@-]*$`)
	paths          = regexp.MustCompile(`^/([!-~]+/)*$`)
	arns           = regexp.MustCompile(`^arn:aws:iam::(aws|\d{12}):policy/[!-~]+$`)
)

// members checks the members of a request, one after the other: the first
// fault is what IAM answers with.
type members struct{ err error }

func (m *members) name(name, member string, longest int) {
	m.length(name, member, 1, longest)
	if m.err == nil && !nameCharacters.MatchString(name) {
		m.err = invalid("The specified value for %s is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-", member)
	}
}

func (m *members) path(path, member string) {
	m.length(path, member, 1, 512)
	if m.err == nil && !paths.MatchString(path) {
		m.err = invalid("The specified value for %s is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.", member)
	}
}

func (m *members) policyARN(arn string) {
	m.length(arn, "policyArn", 20, 2048)
	if m.err == nil && !arns.MatchString(arn) {
		m.err = invalidInput("ARN %s is not valid.", arn)
	}
}

func (m *members) document(text, member string) { m.length(text, member, 1, maxDocument) }

func (m *members) maxItems(items aws.Option[int]) {
	n, given := items.Get()
	switch {
	case m.err != nil || !given:
	case n < 1:
		m.err = constraint(fmt.Sprint(n), "maxItems", "Member must have value greater than or equal to 1")
	case n > 1000:
		m.err = constraint(fmt.Sprint(n), "maxItems", "Member must have value less than or equal to 1000")
	}
}

func (m *members) length(value, member string, shortest, longest int) {
	n := utf8.RuneCountInString(value)
	switch {
	case m.err != nil:
	case n < shortest:
		m.err = constraint(value, member, fmt.Sprintf("Member must have length greater than or equal to %d", shortest))
	case n > longest:
		m.err = constraint(value, member, fmt.Sprintf("Member must have length less than or equal to %d", longest))
	case strings.ContainsRune(value, 0):
		m.err = invalid("The specified value for %s is invalid. It contains a null character.", member)
	}
}

func constraint(value, member, rule string) error {
	return invalid("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s", value, member, rule)
}
