package check

import (
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// keyPart is a key attribute as a check asks for it.
type keyPart struct {
	role     string // "partition key"
	kind     aws.KeyType
	name     string
	typeName string
	typ      aws.AttributeType
}

// parseKey reads {Artist: "String"}.
func parseKey(role string, kind aws.KeyType, members map[string]any) (keyPart, error) {
	p := keyPart{role: role, kind: kind}
	if len(members) != 1 {
		return p, fmt.Errorf("the %s is one name with its type, as {Artist: \"String\"}", role)
	}
	for name, v := range members {
		p.name = name
		p.typeName, _ = v.(string)
	}
	for _, t := range []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB} {
		if p.typeName == string(t) || p.typeName == t.Name() {
			p.typ, p.typeName = t, t.Name()
			return p, nil
		}
	}
	return p, fmt.Errorf("the type of the %s is String, Number or Binary, not %v", role, members[p.name])
}

// table is the check function.
func (e *evaluation) table(name string, partition map[string]any, sort ...map[string]any) (Findings, error) {
	want := make([]keyPart, 0, 2)
	part, err := parseKey("partition key", aws.KeyHash, partition)
	if err != nil {
		return nil, err
	}
	if want = append(want, part); len(sort) > 1 {
		return nil, errors.New("a table has one sort key at most")
	}
	for _, members := range sort {
		if part, err = parseKey("sort key", aws.KeyRange, members); err != nil {
			return nil, err
		}
		want = append(want, part)
	}
	described, wrong := e.describe(name)
	if wrong != nil {
		return wrong, nil
	}
	if wrong = compareKeys(want, described); wrong != nil {
		return wrong, nil
	}
	return holds("table " + visible(name)), nil
}

// describe reads a table that is ACTIVE, or says what is wrong.
func (e *evaluation) describe(name string) (aws.TableDescription, Findings) {
	subject := "table " + visible(name)
	var none aws.TableDescription
	if e.world.Cloud.DynamoDB == nil {
		return none, unreadable(subject, errors.New("there is no DynamoDB here"))
	}
	out, err := e.world.Cloud.DynamoDB.DescribeTable(e.ctx, aws.DescribeTableInput{TableName: name})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return none, e.absent(name)
	case err != nil:
		return none, unreadable(subject, err)
	case out.Table.TableStatus == aws.StatusCreating:
		return none, Findings{{Subject: subject, Expected: "Active", Found: "Creating", Cause: CauseCreating, Advice: "That takes a moment."}}
	case out.Table.TableStatus == aws.StatusDeleting:
		return none, Findings{{Subject: subject, Expected: "Active", Found: "Deleting", Cause: CauseDeleting, Advice: "When it has gone, create it again."}}
	}
	return out.Table, nil
}

// absent says that there is no such table, and which one there is instead.
func (e *evaluation) absent(name string) Findings {
	f := Finding{Subject: "table " + visible(name), Expected: "a table of this name", Found: nothing, Cause: CauseNoTable}
	// One page holds the hundred first names, which is enough for a likely slip.
	out, err := e.world.Cloud.DynamoDB.ListTables(e.ctx, aws.ListTablesInput{})
	if err != nil {
		return unreadable(f.Subject, err)
	}
	if near, ok := spelling.Nearest(name, out.TableNames); ok {
		f.Found, f.Cause = "a table "+quote(near), CauseTableName
		f.Advice = fmt.Sprintf("A table cannot be renamed: create one with the name %s; %s may stay or go.", name, visible(near))
		if spelling.Fold(near) == spelling.Fold(name) {
			f.Advice = "Upper and lower case count. " + f.Advice
		}
	}
	return Findings{f}
}

// anew is the way out of a wrong key.
const anew = "A table's key cannot be changed: delete the table, and create it again."

// compareKeys says what is wrong with a table's primary key; nil when nothing is.
func compareKeys(want []keyPart, table aws.TableDescription) Findings {
	var wrong Findings
	for _, part := range want {
		if f, differs := compareKey(part, table); differs {
			wrong = append(wrong, f)
		}
	}
	if extra, ok := keyName(table, aws.KeyRange); ok && len(want) == 1 {
		wrong = append(wrong, Finding{Subject: "sort key", Expected: "none", Found: quote(extra), Cause: CauseKeyExtra, Advice: anew})
	}
	return wrong
}

func compareKey(part keyPart, table aws.TableDescription) (Finding, bool) {
	got, ok := keyName(table, part.kind)
	f := Finding{Subject: part.role, Expected: quote(part.name), Found: quote(got), Advice: anew}
	switch {
	case !ok:
		f.Found, f.Cause = nothing, CauseKeyMissing
		return f, true
	case got != part.name:
		f.Cause = CauseKeyName
		if cause, hint := spotted(part.name, got); hint != "" {
			f.Advice = hint + " " + anew
			if cause == CauseSpace {
				f.Cause = CauseSpace
			}
		}
		return f, true
	}
	if t := keyType(table, got); t != part.typ {
		f.Subject = part.role + " " + visible(got)
		f.Expected, f.Found, f.Cause = part.typeName, t.Name(), CauseKeyType
		return f, true
	}
	return Finding{}, false
}

func keyName(table aws.TableDescription, kind aws.KeyType) (string, bool) {
	for _, k := range table.KeySchema {
		if k.KeyType == kind {
			return k.AttributeName, true
		}
	}
	return "", false
}

func keyType(table aws.TableDescription, name string) aws.AttributeType {
	for _, d := range table.AttributeDefinitions {
		if d.AttributeName == name {
			return d.AttributeType
		}
	}
	return ""
}

// noTable is the check function.
func (e *evaluation) noTable(name string) (Findings, error) {
	subject := "no table " + visible(name)
	if e.world.Cloud.DynamoDB == nil {
		return unreadable(subject, errors.New("there is no DynamoDB here")), nil
	}
	out, err := e.world.Cloud.DynamoDB.DescribeTable(e.ctx, aws.DescribeTableInput{TableName: name})
	f := Finding{Subject: "table " + visible(name), Expected: "gone", Found: "still there", Cause: CauseTableExists}
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return holds(subject), nil
	case err != nil:
		return unreadable(subject, err), nil
	case out.Table.TableStatus == aws.StatusDeleting:
		f.Found, f.Cause, f.Advice = "Deleting", CauseDeleting, "That takes a moment."
	}
	return Findings{f}, nil
}
