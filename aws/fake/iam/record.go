package iam

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The buckets. Roles lie by their name in lower case, since no two names of an
// account may differ in case only; policies of the account by their ARN.
const (
	rolesBucket    = "iam/roles"
	policiesBucket = "iam/policies"
)

// role is a role as stored.
type role struct {
	Role     aws.Role
	Attached []attachment      `json:",omitempty"` // in the order of attaching
	Inline   map[string]string `json:",omitempty"` // documents by name
}

// attachment is a managed policy that a role has. The id tells a policy from a
// later one of the same name.
type attachment struct{ ARN, ID string }

// managed is a managed policy as stored, with its only version.
type managed struct {
	Policy   aws.Policy
	Document string
}

func roleKey(name string) []byte { return []byte(strings.ToLower(name)) }

// findRole reads a role; NoSuchEntity when there is none.
func findRole(r *store.Reader, name string) (role, error) {
	raw := r.Get(rolesBucket, roleKey(name))
	if raw == nil {
		return role{}, noRole(name)
	}
	found, err := decodeRole(raw)
	if err == nil && found.Role.RoleName != name {
		return role{}, noRole(name)
	}
	return found, err
}

// allRoles reads all roles, in order of their keys.
func allRoles(r *store.Reader) ([]role, error) {
	var all []role
	c := r.Cursor(rolesBucket)
	for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
		next, err := decodeRole(raw)
		if err != nil {
			return nil, err
		}
		all = append(all, next)
	}
	return all, nil
}

func decodeRole(raw []byte) (r role, err error) {
	if err := json.Unmarshal(raw, &r); err != nil {
		return role{}, fmt.Errorf("a stored role cannot be read: %w", err)
	}
	return r, nil
}

func (r role) save(w *store.Writer) error {
	raw, err := json.Marshal(r)
	if err == nil {
		w.Put(rolesBucket, roleKey(r.Role.RoleName), raw)
	}
	return err
}

// findPolicy reads a managed policy, AWS's or the account's; NoSuchEntity when
// there is none.
func findPolicy(r *store.Reader, arn string) (managed, error) {
	if own, ok := awsManaged(arn); ok {
		return own, nil
	}
	raw := r.Get(policiesBucket, []byte(arn))
	if raw == nil {
		return managed{}, noPolicy(arn)
	}
	return decodeManaged(raw)
}

func decodeManaged(raw []byte) (p managed, err error) {
	if err := json.Unmarshal(raw, &p); err != nil {
		return managed{}, fmt.Errorf("a stored policy cannot be read: %w", err)
	}
	return p, nil
}

// attachments counts the roles that have each policy, by ARN.
func attachments(r *store.Reader) (map[string]int, error) {
	roles, err := allRoles(r)
	count := make(map[string]int)
	for _, each := range roles {
		for _, a := range each.Attached {
			count[a.ARN]++
		}
	}
	return count, err
}

func (r role) has(arn string) bool {
	return slices.ContainsFunc(r.Attached, func(a attachment) bool { return a.ARN == arn })
}
