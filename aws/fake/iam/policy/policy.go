// Package policy reads policies in AWS's policy language and decides by them:
// identity policies of roles, trust policies, and resource policies of buckets
// and functions. It keeps no state and knows no service.
package policy

import "slices"

// Decision is what a policy says to a request.
type Decision int

// The decisions. A request that nothing allows is refused just as one that
// something denies is, but a Deny stands against any Allow elsewhere.
const (
	Neither Decision = iota // no statement speaks of the request
	Allow
	Deny
)

// Request is what a policy decides on.
type Request struct {
	// Principal is who asks: a service ("s3.amazonaws.com"), an ARN, or "" for
	// someone unknown, whom only a principal of "*" covers.
	Principal string
	Action    string // "s3:GetObject"
	Resource  string // an ARN; "*" where an action has none
	// Conditions are the values of condition keys ("aws:SourceArn"), whose names
	// do not mind case.
	Conditions map[string]string
}

// Document is a policy that was read. The zero Document says Neither to all.
type Document struct {
	variables  bool // ${…} stands for a condition key's value
	statements []statement
}

// statement is one rule. An absent element (nil) does not limit the statement.
type statement struct {
	deny      bool
	principal *principals
	action    *patterns
	resource  *patterns
	condition []condition
}

// patterns is an Action, NotAction, Resource or NotResource.
type patterns struct {
	not  bool
	list []string
}

// Decide says what the document says to a request: Deny if any statement that
// covers it denies, else Allow if any allows.
func (d Document) Decide(r Request) Decision {
	values := fold(r.Conditions)
	decision := Neither
	for _, s := range d.statements {
		switch {
		case !d.covers(s, r, values):
		case s.deny:
			return Deny
		default:
			decision = Allow
		}
	}
	return decision
}

// Decide says what several documents say together.
func Decide(documents []Document, r Request) Decision {
	decision := Neither
	for _, d := range documents {
		decision = max(decision, d.Decide(r))
	}
	return decision
}

func (d Document) covers(s statement, r Request, values map[string]string) bool {
	if s.principal != nil && !s.principal.cover(r.Principal) {
		return false
	}
	if s.action != nil && s.action.not == s.action.match(r.Action, likeIgnoringCase) {
		return false
	}
	like := func(pattern, text string) bool {
		compiled, ok := compile(pattern, d.variables, values)
		return ok && glob(compiled, []rune(text))
	}
	if s.resource != nil && s.resource.not == s.resource.match(r.Resource, like) {
		return false
	}
	return !slices.ContainsFunc(s.condition, func(c condition) bool { return !c.holds(values, d.variables) })
}

func (p patterns) match(text string, like func(pattern, text string) bool) bool {
	return slices.ContainsFunc(p.list, func(pattern string) bool { return like(pattern, text) })
}
