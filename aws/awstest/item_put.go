package awstest

import (
	"fmt"
	"strings"
	"testing"

	"awslab/aws"
)

// everything has all ten types, and what is special about each.
func everything() aws.Item {
	return aws.Item{
		"S": aws.S("Grüße, 世界"), "Empty": aws.S(""),
		"N": aws.N("-12345678901234567890.123456789012345678"), "Zero": aws.N("0"),
		"B": aws.B{0, 1, 255}, "EmptyB": aws.B{},
		"BOOL": aws.BOOL(false), "NULL": aws.NULL(true),
		"L":  aws.L{aws.S("a"), aws.N("1"), aws.L{aws.BOOL(true)}},
		"M":  aws.M{"x": aws.M{"y": aws.NULL(true)}, "": aws.S("a name may be empty inside")},
		"SS": aws.SS{"a", "b"}, "NS": aws.NS{"1", "2"}, "BS": aws.BS{{1}, {2}},
		"EmptyL": aws.L{}, "EmptyM": aws.M{},
	}
}

// nested is a value that is n levels deep.
func nested(n int) aws.AttributeValue {
	var v aws.AttributeValue = aws.S("deep")
	for range n {
		v = aws.M{"n": v}
	}
	return v
}

func testPutItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library(), simple("Numbers", aws.TypeN), simple("Binaries", aws.TypeB))
	id := song("Pink Floyd", "Money")

	t.Run("keeps every type", func(t *testing.T) {
		item := with(id, everything())
		f.put(t, "Music", item)
		same(t, "item", f.get(t, "Music", id), item)
	})
	t.Run("replaces the whole item", func(t *testing.T) {
		out := must(t, db.PutItem, aws.PutItemInput{TableName: "Music", Item: with(id, aws.Item{"Year": aws.N("1973")}), ReturnValues: aws.ReturnAllOld})
		same(t, "old item", out.Attributes, with(id, everything()))
		out = must(t, db.PutItem, aws.PutItemInput{TableName: "Music", Item: id})
		same(t, "attributes not asked for", out.Attributes, nil)
		same(t, "item", f.get(t, "Music", id), id)
	})
	t.Run("gives no old item if there was none", func(t *testing.T) {
		out := must(t, db.PutItem, aws.PutItemInput{TableName: "Music", Item: song("New", "Song"), ReturnValues: aws.ReturnAllOld})
		same(t, "old item", out.Attributes, nil)
	})
	t.Run("normalises numbers", func(t *testing.T) {
		for given, kept := range map[string]string{"1973.0": "1973", "+1": "1", "1e3": "1000", "-0": "0", "0.10": "0.1", "007": "7", "1E-2": "0.01"} {
			f.put(t, "Music", with(id, aws.Item{"N": aws.N(given)}))
			same(t, given, f.get(t, "Music", id)["N"], aws.AttributeValue(aws.N(kept)))
		}
	})
	t.Run("puts sets in order", func(t *testing.T) {
		f.put(t, "Music", with(id, aws.Item{"SS": aws.SS{"b", "", "a"}, "NS": aws.NS{"10", "9", "-1"}, "BS": aws.BS{{2}, {1, 2}}}))
		same(t, "sets", f.get(t, "Music", id), with(id, aws.Item{"SS": aws.SS{"", "a", "b"}, "NS": aws.NS{"-1", "9", "10"}, "BS": aws.BS{{1, 2}, {2}}}))
		must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id, UpdateExpression: "ADD SS :s, NS :n", ExpressionAttributeValues: aws.Item{":s": aws.SS{"aa"}, ":n": aws.NS{"0"}}})
		got := f.get(t, "Music", id)
		same(t, "sets added to", []aws.AttributeValue{got["SS"], got["NS"]}, []aws.AttributeValue{aws.SS{"", "a", "aa", "b"}, aws.NS{"-1", "0", "9", "10"}})
	})
	t.Run("takes equal numbers for one key", func(t *testing.T) {
		f.put(t, "Numbers", aws.Item{"ID": aws.N("10")}, aws.Item{"ID": aws.N("1e1"), "A": aws.S("a")})
		same(t, "item", f.get(t, "Numbers", aws.Item{"ID": aws.N("10.00")}), aws.Item{"ID": aws.N("10"), "A": aws.S("a")})
	})
	t.Run("takes an item of 400 KB", func(t *testing.T) {
		rest := 400<<10 - len("ArtistaSongsX")
		f.put(t, "Music", with(song("a", "s"), aws.Item{"X": text(rest)}))
	})
	t.Run("takes 32 levels", func(t *testing.T) { f.put(t, "Music", with(id, aws.Item{"D": nested(31)})) })
	t.Run("checks a condition", func(t *testing.T) { testPutCondition(t, f) })
	t.Run("counts write units", func(t *testing.T) { testWriteUnits(t, f) })
	op := operation(t, "dynamodb:PutItem")
	testPutReturns(t, f, op)
	refuses(t, op, valueRefusals(oneError, func(v aws.AttributeValue) error {
		return errorOf(db.PutItem, aws.PutItemInput{TableName: "Music", Item: with(id, aws.Item{"X": v})})()
	}))
	refuses(t, op, putRefusals(db))
	refuses(t, op, tableNameRefusals(func(name string) error {
		return errorOf(db.PutItem, aws.PutItemInput{TableName: name, Item: id})()
	}))
	testCanceled(t, db.PutItem, aws.PutItemInput{TableName: "Music", Item: id})
}

