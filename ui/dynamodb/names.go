package dynamodb

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"awslab/ui/page"
)

// DynamoDB's limits of names.
const (
	shortestName     = 3   // characters of a table's or an index's name
	longestName      = 255 // characters of a table's or an index's name
	longestAttribute = 255 // bytes of a key attribute's name
)

const nameHint = "3 to 255 characters: letters, numbers, and the signs _ - ."

// resourceNameFault says what is wrong with a table's or an index's name.
func resourceNameFault(name string) string {
	if name == "" {
		return "Enter a name"
	}
	if where := edgeSpaces(name); where != "" {
		return "The name has a space " + where + "; spaces are not allowed"
	}
	for _, r := range name {
		if !isNameRune(r) {
			return fmt.Sprintf("%q is not allowed: only letters, numbers, _, - and . are", r)
		}
	}
	switch n := len(name); {
	case n < shortestName:
		return fmt.Sprintf("The name has %s; it needs at least %d", page.Counted(n, "character"), shortestName)
	case n > longestName:
		return fmt.Sprintf("The name has %d characters; at most %d are allowed", n, longestName)
	}
	return ""
}

func isNameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.'
}

// keyNameFault says what is wrong with a key attribute's name.
func keyNameFault(name string) string {
	switch {
	case name == "":
		return "Enter the attribute's name"
	case len(name) > longestAttribute:
		return fmt.Sprintf("The name has %d bytes; a key attribute's has at most %d", len(name), longestAttribute)
	case !utf8.ValidString(name):
		return "The name is not valid UTF-8 text"
	}
	return ""
}

// edgeSpaces says where a text has spaces that are easily overlooked: "at the
// start", "at the end"; "" when it has none.
func edgeSpaces(text string) string {
	switch start, end := strings.TrimLeft(text, " \t") != text, strings.TrimRight(text, " \t") != text; {
	case start && end:
		return "at the start and at the end"
	case start:
		return "at the start"
	case end:
		return "at the end"
	}
	return ""
}

// spaceHint points overlooked spaces out where they are allowed, since they
// are seldom meant; else it gives the usual hint.
func spaceHint(text, usual string) string {
	if where := edgeSpaces(text); where != "" {
		return "⚠ There is a space " + where + ": it counts"
	}
	return usual
}
