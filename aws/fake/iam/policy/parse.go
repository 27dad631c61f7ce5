package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The versions of the language; only the newer one has variables.
const (
	version2008 = "2008-10-17" // also that of a document that names none
	version2012 = "2012-10-17"
)

// Parse reads a policy document of any kind; Identity, Trust and Attached check
// what is particular to each. Errors are *Fault.
func Parse(text string) (Document, error) {
	raw, order, err := object("", json.RawMessage(text))
	if err != nil {
		return Document{}, err
	}
	version := version2008
	var d Document
	for _, name := range order {
		switch name {
		case "Version":
			if version, err = one(name, raw[name]); err != nil {
				return Document{}, err
			}
		case "Id":
			if _, err := one(name, raw[name]); err != nil {
				return Document{}, err
			}
		case "Statement":
			if d.statements, err = parseStatements(raw[name]); err != nil {
				return Document{}, err
			}
		default:
			return Document{}, fault("", "there is no element "+name, SyntaxErrors)
		}
	}
	switch {
	case version != version2008 && version != version2012:
		return Document{}, fault("Version", "there is no version "+version, SyntaxErrors)
	case len(d.statements) == 0:
		return Document{}, fault("Statement", "there is no statement", SyntaxErrors)
	}
	d.variables = version == version2012
	return d, nil
}

func parseStatements(raw json.RawMessage) ([]statement, error) {
	list, err := elements("Statement", raw)
	if err != nil {
		return nil, err
	}
	statements := make([]statement, len(list))
	sids := make(map[string]bool)
	for n, element := range list {
		at := fmt.Sprintf("Statement[%d]", n)
		sid := ""
		if statements[n], sid, err = parseStatement(at, element); err != nil {
			return nil, err
		}
		if sids[sid] {
			return nil, fault(at+".Sid", "the Sid "+sid+" is there twice", SameSid)
		}
		sids[sid] = sid != ""
	}
	return statements, nil
}

func parseStatement(at string, raw json.RawMessage) (s statement, sid string, err error) {
	members, order, err := object(at, raw)
	if err != nil {
		return s, "", err
	}
	for _, name := range order {
		if name == "Sid" {
			sid, err = one(at+".Sid", members[name])
		} else {
			err = s.set(at, name, members[name])
		}
		if err != nil {
			return s, "", err
		}
	}
	if members["Effect"] == nil {
		return s, "", fault(at+".Effect", "it is missing", SyntaxErrors)
	}
	if s.action == nil || len(s.action.list) == 0 {
		return s, "", fault(at+".Action", "there is no action", NoActions)
	}
	return s, sid, nil
}

// set sets one element of a statement.
func (s *statement) set(at, name string, raw json.RawMessage) (err error) {
	element := at + "." + name
	not := strings.HasPrefix(name, "Not")
	switch name {
	case "Effect":
		effect, err := one(element, raw)
		if err != nil {
			return err
		}
		if effect != "Allow" && effect != "Deny" {
			return fault(element, "the effect is Allow or Deny", SyntaxErrors)
		}
		s.deny = effect == "Deny"
	case "Principal", "NotPrincipal":
		if s.principal != nil {
			return fault(element, "Principal and NotPrincipal exclude each other", SyntaxErrors)
		}
		s.principal, err = parsePrincipals(element, raw, not)
	case "Action", "NotAction":
		if s.action != nil {
			return fault(element, "Action and NotAction exclude each other", SyntaxErrors)
		}
		s.action, err = parseActions(element, raw, not)
	case "Resource", "NotResource":
		if s.resource != nil {
			return fault(element, "Resource and NotResource exclude each other", SyntaxErrors)
		}
		s.resource, err = parseResources(element, raw, not)
	case "Condition":
		s.condition, err = parseConditions(element, raw)
	default:
		return fault(at, "there is no element "+name, SyntaxErrors)
	}
	return err
}

func parseActions(at string, raw json.RawMessage, not bool) (*patterns, error) {
	list, err := texts(at, raw)
	if err != nil {
		return nil, err
	}
	for _, action := range list {
		vendor, name, found := strings.Cut(action, ":")
		switch {
		case action == "*":
		case !found || vendor == "" || name == "":
			return nil, fault(at, action+" is not of the form service:Operation", ActionVendor)
		case strings.Contains(name, ":"):
			return nil, fault(at, action+" has two colons", ActionColons)
		}
	}
	return &patterns{not, list}, nil
}

func parseResources(at string, raw json.RawMessage, not bool) (*patterns, error) {
	list, err := texts(at, raw)
	if err != nil {
		return nil, err
	}
	for _, resource := range list {
		// A pattern may stand for several parts: "arn:aws:s3*".
		if resource != "*" && !strings.HasPrefix(resource, "arn:") {
			return nil, fault(at, resource+" is no ARN", fmt.Sprintf(`Resource %s must be in ARN format or "*".`, resource))
		}
		if strings.Count(resource, ":") < 5 && !strings.ContainsAny(resource, "*") {
			return nil, fault(at, resource+" is no whole ARN", "The policy failed legacy parsing")
		}
	}
	return &patterns{not, list}, nil
}

// one reads a string.
func one(at string, raw json.RawMessage) (string, error) {
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil || text == nil {
		return "", fault(at, "it is not a string", SyntaxErrors)
	}
	return *text, nil
}

// texts reads a string or a list of strings.
func texts(at string, raw json.RawMessage) ([]string, error) {
	list, err := elements(at, raw)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for n, element := range list {
		if out[n], err = one(at, element); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// elements reads a list, or one thing as a list of it.
func elements(at string, raw json.RawMessage) ([]json.RawMessage, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '[' {
		return []json.RawMessage{raw}, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fault(at, err.Error(), InvalidJSON)
	}
	return list, nil
}

// object reads a JSON object, its members as they are and the order of their
// names. Names mind case, and none may come twice: a reader who took the first
// and one who took the last would not see the same policy.
func object(at string, raw json.RawMessage) (map[string]json.RawMessage, []string, error) {
	if !json.Valid(raw) {
		return nil, nil, fault(at, "it is not JSON", InvalidJSON)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, nil, fault(at, "it is not a JSON object", SyntaxErrors)
	}
	members := make(map[string]json.RawMessage)
	var order []string
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, nil, fault(at, err.Error(), InvalidJSON)
		}
		name, isName := token.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil || !isName {
			return nil, nil, fault(at, "it is not JSON", InvalidJSON)
		}
		if _, twice := members[name]; twice {
			return nil, nil, fault(at, name+" is there twice", SyntaxErrors)
		}
		members[name] = value
		order = append(order, name)
	}
	return members, order, nil
}
