package awstest

import (
	"testing"

	"awslab/aws"
)

func testUpdateItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library(), simple("Binaries", aws.TypeB))
	id := song("Psy", "Gangnam Style")
	op := operation(t, "dynamodb:UpdateItem")

	t.Run("makes a missing item", func(t *testing.T) {
		must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id})
		same(t, "item", f.get(t, "Music", id), id)
		must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: song("Psy", "Daddy"), UpdateExpression: "SET Plays = :n", ExpressionAttributeValues: aws.Item{":n": aws.N("1")}})
		same(t, "item", f.get(t, "Music", song("Psy", "Daddy")), with(song("Psy", "Daddy"), aws.Item{"Plays": aws.N("1")}))
	})
	t.Run("has all clauses", func(t *testing.T) { testUpdateClauses(t, f) })
	t.Run("gives back what is asked for", func(t *testing.T) { testReturnValues(t, f) })
	t.Run("checks a condition", func(t *testing.T) {
		in := aws.UpdateItemInput{TableName: "Music", Key: song("No", "such"), UpdateExpression: "SET A = :a", ConditionExpression: "attribute_exists(Artist)",
			ExpressionAttributeValues: aws.Item{":a": aws.S("a")}}
		wantError(t, errorOf(db.UpdateItem, in)(), op, "ConditionalCheckFailedException", "The conditional request failed")
		same(t, "item", f.get(t, "Music", in.Key), nil)
	})
	t.Run("counts write units", func(t *testing.T) {
		in := aws.UpdateItemInput{TableName: "Library", Key: book("A", "1", nil), UpdateExpression: "SET Genre = :g, Filler = :f",
			ExpressionAttributeValues: aws.Item{":g": aws.S("g"), ":f": text(1100)}, ReturnConsumedCapacity: aws.CapacityIndexes}
		same(t, "units", must(t, db.UpdateItem, in).ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 3,
			Table: &aws.Capacity{CapacityUnits: 2}, GlobalSecondaryIndexes: map[string]aws.Capacity{"ByGenre": {CapacityUnits: 1}}})
	})
	t.Run("takes AttributeUpdates", func(t *testing.T) { testAttributeUpdates(t, f) })
	t.Run("takes Expected", func(t *testing.T) {
		testExpected(t, f, op, func(id aws.Item, expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) error {
			return errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id, Expected: expected, ConditionalOperator: operator})()
		})
	})
	t.Run("gives the item when its condition fails", func(t *testing.T) {
		testItemOnFailure(t, f, func(id aws.Item, onFailure aws.ReturnValuesOnConditionCheckFailure) error {
			return errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id, ConditionExpression: "Song = Artist", ReturnValuesOnConditionCheckFailure: onFailure})()
		})
	})
	t.Run("tells of the item collection", func(t *testing.T) {
		testCollectionMetrics(t, func(table string, key aws.Item, asked aws.ReturnItemCollectionMetrics) (*aws.ItemCollectionMetrics, error) {
			out, err := db.UpdateItem(t.Context(), aws.UpdateItemInput{TableName: table, Key: key, ReturnItemCollectionMetrics: asked})
			return out.ItemCollectionMetrics, err
		})
	})
	refuses(t, op, keyRefusals(oneError, func(table string, key aws.Item) error {
		return errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: table, Key: key})()
	}))
	refuses(t, op, tableNameRefusals(func(name string) error {
		return errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: name, Key: id})()
	}))
	refuses(t, op, valueRefusals(oneError, func(v aws.AttributeValue) error {
		return errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id, UpdateExpression: "SET X = :v", ExpressionAttributeValues: aws.Item{":v": v}})()
	}))
	refuses(t, op, updateRefusals(db))
	testCanceled(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id})
}

func testUpdateClauses(t *testing.T, f Fixture) {
	id := song("All", "clauses")
	f.put(t, "Music", with(id, aws.Item{
		"Plays": aws.N("41"), "Gone": aws.S("x"), "Tags": aws.L{aws.S("a")}, "Info": aws.M{"A": aws.N("1"), "B": aws.N("2")},
		"Set": aws.SS{"a", "b"}, "Sum": aws.N("0.1"),
	}))
	out := must(t, f.Cloud.DynamoDB.UpdateItem, aws.UpdateItemInput{
		TableName: "Music", Key: id, ReturnValues: aws.ReturnAllNew,
		UpdateExpression: "SET Plays = Plays + :one, Info.A = :one, Tags = list_append(Tags, :list), Fresh = if_not_exists(Fresh, :one) " +
			"REMOVE Gone, Info.B ADD #s :point, #n :one DELETE #set :b",
		ExpressionAttributeNames:  map[string]string{"#s": "Sum", "#n": "New", "#set": "Set"},
		ExpressionAttributeValues: aws.Item{":one": aws.N("1"), ":list": aws.L{aws.S("b")}, ":point": aws.N("0.2"), ":b": aws.SS{"b"}},
	})
	want := with(id, aws.Item{
		"Plays": aws.N("42"), "Tags": aws.L{aws.S("a"), aws.S("b")}, "Info": aws.M{"A": aws.N("1")}, "Fresh": aws.N("1"),
		"Sum": aws.N("0.3"), "New": aws.N("1"), "Set": aws.SS{"a"},
	})
	same(t, "updated item", out.Attributes, want)
	same(t, "item", f.get(t, "Music", id), want)
}

