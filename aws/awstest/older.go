package awstest

import (
	"testing"

	"awslab/aws"
)

// mixedForms is what DynamoDB says of a request of both forms.
func mixedForms(older, expressions string) string {
	return "Can not use both expression and non-expression parameters in the same request: " +
		"Non-expression parameters: {" + older + "} Expression parameters: {" + expressions + "}"
}

// compare is a condition of the older form.
func compare(operator aws.ComparisonOperator, values ...aws.AttributeValue) aws.Condition {
	return aws.Condition{ComparisonOperator: operator, AttributeValueList: values}
}

// expects is what Expected says of one attribute.
func expects(operator aws.ComparisonOperator, values ...aws.AttributeValue) aws.ExpectedAttributeValue {
	return aws.ExpectedAttributeValue{ComparisonOperator: operator, AttributeValueList: values}
}

// testExpected tests the older form of a write's condition; write does one on an
// item of music that is {Plays: 5, Title: "abc", Tags: {a, b}} beside its key.
func testExpected(t *testing.T, f Fixture, op aws.Operation, write func(id aws.Item, expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) error) {
	id := song("Expected", "value")
	item := with(id, aws.Item{"Plays": aws.N("5"), "Title": aws.S("abc"), "Tags": aws.SS{"a", "b"}})
	value := func(v aws.AttributeValue) aws.ExpectedAttributeValue {
		return aws.ExpectedAttributeValue{Value: aws.Value{AttributeValue: v}}
	}
	absent := aws.ExpectedAttributeValue{Exists: aws.Some(false)}
	present := value(aws.N("5.0"))
	present.Exists = aws.Some(true)
	type expected = map[string]aws.ExpectedAttributeValue
	for _, c := range []struct {
		name     string
		expected expected
		operator aws.ConditionalOperator
		holds    bool
	}{
		{"a value", expected{"Plays": value(aws.N("5"))}, "", true},
		{"another value", expected{"Plays": value(aws.N("6"))}, "", false},
		{"a value that exists", expected{"Plays": present}, "", true},
		{"no attribute", expected{"Nothing": absent}, "", true},
		{"no such attribute", expected{"Plays": absent}, "", false},
		{"EQ", expected{"Title": expects(aws.CompareEqual, aws.S("abc"))}, "", true},
		{"EQ of a set", expected{"Tags": expects(aws.CompareEqual, aws.SS{"b", "a"})}, "", true},
		{"NE", expected{"Title": expects(aws.CompareNotEqual, aws.S("abc"))}, "", false},
		{"NE of another type", expected{"Title": expects(aws.CompareNotEqual, aws.N("1"))}, "", true},
		{"LT", expected{"Plays": expects(aws.CompareLess, aws.N("10"))}, "", true},
		{"LE", expected{"Plays": expects(aws.CompareLessEqual, aws.N("5"))}, "", true},
		{"GT", expected{"Plays": expects(aws.CompareGreater, aws.N("5"))}, "", false},
		{"GE", expected{"Plays": expects(aws.CompareGreaterEqual, aws.N("5"))}, "", true},
		{"BETWEEN", expected{"Plays": expects(aws.CompareBetween, aws.N("1"), aws.N("10"))}, "", true},
		{"IN", expected{"Plays": expects(aws.CompareIn, aws.N("4"), aws.N("5"))}, "", true},
		{"BEGINS_WITH", expected{"Title": expects(aws.CompareBeginsWith, aws.S("ab"))}, "", true},
		{"CONTAINS", expected{"Title": expects(aws.CompareContains, aws.S("bc"))}, "", true},
		{"CONTAINS of a set", expected{"Tags": expects(aws.CompareContains, aws.S("a"))}, "", true},
		{"NOT_CONTAINS", expected{"Tags": expects(aws.CompareNotContains, aws.S("a"))}, "", false},
		{"NULL", expected{"Nothing": expects(aws.CompareNull)}, "", true},
		{"NOT_NULL", expected{"Nothing": expects(aws.CompareNotNull)}, "", false},
		{"all of two", expected{"Plays": value(aws.N("5")), "Title": value(aws.S("x"))}, "", false},
		{"all of two by name", expected{"Plays": value(aws.N("5")), "Title": value(aws.S("x"))}, aws.ConditionalAnd, false},
		{"any of two", expected{"Plays": value(aws.N("5")), "Title": value(aws.S("x"))}, aws.ConditionalOr, true},
	} {
		f.put(t, "Music", item)
		err := write(id, c.expected, c.operator)
		if c.holds && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !c.holds {
			wantError(t, err, op, "ConditionalCheckFailedException", "The conditional request failed")
		}
	}
	refuses(t, op, expectedRefusals(func(expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) error {
		return write(id, expected, operator)
	}))
}

