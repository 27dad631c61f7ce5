package check

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"awslab/aws"
)

// statement is one statement of a policy.
type statement struct {
	Effect    string
	Principal principal
	Action    several
	Resource  several
	Condition map[string]map[string]several
}

// several is one text, or a list of them.
type several []string

// UnmarshalJSON takes both.
func (s *several) UnmarshalJSON(body []byte) error {
	var one string
	if err := json.Unmarshal(body, &one); err == nil {
		*s = several{one}
		return nil
	}
	return json.Unmarshal(body, (*[]string)(s))
}

func (s several) like(text string) bool {
	return slices.ContainsFunc(s, func(pattern string) bool { return Like(pattern, text) })
}

// principal is whom a statement is about, by kind; "*" is anybody.
type principal map[string]several

// UnmarshalJSON takes "*" too.
func (p *principal) UnmarshalJSON(body []byte) error {
	var anybody string
	if err := json.Unmarshal(body, &anybody); err == nil {
		*p = principal{"AWS": {anybody}, "Service": {anybody}}
		return nil
	}
	return json.Unmarshal(body, (*map[string]several)(p))
}

// statements reads a policy: a list of statements, or a single one.
func statements(policy string) ([]statement, error) {
	var document struct{ Statement json.RawMessage }
	if err := json.Unmarshal([]byte(policy), &document); err != nil {
		return nil, err
	}
	var all []statement
	if json.Unmarshal(document.Statement, &all) == nil {
		return all, nil
	}
	var one statement
	err := json.Unmarshal(document.Statement, &one)
	return []statement{one}, err
}

// does reports whether the statement is about an action; their case is free.
func (s statement) does(action string) bool {
	return slices.ContainsFunc(s.Action, func(a string) bool { return Like(strings.ToLower(a), strings.ToLower(action)) })
}

// lets reports whether a statement lets a service do something to this function
// on behalf of a resource.
func (s statement) lets(service, action, source string) bool {
	if s.Effect != "Allow" || !s.Principal["Service"].like(service) || !s.does(action) {
		return false
	}
	for _, conditions := range s.Condition {
		for key, patterns := range conditions {
			if strings.EqualFold(key, "aws:SourceArn") && !patterns.like(source) {
				return false
			}
		}
	}
	return true
}

// allows is the check function.
func (e *evaluation) allows(role, action, resource string) (Findings, error) {
	subject := "role " + visible(role)
	if e.world.Cloud.IAM == nil {
		return unreadable(subject, absentService("IAM")), nil
	}
	documents, err := e.documents(role)
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return Findings{{Subject: subject, Expected: "a role of this name", Found: nothing, Cause: CauseNoRole}}, nil
	case err != nil:
		return unreadable(subject, err), nil
	}
	allowed := false
	for _, document := range documents {
		all, err := statements(document)
		if err != nil {
			return unreadable(subject, err), nil
		}
		for _, s := range all {
			if !s.does(action) || !s.Resource.like(resource) {
				continue
			}
			if s.Effect == "Deny" {
				return Findings{{Subject: subject, Expected: "allows " + visible(action), Found: "denies it", Cause: CauseNotAllowed}}, nil
			}
			allowed = true
		}
	}
	if !allowed {
		return Findings{{
			Subject: subject, Expected: "allows " + visible(action) + " on " + visible(resource), Found: "no policy that does", Cause: CauseNotAllowed,
		}}, nil
	}
	return holds(subject + " allows " + visible(action)), nil
}

// documents reads the policies of a role, its own and those attached.
func (e *evaluation) documents(role string) ([]string, error) {
	iam := e.world.Cloud.IAM
	inline, err := iam.ListRolePolicies(e.ctx, aws.ListRolePoliciesInput{RoleName: role})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range inline.PolicyNames {
		policy, err := iam.GetRolePolicy(e.ctx, aws.GetRolePolicyInput{RoleName: role, PolicyName: name})
		if err != nil {
			return nil, err
		}
		out = append(out, policy.PolicyDocument)
	}
	attached, err := iam.ListAttachedRolePolicies(e.ctx, aws.ListAttachedRolePoliciesInput{RoleName: role})
	if err != nil {
		return nil, err
	}
	for _, a := range attached.AttachedPolicies {
		policy, err := iam.GetPolicy(e.ctx, aws.GetPolicyInput{PolicyArn: a.PolicyArn})
		if err != nil {
			return nil, err
		}
		version, err := iam.GetPolicyVersion(e.ctx, aws.GetPolicyVersionInput{PolicyArn: a.PolicyArn, VersionID: policy.Policy.DefaultVersionID})
		if err != nil {
			return nil, err
		}
		out = append(out, version.PolicyVersion.Document)
	}
	return out, nil
}