// testPutReturns tests the older form of the condition, and what a put gives back
// beside the old item.
func testPutReturns(t *testing.T, f Fixture, op aws.Operation) {
	db := f.Cloud.DynamoDB
	t.Run("takes Expected", func(t *testing.T) {
		testExpected(t, f, op, func(id aws.Item, expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) error {
			return errorOf(db.PutItem, aws.PutItemInput{TableName: "Music", Item: id, Expected: expected, ConditionalOperator: operator})()
		})
	})
	t.Run("gives the item when its condition fails", func(t *testing.T) {
		testItemOnFailure(t, f, func(id aws.Item, onFailure aws.ReturnValuesOnConditionCheckFailure) error {
			return errorOf(db.PutItem, aws.PutItemInput{TableName: "Music", Item: id, ConditionExpression: "Song = Artist", ReturnValuesOnConditionCheckFailure: onFailure})()
		})
	})
	t.Run("tells of the item collection", func(t *testing.T) {
		testCollectionMetrics(t, func(table string, key aws.Item, asked aws.ReturnItemCollectionMetrics) (*aws.ItemCollectionMetrics, error) {
			out, err := db.PutItem(t.Context(), aws.PutItemInput{TableName: table, Item: key, ReturnItemCollectionMetrics: asked})
			return out.ItemCollectionMetrics, err
		})
	})
	refuses(t, op, []refusal{invalid("both forms", oneError+mixedForms("Expected", "ConditionExpression"), errorOf(db.PutItem, aws.PutItemInput{
		TableName: "Music", Item: song("a", "b"), ConditionExpression: "attribute_exists(Song)", Expected: map[string]aws.ExpectedAttributeValue{"A": expects(aws.CompareNull)},
	}))})
}

func testPutCondition(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	id := song("Once", "Only")
	in := aws.PutItemInput{TableName: "Music", Item: id, ConditionExpression: "attribute_not_exists(Artist)"}
	must(t, db.PutItem, in)
	in.Item = with(id, aws.Item{"Year": aws.N("1")})
	wantError(t, errorOf(db.PutItem, in)(), operation(t, "dynamodb:PutItem"), "ConditionalCheckFailedException", "The conditional request failed")
	same(t, "item", f.get(t, "Music", id), id)
	in.ConditionExpression = "Song = :s AND attribute_not_exists(#y)"
	in.ExpressionAttributeNames = map[string]string{"#y": "Year"}
	in.ExpressionAttributeValues = aws.Item{":s": aws.S("Only")}
	must(t, db.PutItem, in)
	same(t, "item", f.get(t, "Music", id), in.Item)
}

