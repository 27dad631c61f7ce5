package lambda

import (
	"regexp"
	"strings"

	"awslab/aws"
)

// latest is the version of a function that was not published.
const latest = "$LATEST"

// maxFunctionName is the length of the longest name, in characters.
const maxFunctionName = 64

// namePattern is the form of a function's name, ARN or part of an ARN.
var namePattern = newPattern(`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`)

// qualifierPattern is the form of a version or alias.
var qualifierPattern = newPattern(`(|[a-zA-Z0-9$_-]+)`)

// The groups of namePattern that say something.
const (
	groupRegion    = 3
	groupAccount   = 9
	groupName      = 11
	groupQualifier = 13
)

// reference is what a request's FunctionName says.
type reference struct {
	name      string
	qualifier string // "" when not given
	foreign   string // the ARN, when it is of another region or account
}

// refer reads a FunctionName, and the Qualifier beside it.
func (s *Service) refer(name, qualifier string) (reference, error) {
	var m members
	m.matching(name, "functionName", namePattern)
	m.atMost(qualifier, "qualifier", 128)
	m.matching(qualifier, "qualifier", qualifierPattern)
	if err := m.err(); err != nil {
		return reference{}, err
	}
	groups := namePattern.matches.FindStringSubmatch(name)
	ref := reference{name: groups[groupName], qualifier: groups[groupQualifier]}
	if len(ref.name) > maxFunctionName {
		return ref, badParameter("1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: "+
			"Member must have length less than or equal to %d", name, maxFunctionName)
	}
	if ref.qualifier != "" && qualifier != "" && ref.qualifier != qualifier {
		return ref, badParameter("The derived qualifier from the function name does not match the specified qualifier.")
	}
	if ref.qualifier == "" {
		ref.qualifier = qualifier
	}
	region := strings.TrimSuffix(groups[groupRegion], ":")
	account := strings.TrimSuffix(groups[groupAccount], ":")
	if region != "" && region != s.config.Region || account != "" && account != s.config.AccountID {
		ref.foreign = name
	}
	return ref, nil
}

// missing is the error for a function that is not there. full tells whether the
// ARN has the version at its end, as in Invoke's.
func (s *Service) missing(ref reference, full bool) error {
	arn := s.functionARN(ref.name)
	switch {
	case ref.foreign != "":
		arn = ref.foreign
	case ref.qualifier != "":
		arn += ":" + ref.qualifier
	case full:
		arn += ":" + latest
	}
	return notFound("Function not found: %s", arn)
}

// arnPattern takes the function's name out of a whole ARN.
var arnPattern = regexp.MustCompile(`^arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:([a-zA-Z0-9-_]+)(:\$LATEST)?$`)

// nameOf is the function that a whole ARN names; "" when it is not one of ours.
func (s *Service) nameOf(arn string) string {
	groups := arnPattern.FindStringSubmatch(arn)
	if groups == nil || groups[1] != s.config.Region || groups[2] != s.config.AccountID {
		return ""
	}
	return groups[3]
}

// The runtimes as the checks of a request need them.
func (s *Service) checkRuntime(name aws.Runtime) error {
	runtime, known := aws.LambdaRuntimeNamed(name)
	if !known {
		all := aws.LambdaRuntimes()
		names := make([]string, 0, len(all))
		for _, r := range all {
			if !r.BlocksCreate(s.now()) {
				names = append(names, string(r.Name))
			}
		}
		return badParameter("Value %s at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [%s] or be a valid ARN",
			name, strings.Join(names, ", "))
	}
	if runtime.BlocksCreate(s.now()) {
		return unsupported(name)
	}
	return nil
}

// checkUpdatable checks that functions with the runtime may still be changed.
func (s *Service) checkUpdatable(name aws.Runtime) error {
	if runtime, _ := aws.LambdaRuntimeNamed(name); runtime.BlocksUpdate(s.now()) {
		return unsupported(name)
	}
	return nil
}

func unsupported(name aws.Runtime) error {
	return badParameter("The runtime parameter of %s is no longer supported for creating or updating AWS Lambda functions. "+
		"We recommend you use a supported runtime while creating or updating functions.", name)
}
