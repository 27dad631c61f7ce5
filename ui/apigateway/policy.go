package apigateway

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The one who invokes functions for an API, and what that needs.
const (
	gatewayPrincipal = "apigateway.amazonaws.com"
	invokeAction     = "lambda:InvokeFunction"
)

// statement is a statement of a function's resource policy, as far as it is about
// who may invoke it.
type statement struct {
	Effect    string
	Principal any // a text, or a map of kinds to texts or lists of them
	Action    any
	Condition map[string]map[string]any
}

// parsePolicy takes a resource policy apart.
func parsePolicy(document string) ([]statement, error) {
	var policy struct{ Statement []statement }
	if err := json.Unmarshal([]byte(document), &policy); err != nil {
		return nil, fmt.Errorf("the function's policy is no JSON of statements: %w", err)
	}
	return policy.Statement, nil
}

// lets reports whether statements let API Gateway invoke a function for a source
// of an account. Conditions that are not about where a request comes from are
// taken to hold.
func lets(statements []statement, source, account string) bool {
	allowed := false
	for _, s := range statements {
		if !s.names() || !s.holds(source, account) {
			continue
		}
		if s.Effect == "Deny" {
			return false
		}
		allowed = allowed || s.Effect == "Allow"
	}
	return allowed
}

// names reports whether the statement is about API Gateway invoking the function.
func (s statement) names() bool {
	who := texts(s.Principal)
	if kinds, ok := s.Principal.(map[string]any); ok {
		who = append(texts(kinds["Service"]), texts(kinds["*"])...)
	}
	return anyLike(who, gatewayPrincipal) && anyLike(texts(s.Action), invokeAction)
}

// sources lists where requests may come from for which API Gateway may invoke a
// function.
func sources(statements []statement) []string {
	var out []string
	for _, s := range statements {
		if s.Effect != "Allow" || !s.names() {
			continue
		}
		for _, keys := range s.Condition {
			for key, value := range keys {
				if strings.EqualFold(key, "aws:SourceArn") {
					out = append(out, texts(value)...)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// holds reports whether the conditions about the source and its account are met.
func (s statement) holds(source, account string) bool {
	for operator, keys := range s.Condition {
		for key, value := range keys {
			var is string
			switch strings.ToLower(key) {
			case "aws:sourcearn":
				is = source
			case "aws:sourceaccount":
				is = account
			default:
				continue
			}
			if !met(operator, texts(value), is) {
				return false
			}
		}
	}
	return true
}

// met reports whether a condition's operator holds for a value.
func met(operator string, wanted []string, is string) bool {
	operator = strings.TrimSuffix(operator, "IfExists")
	switch operator {
	case "StringEquals":
		for _, w := range wanted {
			if w == is {
				return true
			}
		}
		return false
	case "ArnLike", "ArnEquals", "StringLike":
		return anyLike(wanted, is)
	case "ArnNotLike", "ArnNotEquals", "StringNotLike":
		return !anyLike(wanted, is)
	}
	return true
}

func anyLike(patterns []string, text string) bool {
	for _, p := range patterns {
		if like(p, text) {
			return true
		}
	}
	return false
}

// like reports whether a text is of a pattern, in which * stands for any text and
// ? for any one byte. Its time is bounded by the product of the lengths.
func like(pattern, text string) bool {
	p, t, star, retry := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, retry = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			retry++
			p, t = star+1, retry
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// texts is a text, or a list of them.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, texts(one)...)
		}
		return out
	}
	return nil
}
