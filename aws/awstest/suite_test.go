package awstest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// listener hears what a test complains of.
type listener struct {
	testing.TB
	heard []string
}

func (l *listener) Helper() {}

func (l *listener) Errorf(format string, args ...any) {
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

// TestMissingContract checks that an operation without a test fails the suite, and
// so does a test without an operation.
func TestMissingContract(t *testing.T) {
	t.Parallel()
	all := aws.Operations()
	without := maps.Clone(contracts())
	delete(without, "s3:PutObject")
	without["s3:Nonsense"] = func(*testing.T, Fixture) {}
	for _, c := range []struct {
		name       string
		operations []aws.Operation
		tests      map[string]contract
		want       []string
	}{
		{"all there", all, contracts(), nil},
		{"a new operation", append(slices.Clone(all), aws.Operation{Service: "s3", Name: "Paint"}), contracts(), []string{"s3:Paint has no contract test"}},
		{"one left out, one too many", all, without,
			[]string{"s3:PutObject has no contract test", "there is a contract test of s3:Nonsense, which is no operation"}},
	} {
		l := &listener{TB: t}
		wantComplete(l, c.operations, c.tests)
		same(t, c.name, l.heard, c.want)
	}
}

// TestSuiteIsComplete runs the suite with nothing chosen: what is left is the check
// that is the same for all ways to run it.
func TestSuiteIsComplete(t *testing.T) {
	t.Parallel()
	RunInTurn(t, func(aws.Operation) bool { return false }, nil)
}

// TestRenamesKnowAllNames checks that each member of an input that is called a name,
// or a bucket, has a row that says how it is made unique, or is known to be none of
// the account's.
func TestRenamesKnowAllNames(t *testing.T) {
	t.Parallel()
	used := make(map[string]bool)
	for _, op := range aws.Operations() {
		eachText(op.In, "", "", make(map[reflect.Type]bool), func(owner, member string) {
			known := false
			for _, row := range []string{owner + "." + member, member} {
				if _, ok := renames[row]; ok {
					used[row], known = true, true
				}
			}
			named := strings.HasSuffix(member, "Name") || strings.HasSuffix(member, "Bucket") || strings.HasSuffix(member, "NamePrefix")
			if named && !known && !local[member] && !local[owner+"."+member] {
				t.Errorf("%s has the member %s of %s: it needs a row in renames, or in local", op, member, owner)
			}
		})
	}
	for row := range renames {
		if !used[row] && !strings.HasPrefix(row, "Dimension ") {
			t.Errorf("renames has a row %s, of which there is no member", row)
		}
	}
}

// eachText tells all members of a type that hold texts.
func eachText(in reflect.Type, owner, member string, seen map[reflect.Type]bool, tell func(owner, member string)) {
	switch in.Kind() {
	case reflect.String:
		tell(owner, member)
	case reflect.Pointer, reflect.Slice:
		eachText(in.Elem(), owner, member, seen, tell)
	case reflect.Map:
		eachText(in.Key(), owner, member+"{key}", seen, tell)
		eachText(in.Elem(), owner, member, seen, tell)
	case reflect.Struct:
		if seen[in] {
			return
		}
		seen[in] = true
		for i := range in.NumField() {
			if field := in.Field(i); field.IsExported() {
				eachText(field.Type, in.Name(), field.Name, seen, tell)
			}
		}
	}
}

// TestListingsAreComplete checks that what comes by pages and is of nothing named is
// a list of the account, and that the table of those names members that there are.
func TestListingsAreComplete(t *testing.T) {
	t.Parallel()
	// These are asked for what they answer.
	asked := map[string]bool{"cloudwatch:GetMetricData": true}
	has := func(in reflect.Type, members ...string) bool {
		return slices.ContainsFunc(members, func(name string) bool { _, ok := in.FieldByName(name); return ok })
	}
	left := maps.Clone(listings)
	for _, op := range aws.Operations() {
		list, ok := listings[op.String()]
		if !ok {
			within := has(op.In, "Bucket", "TableName", "FunctionName", "RoleName", "LogGroupName", "RestAPIID", "ResourceArn", "Resource", "PolicyArn", "StreamArn", "Statement")
			if !within && !asked[op.String()] && has(op.In, "NextToken", "Marker", "Position", "ContinuationToken") {
				t.Errorf("%s lists an account: it needs a row in listings", op)
			}
			continue
		}
		delete(left, op.String())
		if !has(op.Out, list.list) || !has(op.Out, list.next) || !has(op.In, list.from) || list.limit != "" && !has(op.In, list.limit) {
			t.Errorf("the row of %s names members that it has not: %+v", op, list)
		}
	}
	for name := range left {
		t.Errorf("listings has a row %s, which is no operation", name)
	}
}

// TestExceptions checks that each exception is of an operation, and says why.
func TestExceptions(t *testing.T) {
	t.Parallel()
	for _, e := range Exceptions() {
		name, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(e.Test, "^"), "$"), "$/")
		if operation(t, name); e.Reason == "" {
			t.Errorf("%s has no reason", e.Test)
		}
	}
}
