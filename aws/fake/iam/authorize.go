package iam

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// rights are the documents that say what a role may do, and the stored role they
// were read for: as long as it is the same, so are they, for a managed policy
// never changes, and a new one of an old name has another id.
type rights struct {
	role      string
	documents []policy.Document
}

// Authorize decides whether a session may do an action on a resource ("*" where
// the action has none). It is nil, or AccessDenied (403) in AWS's words, which
// does not say yet of which operation; or an error of the store. The keys that
// every request has (aws:PrincipalArn, aws:CurrentTime, …) need not be given.
func (s *Service) Authorize(session Session, action, resource string, conditions map[string]string) error {
	return s.authorize(session, need{action: action, resource: resource, conditions: conditions})
}

func (s *Service) authorize(session Session, n need) error {
	documents, err := s.documents(session.role)
	if err != nil {
		return err
	}
	now := s.config.Now().UTC()
	conditions := map[string]string{
		"aws:PrincipalArn":     session.RoleARN,
		"aws:PrincipalAccount": s.config.AccountID,
		"aws:PrincipalType":    "AssumedRole",
		"aws:userid":           session.id,
		"aws:CurrentTime":      now.Format(time.RFC3339),
		"aws:EpochTime":        strconv.FormatInt(now.Unix(), 10),
	}
	maps.Copy(conditions, n.conditions)
	decision := policy.Decide(documents, policy.Request{
		Principal: session.ARN, Action: n.action, Resource: n.resource, Conditions: conditions,
	})
	if decision == policy.Allow {
		return nil
	}
	return &aws.Error{Code: "AccessDenied", Status: http.StatusForbidden, Message: n.refusal(session.ARN, decision)}
}

// refusal words a refusal as AWS does.
func (n need) refusal(who string, decision policy.Decision) string {
	why := fmt.Sprintf("because no identity-based policy allows the %s action", n.action)
	if decision == policy.Deny {
		why = "with an explicit deny in an identity-based policy"
	}
	service, _, _ := strings.Cut(n.action, ":")
	on := " on resource: " + n.resource
	switch {
	case n.shown != "":
		on = " on resource: " + n.shown
	case n.resource == "*" && (service == "s3" || service == "cloudwatch"):
		on = ""
	case service == "s3":
		on = ` on resource: "` + n.resource + `"`
	}
	return fmt.Sprintf("User: %s is not authorized to perform: %s%s %s", who, n.action, on, why)
}

// documents reads a role's policies as they are now; none when there is no
// such role any more.
func (s *Service) documents(name string) ([]policy.Document, error) {
	var all []policy.Document
	err := s.store.View(func(r *store.Reader) error {
		raw := r.Get(rolesBucket, roleKey(name))
		if raw == nil {
			s.rights.Delete(name)
			return nil
		}
		if last, ok := s.rights.Load(name); ok {
			if known, ok := last.(*rights); ok && known.role == string(raw) {
				all = known.documents
				return nil
			}
		}
		found, err := decodeRole(raw)
		if err != nil {
			return err
		}
		if all, err = parseAll(r, found); err == nil {
			s.rights.Store(name, &rights{string(raw), all})
		}
		return err
	})
	return all, err
}

// parseAll reads the documents of a role.
func parseAll(r *store.Reader, found role) ([]policy.Document, error) {
	texts := slices.Collect(maps.Values(found.Inline))
	for _, a := range found.Attached {
		p, err := findPolicy(r, a.ARN)
		if err != nil {
			return nil, err
		}
		texts = append(texts, p.Document)
	}
	documents := make([]policy.Document, len(texts))
	for n, text := range texts {
		var err error
		if documents[n], err = policy.Parse(text); err != nil {
			return nil, fmt.Errorf("a policy of the role %s: %w", found.Role.RoleName, err)
		}
	}
	return documents, nil
}
