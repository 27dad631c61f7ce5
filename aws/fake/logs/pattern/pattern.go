// Package pattern reads the filter patterns of CloudWatch Logs and matches
// messages with them: terms and quoted phrases, all of which must be in the
// message; ?terms, one of which must; -terms, none of which may; %regular
// expressions%; and patterns of JSON, { $.level = "ERROR" }.
package pattern

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Pattern decides which messages are wanted. The zero Pattern wants all.
type Pattern struct {
	all, any, none []term
	json           condition // nil unless it is a pattern of JSON
}

// term is a part of a message that is looked for.
type term struct {
	text    string
	pattern *regexp.Regexp // instead of text
}

// Why a pattern cannot be read.
var (
	errQuote  = errors.New("a quotation mark is not closed")
	errRegexp = errors.New("a % is not closed")
	errEmpty  = errors.New("a ? or - has no term")
	errFields = errors.New("patterns of space-delimited fields, [a, b, …], are not supported here")
)

// Parse reads a pattern.
func Parse(text string) (Pattern, error) {
	text = strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(text, "{"):
		json, err := parseJSON(text)
		return Pattern{json: json}, err
	case strings.HasPrefix(text, "["):
		return Pattern{}, errFields
	}
	var p Pattern
	for text != "" {
		kind := &p.all
		switch text[0] {
		case '?':
			kind, text = &p.any, text[1:]
		case '-':
			kind, text = &p.none, text[1:]
		}
		next, rest, err := parseTerm(text)
		if err != nil {
			return Pattern{}, err
		}
		*kind = append(*kind, next)
		text = strings.TrimLeft(rest, " \t\r\n")
	}
	return p, nil
}

// parseTerm reads the term at the start of text.
func parseTerm(text string) (next term, rest string, err error) {
	if text == "" || strings.ContainsRune(" \t\r\n", rune(text[0])) {
		return term{}, "", errEmpty
	}
	switch text[0] {
	case '"':
		next.text, rest, err = unquote(text)
		return next, rest, err
	case '%':
		expression, rest, closed := strings.Cut(text[1:], "%")
		if !closed {
			return term{}, "", errRegexp
		}
		next.pattern, err = regexp.Compile(expression)
		if err != nil {
			return term{}, "", fmt.Errorf("%%%s%%: %w", expression, err)
		}
		return next, rest, nil
	}
	end := strings.IndexAny(text, " \t\r\n")
	if end < 0 {
		end = len(text)
	}
	return term{text: text[:end]}, text[end:], nil
}

// unquote reads a quoted phrase at the start of text, in which \" is a
// quotation mark and \\ a backslash.
func unquote(text string) (phrase, rest string, err error) {
	var out strings.Builder
	for n := 1; n < len(text); n++ {
		switch c := text[n]; {
		case c == '"':
			return out.String(), text[n+1:], nil
		case c == '\\' && n+1 < len(text) && (text[n+1] == '"' || text[n+1] == '\\'):
			n++
			out.WriteByte(text[n])
		default:
			out.WriteByte(c)
		}
	}
	return "", "", errQuote
}

// Match reports whether a message is wanted.
func (p Pattern) Match(message string) bool {
	if p.json != nil {
		return matchJSON(p.json, message)
	}
	in := func(t term) bool { return t.in(message) }
	if slices.ContainsFunc(p.none, in) {
		return false
	}
	if len(p.any) > 0 && !slices.ContainsFunc(p.any, in) {
		return false
	}
	return !slices.ContainsFunc(p.all, func(t term) bool { return !t.in(message) })
}

func (t term) in(message string) bool {
	if t.pattern != nil {
		return t.pattern.MatchString(message)
	}
	return strings.Contains(message, t.text)
}
