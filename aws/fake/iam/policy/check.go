package policy

import (
	"fmt"
	"strings"
)

// Identity checks that a document can be a policy of a role: each statement
// says on which resources, none says for whom. The error is a *Fault.
func (d Document) Identity() error {
	if !d.variables {
		return fault("Version", "it must be "+version2012, OldVersion)
	}
	return d.each(func(at string, s statement) error {
		switch {
		case s.principal != nil:
			return fault(at+".Principal", "who has the policy is its principal", HasPrincipal)
		case s.resource == nil || len(s.resource.list) == 0:
			return fault(at+".Resource", "there is no resource", NoResources)
		}
		return nil
	})
}

// Trust checks that a document can be a role's trust policy: each statement
// says who may assume the role, which is itself the resource.
func (d Document) Trust() error {
	return d.each(func(at string, s statement) error {
		switch {
		case s.principal == nil:
			return fault(at+".Principal", "it is missing", MissingPrincipal)
		case s.resource != nil:
			return fault(at+".Resource", "the role itself is the resource", HasResource)
		}
		for _, action := range s.action.list {
			if service, _, _ := strings.Cut(action, ":"); !strings.EqualFold(service, "sts") {
				return fault(at+".Action", action+" is not about assuming a role", NotAssumeRole)
			}
		}
		return nil
	})
}

// Attached checks that a document can be the policy of a resource: each
// statement says for whom, and on what.
func (d Document) Attached() error {
	return d.each(func(at string, s statement) error {
		switch {
		case s.principal == nil:
			return fault(at+".Principal", "it is missing", MissingPrincipal)
		case s.resource == nil || len(s.resource.list) == 0:
			return fault(at+".Resource", "there is no resource", NoResources)
		}
		return nil
	})
}

// Resources lists the patterns of the resources that the document names, in its
// order.
func (d Document) Resources() []string {
	var all []string
	for _, s := range d.statements {
		if s.resource != nil {
			all = append(all, s.resource.list...)
		}
	}
	return all
}

func (d Document) each(check func(at string, s statement) error) error {
	for n, s := range d.statements {
		if err := check(fmt.Sprintf("Statement[%d]", n), s); err != nil {
			return err
		}
	}
	return nil
}