func testWriteUnits(t *testing.T, f Fixture) {
	put := func(table string, item aws.Item, mode aws.ReturnConsumedCapacity) *aws.ConsumedCapacity {
		return must(t, f.Cloud.DynamoDB.PutItem, aws.PutItemInput{TableName: table, Item: item, ReturnConsumedCapacity: mode}).ConsumedCapacity
	}
	id := song("Units", "u")
	same(t, "nothing asked for", put("Music", id, ""), nil)
	same(t, "a small item", put("Music", id, aws.CapacityTotal), &aws.ConsumedCapacity{TableName: "Music", CapacityUnits: 1})
	same(t, "1 KB and more", units(put("Music", with(id, aws.Item{"X": text(1024)}), aws.CapacityTotal)), 2)
	same(t, "replacing a larger one", units(put("Music", id, aws.CapacityTotal)), 2)

	entry := aws.Item{"Genre": aws.S("g"), "Title": aws.S("t"), "Other": text(3000)}
	got := put("Library", book("A", "1", entry), aws.CapacityIndexes)
	want := &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 4, Table: &aws.Capacity{CapacityUnits: 3},
		GlobalSecondaryIndexes: map[string]aws.Capacity{"ByGenre": {CapacityUnits: 1}}}
	same(t, "into an index", got, want)
	entry["Other"] = aws.S("of no index")
	same(t, "what no index holds", units(put("Library", book("A", "1", entry), aws.CapacityTotal)), 3)
	entry["Title"] = aws.S("other")
	same(t, "what an index holds", units(put("Library", book("A", "1", entry), aws.CapacityTotal)), 2)
	entry["Genre"] = aws.S("h")
	same(t, "to another place in an index", units(put("Library", book("A", "1", entry), aws.CapacityTotal)), 3)
	same(t, "out of an index", units(put("Library", book("A", "1", nil), aws.CapacityTotal)), 2)
	same(t, "into a local index", put("Library", book("A", "1", aws.Item{"Shelf": aws.S("s")}), aws.CapacityIndexes).LocalSecondaryIndexes,
		map[string]aws.Capacity{"ByShelf": {CapacityUnits: 1}})
}

// valueRefusals are the values that no item may have, with the messages of the
// operations that word them in the newer way.
func valueRefusals(prefix string, write func(aws.AttributeValue) error) []refusal {
	numeric := prefix + "The parameter cannot be converted to a numeric value: "
	overflow := prefix + "Number overflow. Attempting to store a number with magnitude larger than supported range"
	underflow := prefix + "Number underflow. Attempting to store a number with magnitude smaller than supported range"
	cases := []struct {
		value   aws.AttributeValue
		message string
	}{
		{aws.N("abc"), numeric + "abc"}, {aws.N(""), numeric}, {aws.N(" 1"), numeric + " 1"}, {aws.N("1 "), numeric + "1 "},
		{aws.N("1.2.3"), numeric + "1.2.3"}, {aws.N("0x10"), numeric + "0x10"}, {aws.N("NaN"), numeric + "NaN"}, {aws.N("1e"), numeric + "1e"},
		{aws.N("1e126"), overflow}, {aws.N("-1e126"), overflow}, {aws.N("1e99999999999"), overflow},
		{aws.N("1e-131"), underflow}, {aws.N("1e-99999999999"), underflow},
		{aws.N(strings.Repeat("1", 39)), prefix + "Attempting to store more than 38 significant digits in a Number"},
		{aws.NS{"1", "abc"}, numeric + "abc"},
		{aws.M{"x": aws.L{aws.N("abc")}}, numeric + "abc"},
		{aws.SS{}, prefix + parameters + "An string set  may not be empty"},
		{aws.NS{}, prefix + parameters + "An number set  may not be empty"},
		{aws.BS{}, prefix + parameters + "Binary sets should not be empty"},
		{aws.SS{"a", "a"}, prefix + parameters + `Input collection ["a", "a"] contains duplicates.`},
		{aws.NS{"1", "1.0"}, prefix + parameters + "Input collection contains duplicates."},
		{aws.BS{{0}, {0}}, prefix + parameters + `Input collection ["AA==","AA=="]of type BS contains duplicates.`},
		{aws.NULL(false), prefix + parameters + "Null attribute value types must have the value of true"},
		{nested(32), prefix + "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"},
	}
	refusals := make([]refusal, len(cases))
	for n, c := range cases {
		name := fmt.Sprintf("value %d of type %s", n, c.value.Type())
		refusals[n] = invalid(name, c.message, func() error { return write(c.value) })
	}
	return refusals
}

// tableNameRefusals are those of all operations on items of one table.
func tableNameRefusals(call func(table string) error) []refusal {
	long := strings.Repeat("a", 256)
	named := func(name string) func() error { return func() error { return call(name) } }
	return []refusal{
		{"an unknown table", named("Nope"), "ResourceNotFoundException", missing},
		invalid("no table name", oneError+"Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1", named("")),
		invalid("a long table name", oneError+"Value '"+long+"' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255", named(long)),
		invalid("a bad table name", oneError+"Value 'bad table!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+", named("bad table!")),
	}
}