func testReturnValues(t *testing.T, f Fixture) {
	id := song("Returned", "values")
	before := with(id, aws.Item{"A": aws.N("1"), "B": aws.N("2")})
	after := with(id, aws.Item{"A": aws.N("10"), "B": aws.N("2"), "C": aws.N("3")})
	for returns, want := range map[aws.ReturnValues]aws.Item{
		"": nil, aws.ReturnNone: nil, aws.ReturnAllOld: before, aws.ReturnAllNew: after,
		aws.ReturnUpdatedOld: {"A": aws.N("1")}, aws.ReturnUpdatedNew: {"A": aws.N("10"), "C": aws.N("3")},
	} {
		f.put(t, "Music", before)
		out := must(t, f.Cloud.DynamoDB.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: id, ReturnValues: returns,
			UpdateExpression: "SET A = :a, C = :c", ExpressionAttributeValues: aws.Item{":a": aws.N("10"), ":c": aws.N("3")}})
		same(t, "attributes for "+string(returns), out.Attributes, want)
	}
}

func updateRefusals(db aws.DynamoDB) []refusal {
	update := func(name, message, expression string, values aws.Item) refusal {
		return invalid(name, message, errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: song("Psy", "Gangnam Style"),
			UpdateExpression: expression, ExpressionAttributeValues: values}))
	}
	index := func(name, message string, v aws.AttributeValue) refusal {
		return invalid(name, message, errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Library", Key: book("A", "1", nil),
			UpdateExpression: "SET Genre = :v", ExpressionAttributeValues: aws.Item{":v": v}}))
	}
	v := aws.Item{":v": aws.S("x")}
	return []refusal{
		update("a new partition key", parameters+"Cannot update attribute Artist. This attribute is part of the key", "SET Artist = :v", v),
		update("a new sort key", parameters+"Cannot update attribute Song. This attribute is part of the key", "SET Song = :v", v),
		update("removing a key", parameters+"Cannot update attribute Song. This attribute is part of the key", "REMOVE Song", nil),
		update("an expression that is none", oneError+`Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"`, "INVALID SYNTAX HERE", v),
		update("a reserved word", oneError+"Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: Year", "SET Year = :v", v),
		update("a value not defined", oneError+"Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v", "SET A = :v", nil),
		update("a value not used", oneError+"Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}", "SET A = :v", aws.Item{":v": aws.S("x"), ":w": aws.S("y")}),
		update("adding a number to text", "An operand in the update expression has an incorrect data type", "SET Song2 = if_not_exists(A, :v), B = Artist + :n", aws.Item{":v": aws.S("x"), ":n": aws.N("1")}),
		update("an attribute that is not there", "The provided expression refers to an attribute that does not exist in the item", "SET A = Nothing", nil),
		update("an item over 400 KB", "Item size to update has exceeded the maximum allowed size", "SET A = :a, B = :a", aws.Item{":a": text(205 << 10)}),
		index("an index key of another type", parameters+"Type mismatch for Index Key Genre Expected: S Actual: N IndexName: ByGenre", aws.N("1")),
		index("an empty index key", "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. "+
			"The AttributeValue for a key attribute cannot contain an empty string value.", aws.S("")),
		invalid("unknown return values", oneError+"Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
			errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: song("a", "s"), ReturnValues: "SOME"})),
		invalid("values without an expression", oneError+"ExpressionAttributeValues can only be specified when using expressions",
			errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: song("a", "s"), ExpressionAttributeValues: aws.Item{":v": aws.S("x")}})),
		invalid("names without an expression", oneError+"ExpressionAttributeNames can only be specified when using expressions",
			errorOf(db.UpdateItem, aws.UpdateItemInput{TableName: "Music", Key: song("a", "s"), ExpressionAttributeNames: map[string]string{"#n": "x"}})),
	}
}
