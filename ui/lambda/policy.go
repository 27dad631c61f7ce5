package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"awslab/aws"
)

// statement is a statement of a function's resource policy, as far as the
// console looks into it.
type statement struct {
	Sid       string
	Effect    string
	Principal any // a text, or a map of kinds to texts or lists of them
	Action    any
	Condition map[string]map[string]any
	text      string // as it is written, for people
}

// readPolicy reads a function's resource policy; one that has none has no
// statements.
func readPolicy(ctx context.Context, service aws.Lambda, function string) ([]statement, error) {
	out, err := service.GetPolicy(ctx, aws.LambdaGetPolicyInput{FunctionName: function})
	if errors.Is(err, aws.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parsePolicy(out.Policy)
}

// parsePolicy takes a policy document apart.
func parsePolicy(document string) ([]statement, error) {
	var policy struct{ Statement []json.RawMessage }
	if err := json.Unmarshal([]byte(document), &policy); err != nil {
		return nil, err
	}
	var all []statement
	for _, raw := range policy.Statement {
		var s statement
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := json.Indent(&b, raw, "", "  "); err != nil {
			return nil, err
		}
		s.text = b.String()
		all = append(all, s)
	}
	return all, nil
}

// bucket is the bucket that a statement lets in; false for other sources.
func (s statement) bucket() (string, bool) {
	if s.principal() != "s3.amazonaws.com" {
		return "", false
	}
	_, name, ok := strings.Cut(s.source(), ":s3:::")
	return name, ok
}

// principal is whom a statement is about.
func (s statement) principal() string {
	switch who := s.Principal.(type) {
	case string:
		return who
	case map[string]any:
		for _, kind := range []string{"Service", "AWS"} {
			if text := joined(who[kind]); text != "" {
				return text
			}
		}
	}
	return ""
}

// source is the ARN that invocations must come from.
func (s statement) source() string { return s.condition("AWS:SourceArn") }

// account is the account that invocations must come from.
func (s statement) account() string { return s.condition("AWS:SourceAccount") }

// condition is the value that a key of the request must have, whatever the
// operator.
func (s statement) condition(key string) string {
	for _, keys := range s.Condition {
		for name, value := range keys {
			if strings.EqualFold(name, key) {
				return joined(value)
			}
		}
	}
	return ""
}

// joined is a text, or a list of them in a line.
func joined(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		texts := make([]string, 0, len(v))
		for _, one := range v {
			texts = append(texts, joined(one))
		}
		return strings.Join(texts, ", ")
	}
	return ""
}
