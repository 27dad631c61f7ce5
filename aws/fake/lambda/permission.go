package lambda

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// maxPolicy is the size of the longest resource policy, in bytes.
const maxPolicy = 20480

// statement is one statement of a resource policy, as it is written.
type statement struct {
	Sid       string
	Effect    string
	Principal any
	Action    string
	Resource  string
	Condition map[string]map[string]string `json:",omitempty"`
}

// document is a resource policy, as it is written.
type document struct {
	Version   string
	ID        string `json:"Id"`
	Statement []statement
}

func (r *record) policy() document { return document{"2012-10-17", "default", r.Policy} }

// rules is the resource policy as what decides; without statements it says
// nothing.
func (r *record) rules() (policy.Document, error) {
	if len(r.Policy) == 0 {
		return policy.Document{}, nil
	}
	text, err := json.Marshal(r.policy())
	if err != nil {
		return policy.Document{}, err
	}
	return policy.Parse(string(text))
}

// The forms of a statement's members.
var (
	sidPattern     = newPattern(`([a-zA-Z0-9-_]+)`)
	actionPattern  = newPattern(`(lambda:[*]|lambda:[a-zA-Z]+|[*])`)
	sourcePattern  = newPattern(`arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)`)
	accountPattern = newPattern(`\d{12}`)
	servicePattern = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$`)
	userPattern    = regexp.MustCompile(`^arn:aws:iam::\d{12}:(root|(role|user)/.+)$`)
)

// maxSid is the length of the longest statement id, in characters.
const maxSid = 100

// AddPermission adds a statement to a function's resource policy.
func (s *Service) AddPermission(ctx context.Context, in aws.AddPermissionInput) (aws.AddPermissionOutput, error) {
	return answer(ctx, s, "AddPermission", func() (out aws.AddPermissionOutput, err error) {
		added, err := s.newStatement(in)
		if err != nil {
			return out, err
		}
		err = s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			added.Resource = s.functionARN(r.Name)
			if r.statement(added.Sid) >= 0 {
				return conflict("The statement id (%s) provided already exists. Please provide a new statement id, or remove the existing statement.", added.Sid)
			}
			r.Policy = append(slices.Clone(r.Policy), added)
			r.PolicyRevision = s.uuid()
			text, err := json.Marshal(r.policy())
			if err != nil {
				return fmt.Errorf("write the resource policy: %w", err)
			}
			if len(text) > maxPolicy {
				return fault("PolicyLengthExceededException", "The final policy size (%d) is bigger than the limit (%d).", len(text), maxPolicy)
			}
			return nil
		})
		if err != nil {
			return out, err
		}
		text, err := json.Marshal(added)
		out.Statement = string(text)
		return out, err
	})
}

// newStatement makes a statement of a request.
func (s *Service) newStatement(in aws.AddPermissionInput) (statement, error) {
	if _, err := s.refer(in.FunctionName, ""); err != nil {
		return statement{}, err
	}
	var m members
	m.matching(in.StatementID, "statementId", sidPattern)
	m.atMost(in.StatementID, "statementId", maxSid)
	m.matching(in.Action, "action", actionPattern)
	if in.SourceArn != "" {
		m.matching(in.SourceArn, "sourceArn", sourcePattern)
	}
	if in.SourceAccount != "" {
		m.matching(in.SourceAccount, "sourceAccount", accountPattern)
	}
	if err := m.err(); err != nil {
		return statement{}, err
	}
	principal, err := principalOf(in.Principal)
	if err != nil {
		return statement{}, err
	}
	added := statement{Sid: in.StatementID, Effect: "Allow", Principal: principal, Action: in.Action}
	if in.SourceAccount != "" {
		added.Condition = map[string]map[string]string{"StringEquals": {"AWS:SourceAccount": in.SourceAccount}}
	}
	if in.SourceArn != "" {
		if added.Condition == nil {
			added.Condition = map[string]map[string]string{}
		}
		added.Condition["ArnLike"] = map[string]string{"AWS:SourceArn": in.SourceArn}
	}
	return added, nil
}

// principalOf writes a principal as a policy does.
func principalOf(text string) (any, error) {
	switch {
	case text == "*":
		return text, nil
	case servicePattern.MatchString(text):
		return map[string]string{"Service": text}, nil
	case accountPattern.matches.MatchString(text):
		return map[string]string{"AWS": "arn:aws:iam::" + text + ":root"}, nil
	case userPattern.MatchString(text):
		return map[string]string{"AWS": text}, nil
	}
	return nil, badParameter("The provided principal was invalid. Please check the principal and try again.")
}

// statement finds a statement by its id; -1 when there is none.
func (r *record) statement(sid string) int {
	return slices.IndexFunc(r.Policy, func(s statement) bool { return s.Sid == sid })
}

// RemovePermission takes a statement out of the resource policy.
func (s *Service) RemovePermission(ctx context.Context, in aws.RemovePermissionInput) (aws.RemovePermissionOutput, error) {
	return answer(ctx, s, "RemovePermission", func() (out aws.RemovePermissionOutput, err error) {
		var m members
		m.matching(in.StatementID, "statementId", sidPattern)
		m.atMost(in.StatementID, "statementId", maxSid)
		if err := m.err(); err != nil {
			return out, err
		}
		return out, s.change(in.FunctionName, func(_ *store.Reader, r *record) error {
			at := r.statement(in.StatementID)
			switch {
			case len(r.Policy) == 0:
				return notFound("No policy is associated with the given resource.")
			case at < 0:
				return notFound("Statement %s is not found in resource policy.", in.StatementID)
			}
			r.Policy = slices.Delete(slices.Clone(r.Policy), at, at+1)
			r.PolicyRevision = s.uuid()
			return nil
		})
	})
}

// GetPolicy reads a function's resource policy.
func (s *Service) GetPolicy(ctx context.Context, in aws.LambdaGetPolicyInput) (aws.LambdaGetPolicyOutput, error) {
	return answer(ctx, s, "GetPolicy", func() (out aws.LambdaGetPolicyOutput, err error) {
		f, err := s.find(in.FunctionName, "", false)
		if err != nil {
			return out, err
		}
		if len(f.Policy) == 0 {
			return out, notFound("The resource you requested does not exist.")
		}
		text, err := json.Marshal(f.policy())
		out.Policy, out.RevisionID = string(text), f.PolicyRevision
		return out, err
	})
}

// MayInvoke is nil when a function exists and its resource policy lets a service
// ("s3.amazonaws.com") invoke it for a source.
func (s *Service) MayInvoke(r *store.Reader, functionARN, service, sourceARN, sourceAccount string) error {
	f, err := s.function(r, s.nameOf(functionARN))
	if err != nil {
		return err
	}
	if f == nil {
		return notFound("Function not found: %s", functionARN)
	}
	rules, err := f.rules()
	if err != nil {
		return fmt.Errorf("the resource policy of %s: %w", f.Name, err)
	}
	const action = "lambda:InvokeFunction"
	if rules.Decide(policy.Request{
		Principal: service, Action: action, Resource: s.functionARN(f.Name),
		Conditions: map[string]string{"aws:SourceArn": sourceARN, "aws:SourceAccount": sourceAccount},
	}) != policy.Allow {
		return fault(codeDenied, "User: %s is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action",
			service, action, functionARN, action)
	}
	return nil
}

// InvokeFor runs a function for a service ("apigateway.amazonaws.com") that acts
// for a source, if the function exists and its resource policy lets it.
func (s *Service) InvokeFor(ctx context.Context, service, sourceARN string, in aws.InvokeInput) (aws.InvokeOutput, error) {
	err := s.store.View(func(r *store.Reader) error {
		return s.MayInvoke(r, in.FunctionName, service, sourceARN, s.config.AccountID)
	})
	if err != nil {
		return aws.InvokeOutput{}, s.form().Failure("Invoke", err)
	}
	return s.Invoke(ctx, in)
}
