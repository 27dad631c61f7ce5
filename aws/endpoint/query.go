package endpoint

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"awslab/aws"
)

// queryDialect is AWS's Query protocol: a form names the operation and its input,
// the answer is XML.
type queryDialect struct{}

func (queryDialect) codes() credentialCodes {
	return credentialCodes{
		status: http.StatusForbidden, missing: "MissingAuthenticationToken",
		incomplete: "IncompleteSignature", invalid: "SignatureDoesNotMatch", unknown: "InvalidClientTokenId",
	}
}

// encodedDocuments are members that IAM sends percent-encoded.
var encodedDocuments = map[string]bool{"AssumeRolePolicyDocument": true, "PolicyDocument": true, "Document": true}

// serveQuery answers a form.
func (s *server) serveQuery(w http.ResponseWriter, r *http.Request, of *language) {
	x := &exchange{server: s, w: w, r: r, of: of, dialect: queryDialect{}, id: idOf(of)}
	x.run(maxBody, func(body []byte) (request, error) {
		form, err := parseForm(string(body))
		if err != nil {
			return request{}, err
		}
		for name, values := range r.URL.Query() {
			form[name] = append(form[name], values...)
		}
		name := form.Get("Action")
		if x.of == nil {
			x.of = languageOf(func(l *language) bool { return l.dated != "" && l.dated == form.Get("Version") })
		}
		if name == "" {
			return request{}, fault(http.StatusBadRequest, "MissingAction", "The request must contain the parameter Action.")
		}
		var op *operation
		if x.of != nil {
			op = s.tables().operations[x.of.service][name]
		}
		if op == nil {
			return request{}, x.noAction(name, form.Get("Version"))
		}
		return op.request(func(in reflect.Value) error {
			values, err := formTree(form)
			if err == nil {
				err = assign(op.in, in, formed(op.in, values))
			}
			return err
		})
	}, func(op *operation, out any) { x.answerQuery(op, reflect.ValueOf(out)) })
}

func malformedQuery() *aws.Error {
	return fault(http.StatusBadRequest, "MalformedQueryString", "The query string contains a syntax error.")
}

// noAction is the error of an action that is not here.
func (x *exchange) noAction(name, version string) *aws.Error {
	message := "Could not find operation " + shortened(name) + " for version " + shortened(version)
	if x.of == nil {
		message += ": this endpoint answers " + offered()
	}
	return fault(http.StatusBadRequest, "InvalidAction", message)
}

// parseForm reads a form, however many members it has: url.ParseQuery takes 10,000, and
// a thousand metrics have more.
func parseForm(text string) (url.Values, error) {
	form := make(url.Values)
	for field := range strings.SplitSeq(text, "&") {
		if field == "" {
			continue
		}
		name, value, _ := strings.Cut(field, "=")
		name, wrongName := url.QueryUnescape(name)
		value, wrongValue := url.QueryUnescape(value)
		if wrongName != nil || wrongValue != nil {
			return nil, malformedQuery()
		}
		form.Add(name, value)
	}
	return form, nil
}

// branch is a part of a form that has parts; any other is a text.
type branch map[string]any

// formTree takes the names of a form apart: "Dimensions.member.1.Name" stands
// four deep.
func formTree(form url.Values) (branch, error) {
	root := make(branch)
	for name, values := range form {
		at, parts := root, strings.Split(name, ".")
		if len(parts) > deepest {
			return nil, malformedQuery()
		}
		for _, part := range parts[:len(parts)-1] {
			next, ok := at[part].(branch)
			if !ok {
				if at[part] != nil {
					return nil, malformedQuery()
				}
				next = make(branch)
				at[part] = next
			}
			at = next
		}
		last := parts[len(parts)-1]
		if at[last] != nil {
			return nil, malformedQuery()
		}
		at[last] = values[0]
	}
	return root, nil
}

// formed makes of a part of a form what assign takes for a shape.
func formed(s *shape, value any) any {
	part, ok := value.(branch)
	switch s.kind {
	case ofPointer, ofOption:
		return formed(s.elem, value)
	case ofSequence:
		if !ok {
			return emptied(value, []any{})
		}
		out := []any{}
		for _, element := range numbered(part, "member") {
			out = append(out, formed(s.elem, element))
		}
		return out
	case ofDictionary:
		if !ok {
			return emptied(value, map[string]any{})
		}
		out := make(map[string]any)
		for _, entry := range numbered(part, "entry") {
			if pair, ok := entry.(branch); ok {
				if key, ok := pair["key"].(string); ok {
					out[key] = formed(s.elem, pair["value"])
				}
			}
		}
		return out
	case ofStructure:
		if !ok {
			return emptied(value, map[string]any{})
		}
		out := make(map[string]any)
		for _, m := range s.members {
			if value, given := part[m.name]; given {
				out[m.name] = formed(m.shape, value)
			}
		}
		for _, g := range s.gaps {
			out[g.member] = part[g.member]
		}
		return out
	default:
		if ok {
			return map[string]any{} // what a simple value is not
		}
		return value
	}
}

// emptied is how a form says that a collection is empty: by no text at all.
func emptied(value, empty any) any {
	if value == "" {
		return empty
	}
	return value
}
