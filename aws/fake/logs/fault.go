package logs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"awslab/aws"
)

func invalid(format string, args ...any) error {
	return &aws.Error{Code: "InvalidParameterException", Message: fmt.Sprintf(format, args...)}
}

func badToken() error { return invalid("The specified nextToken is invalid.") }

func noGroup() error {
	return &aws.Error{Code: "ResourceNotFoundException", Message: "The specified log group does not exist."}
}

func noStream() error {
	return &aws.Error{Code: "ResourceNotFoundException", Message: "The specified log stream does not exist."}
}

func taken(what string) error {
	return &aws.Error{Code: "ResourceAlreadyExistsException", Message: "The specified log " + what + " already exists"}
}

// The patterns of names, as the service tells them.
var (
	groupName   = regexp.MustCompile(`^[\.\-_/#A-Za-z0-9]*$`)
	streamName  = regexp.MustCompile(`^[^:*]*$`)
	groupRule   = `[\.\-_/#A-Za-z0-9]+`
	patternRule = `[\.\-_/#A-Za-z0-9]*`
	streamRule  = `[^:*]*`
)

// members collects the faults in the members of a request, which the service
// reports together.
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

func (m *members) group(name string) { m.text(name, "logGroupName", groupName, groupRule, 1) }

func (m *members) stream(name, member string) { m.text(name, member, streamName, streamRule, 1) }

// text checks a name or a part of one, of up to 512 characters.
func (m *members) text(value, member string, pattern *regexp.Regexp, rule string, shortest int) {
	if !pattern.MatchString(value) {
		m.add(value, member, "Member must satisfy regular expression pattern: "+rule)
	}
	m.length(value, member, shortest, 512)
}

func (m *members) length(value, member string, shortest, longest int) {
	switch n := utf8.RuneCountInString(value); {
	case n < shortest:
		m.add(value, member, fmt.Sprintf("Member must have length greater than or equal to %d", shortest))
	case n > longest:
		m.add(value, member, fmt.Sprintf("Member must have length less than or equal to %d", longest))
	}
}

func (m *members) limit(limit aws.Option[int], most int) {
	n, given := limit.Get()
	switch {
	case !given:
	case n < 1:
		m.add(fmt.Sprint(n), "limit", "Member must have value greater than or equal to 1")
	case n > most:
		m.add(fmt.Sprint(n), "limit", fmt.Sprintf("Member must have value less than or equal to %d", most))
	}
}

func (m *members) time(at aws.Option[int64], member string) {
	if n, given := at.Get(); given && n < 0 {
		m.add(fmt.Sprint(n), member, "Member must have value greater than or equal to 0")
	}
}

func (m *members) retention(days int) {
	if !slices.Contains(aws.RetentionDays(), days) {
		words := strings.ReplaceAll(strings.Trim(fmt.Sprint(aws.RetentionDays()), "[]"), " ", ", ")
		m.add(fmt.Sprint(days), "retentionInDays", "Member must satisfy enum value set: ["+words+"]")
	}
}
