package awstest

import (
	"testing"

	"awslab/aws"
)

func testGetItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), simple("Binaries", aws.TypeB))
	id := song("Pink Floyd", "Money")
	item := with(id, aws.Item{"Year": aws.N("1973"), "Tags": aws.L{aws.S("rock"), aws.S("classic")}, "Label": aws.M{"Name": aws.S("Harvest"), "City": aws.S("London")}})
	f.put(t, "Music", item)

	same(t, "item", must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: id}).Item, item)
	same(t, "no item", must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: song("Pink Floyd", "Time")}), aws.GetItemOutput{})
	t.Run("projects", func(t *testing.T) {
		out := must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, ProjectionExpression: "#y, Tags[1], Label.City, Nothing",
			ExpressionAttributeNames: map[string]string{"#y": "Year"}})
		same(t, "projection", out.Item, aws.Item{"Year": aws.N("1973"), "Tags": aws.L{aws.S("classic")}, "Label": aws.M{"City": aws.S("London")}})
	})
	t.Run("counts read units", func(t *testing.T) {
		f.put(t, "Music", with(song("Big", "b"), aws.Item{"X": text(4096)}))
		for _, c := range []struct {
			key        aws.Item
			consistent bool
			want       float64
		}{{id, false, 0.5}, {id, true, 1}, {song("No", "such"), false, 0.5}, {song("Big", "b"), false, 1}, {song("Big", "b"), true, 2}} {
			out := must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: c.key, ConsistentRead: c.consistent, ReturnConsumedCapacity: aws.CapacityTotal})
			same(t, "units", out.ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Music", CapacityUnits: c.want})
		}
		out := must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, ReturnConsumedCapacity: aws.CapacityIndexes})
		same(t, "units of the table", out.ConsumedCapacity.Table, &aws.Capacity{CapacityUnits: 0.5})
	})
	op := operation(t, "dynamodb:GetItem")
	t.Run("takes AttributesToGet", func(t *testing.T) {
		testAttributesToGet(t, f, func(id aws.Item, attributes []string) aws.Item {
			return must(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, AttributesToGet: attributes}).Item
		})
		refuses(t, op, []refusal{invalid("both forms", mixedForms("AttributesToGet", "ProjectionExpression"),
			errorOf(db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, AttributesToGet: []string{"a"}, ProjectionExpression: "a"}))})
	})
	refuses(t, op, keyRefusals("", func(table string, key aws.Item) error {
		return errorOf(db.GetItem, aws.GetItemInput{TableName: table, Key: key})()
	}))
	refuses(t, op, tableNameRefusals(func(name string) error {
		return errorOf(db.GetItem, aws.GetItemInput{TableName: name, Key: id})()
	}))
	projecting := func(name, message, projection string, names map[string]string) refusal {
		return invalid(name, message, errorOf(db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, ProjectionExpression: projection, ExpressionAttributeNames: names}))
	}
	refuses(t, op, []refusal{
		projecting("a projection that is none", `Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"`, "!!!", nil),
		projecting("overlapping paths", "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]", "a, a.b", nil),
		projecting("a reserved word", "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: Year", "Year", nil),
		projecting("a name not defined", "Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #y", "#y", nil),
		projecting("a name not used", "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}", "a", map[string]string{"#n": "x"}),
		projecting("names without an expression", "ExpressionAttributeNames can only be specified when using expressions", "", map[string]string{"#n": "x"}),
		invalid("an unknown capacity report", oneError+"Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
			errorOf(db.GetItem, aws.GetItemInput{TableName: "Music", Key: id, ReturnConsumedCapacity: "SOME"})),
	})
	testCanceled(t, db.GetItem, aws.GetItemInput{TableName: "Music", Key: id})
}

// keyRefusals are the keys that are not those of the table; prefix is what the
// operation puts before the faults of values.
func keyRefusals(prefix string, call func(table string, key aws.Item) error) []refusal {
	keyed := func(name, message string, key aws.Item) refusal {
		return invalid(name, message, func() error { return call("Music", key) })
	}
	return []refusal{
		keyed("half a key", mismatch, aws.Item{"Artist": aws.S("a")}),
		keyed("no key", mismatch, aws.Item{}),
		keyed("a key of another name", mismatch, aws.Item{"Artist": aws.S("a"), "Title": aws.S("s")}),
		keyed("a key of another type", mismatch, aws.Item{"Artist": aws.S("a"), "Song": aws.N("1")}),
		keyed("more than a key", mismatch, with(song("a", "s"), aws.Item{"Year": aws.N("1")})),
		keyed("an empty key", emptyKey+"string value. Key: Artist", song("", "s")),
		keyed("a key that is no number", prefix+"The parameter cannot be converted to a numeric value: abc", aws.Item{"Artist": aws.N("abc"), "Song": aws.S("s")}),
		invalid("an empty binary key", emptyKey+"binary value. Key: ID", func() error { return call("Binaries", aws.Item{"ID": aws.B{}}) }),
	}
}