func expectedRefusals(write func(map[string]aws.ExpectedAttributeValue, aws.ConditionalOperator) error) []refusal {
	refused := func(name, message string, e aws.ExpectedAttributeValue) refusal {
		return invalid(name, message, func() error { return write(map[string]aws.ExpectedAttributeValue{"A": e}, "") })
	}
	v := aws.Value{AttributeValue: aws.S("x")}
	return []refusal{
		refused("both kinds of value", oneError+parameters+"Value and AttributeValueList cannot be used together for Attribute: A",
			aws.ExpectedAttributeValue{Value: v, AttributeValueList: aws.Values{aws.S("x")}, ComparisonOperator: aws.CompareEqual}),
		refused("existence and a comparison", oneError+parameters+"Exists and ComparisonOperator cannot be used together for Attribute: A",
			aws.ExpectedAttributeValue{Exists: aws.Some(true), Value: v, ComparisonOperator: aws.CompareEqual}),
		refused("a list without a comparison", oneError+parameters+"AttributeValueList can only be used with a ComparisonOperator for Attribute: A",
			aws.ExpectedAttributeValue{AttributeValueList: aws.Values{aws.S("x")}}),
		refused("a value that is absent", oneError+parameters+"Value cannot be used when Exists is false for Attribute: A", aws.ExpectedAttributeValue{Exists: aws.Some(false), Value: v}),
		refused("existence without a value", oneError+parameters+"Value must be provided when Exists is true for Attribute: A", aws.ExpectedAttributeValue{Exists: aws.Some(true)}),
		refused("nothing", oneError+parameters+"Value must be provided when Exists is null for Attribute: A", aws.ExpectedAttributeValue{}),
		refused("a comparison with nothing", oneError+parameters+"Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: A", expects(aws.CompareEqual)),
		refused("one bound", oneError+parameters+"Invalid number of argument(s) for the BETWEEN ComparisonOperator", expects(aws.CompareBetween, aws.N("1"))),
		refused("a comparison that is none", oneError+"Value 'LIKE' at 'expected.A.member.comparisonOperator' failed to satisfy constraint: "+
			"Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]", expects("LIKE", aws.S("x"))),
		refused("a bad number", oneError+"The parameter cannot be converted to a numeric value: abc", expects(aws.CompareEqual, aws.N("abc"))),
		invalid("an operator of nothing", oneError+parameters+"ConditionalOperator cannot be used without Filter or Expected", func() error { return write(nil, aws.ConditionalAnd) }),
		invalid("an operator that is none", oneError+"Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]",
			func() error { return write(nil, "XOR") }),
	}
}

// testAttributeUpdates tests the older form of an update.
func testAttributeUpdates(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	id := song("Updated", "before")
	change := func(action aws.AttributeAction, v aws.AttributeValue) aws.AttributeValueUpdate {
		return aws.AttributeValueUpdate{Action: action, Value: aws.Value{AttributeValue: v}}
	}
	update := func(updates map[string]aws.AttributeValueUpdate) aws.UpdateItemInput {
		return aws.UpdateItemInput{TableName: "Music", Key: id, AttributeUpdates: updates, ReturnValues: aws.ReturnAllNew}
	}
	f.put(t, "Music", with(id, aws.Item{"Set": aws.S("old"), "Sum": aws.N("10"), "Tags": aws.SS{"a", "b"}, "Less": aws.NS{"1", "2"},
		"List": aws.L{aws.S("a")}, "Gone": aws.S("x"), "a.b": aws.S("one name")}))
	out := must(t, db.UpdateItem, update(map[string]aws.AttributeValueUpdate{
		"Set": change("", aws.S("new")), "Year": change(aws.ActionPut, aws.N("1973")), "a.b": change(aws.ActionPut, aws.S("still one")),
		"Sum": change(aws.ActionAdd, aws.N("2.5")), "Tags": change(aws.ActionAdd, aws.SS{"b", "c"}), "List": change(aws.ActionAdd, aws.L{aws.N("1")}),
		"Fresh": change(aws.ActionAdd, aws.N("7")), "Less": change(aws.ActionDelete, aws.NS{"2.0", "3"}), "Gone": change(aws.ActionDelete, nil), "Never": change(aws.ActionDelete, nil),
	}))
	want := with(id, aws.Item{"Set": aws.S("new"), "Year": aws.N("1973"), "Sum": aws.N("12.5"), "Tags": aws.SS{"a", "b", "c"}, "Less": aws.NS{"1"},
		"List": aws.L{aws.S("a"), aws.N("1")}, "Fresh": aws.N("7"), "a.b": aws.S("still one")})
	same(t, "updated item", out.Attributes, want)
	same(t, "item", f.get(t, "Music", id), want)

	op := operation(t, "dynamodb:UpdateItem")
	refused := func(name, message, attribute string, u aws.AttributeValueUpdate) refusal {
		return invalid(name, message, errorOf(db.UpdateItem, update(map[string]aws.AttributeValueUpdate{attribute: u})))
	}
	mixed := update(map[string]aws.AttributeValueUpdate{"A": change(aws.ActionPut, aws.S("x"))})
	mixed.UpdateExpression, mixed.ConditionExpression = "SET A = :a", "attribute_exists(Song)"
	mixed.Expected = map[string]aws.ExpectedAttributeValue{"A": expects(aws.CompareNull)}
	refuses(t, op, []refusal{
		refused("a new key", parameters+"Cannot update attribute Song. This attribute is part of the key", "Song", change(aws.ActionPut, aws.S("x"))),
		refused("nothing to put", oneError+parameters+"Only DELETE action is allowed when no attribute value is specified", "A", change(aws.ActionPut, nil)),
		refused("deleting from what is no set", oneError+parameters+"DELETE action with value is not supported for the type S", "A", change(aws.ActionDelete, aws.S("x"))),
		refused("adding what cannot be", oneError+parameters+"ADD action is not supported for the type S", "A", change(aws.ActionAdd, aws.S("x"))),
		refused("adding to another type", "Type mismatch for attribute to update", "Set", change(aws.ActionAdd, aws.N("1"))),
		refused("deleting from another type", "Type mismatch for attribute to update", "Set", change(aws.ActionDelete, aws.SS{"x"})),
		refused("an action that is none", oneError+"Value 'MOVE' at 'attributeUpdates.A.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, PUT, DELETE]",
			"A", change("MOVE", aws.S("x"))),
		refused("a bad number", oneError+"The parameter cannot be converted to a numeric value: abc", "A", change(aws.ActionPut, aws.N("abc"))),
		invalid("both forms", oneError+mixedForms("AttributeUpdates, Expected", "UpdateExpression, ConditionExpression"), errorOf(db.UpdateItem, mixed)),
	})
}

