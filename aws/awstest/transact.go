package awstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

func canceled(codes ...string) string {
	return "Transaction cancelled, please refer cancellation reasons for specific reasons [" + strings.Join(codes, ", ") + "]"
}

// gets are reads of music.
func gets(keys ...aws.Item) aws.TransactGetItemsInput {
	var in aws.TransactGetItemsInput
	for _, key := range keys {
		in.TransactItems = append(in.TransactItems, aws.TransactGetItem{Get: aws.Get{TableName: "Music", Key: key}})
	}
	return in
}

func testTransactGetItems(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), simple("Binaries", aws.TypeB))
	id := song("Psy", "Daddy")
	f.put(t, "Music", with(id, aws.Item{"Plays": aws.N("3"), "X": text(5000)}))
	f.put(t, "Binaries", aws.Item{"ID": aws.B{1}})

	in := gets(song("No", "such"), id)
	in.TransactItems[1].Get.ProjectionExpression = "Plays"
	in.TransactItems = append(in.TransactItems, aws.TransactGetItem{Get: aws.Get{TableName: "Binaries", Key: aws.Item{"ID": aws.B{1}}}})
	in.ReturnConsumedCapacity = aws.CapacityTotal
	out := must(t, db.TransactGetItems, in)
	same(t, "responses", out.Responses, []aws.ItemResponse{{}, {Item: aws.Item{"Plays": aws.N("3")}}, {Item: aws.Item{"ID": aws.B{1}}}})
	same(t, "units", out.ConsumedCapacity, []aws.ConsumedCapacity{
		{TableName: "Music", CapacityUnits: 6, ReadCapacityUnits: 6}, {TableName: "Binaries", CapacityUnits: 2, ReadCapacityUnits: 2}})

	f.put(t, "Music", with(id, aws.Item{"Plays": aws.N("4")}))
	same(t, "response", must(t, db.TransactGetItems, gets(id)).Responses, []aws.ItemResponse{{Item: with(id, aws.Item{"Plays": aws.N("4")})}})

	op := operation(t, "dynamodb:TransactGetItems")
	t.Run("is canceled by a key that is none", func(t *testing.T) {
		reasons := wantError(t, errorOf(db.TransactGetItems, gets(id, aws.Item{}))(), op, "TransactionCanceledException", canceled("None", "ValidationError"))
		same(t, "reasons", reasons, []aws.CancellationReason{{Code: "None"}, {Code: "ValidationError", Message: mismatch}})
	})
	nowhere := gets(id)
	nowhere.TransactItems[0].Get.TableName = "Nope"
	unprojected := gets(id)
	unprojected.TransactItems[0].Get.ProjectionExpression = "!!!"
	unknown := gets(id)
	unknown.ReturnConsumedCapacity = "SOME"
	refuses(t, op, []refusal{
		invalid("nothing", oneError+"Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1", errorOf(db.TransactGetItems, gets())),
		invalid("101 reads", oneError+"Value '[…]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100", errorOf(db.TransactGetItems, gets(titles(0, 101)...))),
		invalid("an item twice", "Transaction request cannot include multiple operations on one item", errorOf(db.TransactGetItems, gets(id, id))),
		{"an unknown table", errorOf(db.TransactGetItems, nowhere), "ResourceNotFoundException", missing},
		invalid("a projection that is none", `Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"`, errorOf(db.TransactGetItems, unprojected)),
		invalid("an unknown capacity report", oneError+"Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]", errorOf(db.TransactGetItems, unknown)),
		invalid("an empty key", emptyKey+"string value. Key: Artist", errorOf(db.TransactGetItems, gets(song("", "b")))),
		invalid("a bad number", "The parameter cannot be converted to a numeric value", errorOf(db.TransactGetItems, gets(aws.Item{"Artist": aws.N("")}))),
	})
	testCanceled(t, db.TransactGetItems, gets(id))
}

// The four actions of a transaction, on music.
func putting(item aws.Item, condition string) aws.TransactWriteItem {
	return aws.TransactWriteItem{Put: &aws.Put{TableName: "Music", Item: item, ConditionExpression: condition}}
}

func updating(key aws.Item, expression string, values aws.Item) aws.TransactWriteItem {
	return aws.TransactWriteItem{Update: &aws.Update{TableName: "Music", Key: key, UpdateExpression: expression, ExpressionAttributeValues: values}}
}

func deleting(key aws.Item) aws.TransactWriteItem {
	return aws.TransactWriteItem{Delete: &aws.Delete{TableName: "Music", Key: key}}
}

func checking(key aws.Item, condition string) aws.TransactWriteItem {
	return aws.TransactWriteItem{ConditionCheck: &aws.ConditionCheck{TableName: "Music", Key: key, ConditionExpression: condition}}
}