func testDeleteItem(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library(), simple("Binaries", aws.TypeB))
	id := song("Pink Floyd", "Money")
	item := with(id, aws.Item{"Year": aws.N("1973")})
	op := operation(t, "dynamodb:DeleteItem")
	f.put(t, "Music", item)

	t.Run("checks a condition", func(t *testing.T) {
		in := aws.DeleteItemInput{TableName: "Music", Key: id, ConditionExpression: "#y = :y",
			ExpressionAttributeNames: map[string]string{"#y": "Year"}, ExpressionAttributeValues: aws.Item{":y": aws.N("1974")}}
		wantError(t, errorOf(db.DeleteItem, in)(), op, "ConditionalCheckFailedException", "The conditional request failed")
		same(t, "item", f.get(t, "Music", id), item)
	})
	out := must(t, db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ReturnValues: aws.ReturnAllOld})
	same(t, "deleted item", out.Attributes, item)
	same(t, "item", f.get(t, "Music", id), nil)
	same(t, "deleting nothing", must(t, db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ReturnValues: aws.ReturnAllOld}), aws.DeleteItemOutput{})
	t.Run("counts write units", func(t *testing.T) {
		f.put(t, "Library", book("A", "1", aws.Item{"Genre": aws.S("g"), "X": text(1500)}))
		in := aws.DeleteItemInput{TableName: "Library", Key: book("A", "1", nil), ReturnConsumedCapacity: aws.CapacityIndexes}
		same(t, "units", must(t, db.DeleteItem, in).ConsumedCapacity, &aws.ConsumedCapacity{TableName: "Library", CapacityUnits: 3,
			Table: &aws.Capacity{CapacityUnits: 2}, GlobalSecondaryIndexes: map[string]aws.Capacity{"ByGenre": {CapacityUnits: 1}}})
		same(t, "units of deleting nothing", units(must(t, db.DeleteItem, in).ConsumedCapacity), 1)
	})
	t.Run("takes Expected", func(t *testing.T) {
		testExpected(t, f, op, func(id aws.Item, expected map[string]aws.ExpectedAttributeValue, operator aws.ConditionalOperator) error {
			return errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, Expected: expected, ConditionalOperator: operator})()
		})
	})
	t.Run("gives the item when its condition fails", func(t *testing.T) {
		testItemOnFailure(t, f, func(id aws.Item, onFailure aws.ReturnValuesOnConditionCheckFailure) error {
			return errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ConditionExpression: "Song = Artist", ReturnValuesOnConditionCheckFailure: onFailure})()
		})
	})
	t.Run("tells of the item collection", func(t *testing.T) {
		testCollectionMetrics(t, func(table string, key aws.Item, asked aws.ReturnItemCollectionMetrics) (*aws.ItemCollectionMetrics, error) {
			out, err := db.DeleteItem(t.Context(), aws.DeleteItemInput{TableName: table, Key: key, ReturnItemCollectionMetrics: asked})
			return out.ItemCollectionMetrics, err
		})
	})
	refuses(t, op, keyRefusals(oneError, func(table string, key aws.Item) error {
		return errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: table, Key: key})()
	}))
	refuses(t, op, tableNameRefusals(func(name string) error {
		return errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: name, Key: id})()
	}))
	refuses(t, op, []refusal{
		invalid("return values of an update", "ReturnValues can only be ALL_OLD or NONE",
			errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ReturnValues: aws.ReturnUpdatedOld})),
		invalid("a condition that is none", oneError+`Invalid ConditionExpression: Syntax error; token: "SYNTAX", near: "INVALID SYNTAX"`,
			errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ConditionExpression: "INVALID SYNTAX"})),
		invalid("a value not used", oneError+"Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}",
			errorOf(db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id, ConditionExpression: "Song = :a",
				ExpressionAttributeValues: aws.Item{":a": aws.S("a"), ":b": aws.S("b")}})),
	})
	testCanceled(t, db.DeleteItem, aws.DeleteItemInput{TableName: "Music", Key: id})
}