// testAttributesToGet tests the older form of a projection; read reads an item
// of music, with the attributes named.
func testAttributesToGet(t *testing.T, f Fixture, read func(id aws.Item, attributes []string) aws.Item) {
	id := song("Older", "projection")
	f.put(t, "Music", with(id, aws.Item{"Year": aws.N("1"), "a.b": aws.S("one name"), "Other": aws.S("x")}))
	same(t, "item", read(id, []string{"a.b", "Year", "Nothing"}), aws.Item{"Year": aws.N("1"), "a.b": aws.S("one name")})
}

// testOlderQuery tests the older forms of a query.
func testOlderQuery(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	query := func(year aws.Condition, change func(*aws.QueryInput)) aws.QueryInput {
		in := aws.QueryInput{TableName: "Library", KeyConditions: map[string]aws.Condition{"Author": compare(aws.CompareEqual, aws.S("Ann"))}}
		if year.ComparisonOperator != "" {
			in.KeyConditions["Year"] = year
		}
		if change != nil {
			change(&in)
		}
		return in
	}
	none := aws.Condition{}
	for _, c := range []struct {
		in   aws.QueryInput
		want []string
	}{
		{query(none, nil), []string{"-2", "-1", "0", "1", "2", "3", "4", "5", "6", "7"}},
		{query(compare(aws.CompareGreater, aws.N("5")), nil), []string{"6", "7"}},
		{query(compare(aws.CompareBetween, aws.N("-1"), aws.N("1")), nil), []string{"-1", "0", "1"}},
		{query(compare(aws.CompareLessEqual, aws.N("-1")), func(in *aws.QueryInput) { in.ScanIndexForward = aws.Some(false) }), []string{"-1", "-2"}},
		{query(none, func(in *aws.QueryInput) {
			in.QueryFilter = map[string]aws.Condition{"Pages": compare(aws.CompareIn, aws.N("100"), aws.N("300")), "Title": compare(aws.CompareBeginsWith, aws.S("Book"))}
		}), []string{"-1", "1"}},
		{query(none, func(in *aws.QueryInput) {
			in.QueryFilter = map[string]aws.Condition{"Pages": compare(aws.CompareEqual, aws.N("100")), "Title": compare(aws.CompareEqual, aws.S("Book 9"))}
			in.ConditionalOperator = aws.ConditionalOr
		}), []string{"-1", "7"}},
		{query(none, func(in *aws.QueryInput) { in.FilterExpression = "attribute_not_exists(Genre)" }), []string{"-1", "1", "3", "5", "7"}},
	} {
		same(t, "years", names(must(t, db.Query, c.in).Items, "Year"), c.want)
	}
	out := must(t, db.Query, query(compare(aws.CompareEqual, aws.N("1")), func(in *aws.QueryInput) { in.AttributesToGet = []string{"Title"} }))
	same(t, "attributes", out.Items, []aws.Item{{"Title": aws.S("Book 3")}})
	refuses(t, operation(t, "dynamodb:Query"), olderQueryRefusals(db, query))
}

