package lambda

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"awslab/aws"
)

// The codes of Lambda's errors whose status is not 400.
const (
	codeNotFound     = "ResourceNotFoundException"
	codeConflict     = "ResourceConflictException"
	codeTooMany      = "TooManyRequestsException"
	codeTooLarge     = "RequestEntityTooLargeException"
	codePrecondition = "PreconditionFailedException"
	codeDenied       = "AccessDeniedException"
	codeService      = "ServiceException"
	codeRuntime      = "InvalidRuntimeException"
)

// statusOf is the HTTP status of a code.
func statusOf(code string) int {
	switch code {
	case codeNotFound:
		return http.StatusNotFound
	case codeConflict:
		return http.StatusConflict
	case codeTooMany:
		return http.StatusTooManyRequests
	case codeTooLarge:
		return http.StatusRequestEntityTooLarge
	case codePrecondition:
		return http.StatusPreconditionFailed
	case codeDenied:
		return http.StatusForbidden
	case codeService:
		return http.StatusInternalServerError
	case codeRuntime:
		return http.StatusBadGateway
	}
	return http.StatusBadRequest
}

func fault(code, format string, args ...any) error {
	return &aws.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// invalid is a ValidationException.
func invalid(format string, args ...any) error { return fault("ValidationException", format, args...) }

// badParameter is an InvalidParameterValueException.
func badParameter(format string, args ...any) error {
	return fault("InvalidParameterValueException", format, args...)
}

func notFound(format string, args ...any) error { return fault(codeNotFound, format, args...) }

func conflict(format string, args ...any) error { return fault(codeConflict, format, args...) }

// members collects the faults in the members of a request, which Lambda reports
// together.
type members []string

func (m *members) add(value, member, constraint string) {
	*m = append(*m, fmt.Sprintf("Value '%s' at '%s' failed to satisfy constraint: %s", value, member, constraint))
}

func (m members) err() error {
	switch len(m) {
	case 0:
		return nil
	case 1:
		return invalid("1 validation error detected: %s", m[0])
	}
	return invalid("%d validation errors detected: %s", len(m), strings.Join(m, "; "))
}

// pattern is a regular expression as AWS prints it, and what it means.
type pattern struct {
	text    string
	matches *regexp.Regexp
}

func newPattern(text string) pattern { return pattern{text, regexp.MustCompile("^(?:" + text + ")$")} }

// matching checks that a member is of a form.
func (m *members) matching(value, member string, p pattern) {
	if !p.matches.MatchString(value) {
		m.add(value, member, "Member must satisfy regular expression pattern: "+p.text)
	}
}

// atMost checks the length of a member in characters.
func (m *members) atMost(value, member string, longest int) {
	if utf8.RuneCountInString(value) > longest {
		m.add(value, member, fmt.Sprintf("Member must have length less than or equal to %d", longest))
	}
}

// within checks a number.
func (m *members) within(value int, member string, least, most int) {
	switch {
	case value < least:
		m.add(fmt.Sprint(value), member, fmt.Sprintf("Member must have value greater than or equal to %d", least))
	case value > most:
		m.add(fmt.Sprint(value), member, fmt.Sprintf("Member must have value less than or equal to %d", most))
	}
}

// oneOf checks a member that may be left out.
func (m *members) oneOf(value, member string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		m.add(value, member, "Member must satisfy enum value set: ["+strings.Join(allowed, ", ")+"]")
	}
}