func testTransactWriteItems(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library(), simple("Binaries", aws.TypeB))
	write := func(items ...aws.TransactWriteItem) func() error {
		return errorOf(db.TransactWriteItems, aws.TransactWriteItemsInput{TransactItems: items})
	}
	a, b, c, d := song("T", "a"), song("T", "b"), song("T", "c"), song("T", "d")
	op := operation(t, "dynamodb:TransactWriteItems")

	t.Run("does all", func(t *testing.T) {
		f.put(t, "Music", b, c, d)
		out := must(t, db.TransactWriteItems, aws.TransactWriteItemsInput{ReturnConsumedCapacity: aws.CapacityTotal, ReturnItemCollectionMetrics: aws.MetricsSize, TransactItems: []aws.TransactWriteItem{
			putting(a, "attribute_not_exists(Song)"), updating(b, "SET Plays = :n", aws.Item{":n": aws.N("1")}), deleting(c), checking(d, "attribute_exists(Song)"),
			{Put: &aws.Put{TableName: "Library", Item: book("A", "1", aws.Item{"Genre": aws.S("g")})}},
		}})
		same(t, "units", out.ConsumedCapacity, []aws.ConsumedCapacity{
			{TableName: "Music", CapacityUnits: 8, WriteCapacityUnits: 8}, {TableName: "Library", CapacityUnits: 3, WriteCapacityUnits: 3}})
		same(t, "metrics", out.ItemCollectionMetrics, map[string][]aws.ItemCollectionMetrics{
			"Library": {{ItemCollectionKey: aws.Item{"Author": aws.S("A")}, SizeEstimateRangeGB: []float64{0, 1}}}})
		out = must(t, db.TransactWriteItems, aws.TransactWriteItemsInput{ReturnConsumedCapacity: aws.CapacityIndexes, TransactItems: []aws.TransactWriteItem{
			{Put: &aws.Put{TableName: "Library", Item: book("A", "1", aws.Item{"Genre": aws.S("h")})}}}})
		same(t, "units by index", out.ConsumedCapacity, []aws.ConsumedCapacity{{TableName: "Library", CapacityUnits: 4, WriteCapacityUnits: 4,
			Table:                  &aws.Capacity{CapacityUnits: 2, WriteCapacityUnits: 2},
			GlobalSecondaryIndexes: map[string]aws.Capacity{"ByGenre": {CapacityUnits: 2, WriteCapacityUnits: 2}}}})
		same(t, "put", f.get(t, "Music", a), a)
		same(t, "updated", f.get(t, "Music", b), with(b, aws.Item{"Plays": aws.N("1")}))
		same(t, "deleted", f.get(t, "Music", c), nil)
		same(t, "checked", f.get(t, "Music", d), d)
	})
	t.Run("does all or nothing", func(t *testing.T) {
		update := updating(b, "SET Plays = :n", aws.Item{":n": aws.N("9")})
		failing := checking(d, "attribute_not_exists(Song)")
		failing.ConditionCheck.ReturnValuesOnConditionCheckFailure = "ALL_OLD"
		mistyped := putting(aws.Item{"Artist": aws.N("5"), "Song": aws.S("s")}, "")
		reasons := wantError(t, write(putting(c, ""), failing, update, mistyped, deleting(aws.Item{"Artist": aws.N("5")}), updating(a, "SET X = Nothing", nil))(), op,
			"TransactionCanceledException", canceled("None", "ConditionalCheckFailed", "None", "ValidationError", "ValidationError", "ValidationError"))
		same(t, "reasons", reasons, []aws.CancellationReason{
			{Code: "None"}, {Code: "ConditionalCheckFailed", Message: "The conditional request failed", Item: d}, {Code: "None"},
			{Code: "ValidationError", Message: parameters + "Type mismatch for key Artist expected: S actual: N"},
			{Code: "ValidationError", Message: mismatch},
			{Code: "ValidationError", Message: "The provided expression refers to an attribute that does not exist in the item"},
		})
		same(t, "put", f.get(t, "Music", c), nil)
		same(t, "updated", f.get(t, "Music", b), with(b, aws.Item{"Plays": aws.N("1")}))
	})
	t.Run("takes 100 actions", func(t *testing.T) {
		actions := make([]aws.TransactWriteItem, 0, 101)
		for _, item := range titles(0, 100) {
			actions = append(actions, putting(item, ""))
		}
		if err := write(actions...)(); err != nil {
			t.Error(err)
		}
		wantError(t, write(append(actions, putting(a, ""))...)(), op, "ValidationException",
			oneError+"Value '[…]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100")
	})
	t.Run("knows a repeated request", func(t *testing.T) { testRequestToken(t, f) })
	refuses(t, op, transactWriteRefusals(write, a))
	testCanceled(t, db.TransactWriteItems, aws.TransactWriteItemsInput{TransactItems: []aws.TransactWriteItem{putting(a, "")}})
}

