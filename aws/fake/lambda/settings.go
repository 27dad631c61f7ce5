package lambda

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/iam"
)

// What a function may be given, and what it has unless told.
const (
	defaultTimeout  = 3 // seconds
	maxTimeout      = 900
	defaultMemory   = 128 // MB
	maxMemory       = 10240
	defaultStorage  = 512 // MB
	maxStorage      = 10240
	maxDescription  = 256 // characters
	maxHandler      = 128
	maxVariables    = 4096 // bytes, as JSON
	defaultPlatform = "x86_64"
)

// The forms of members.
var (
	rolePattern     = newPattern(`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`)
	handlerPattern  = newPattern(`[^\s]+`)
	variablePattern = newPattern(`[a-zA-Z]([a-zA-Z0-9_])+`)
)

// checkForms checks the members that making and changing a function share; those
// that are not given have their zero value.
func checkForms(m *members, role, handler, description string, timeout, memory int, storage *aws.EphemeralStorage, environment *aws.Environment) {
	if role != "" {
		m.matching(role, "role", rolePattern)
	}
	if handler != "" {
		m.matching(handler, "handler", handlerPattern)
		m.atMost(handler, "handler", maxHandler)
	}
	m.atMost(description, "description", maxDescription)
	if timeout != 0 {
		m.within(timeout, "timeout", 1, maxTimeout)
	}
	if memory != 0 {
		m.within(memory, "memorySize", defaultMemory, maxMemory)
	}
	if storage != nil {
		m.within(storage.Size, "ephemeralStorage.size", defaultStorage, maxStorage)
	}
	if environment == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(environment.Variables)) {
		if !variablePattern.matches.MatchString(name) {
			m.add(mapText(environment.Variables), "environment.variables",
				"Map keys must satisfy constraint: [Member must satisfy regular expression pattern: "+variablePattern.text+"]")
			return
		}
	}
}

// mapText writes a map as AWS's messages do, {a=1, b=2}.
func mapText(values map[string]string) string {
	pairs := make([]string, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, name+"="+values[name])
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// reserved lists the environment variables that Lambda itself sets and nobody
// else may.
var reserved = map[string]bool{
	"_HANDLER": true, "_X_AMZN_TRACE_ID": true, "AWS_DEFAULT_REGION": true, "AWS_REGION": true, "AWS_EXECUTION_ENV": true,
	"AWS_LAMBDA_FUNCTION_NAME": true, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": true, "AWS_LAMBDA_FUNCTION_VERSION": true,
	"AWS_LAMBDA_INITIALIZATION_TYPE": true, "AWS_LAMBDA_LOG_GROUP_NAME": true, "AWS_LAMBDA_LOG_STREAM_NAME": true,
	"AWS_ACCESS_KEY": true, "AWS_ACCESS_KEY_ID": true, "AWS_SECRET_ACCESS_KEY": true, "AWS_SESSION_TOKEN": true,
	"AWS_LAMBDA_RUNTIME_API": true, "LAMBDA_TASK_ROOT": true, "LAMBDA_RUNTIME_DIR": true,
}

// checkVariables checks environment variables beyond their form.
func checkVariables(environment *aws.Environment) error {
	if environment == nil {
		return nil
	}
	const unable = "Lambda was unable to configure your environment variables because the environment variables you have provided "
	var taken []string
	for _, name := range slices.Sorted(maps.Keys(environment.Variables)) {
		if reserved[name] {
			taken = append(taken, name)
		}
	}
	if len(taken) > 0 {
		return badParameter(unable+"contains reserved keys that are currently not supported for modification. Reserved keys used in this request: %s",
			strings.Join(taken, ", "))
	}
	var measured strings.Builder
	encoder := json.NewEncoder(&measured)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(environment.Variables); err != nil {
		return fmt.Errorf("measure the environment variables: %w", err)
	}
	if text := strings.TrimSuffix(measured.String(), "\n"); len(text) > maxVariables {
		return badParameter(unable+"exceeded the 4KB limit. String measured: %s", text)
	}
	for _, value := range environment.Variables {
		if strings.ContainsRune(value, 0) {
			return badParameter(unable + "contain a null character.")
		}
	}
	return nil
}

// setEnvironment copies the variables, which are the caller's.
func (set *settings) setEnvironment(environment *aws.Environment) {
	if environment != nil {
		set.Variables, set.HasVariables = maps.Clone(environment.Variables), true
	}
}

// checkArchitectures checks the architectures of a request.
func checkArchitectures(architectures []string) error {
	if len(architectures) > 1 || len(architectures) == 1 && architectures[0] != "x86_64" && architectures[0] != "arm64" {
		return invalid("1 validation error detected: Value '[%s]' at 'architectures' failed to satisfy constraint: "+
			"Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]", strings.Join(architectures, ", "))
	}
	return nil
}

const cannotAssume = "The role defined for the function cannot be assumed by Lambda."

// checkRole checks that Lambda may assume the role.
func (s *Service) checkRole(role string) error {
	err := s.config.Roles.Trusts(role, "lambda.amazonaws.com")
	if errors.Is(err, iam.ErrRoleMissing) || errors.Is(err, iam.ErrNotTrusted) {
		return badParameter(cannotAssume)
	}
	return err
}
