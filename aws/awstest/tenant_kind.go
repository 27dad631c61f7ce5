package awstest

import (
	"context"
	"regexp"
	"strings"

	"awslab/aws"
)

// kind is a kind of thing whose names are taken once in an account, or once in
// all of AWS: what a test makes of it, a tenant makes under another name.
type kind struct {
	title string
	// form is what AWS takes for a name. Names of another form are refused, so they
	// go to AWS as the test has them.
	form    *regexp.Regexp
	except  *regexp.Regexp // names of the form that AWS refuses all the same
	longest int
	arn     string // what stands before the name in an ARN, as a regular expression; "" where ARNs hold no names
	create  string // the operation that makes one
	// also is what AWS makes beside it, by itself.
	also func(name string) (*kind, string)
	// all lists the names of those that there are, remove deletes one for good. That
	// one is not there (any more) is no error.
	all    func(context.Context, aws.Cloud) ([]string, error)
	remove func(ctx context.Context, on site, name string) error
}

// functionLogs begins the name of the log group of a function; the function's
// name follows.
const functionLogs = "/aws/lambda/"

// The kinds of things that tests make.
var (
	apis = &kind{title: "API", form: whole(`.+`), longest: 1024, create: "apigateway:CreateRestApi", all: allAPIs, remove: removeAPIs}

	functions = &kind{title: "function", form: whole(`[a-zA-Z0-9-_]+`), longest: 64, create: "lambda:CreateFunction",
		arn: `lambda:[a-z0-9-]*:\d*:function:`, all: allFunctions, remove: removeFunction,
		also: func(name string) (*kind, string) { return groups, functionLogs + name }}

	buckets = &kind{title: "bucket", form: whole(`[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]`), longest: 63, create: "s3:CreateBucket",
		except: regexp.MustCompile(`\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$`),
		arn:    `s3:::`, all: allBuckets, remove: removeBucket}

	tables = &kind{title: "table", form: whole(`[a-zA-Z0-9_.-]{3,}`), longest: 255, create: "dynamodb:CreateTable",
		arn: `dynamodb:[a-z0-9-]*:\d*:table/`, all: allTables, remove: removeTable}

	groups = &kind{title: "log group", form: whole(`[.\-_/#A-Za-z0-9]+`), longest: 512, create: "logs:CreateLogGroup",
		arn: `logs:[a-z0-9-]*:\d*:log-group:`, all: allGroups, remove: removeGroup}

	roles = &kind{title: "role", form: whole(`[\w+=,.@-]+`), longest: 64, create: "iam:CreateRole",
		arn: `iam::\d*:role/(?:[\w+=,.@-]+/)*`, all: allRoles, remove: removeRole}

	policies = &kind{title: "policy", form: whole(`[\w+=,.@-]+`), longest: 128, create: "iam:CreatePolicy",
		arn: `iam::\d*:policy/(?:[\w+=,.@-]+/)*`, all: allPolicies, remove: removePolicy}

	// A write that is asked for twice with one token is done once, whoever asks.
	tokens = &kind{title: "token", form: whole(`.+`), longest: 36}

	// Metrics are not deleted: AWS forgets them. Those of AWS's own namespaces are
	// told apart by what they are of.
	namespaces = &kind{title: "namespace", form: whole(`[0-9A-Za-z.\-_/#: ]+`), except: regexp.MustCompile(`^AWS/|^:`), longest: 255}
)

// kinds are the kinds of what is written down and deleted, in the order of
// deletion: what uses another thing goes before it, and log groups go when nothing
// has the right any more to make one, which a function's last lines may do late.
func kinds() []*kind {
	return []*kind{apis, functions, buckets, tables, roles, policies, groups}
}

// whole is the form of a name.
func whole(form string) *regexp.Regexp { return regexp.MustCompile(`^(?s:` + form + `)$`) }

// takes reports whether AWS takes a name.
func (k *kind) takes(name string) bool {
	return len(name) <= k.longest && k.form.MatchString(name) && (k.except == nil || !k.except.MatchString(name))
}

// split cuts a name where the tenant's mark goes: the log group of a function has
// it before the function's name, as the function has.
func (k *kind) split(name string) (before, after string) {
	if after, ok := strings.CutPrefix(name, functionLogs); ok && k == groups {
		return functionLogs, after
	}
	return "", name
}

// ready are the roles that every sandbox has, by name, which tests of functions
// use. In an account a tenant makes them when one is first named.
func ready(role string) bool {
	return role == "lambda-execution-role" || role == "lambda-basic-execution"
}
