package awstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"awslab/aws"
)

// tenant is one test's part of an account, which looks like an account of its own:
// a Cloud in which the names that the test gives are unique, lists show the test's
// things alone, and calls wait until AWS knows of what was done before. All that
// is made is written down first.
type tenant struct {
	*tenancy
	names naming

	mu    sync.Mutex
	made  []thing
	since map[string]time.Time // when a thing was made, by kind and name, and when a service was last written to
}

// cloud is the account as the test sees it.
func (t *tenant) cloud() aws.Cloud { return aws.Intercept(t.account.Cloud, t.call) }

// call runs an operation of the test's on the account.
func (t *tenant) call(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
	if ctx.Err() != nil {
		return next(ctx) // which says so, and does nothing
	}
	if t.interrupted() {
		return nil, errInterrupted
	}
	r := &rewriting{naming: &t.names}
	in = rewrite(in, r.text)
	for _, role := range r.ready {
		if err := t.makeReady(ctx, role); err != nil {
			return nil, err
		}
	}
	if err := t.writeDown(op, r.used); err != nil {
		return nil, err
	}
	out, err := t.patiently(ctx, op, in, r.used)
	if err != nil {
		return nil, t.restoredError(err)
	}
	if err := stray(op, r.used); err != nil {
		return nil, err
	}
	t.wrote(op, r.used)
	return rewrite(out, func(_, member, text string) string {
		if opaque(member) {
			return text
		}
		return t.names.restored(text)
	}), nil
}

// stray is the error of a call that made something under a name that was to be
// refused, and so was left as the test has it: nobody can tell that it is the run's.
func stray(op aws.Operation, used []thing) error {
	for _, k := range kinds() {
		if k.create == op.String() && !slices.ContainsFunc(used, func(u thing) bool { return u.kind == k }) {
			return fmt.Errorf("%s was to be refused, and made a %s that the run does not delete", op, k.title)
		}
	}
	return nil
}

// restoredError is an error with the tests' names in it.
func (t *tenant) restoredError(err error) error {
	var failure *aws.Error
	if !errors.As(err, &failure) {
		return err
	}
	told := *failure
	told.Message = t.names.restored(told.Message)
	told.Reasons = slices.Clone(told.Reasons)
	for i, reason := range told.Reasons {
		told.Reasons[i].Message = t.names.restored(reason.Message)
	}
	return &told
}

// writeDown notes what a call will make.
func (t *tenant) writeDown(op aws.Operation, used []thing) error {
	for _, k := range kinds() {
		if k.create != op.String() {
			continue
		}
		for _, u := range used {
			if u.kind != k {
				continue // a role of a function
			}
			if err := t.note(u); err != nil {
				return err
			}
			if k.also != nil {
				other, name := k.also(u.name)
				if err := t.note(thing{other, name}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// note writes down one thing, unless it is.
func (t *tenant) note(made thing) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.Contains(t.made, made) {
		return nil
	}
	if err := t.record.add(made); err != nil {
		return err
	}
	t.made = append(t.made, made)
	return nil
}

// makeReady makes a role that every sandbox has, unless the tenant has it.
func (t *tenant) makeReady(ctx context.Context, role string) error {
	unique := thing{roles, t.names.unique(roles, role)}
	t.mu.Lock()
	known := slices.Contains(t.made, unique)
	t.mu.Unlock()
	if known {
		return nil
	}
	cloud := t.cloud()
	if _, err := cloud.IAM.CreateRole(ctx, aws.CreateRoleInput{RoleName: role, AssumeRolePolicyDocument: lambdaTrust}); err != nil {
		return err
	}
	_, err := cloud.IAM.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{
		RoleName: role, PolicyArn: awsOwn + "policy/service-role/AWSLambdaBasicExecutionRole",
	})
	return err
}

// wrote notes when a service was last written to, and when things were made.
func (t *tenant) wrote(op aws.Operation, used []thing) {
	if op.Access != aws.Writes {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.account.Now()
	t.since[string(op.Service)] = now
	for _, u := range used {
		switch op.String() {
		case u.kind.create:
			t.since[u.String()] = now
		case strings.Replace(u.kind.create, ":Create", ":Delete", 1):
			delete(t.since, u.String())
		}
	}
}

// age is how long ago something was; ok is false when it never was.
func (t *tenant) age(what string) (age time.Duration, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, ok := t.since[what]
	return t.account.Now().Sub(at), ok
}

// String names a thing for people.
func (u thing) String() string { return u.kind.title + " " + u.name }

// lags are how long after a write a service may still answer a read, or judge
// another write, by what was before it. AWS tells no bounds: these are ours.
var lags = map[aws.Service]map[aws.Access]time.Duration{
	aws.ServiceIAM:      {aws.Reads: 10 * time.Second, aws.Writes: 10 * time.Second},
	aws.ServiceLogs:     {aws.Reads: 5 * time.Second, aws.Writes: 5 * time.Second},
	aws.ServiceDynamoDB: {aws.Reads: time.Second}, // reads that are not strongly consistent, and of indexes
}

// pending are refusals that end by themselves when what the call names was made a
// moment ago and is not known everywhere yet.
var pending = []struct{ code, message string }{
	{"InvalidParameterValueException", "cannot be assumed by Lambda"},
	{"MalformedPolicy", "Invalid principal in policy"},
	{"NoSuchEntity", ""},
}

// youth is how long a role or a policy may not be known everywhere.
const youth = time.Minute

// patiently runs a call as often as AWS says that it is too early, or too much at
// once.
func (t *tenant) patiently(ctx context.Context, op aws.Operation, in any, used []thing) (out any, err error) {
	for {
		if age, ok := t.age(string(op.Service)); !ok || age >= lags[op.Service][op.Access] {
			break
		}
		if err := t.wait(ctx); err != nil {
			return nil, err
		}
	}
	for range patience {
		if list, ok := listings[op.String()]; ok {
			out, err = list.run(ctx, t.account.Cloud, op, in, t.names.mark)
		} else {
			out, err = op.Call(ctx, t.account.Cloud, in)
		}
		if err == nil || !throttled(err) && !t.tooEarly(err, used) {
			return out, err
		}
		if waited := t.wait(ctx); waited != nil {
			return nil, waited
		}
	}
	return out, err
}

// tooEarly reports whether an error is about roles and policies that are there, one
// of them since a moment ago.
func (t *tenant) tooEarly(err error, used []thing) (early bool) {
	var failure *aws.Error
	if !errors.As(err, &failure) || !slices.ContainsFunc(pending, func(p struct{ code, message string }) bool {
		return failure.Code == p.code && strings.Contains(failure.Message, p.message)
	}) {
		return false
	}
	for _, u := range used {
		if u.kind == roles || u.kind == policies {
			age, made := t.age(u.String())
			if !made {
				return false
			}
			early = early || age < youth
		}
	}
	return early
}

// throttled reports whether AWS had too many requests; the limit of a function's
// concurrency is not meant.
func throttled(err error) bool {
	var failure *aws.Error
	if !errors.As(err, &failure) {
		return false
	}
	switch failure.Code {
	case "OperationAborted": // of two calls at once on a bucket
		return true
	case "TooManyRequestsException":
		return failure.Operation != "Invoke"
	case "LimitExceededException":
		return strings.Contains(failure.Message, "tables can be created, updated, or deleted simultaneously")
	}
	return errors.Is(err, aws.ErrThrottled)
}