func olderQueryRefusals(db aws.DynamoDB, query func(aws.Condition, func(*aws.QueryInput)) aws.QueryInput) []refusal {
	refused := func(name, message string, year aws.Condition, change func(*aws.QueryInput)) refusal {
		return invalid(name, message, errorOf(db.Query, query(year, change)))
	}
	none := aws.Condition{}
	filter := func(name string, c aws.Condition) func(*aws.QueryInput) {
		return func(in *aws.QueryInput) { in.QueryFilter = map[string]aws.Condition{name: c} }
	}
	return []refusal{
		refused("both forms", mixedForms("AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions", "ProjectionExpression, FilterExpression, KeyConditionExpression"), none,
			func(in *aws.QueryInput) {
				in.AttributesToGet, in.QueryFilter, in.ConditionalOperator = []string{"Title"}, map[string]aws.Condition{"Pages": compare(aws.CompareNull)}, aws.ConditionalAnd
				in.ProjectionExpression, in.FilterExpression, in.KeyConditionExpression = "Title", "Pages = :p", "Author = :a"
			}),
		refused("an operator that is none", "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]", none, func(in *aws.QueryInput) {
			in.ConditionalOperator, in.Select = "XOR", "SOME"
		}),
		refused("no range of keys", "Attempted conditional constraint is not an indexable operation", compare(aws.CompareNotEqual, aws.N("1")), nil),
		refused("no key", "Conditions can be of length 1 or 2 only", none, func(in *aws.QueryInput) { in.KeyConditions = map[string]aws.Condition{} }),
		refused("two keys of another type", parameters+"Condition parameter type does not match schema type", compare(aws.CompareEqual, aws.S("1")), nil),
		refused("a filter on a key", "QueryFilter can only contain non-primary key attributes: Primary key attribute: Year", none, filter("Year", compare(aws.CompareEqual, aws.N("1")))),
		refused("values of two types", parameters+"AttributeValues inside AttributeValueList must be of same type", none, filter("Pages", compare(aws.CompareIn, aws.N("1"), aws.S("1")))),
		refused("a value of another type", parameters+"ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type", none, filter("Pages", compare(aws.CompareBeginsWith, aws.N("1")))),
		refused("bounds the wrong way round", "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound", none,
			filter("Pages", compare(aws.CompareBetween, aws.N("2"), aws.N("1")))),
		refused("too many values", parameters+"Invalid number of argument(s) for the EQ ComparisonOperator", none, filter("Pages", compare(aws.CompareEqual, aws.N("2"), aws.N("1")))),
		refused("no operator", oneError+"Value null at 'queryFilter.Pages.member.comparisonOperator' failed to satisfy constraint: Member must not be null", none, filter("Pages", none)),
		refused("an attribute twice", parameters+"Duplicate value in attribute name: Title", none, func(in *aws.QueryInput) { in.AttributesToGet = []string{"Title", "Title"} }),
		refused("attributes beside a count", "Cannot specify the AttributesToGet when choosing to get only the Count", none, func(in *aws.QueryInput) {
			in.AttributesToGet, in.Select = []string{"Title"}, aws.SelectCount
		}),
	}
}

// testOlderScan tests the older forms of a scan.
func testOlderScan(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	in := aws.ScanInput{TableName: "Numbers", AttributesToGet: []string{"ID"}, ScanFilter: map[string]aws.Condition{
		"ID": compare(aws.CompareLess, aws.N("5")), "Odd": compare(aws.CompareEqual, aws.BOOL(true)),
	}}
	out := must(t, db.Scan, in)
	same(t, "odd ones below five", sorted(names(out.Items, "ID")), []string{"1", "3"})
	same(t, "attributes", len(out.Items[0]), 1)
	same(t, "items read", out.ScannedCount, 100)
	in.ConditionalOperator = aws.ConditionalOr
	same(t, "odd ones, and those below five", must(t, db.Scan, in).Count, 53)
	mixed := in
	mixed.FilterExpression, mixed.ExpressionAttributeValues = "ID = :v", aws.Item{":v": aws.N("1")}
	refuses(t, operation(t, "dynamodb:Scan"), []refusal{
		invalid("both forms", mixedForms("AttributesToGet, ScanFilter, ConditionalOperator", "FilterExpression"), errorOf(db.Scan, mixed)),
		invalid("an operator of nothing", parameters+"ConditionalOperator cannot be used without Filter or Expected", errorOf(db.Scan, aws.ScanInput{TableName: "Numbers", ConditionalOperator: aws.ConditionalOr})),
		invalid("no attributes", oneError+"Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1",
			errorOf(db.Scan, aws.ScanInput{TableName: "Numbers", AttributesToGet: []string{}})),
	})
}
