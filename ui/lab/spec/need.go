package spec

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Need is what a sandbox has ready-made and an account may lack: a role, or a
// bucket with files.
type Need struct {
	Role        string   `yaml:"role"` // its name
	Description string   `yaml:"description"`
	Trust       string   `yaml:"trust"`   // the service that may assume it, "lambda.amazonaws.com"
	Managed     []string `yaml:"managed"` // AWS's policies, "service-role/AWSLambdaBasicExecutionRole"
	Policy      string   `yaml:"policy"`  // the name of a policy of its own
	Allows      []Grant  `yaml:"allows"`  // what that policy allows

	Bucket string   `yaml:"bucket"` // its name
	Files  []string `yaml:"files"`  // the keys of the objects in it
	Also   []string `yaml:"also"`   // and of those that it has where awslab can make them
}

// Grant is a statement of a policy: it allows an action.
type Grant struct {
	Action string   `yaml:"action"` // "s3:GetObject"
	On     []string `yaml:"on"`     // the ARNs, in which * is any characters
}

// NeedField is a row of the table of what a need can hold.
type NeedField struct{ Name, Help string }

// NeedFields is that table.
func NeedFields() []NeedField {
	return []NeedField{
		{"role", "The name of a role; `trust` and `managed` or `policy` go with it."},
		{"description", "The role's description."},
		{"trust", "The service that may assume the role."},
		{"managed", "A list of AWS's own policies that the role gets, by their names with the path."},
		{"policy", "The name of a policy of the role's own."},
		{"allows", "What that policy allows: a list of `{action: …, on: [ARN, …]}`. Give no more than the lab needs."},
		{"bucket", "Or else the name of a bucket; `files` goes with it."},
		{"files", "The keys of the files in the bucket, which awslab brings along: HappyFace.jpg, CreateThumbnail.zip."},
		{"also", "The keys of files that the lab can do without, and that are put there where they can be made: CreateThumbnail-arm64.zip."},
	}
}

// TrustPolicy is the trust policy of the role that is needed, as JSON.
func (n Need) TrustPolicy() string {
	return document(map[string]any{"Effect": "Allow", "Principal": map[string]string{"Service": n.Trust}, "Action": "sts:AssumeRole"})
}

// OwnPolicy is the policy of the role's own, as JSON.
func (n Need) OwnPolicy() string {
	statements := make([]any, len(n.Allows))
	for i, g := range n.Allows {
		statements[i] = map[string]any{"Effect": "Allow", "Action": g.Action, "Resource": g.On}
	}
	return document(statements...)
}

// document writes a policy as the console shows it.
func document(statements ...any) string {
	policy := struct {
		Version   string
		Statement []any
	}{"2012-10-17", statements}
	text, err := json.MarshalIndent(policy, "", "    ")
	if err != nil { // texts and lists of them can be written
		return err.Error()
	}
	return string(text)
}

// needs puts the names' values into what the lab needs, and says what is wrong
// with it.
func (p *parser) needs() {
	fill := func(text *string) { *text = p.filled(1, *text) }
	for i := range p.lab.Needs {
		n := &p.lab.Needs[i]
		fill(&n.Role)
		fill(&n.Bucket)
		for _, g := range n.Allows {
			for j := range g.On {
				fill(&g.On[j])
			}
		}
		if message := n.fault(); message != "" {
			p.fault(1, "what is needed, number %d, %s", i+1, message)
		}
	}
}

var (
	roleName   = regexp.MustCompile(`^[A-Za-z0-9+=,.@_-]{1,64}$`)
	policyName = regexp.MustCompile(`^[A-Za-z0-9+=,.@_/-]{1,128}$`)
	actionName = regexp.MustCompile(`^[a-z0-9-]+:[A-Za-z*]+$`)
)

// fault says what is wrong with a need; "" for nothing.
func (n Need) fault() string {
	switch {
	case (n.Role == "") == (n.Bucket == ""):
		return "is a role or a bucket"
	case n.Bucket != "":
		return n.bucketFault()
	case !roleName.MatchString(n.Role):
		return fmt.Sprintf("has the name %q, which no role can have", n.Role)
	case !strings.HasSuffix(n.Trust, ".amazonaws.com"):
		return fmt.Sprintf("trusts %q, which is no service", n.Trust)
	case len(n.Files)+len(n.Also) > 0:
		return "has files, which go with a bucket"
	case len(n.Managed) == 0 && n.Policy == "":
		return "has no policy: it could be left out"
	case (n.Policy == "") != (len(n.Allows) == 0):
		return "has a policy's name and what it allows together, or neither"
	case n.Policy != "" && !roleName.MatchString(n.Policy):
		return fmt.Sprintf("has the policy %q, which is no name", n.Policy)
	}
	for _, m := range n.Managed {
		if !policyName.MatchString(m) {
			return fmt.Sprintf("has the managed policy %q, which is no name", m)
		}
	}
	for _, g := range n.Allows {
		if !actionName.MatchString(g.Action) || len(g.On) == 0 {
			return fmt.Sprintf("allows %q on %q: it takes an action, as s3:GetObject, and the ARNs that it is for", g.Action, g.On)
		}
	}
	return ""
}

func (n Need) bucketFault() string {
	switch {
	case !plain.MatchString(n.Bucket):
		return fmt.Sprintf("has the name %q, which no bucket can have", n.Bucket)
	case len(n.Files) == 0:
		return "is a bucket without files"
	case n.Description+n.Trust+n.Policy != "" || len(n.Managed)+len(n.Allows) > 0:
		return "is a bucket, and has what goes with a role"
	}
	return ""
}
