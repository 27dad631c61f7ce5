package awstest

import (
	"reflect"
	"strings"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

// TestNames checks that a tenant's name is one that AWS takes, is the tenant's alone,
// and that the test's comes back from whatever AWS writes it in.
func TestNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(append(kinds(), tokens, namespaces)).Draw(t, "kind")
		name := rapid.StringMatching(k.form.String()[1:len(k.form.String())-1]).Draw(t, "name")
		if rapid.Bool().Draw(t, "long") {
			name = strings.Repeat(name, k.longest)[:k.longest-rapid.IntRange(0, 20).Draw(t, "less")]
		}
		a, b := naming{mark: "awslabtestru001"}, naming{mark: "awslabtestru002"}
		unique := a.unique(k, name)
		if !k.takes(name) {
			if unique != name {
				t.Fatalf("%q, which AWS refuses, became %q", name, unique)
			}
			return
		}
		if !k.takes(unique) || !strings.Contains(unique, a.mark) {
			if _, rest := k.split(name); rest != "" {
				t.Fatalf("%q became %q", name, unique)
			}
		}
		if unique == b.unique(k, name) && unique != name {
			t.Fatalf("two tenants call %q %q", name, unique)
		}
		if again := a.unique(k, unique); again != unique {
			t.Fatalf("%q became %q, and then %q", name, unique, again)
		}
		const before, after = "Value '", "' at arn:aws:x:::"
		if got := a.restored(before + unique + after + unique); got != before+name+after+name {
			t.Fatalf("%q came back as %q", name, got)
		}
	})
}

// TestRewriting checks what becomes of the names in inputs.
func TestRewriting(t *testing.T) {
	t.Parallel()
	place := func(service, rest string) string { return "arn:aws:" + service + ":us-west-2:" + account + ":" + rest }
	// What is within «» is the mark.
	for _, c := range []struct{ in, want any }{
		{aws.PutItemInput{TableName: "Music", Item: aws.Item{"TableName": aws.S("Music")}, ConditionExpression: "x"},
			aws.PutItemInput{TableName: "«»Music", Item: aws.Item{"TableName": aws.S("Music")}, ConditionExpression: "x"}},
		{aws.PutItemInput{TableName: "my music"}, aws.PutItemInput{TableName: "my music"}},
		{aws.PutItemInput{TableName: place("dynamodb", "table/Music")}, aws.PutItemInput{TableName: place("dynamodb", "table/«»Music")}},
		{aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"Music": {ConsistentRead: true}, "a b": {}}},
			aws.BatchGetItemInput{RequestItems: map[string]aws.KeysAndAttributes{"«»Music": {ConsistentRead: true}, "a b": {}}}},
		{aws.ListTablesInput{}, aws.ListTablesInput{ExclusiveStartTableName: "«»"}},
		{aws.ListTablesInput{ExclusiveStartTableName: "Music"}, aws.ListTablesInput{ExclusiveStartTableName: "«»Music"}},
		{aws.ExecuteStatementInput{Statement: `SELECT "from" FROM "Music"."ByYear" WHERE x = 'it''s from Rome' OR update = 1`},
			aws.ExecuteStatementInput{Statement: `SELECT "from" FROM "«»Music"."ByYear" WHERE x = 'it''s from Rome' OR update = 1`}},
		{aws.ExecuteStatementInput{Statement: "insert into Music value {}"}, aws.ExecuteStatementInput{Statement: "insert into «»Music value {}"}},
		{aws.ExecuteStatementInput{Statement: "SELECT * FROM"}, aws.ExecuteStatementInput{Statement: "SELECT * FROM"}},
		{aws.CopyObjectInput{Bucket: "b-1", Key: "b-1", CopySource: "/image-1/image-1"}, aws.CopyObjectInput{Bucket: "«»b-1", Key: "b-1", CopySource: "/«»image-1/image-1"}},
		{aws.ListBucketsInput{}, aws.ListBucketsInput{Prefix: "«»"}},
		{aws.CreateFunctionInput{FunctionName: "FAQ", Role: "arn:aws:iam::" + account + ":role/R", Code: aws.FunctionCode{S3Bucket: "code-1", S3Key: "a.zip"}},
			aws.CreateFunctionInput{FunctionName: "«»FAQ", Role: "arn:aws:iam::" + account + ":role/«»R", Code: aws.FunctionCode{S3Bucket: "«»code-1", S3Key: "a.zip"}}},
		{aws.GetFunctionInput{FunctionName: "FAQ:$LATEST"}, aws.GetFunctionInput{FunctionName: "«»FAQ:$LATEST"}},
		{aws.GetFunctionInput{FunctionName: account + ":function:FAQ"}, aws.GetFunctionInput{FunctionName: account + ":function:«»FAQ"}},
		{aws.GetFunctionInput{FunctionName: place("lambda", "function:FAQ:1")}, aws.GetFunctionInput{FunctionName: place("lambda", "function:«»FAQ:1")}},
		{aws.PutIntegrationInput{URI: "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/" + place("lambda", "function:FAQ") + "/invocations"},
			aws.PutIntegrationInput{URI: "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/" + place("lambda", "function:«»FAQ") + "/invocations"}},
		{aws.PutRolePolicyInput{RoleName: "R", PolicyName: "P", PolicyDocument: `["arn:aws:s3:::image-1/*","arn:aws:s3:::*"]`},
			aws.PutRolePolicyInput{RoleName: "«»R", PolicyName: "P", PolicyDocument: `["arn:aws:s3:::«»image-1/*","arn:aws:s3:::*"]`}},
		{aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"},
			aws.AttachRolePolicyInput{RoleName: "«»R", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}},
		{aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: "arn:aws:iam::" + account + ":policy/lab/Mine"},
			aws.AttachRolePolicyInput{RoleName: "«»R", PolicyArn: "arn:aws:iam::" + account + ":policy/lab/«»Mine"}},
		{aws.CreateLogGroupInput{LogGroupName: "/aws/lambda/FAQ"}, aws.CreateLogGroupInput{LogGroupName: "/aws/lambda/«»FAQ"}},
		{aws.DescribeLogGroupsInput{LogGroupNamePrefix: "/aws/"}, aws.DescribeLogGroupsInput{LogGroupNamePrefix: "/aws/"}},
		{aws.DescribeLogGroupsInput{LogGroupNamePrefix: "/contract"}, aws.DescribeLogGroupsInput{LogGroupNamePrefix: "«»/contract"}},
		{aws.ListMetricsInput{Namespace: "AWS/Lambda", Dimensions: []aws.DimensionFilter{{Name: "FunctionName", Value: "FAQ"}, {Name: "Stage", Value: "dev"}}},
			aws.ListMetricsInput{Namespace: "AWS/Lambda", Dimensions: []aws.DimensionFilter{{Name: "FunctionName", Value: "«»FAQ"}, {Name: "Stage", Value: "dev"}}}},
		{aws.ListMetricsInput{Namespace: "Lab"}, aws.ListMetricsInput{Namespace: "«»Lab"}},
	} {
		n := naming{mark: "awslabtestru001"}
		r := &rewriting{naming: &n}
		got := rewrite(c.in, r.text)
		same(t, "input", got, rewrite(c.want, func(_, _, text string) string { return strings.ReplaceAll(text, "«»", n.mark) }))
	}
}

