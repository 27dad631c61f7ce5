package policy

import (
	"encoding/json"
	"slices"
	"strings"
)

// principals is a Principal or NotPrincipal: whom a statement is about.
type principals struct {
	not      bool
	everyone bool
	names    []string // account ids, ARNs, services, providers
}

// The kinds of principal.
const (
	kindAWS           = "AWS"
	kindService       = "Service"
	kindFederated     = "Federated"
	kindCanonicalUser = "CanonicalUser"
)

func parsePrincipals(at string, raw json.RawMessage, not bool) (*principals, error) {
	p := &principals{not: not}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if text != "*" {
			return nil, fault(at, `the principal is "*" or an object`, InvalidPrincipal+quoted("STAR", text))
		}
		p.everyone = true
		return p, nil
	}
	kinds, order, err := object(at, raw)
	if err != nil {
		return nil, err
	}
	if len(order) == 0 {
		return nil, fault(at, "it names nobody", SyntaxErrors)
	}
	for _, kind := range order {
		names, err := texts(at+"."+kind, kinds[kind])
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !validPrincipal(kind, name) {
				return nil, fault(at+"."+kind, name+" is no principal", InvalidPrincipal+quoted(strings.ToUpper(kind), name))
			}
			p.everyone = p.everyone || name == "*"
			p.names = append(p.names, name)
		}
	}
	return p, nil
}

func quoted(kind, name string) string { return `"` + kind + `":"` + name + `"` }

func validPrincipal(kind, name string) bool {
	switch kind {
	case kindAWS:
		return name == "*" || isAccount(name) || isID(name) ||
			strings.HasPrefix(name, "arn:") && strings.Count(name, ":") >= 5 && !strings.ContainsAny(name, "*?")
	case kindService:
		return strings.Contains(name, ".") && !strings.ContainsAny(name, "*?: /")
	case kindFederated, kindCanonicalUser:
		return name != ""
	}
	return false
}

func isAccount(name string) bool {
	return len(name) == 12 && strings.Trim(name, "0123456789") == ""
}

// isID tells the ids that stand in policies for identities since deleted.
func isID(name string) bool {
	return len(name) >= 16 && len(name) <= 128 && strings.HasPrefix(name, "A") &&
		strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func (p principals) cover(who string) bool {
	named := p.everyone || who != "" && slices.ContainsFunc(p.names, func(name string) bool { return stands(name, who) })
	return named != p.not
}

// stands reports that a principal's name covers who asks: by the name itself,
// an account for all in it, a role for its sessions.
func stands(name, who string) bool {
	if name == who {
		return true
	}
	asking := strings.SplitN(who, ":", 6)
	if len(asking) < 6 {
		return false
	}
	if isAccount(name) {
		return asking[4] == name
	}
	parts := strings.SplitN(name, ":", 6)
	if len(parts) < 6 || parts[4] != asking[4] {
		return false
	}
	if parts[5] == "root" {
		return true
	}
	role, isRole := strings.CutPrefix(parts[5], "role/")
	session, isSession := strings.CutPrefix(asking[5], "assumed-role/")
	if !isRole || !isSession {
		return false
	}
	sessionRole, _, _ := strings.Cut(session, "/")
	return role[strings.LastIndexByte(role, '/')+1:] == sessionRole
}