func putRefusals(db aws.DynamoDB) []refusal {
	put := func(name, message string, item aws.Item) refusal {
		return invalid(name, message, errorOf(db.PutItem, aws.PutItemInput{TableName: "Music", Item: item}))
	}
	into := func(table, name, message string, item aws.Item) refusal {
		return invalid(name, message, errorOf(db.PutItem, aws.PutItemInput{TableName: table, Item: item}))
	}
	asking := func(name, message string, in aws.PutItemInput) refusal {
		in.TableName, in.Item = "Music", song("a", "s")
		return invalid(name, message, errorOf(db.PutItem, in))
	}
	indexKey := "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty "
	return []refusal{
		put("no sort key", parameters+"Missing the key Song in the item", aws.Item{"Artist": aws.S("a")}),
		put("no keys", parameters+"Missing the key Artist in the item", aws.Item{}),
		put("a key of another type", parameters+"Type mismatch for key Artist expected: S actual: N", aws.Item{"Artist": aws.N("1"), "Song": aws.S("s")}),
		put("an empty key", emptyKey+"string value. Key: Artist", song("", "s")),
		put("an empty sort key", emptyKey+"string value. Key: Song", song("a", "")),
		into("Binaries", "an empty binary key", emptyKey+"binary value. Key: ID", aws.Item{"ID": aws.B{}}),
		put("a long partition key", parameters+"Size of hashkey has exceeded the maximum size limit of2048 bytes", song(strings.Repeat("a", 2049), "s")),
		put("a long sort key", parameters+"Aggregated size of all range keys has exceeded the size limit of 1024 bytes", song("a", strings.Repeat("s", 1025))),
		into("Library", "an index key of another type", parameters+"Type mismatch for Index Key Genre Expected: S Actual: N IndexName: ByGenre",
			book("A", "1", aws.Item{"Genre": aws.N("1")})),
		into("Library", "an empty index key", indexKey+"string value. IndexName: ByGenre, IndexKey: Genre", book("A", "1", aws.Item{"Genre": aws.S("")})),
		into("Library", "an empty binary index key", indexKey+"binary value. IndexName: ByCode, IndexKey: Code", book("A", "1", aws.Item{"Code": aws.B{}})),
		put("an item over 400 KB", "Item size has exceeded the maximum allowed size", with(song("a", "s"), aws.Item{"X": text(400<<10 - len("ArtistaSongsX") + 1)})),
		asking("return values of an update", "ReturnValues can only be ALL_OLD or NONE", aws.PutItemInput{ReturnValues: aws.ReturnAllNew}),
		asking("unknown return values", oneError+"Value 'SOME' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
			aws.PutItemInput{ReturnValues: "SOME"}),
		asking("an unknown capacity report", oneError+"Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
			aws.PutItemInput{ReturnConsumedCapacity: "SOME"}),
		asking("values without an expression", oneError+"ExpressionAttributeValues can only be specified when using expressions",
			aws.PutItemInput{ExpressionAttributeValues: aws.Item{":v": aws.S("x")}}),
		asking("names without an expression", oneError+"ExpressionAttributeNames can only be specified when using expressions",
			aws.PutItemInput{ExpressionAttributeNames: map[string]string{"#n": "x"}}),
		asking("a condition that is none", oneError+`Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("`,
			aws.PutItemInput{ConditionExpression: "attribute_not_exists("}),
		asking("redundant parentheses", oneError+"Invalid ConditionExpression: The expression has redundant parentheses;",
			aws.PutItemInput{ConditionExpression: "((attribute_not_exists(Artist)))"}),
		asking("a reserved word", oneError+"Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: Year",
			aws.PutItemInput{ConditionExpression: "attribute_exists(Year)"}),
		asking("a value not defined", oneError+"Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v",
			aws.PutItemInput{ConditionExpression: "Song = :v"}),
		asking("a bad number in a condition", oneError+"The parameter cannot be converted to a numeric value: abc",
			aws.PutItemInput{ConditionExpression: "Song = :v", ExpressionAttributeValues: aws.Item{":v": aws.N("abc")}}),
	}
}