// TestRewriteCopies checks, for the inputs and outputs of all operations, that a
// rewritten value is a copy: alike when no text changes, and sharing nothing.
func TestRewriteCopies(t *testing.T) {
	t.Parallel()
	for _, op := range aws.Operations() {
		for _, of := range []reflect.Type{op.In, op.Out} {
			value, again := filled(of, 0), filled(of, 0)
			got := rewrite(value.Interface(), func(_, _, text string) string { return text })
			same(t, of.String(), got, value.Interface())
			rewrite(value.Interface(), func(_, _, _ string) string { return "changed" })
			same(t, of.String()+" that was rewritten", value.Interface(), again.Interface())
		}
	}
}

// filled is a value of a type with something in all its parts.
func filled(of reflect.Type, depth int) reflect.Value {
	v := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.String:
		v.SetString("text")
	case reflect.Pointer:
		if depth < 8 {
			v.Set(reflect.New(of.Elem()))
			v.Elem().Set(filled(of.Elem(), depth+1))
		}
	case reflect.Slice:
		if depth < 8 {
			v.Set(reflect.Append(v, filled(of.Elem(), depth+1)))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(of))
		v.SetMapIndex(filled(of.Key(), depth+1), filled(of.Elem(), depth+1))
	case reflect.Struct:
		for i := range of.NumField() {
			if of.Field(i).IsExported() {
				v.Field(i).Set(filled(of.Field(i).Type, depth+1))
			}
		}
	case reflect.Interface:
		if s := reflect.ValueOf(aws.S("text")); s.Type().AssignableTo(of) {
			v.Set(s)
		}
	}
	return v
}
