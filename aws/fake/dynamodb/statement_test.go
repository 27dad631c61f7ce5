package dynamodb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// TestLongStatements: a statement may be longer than an expression, and become one
// that is longer still.
func TestLongStatements(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	item := aws.Item{"n": aws.N("5")}
	names, values, lists := make([]string, 1000), make([]string, 100), make([]string, 15)
	for n := range names {
		names[n] = fmt.Sprintf("a%d", n)
		item[names[n]] = aws.BOOL(true)
	}
	for n := range values {
		values[n] = fmt.Sprint(n)
	}
	for n := range lists {
		lists[n] = "n IN [" + strings.Join(values, ",") + "]"
	}
	putSession(t, s, 1, item)
	run := func(text string) []aws.Item {
		out, err := s.ExecuteStatement(t.Context(), aws.ExecuteStatementInput{Statement: text})
		if err != nil {
			t.Errorf("%d characters: %v", len(text), err)
		}
		return out.Items
	}
	if got := run("SELECT * FROM Sessions WHERE " + strings.Join(lists, " AND ")); len(got) != 1 {
		t.Errorf("%d items", len(got))
	}
	run("UPDATE Sessions REMOVE " + strings.Join(names, ",") + " WHERE ID = 1 AND " + strings.Join(lists[:2], " AND "))
	if got := run("SELECT * FROM Sessions"); len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("items are %v", got)
	}
}

// TestDeepLiterals: a literal that is too deep is refused wherever it stands, for
// what it is.
func TestDeepLiterals(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for _, text := range []string{
		"SELECT * FROM Sessions WHERE a = " + deep, "INSERT INTO Sessions VALUE {'ID': 1, 'a': " + deep + "}",
		"UPDATE Sessions SET a = " + deep + " WHERE ID = 1", "DELETE FROM Sessions WHERE ID = 1 AND a = " + deep,
	} {
		_, err := s.ExecuteStatement(t.Context(), aws.ExecuteStatementInput{Statement: text})
		if err == nil || !strings.Contains(err.Error(), "Nesting Levels have exceeded supported limits") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestLargeTransactionOfStatements: statements put 4 MB in one transaction at most, as
// other writes do.
func TestLargeTransactionOfStatements(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	large := aws.B(make([]byte, 390<<10))
	for n, want := range map[int]string{10: "", 11: "exceeding the 4MB limit"} {
		in := aws.ExecuteTransactionInput{}
		for id := range n {
			in.TransactStatements = append(in.TransactStatements, aws.ParameterizedStatement{
				Statement: fmt.Sprintf("INSERT INTO Sessions VALUE {'ID': %d, 'Large': ?}", n*100+id), Parameters: aws.Values{large}})
		}
		_, err := s.ExecuteTransaction(t.Context(), in)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d large items: %v", n, err)
		}
	}
}

// TestSelectPageSize: a page is of 1 MB, from however many partitions it is.
func TestSelectPageSize(t *testing.T) {
	t.Parallel()
	s := expiring(t, &clock{}, begun, 0)
	_, err := s.CreateTable(t.Context(), aws.CreateTableInput{TableName: "Parts", BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "P", AttributeType: aws.TypeN}, {AttributeName: "S", AttributeType: aws.TypeN}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "P", KeyType: aws.KeyHash}, {AttributeName: "S", KeyType: aws.KeyRange}}})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 9 {
		item := aws.Item{"P": aws.N(fmt.Sprint(n / 3)), "S": aws.N(fmt.Sprint(n % 3)), "Large": aws.B(make([]byte, 300<<10))}
		if _, err := s.PutItem(t.Context(), aws.PutItemInput{TableName: "Parts", Item: item}); err != nil {
			t.Fatal(err)
		}
	}
	in := aws.ExecuteStatementInput{Statement: "SELECT P, S FROM Parts WHERE P IN [0, 1, 2]", ReturnConsumedCapacity: aws.CapacityTotal}
	var pages []int
	found := make(map[string]bool)
	for {
		out, err := s.ExecuteStatement(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range out.Items {
			found[fmt.Sprint(item)] = true
		}
		pages = append(pages, len(out.Items))
		if in.NextToken = out.NextToken; in.NextToken == "" {
			break
		}
	}
	if want := []int{4, 4, 1}; !slices.Equal(pages, want) || len(found) != 9 {
		t.Errorf("pages of %v items, want %v; %d in all", pages, want, len(found))
	}
}