func testRequestToken(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	id := song("Counted", "once")
	in := aws.TransactWriteItemsInput{ClientRequestToken: "token-1", ReturnConsumedCapacity: aws.CapacityTotal,
		TransactItems: []aws.TransactWriteItem{updating(id, "ADD Plays :n", aws.Item{":n": aws.N("1")})}}
	out := must(t, db.TransactWriteItems, in)
	same(t, "units", out.ConsumedCapacity, []aws.ConsumedCapacity{{TableName: "Music", CapacityUnits: 2, WriteCapacityUnits: 2}})
	out = must(t, db.TransactWriteItems, in)
	same(t, "units of a repetition", out.ConsumedCapacity, []aws.ConsumedCapacity{{TableName: "Music", CapacityUnits: 2, ReadCapacityUnits: 2}})
	same(t, "plays", f.get(t, "Music", id)["Plays"], aws.AttributeValue(aws.N("1")))
	in.TransactItems = []aws.TransactWriteItem{deleting(id)}
	wantError(t, errorOf(db.TransactWriteItems, in)(), operation(t, "dynamodb:TransactWriteItems"), "IdempotentParameterMismatchException",
		"The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical")
	in.ClientRequestToken = "token-2"
	must(t, db.TransactWriteItems, in)
	same(t, "item", f.get(t, "Music", id), nil)
}

func transactWriteRefusals(write func(...aws.TransactWriteItem) func() error, a aws.Item) []refusal {
	refused := func(name, message string, items ...aws.TransactWriteItem) refusal {
		return invalid(name, message, write(items...))
	}
	elsewhere := putting(a, "")
	elsewhere.Put.TableName = "Nope"
	double := putting(a, "")
	double.Delete = &aws.Delete{TableName: "Music", Key: a}
	indexed := func(v aws.AttributeValue) aws.TransactWriteItem {
		return aws.TransactWriteItem{Put: &aws.Put{TableName: "Library", Item: book("A", "1", aws.Item{"Genre": v})}}
	}
	unused := checking(a, "attribute_not_exists(Artist)")
	unused.ConditionCheck.ExpressionAttributeValues = aws.Item{":v": aws.S("x")}
	syntax := `Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("`
	unfinished := checking(song("T", "z"), "attribute_not_exists(")
	deep := putting(with(a, aws.Item{"D": nested(32)}), "")
	tooDeep := "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
	values := func(v aws.AttributeValue) aws.TransactWriteItem { return updating(a, "SET X = :v", aws.Item{":v": v}) }
	wrong := "ExpressionAttributeValues contains invalid value: "
	empty := []aws.TransactWriteItem{putting(song("", "b"), ""), updating(song("", "b"), "SET X = :v", aws.Item{":v": aws.S("x")}), deleting(song("", "b")), checking(song("", "b"), "attribute_exists(X)")}
	emptyKeys := make([]refusal, len(empty))
	for n, action := range empty {
		emptyKeys[n] = refused(fmt.Sprint("an empty key, action ", n), emptyKey+"string value. Key: Artist", action)
	}
	return slices.Concat(emptyKeys, []refusal{
		refused("nothing", oneError+"Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1"),
		refused("one item twice", "Transaction request cannot include multiple operations on one item", putting(a, ""), deleting(a)),
		refused("two actions in one", "TransactItems can only contain one of Check, Put, Update or Delete", double),
		refused("no action", "TransactItems can only contain one of Check, Put, Update or Delete", aws.TransactWriteItem{}),
		{"an unknown table", write(elsewhere), "ResourceNotFoundException", missing},
		refused("a check of nothing", "Invalid ConditionExpression: The expression can not be empty;", checking(a, "")),
		refused("an unfinished condition before an unknown table", syntax, elsewhere, unfinished),
		refused("an unfinished condition before too deep an item", syntax, unfinished, deep),
		refused("too deep an item before an unfinished condition", tooDeep, deep, unfinished),
		refused("a value not used before an unknown table", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}", elsewhere, unused),
		refused("an empty index key", "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "+
			"The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ByGenre, IndexKey: Genre", indexed(aws.S(""))),
		refused("an item over 400 KB", "Item size has exceeded the maximum allowed size", putting(with(a, aws.Item{"X": text(400 << 10)}), "")),
		refused("a bad number", "The parameter cannot be converted to a numeric value: abc", putting(with(a, aws.Item{"X": aws.N("abc")}), "")),
		refused("a bad number in an expression", wrong+"The parameter cannot be converted to a numeric value: abc for key :v", values(aws.N("abc"))),
		refused("no number in an expression", wrong+"The parameter cannot be converted to a numeric value for key :v", values(aws.N(""))),
		{"an index key of another type", write(indexed(aws.N("1"))), "TransactionCanceledException", canceled("ValidationError")},
		{"an item that becomes over 400 KB", write(updating(a, "SET X = :v, Y = :v", aws.Item{":v": text(205 << 10)})), "TransactionCanceledException", canceled("ValidationError")},
		{"an update of a key", write(updating(a, "SET Artist = :v", aws.Item{":v": aws.S("x")})), "TransactionCanceledException", canceled("ValidationError")},
	})
}
